/*
 * test_items_gone.c - the shopper remembers what the shop no longer sells
 *
 * A profile outlives bundles. After a season's change most of a history may be unknown to the
 * bundle, and a new bundle gives every item another index. What is left of the history must count
 * as if the rest had never been.
 */
#include "test.h"

#include "../unit/shopper.h"

static void did_something_gone(uint32_t number)
{
    sotto_event event = {0xABCDEF0000000000u + number, ++shopper.context.now_s, SOTTO_VIEW, 1};
    sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &event);
}

TEST(items_gone_take_no_place_from_items_known)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 3);
    shopper_did(SOTTO_VIEW, 20);
    shopper_did(SOTTO_VIEW, 5);
    shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE);
    sotto_answer known = shopper.answer;
    shopper_leave();

    shopper_enter();
    did_something_gone(1);
    shopper_did(SOTTO_VIEW, 3);
    shopper_did(SOTTO_VIEW, 20);
    for (uint32_t i = 0; i < 100; i++) {
        did_something_gone(i);
    }
    shopper.context.now_s -= 101;  /* the same ages as before */
    shopper_did(SOTTO_VIEW, 5);
    for (uint32_t i = 0; i < 50; i++) {
        did_something_gone(i);
    }
    shopper.context.now_s = SAMPLE_NOW + 3;
    shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE);
    CHECK_EQ(shopper.answer.count, known.count);
    CHECK_MEM(shopper.answer.picks, known.picks, known.count * sizeof known.picks[0]);
    shopper_leave();
}

TEST(a_history_of_nothing_but_items_gone_is_no_history)
{
    shopper_enter();
    for (uint32_t i = 0; i < 300; i++) {
        did_something_gone(i);
        sotto_cart_add(&shopper.profile, i + 1, 1, SAMPLE_NOW);
        sotto_purchases_add(&shopper.profile, i + 1, 1, SAMPLE_NOW);
    }
    shopper.slot.count = 3;
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "");
    CHECK_STR(shopper_asks(SOTTO_RECENTLY_VIEWED, SOTTO_CART_CROSS_SELL), "");
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SOTTO_POPULAR), "0 1 2");
    shopper_leave();
}

TEST(items_only_the_catalogue_knows_can_be_met_and_shown)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 40);
    shopper_did(SOTTO_VIEW, 41);
    CHECK_STR(shopper_asks(SOTTO_RECENTLY_VIEWED, SHOPPER_NO_MORE), "41 40");
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "40");
    static const uint32_t page[] = {41};
    shopper_looks_at(page, 1);
    shopper_asks(SOTTO_SIMILAR, SOTTO_BOUGHT_TOGETHER);
    CHECK(shopper.answer.count > 0);
    shopper_leave();
}

/*
 * test_ranking.c - one strategy after the other fills an answer
 */
#include "test.h"

#include "shopper.h"

static const sotto_pick *pick(uint32_t index)
{
    return &shopper.answer.picks[index];
}

/*
 * Item 4 leads to 5, 6, 7, 11; bought with 5, 24; then Sport > Running's best (4) and Sport's (3,
 * 4).
 */
TEST(similar_goes_from_links_to_companions_to_the_category)
{
    static const uint32_t page[] = {4};
    shopper_enter();
    shopper_looks_at(page, 1);
    const char *items = shopper_asks(SOTTO_SIMILAR, SHOPPER_NO_MORE);
    CHECK(strcmp(items, "5 6 7 11 24 3") == 0 || strcmp(items, "5 6 11 7 24 3") == 0);
    CHECK_EQ(pick(0)->score, 900 * 65536 / 1400);
    CHECK_EQ(pick(0)->reasons[0].kind, SOTTO_BECAUSE_VIEWED);
    CHECK_EQ(pick(0)->reasons[0].item, 4);
    CHECK_EQ(pick(4)->score, 32768);
    CHECK_EQ(pick(4)->reasons[0].kind, SOTTO_BECAUSE_TOGETHER);
    CHECK_EQ(pick(5)->reasons[0].kind, SOTTO_BECAUSE_CATEGORY_TOP);
    CHECK_EQ(pick(5)->reasons[0].item, 3);
    CHECK_EQ(pick(5)->score, 0);
    shopper_leave();
}

TEST(similar_to_several_items_weighs_the_first_twice)
{
    static const uint32_t page[] = {4, 14};
    shopper_enter();
    shopper_looks_at(page, 2);
    shopper.slot.count = 2;
    CHECK_STR(shopper_asks(SOTTO_SIMILAR, SHOPPER_NO_MORE), "5 15");
    CHECK_EQ(pick(1)->score, 900 * 65536 / 1400 / 2);
    shopper_leave();
}

TEST(bought_together_and_cart_add_up_over_their_items)
{
    static const uint32_t page[] = {4, 24};
    shopper_enter();
    shopper_looks_at(page, 2);
    shopper_asks(SOTTO_BOUGHT_TOGETHER, SHOPPER_NO_MORE);
    CHECK_EQ(shopper.answer.count, 2);   /* 5 and 25; 4 and 24 are each other's, and the page's */
    for (uint32_t i = 0; i < 2; i++) {
        CHECK(pick(i)->item == 5 || pick(i)->item == 25);
        CHECK_EQ(pick(i)->score, 32768);
    }
    shopper_looks_at(NULL, 0);
    shopper_did(SOTTO_CART_ADD, 4);
    shopper_did(SOTTO_CART_ADD, 24);
    shopper.slot.filters = SOTTO_SKIP_CART;
    shopper_asks(SOTTO_CART_CROSS_SELL, SHOPPER_NO_MORE);
    CHECK_EQ(shopper.answer.count, 2);
    CHECK_EQ(pick(0)->strategy, SOTTO_CART_CROSS_SELL);
    CHECK_EQ(pick(0)->reasons[0].kind, SOTTO_BECAUSE_TOGETHER);
    shopper_leave();
}

TEST(for_you_follows_the_latest_view)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 20);
    shopper_did(SOTTO_VIEW, 5);
    shopper.slot.count = 2;
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "6 21");
    CHECK_EQ(pick(0)->reasons[0].kind, SOTTO_BECAUSE_VIEWED);
    CHECK_EQ(pick(0)->reasons[0].item, 5);
    uint32_t sum = 0;
    for (uint32_t i = 0; i < pick(0)->reason_count; i++) {
        sum += pick(0)->reasons[i].points;
    }
    CHECK_EQ(sum, pick(0)->score);
    shopper_leave();
}

TEST(for_you_is_nothing_for_nobody)
{
    shopper_enter();
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "");
    shopper_did(SOTTO_VIEW, 5);
    shopper.unknown = true;
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "");
    shopper_leave();
}

/* Tastes decide between candidates: 21 and 6 are alike but for the shopper's category and brand. */
TEST(for_you_names_taste_among_its_reasons)
{
    shopper_enter();
    for (uint32_t i = 0; i < 5; i++) {
        sotto_event event = {sample_key("Home > Kitchen"), ++shopper.context.now_s,
                             SOTTO_CATEGORY_VIEW, 1};
        sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &event);
    }
    shopper_did(SOTTO_VIEW, 5);
    shopper.slot.count = 1;
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "6");
    bool taste = false;
    for (uint32_t i = 0; i < pick(0)->reason_count; i++) {
        const sotto_reason *reason = &pick(0)->reasons[i];
        taste |= reason->kind == SOTTO_BECAUSE_CATEGORY && reason->item == 1;
    }
    CHECK(taste);
    shopper_leave();
}

TEST(recently_viewed_is_newest_first_distinct_and_not_the_page)
{
    static const uint32_t page[] = {7};
    shopper_enter();
    shopper_did(SOTTO_VIEW, 3);
    shopper_did(SOTTO_VIEW, 4);
    shopper_did(SOTTO_CART_ADD, 9);
    shopper_did(SOTTO_CLICK, 3);
    shopper_did(SOTTO_VIEW, 7);
    CHECK_STR(shopper_asks(SOTTO_RECENTLY_VIEWED, SHOPPER_NO_MORE), "7 3 4");
    CHECK_EQ(pick(1)->reasons[0].kind, SOTTO_BECAUSE_SEEN);
    CHECK_EQ(pick(1)->reasons[0].item, 3);
    shopper_looks_at(page, 1);
    CHECK_STR(shopper_asks(SOTTO_RECENTLY_VIEWED, SHOPPER_NO_MORE), "3 4");
    shopper.context.now_s += 864001;
    CHECK_STR(shopper_asks(SOTTO_RECENTLY_VIEWED, SHOPPER_NO_MORE), "");
    shopper_leave();
}

TEST(lists_come_in_their_order)
{
    uint64_t manual[] = {sample_hash(9), 4711, sample_hash(4), sample_hash(9)};
    shopper_enter();
    shopper.slot.count = 3;
    CHECK_STR(shopper_asks(SOTTO_POPULAR, SHOPPER_NO_MORE), "0 1 2");
    CHECK_EQ(pick(0)->reasons[0].kind, SOTTO_BECAUSE_POPULAR);
    CHECK_STR(shopper_asks(SOTTO_TRENDING, SHOPPER_NO_MORE), "25 24 23");
    CHECK_EQ(pick(0)->reasons[0].kind, SOTTO_BECAUSE_TRENDING);
    shopper.slot.manual = (const uint8_t *)manual;
    shopper.slot.manual_count = 4;
    CHECK_STR(shopper_asks(SOTTO_MANUAL, SHOPPER_NO_MORE), "9 4");
    CHECK_EQ(pick(0)->reasons[0].kind, SOTTO_BECAUSE_MANUAL);
    CHECK_EQ(pick(0)->reason_count, 1);
    shopper_leave();
}

TEST(the_second_strategy_tops_the_first_up_and_repeats_nothing)
{
    shopper_enter();
    shopper.slot.count = 5;
    shopper_did(SOTTO_VIEW, 1);
    shopper_did(SOTTO_VIEW, 30);
    CHECK_STR(shopper_asks(SOTTO_RECENTLY_VIEWED, SOTTO_POPULAR), "30 1 0 2 3");
    CHECK_EQ(pick(0)->strategy, SOTTO_RECENTLY_VIEWED);
    CHECK_EQ(pick(4)->strategy, SOTTO_POPULAR);
    shopper_leave();
}

TEST(an_unknown_strategy_finds_nothing)
{
    shopper_enter();
    shopper.slot.count = 1;
    CHECK_STR(shopper_asks((sotto_strategy)99, SHOPPER_NO_MORE), "");
    CHECK_STR(shopper_asks((sotto_strategy)255, SOTTO_POPULAR), "0");
    shopper_leave();
}

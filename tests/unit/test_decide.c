/*
 * test_decide.c - what a slot shows now
 */
#include "test.h"

#include "shopper.h"

TEST(an_answer_has_no_more_than_the_slot_wants)
{
    shopper_enter();
    for (uint32_t count = 1; count <= 40; count++) {
        ROW("count %u", count);
        shopper.slot.count = count;
        shopper_asks(SOTTO_POPULAR, SOTTO_TRENDING);
        CHECK_EQ(shopper.answer.count, count < 25 ? count : 25);
    }
    shopper_leave();
}

TEST(fewer_than_the_minimum_leave_the_shop_s_own_content)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 5);
    shopper_did(SOTTO_VIEW, 6);
    shopper.slot.min = 2;
    CHECK_STR(shopper_asks(SOTTO_RECENTLY_VIEWED, SHOPPER_NO_MORE), "6 5");
    shopper.slot.min = 3;
    CHECK_STR(shopper_asks(SOTTO_RECENTLY_VIEWED, SHOPPER_NO_MORE), "");
    shopper_leave();
}

TEST(too_little_scratch_is_refused_and_changes_nothing)
{
    shopper_enter();
    memset(&shopper.answer, 0x55, sizeof shopper.answer);
    sotto_answer before = shopper.answer;
    CHECK_EQ(sotto_decide(&shopper.shop.bundle, NULL, &shopper.context, &shopper.slot,
                          &shopper.scratch, sotto_decision_scratch_size() - 1, &shopper.answer),
             SOTTO_NO_ROOM);
    CHECK_MEM(&shopper.answer, &before, sizeof before);
    shopper_leave();
}

/* Whatever the scratch holds, and however often it is asked. */
TEST(the_same_question_has_the_same_answer)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 5);
    shopper_did(SOTTO_CART_ADD, 8);
    shopper_asks(SOTTO_FOR_YOU, SOTTO_POPULAR);
    sotto_answer first = shopper.answer;
    for (uint32_t fill = 0; fill < 256; fill += 51) {
        memset(&shopper.scratch, (int)fill, sizeof shopper.scratch);
        memset(&shopper.answer, (int)fill, sizeof shopper.answer);
        shopper_asks(SOTTO_FOR_YOU, SOTTO_POPULAR);
        CHECK_EQ(shopper.answer.count, first.count);
        CHECK_MEM(shopper.answer.picks, first.picks, first.count * sizeof first.picks[0]);
    }
    shopper_leave();
}

TEST(the_sample_s_own_slots_answer)
{
    static const uint32_t page[] = {4};
    static const char *const names[] = {"home", "product", "cart", "again", "shelf"};
    shopper_enter();
    shopper_looks_at(page, 1);
    shopper_did(SOTTO_VIEW, 5);
    shopper_did(SOTTO_CART_ADD, 4);
    for (uint32_t i = 0; i < 5; i++) {
        ROW("%s", names[i]);
        sotto_slot slot;
        REQUIRE(sotto_slot_find(&shopper.shop.bundle, names[i], strlen(names[i]), &slot)
                == SOTTO_OK);
        CHECK_EQ(sotto_decide(&shopper.shop.bundle, &shopper.profile, &shopper.context, &slot,
                              &shopper.scratch, sizeof shopper.scratch, &shopper.answer), SOTTO_OK);
        CHECK(shopper.answer.count > 0 && shopper.answer.count <= slot.count);
        for (uint32_t k = 0; k < shopper.answer.count; k++) {
            CHECK(shopper.answer.picks[k].reason_count > 0);
        }
    }
    shopper_leave();
}

TEST(an_empty_bundle_has_nothing_to_say)
{
    shopper_enter();
    sotto_bundle_init(&shopper.shop.bundle);
    for (uint32_t strategy = 1; strategy <= 8; strategy++) {
        CHECK_STR(shopper_asks((sotto_strategy)strategy, SHOPPER_NO_MORE), "");
    }
    shopper_leave();
}

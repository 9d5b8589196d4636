/*
 * test_pins.c - items the shop put at a place by hand
 */
#include "test.h"

#include "shopper.h"

static uint8_t pins[9 * 4];

static void pin(uint32_t number, uint8_t position, uint32_t item)
{
    uint64_t hash = sample_hash(item);
    pins[9 * number] = position;
    memcpy(&pins[9 * number + 1], &hash, sizeof hash);
    shopper.slot.pinned = pins;
    shopper.slot.pinned_count = number + 1;
}

TEST(pins_stand_where_they_were_put)
{
    shopper_enter();
    shopper.slot.count = 6;
    pin(0, 1, 30);
    pin(1, 4, 31);
    CHECK_STR(shopper_asks(SOTTO_POPULAR, SHOPPER_NO_MORE), "0 30 1 2 31 3");
    CHECK_EQ(shopper.answer.picks[1].reasons[0].kind, SOTTO_BECAUSE_PINNED);
    CHECK_EQ(shopper.answer.picks[1].strategy, SOTTO_MANUAL);
    shopper_leave();
}

TEST(pins_first_and_last)
{
    shopper_enter();
    shopper.slot.count = 4;
    pin(0, 0, 30);
    pin(1, 3, 31);
    CHECK_STR(shopper_asks(SOTTO_POPULAR, SHOPPER_NO_MORE), "30 0 1 31");
    shopper_leave();
}

TEST(two_pins_for_one_place_stand_side_by_side)
{
    shopper_enter();
    shopper.slot.count = 5;
    pin(0, 2, 30);
    pin(1, 2, 31);
    pin(2, 2, 32);
    CHECK_STR(shopper_asks(SOTTO_POPULAR, SHOPPER_NO_MORE), "0 1 30 31 32");
    shopper_leave();
}

TEST(a_short_answer_has_its_pins_at_the_end)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 5);
    pin(0, 0, 29);
    pin(1, 20, 30);
    pin(2, 25, 31);
    CHECK_STR(shopper_asks(SOTTO_RECENTLY_VIEWED, SHOPPER_NO_MORE), "29 5 30 31");
    CHECK_STR(shopper_asks(SHOPPER_NO_MORE, SHOPPER_NO_MORE), "29 30 31");
    shopper_leave();
}

TEST(a_pinned_item_is_not_brought_again_and_counts_for_its_brand)
{
    shopper_enter();
    shopper.slot.count = 4;
    shopper.slot.max_per_brand = 1;
    pin(0, 2, 1);
    CHECK_STR(shopper_asks(SOTTO_POPULAR, SHOPPER_NO_MORE), "0 2 1 3");
    shopper_leave();
}

TEST(pins_that_are_unknown_refused_or_past_the_slot_are_left_out)
{
    shopper_enter();
    shopper.slot.count = 3;
    shopper.slot.filters = SOTTO_SKIP_SOLD_OUT;
    pin(0, 0, 7);
    pin(1, 1, 13);
    pin(2, 1, 30);
    memset(&pins[1], 0x55, 8);
    pin(3, 3, 31);
    CHECK_STR(shopper_asks(SOTTO_POPULAR, SHOPPER_NO_MORE), "0 30 1");
    shopper_leave();
}

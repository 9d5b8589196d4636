/*
 * test_clock_jumps.c - the shopper's clock is wrong, set back, set forward
 *
 * The core has no clock of its own; it is told the time by a device whose battery was empty, whose
 * owner travels, or who cheats at a game. Whatever the clock says, a profile must stay one that
 * opens, no order may depend on it, no interest may grow by it, and a time long gone must not bring
 * a session to life.
 */
#include "test.h"

#include "../unit/shopper.h"

static uint32_t state = 1;

static uint32_t random_below(uint32_t limit)
{
    state = state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)state * limit) >> 32);
}

static const uint32_t odd_times[] = {0, 1, SAMPLE_NOW, SAMPLE_NOW - 1, SAMPLE_NOW + 86400,
                                     INT32_MAX, (uint32_t)INT32_MAX + 1, UINT32_MAX - 1,
                                     UINT32_MAX};

TEST(a_profile_opens_after_any_times)
{
    shopper_enter();
    for (uint32_t i = 0; i < 20000; i++) {
        sotto_event event = {
            .item = random_below(8) == 0 ? random_below(1000) : sample_hash(random_below(42)),
            .time_s = odd_times[random_below(sizeof odd_times / sizeof odd_times[0])],
            .kind = (sotto_event_kind)random_below(12),
            .quantity = random_below(4) == 0 ? UINT32_MAX : random_below(3),
        };
        sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &event);
        if (i % 50 == 0) {
            sotto_profile_seal(&shopper.profile);
            REQUIRE(sotto_profile_open(&shopper.profile, SOTTO_PROFILE_SIZE, NULL) == SOTTO_OK);
            shopper.context.now_s = odd_times[random_below(9)];
            shopper_asks(SOTTO_FOR_YOU, SOTTO_RECENTLY_VIEWED);
            for (uint32_t k = 0; k < shopper.answer.count; k++) {
                CHECK(shopper.answer.picks[k].item < SAMPLE_ALL_ITEMS);
            }
        }
    }
    shopper_leave();
}

TEST(what_was_done_last_is_newest_whatever_the_clock_says)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 5);
    shopper.context.now_s -= 500;
    shopper_did(SOTTO_VIEW, 8);
    shopper.slot.count = 2;
    CHECK_STR(shopper_asks(SOTTO_RECENTLY_VIEWED, SHOPPER_NO_MORE), "8 5");
    shopper_leave();
}

TEST(a_clock_put_right_begins_a_session)
{
    shopper_enter();
    shopper.context.now_s = SAMPLE_NOW + 40000000;   /* more than a year ahead */
    shopper_did(SOTTO_VIEW, 5);
    shopper.context.now_s = SAMPLE_NOW;
    shopper_did(SOTTO_VIEW, 6);
    CHECK_EQ(shopper.profile.session_count, 2);
    CHECK_EQ(sotto_history_session(&shopper.profile, shopper.context.now_s, 1200), 1);
    shopper_did(SOTTO_VIEW, 7);
    CHECK_EQ(shopper.profile.session_count, 2);
    CHECK_EQ(shopper.profile.event_count, 3);
    shopper_leave();
}

TEST(interest_from_the_future_neither_grows_nor_fades)
{
    shopper_enter();
    shopper.context.now_s = UINT32_MAX - 10;
    shopper_did(SOTTO_VIEW, 3);
    sotto_interest interest;
    REQUIRE(sotto_profile_category(&shopper.profile, 0, SAMPLE_NOW, 3600, &interest));
    CHECK_EQ(interest.value, 65536);
    shopper_leave();
}

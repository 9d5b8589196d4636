/*
 * test_next.c - the ranking alone
 */
#include "test.h"

#include "shopper.h"

static uint32_t items[64];

static uint32_t rank(const uint32_t *session, uint32_t session_count, uint32_t count)
{
    return sotto_rank_next(&shopper.shop.bundle, session, session_count, count, &shopper.scratch,
                           sizeof shopper.scratch, items);
}

/* Without a catalogue, so that tastes have no say: the same items in the same order. */
TEST(it_is_what_for_you_then_popular_do_for_views)
{
    shopper_enter();
    sotto_bundle_open(&shopper.shop.bundle, SOTTO_MODEL, shopper.shop.model.bytes,
                      shopper.shop.model.size, NULL);
    uint32_t state = 7;
    for (uint32_t turn = 0; turn < 200; turn++) {
        uint32_t length = turn % 7;
        uint32_t session[7];
        sotto_profile_init(&shopper.profile, 1, SAMPLE_NOW);
        for (uint32_t i = 0; i < length; i++) {
            state = state * 1664525u + 1013904223u;
            session[length - 1 - i] = (state >> 16) % SAMPLE_ITEMS;
            shopper_did(SOTTO_VIEW, session[length - 1 - i]);
        }
        ROW("turn %u", turn);
        uint32_t count = rank(session, length, 32);
        shopper_asks(SOTTO_FOR_YOU, SOTTO_POPULAR);
        CHECK_EQ(count, shopper.answer.count);
        for (uint32_t i = 0; i < count; i++) {
            CHECK_EQ(items[i], shopper.answer.picks[i].item);
        }
    }
    shopper_leave();
}

TEST(no_session_is_answered_with_what_is_popular)
{
    shopper_enter();
    CHECK_EQ(rank(NULL, 0, 3), 3);
    CHECK_EQ(items[0], 0);
    CHECK_EQ(items[2], 2);
    CHECK_EQ(rank(NULL, 0, 64), 20);
    CHECK_EQ(rank(NULL, 0, 0), 0);
    shopper_leave();
}

TEST(no_item_stands_twice)
{
    static const uint32_t session[] = {1, 2, 1, 5};
    shopper_enter();
    uint32_t count = rank(session, 4, 64);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            CHECK(items[i] != items[j]);
        }
    }
    CHECK(count > 20);
    shopper_leave();
}

TEST(too_little_scratch_ranks_nothing)
{
    static const uint32_t session[] = {1};
    shopper_enter();
    CHECK_EQ(sotto_rank_next(&shopper.shop.bundle, session, 1, 5, &shopper.scratch,
                             sotto_decision_scratch_size() - 1, items), 0);
    shopper_leave();
}

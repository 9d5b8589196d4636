#include "log_rows.h"

#include "train/pairs.h"

/* Meetings of a with b, over all buckets that have `direction`. */
static uint32_t met(const sotto_pairs *pairs, uint32_t a, uint32_t b, uint32_t direction)
{
    uint32_t sum = 0;
    for (size_t i = pairs->starts[a]; i < pairs->starts[a + 1]; i++) {
        bool same =
            pairs->pairs[i].key >> 8 == b && (pairs->pairs[i].key & SOTTO_PAIR_BEFORE) == direction;
        sum += same ? pairs->pairs[i].count : 0;
    }
    return sum;
}

TEST(pairs_know_direction_and_distance)
{
    sotto_sequences sessions = {0};
    sotto_pairs pairs;
    SEQUENCE(&sessions, 0, 0, 1, 2);
    SEQUENCE(&sessions, 1, 0, 1, 0);
    REQUIRE(sotto_pairs_of_sessions(&sessions, 0, 2, 3, 1, &pairs));
    CHECK_EQ(met(&pairs, 0, 1, 0), 2);
    CHECK_EQ(met(&pairs, 0, 1, SOTTO_PAIR_BEFORE), 1); /* 1 before the second 0 */
    CHECK_EQ(met(&pairs, 1, 0, SOTTO_PAIR_BEFORE), 2);
    CHECK_EQ(met(&pairs, 0, 2, 0), 1);
    CHECK_EQ(met(&pairs, 0, 0, 0), 0); /* an item is no companion of its own */
    CHECK_EQ(pairs.starts[3], 10); /* 4 + 4 + 2 sums, each of one bucket */
    for (size_t i = 1; i < pairs.starts[1]; i++) {
        CHECK(pairs.pairs[i].key > pairs.pairs[i - 1].key);
    }
    CHECK(sotto_pair_distance(0 << 4) == 1.0 && sotto_pair_distance(7 << 4) == 17.0);
    sotto_pairs_free(&pairs);
    sotto_sequences_free(&sessions);
}

TEST(what_is_far_apart_is_no_pair_in_a_session_but_in_a_basket)
{
    sotto_sequences sessions = {0};
    sotto_pairs pairs;
    REQUIRE(sotto_sequences_open(&sessions, 0, 0));
    for (uint32_t i = 0; i <= SOTTO_PAIR_REACH + 1; i++) {
        REQUIRE(sotto_sequences_push(&sessions, i));
    }
    uint32_t last = SOTTO_PAIR_REACH + 1;
    REQUIRE(sotto_pairs_of_sessions(&sessions, 0, 1, last + 1, 1, &pairs));
    CHECK_EQ(met(&pairs, 0, last, 0), 0);
    CHECK_EQ(met(&pairs, 1, last, 0), 1);
    sotto_pairs_free(&pairs);
    REQUIRE(sotto_pairs_of_baskets(&sessions, 0, 1, last + 1, 1, &pairs));
    CHECK_EQ(met(&pairs, 0, last, 0), 1);
    CHECK_EQ(met(&pairs, last, 0, 0), 1);
    sotto_pairs_free(&pairs);
    sotto_sequences_free(&sessions);
}

TEST(a_pair_needs_distinct_shoppers)
{
    sotto_sequences sessions = {0};
    sotto_pairs pairs;
    for (int i = 0; i < 9; i++) {
        SEQUENCE(&sessions, 5, 0, 1); /* one shopper, again and again */
    }
    for (uint32_t shopper = 1; shopper <= 3; shopper++) {
        SEQUENCE(&sessions, shopper, 0, 2);
        SEQUENCE(&sessions, shopper % 2, 1, 2);
    }
    REQUIRE(sotto_pairs_of_sessions(&sessions, 0, sessions.count, 3, 3, &pairs));
    CHECK_EQ(met(&pairs, 0, 1, 0), 0);
    CHECK_EQ(met(&pairs, 1, 2, 0), 0); /* shoppers 0 and 1 only */
    CHECK_EQ(met(&pairs, 0, 2, 0), 3);
    CHECK_EQ(met(&pairs, 2, 0, SOTTO_PAIR_BEFORE), 3);
    CHECK_EQ(pairs.unsupported, 2);
    sotto_pairs_free(&pairs);
    sotto_sequences_free(&sessions);
}

TEST(sums_of_parts_add_up_to_the_sums_of_all)
{
    sotto_sequences sessions = {0};
    sotto_pairs all, first, second;
    for (int i = 0; i < 200; i++) {
        SEQUENCE(&sessions, (uint32_t)i, i % 7, i % 5 + 7, i % 3);
    }
    REQUIRE(sotto_pairs_of_sessions(&sessions, 0, 200, 12, 1, &all));
    REQUIRE(sotto_pairs_of_sessions(&sessions, 0, 90, 12, 1, &first));
    REQUIRE(sotto_pairs_of_sessions(&sessions, 90, 200, 12, 1, &second));
    for (uint32_t a = 0; a < 12; a++) {
        for (uint32_t b = 0; b < 12; b++) {
            ROW("%u %u", a, b);
            CHECK_EQ(met(&all, a, b, 0), met(&first, a, b, 0) + met(&second, a, b, 0));
        }
    }
    sotto_pairs_free(&all);
    sotto_pairs_free(&first);
    sotto_pairs_free(&second);
    sotto_sequences_free(&sessions);
}

TEST(an_item_may_have_100000_companions_and_a_basket_too_many)
{
    enum { COMPANIONS = 100000 };
    sotto_sequences sessions = {0};
    sotto_pairs pairs;
    for (int i = 1; i <= COMPANIONS; i++) {
        SEQUENCE(&sessions, (uint32_t)i, 0, i);
    }
    REQUIRE(sotto_pairs_of_sessions(&sessions, 0, sessions.count, COMPANIONS + 1, 1, &pairs));
    CHECK_EQ(pairs.starts[1], COMPANIONS);
    CHECK_EQ(pairs.starts[COMPANIONS + 1], 2 * COMPANIONS);
    sotto_pairs_free(&pairs);
    sotto_sequences_free(&sessions);
    REQUIRE(sotto_sequences_open(&sessions, 0, 0));
    for (uint32_t i = 0; i <= COMPANIONS; i++) {
        REQUIRE(sotto_sequences_push(&sessions, i));
    }
    REQUIRE(sotto_pairs_of_baskets(&sessions, 0, 1, COMPANIONS + 1, 1, &pairs));
    CHECK_EQ(pairs.large_baskets, 1);
    CHECK_EQ(pairs.starts[COMPANIONS + 1], SOTTO_BASKET_MAX * (SOTTO_BASKET_MAX - 1));
    sotto_pairs_free(&pairs);
    sotto_sequences_free(&sessions);
}

#include "log_rows.h"

#include "train/popular.h"

TEST(codes_follow_the_format)
{
    static const struct { uint32_t count; uint8_t code; } rows[] = {
        {0, 0}, {1, 8}, {2, 12}, {3, 16}, {7, 24}, {1000, 79}, {1u << 31, 248}, {UINT32_MAX, 255},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ROW("%u", rows[i].count);
        CHECK_EQ(sotto_popularity_code(rows[i].count), rows[i].code);
    }
}

/* 40 days: item 0 steady, item 1 only in the last two, item 2 only in the first ten. */
static void make_month(sotto_sequences *sessions)
{
    for (uint32_t day = 0; day < 40; day++) {
        for (uint32_t i = 0; i < 20; i++) {
            uint32_t time_s = 1000000 + day * 86400 + i;
            uint32_t item = day < 10 && i < 15 ? 2 : day >= 38 && i < 8 ? 1 : 0;
            REQUIRE(sotto_sequences_open(sessions, i, time_s));
            REQUIRE(sotto_sequences_push(sessions, item));
            REQUIRE(sotto_sequences_push(sessions, item));
        }
    }
}

TEST(popular_is_met_often_and_trending_is_met_lately)
{
    static const uint64_t hashes[4] = {1, 2, 3, 4};
    sotto_sequences sessions = {0};
    sotto_popular popular;
    make_month(&sessions);
    REQUIRE(sotto_popular_make(&sessions, 4, hashes, &popular));
    CHECK_EQ(popular.counts[1], 32);
    CHECK_EQ(popular.popular_count, 3); /* item 3 was never met */
    CHECK_EQ(popular.popular[0], 0);
    CHECK_EQ(popular.trending_count, 1);
    CHECK_EQ(popular.trending[0], 1);
    sotto_popular_free(&popular);
    sotto_sequences_free(&sessions);
}

TEST(without_times_the_order_of_sessions_is_the_clock)
{
    static const uint64_t hashes[2] = {1, 2};
    sotto_sequences sessions = {0};
    sotto_popular popular;
    for (int i = 0; i < 1000; i++) {
        SEQUENCE(&sessions, (uint32_t)i, i > 970 ? i % 2 : 0);
    }
    REQUIRE(sotto_popular_make(&sessions, 2, hashes, &popular));
    CHECK_EQ(popular.popular[0], 0);
    CHECK(popular.trending_count == 1 && popular.trending[0] == 1);
    sotto_popular_free(&popular);
    sotto_sequences_free(&sessions);
}

TEST(a_shopper_counts_once_a_day)
{
    static const uint64_t hashes[2] = {1, 2};
    sotto_sequences sessions = {0};
    sotto_popular popular;
    for (uint32_t day = 0; day < 40; day++) {
        for (uint32_t i = 0; i < 12; i++) { /* twelve shoppers for item 0, one for item 1 */
            uint32_t time_s = 1000000 + day * 86400 + i * 3000;
            REQUIRE(sotto_sequences_open(&sessions, i, time_s));
            REQUIRE(sotto_sequences_push(&sessions, 0));
        }
        for (uint32_t i = 0; i < 50; i++) {
            REQUIRE(sotto_sequences_open(&sessions, 99, 1000000 + day * 86400 + i * 600));
            REQUIRE(sotto_sequences_push(&sessions, 1));
        }
    }
    REQUIRE(sotto_popular_make(&sessions, 2, hashes, &popular));
    CHECK_EQ(popular.counts[1], 2000);
    CHECK_EQ(popular.popular[0], 0);
    sotto_popular_free(&popular);
    sotto_sequences_free(&sessions);
}

TEST(what_was_popular_long_ago_gives_way_where_fashions_change)
{
    static const uint64_t hashes[200] = {0};
    uint64_t own[200];
    sotto_sequences sessions = {0};
    sotto_popular popular;
    for (uint32_t i = 0; i < 200; i++) {
        own[i] = hashes[i] + i + 1;
    }
    for (uint32_t day = 0; day < 200; day++) { /* every ten days twenty other items */
        for (uint32_t i = 0; i < 40; i++) {
            REQUIRE(sotto_sequences_open(&sessions, i, 1000000 + day * 86400 + i));
            REQUIRE(sotto_sequences_push(&sessions, (day / 10 * 10 + i % 10 + day % 10) % 200));
        }
    }
    REQUIRE(sotto_popular_make(&sessions, 200, own, &popular));
    CHECK(popular.half_life < 20 * 86400.0);
    CHECK(popular.popular[0] >= 180);
    sotto_popular_free(&popular);
    sotto_sequences_free(&sessions);
}

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

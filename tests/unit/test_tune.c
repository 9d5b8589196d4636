#include "log_rows.h"

#include "train/tune.h"

enum { ITEMS = 60 };
static uint64_t hashes[ITEMS];
static uint8_t popularity[ITEMS];

/* Shoppers who always come back to the item before: a -> b -> a. */
static void make_returning(sotto_sequences *sessions)
{
    for (int i = 0; i < 2000; i++) {
        int a = i * 7 % ITEMS, b = (a + 1 + i % 3) % ITEMS;
        SEQUENCE(sessions, (uint32_t)i, a, b, a);
    }
    for (uint64_t i = 0; i < ITEMS; i++) {
        hashes[i] = i * 0x9e3779b97f4a7c15u;
    }
}

TEST(tuning_finds_what_the_sessions_do_and_twice_the_same)
{
    sotto_sequences sessions = {0};
    sotto_pairs pairs;
    make_returning(&sessions);
    REQUIRE(sotto_pairs_of_sessions(&sessions, 0, 1800, ITEMS, 1, &pairs));
    sotto_exam exam = {&sessions, 1800, 2000, 1, hashes, popularity};
    sotto_packing packing = {20, 8, 0.6};
    sotto_recipe recipes[2];
    sotto_metrics metrics = {0};
    for (int i = 0; i < 2; i++) {
        recipes[i] = sotto_recipe_defaults();
        REQUIRE(sotto_tune(&pairs, &exam, &packing, NULL, NULL, &recipes[i], &metrics));
    }
    CHECK(memcmp(&recipes[0], &recipes[1], sizeof recipes[0]) == 0);
    CHECK_EQ(metrics.queries, 400);
    /* The second question of each session is answered by coming back, the first by chance of 3. */
    CHECK(sotto_metrics_hr(&metrics) > 99);
    CHECK(sotto_metrics_mrr(&metrics) > 70);
    sotto_pairs_free(&pairs);
    sotto_sequences_free(&sessions);
}

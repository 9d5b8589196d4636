#include "test.h"

#include "train/eval_shown.h"

#include <math.h>

static bool near(double got, double expected)
{
    return fabs(got - expected) < 1e-5;
}

/* Sessions 0 1, 0 1, 0 2 2, 0: item 0 is met 4 times, 1 and 2 twice, 3 never. */
static void make_sessions(sotto_sequences *sessions)
{
    static const uint32_t items[] = {0, 1, 0, 1, 0, 2, 2, 0};
    static const size_t ends[] = {2, 4, 7, 8};
    memset(sessions, 0, sizeof *sessions);
    for (size_t i = 0, at = 0; i < 4; i++) {
        REQUIRE(sotto_sequences_open(sessions, (uint32_t)i, 0));
        for (; at < ends[i]; at++) {
            REQUIRE(sotto_sequences_push(sessions, items[at]));
        }
    }
}

TEST(coverage_popularity_and_gini_are_those_of_what_is_shown)
{
    sotto_sequences sessions;
    sotto_eval_shown shown = {0};
    sotto_eval_beyond beyond;
    make_sessions(&sessions);
    REQUIRE(sotto_eval_shown_open(&shown, &sessions, 4));
    /* Of four items: the rarest stands at 12.5, two in the middle share 50, the best is at 87.5. */
    static const uint32_t lists[2][2] = {{0, 1}, {0, 3}};
    static const uint32_t answers[2] = {2, SOTTO_NO_ITEM};
    sotto_eval_shown_add(&shown, lists[0], 2, &answers[0], 1);
    sotto_eval_shown_add(&shown, lists[1], 2, &answers[1], 1);
    sotto_eval_shown_finish(&shown, &beyond);
    CHECK_EQ(beyond.items, 4);
    CHECK_EQ(beyond.covered, 3);
    CHECK(near(beyond.shown_percentile, (87.5 + 50 + 87.5 + 12.5) / 4));
    CHECK(near(beyond.right_percentile, 50)); /* the answer nobody knows counts for nothing */
    /* Counts 0, 1, 1, 2: Gini = 2 * (0 + 2 + 3 + 8) / (4 * 4) - 5/4. */
    CHECK(near(beyond.gini, 2 * 13.0 / 16 - 1.25));
    sotto_eval_shown_free(&shown);
    sotto_sequences_free(&sessions);
}

TEST(items_of_the_same_sessions_are_alike)
{
    sotto_sequences sessions;
    sotto_eval_shown shown = {0};
    sotto_eval_beyond beyond;
    make_sessions(&sessions);
    REQUIRE(sotto_eval_shown_open(&shown, &sessions, 4));
    static const uint32_t list[3] = {0, 1, 2};
    sotto_eval_shown_add(&shown, list, 3, list, 0);
    sotto_eval_shown_finish(&shown, &beyond);
    /* 0 is in all four sessions, 1 in two, 2 in one, never with 1. */
    double with_1 = 1 - 2 / sqrt(4.0 * 2), with_2 = 1 - 1 / sqrt(4.0 * 1);
    CHECK_EQ(beyond.diversity_lists, 1);
    CHECK(near(beyond.diversity, (with_1 + with_2 + 1) / 3));
    sotto_eval_shown_free(&shown);
    sotto_sequences_free(&sessions);
}

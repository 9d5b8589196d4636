/*
 * test_candidates.c - the items a decision has met
 */
#include "test.h"

#include "ranking/candidates.h"

static sotto_candidates candidates;

TEST(points_of_one_item_add_up)
{
    sotto_candidates_clear(&candidates, 2);
    sotto_candidates_add(&candidates, 7, 5);
    sotto_candidates_add(&candidates, 9, 1);
    sotto_candidates_add(&candidates, 7, 6);
    CHECK_EQ(candidates.count, 2);
    CHECK_EQ(candidates.list[0].item, 7);
    CHECK_EQ(candidates.list[0].score, 11);
    CHECK_EQ(sotto_candidates_find(&candidates, 9), 1);
    CHECK_EQ(sotto_candidates_find(&candidates, 8), SOTTO_NO_CANDIDATE);
}

TEST(a_score_stops_at_its_limit)
{
    sotto_candidates_clear(&candidates, 2);
    sotto_candidates_add(&candidates, 7, UINT32_MAX - 1);
    sotto_candidates_add(&candidates, 7, 5);
    CHECK_EQ(candidates.list[0].score, UINT32_MAX);
}

TEST(an_item_without_points_is_a_candidate_all_the_same)
{
    sotto_candidates_clear(&candidates, 2);
    sotto_candidates_add(&candidates, 0, 0);
    CHECK_EQ(sotto_candidates_find(&candidates, 0), 0);
}

/* As many as can ever be, with indexes that fall on few slots. */
TEST(a_full_table_still_finds_everything)
{
    static const uint32_t strides[] = {1, 8192, 4096 * 3, 2654435769u};
    for (size_t s = 0; s < sizeof strides / sizeof strides[0]; s++) {
        ROW("stride %u", strides[s]);
        sotto_candidates_clear(&candidates, SOTTO_MAX_CANDIDATES);
        for (uint32_t i = 0; i < SOTTO_MAX_CANDIDATES; i++) {
            sotto_candidates_add(&candidates, i * strides[s], i);
        }
        for (uint32_t i = 0; i < SOTTO_MAX_CANDIDATES; i++) {
            sotto_candidates_add(&candidates, i * strides[s], 1);
        }
        CHECK_EQ(candidates.count, SOTTO_MAX_CANDIDATES);
        for (uint32_t i = 0; i < SOTTO_MAX_CANDIDATES; i++) {
            CHECK_EQ(sotto_candidates_find(&candidates, i * strides[s]), i);
            CHECK_EQ(candidates.list[i].score, i + 1);
        }
    }
}

/* However few are announced, that many fit. */
TEST(a_table_is_as_wide_as_was_asked_for)
{
    for (uint32_t most = 0; most <= 600; most++) {
        ROW("%u items", most);
        sotto_candidates_clear(&candidates, most);
        for (uint32_t i = 0; i < most; i++) {
            sotto_candidates_add(&candidates, i * 977, i);
        }
        CHECK_EQ(candidates.count, most);
        CHECK_EQ(sotto_candidates_find(&candidates, 976), SOTTO_NO_CANDIDATE);
    }
}

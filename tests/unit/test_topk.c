/*
 * test_topk.c - the candidates from the best on, one at a time
 */
#include "test.h"

#include "ranking/topk.h"
#include "sample_bundle.h"

static sample shop;
static sotto_candidates candidates;

TEST(all_come_in_descending_order)
{
    sample_open(&shop);
    sotto_candidates_clear(&candidates, SAMPLE_ALL_ITEMS);
    uint32_t state = 1;
    for (uint32_t i = 0; i < SAMPLE_ALL_ITEMS; i++) {
        state = state * 1664525u + 1013904223u;
        sotto_candidates_add(&candidates, i, state >> 8);
    }
    sotto_topk_begin(&candidates, &shop.bundle);
    uint32_t last = UINT32_MAX;
    for (uint32_t i = 0; i < SAMPLE_ALL_ITEMS; i++) {
        uint32_t number = sotto_topk_next(&candidates, &shop.bundle);
        REQUIRE(number != SOTTO_NO_CANDIDATE);
        CHECK(candidates.list[number].score <= last);
        last = candidates.list[number].score;
    }
    CHECK_EQ(sotto_topk_next(&candidates, &shop.bundle), SOTTO_NO_CANDIDATE);
    sample_close(&shop);
}

/* Whatever order they were met in. */
TEST(equal_scores_come_by_ascending_hash)
{
    sample_open(&shop);
    for (uint32_t shift = 0; shift < SAMPLE_ITEMS; shift++) {
        ROW("met from item %u on", shift);
        sotto_candidates_clear(&candidates, SAMPLE_ALL_ITEMS);
        for (uint32_t i = 0; i < SAMPLE_ITEMS; i++) {
            uint32_t item = (i * 7 + shift) % SAMPLE_ITEMS;
            sotto_candidates_add(&candidates, item, 100 + item % 2);
        }
        sotto_topk_begin(&candidates, &shop.bundle);
        uint64_t last_hash = 0;
        uint32_t last_score = 101;
        for (uint32_t i = 0; i < SAMPLE_ITEMS; i++) {
            uint32_t number = sotto_topk_next(&candidates, &shop.bundle);
            const sotto_candidate *got = &candidates.list[number];
            CHECK_EQ(got->score, i < SAMPLE_ITEMS / 2 ? 101 : 100);
            uint64_t hash = sample_hash(got->item);
            CHECK(got->score != last_score || hash > last_hash);
            last_hash = hash;
            last_score = got->score;
        }
    }
    sample_close(&shop);
}

TEST(no_candidates_are_no_trouble)
{
    sotto_candidates_clear(&candidates, SAMPLE_ALL_ITEMS);
    sotto_topk_begin(&candidates, &shop.bundle);
    CHECK_EQ(sotto_topk_next(&candidates, &shop.bundle), SOTTO_NO_CANDIDATE);
}

/*
 * test_score.c - from sources to candidates with a score, and from picks to reasons
 */
#include "test.h"

#include "ranking/score.h"
#include "shopper.h"

static sotto_sources sources;
static sotto_candidates candidates;

static uint32_t score_of(uint32_t item)
{
    uint32_t number = sotto_candidates_find(&candidates, item);
    return number == SOTTO_NO_CANDIDATE ? 0 : candidates.list[number].score;
}

/*
 * Item 4's next links: 5, 6, 7 and 11 by 900, 300, 100, 100 of 1400; its together: 5 and 24 by 1/2.
 */
TEST(links_weigh_what_factor_and_table_say)
{
    shopper_enter();
    sources.count = 0;
    sotto_sources_add_event(&sources, sotto_bundle_parameters(&shopper.shop.bundle), 4, 1, 65536);
    sotto_score_links(&candidates, &sources, &shopper.shop.bundle);
    uint32_t next[] = {900 * 65536 / 1400, 300 * 65536 / 1400, 100 * 65536 / 1400};
    CHECK_EQ(candidates.count, 6);
    CHECK_EQ(score_of(5), next[0] / 2 + 8192 / 2);
    CHECK_EQ(score_of(6), next[1] / 2);
    CHECK_EQ(score_of(7), next[2] / 2);
    CHECK_EQ(score_of(11), next[2] / 2);
    CHECK_EQ(score_of(24), 8192 / 2);
    CHECK_EQ(score_of(4), 6554);
    shopper_leave();
}

TEST(no_sources_no_candidates)
{
    shopper_enter();
    sources.count = 0;
    sotto_score_links(&candidates, &sources, &shopper.shop.bundle);
    CHECK_EQ(candidates.count, 0);
    shopper_leave();
}

/* Factors far beyond what a parameter may be: scores stop, they do not wrap round. */
TEST(scores_saturate)
{
    shopper_enter();
    sources = (sotto_sources){.count = 1, .list = {{.item = 4, .repeat = UINT32_MAX,
                                   .factor = {(uint64_t)1 << 46, (uint64_t)1 << 46}}}};
    sotto_score_links(&candidates, &sources, &shopper.shop.bundle);
    CHECK_EQ(score_of(5), UINT32_MAX);
    CHECK_EQ(score_of(4), UINT32_MAX);
    shopper_leave();
}

/* The sample's popularity weighs 16 a unit; item i has 200 - 5 i units. */
TEST(popularity_is_for_candidates_only)
{
    shopper_enter();
    sources = (sotto_sources){.count = 1, .list = {{.item = 4, .factor = {65536, 0}}}};
    sotto_score_links(&candidates, &sources, &shopper.shop.bundle);
    uint32_t before = score_of(5);
    sotto_score_prior(&candidates, NULL, &shopper.shop.bundle);
    CHECK_EQ(score_of(5), before + 16 * 175);
    CHECK_EQ(candidates.count, 4);
    shopper_leave();
}

TEST(reasons_are_the_terms_and_add_up_to_the_score)
{
    shopper_enter();
    sources = (sotto_sources){.count = 2,
                              .list = {{.item = 4, .repeat = 100, .factor = {65536, 16384}},
                                  {.item = 3, .repeat = 7, .factor = {32768, 8192}}}};
    sotto_score_links(&candidates, &sources, &shopper.shop.bundle);
    for (uint32_t i = 0; i < candidates.count; i++) {
        ROW("item %u", candidates.list[i].item);
        sotto_pick pick = {.item = candidates.list[i].item};
        sotto_score_explain(&pick, 1, &sources, NULL, &shopper.shop.bundle);
        uint32_t sum = 0;
        for (uint32_t r = 0; r < pick.reason_count; r++) {
            sum += pick.reasons[r].points;
            CHECK(r == 0 || pick.reasons[r].points <= pick.reasons[r - 1].points);
        }
        CHECK(pick.reason_count > 0);
        CHECK_EQ(sum, candidates.list[i].score);
    }
    sotto_pick five = {.item = 5};
    sotto_score_explain(&five, 1, &sources, NULL, &shopper.shop.bundle);
    CHECK_EQ(five.reason_count, 3);
    CHECK_EQ(five.reasons[0].kind, SOTTO_BECAUSE_VIEWED);
    CHECK_EQ(five.reasons[0].item, 4);
    CHECK_EQ(five.reasons[1].kind, SOTTO_BECAUSE_TOGETHER);
    CHECK_EQ(five.reasons[1].item, 4);
    CHECK_EQ(five.reasons[2].kind, SOTTO_BECAUSE_VIEWED);
    CHECK_EQ(five.reasons[2].item, 3);
    shopper_leave();
}

TEST(the_four_strongest_reasons_stay_and_equals_in_their_order)
{
    sotto_pick pick = {.item = 1};
    static const uint32_t points[] = {5, 9, 5, 1, 7, 5, 0, 5};
    for (uint32_t i = 0; i < 8; i++) {
        sotto_score_reason(&pick, SOTTO_BECAUSE_VIEWED, i, points[i]);
    }
    static const uint32_t expected[] = {1, 4, 0, 2};
    CHECK_EQ(pick.reason_count, 4);
    for (uint32_t i = 0; i < 4; i++) {
        ROW("reason %u", i);
        CHECK_EQ(pick.reasons[i].item, expected[i]);
    }
}

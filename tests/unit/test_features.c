/*
 * test_features.c - what is known of a candidate, checked one by one against RANKING.md 8.4
 */
#include "test.h"

#include "base/exponent.h"
#include "ranking/features.h"
#include "sample_ranker.h"

static sotto_rank_scratch scratch;
static sample_ranking shop;
static int32_t features[SOTTO_FEATURES];

/* Features of the number-th candidate for a session. */
static void ask(const uint32_t *session, uint32_t count, uint32_t number)
{
    int32_t begun[SOTTO_FEATURES];
    sotto_shortlist_fill(&scratch, &shop.bundle, session, count);
    REQUIRE(number < scratch.shortlist.count);
    sotto_features_begin(begun, &scratch, &shop.ranker);
    sotto_features_set(features, begun, &scratch, &shop.ranker, number);
}

static uint32_t number_of(uint32_t item)
{
    for (uint32_t i = 0; i < scratch.shortlist.count; i++) {
        if (scratch.shortlist.list[i].item == item) {
            return i;
        }
    }
    REQUIRE(false);
    return 0;
}

static int32_t count_log(uint32_t item)
{
    return 32 * (int32_t)sotto_item_popularity(&shop.bundle, item);
}

static int32_t recent_log(uint32_t item)
{
    return count_log(item) + shop.content.recency_offsets[shop.content.recency[item]];
}

/* Products of coordinates, one by one: cosine Q22 >> 8. */
static int32_t cosine(uint32_t item, const int16_t *point)
{
    const sotto_ranker_content *content = &shop.content;
    uint32_t class = sotto_vectors_class(&shop.ranker.vectors, item);
    int64_t sum = 0;
    for (uint32_t i = 0; i < content->dimensions; i++) {
        int32_t x = 2 * content->codes[item * content->dimensions + i] + 1
                  - (1 << content->classes[class].bits);
        sum += point[i] * (int64_t)x;
    }
    return (int32_t)((sum * content->classes[class].step) >> 12) >> 8;
}

TEST(of_the_session)
{
    static const uint32_t session[] = {9, 9, 50, 9, 51};
    sample_ranking_open(&shop, &sample_ranking_usual);
    ask(session, 5, 0);
    CHECK_EQ(features[SOTTO_FEATURE_LENGTH_LOG], sotto_log2_q8(5));
    CHECK_EQ(features[SOTTO_FEATURE_DISTINCT], 4096 * 3 / 5);
    CHECK_EQ(features[SOTTO_FEATURE_LAST_TWICE], 4096);
    CHECK_EQ(features[SOTTO_FEATURE_LAST_OTHERS], 2 * 256);
    CHECK_EQ(features[SOTTO_FEATURE_LAST_COUNT_LOG], count_log(9));
    CHECK_EQ(features[SOTTO_FEATURE_LAST_RECENT_LOG], recent_log(9));
    CHECK_EQ(features[SOTTO_FEATURE_HAS_SECOND], 4096);
    CHECK_EQ(features[SOTTO_FEATURE_HAS_THIRD], 4096);
    CHECK_EQ(features[SOTTO_FEATURE_BEST_COS], features[SOTTO_FEATURE_COS_SESSION]);
    CHECK_EQ(features[SOTTO_FEATURE_COS_AT_20], scratch.scan.hits[19].cosine >> 8);
    CHECK_EQ(features[SOTTO_FEATURE_BEST_LINKS_LOG],
             sotto_log2_q8(scratch.shortlist.best_links + 66));
    ask(session + 4, 1, 0);
    CHECK_EQ(features[SOTTO_FEATURE_LENGTH_LOG], 0);
    CHECK_EQ(features[SOTTO_FEATURE_LAST_TWICE], 0);
    CHECK_EQ(features[SOTTO_FEATURE_LAST_OTHERS], 0);
    CHECK_EQ(features[SOTTO_FEATURE_HAS_SECOND], 0);
    CHECK_EQ(features[SOTTO_FEATURE_COS_SECOND], 0);
    sample_ranking_close(&shop);
}

TEST(of_a_repeat)
{
    static const uint32_t session[] = {9, 50, 8, 9, 51, 50};
    static const struct {
        uint32_t item, age, occurrences;
    } rows[] = {{9, 0, 2}, {50, 1, 2}, {8, 2, 1}, {51, 4, 1}};
    sample_ranking_open(&shop, &sample_ranking_usual);
    ask(session, 6, 0);
    for (uint32_t i = 0; i < 4; i++) {
        ask(session, 6, number_of(rows[i].item));
        ROW("item %u", rows[i].item);
        for (uint32_t age = 0; age < 4; age++) {
            CHECK_EQ(features[SOTTO_FEATURE_REPEAT_0 + age],
                     age == (rows[i].age < 3 ? rows[i].age : 3) ? 4096 : 0);
        }
        CHECK_EQ(features[SOTTO_FEATURE_OCCURRENCES], (int32_t)(256 * rows[i].occurrences));
        CHECK_EQ(features[SOTTO_FEATURE_REPEAT_AGE_LOG], sotto_log2_q8(1 + rows[i].age));
        CHECK_EQ(features[SOTTO_FEATURE_SHARE], (int32_t)(4096 * rows[i].occurrences / 6));
    }
    sample_ranking_close(&shop);
}

TEST(of_vectors_and_counts)
{
    static const uint32_t session[] = {9, 50, 8};
    sample_ranking_open(&shop, &sample_ranking_usual);
    ask(session, 3, 0);
    uint32_t all = 0;
    int64_t odds = 0, counts = 0, recents = 0;
    for (uint32_t i = 0; i < scratch.scan.count; i++) {
        int64_t below = (int64_t)scratch.scan.hits[i].cosine - scratch.scan.hits[0].cosine;
        uint32_t one = sotto_exp_q16((below * 14) >> 6);
        all += one;
        odds += i < 20 ? one : 0;
        counts += i < 20 ? (int64_t)one * count_log(scratch.scan.hits[i].item) : 0;
        recents += i < 20 ? (int64_t)one * recent_log(scratch.scan.hits[i].item) : 0;
    }
    for (uint32_t number = 0; number < scratch.shortlist.count; number += 7) {
        ask(session, 3, number);
        const sotto_shortlist_entry *entry = &scratch.shortlist.list[number];
        ROW("number %u, item %u", number, entry->item);
        CHECK_EQ(features[SOTTO_FEATURE_COS_SESSION], cosine(entry->item, scratch.session.encoded));
        CHECK_EQ(features[SOTTO_FEATURE_COS_LAST], cosine(entry->item, scratch.session.vectors[0]));
        CHECK_EQ(features[SOTTO_FEATURE_COS_SECOND],
                 cosine(entry->item, scratch.session.vectors[1]));
        CHECK_EQ(features[SOTTO_FEATURE_COS_THIRD],
                 cosine(entry->item, scratch.session.vectors[2]));
        int32_t like = INT32_MIN;
        for (uint32_t age = 0; age < 3; age++) {
            int32_t one = cosine(entry->item, scratch.session.vectors[age]);
            like = session[age] != entry->item && one > like ? one : like;
        }
        CHECK_EQ(features[SOTTO_FEATURE_COS_LARGEST], like);
        CHECK_EQ(features[SOTTO_FEATURE_COS_NEAREST],
                 cosine(entry->item, scratch.shortlist.points + SOTTO_POINT_NEAREST * 64));
        CHECK_EQ(features[SOTTO_FEATURE_COUNT_LOG], count_log(entry->item));
        CHECK_EQ(features[SOTTO_FEATURE_RECENT_LOG], recent_log(entry->item));
        CHECK_EQ(features[SOTTO_FEATURE_COUNT_AGAINST],
                 count_log(entry->item) - (int32_t)(counts / odds));
        CHECK_EQ(features[SOTTO_FEATURE_RECENT_AGAINST],
                 recent_log(entry->item) - (int32_t)(recents / odds));
        CHECK_EQ(features[SOTTO_FEATURE_RANK_LOG], sotto_log2_q8(1 + number));
        int64_t below = (int64_t)entry->cosines[0] - scratch.shortlist.list[0].cosines[0];
        CHECK_EQ(features[SOTTO_FEATURE_ODDS_LOG],
                 (int32_t)((below * 14 * 94548) >> 30) - (sotto_log2_q8(all) - 4096));
    }
    sample_ranking_close(&shop);
}

TEST(the_points_that_are_means)
{
    static const uint32_t session[] = {9, 50, 8};
    sample_ranking_open(&shop, &sample_ranking_usual);
    ask(session, 3, 0);
    int64_t sums[64] = {0};
    for (uint32_t i = 0; i < 40; i++) {
        int16_t vector[64];
        sotto_vectors_get(&shop.ranker.vectors, scratch.scan.hits[i].item, vector);
        for (uint32_t k = 0; k < 64; k++) {
            sums[k] += (int64_t)scratch.shortlist.odds[i] * vector[k];
        }
    }
    int16_t unit[64];
    sotto_session_unit(unit, sums, 64);
    CHECK_MEM(scratch.shortlist.points + SOTTO_POINT_NEAREST * 64, unit, sizeof unit);
    for (uint32_t k = 0; k < 64; k++) {
        int32_t sum = scratch.session.vectors[0][k] + scratch.session.vectors[1][k]
                    + scratch.session.vectors[2][k];
        CHECK_EQ(scratch.shortlist.points[SOTTO_POINT_MEAN * 64 + k], sum / 3);
    }
    sample_ranking_close(&shop);
}

/* Items 40 and 41 link to the three after them, with 600, 300 and 100 of 1,000. */
TEST(of_links)
{
    static const uint32_t session[] = {40, 41, 39};
    sample_ranking_open(&shop, &sample_ranking_usual);
    ask(session, 3, 0);
    ask(session, 3, number_of(42));
    uint32_t links = 19660 + (19660 * 2 >> 1) + (6553 >> 2);
    CHECK_EQ(features[SOTTO_FEATURE_LINKS_LOG], sotto_log2_q8(links + 66));
    CHECK_EQ(features[SOTTO_FEATURE_LINKED], 4096);
    CHECK_EQ(features[SOTTO_FEATURE_LAST_LINK_LOG], sotto_log2_q8(19660 + 66));
    CHECK_EQ(features[SOTTO_FEATURE_SECOND_LINK_LOG], sotto_log2_q8(39321 + 66));
    CHECK_EQ(features[SOTTO_FEATURE_THIRD_LINK_LOG], sotto_log2_q8(6553 + 66));
    CHECK_EQ(features[SOTTO_FEATURE_VOTES], 3 * 256);
    ask(session, 3, number_of(39));
    CHECK_EQ(features[SOTTO_FEATURE_LINKS_LOG], sotto_log2_q8(66));
    CHECK_EQ(features[SOTTO_FEATURE_LINKED], 0);
    CHECK_EQ(features[SOTTO_FEATURE_LINK_RANK_LOG],
             sotto_log2_q8(1 + scratch.shortlist.table_count));
    sample_ranking_close(&shop);
}

/*
 * test_rerank.c - the final order, and the reasons
 */
#include "test.h"

#include "ranking/network.h"
#include "ranking/rerank.h"
#include "ranking/select.h"
#include "ranking/trees.h"
#include "sample_ranker.h"

static sotto_rank_scratch scratch;
static sample_ranking shop;

static void rank(const uint32_t *session, uint32_t count)
{
    sotto_shortlist_fill(&scratch, &shop.bundle, session, count);
    sotto_rerank(&scratch, &shop.ranker);
}

/* RANKING.md 8.5, from the content as it was written. */
static int32_t score_of(uint32_t number)
{
    const sotto_ranker_content *content = &shop.content;
    int32_t begun[SOTTO_FEATURES], features[SOTTO_FEATURES];
    int64_t x[SOTTO_FEATURES];
    sotto_features_begin(begun, &scratch, &shop.ranker);
    sotto_features_set(features, begun, &scratch, &shop.ranker, number);
    int64_t score = 0;
    for (uint32_t i = 0; i < SOTTO_FEATURES; i++) {
        int64_t scaled = (((int64_t)features[i] - content->feature_mean[i])
                          * content->feature_factor[i]) >> 16;
        x[i] = scaled > 16383 ? 16383 : scaled < -16383 ? -16383 : scaled;
        score += x[i] * content->skip[i];
    }
    for (uint32_t j = 0; j < content->hidden; j++) {
        int64_t sum = 0;
        for (uint32_t i = 0; i < SOTTO_FEATURES; i++) {
            sum += x[i] * content->weights_1[j * SOTTO_FEATURES + i];
        }
        int64_t h = (sum >> content->shift_1) + content->bias[j];
        h = h < 0 ? h >> 3 : h;
        h = h > 32767 ? 32767 : h < -32767 ? -32767 : h;
        score += h * content->weights_2[j];
    }
    return (int32_t)score;
}

TEST(a_higher_score_first_then_the_smaller_number)
{
    for (uint32_t turn = 0; turn < 12; turn++) {
        sample_ranking_wish wish = sample_ranking_usual;
        wish.seed = turn;
        wish.hidden = turn % 3 * 20;
        sample_ranking_open(&shop, &wish);
        uint32_t session[6];
        for (uint32_t i = 0; i < 6; i++) {
            session[i] = sample_random(&shop) % wish.items;
        }
        rank(session, 1 + turn % 6);
        CHECK(scratch.shortlist.count >= 110);
        for (uint32_t i = 0; i < scratch.shortlist.count; i++) {
            ROW("turn %u, place %u", turn, i);
            CHECK_EQ(sotto_key_score(scratch.keys[i]),
                     score_of(sotto_key_number(scratch.keys[i])));
            CHECK(i == 0 || scratch.keys[i] < scratch.keys[i - 1]);
        }
        sample_ranking_close(&shop);
    }
}

/* The terms of a reason, times their share of the slope, are the score but for a constant. */
TEST(slopes_are_how_the_score_grows)
{
    static const uint32_t session[] = {9, 50, 8, 9};
    sample_ranking_open(&shop, &sample_ranking_usual);
    rank(session, 4);
    const sotto_reranker *network = &shop.ranker.reranker;
    int32_t begun[SOTTO_FEATURES], features[SOTTO_FEATURES];
    sotto_features_begin(begun, &scratch, &shop.ranker);
    for (uint32_t number = 0; number < 20; number++) {
        sotto_features_set(features, begun, &scratch, &shop.ranker, number);
        sotto_activation at = {.score = 0};
        sotto_network_ask(&at, &scratch.network, features);
        for (uint32_t i = 0; i < SOTTO_FEATURES; i++) {
            /* A step of one in Q10, where no hidden value turns over, changes it by the slope. */
            sotto_activation next = at;
            next.inputs[i] = (int16_t)(at.inputs[i] + (at.inputs[i] < 16000 ? 200 : -200));
            bool turned = false;
            int64_t score = 0;
            for (uint32_t j = 0; j < network->hidden_count; j++) {
                int32_t sum = 0;
                for (uint32_t k = 0; k < SOTTO_FEATURES; k++) {
                    sum += shop.content.weights_1[j * SOTTO_FEATURES + k] * next.inputs[k];
                }
                int32_t value = (sum >> network->shift_1) + shop.content.bias[j];
                turned = turned || (value < 0) != (at.hidden[j] < 0) || value > 32766
                      || value < -8 * 32766;
                score += (value < 0 ? value >> 3 : value) * (int64_t)shop.content.weights_2[j];
            }
            for (uint32_t k = 0; k < SOTTO_FEATURES; k++) {
                score += shop.content.skip[k] * next.inputs[k];
            }
            if (turned || at.inputs[i] < -16000) {
                continue;
            }
            double grown = (double)(score - at.score);
            int16_t step[SOTTO_RANK_MAX_FEATURES] = {0};
            step[i] = (int16_t)(next.inputs[i] - at.inputs[i]);
            double slope = (double)sotto_network_part(&scratch.network, &at, step)
                         / (8 << network->shift_1);
            ROW("number %u, feature %u", number, i);
            CHECK(grown - slope < 40000 && slope - grown < 40000);   /* 40 roundings of a weight */
        }
    }
    sample_ranking_close(&shop);
}

TEST(a_reason_names_what_it_speaks_of)
{
    static const uint32_t session[] = {9, 50, 8, 9};
    sample_ranking_open(&shop, &sample_ranking_usual);
    rank(session, 4);
    for (uint32_t number = 0; number < scratch.shortlist.count; number++) {
        sotto_reason reason = sotto_rerank_reason(&scratch, &shop.ranker, number);
        uint32_t item = scratch.shortlist.list[number].item;
        bool seen = item == 9 || item == 50 || item == 8;
        ROW("number %u, kind %u", number, (unsigned)reason.kind);
        switch (reason.kind) {
        case SOTTO_BECAUSE_VIEWED:
            CHECK(reason.item != item);
            CHECK(reason.item == 9 || reason.item == 50 || reason.item == 8);
            break;
        case SOTTO_BECAUSE_SEEN:
            CHECK(seen);
            CHECK_EQ(reason.item, item);
            break;
        default:
            CHECK(reason.kind == SOTTO_BECAUSE_POPULAR || reason.kind == SOTTO_BECAUSE_TRENDING);
            CHECK_EQ(reason.item, SOTTO_NO_ITEM);
        }
    }
    sample_ranking_close(&shop);
}

/* The largest group of terms is the reason, as RANKING.md 8.6 numbers them. */
TEST(trees_in_place_of_the_network)
{
    static const uint8_t like[] = {0, 1, 13, 14, 17, 21, 22, 23, 24, 26, 29, 30, 31, 35, 36, 37};
    static const uint8_t popular[] = {2, 27}, lately[] = {3, 28};
    static const uint8_t repeated[] = {4, 5, 6, 7, 8, 33, 34};
    static const uint32_t session[] = {9, 50, 8, 9};
    sample_ranking_wish wish = sample_ranking_usual;
    wish.trees = 30;
    sample_ranking_open(&shop, &wish);
    rank(session, 4);
    CHECK_EQ(sotto_rerank_shift(&shop.ranker), 8);
    int32_t begun[SOTTO_FEATURES], features[SOTTO_FEATURES];
    sotto_features_begin(begun, &scratch, &shop.ranker);
    for (uint32_t i = 0; i < scratch.shortlist.count; i++) {
        uint32_t number = sotto_key_number(scratch.keys[i]);
        uint32_t item = scratch.shortlist.list[number].item;
        sotto_features_set(features, begun, &scratch, &shop.ranker, number);
        ROW("place %u", i);
        CHECK_EQ(sotto_key_score(scratch.keys[i]), sotto_trees_ask(&shop.ranker.forest, features));
        CHECK(i == 0 || scratch.keys[i] < scratch.keys[i - 1]);

        int64_t terms[SOTTO_FEATURES], sums[4] = {0};
        sotto_trees_explain(&shop.ranker.forest, features, terms);
        for (uint32_t k = 0; k < sizeof like; k++) {
            sums[0] += terms[like[k]];
        }
        for (uint32_t k = 0; k < sizeof repeated; k++) {
            sums[1] += terms[repeated[k]];
        }
        for (uint32_t k = 0; k < 2; k++) {
            sums[2] += terms[popular[k]];
            sums[3] += terms[lately[k]];
        }
        static const sotto_reason_kind kinds[] = {SOTTO_BECAUSE_VIEWED, SOTTO_BECAUSE_SEEN,
                                                  SOTTO_BECAUSE_POPULAR, SOTTO_BECAUSE_TRENDING};
        uint32_t best = 0;
        for (uint32_t k = 1; k < 4; k++) {
            bool allowed = k != 1 || item == 9 || item == 50 || item == 8;
            best = allowed && sums[k] > sums[best] ? k : best;
        }
        sotto_reason reason = sotto_rerank_reason(&scratch, &shop.ranker, number);
        CHECK_EQ(reason.kind, kinds[best]);
        CHECK_EQ(reason.points, sums[best] < 0 ? 0 : (uint32_t)(sums[best] << 8));
    }
    sample_ranking_close(&shop);
}

TEST(the_only_item_there_is_was_seen)
{
    static const uint32_t session[] = {0};
    sample_ranking_wish wish = sample_ranking_usual;
    wish.items = 1;
    sample_ranking_open(&shop, &wish);
    rank(session, 1);
    CHECK_EQ(scratch.shortlist.count, 1);
    sotto_reason reason = sotto_rerank_reason(&scratch, &shop.ranker, 0);
    CHECK(reason.kind != SOTTO_BECAUSE_VIEWED);
    sample_ranking_close(&shop);
}

/*
 * test_rerank.c - the final order, and the reasons
 */
#include "test.h"

#include "ranking/network.h"
#include "ranking/rerank.h"
#include "ranking/select.h"
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
        sotto_network_ask(&at, network, features);
        for (uint32_t i = 0; i < SOTTO_FEATURES; i++) {
            /* A step of one in Q10, where no hidden value turns over, changes it by the slope. */
            sotto_activation next = at;
            int32_t sums[2];
            next.inputs[i] = (int16_t)(at.inputs[i] + (at.inputs[i] < 16000 ? 200 : -200));
            bool turned = false;
            int64_t score = 0;
            for (uint32_t j = 0; j < network->hidden_count; j++) {
                sotto_dot_i16(network->weights_1 + 2 * j * network->feature_room, next.inputs,
                              network->feature_room, 1, sums);
                int32_t value = (sums[0] >> network->shift_1) + shop.content.bias[j];
                turned = turned || (value < 0) != (at.hidden[j] < 0) || value > 32766
                      || value < -8 * 32766;
                score += (value < 0 ? value >> 3 : value) * (int64_t)shop.content.weights_2[j];
            }
            sotto_dot_i16(network->skip, next.inputs, network->feature_room, 1, sums);
            if (turned || at.inputs[i] < -16000) {
                continue;
            }
            double grown = (double)(score + sums[0] - at.score);
            double slope = (double)sotto_network_slope(network, &at, i)
                         * (next.inputs[i] - at.inputs[i]) / (8 << network->shift_1);
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

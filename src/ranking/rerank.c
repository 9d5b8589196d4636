/*
 * rerank.c - the shortlist in its final order, and why
 *
 * By trees (trees.c), or by a network of one hidden layer beside a plain sum:
 *
 *     x_f    = clamp((feature_f - mean_f) * factor_f)           one spread, whatever the unit
 *     h_j    = leaky(W1_j x + bias_j)                           leaky(v) = v, or v / 8 below 0
 *     score  = w2 h + skip x
 *
 * Where no hidden value changes its sign the score is a plain sum, so at each candidate it has a
 * slope for each feature, and slope times x_f is what that feature adds. Added up in groups that
 * mean something to a shopper, these are the reasons: not an explanation of the network made
 * afterwards but the terms it is the sum of (but for a constant that all candidates share).
 */
#include "ranking/rerank.h"

#include "ranking/select.h"
#include "ranking/trees.h"

void sotto_rerank(sotto_rank_scratch *scratch, const sotto_ranker *ranker)
{
    uint32_t count = scratch->shortlist.count;
    bool has_network = ranker->reranker.feature_count > 0;
    bool has_trees = ranker->forest.tree_count > 0;
    int32_t begun[SOTTO_FEATURES];
    int32_t features[SOTTO_FEATURES];
    sotto_activation at = {.score = 0};
    sotto_features_begin(begun, scratch, ranker);
    sotto_network_set(&scratch->network, &ranker->reranker);
    for (uint32_t i = 0; i < count; i++) {
        if (has_network || has_trees) {
            sotto_features_set(features, begun, scratch, ranker, i);
        }
        if (has_trees) {
            at.score = sotto_trees_ask(&ranker->forest, features);
        } else if (has_network) {
            sotto_network_ask(&at, &scratch->network, features);
        }
        scratch->keys[i] = sotto_key(at.score, i);
    }
    sotto_select_sort(scratch->keys, count);
}

/* ---- Reasons --------------------------------------------------------------------------------- */

/* What a feature speaks of, as bits of features. The rest belong to the session. */
enum { LIKE_SESSION, REPEATED, POPULAR, LATELY, GROUPS };

#define BIT(feature) (UINT64_C(1) << SOTTO_FEATURE_##feature)

static const uint64_t members[GROUPS] = {
    BIT(COS_SESSION) | BIT(COS_LAST) | BIT(COS_SECOND) | BIT(COS_THIRD) | BIT(COS_NEAREST)
        | BIT(COS_MEAN) | BIT(COS_LARGEST) | BIT(RANK_LOG) | BIT(ODDS_LOG) | BIT(LINKS_LOG)
        | BIT(LINKED) | BIT(LINK_RANK_LOG) | BIT(LAST_LINK_LOG) | BIT(SECOND_LINK_LOG)
        | BIT(THIRD_LINK_LOG) | BIT(VOTES),
    BIT(REPEAT_0) | BIT(REPEAT_1) | BIT(REPEAT_2) | BIT(REPEAT_OLDER) | BIT(OCCURRENCES)
        | BIT(REPEAT_AGE_LOG) | BIT(SHARE),
    BIT(COUNT_LOG) | BIT(COUNT_AGAINST),
    BIT(RECENT_LOG) | BIT(RECENT_AGAINST),
};

/* What the features of each group add to the score, in a unit of the network's own. */
static void ask_network(const sotto_network *network, const int32_t *features,
                        int64_t sums[GROUPS])
{
    const sotto_reranker *section = network->section;
    sotto_activation at = {.score = 0};
    sotto_network_ask(&at, network, features);
    for (uint32_t group = 0; group < GROUPS; group++) {
        int16_t inputs[SOTTO_RANK_MAX_FEATURES] = {0};
        for (uint32_t i = 0; i < section->feature_count; i++) {
            inputs[i] = members[group] >> section->features[i] & 1 ? at.inputs[i] : 0;
        }
        sums[group] = sotto_network_part(network, &at, inputs);
    }
}

/* The same of trees, which say what each feature adds. */
static void ask_trees(const sotto_forest *forest, const int32_t *features, int64_t sums[GROUPS])
{
    int64_t terms[SOTTO_FEATURES];
    sotto_trees_explain(forest, features, terms);
    memset(sums, 0, GROUPS * sizeof *sums);
    for (uint32_t feature = 0; feature < SOTTO_FEATURES; feature++) {
        for (uint32_t group = 0; group < GROUPS; group++) {
            sums[group] += members[group] >> feature & 1 ? terms[feature] : 0;
        }
    }
}

/* A sum of terms as points, Q16. */
static uint32_t points_of(int64_t sum, const sotto_ranker *ranker)
{
    if (sum < 0) {
        return 0;
    }
    if (ranker->forest.tree_count > 0) {
        return sotto_u32_saturate(((uint64_t)sum << 16) >> ranker->forest.shift);
    }
    uint64_t points = (uint64_t)sum >> (ranker->reranker.shift_1 + 3);
    return sotto_u32_saturate((points << 6) >> ranker->reranker.shift_2);
}

sotto_reason sotto_rerank_reason(const sotto_rank_scratch *scratch, const sotto_ranker *ranker,
                                 uint32_t number)
{
    uint32_t item = scratch->shortlist.list[number].item;
    int64_t sums[GROUPS];
    int32_t begun[SOTTO_FEATURES];
    int32_t features[SOTTO_FEATURES];
    sotto_features_begin(begun, scratch, ranker);
    sotto_features_set(features, begun, scratch, ranker, number);
    if (ranker->forest.tree_count > 0) {
        ask_trees(&ranker->forest, features, sums);
    } else {
        ask_network(&scratch->network, features, sums);
    }

    bool seen = features[SOTTO_FEATURE_OCCURRENCES] > 0;
    uint32_t like_age = scratch->shortlist.list[number].like_age;
    uint32_t like = like_age < scratch->session.count ? scratch->session.items[like_age]
                                                      : SOTTO_NO_ITEM;
    uint32_t best = like == SOTTO_NO_ITEM ? REPEATED : LIKE_SESSION;
    for (uint32_t group = REPEATED; group < GROUPS; group++) {
        if (sums[group] > sums[best] && (group != REPEATED || seen)) {
            best = group;
        }
    }
    static const uint8_t kinds[GROUPS] = {SOTTO_BECAUSE_VIEWED, SOTTO_BECAUSE_SEEN,
                                          SOTTO_BECAUSE_POPULAR, SOTTO_BECAUSE_TRENDING};
    return (sotto_reason){
        (sotto_reason_kind)kinds[best],
        best == LIKE_SESSION ? like : best == REPEATED ? item : SOTTO_NO_ITEM,
        points_of(sums[best], ranker),
    };
}

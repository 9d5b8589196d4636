/*
 * Eval scores - how good rankings are, and how sure one may be of that
 *
 * Questions are asked in groups: the clicks of one session, the items of one basket. They succeed
 * and fail together, so an interval is found by drawing groups, not questions: a thousand times as
 * many groups as there are, with repetition, always by the same chance (bootstrap). Of the
 * thousand means the middle 95 % are the interval.
 *
 * memory    112 bytes for each group.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_EVAL_SCORES_H
#define SOTTO_TRAIN_EVAL_SCORES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SOTTO_EVAL_DEPTH 20u /* places that are looked at */

typedef enum sotto_eval_cut { SOTTO_EVAL_AT5, SOTTO_EVAL_AT10, SOTTO_EVAL_AT20 } sotto_eval_cut;
#define SOTTO_EVAL_CUTS 3u

/*
 * All in percent, at a cut of k places, means over the questions:
 *
 *     HR      whether any answer is among the first k
 *     MRR     1 / place of the first answer, 0 below the k-th
 *     NDCG    sum of 1 / log2(1 + place) of all answers found, over the best sum there could be
 *     recall  answers found / answers
 */
typedef enum sotto_eval_metric {
    SOTTO_EVAL_HR, SOTTO_EVAL_MRR, SOTTO_EVAL_NDCG, SOTTO_EVAL_RECALL
} sotto_eval_metric;
#define SOTTO_EVAL_METRICS 4u

typedef struct sotto_eval_mean {
    double mean, low, high; /* the middle 95 % of the resamples */
} sotto_eval_mean;

typedef struct sotto_eval_quality {
    sotto_eval_mean means[SOTTO_EVAL_METRICS][SOTTO_EVAL_CUTS];
    uint64_t        questions, groups;
    bool            many_answers; /* of some question: recall is then not the same as HR */
} sotto_eval_quality;

typedef struct sotto_eval_sums {
    double gains[SOTTO_EVAL_METRICS][SOTTO_EVAL_CUTS];
    double questions;
} sotto_eval_sums;

/* Starts zeroed. */
typedef struct sotto_eval_scores {
    sotto_eval_sums *groups;
    size_t           count, room;
    bool             many_answers;
} sotto_eval_scores;

/* From here on questions belong to a new group. False without memory. */
bool sotto_eval_scores_open(sotto_eval_scores *scores);

/*
 * Marks one question of the group: `right[p]` says whether the item on place p + 1 is an answer,
 * for `found` places of at most SOTTO_EVAL_DEPTH; `answers` is how many there are, at least 1.
 */
void sotto_eval_scores_add(sotto_eval_scores *scores, const bool *right, uint32_t found,
                           uint32_t answers);

/* Means and their intervals. False without memory. */
bool sotto_eval_scores_finish(const sotto_eval_scores *scores, sotto_eval_quality *quality);

/*
 * The same for gains of other kinds, in their own unit: the sums of `count` groups, and how many
 * questions each of them had.
 */
sotto_eval_mean sotto_eval_mean_of(const double *gains, const double *questions, size_t count);

void sotto_eval_scores_free(sotto_eval_scores *scores);

#endif

/*
 * Quantise re-ranker - the network's weights as the integers that are published
 */
#ifndef SOTTO_TRAIN_QUANTISE_RERANKER_H
#define SOTTO_TRAIN_QUANTISE_RERANKER_H

#include "format/write.h"
#include "train/fit_reranker.h"

#define SOTTO_RERANKER_HIDDEN_MAX 64u

/* FORMAT.md 5a.5. Features are numbered as the core does; those without weight are left out. */
typedef struct sotto_quantised_reranker {
    uint32_t feature_count, hidden;
    uint8_t  features[SOTTO_LIST_FEATURES_MAX];
    int32_t  means[SOTTO_LIST_FEATURES_MAX];
    uint32_t factors[SOTTO_LIST_FEATURES_MAX]; /* Q16 */
    uint32_t shift_1, shift_2;
    int32_t  bias[SOTTO_RERANKER_HIDDEN_MAX];
    int16_t  weights_1[SOTTO_RERANKER_HIDDEN_MAX * SOTTO_LIST_FEATURES_MAX]; /* hidden rows */
    int16_t  weights_2[SOTTO_RERANKER_HIDDEN_MAX];
    int16_t  skip[SOTTO_LIST_FEATURES_MAX];
} sotto_quantised_reranker;

/* How a feature is scaled: ((value - mean) * factor) >> 16, at most SOTTO_SCALED_MAX. */
typedef struct sotto_scaling {
    int32_t  means[SOTTO_LIST_FEATURES_MAX];
    uint32_t factors[SOTTO_LIST_FEATURES_MAX]; /* 0: it is the same everywhere and says nothing */
} sotto_scaling;

/* Points a content's fields of a network at this one, which must outlive it. */
void sotto_quantised_reranker_describe(const sotto_quantised_reranker *quantised,
                                       sotto_ranker_content *content);

void sotto_quantise_reranker(const sotto_reranker_net *net, const sotto_scaling *scaling,
                             sotto_quantised_reranker *quantised);

#endif

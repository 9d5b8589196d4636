/*
 * features.h - what is known of a candidate, as numbers (RANKING.md 8.4)
 */
#ifndef SOTTO_RANKING_FEATURES_H
#define SOTTO_RANKING_FEATURES_H

#include "ranking/shortlist.h"

/*
 * Begins with what is the same for all candidates of the shortlist that was filled last. Features
 * that differ hold what sotto_features_set needs to know.
 */
void sotto_features_begin(int32_t begun[SOTTO_FEATURES], const sotto_rank_scratch *scratch,
                          const sotto_ranker *ranker);

/* The features of the number-th candidate. */
void sotto_features_set(int32_t features[SOTTO_FEATURES], const int32_t begun[SOTTO_FEATURES],
                        const sotto_rank_scratch *scratch, const sotto_ranker *ranker,
                        uint32_t number);

#endif

/*
 * rerank.h - the shortlist in its final order, and why (RANKING.md 8.5, 8.6)
 */
#ifndef SOTTO_RANKING_RERANK_H
#define SOTTO_RANKING_RERANK_H

#include "ranking/features.h"

/*
 * Orders the shortlist that was filled last: scratch->keys[0 .. count - 1], the best first, have
 * the score and the number in the shortlist. Without a network the shortlist is in order as it is,
 * and all scores are 0.
 */
void sotto_rerank(sotto_rank_scratch *scratch, const sotto_ranker *ranker);

/* Scores are Q of this. */
static inline uint32_t sotto_rerank_shift(const sotto_ranker *ranker)
{
    return ranker->forest.tree_count > 0 ? ranker->forest.shift
                                         : SOTTO_RANK_SCALED_BITS + ranker->reranker.shift_2;
}

/*
 * What speaks most for the number-th candidate of what sotto_rerank ordered last; item is
 * SOTTO_NO_ITEM if no item is part of it, and points are what it adds to the score, Q16, 0 if it
 * adds nothing.
 */
sotto_reason sotto_rerank_reason(const sotto_rank_scratch *scratch, const sotto_ranker *ranker,
                                 uint32_t number);

#endif

/*
 * ranking.h - one strategy after the other fills an answer
 *
 * memory    A sotto_ranking on the stack, and scratch the caller lends for the call.
 * trust     All arguments are trusted.
 */
#ifndef SOTTO_RANKING_RANKING_H
#define SOTTO_RANKING_RANKING_H

#include "ranking/candidates.h"
#include "ranking/sources.h"
#include "ranking/taste.h"

typedef struct sotto_ranking_scratch {
    sotto_candidates candidates;
    sotto_sources    sources;
    sotto_tastes     tastes;
} sotto_ranking_scratch;

typedef struct sotto_ranking {
    sotto_request          request;
    sotto_ranking_scratch *scratch;
    sotto_answer          *answer;
    uint32_t               want;   /* picks at most */
} sotto_ranking;

/* Adds what a strategy finds, best first, until the answer has all it wants. */
void sotto_ranking_add(sotto_ranking *ranking, sotto_strategy strategy);

/*
 * Adds one item for a reason of its own, if filters, rules and spread let it in; SOTTO_NO_ITEM is
 * not let in.
 */
bool sotto_ranking_add_item(sotto_ranking *ranking, sotto_strategy strategy, uint32_t item,
                            sotto_reason_kind kind, uint32_t because);

#endif

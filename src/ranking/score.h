/*
 * score.h - from sources to candidates with a score, and from picks to reasons
 */
#ifndef SOTTO_RANKING_SCORE_H
#define SOTTO_RANKING_SCORE_H

#include "ranking/sources.h"
#include "ranking/taste.h"

/* Empties the candidates, reads the sources' links, and adds what links and repeats give. */
void sotto_score_links(sotto_candidates *candidates, sotto_sources *sources,
                       const sotto_bundle *bundle);

/*
 * Adds to each candidate what its popularity gives and, if `tastes` is not NULL, what the shopper's
 * tastes do.
 */
void sotto_score_prior(sotto_candidates *candidates, sotto_tastes *tastes,
                       const sotto_bundle *bundle);

/*
 * Gives the picks that sotto_score_links and sotto_score_prior scored their reasons. `tastes` is
 * NULL where the prior had no part in it.
 */
void sotto_score_explain(sotto_pick *picks, uint32_t pick_count, const sotto_sources *sources,
                         sotto_tastes *tastes, const sotto_bundle *bundle);

/* Gives a pick a reason if it is among its strongest; of equal ones the first given stays. */
void sotto_score_reason(sotto_pick *pick, sotto_reason_kind kind, uint32_t because,
                        uint32_t points);

#endif

/*
 * topk.h - the candidates from the best on, one at a time
 */
#ifndef SOTTO_RANKING_TOPK_H
#define SOTTO_RANKING_TOPK_H

#include "ranking/candidates.h"

/* Lines the candidates up. No candidate may be added after this. */
void sotto_topk_begin(sotto_candidates *candidates, const sotto_bundle *bundle);

/* The number of the best candidate that was not given yet, or SOTTO_NO_CANDIDATE. */
uint32_t sotto_topk_next(sotto_candidates *candidates, const sotto_bundle *bundle);

#endif

/*
 * trees.h - the boosted trees that order candidates (RANKING.md 8.5, 8.6)
 */
#ifndef SOTTO_RANKING_TREES_H
#define SOTTO_RANKING_TREES_H

#include "model/forest.h"

/* The score of a candidate with these features, by their numbers; Q(forest->shift). */
int32_t sotto_trees_ask(const sotto_forest *forest, const int32_t *features);

/*
 * What each feature adds to that score, by its number. Their sum is the score, but for a constant
 * that all candidates share.
 */
void sotto_trees_explain(const sotto_forest *forest, const int32_t *features,
                         int64_t terms[SOTTO_FEATURES]);

#endif

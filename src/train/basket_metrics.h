/*
 * Basket metrics - how good a guess at a whole basket is
 *
 *     recall@k   how much of the basket is among the first k
 *     NDCG@k     sum of 1 / log2(1 + place) over what was right, against the best there could be
 *     PHR@k      whether anything was right
 *
 * Two customs differ in what the best could be: that the whole basket stands first, however large
 * (the Reality Check of van Maasakkers et al.), or as much of it as fits into k places (DNNTSP).
 */
#ifndef SOTTO_TRAIN_BASKET_METRICS_H
#define SOTTO_TRAIN_BASKET_METRICS_H

#include <stdbool.h>
#include <stdint.h>

#define SOTTO_BASKET_CUTS  2u
#define SOTTO_BASKET_DEPTH 20u

extern const uint32_t sotto_basket_cuts[SOTTO_BASKET_CUTS]; /* 10, 20 */

typedef struct sotto_basket_metrics {
    uint64_t baskets;
    double   recall[SOTTO_BASKET_CUTS], ndcg[SOTTO_BASKET_CUTS], phr[SOTTO_BASKET_CUTS]; /* sums */
} sotto_basket_metrics;

/*
 * Counts one basket of `size` items, at least 1. `right[i]` says whether the i-th pick is in it,
 * for `found` picks. `whole`: the best is the whole basket.
 */
void sotto_basket_metrics_add(sotto_basket_metrics *metrics, const bool *right, uint32_t found,
                              uint32_t size, bool whole);

/* A sum as a mean; 0 of no baskets. */
double sotto_basket_mean(const sotto_basket_metrics *metrics, double sum);

#endif

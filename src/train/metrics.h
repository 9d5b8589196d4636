/*
 * Metrics - how good a ranking of the next item is
 *
 * HR@20: share of questions whose answer is among the first twenty. MRR@20: mean of 1/rank, 0 below
 * the twentieth. Both in percent.
 */
#ifndef SOTTO_TRAIN_METRICS_H
#define SOTTO_TRAIN_METRICS_H

#include <stdint.h>

#define SOTTO_METRIC_DEPTH 20u

typedef struct sotto_metrics {
    uint64_t queries, hits;
    double   reciprocal_ranks;
} sotto_metrics;

/* Counts one question. `rank` is from 1; 0 means not found. */
void sotto_metrics_add(sotto_metrics *metrics, uint32_t rank);

double sotto_metrics_hr(const sotto_metrics *metrics);
double sotto_metrics_mrr(const sotto_metrics *metrics);

#endif

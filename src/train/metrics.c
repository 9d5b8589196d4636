/*
 * metrics.c - how good a ranking of the next item is
 */
#include "train/metrics.h"

void sotto_metrics_add(sotto_metrics *metrics, uint32_t rank)
{
    metrics->queries++;
    if (rank >= 1 && rank <= SOTTO_METRIC_DEPTH) {
        metrics->hits++;
        metrics->reciprocal_ranks += 1.0 / rank;
    }
}

double sotto_metrics_hr(const sotto_metrics *metrics)
{
    return metrics->queries == 0 ? 0 : 100.0 * (double)metrics->hits / (double)metrics->queries;
}

double sotto_metrics_mrr(const sotto_metrics *metrics)
{
    return metrics->queries == 0 ? 0 : 100.0 * metrics->reciprocal_ranks / (double)metrics->queries;
}

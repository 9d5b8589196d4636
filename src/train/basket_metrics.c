/*
 * basket_metrics.c - how good a guess at a whole basket is
 */
#include "train/basket_metrics.h"

#include <math.h>

const uint32_t sotto_basket_cuts[SOTTO_BASKET_CUTS] = {10, 20};

static double gain(uint32_t place)
{
    return 1 / log2(place + 1.0);
}

void sotto_basket_metrics_add(sotto_basket_metrics *metrics, const bool *right, uint32_t found,
                              uint32_t size, bool whole)
{
    metrics->baskets++;
    for (uint32_t cut = 0; cut < SOTTO_BASKET_CUTS; cut++) {
        uint32_t places = sotto_basket_cuts[cut], hits = 0;
        double gained = 0, best = 0;
        for (uint32_t i = 0; i < places && i < found; i++) {
            hits += right[i] ? 1 : 0;
            gained += right[i] ? gain(i + 1) : 0;
        }
        for (uint32_t i = 0; i < size && (whole || i < places); i++) {
            best += gain(i + 1);
        }
        metrics->recall[cut] += (double)hits / size;
        metrics->ndcg[cut] += gained / best;
        metrics->phr[cut] += hits > 0 ? 1 : 0;
    }
}

double sotto_basket_mean(const sotto_basket_metrics *metrics, double sum)
{
    return metrics->baskets == 0 ? 0 : sum / (double)metrics->baskets;
}

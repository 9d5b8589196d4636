/*
 * together.c - bought together, and not by chance
 *
 * Of N baskets, a hold the one item, b the other and c both. Raw counts put the best seller next to
 * everything; the cosine c / sqrt(a b) does not, but loves accidents: two items bought once, in the
 * same basket, have cosine 1. So a pair must first be significant, by the log-likelihood ratio of
 * the two-by-two table (association.h), and more often together than chance would have it. What
 * passes is weighed by the cosine, shrunk for small counts:  c / (c + 2) * cosine.
 */
#include "train/association.h"
#include "train/linking.h"

#include <math.h>
#include <stdlib.h>

#define SHRINK 2.0

/* Baskets that hold each item. */
static double *count_baskets(const sotto_pairs *pairs)
{
    double *counts = calloc((size_t)pairs->item_count + 1, sizeof *counts);
    for (uint32_t i = 0; counts != NULL && i < pairs->item_count; i++) {
        for (uint32_t slice = 0; slice < SOTTO_PAIR_SLICES; slice++) {
            counts[i] += pairs->counts[(size_t)i * SOTTO_PAIR_SLICES + slice];
        }
    }
    return counts;
}

static float weigh(double n, double a, double b, double c)
{
    bool by_chance = c * n <= a * b || sotto_log_likelihood_ratio(n, a, b, c) < SOTTO_LEAST_G2;
    return by_chance ? 0 : (float)(c / (c + SHRINK) * c / sqrt(a * b));
}

bool sotto_links_together(const sotto_pairs *pairs, uint32_t max_links, sotto_links *links)
{
    double *counts = count_baskets(pairs);
    if (counts == NULL || !sotto_links_init(links, pairs->item_count, max_links)) {
        free(counts);
        return false;
    }
    double n = pairs->sequence_count;
    for (uint32_t i = 0; i < pairs->item_count; i++) {
        sotto_best best = {links->links + (size_t)i * max_links, 0, max_links};
        const sotto_pair *at = pairs->pairs + pairs->starts[i];
        const sotto_pair *end = pairs->pairs + pairs->starts[i + 1];
        while (at < end) {
            uint32_t other = at->key >> 8;
            double c = 0;
            for (; at < end && at->key >> 8 == other; at++) {
                c += at->count;
            }
            float weight = weigh(n, counts[i], counts[other], c);
            if (weight > 0) {
                sotto_best_offer(&best, (sotto_weighted){other, weight});
            }
        }
        sotto_best_sort(&best);
        links->counts[i] = best.count;
    }
    free(counts);
    return true;
}

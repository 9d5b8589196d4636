/*
 * linking.c - from each item to the few that go with it best
 *
 * A pair's sums are weighed bucket by bucket and divided by the other item's popularity:
 *
 *     w(i,j) = ( sum_b count(i,j,b) * bucket_weight(b) / met(j)^popularity_power )^contrast
 *
 * and a row is brought to the sum 1. Most items are rare, and a rare item has few pairs. But its
 * neighbours have neighbours, so every row is mixed with theirs,
 *
 *     s(i,j) = w(i,j) + hop / met(i)^shrink * sum_a w(i,a) w(a,j)
 *
 * which on click logs brings more than any other knob: two steps say nearly as much as one and
 * there are far more of them. The cost is (row length)^2 for each item.
 *
 * Two steps are made of pairs that are links themselves, each of which rests on enough shoppers
 * (min_shoppers). What they lead to says nothing that these pairs do not say.
 */
#include "train/linking.h"

#include "train/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 256u

bool sotto_links_init(sotto_links *links, uint32_t item_count, uint32_t max_links)
{
    links->item_count = item_count;
    links->max_links = max_links;
    links->counts = calloc((size_t)item_count + 1, sizeof *links->counts);
    links->links = malloc(((size_t)item_count * max_links + 1) * sizeof *links->links);
    if (links->counts == NULL || links->links == NULL) {
        sotto_links_free(links);
        return false;
    }
    return true;
}

void sotto_links_free(sotto_links *links)
{
    free(links->counts);
    free(links->links);
    memset(links, 0, sizeof *links);
}

uint64_t sotto_links_total(const sotto_links *links)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < links->item_count; i++) {
        total += links->counts[i];
    }
    return total;
}

static void normalise(sotto_weighted *row, uint32_t count)
{
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += (double)row[i].weight;
    }
    for (uint32_t i = 0; i < count && sum > 0; i++) {
        row[i].weight = (float)((double)row[i].weight / sum);
    }
}

static double slice_weight(const sotto_recipe *recipe, uint32_t slice)
{
    double age = (double)(SOTTO_PAIR_SLICES - 1 - slice) / SOTTO_PAIR_SLICES;
    return exp(-recipe->knobs[SOTTO_AGE_DECAY] * age);
}

static void weigh_buckets(const sotto_recipe *recipe, float weights[BUCKETS])
{
    const double *knobs = recipe->knobs;
    for (uint32_t bucket = 0; bucket < BUCKETS; bucket++) {
        double distance = sotto_pair_distance(bucket);
        double weight =
            (bucket & SOTTO_PAIR_BEFORE) != 0
                ? knobs[SOTTO_BACKWARD_WEIGHT] * pow(distance, -knobs[SOTTO_BACKWARD_POWER])
                : pow(distance, -knobs[SOTTO_FORWARD_POWER]);
        weights[bucket] = (float)(weight * slice_weight(recipe, bucket & (SOTTO_PAIR_SLICES - 1)));
    }
}

/* How often each item was met, faded by age. */
static void fade_counts(const sotto_pairs *pairs, const sotto_recipe *recipe, float *met)
{
    double weights[SOTTO_PAIR_SLICES];
    for (uint32_t slice = 0; slice < SOTTO_PAIR_SLICES; slice++) {
        weights[slice] = slice_weight(recipe, slice);
    }
    for (uint32_t i = 0; i < pairs->item_count; i++) {
        double sum = 0;
        for (uint32_t slice = 0; slice < SOTTO_PAIR_SLICES; slice++) {
            sum += pairs->counts[(size_t)i * SOTTO_PAIR_SLICES + slice] * weights[slice];
        }
        met[i] = (float)sum;
    }
}

/* Sums over one row's reach, by item; `touched` tells which to clear. */
typedef struct row_reach {
    float    *sums;
    uint32_t *touched;
    uint32_t  count;
} row_reach;

/* What the workers share: read by all, written by each in its own rows. */
typedef struct link_work {
    const sotto_pairs  *pairs;
    const sotto_recipe *recipe;
    float               weights[BUCKETS];
    float              *met, *discount; /* by item */
    uint32_t            max_links, kept;
    const uint8_t      *wanted;
    sotto_links         direct;
    sotto_links        *links;
    row_reach           reaches[SOTTO_WORKERS_MAX];
} link_work;

/* The best pairs of each row, by their own counts alone. */
static void link_directly(void *context, uint32_t worker, uint32_t first, uint32_t last)
{
    link_work *work = context;
    sotto_links *links = &work->direct;
    float contrast = (float)work->recipe->knobs[SOTTO_CONTRAST];
    (void)worker;
    for (uint32_t i = first; i < last; i++) {
        sotto_best best = {links->links + (size_t)i * links->max_links, 0, links->max_links};
        const sotto_pair *at = work->pairs->pairs + work->pairs->starts[i];
        const sotto_pair *end = work->pairs->pairs + work->pairs->starts[i + 1];
        while (at < end) {
            uint32_t other = at->key >> 8;
            float weight = 0;
            for (; at < end && at->key >> 8 == other; at++) {
                weight += work->weights[at->key & (BUCKETS - 1)] * (float)at->count;
            }
            if (weight > 0) {
                sotto_best_offer(&best, (sotto_weighted){other, weight * work->discount[other]});
            }
        }
        sotto_best_sort(&best);
        for (uint32_t k = 0; k < best.count; k++) {
            best.heap[k].weight = powf(best.heap[k].weight, contrast);
        }
        normalise(best.heap, best.count);
        links->counts[i] = best.count;
    }
}

static void add(row_reach *reach, uint32_t item, float weight)
{
    if (weight <= 0) { /* too small for a float */
        return;
    }
    if (reach->sums[item] == 0) {
        reach->touched[reach->count++] = item;
    }
    reach->sums[item] += weight;
}

static void mix_row(const sotto_links *direct, uint32_t i, float hop, row_reach *reach)
{
    const sotto_weighted *row = sotto_links_row(direct, i);
    reach->count = 0;
    for (uint32_t k = 0; k < direct->counts[i]; k++) {
        add(reach, row[k].item, row[k].weight);
    }
    if (hop <= 0) {
        return;
    }
    for (uint32_t k = 0; k < direct->counts[i]; k++) {
        const sotto_weighted *next = sotto_links_row(direct, row[k].item);
        uint32_t count = direct->counts[row[k].item];
        float share = hop * row[k].weight;
        for (uint32_t m = 0; m < count; m++) {
            if (next[m].item != i) {
                add(reach, next[m].item, share * next[m].weight);
            }
        }
    }
}

/* Each row mixed with its neighbours' rows. */
static void link_smoothly(void *context, uint32_t worker, uint32_t first, uint32_t last)
{
    link_work *work = context;
    row_reach *reach = &work->reaches[worker];
    float hop = (float)work->recipe->knobs[SOTTO_HOP];
    float shrink = (float)work->recipe->knobs[SOTTO_HOP_SHRINK];
    for (uint32_t i = first; i < last; i++) {
        if (work->wanted != NULL && work->wanted[i] == 0) {
            continue;
        }
        sotto_best best = {work->links->links + (size_t)i * work->kept, 0, work->kept};
        mix_row(&work->direct, i, hop * powf(work->met[i] + 1, -shrink), reach);
        for (uint32_t k = 0; k < reach->count; k++) {
            uint32_t item = reach->touched[k];
            sotto_best_offer(&best, (sotto_weighted){item, reach->sums[item]});
            reach->sums[item] = 0;
        }
        sotto_best_sort(&best);
        normalise(best.heap, best.count);
        work->links->counts[i] = best.count;
    }
}

static bool open_work(link_work *work)
{
    uint32_t n = work->pairs->item_count;
    work->met = calloc((size_t)n + 1, sizeof *work->met);
    work->discount = calloc((size_t)n + 1, sizeof *work->discount);
    bool good = work->met != NULL && work->discount != NULL
                && sotto_links_init(&work->direct, n, work->max_links)
                && sotto_links_init(work->links, n, work->kept);
    for (uint32_t i = 0; i < sotto_parallel_workers(); i++) {
        work->reaches[i].sums = calloc((size_t)n + 1, sizeof *work->reaches[i].sums);
        work->reaches[i].touched = calloc((size_t)n + 1, sizeof *work->reaches[i].touched);
        good = good && work->reaches[i].sums != NULL && work->reaches[i].touched != NULL;
    }
    return good;
}

static void close_work(link_work *work)
{
    for (uint32_t i = 0; i < SOTTO_WORKERS_MAX; i++) {
        free(work->reaches[i].sums);
        free(work->reaches[i].touched);
    }
    sotto_links_free(&work->direct);
    free(work->met);
    free(work->discount);
}

bool sotto_links_next_wide(const sotto_pairs *pairs, const sotto_recipe *recipe,
                           uint32_t max_links, uint32_t kept, const uint8_t *wanted,
                           sotto_links *links)
{
    link_work work = {.pairs = pairs, .recipe = recipe, .max_links = max_links, .kept = kept,
                      .wanted = wanted, .links = links};
    memset(links, 0, sizeof *links);
    bool good = open_work(&work);
    if (good) {
        float power = (float)recipe->knobs[SOTTO_POPULARITY_POWER];
        weigh_buckets(recipe, work.weights);
        fade_counts(pairs, recipe, work.met);
        for (uint32_t i = 0; i < pairs->item_count; i++) {
            work.discount[i] = work.met[i] > 0 ? powf(work.met[i], -power) : 0;
        }
        sotto_parallel(pairs->item_count, link_directly, &work);
        sotto_parallel(pairs->item_count, link_smoothly, &work);
    } else {
        sotto_links_free(links);
    }
    close_work(&work);
    return good;
}

bool sotto_links_next(const sotto_pairs *pairs, const sotto_recipe *recipe, uint32_t max_links,
                      const uint8_t *wanted, sotto_links *links)
{
    return sotto_links_next_wide(pairs, recipe, max_links, max_links, wanted, links);
}

/*
 * content_tune.c - how much each field counts, as shoppers have shown
 *
 * Where there are logs, links learned from them say which items go together in this shop; content
 * that says the same is right. For a sample of items the pool of likely ones is compared in full
 * once, and what it would cost to try other weights is then a few multiplications:
 *
 *     quality(weights) = weight of the learned links among the nearest eight
 *                        / what the best eight learned links weigh
 *
 * summed over the sample. One field's weight after the other is multiplied by some factors, and the
 * best stays, for a few rounds. Every second item of the sample has no part in that: it decides
 * whether the choice is better than the defaults.
 */
#include "train/content.h"

#include <stdlib.h>
#include <string.h>

#define SAMPLE_MOST    2000u
#define SAMPLE_LEAST   100u
#define NEAREST        8u
#define ROUNDS         3u
#define LEAST_LINKS    3u
#define GAIN_NEEDED    0.2 /* percent points, on the half that had no part in it */

/* One of the likely ones. */
typedef struct candidate {
    float likeness[SOTTO_CONTENT_FIELDS];
    float gain; /* weight of the learned link to it, 0 if there is none */
} candidate;

typedef struct sample_row {
    size_t   first;  /* among all candidates */
    uint32_t count;
    float    best;   /* what the best eight links weigh */
} sample_row;

typedef struct content_sample {
    candidate  *candidates;
    size_t      candidate_count, room;
    sample_row *rows;
    uint32_t    row_count;
} content_sample;

static float weight_of_best(const sotto_weighted *links, uint32_t count)
{
    float sum = 0;
    for (uint32_t i = 0; i < count && i < NEAREST; i++) {
        sum += links[i].weight;
    }
    return sum;
}

static bool add_row(const sotto_content *content, const sotto_links *learned, uint32_t item,
                    const sotto_content_weights *weights, sotto_content_reach *reach,
                    content_sample *sample)
{
    const sotto_weighted *links = sotto_links_row(learned, item);
    if (sample->candidate_count + SOTTO_CONTENT_POOL > sample->room) {
        sample->room = 2 * sample->room + 64 * SOTTO_CONTENT_POOL;
        candidate *grown = realloc(sample->candidates, sample->room * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        sample->candidates = grown;
    }
    sotto_content_gather(content, weights, item, reach);
    sample_row *row = &sample->rows[sample->row_count++];
    *row = (sample_row){sample->candidate_count, reach->pool_count,
                        weight_of_best(links, learned->counts[item])};
    for (uint32_t i = 0; i < reach->pool_count; i++) {
        candidate *now = &sample->candidates[sample->candidate_count++];
        sotto_content_compare(content, item, reach->pool[i].item, now->likeness);
        now->gain = 0;
        for (uint32_t k = 0; k < learned->counts[item]; k++) {
            now->gain = links[k].item == reach->pool[i].item ? links[k].weight : now->gain;
        }
    }
    return true;
}

/* Items with enough links, spread over the whole catalogue. */
static bool make_sample(const sotto_content *content, const sotto_links *learned,
                        const sotto_content_weights *weights, content_sample *sample)
{
    sotto_content_reach reach;
    uint32_t usable = 0;
    for (uint32_t i = 0; i < learned->item_count; i++) {
        usable += learned->counts[i] >= LEAST_LINKS ? 1 : 0;
    }
    uint32_t step = usable / SAMPLE_MOST + 1, seen = 0;
    sample->rows = calloc(SAMPLE_MOST + 1, sizeof *sample->rows);
    bool good = sotto_content_reach_open(&reach, content->item_count) && sample->rows != NULL;
    for (uint32_t i = 0; good && i < learned->item_count; i++) {
        bool described = content->starts[i] < content->starts[i + 1];
        if (learned->counts[i] >= LEAST_LINKS && seen++ % step == 0 && described
            && sample->row_count < SAMPLE_MOST) {
            good = add_row(content, learned, i, weights, &reach, sample);
        }
    }
    sotto_content_reach_close(&reach);
    return good;
}

/* The share of the links' weight that the nearest eight find, over rows of one half. */
static double quality_of(const content_sample *sample, const sotto_content_weights *weights,
                         uint32_t half)
{
    double found = 0, there = 0;
    for (uint32_t i = half; i < sample->row_count; i += 2) {
        const sample_row *row = &sample->rows[i];
        float nearest[NEAREST], gains[NEAREST];
        uint32_t count = 0;
        for (uint32_t k = 0; k < row->count; k++) {
            const candidate *now = &sample->candidates[row->first + k];
            float sum = 0;
            for (uint32_t field = 0; field < SOTTO_CONTENT_FIELDS; field++) {
                sum += (float)weights->fields[field] * now->likeness[field];
            }
            if (count == NEAREST && sum <= nearest[NEAREST - 1]) {
                continue;
            }
            uint32_t at = count < NEAREST ? count++ : NEAREST - 1;
            for (; at > 0 && nearest[at - 1] < sum; at--) {
                nearest[at] = nearest[at - 1];
                gains[at] = gains[at - 1];
            }
            nearest[at] = sum;
            gains[at] = now->gain;
        }
        for (uint32_t k = 0; k < count; k++) {
            found += (double)gains[k];
        }
        there += (double)row->best;
    }
    return there > 0 ? 100 * found / there : 0;
}

/* One field after the other; the best factor stays. */
static void climb(const content_sample *sample, sotto_content_weights *weights)
{
    static const double factors[] = {0.05, 0.25, 0.5, 0.7, 1.4, 2, 4, 20};
    double best = quality_of(sample, weights, 0);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        for (uint32_t field = 0; field < SOTTO_CONTENT_FIELDS; field++) {
            double start = weights->fields[field], chosen = start;
            for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
                weights->fields[field] = start * factors[i];
                double quality = quality_of(sample, weights, 0);
                if (quality > best) {
                    best = quality;
                    chosen = weights->fields[field];
                }
            }
            weights->fields[field] = chosen;
        }
    }
}

uint32_t sotto_content_tune(const sotto_content *content, const sotto_links *learned,
                            sotto_content_weights *weights, double *before, double *after)
{
    content_sample sample = {0};
    sotto_content_weights defaults = sotto_content_defaults();
    *weights = defaults;
    *before = *after = 0;
    if (make_sample(content, learned, weights, &sample) && sample.row_count >= SAMPLE_LEAST) {
        climb(&sample, weights);
        *before = quality_of(&sample, &defaults, 1);
        *after = quality_of(&sample, weights, 1);
        if (*after < *before + GAIN_NEEDED) {
            *weights = defaults;
            *after = *before;
        }
    }
    free(sample.candidates);
    free(sample.rows);
    return sample.row_count >= SAMPLE_LEAST ? sample.row_count : 0;
}

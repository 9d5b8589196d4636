/*
 * lately.c - how much an item is looked at these days, in four bits
 *
 * An event counts exp(-age), age in units of 6 % of all sessions; one such scale says nearly all
 * that several would. The logarithm of an item's sum is published relative to its popularity code,
 * which is known anyway, as one of sixteen levels. Levels are placed where the items are, by
 * Lloyd's algorithm: each takes the mean of what is nearest to it, until nothing moves. An item
 * that was met once and one that was met a thousand times count alike: rare items are most of all
 * lists.
 */
#include "train/lately.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SCALE  0.06 /* of the sessions */
#define FLOOR  0.05 /* of an event: log2 of nothing is not wanted */
#define Q8     256.0
#define ROUNDS 32
#define CELLS  8192 /* relative logs, in Q8, from -CELLS up to 0 */

static double *decayed_sums(const sotto_sequences *sessions, uint32_t last, uint32_t item_count)
{
    double *sums = calloc((size_t)item_count + 1, sizeof *sums);
    double scale = last * SCALE > 1 ? last * SCALE : 1;
    for (uint32_t i = 0; sums != NULL && i < last; i++) {
        double weight = exp(-(double)(last - 1 - i) / scale);
        for (size_t k = sessions->starts[i]; k < sessions->starts[i + 1]; k++) {
            sums[sessions->items[k]] += weight;
        }
    }
    return sums;
}

/* Levels by the histogram of what they are to stand for; ascending. */
static void place_levels(const uint64_t *histogram, double levels[SOTTO_LATELY_CODES])
{
    int first = 0, last = CELLS - 1;
    while (first < last && histogram[first] == 0) {
        first++;
    }
    while (last > first && histogram[last] == 0) {
        last--;
    }
    for (uint32_t i = 0; i < SOTTO_LATELY_CODES; i++) { /* the same distance apart to start */
        levels[i] = first + (last - first) * (i + 0.5) / SOTTO_LATELY_CODES;
    }
    for (int round = 0; round < ROUNDS; round++) {
        double sums[SOTTO_LATELY_CODES] = {0}, counts[SOTTO_LATELY_CODES] = {0};
        uint32_t code = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            while (code + 1 < SOTTO_LATELY_CODES
                   && fabs(levels[code + 1] - cell) <= fabs(levels[code] - cell)) {
                code++;
            }
            sums[code] += (double)histogram[cell] * cell;
            counts[code] += (double)histogram[cell];
        }
        for (uint32_t i = 0; i < SOTTO_LATELY_CODES; i++) {
            levels[i] = counts[i] > 0 ? sums[i] / counts[i] : levels[i];
        }
    }
}

static int cell_of(double sum, uint8_t popularity)
{
    double relative = Q8 * log2(sum + FLOOR) - 32.0 * popularity;
    int cell = (int)floor(relative + 0.5) + CELLS - 1 - 64; /* rounding lifts some above 0 */
    return cell < 0 ? 0 : cell >= CELLS ? CELLS - 1 : cell;
}

static uint8_t nearest(const double levels[SOTTO_LATELY_CODES], int cell)
{
    uint8_t best = 0;
    for (uint8_t code = 1; code < SOTTO_LATELY_CODES; code++) {
        best = fabs(levels[code] - cell) < fabs(levels[best] - cell) ? code : best;
    }
    return best;
}

bool sotto_lately_make(const sotto_sequences *sessions, uint32_t last, uint32_t item_count,
                       const uint8_t *popularity, sotto_lately *lately)
{
    memset(lately, 0, sizeof *lately);
    double *sums = decayed_sums(sessions, last, item_count);
    uint64_t *histogram = calloc(CELLS, sizeof *histogram);
    lately->codes = calloc((size_t)item_count + 1, 1);
    bool good = sums != NULL && histogram != NULL && lately->codes != NULL;
    double levels[SOTTO_LATELY_CODES] = {0};
    for (uint32_t i = 0; good && i < item_count; i++) {
        if (sums[i] > 0) {
            histogram[cell_of(sums[i], popularity[i])]++;
        }
    }
    if (good) {
        place_levels(histogram, levels);
        for (uint32_t i = 0; i < item_count; i++) {
            lately->codes[i] = nearest(levels, cell_of(sums[i], popularity[i]));
        }
        for (uint32_t i = 0; i < SOTTO_LATELY_CODES; i++) {
            lately->offsets[i] = (int16_t)(floor(levels[i] + 0.5) - (CELLS - 1 - 64));
        }
    } else {
        sotto_lately_free(lately);
    }
    free(sums);
    free(histogram);
    return good;
}

void sotto_lately_free(sotto_lately *lately)
{
    free(lately->codes);
    memset(lately, 0, sizeof *lately);
}

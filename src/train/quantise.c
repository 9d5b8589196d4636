/*
 * quantise.c - link weights as codes of a few bits
 *
 * Weights span orders of magnitude, and a ranking cares for ratios, so codes are equal steps of the
 * logarithm. What matters of a row is its shape: the reader normalises, so no scale is stored. With
 * few codes, what one stands for is not the middle of its step but the mean of what it was given.
 */
#include "train/quantise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool init(const sotto_links *links, uint32_t code_count, double step, double top,
                 sotto_codes *codes)
{
    memset(codes, 0, sizeof *codes);
    codes->codes = calloc((size_t)links->item_count * links->max_links + 1, 1);
    codes->code_count = code_count;
    for (uint32_t i = 0; i < code_count; i++) {
        double weight = top * exp(-step * i);
        codes->weights[i] = weight < 1 ? 1 : (uint16_t)weight;
    }
    return codes->codes != NULL;
}

static uint8_t code_of(double ratio, uint32_t code_count, double step)
{
    double steps = floor(-log(ratio) / step + 0.5);
    return steps < 0 ? 0 : steps >= code_count ? (uint8_t)(code_count - 1) : (uint8_t)steps;
}

/* With a `table_best` of 0 each row is measured by its own. */
static bool quantise(const sotto_links *links, uint32_t code_count, double step, double table_best,
                     sotto_codes *codes)
{
    double top = table_best > 0 ? table_best * 65535 : 65535;
    if (!init(links, code_count, step, top, codes)) {
        return false;
    }
    for (uint32_t i = 0; i < links->item_count; i++) {
        const sotto_weighted *row = sotto_links_row(links, i);
        uint8_t *out = codes->codes + (size_t)i * links->max_links;
        for (uint32_t k = 0; k < links->counts[i]; k++) {
            double best = table_best > 0 ? table_best : (double)row[0].weight;
            out[k] = code_of((double)row[k].weight / best, code_count, step);
        }
    }
    return true;
}

/* A code's weight becomes the geometric mean of its links', the first code's being the largest. */
static void centre(const sotto_links *links, sotto_codes *codes)
{
    double sums[SOTTO_WEIGHT_CODES_MAX] = {0}, counts[SOTTO_WEIGHT_CODES_MAX] = {0};
    for (uint32_t i = 0; i < links->item_count; i++) {
        const sotto_weighted *row = sotto_links_row(links, i);
        const uint8_t *row_codes = codes->codes + (size_t)i * links->max_links;
        for (uint32_t k = 0; k < links->counts[i]; k++) {
            double ratio = (double)row[k].weight / (double)row[0].weight;
            sums[row_codes[k]] += log(ratio > 1e-9 ? ratio : 1e-9);
            counts[row_codes[k]]++;
        }
    }
    for (uint32_t code = 1; code < codes->code_count; code++) {
        double weight = codes->weights[code - 1]; /* of a code that nobody has */
        if (counts[code] > 0) {
            weight = 65535 * exp(sums[code] / counts[code] - sums[0] / counts[0]);
        }
        codes->weights[code] = weight < 1 ? 1 : (uint16_t)weight;
    }
}

bool sotto_quantise_rows(const sotto_links *links, uint32_t code_count, double step,
                         sotto_codes *codes)
{
    if (!quantise(links, code_count, step, 0, codes)) {
        return false;
    }
    centre(links, codes);
    return true;
}

bool sotto_quantise_plain(const sotto_links *links, uint32_t code_count, double step,
                          sotto_codes *codes)
{
    double best = 0;
    for (uint32_t i = 0; i < links->item_count; i++) { /* the first of a row is its best */
        double first = links->counts[i] > 0 ? (double)sotto_links_row(links, i)[0].weight : 0;
        best = first > best ? first : best;
    }
    return quantise(links, code_count, step, best < 1 ? best : 1, codes);
}

void sotto_codes_free(sotto_codes *codes)
{
    free(codes->codes);
    memset(codes, 0, sizeof *codes);
}

void sotto_row_weights(const sotto_codes *codes, const sotto_links *links, uint32_t item,
                       bool normalised, uint32_t *weights)
{
    const uint8_t *row = codes->codes + (size_t)item * links->max_links;
    uint64_t sum = 0;
    for (uint32_t k = 0; k < links->counts[item]; k++) {
        weights[k] = codes->weights[row[k]];
        sum += weights[k];
    }
    for (uint32_t k = 0; normalised && k < links->counts[item]; k++) {
        weights[k] = (uint32_t)((uint64_t)weights[k] * 65536 / sum);
    }
}

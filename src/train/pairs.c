/*
 * pairs.c - counting pairs, a band of rows at a time
 *
 * Rows are counted in bands, each as wide as fits into a fixed amount of memory:
 *
 *     1. one pass over the sequences: how many meetings will each row see?
 *     2. for each band of rows, one more pass: write each meeting down in its row,
 *        as other item << 40 | bucket << 32 | shopper
 *     3. sort each row; equal meetings are neighbours and become one sum
 *
 * Sorting puts all meetings of a pair side by side, so its distinct shoppers can be counted right
 * there. A popular item has a long row, no more: 100,000 companions are 100,000 sums.
 */
#include "train/pairs.h"

#include "train/radix.h"

#include <stdlib.h>
#include <string.h>

#define BAND_MEETINGS (16u << 20) /* 8 bytes each: 128 MiB */

/* What is being counted. */
typedef struct count_job {
    const sotto_sequences *sequences;
    uint32_t               first, last;
    uint32_t               reach; /* items ahead that are paired; a whole basket */
    bool                   baskets;
    uint32_t               min_shoppers;
    sotto_pairs           *pairs;
} count_job;

/* The rows being written: [row, row_end), row i at meetings[at[i - row]]. */
typedef struct row_band {
    uint32_t  row, row_end;
    size_t   *at;
    uint64_t *meetings;
} row_band;

double sotto_pair_distance(uint32_t bucket)
{
    static const double middles[SOTTO_PAIR_DISTANCES] = {1, 2, 3, 4, 5.5, 8, 12, 17};
    return middles[bucket >> 4 & (SOTTO_PAIR_DISTANCES - 1)];
}

static uint32_t distance_bucket(uint32_t distance)
{
    static const uint8_t buckets[SOTTO_PAIR_REACH + 1] = {0, 0, 1, 2, 3, 4, 4, 5, 5, 5,
                                                          6, 6, 6, 6, 6, 7, 7, 7, 7, 7};
    return buckets[distance];
}

static uint32_t slice_of(const count_job *job, uint32_t sequence)
{
    uint64_t done = sequence - job->first;
    return (uint32_t)(done * SOTTO_PAIR_SLICES / (job->last - job->first));
}

static size_t paired_size(const count_job *job, uint32_t sequence)
{
    size_t size = job->sequences->starts[sequence + 1] - job->sequences->starts[sequence];
    return job->baskets && size > SOTTO_BASKET_MAX ? SOTTO_BASKET_MAX : size;
}

static void write_meeting(const row_band *band, uint32_t from, uint32_t to, uint32_t bucket,
                          uint32_t shopper)
{
    if (from >= band->row && from < band->row_end) {
        band->meetings[band->at[from - band->row]++] = (uint64_t)to << 40 | (uint64_t)bucket << 32
                                                       | shopper;
    }
}

/* Both directions of every pair in one sequence: counted if there is no band, else written. */
static void walk_sequence(const count_job *job, uint32_t sequence, const row_band *band,
                          size_t *row_sizes)
{
    const uint32_t *items = job->sequences->items + job->sequences->starts[sequence];
    size_t size = paired_size(job, sequence);
    uint32_t shopper = job->sequences->shoppers[sequence];
    uint32_t slice = slice_of(job, sequence);
    for (size_t i = 0; i < size; i++) {
        for (size_t j = i + 1; j < size && j - i <= job->reach; j++) {
            if (items[i] == items[j]) {
                continue;
            }
            if (band == NULL) {
                row_sizes[items[i]]++;
                row_sizes[items[j]]++;
                continue;
            }
            uint32_t bucket = job->baskets ? slice
                                           : distance_bucket((uint32_t)(j - i)) << 4 | slice;
            write_meeting(band, items[i], items[j], bucket, shopper);
            bucket |= job->baskets ? 0 : SOTTO_PAIR_BEFORE;
            write_meeting(band, items[j], items[i], bucket, shopper);
        }
    }
}

/* Do the meetings of one pair come from enough different shoppers? `found` has room for as many. */
static bool is_supported(const uint64_t *meetings, size_t count, uint32_t min_shoppers,
                         uint32_t *found)
{
    uint32_t distinct = 0;
    if (count < min_shoppers) {
        return false;
    }
    for (size_t i = 0; i < count && distinct < min_shoppers; i++) {
        uint32_t shopper = (uint32_t)meetings[i], at = 0;
        while (at < distinct && found[at] != shopper) {
            at++;
        }
        found[at] = shopper;
        distinct = at == distinct ? distinct + 1 : distinct;
    }
    return distinct >= min_shoppers;
}

static bool append_pair(sotto_pairs *pairs, size_t *count, uint32_t key)
{
    if (*count == pairs->room) {
        size_t room = pairs->room + pairs->room / 2;
        sotto_pair *grown = realloc(pairs->pairs, room * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        pairs->pairs = grown;
        pairs->room = room;
    }
    pairs->pairs[(*count)++] = (sotto_pair){key, 0};
    return true;
}

/* Turns the sorted meetings of a row into sums behind those of the row before. */
static bool sum_row(const count_job *job, uint32_t row, const uint64_t *meetings, size_t size,
                    uint32_t *found)
{
    sotto_pairs *pairs = job->pairs;
    size_t count = pairs->starts[row];
    size_t end;
    for (size_t i = 0; i < size; i = end) {
        uint64_t other = meetings[i] >> 40;
        for (end = i + 1; end < size && meetings[end] >> 40 == other; end++) {
        }
        if (!is_supported(meetings + i, end - i, job->min_shoppers, found)) {
            pairs->unsupported += row < other ? 1 : 0;
            continue;
        }
        uint64_t last_key = UINT64_MAX;
        for (size_t j = i; j < end; j++) {
            uint64_t key = meetings[j] >> 32;
            if (key != last_key && !append_pair(pairs, &count, (uint32_t)key)) {
                return false;
            }
            last_key = key;
            pairs->pairs[count - 1].count++;
        }
    }
    pairs->starts[row + 1] = count;
    return true;
}

static bool count_band(const count_job *job, const row_band *band, const size_t *row_sizes)
{
    size_t at = 0, longest = 0;
    for (uint32_t row = band->row; row < band->row_end; row++) {
        band->at[row - band->row] = at;
        at += row_sizes[row];
        longest = row_sizes[row] > longest ? row_sizes[row] : longest;
    }
    for (uint32_t i = job->first; i < job->last; i++) {
        walk_sequence(job, i, band, NULL);
    }
    uint64_t *scratch = malloc((longest + 1) * sizeof *scratch);
    uint32_t *found = malloc(((size_t)job->min_shoppers + 1) * sizeof *found);
    bool good = scratch != NULL && found != NULL;
    uint64_t *meetings = band->meetings;
    for (uint32_t row = band->row; good && row < band->row_end; row++) {
        sotto_radix_sort(meetings, row_sizes[row], scratch);
        good = sum_row(job, row, meetings, row_sizes[row], found);
        meetings += row_sizes[row];
    }
    free(scratch);
    free(found);
    return good;
}

static bool count_bands(const count_job *job, const size_t *row_sizes)
{
    uint32_t item_count = job->pairs->item_count;
    row_band band = {0};
    bool good = true;
    while (good && band.row_end < item_count) {
        size_t size = 0;
        band.row = band.row_end;
        do {
            size += row_sizes[band.row_end++];
        } while (band.row_end < item_count && size + row_sizes[band.row_end] <= BAND_MEETINGS);
        band.at = malloc((size_t)(band.row_end - band.row) * sizeof *band.at);
        band.meetings = malloc((size + 1) * sizeof *band.meetings);
        good = band.at != NULL && band.meetings != NULL && count_band(job, &band, row_sizes);
        free(band.at);
        free(band.meetings);
    }
    return good;
}

static bool count_all(const count_job *job, uint32_t item_count)
{
    sotto_pairs *pairs = job->pairs;
    memset(pairs, 0, sizeof *pairs);
    pairs->item_count = item_count;
    pairs->sequence_count = job->last - job->first;
    pairs->starts = calloc((size_t)item_count + 1, sizeof *pairs->starts);
    pairs->counts = calloc((size_t)item_count * SOTTO_PAIR_SLICES + 1, sizeof *pairs->counts);
    pairs->room = 4096;
    pairs->pairs = malloc(pairs->room * sizeof *pairs->pairs);
    size_t *row_sizes = calloc((size_t)item_count + 1, sizeof *row_sizes);
    bool good = pairs->starts != NULL && pairs->counts != NULL && pairs->pairs != NULL
                && row_sizes != NULL;
    for (uint32_t i = job->first; good && i < job->last; i++) {
        uint32_t slice = slice_of(job, i);
        for (size_t j = job->sequences->starts[i]; j < job->sequences->starts[i + 1]; j++) {
            pairs->counts[(size_t)job->sequences->items[j] * SOTTO_PAIR_SLICES + slice]++;
        }
        size_t size = job->sequences->starts[i + 1] - job->sequences->starts[i];
        pairs->large_baskets += job->baskets && size > SOTTO_BASKET_MAX ? 1 : 0;
        walk_sequence(job, i, NULL, row_sizes);
    }
    good = good && count_bands(job, row_sizes);
    free(row_sizes);
    return good;
}

bool sotto_pairs_of_sessions(const sotto_sequences *sessions, uint32_t first, uint32_t last,
                             uint32_t item_count, uint32_t min_shoppers, sotto_pairs *pairs)
{
    count_job job = {sessions, first, last, SOTTO_PAIR_REACH, false, min_shoppers, pairs};
    return count_all(&job, item_count);
}

bool sotto_pairs_of_baskets(const sotto_sequences *baskets, uint32_t first, uint32_t last,
                            uint32_t item_count, uint32_t min_shoppers, sotto_pairs *pairs)
{
    count_job job = {baskets, first, last, SOTTO_BASKET_MAX, true, min_shoppers, pairs};
    return count_all(&job, item_count);
}

void sotto_pairs_free(sotto_pairs *pairs)
{
    free(pairs->starts);
    free(pairs->pairs);
    free(pairs->counts);
    memset(pairs, 0, sizeof *pairs);
}

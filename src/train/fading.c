/*
 * fading.c - sums over time in which what is long ago counts for less
 *
 * How fast a shop forgets is its own affair: news do in hours, screws in years. So it is tried, as
 * everything is, at the end of the logs: the last fifth is cut into stretches, and at the start of
 * each the fifty most met items, by each of a few half-lives, are compared with what was met in it.
 *
 * Measured on two years of a gift wholesaler (ranked by the share of the next fortnight's purchases
 * that the best fifty are): all alike 10.9 %, a half-life of half the logs 10.9, 90 days 11.5,
 * 30 days 12.4, a week 13.2. The same weeks a year before, added as a tenth: 13.2, and 10.9, 11.4,
 * 12.4 for the longer ones; as a third or more they do harm.
 */
#include "train/fading.h"

#include "train/linking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TRIED_SHARE  0.2 /* of the cells, the last */
#define STRETCHES    8u
#define BEST_MOST    50u
#define LEAST_EVENTS 200u
#define DAY_S        86400.0
#define SHORTEST_S   DAY_S

static const double fractions[] = {1.0 / 2, 1.0 / 6, 1.0 / 12, 1.0 / 24, 1.0 / 48, 1.0 / 96};

static double span_of(const sotto_series *series)
{
    double span = (double)(series->now - series->first);
    return span > 1 ? span : 1;
}

/* How long before the end of the series the middle of a cell lies. */
static double age_of(const sotto_series *series, uint32_t cell)
{
    double middle = (double)series->cell_start + ((double)cell + 0.5) * (double)series->cell_width;
    double age = (double)series->now - middle;
    return age > 0 ? age : 0;
}

double sotto_fading_sums(const sotto_series *series, double half_life, double *sums)
{
    double all = 0;
    for (uint32_t cell = 0; cell < series->cell_count; cell++) {
        all += (double)series->totals[cell] * exp2(-age_of(series, cell) / half_life);
    }
    for (uint32_t i = 0; i < series->item_count; i++) {
        sums[i] = 0;
        for (size_t at = series->starts[i]; at < series->starts[i + 1]; at++) {
            sums[i] += series->counts[at] * exp2(-age_of(series, series->cells[at]) / half_life);
        }
    }
    return all;
}

void sotto_fading_add_season(const sotto_series *series, double share, double all, double *sums)
{
    double year = 364 * DAY_S; /* whole weeks, so that a Sunday meets a Sunday */
    double oldest = year + 7 * DAY_S, newest = year - 21 * DAY_S;
    if (!series->by_time || span_of(series) < oldest) {
        return;
    }
    double met = 0;
    for (uint32_t cell = 0; cell < series->cell_count; cell++) {
        double age = age_of(series, cell);
        met += age <= oldest && age > newest ? (double)series->totals[cell] : 0;
    }
    for (uint32_t i = 0; met > 0 && i < series->item_count; i++) {
        for (size_t at = series->starts[i]; at < series->starts[i + 1]; at++) {
            double age = age_of(series, series->cells[at]);
            if (age <= oldest && age > newest) {
                sums[i] += share * all * series->counts[at] / met;
            }
        }
    }
}

/* ---- choosing a half-life -------------------------------------------------------------------- */

/* The counts again, cell by cell. */
typedef struct cell_counts {
    size_t   *starts;
    uint32_t *items, *counts;
} cell_counts;

static bool turn_round(const sotto_series *series, cell_counts *cells)
{
    size_t total = series->starts[series->item_count];
    cells->starts = calloc((size_t)series->cell_count + 2, sizeof *cells->starts);
    cells->items = malloc((total + 1) * sizeof *cells->items);
    cells->counts = malloc((total + 1) * sizeof *cells->counts);
    if (cells->starts == NULL || cells->items == NULL || cells->counts == NULL) {
        return false;
    }
    for (size_t at = 0; at < total; at++) {
        cells->starts[series->cells[at] + 2]++;
    }
    for (uint32_t cell = 2; cell <= series->cell_count + 1; cell++) {
        cells->starts[cell] += cells->starts[cell - 1];
    }
    for (uint32_t i = 0; i < series->item_count; i++) {
        for (size_t at = series->starts[i]; at < series->starts[i + 1]; at++) {
            size_t place = cells->starts[series->cells[at] + 1]++;
            cells->items[place] = i;
            cells->counts[place] = series->counts[at];
        }
    }
    return true;
}

static void free_cells(cell_counts *cells)
{
    free(cells->starts);
    free(cells->items);
    free(cells->counts);
}

/* What of the cells from `from` to `to` the best items by these sums are. */
static double hits_of(const cell_counts *cells, uint32_t from, uint32_t to, const double *sums,
                      uint32_t item_count, uint8_t *is_best)
{
    sotto_weighted heap[BEST_MOST];
    sotto_best best = {heap, 0, BEST_MOST};
    double hits = 0;
    for (uint32_t i = 0; i < item_count; i++) {
        if (sums[i] > 0) {
            sotto_best_offer(&best, (sotto_weighted){i, (float)sums[i]});
        }
    }
    for (uint32_t k = 0; k < best.count; k++) {
        is_best[heap[k].item] = 1;
    }
    for (size_t at = cells->starts[from]; at < cells->starts[to]; at++) {
        hits += is_best[cells->items[at]] ? cells->counts[at] : 0;
    }
    for (uint32_t k = 0; k < best.count; k++) {
        is_best[heap[k].item] = 0;
    }
    return hits;
}

/* All stretches, by one half-life. Ages are those at the end of the series: that ranks the same. */
static double try_half_life(const sotto_series *series, const cell_counts *cells, uint32_t first,
                            double half_life, double *sums, uint8_t *is_best)
{
    double hits = 0;
    uint32_t tried = series->cell_count - first, next = 0;
    memset(sums, 0, series->item_count * sizeof *sums);
    for (uint32_t stretch = 0; stretch < STRETCHES; stretch++) {
        uint32_t from = first + tried * stretch / STRETCHES;
        uint32_t to = first + tried * (stretch + 1) / STRETCHES;
        for (; next < from; next++) {
            double weight = exp2(-age_of(series, next) / half_life);
            for (size_t at = cells->starts[next]; at < cells->starts[next + 1]; at++) {
                sums[cells->items[at]] += cells->counts[at] * weight;
            }
        }
        hits += hits_of(cells, from, to, sums, series->item_count, is_best);
    }
    return hits;
}

double sotto_fading_choose(const sotto_series *series)
{
    double span = span_of(series), chosen = span * fractions[0], most = -1;
    uint32_t first = series->cell_count - (uint32_t)(series->cell_count * TRIED_SHARE);
    cell_counts cells = {0};
    double *sums = calloc((size_t)series->item_count + 1, sizeof *sums);
    uint8_t *is_best = calloc((size_t)series->item_count + 1, 1);
    bool good = sums != NULL && is_best != NULL && turn_round(series, &cells);
    bool enough = good && first > STRETCHES && series->cell_count - first >= STRETCHES
                  && cells.starts[series->cell_count] - cells.starts[first] >= LEAST_EVENTS;
    for (size_t i = 0; enough && i < sizeof fractions / sizeof *fractions; i++) {
        double half_life = span * fractions[i];
        if (series->by_time && half_life < SHORTEST_S) {
            break;
        }
        double hits = try_half_life(series, &cells, first, half_life, sums, is_best);
        if (hits > most) {
            most = hits;
            chosen = half_life;
        }
    }
    free_cells(&cells);
    free(sums);
    free(is_best);
    return good ? chosen : 0;
}

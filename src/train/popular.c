/*
 * popular.c - what is met often, and what is met more often than it used to be
 *
 * Now is the end of the logs, not the clock's: training the same logs tomorrow gives the same
 * model. What lies back counts for less; how much less, the logs themselves tell (fading.c), and
 * where they go back far enough the same weeks of the year before have a tenth to say. An item with
 * the faded sum r trends by how far r lies above what its whole history lets expect,
 *
 *     e = sessions with the item * (faded sum of all) / (number of all)
 *     trend = (r - e) / sqrt(e + 1)
 *
 * so that three sessions instead of one are noise and three hundred instead of one hundred are not.
 *
 * A shopper counts once a day for an item, however often the day's sessions met it: whoever opens
 * his own product a thousand times makes it no more popular. Without times, age is counted in
 * sessions and a shopper counts once for all.
 */
#include "train/popular.h"

#include "base/hash.h"
#include "train/fading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S              86400.0
#define SHORTEST_HALF_LIFE (1 * DAY_S)
#define LONGEST_HALF_LIFE  (14 * DAY_S)
#define HALF_LIVES         24.0 /* of a trend, in the logs, within those bounds */
#define SEASON_SHARE       0.1
#define LEAST_TREND        1.0
#define LEAST_RECENT       2.0 /* faded sessions: at least three shoppers came by */

uint8_t sotto_popularity_code(uint32_t count)
{
    double code = floor(8 * log2(1.0 + count));
    return code > 255 ? 255 : (uint8_t)code;
}

/* ---- once per shopper and day ---------------------------------------------------------------- */

static int compare_meets(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

/* Who met what on which day, as numbers that are equal if all three are. */
static size_t list_meets(const sotto_sequences *sessions, uint64_t *meets)
{
    size_t count = 0;
    for (uint32_t i = 0; i < sessions->count; i++) {
        uint32_t who[2] = {sessions->shoppers[i], sessions->times_s[i] / (uint32_t)DAY_S};
        uint64_t visitor = sotto_hash(who, sizeof who) >> 24;
        for (size_t at = sessions->starts[i]; at < sessions->starts[i + 1]; at++) {
            meets[count++] = (uint64_t)sessions->items[at] << 40 | visitor;
        }
    }
    qsort(meets, count, sizeof *meets, compare_meets);
    return count;
}

/* By item: of the sessions that met it, the share that would have been there without repetition. */
static float *count_visitors(const sotto_sequences *sessions, uint32_t item_count)
{
    size_t size = sessions != NULL && sessions->count > 0 ? sessions->starts[sessions->count] : 0;
    float *shares = calloc((size_t)item_count + 1, sizeof *shares);
    uint32_t *met_in = calloc((size_t)item_count + 1, sizeof *met_in);
    uint32_t *last_in = calloc((size_t)item_count + 1, sizeof *last_in);
    uint64_t *meets = malloc((size + 1) * sizeof *meets);
    bool good = shares != NULL && met_in != NULL && last_in != NULL && meets != NULL;
    for (uint32_t i = 0; good && size > 0 && i < sessions->count; i++) {
        for (size_t at = sessions->starts[i]; at < sessions->starts[i + 1]; at++) {
            uint32_t item = sessions->items[at];
            met_in[item] += last_in[item] != i + 1 ? 1 : 0;
            last_in[item] = i + 1;
        }
    }
    size_t count = good && size > 0 ? list_meets(sessions, meets) : 0;
    for (size_t i = 0; i < count; i++) {
        shares[meets[i] >> 40] += i == 0 || meets[i] != meets[i - 1] ? 1 : 0;
    }
    for (uint32_t i = 0; good && i < item_count; i++) {
        shares[i] = met_in[i] > 0 ? shares[i] / (float)met_in[i] : 1;
    }
    free(met_in);
    free(last_in);
    free(meets);
    if (!good) {
        free(shares);
        shares = NULL;
    }
    return shares;
}

/* ---- lists ----------------------------------------------------------------------------------- */

typedef struct ranked {
    double   value;
    uint64_t hash;
    uint32_t item;
} ranked;

static int compare_ranked(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->value != y->value) {
        return x->value > y->value ? -1 : 1;
    }
    return x->hash < y->hash ? -1 : x->hash > y->hash ? 1 : 0;
}

static uint32_t take_best(ranked *all, uint32_t count, uint32_t most, uint32_t *items)
{
    qsort(all, count, sizeof *all, compare_ranked);
    count = count < most ? count : most;
    for (uint32_t i = 0; i < count; i++) {
        items[i] = all[i].item;
    }
    return count;
}

static void rank_popular(const sotto_series *series, const uint64_t *hashes, const float *shares,
                         double *sums, ranked *all, sotto_popular *popular)
{
    uint32_t count = 0;
    double met = sotto_fading_sums(series, popular->half_life, sums);
    sotto_fading_add_season(series, SEASON_SHARE, met, sums);
    for (uint32_t i = 0; i < series->item_count; i++) {
        if (sums[i] > 0) {
            all[count++] = (ranked){sums[i] * (double)shares[i], hashes[i], i};
        }
    }
    popular->popular_count = take_best(all, count, SOTTO_POPULAR_MAX, popular->popular);
}

static double trend_half_life(const sotto_series *series)
{
    double half_life = (double)(series->now - series->first) / HALF_LIVES;
    if (series->by_time) {
        half_life = half_life < SHORTEST_HALF_LIFE ? SHORTEST_HALF_LIFE : half_life;
        half_life = half_life > LONGEST_HALF_LIFE ? LONGEST_HALF_LIFE : half_life;
    }
    return half_life > 1 ? half_life : 1;
}

static void rank_trending(const sotto_series *series, const uint64_t *hashes, const float *shares,
                          double *sums, ranked *all, sotto_popular *popular)
{
    uint32_t count = 0;
    double recent = sotto_fading_sums(series, trend_half_life(series), sums);
    double sessions = 0;
    for (uint32_t cell = 0; cell < series->cell_count; cell++) {
        sessions += (double)series->totals[cell];
    }
    for (uint32_t i = 0; i < series->item_count; i++) {
        double ever = 0;
        for (size_t at = series->starts[i]; at < series->starts[i + 1]; at++) {
            ever += series->counts[at];
        }
        double share = (double)shares[i];
        double expected = sessions > 0 ? share * ever * recent / sessions : 0;
        double trend = (share * sums[i] - expected) / sqrt(expected + 1);
        if (trend > LEAST_TREND && share * sums[i] > LEAST_RECENT) {
            all[count++] = (ranked){trend, hashes[i], i};
        }
    }
    popular->trending_count = take_best(all, count, SOTTO_TRENDING_MAX, popular->trending);
}

/* ---- all of it ------------------------------------------------------------------------------- */

static bool open_popular(sotto_popular *popular, uint32_t item_count)
{
    memset(popular, 0, sizeof *popular);
    popular->codes = calloc((size_t)item_count + 1, 1);
    popular->popular = calloc(SOTTO_POPULAR_MAX, sizeof *popular->popular);
    popular->trending = calloc(SOTTO_TRENDING_MAX, sizeof *popular->trending);
    return popular->codes != NULL && popular->popular != NULL && popular->trending != NULL;
}

static bool count_items(const sotto_material *material, sotto_popular *popular,
                        sotto_train_fault *fault)
{
    sotto_series series;
    if (!sotto_material_series(material, SOTTO_SERIES_EVENTS, SOTTO_SPAN_ALL, &series, fault)) {
        return false;
    }
    popular->counts = sotto_series_sums(&series);
    for (uint32_t i = 0; popular->counts != NULL && i < series.item_count; i++) {
        popular->codes[i] = sotto_popularity_code(popular->counts[i]);
    }
    sotto_series_free(&series);
    return popular->counts != NULL;
}

static bool rank_items(const sotto_material *material, sotto_popular *popular,
                       sotto_train_fault *fault)
{
    sotto_series series;
    if (!sotto_material_series(material, SOTTO_SERIES_SESSIONS, SOTTO_SPAN_ALL, &series, fault)) {
        return false;
    }
    size_t n = (size_t)series.item_count + 1;
    float *shares = count_visitors(material->sessions, series.item_count);
    double *sums = calloc(n, sizeof *sums);
    ranked *all = calloc(n, sizeof *all);
    popular->half_life = sotto_fading_choose(&series);
    bool good = shares != NULL && sums != NULL && all != NULL && popular->half_life > 0;
    if (good) {
        rank_popular(&series, material->items->hashes, shares, sums, all, popular);
        rank_trending(&series, material->items->hashes, shares, sums, all, popular);
    }
    free(shares);
    free(sums);
    free(all);
    sotto_series_free(&series);
    return good;
}

bool sotto_popular_of_material(const sotto_material *material, sotto_popular *popular,
                               sotto_train_fault *fault)
{
    return open_popular(popular, material->items->count) && count_items(material, popular, fault)
           && rank_items(material, popular, fault);
}

bool sotto_popular_make(const sotto_sequences *sessions, uint32_t item_count,
                        const uint64_t *hashes, sotto_popular *popular)
{
    sotto_train_fault fault = {{0}, {0}};
    sotto_intern items = {.hashes = (uint64_t *)(uintptr_t)hashes, .count = item_count};
    sotto_material material = {.items = &items, .sessions = sessions};
    return sotto_popular_of_material(&material, popular, &fault);
}

void sotto_popular_free(sotto_popular *popular)
{
    free(popular->counts);
    free(popular->codes);
    free(popular->popular);
    free(popular->trending);
    memset(popular, 0, sizeof *popular);
}

/*
 * popular.c - what is met often, and what is met more often than it used to be
 *
 * Now is the end of the logs, not the clock's: training the same logs tomorrow gives the same
 * model. A session's weight halves with every half-life that lies between it and now. An item with
 * the faded sum r trends by how far r lies above what its whole history lets expect,
 *
 *     e = sessions with the item * (faded sum of all) / (number of all)
 *     trend = (r - e) / sqrt(e + 1)
 *
 * so that three sessions instead of one are noise and three hundred instead of one hundred are not.
 * Without times, age is counted in sessions.
 */
#include "train/popular.h"

#include "train/linking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S              86400.0
#define SHORTEST_HALF_LIFE (1 * DAY_S)
#define LONGEST_HALF_LIFE  (14 * DAY_S)
#define HALF_LIVES         24.0 /* in the logs, within those bounds */
#define POPULAR_HALF_LIVES 2.0  /* the popular list fades much more slowly */
#define LEAST_TREND        1.0
#define LEAST_RECENT       2.0 /* faded sessions: at least three shoppers came by */

typedef struct fading_rule {
    double   trend_half_life, popular_half_life;
    bool     by_time;
    uint32_t now_s, count;
} fading_rule;

static fading_rule make_fading(const sotto_sequences *sessions)
{
    fading_rule fading = {.count = sessions->count};
    uint32_t first_s = UINT32_MAX;
    for (uint32_t i = 0; i < sessions->count; i++) {
        fading.now_s = sessions->times_s[i] > fading.now_s ? sessions->times_s[i] : fading.now_s;
        first_s = sessions->times_s[i] < first_s ? sessions->times_s[i] : first_s;
    }
    fading.by_time = fading.now_s > 0 && first_s > 0;
    double span = fading.by_time ? (double)(fading.now_s - first_s) : sessions->count;
    double half_life = span / HALF_LIVES;
    if (fading.by_time) {
        half_life = half_life < SHORTEST_HALF_LIFE ? SHORTEST_HALF_LIFE : half_life;
        half_life = half_life > LONGEST_HALF_LIFE ? LONGEST_HALF_LIFE : half_life;
    }
    fading.trend_half_life = half_life > 1 ? half_life : 1;
    fading.popular_half_life = span / POPULAR_HALF_LIVES > 1 ? span / POPULAR_HALF_LIVES : 1;
    return fading;
}

static double age_of(const fading_rule *fading, const sotto_sequences *sessions, uint32_t session)
{
    return fading->by_time ? (double)(fading->now_s - sessions->times_s[session])
                           : (double)(fading->count - 1 - session);
}

uint8_t sotto_popularity_code(uint32_t count)
{
    double code = floor(8 * log2(1.0 + count));
    return code > 255 ? 255 : (uint8_t)code;
}

/* Sums by item: sessions it is in, the same faded fast, and faded slowly. */
typedef struct item_sums {
    double   *sessions, *recent, *lasting;
    uint32_t *last_in;
    double    all_recent;
} item_sums;

static void add_sessions(const sotto_sequences *sessions, const fading_rule *fading,
                         item_sums *sums, uint32_t *counts)
{
    for (uint32_t i = 0; i < sessions->count; i++) {
        double age = age_of(fading, sessions, i);
        double recent = exp2(-age / fading->trend_half_life);
        double lasting = exp2(-age / fading->popular_half_life);
        sums->all_recent += recent;
        for (size_t at = sessions->starts[i]; at < sessions->starts[i + 1]; at++) {
            uint32_t item = sessions->items[at];
            counts[item]++;
            if (sums->last_in[item] != i + 1) {
                sums->last_in[item] = i + 1;
                sums->sessions[item] += 1;
                sums->recent[item] += recent;
                sums->lasting[item] += lasting;
            }
        }
    }
}

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

static void rank(const item_sums *sums, uint32_t item_count, double session_count,
                 const uint64_t *hashes, ranked *all, sotto_popular *popular)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < item_count; i++) {
        if (sums->lasting[i] > 0) {
            all[count++] = (ranked){sums->lasting[i], hashes[i], i};
        }
    }
    popular->popular_count = take_best(all, count, SOTTO_POPULAR_MAX, popular->popular);
    count = 0;
    for (uint32_t i = 0; i < item_count; i++) {
        double expected = sums->sessions[i] * sums->all_recent / session_count;
        double trend = (sums->recent[i] - expected) / sqrt(expected + 1);
        if (trend > LEAST_TREND && sums->recent[i] > LEAST_RECENT) {
            all[count++] = (ranked){trend, hashes[i], i};
        }
    }
    popular->trending_count = take_best(all, count, SOTTO_TRENDING_MAX, popular->trending);
}

bool sotto_popular_make(const sotto_sequences *sessions, uint32_t item_count,
                        const uint64_t *hashes, sotto_popular *popular)
{
    size_t n = (size_t)item_count + 1;
    item_sums sums = {calloc(n, sizeof(double)), calloc(n, sizeof(double)),
                      calloc(n, sizeof(double)), calloc(n, sizeof(uint32_t)), 0};
    ranked *all = calloc(n, sizeof *all);
    memset(popular, 0, sizeof *popular);
    popular->counts = calloc(n, sizeof *popular->counts);
    popular->codes = calloc(n, 1);
    popular->popular = calloc(SOTTO_POPULAR_MAX, sizeof *popular->popular);
    popular->trending = calloc(SOTTO_TRENDING_MAX, sizeof *popular->trending);
    bool good = sums.sessions != NULL && sums.recent != NULL && sums.lasting != NULL
                && sums.last_in != NULL && all != NULL && popular->counts != NULL
                && popular->codes != NULL && popular->popular != NULL && popular->trending != NULL;
    if (good) {
        fading_rule fading = make_fading(sessions);
        add_sessions(sessions, &fading, &sums, popular->counts);
        for (uint32_t i = 0; i < item_count; i++) {
            popular->codes[i] = sotto_popularity_code(popular->counts[i]);
        }
        rank(&sums, item_count, sessions->count, hashes, all, popular);
    }
    free(sums.sessions);
    free(sums.recent);
    free(sums.lasting);
    free(sums.last_in);
    free(all);
    return good;
}

void sotto_popular_free(sotto_popular *popular)
{
    free(popular->counts);
    free(popular->codes);
    free(popular->popular);
    free(popular->trending);
    memset(popular, 0, sizeof *popular);
}

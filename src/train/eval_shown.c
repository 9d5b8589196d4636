/*
 * eval_shown.c - what a model shows besides the right answer
 *
 * How alike two items are is asked of the training sessions, not of the model, so that models can
 * be compared: the cosine of the sessions they were met in, sessions of both / sqrt(a * b). That is
 * two sorted lists to be intersected, too slow for every list that is shown, so every 50th is
 * looked at.
 *
 * Gini coefficient of n sorted counts c_1 <= ... <= c_n: (2 sum i c_i) / (n sum c_i) - (n + 1) / n.
 */
#include "train/eval_shown.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DIVERSITY_EVERY 50u

/* ---- what is known of training --------------------------------------------------------------- */

/* Sessions by item; the same item twice in a session counts once. */
static bool index_sessions(sotto_eval_shown *shown)
{
    const sotto_sequences *sessions = shown->sessions;
    size_t event_count = sessions->count == 0 ? 0 : sessions->starts[sessions->count];
    size_t *ends = calloc((size_t)shown->item_count + 1, sizeof *ends);
    shown->starts = calloc((size_t)shown->item_count + 1, sizeof *shown->starts);
    shown->in = malloc((event_count + 1) * sizeof *shown->in);
    if (ends == NULL || shown->starts == NULL || shown->in == NULL) {
        free(ends);
        return false;
    }
    for (size_t i = 0; i < event_count; i++) {
        shown->starts[sessions->items[i] + 1]++;
    }
    for (uint32_t item = 0; item < shown->item_count; item++) {
        shown->starts[item + 1] += shown->starts[item];
        ends[item] = shown->starts[item];
    }
    for (uint32_t session = 0; session < sessions->count; session++) {
        for (size_t i = sessions->starts[session]; i < sessions->starts[session + 1]; i++) {
            size_t *end = &ends[sessions->items[i]];
            bool again = *end > shown->starts[sessions->items[i]]
                         && shown->in[*end - 1] == session;
            shown->in[*end] = session;
            *end += again ? 0 : 1;
        }
    }
    for (uint32_t item = 0; item < shown->item_count; item++) {
        for (size_t i = ends[item]; i < shown->starts[item + 1]; i++) {
            shown->in[i] = UINT32_MAX; /* what repeats left free */
        }
    }
    free(ends);
    return true;
}

typedef struct counted_item {
    size_t   count;
    uint32_t item;
} counted_item;

static int compare_counted(const void *a, const void *b)
{
    const counted_item *x = a, *y = b;
    return x->count < y->count ? -1 : x->count > y->count ? 1 : 0;
}

/* Items met equally often share the middle of the places they take. */
static bool rank_by_popularity(sotto_eval_shown *shown)
{
    uint32_t count = shown->item_count;
    counted_item *sorted = malloc(((size_t)count + 1) * sizeof *sorted);
    shown->percentiles = calloc((size_t)count + 1, sizeof *shown->percentiles);
    if (sorted == NULL || shown->percentiles == NULL) {
        free(sorted);
        return false;
    }
    for (uint32_t item = 0; item < count; item++) {
        sorted[item] = (counted_item){shown->starts[item + 1] - shown->starts[item], item};
    }
    qsort(sorted, count, sizeof *sorted, compare_counted);
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && sorted[to].count == sorted[from].count; to++) {
        }
        for (uint32_t i = from; i < to; i++) {
            shown->percentiles[sorted[i].item] =
                (float)(100.0 * (from + to) / 2 / (double)count);
        }
    }
    free(sorted);
    return true;
}

bool sotto_eval_shown_open(sotto_eval_shown *shown, const sotto_sequences *sessions,
                           uint32_t item_count)
{
    shown->sessions = sessions;
    shown->item_count = item_count;
    shown->counts = calloc((size_t)item_count + 1, sizeof *shown->counts);
    return shown->counts != NULL && index_sessions(shown) && rank_by_popularity(shown);
}

/* ---- lists ----------------------------------------------------------------------------------- */

static double distance(const sotto_eval_shown *shown, uint32_t a, uint32_t b)
{
    size_t i = shown->starts[a], i_end = shown->starts[a + 1];
    size_t j = shown->starts[b], j_end = shown->starts[b + 1];
    size_t a_count = 0, b_count = 0, both = 0;
    while (i < i_end && shown->in[i] != UINT32_MAX && j < j_end && shown->in[j] != UINT32_MAX) {
        uint32_t x = shown->in[i], y = shown->in[j];
        both += x == y ? 1 : 0;
        a_count += x <= y ? 1 : 0;
        b_count += y <= x ? 1 : 0;
        i += x <= y ? 1 : 0;
        j += y <= x ? 1 : 0;
    }
    for (; i < i_end && shown->in[i] != UINT32_MAX; i++) {
        a_count++;
    }
    for (; j < j_end && shown->in[j] != UINT32_MAX; j++) {
        b_count++;
    }
    return both == 0 ? 1 : 1 - (double)both / sqrt((double)a_count * (double)b_count);
}

static void measure_diversity(sotto_eval_shown *shown, const uint32_t *items, uint32_t count)
{
    double sum = 0;
    for (uint32_t i = 1; i < count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            sum += distance(shown, items[i], items[j]);
        }
    }
    shown->distance_sum += sum / (count * (count - 1) / 2);
    shown->diverse_lists++;
}

void sotto_eval_shown_add(sotto_eval_shown *shown, const uint32_t *items, uint32_t count,
                          const uint32_t *answers, uint32_t answer_count)
{
    for (uint32_t i = 0; i < count; i++) {
        shown->counts[items[i]]++;
        shown->shown_sum += shown->percentiles[items[i]];
    }
    shown->shown += count;
    for (uint32_t i = 0; i < answer_count; i++) {
        if (answers[i] != SOTTO_NO_ITEM) {
            shown->right_sum += shown->percentiles[answers[i]];
            shown->right++;
        }
    }
    if (shown->lists++ % DIVERSITY_EVERY == 0 && count > 1) {
        measure_diversity(shown, items, count);
    }
}

static int compare_counts(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

void sotto_eval_shown_finish(const sotto_eval_shown *shown, sotto_eval_beyond *beyond)
{
    double n = shown->item_count, sum = 0, weighted = 0;
    *beyond = (sotto_eval_beyond){.items = shown->item_count};
    qsort(shown->counts, shown->item_count, sizeof *shown->counts, compare_counts);
    for (uint32_t i = 0; i < shown->item_count; i++) {
        sum += shown->counts[i];
        weighted += (i + 1.0) * shown->counts[i];
        beyond->covered += shown->counts[i] > 0 ? 1 : 0;
    }
    beyond->gini = sum > 0 ? 2 * weighted / (n * sum) - (n + 1) / n : 0;
    beyond->shown_percentile = shown->shown > 0 ? shown->shown_sum / (double)shown->shown : 0;
    beyond->right_percentile = shown->right > 0 ? shown->right_sum / (double)shown->right : 0;
    beyond->diversity_lists = shown->diverse_lists;
    beyond->diversity =
        shown->diverse_lists > 0 ? shown->distance_sum / (double)shown->diverse_lists : 0;
}

void sotto_eval_shown_free(sotto_eval_shown *shown)
{
    free(shown->counts);
    free(shown->percentiles);
    free(shown->starts);
    free(shown->in);
    memset(shown, 0, sizeof *shown);
}

/*
 * material.c - what a model is built from
 */
#include "train/material.h"

#include "train/statistics_sequences.h"

#include <stdlib.h>
#include <string.h>

/* ---- the tail -------------------------------------------------------------------------------- */

/* Sessions, or baskets, by slice of the statistics. */
typedef struct slice_totals {
    const sotto_statistics *of;
    bool                    series[SOTTO_SUM_SERIES];
    uint64_t                sums[SOTTO_SUM_SLICES];
} slice_totals;

static bool stop_after_totals(void *context, const sotto_sum_row *row, sotto_train_fault *fault)
{
    slice_totals *totals = context;
    const sotto_statistics *of = totals->of;
    if (sotto_sum_relation_of(row->key) != SOTTO_SUM_TOTALS) {
        fault->message[0] = '\0'; /* no fault: what follows is not needed */
        return false;
    }
    for (uint32_t i = 0; totals->series[sotto_sum_high(row->key)] && i < row->count; i++) {
        uint32_t slice = ((row->buckets[i] + of->cells.first)
                          >> (of->slices.shift - of->cells.shift)) - of->slices.first;
        totals->sums[slice] += slice < SOTTO_SUM_SLICES ? row->sums[i] : 0;
    }
    return true;
}

static bool sum_slices(slice_totals *totals, sotto_train_fault *fault)
{
    sotto_train_fault own;
    memset(&own, 0, sizeof own);
    if (sotto_statistics_sums(totals->of, stop_after_totals, totals, &own)
        || own.message[0] == '\0') {
        return true;
    }
    if (fault != NULL) {
        *fault = own;
    }
    return false;
}

/* The first slice of the tail; the number of slices where there is none. */
static bool tail_slice(const sotto_statistics *of, uint32_t *tail, sotto_train_fault *fault)
{
    slice_totals totals = {.of = of};
    totals.series[SOTTO_SUM_VIEW_SESSIONS] = true;
    totals.series[SOTTO_SUM_OTHER_SESSIONS] = sotto_statistics_use_others(of);
    if (!sum_slices(&totals, fault)) {
        return false;
    }
    uint64_t all = 0, later = 0;
    for (uint32_t slice = 0; slice < of->slices.count; slice++) {
        all += totals.sums[slice];
    }
    *tail = of->slices.count;
    while (*tail > 0 && (double)later < SOTTO_TAIL_SHARE * (double)all) {
        later += totals.sums[--*tail];
    }
    if (all == 0 || (double)later > SOTTO_TAIL_MOST * (double)all) {
        *tail = of->slices.count;
    }
    return true;
}

uint32_t sotto_material_tail(const sotto_material *material)
{
    uint32_t count = material->sessions->count, tail = 0, first = 0;
    const sotto_statistics *of = material->statistics;
    if (of == NULL) {
        return count - (uint32_t)(count * SOTTO_TAIL_SHARE);
    }
    if (!tail_slice(of, &tail, NULL)) {
        return count;
    }
    while (first < count
           && sotto_slice_of(&of->slices, sotto_unit_of(&of->coverage, material->starts_at[first]))
                  < tail) {
        first++;
    }
    return first;
}

/* ---- series ---------------------------------------------------------------------------------- */

typedef struct series_making {
    sotto_series *series;
    bool          wanted[SOTTO_SUM_SERIES];
    uint32_t      last_cell; /* cells from here on are left out */
    size_t        room;
    uint32_t      item; /* whose counts are being collected */
    uint32_t      counts[SOTTO_SUM_CELLS];
    bool          any;
} series_making;

static bool end_item(series_making *making)
{
    sotto_series *series = making->series;
    size_t used = series->starts[making->item];
    for (uint32_t cell = 0; making->any && cell < SOTTO_SUM_CELLS; cell++) {
        if (making->counts[cell] == 0) {
            continue;
        }
        if (used == making->room) {
            size_t room = making->room * 2 + 4096;
            uint16_t *cells = realloc(series->cells, room * sizeof *cells);
            series->cells = cells != NULL ? cells : series->cells;
            uint32_t *counts = realloc(series->counts, room * sizeof *counts);
            series->counts = counts != NULL ? counts : series->counts;
            if (cells == NULL || counts == NULL) {
                return false;
            }
            making->room = room;
        }
        series->cells[used] = (uint16_t)cell;
        series->counts[used++] = making->counts[cell];
        making->counts[cell] = 0;
    }
    making->any = false;
    series->starts[++making->item] = used;
    return true;
}

static bool end_items_before(series_making *making, uint32_t item)
{
    while (making->item < item) {
        if (!end_item(making)) {
            return false;
        }
    }
    return true;
}

static bool take_series(void *context, const sotto_sum_row *row, sotto_train_fault *fault)
{
    series_making *making = context;
    sotto_sum_relation relation = sotto_sum_relation_of(row->key);
    if (relation > SOTTO_SUM_ITEMS) {
        fault->message[0] = '\0'; /* no fault: what follows is not needed */
        return false;
    }
    if (!making->wanted[sotto_sum_high(row->key)]) {
        return true;
    }
    if (relation == SOTTO_SUM_ITEMS && !end_items_before(making, sotto_sum_low(row->key))) {
        return sotto_fault_set(fault, "not enough memory for the items' series");
    }
    for (uint32_t i = 0; i < row->count && row->buckets[i] < making->last_cell; i++) {
        if (relation == SOTTO_SUM_TOTALS) {
            making->series->totals[row->buckets[i]] += row->sums[i];
            continue;
        }
        uint32_t *count = &making->counts[row->buckets[i]];
        *count = row->sums[i] > UINT32_MAX - *count ? UINT32_MAX : *count + (uint32_t)row->sums[i];
        making->any = true;
    }
    return true;
}

static bool series_of_statistics(const sotto_statistics *of, sotto_series_kind kind, bool older,
                                 sotto_series *series, series_making *making,
                                 sotto_train_fault *fault)
{
    uint32_t tail = of->slices.count;
    bool others = sotto_statistics_use_others(of), carts = sotto_statistics_use_carts(of);
    making->wanted[SOTTO_SUM_VIEW_EVENTS] = kind == SOTTO_SERIES_EVENTS;
    making->wanted[SOTTO_SUM_OTHER_EVENTS] = kind == SOTTO_SERIES_EVENTS && others;
    making->wanted[SOTTO_SUM_VIEW_SESSIONS] = kind == SOTTO_SERIES_SESSIONS;
    making->wanted[SOTTO_SUM_OTHER_SESSIONS] = kind == SOTTO_SERIES_SESSIONS && others;
    making->wanted[carts ? SOTTO_SUM_IN_CARTS : SOTTO_SUM_IN_BASKETS] =
        kind == SOTTO_SERIES_BASKETS;
    if (older && !tail_slice(of, &tail, fault)) {
        return false;
    }
    unsigned finer = of->slices.shift - of->cells.shift;
    uint64_t tail_cell = (((uint64_t)of->slices.first + tail) << finer) - of->cells.first;
    series->by_time = of->rules.by_time;
    uint64_t unit = series->by_time ? SOTTO_UNIT_S : 1;
    series->cell_count = of->cells.count;
    series->cell_width = unit << of->cells.shift;
    series->cell_start = of->cells.first * series->cell_width;
    series->first = of->first;
    series->now = of->last;
    making->last_cell = of->cells.count;
    if (tail_cell < of->cells.count) {
        making->last_cell = (uint32_t)tail_cell;
        series->now = series->cell_start + tail_cell * series->cell_width;
        series->now = series->now > of->last ? of->last : series->now;
    }
    sotto_train_fault own;
    memset(&own, 0, sizeof own);
    if (sotto_statistics_sums(of, take_series, making, &own) || own.message[0] == '\0') {
        return true;
    }
    *fault = own;
    return false;
}

/* The cells of sequences in memory: by time where they have one, else by their number. */
static void plan_cells(const sotto_sequences *sequences, uint32_t count, sotto_series *series)
{
    uint64_t first = UINT64_MAX, last = 0;
    for (uint32_t i = 0; i < count; i++) {
        first = sequences->times_s[i] < first ? sequences->times_s[i] : first;
        last = sequences->times_s[i] > last ? sequences->times_s[i] : last;
    }
    series->by_time = count > 0 && first > 0;
    series->first = series->by_time ? first : 0;
    series->now = series->by_time ? last : count > 0 ? count - 1 : 0;
    series->cell_start = series->first;
    series->cell_width = (series->now - series->first) / SOTTO_SUM_CELLS + 1;
    series->cell_count = (uint32_t)((series->now - series->first) / series->cell_width) + 1;
}

typedef struct met_item {
    uint32_t item;
    uint16_t cell;
} met_item;

static int compare_met(const void *a, const void *b)
{
    const met_item *x = a, *y = b;
    if (x->item != y->item) {
        return x->item < y->item ? -1 : 1;
    }
    return x->cell < y->cell ? -1 : x->cell > y->cell ? 1 : 0;
}

static bool series_of_sequences(const sotto_sequences *sequences, uint32_t count, bool once,
                                sotto_series *series, series_making *making)
{
    size_t used = 0, size = count > 0 ? sequences->starts[count] : 0;
    met_item *met = malloc((size + 1) * sizeof *met);
    uint32_t *last_in = calloc((size_t)series->item_count + 1, sizeof *last_in);
    bool good = met != NULL && last_in != NULL;
    plan_cells(sequences, count, series);
    for (uint32_t i = 0; good && i < count; i++) {
        uint64_t at = series->by_time ? sequences->times_s[i] : i;
        uint16_t cell = (uint16_t)((at - series->cell_start) / series->cell_width);
        series->totals[cell] += once ? 1 : sequences->starts[i + 1] - sequences->starts[i];
        for (size_t k = sequences->starts[i]; k < sequences->starts[i + 1]; k++) {
            uint32_t item = sequences->items[k];
            if (!once || last_in[item] != i + 1) {
                last_in[item] = i + 1;
                met[used++] = (met_item){item, cell};
            }
        }
    }
    if (good) {
        qsort(met, used, sizeof *met, compare_met);
    }
    for (size_t i = 0; good && i < used; i++) {
        good = end_items_before(making, met[i].item);
        making->counts[met[i].cell]++;
        making->any = true;
    }
    free(met);
    free(last_in);
    return good;
}

bool sotto_material_series(const sotto_material *material, sotto_series_kind kind, sotto_span span,
                           sotto_series *series, sotto_train_fault *fault)
{
    bool older = span == SOTTO_SPAN_OLDER;
    memset(series, 0, sizeof *series);
    series->item_count = material->items->count;
    series->starts = calloc((size_t)series->item_count + 2, sizeof *series->starts);
    series->totals = calloc(SOTTO_SUM_CELLS, sizeof *series->totals);
    series_making *making = calloc(1, sizeof *making);
    bool good = (series->starts != NULL && series->totals != NULL && making != NULL)
                || sotto_fault_set(fault, "not enough memory for the items' series");
    if (good) {
        making->series = series;
    }
    const sotto_sequences *sequences =
        kind == SOTTO_SERIES_BASKETS ? material->baskets : material->sessions;
    if (good && material->statistics != NULL) {
        good = series_of_statistics(material->statistics, kind, older, series, making, fault);
    } else if (good && sequences != NULL) {
        uint32_t count = sequences->count;
        count = older && sequences == material->sessions ? sotto_material_tail(material) : count;
        good = series_of_sequences(sequences, count, kind != SOTTO_SERIES_EVENTS, series, making)
               || sotto_fault_set(fault, "not enough memory for the items' series");
    }
    good = good
           && (end_items_before(making, series->item_count)
               || sotto_fault_set(fault, "not enough memory for the items' series"));
    free(making);
    if (!good) {
        sotto_series_free(series);
    }
    return good;
}

void sotto_series_free(sotto_series *series)
{
    free(series->starts);
    free(series->cells);
    free(series->counts);
    free(series->totals);
    memset(series, 0, sizeof *series);
}

uint32_t *sotto_series_sums(const sotto_series *series)
{
    uint32_t *sums = calloc((size_t)series->item_count + 1, sizeof *sums);
    for (uint32_t i = 0; sums != NULL && i < series->item_count; i++) {
        for (size_t at = series->starts[i]; at < series->starts[i + 1]; at++) {
            sums[i] += series->counts[at];
        }
    }
    return sums;
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static bool hand_out_sums(void *source, sotto_sum_row_fn row_fn, void *context,
                          sotto_train_fault *fault)
{
    return sotto_statistics_sums(source, row_fn, context, fault);
}

/* Puts each slice before `end` where its middle lies among all that was counted before there. */
static void plan_slices(const uint64_t *sums, uint32_t end, uint8_t *slices)
{
    uint64_t all = 0, before = 0;
    for (uint32_t slice = 0; slice < end; slice++) {
        all += sums[slice];
    }
    for (uint32_t slice = 0; slice < SOTTO_SUM_SLICES; slice++) {
        if (slice >= end) {
            slices[slice] = SOTTO_PAIR_SLICES;
            continue;
        }
        uint64_t middle = 2 * before + sums[slice];
        uint64_t sixteenth = middle * SOTTO_PAIR_SLICES - (middle > 0 ? 1 : 0);
        slices[slice] = (uint8_t)(all == 0 ? 0 : sixteenth / (2 * all));
        before += sums[slice];
    }
}

/* Counts of items, as the pairs have them: by sixteenth. */
static bool count_items(const sotto_material *material, sotto_pairing pairing, sotto_span span,
                        const uint8_t *slices, sotto_pairs *pairs, sotto_train_fault *fault)
{
    const sotto_statistics *of = material->statistics;
    sotto_series series;
    sotto_series_kind kind = pairing == SOTTO_PAIRS_NEXT ? SOTTO_SERIES_EVENTS
                                                         : SOTTO_SERIES_BASKETS;
    pairs->counts = calloc((size_t)pairs->item_count * SOTTO_PAIR_SLICES + 1,
                           sizeof *pairs->counts);
    if (pairs->counts == NULL) {
        return sotto_fault_set(fault, "not enough memory for pairs of items");
    }
    if (!sotto_material_series(material, kind, span, &series, fault)) {
        return false;
    }
    for (uint32_t item = 0; item < pairs->item_count; item++) {
        for (size_t at = series.starts[item]; at < series.starts[item + 1]; at++) {
            uint32_t slice = ((series.cells[at] + of->cells.first)
                              >> (of->slices.shift - of->cells.shift)) - of->slices.first;
            uint8_t sixteenth = slices[slice % SOTTO_SUM_SLICES];
            if (sixteenth < SOTTO_PAIR_SLICES) {
                pairs->counts[(size_t)item * SOTTO_PAIR_SLICES + sixteenth] += series.counts[at];
            }
        }
    }
    sotto_series_free(&series);
    return true;
}

static void wish_for(const sotto_statistics *of, sotto_pairing pairing, sotto_pair_wish *wish)
{
    bool others = sotto_statistics_use_others(of);
    switch (pairing) {
    case SOTTO_PAIRS_NEXT:
        wish->relations[SOTTO_SUM_VIEWS] = true;
        wish->relations[SOTTO_SUM_OTHERS] = others;
        break;
    case SOTTO_PAIRS_TOGETHER:
        wish->relations[sotto_statistics_use_carts(of) ? SOTTO_SUM_CARTS : SOTTO_SUM_BASKETS] =
            true;
        break;
    case SOTTO_PAIRS_VIEWED_BOUGHT:
        wish->relations[SOTTO_SUM_BOUGHT] = true;
        wish->directed = true;
        break;
    }
}

static bool pairs_of_statistics(const sotto_material *material, sotto_pairing pairing,
                                sotto_span span, uint32_t min_shoppers, sotto_pairs *pairs,
                                sotto_train_fault *fault)
{
    const sotto_statistics *of = material->statistics;
    bool next = pairing == SOTTO_PAIRS_NEXT, others = sotto_statistics_use_others(of);
    slice_totals totals = {.of = of};
    totals.series[SOTTO_SUM_VIEW_SESSIONS] = next;
    totals.series[SOTTO_SUM_OTHER_SESSIONS] = next && others;
    totals.series[sotto_statistics_use_carts(of) ? SOTTO_SUM_IN_CARTS : SOTTO_SUM_IN_BASKETS] =
        !next;
    slice_totals large = {.of = of};
    large.series[SOTTO_SUM_LARGE_BASKETS] = true;
    uint32_t end = of->slices.count;
    if (!sum_slices(&totals, fault) || !sum_slices(&large, fault)
        || (span == SOTTO_SPAN_OLDER && !tail_slice(of, &end, fault))) {
        return false;
    }
    sotto_pair_wish wish = {.min_shoppers = min_shoppers};
    /* Support is that of all the logs; a pair of the older ones must at least be met as often. */
    wish.least_count = span == SOTTO_SPAN_OLDER ? min_shoppers : 0;
    wish_for(of, pairing, &wish);
    plan_slices(totals.sums, end, wish.slices);
    uint64_t sequences = 0;
    for (uint32_t slice = 0; slice < end; slice++) {
        sequences += totals.sums[slice];
        pairs->large_baskets += pairing == SOTTO_PAIRS_TOGETHER ? large.sums[slice] : 0;
    }
    pairs->sequence_count = sequences > UINT32_MAX ? UINT32_MAX : (uint32_t)sequences;
    return sotto_pairs_collect(pairs, &wish, hand_out_sums, (void *)(uintptr_t)of, fault)
           && count_items(material, pairing, span, wish.slices, pairs, fault);
}

static bool pairs_of_sequences(const sotto_material *material, sotto_pairing pairing,
                               sotto_span span, uint32_t min_shoppers, sotto_pairs *pairs)
{
    static const sotto_sequences none;
    const sotto_sequences *sessions = material->sessions;
    const sotto_sequences *baskets = material->baskets != NULL ? material->baskets : &none;
    uint32_t tail = span == SOTTO_SPAN_OLDER ? sotto_material_tail(material) : sessions->count;
    uint32_t known = baskets->count;
    if (tail < sessions->count && known > 0) { /* baskets that were known when the tail began */
        known = sessions->times_s[tail] > 0
                    ? 0
                    : (uint32_t)((uint64_t)known * tail / sessions->count);
        while (sessions->times_s[tail] > 0 && known < baskets->count
               && baskets->times_s[known] < sessions->times_s[tail]) {
            known++;
        }
    }
    uint32_t item_count = material->items->count;
    switch (pairing) {
    case SOTTO_PAIRS_NEXT:
        return sotto_pairs_of_sessions(sessions, 0, tail, item_count, min_shoppers, pairs);
    case SOTTO_PAIRS_TOGETHER:
        return sotto_pairs_of_baskets(baskets, 0, known, item_count, min_shoppers, pairs);
    case SOTTO_PAIRS_VIEWED_BOUGHT:
        break;
    }
    return sotto_pairs_of_baskets(&none, 0, 0, item_count, min_shoppers, pairs);
}

bool sotto_material_pairs(const sotto_material *material, sotto_pairing pairing, sotto_span span,
                          uint32_t min_shoppers, sotto_pairs *pairs, sotto_train_fault *fault)
{
    const sotto_statistics *of = material->statistics;
    memset(pairs, 0, sizeof *pairs);
    pairs->item_count = material->items->count;
    if (of == NULL) {
        return pairs_of_sequences(material, pairing, span, min_shoppers, pairs)
               || sotto_fault_set(fault, "not enough memory for pairs of items");
    }
    if (min_shoppers > of->support) {
        sotto_fault_set(fault, "%s: tells no more than %u shoppers of a pair apart, and "
                               "min_shoppers is %u", of->name, of->support, min_shoppers);
        return sotto_fault_hint(fault, "read the logs again, or set min_shoppers to %u",
                                of->support);
    }
    if (!pairs_of_statistics(material, pairing, span, min_shoppers, pairs, fault)) {
        sotto_pairs_free(pairs);
        return false;
    }
    return true;
}

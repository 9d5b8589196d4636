/*
 * statistics_count.c - visits into sums, sample, open visits and bots
 *
 *     visit --> a bot's?            --yes--> noted
 *           --> near to a silence?  --yes--> open
 *           --> sessions, baskets, carts, viewed and then bought --> sums
 *           --> shopper's hash below the sample's limit? --> sample
 */
#include "train/statistics_count.h"

#include "train/pairs.h"

#include <stdlib.h>
#include <string.h>

#define BOUGHT_MAX 256u /* different items of a visit that are paired as viewed, or as bought */

bool sotto_counter_begin(sotto_counter *counter, size_t memory, bool whole,
                         sotto_train_fault *fault)
{
    counter->whole = whole;
    counter->fault = fault;
    memory = memory < SOTTO_MEMORY_LEAST ? SOTTO_MEMORY_LEAST : memory;
    sotto_sums_begin(&counter->sums, memory / 2, counter->head.support, fault);
    counter->items = malloc(SOTTO_VISIT_EVENTS * sizeof *counter->items);
    counter->bought = malloc(BOUGHT_MAX * sizeof *counter->bought);
    counter->times = malloc(BOUGHT_MAX * sizeof *counter->times);
    counter->head.slices = sotto_slices_of(&counter->head.coverage);
    counter->head.cells = sotto_cells_of(&counter->head.coverage);
    bool good = counter->items != NULL && counter->bought != NULL && counter->times != NULL
                && sotto_coverage_close(&counter->head.coverage,
                                        sotto_visit_gap(&counter->head.rules));
    return good || sotto_fault_set(fault, "not enough memory to count");
}

void sotto_counter_end(sotto_counter *counter)
{
    sotto_sums_free(&counter->sums);
    sotto_cutter_free(&counter->cutter);
    free(counter->items);
    free(counter->bought);
    free(counter->times);
    sotto_statistics_close(&counter->head);
}

/* ---- sums ------------------------------------------------------------------------------------ */

static bool add_item(sotto_counter *counter, uint32_t item, sotto_sum_series series, uint32_t cell)
{
    return sotto_sums_add(&counter->sums, sotto_sum_row_key(SOTTO_SUM_ITEMS, item, series), cell, 1,
                          0);
}

static bool add_total(sotto_counter *counter, sotto_sum_series series, uint32_t cell,
                      uint32_t count)
{
    return sotto_sums_add(&counter->sums, sotto_sum_row_key(SOTTO_SUM_TOTALS, 0, series), cell,
                          count, 0);
}

/* A pair of which `from` came first. */
static bool add_pair(sotto_counter *counter, sotto_sum_relation relation, uint32_t from,
                     uint32_t to, uint32_t bucket, uint64_t shopper)
{
    bool turned = from > to && relation != SOTTO_SUM_BASKETS && relation != SOTTO_SUM_CARTS;
    return sotto_sums_add(&counter->sums,
                          sotto_sum_row_key(relation, from < to ? from : to, from < to ? to : from),
                          bucket | (turned ? SOTTO_SUM_TURNED : 0), 1, shopper);
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y ? 1 : 0;
}

/* Whether events i and j are paired: not too far apart, or at the same second. */
static bool is_near(const uint32_t *times, size_t i, size_t j)
{
    return j - i <= SOTTO_PAIR_REACH || (times[i] == times[j] && j - i < SOTTO_BASKET_MAX);
}

/* Two events of a session; a distance of 0 is the same second, where neither came first. */
static bool meet(sotto_counter *counter, sotto_sum_relation relation, uint32_t from, uint32_t to,
                 uint32_t slice, uint32_t distance, uint64_t shopper)
{
    uint32_t bucket =
        sotto_pair_distance_bucket(distance) << SOTTO_SUM_DISTANCE_SHIFT | slice;
    return add_pair(counter, relation, from, to, bucket, shopper)
           && (distance > 0 || add_pair(counter, relation, to, from, bucket, shopper));
}

static bool count_session(sotto_counter *counter, bool views, uint64_t shopper,
                          const uint32_t *times, const uint32_t *items, size_t count)
{
    const sotto_statistics *head = &counter->head;
    uint32_t unit = sotto_unit_of(&head->coverage, times[0]);
    uint32_t cell = sotto_slice_of(&head->cells, unit);
    uint32_t slice = sotto_slice_of(&head->slices, unit);
    sotto_sum_relation relation = views ? SOTTO_SUM_VIEWS : SOTTO_SUM_OTHERS;
    sotto_sum_series events = views ? SOTTO_SUM_VIEW_EVENTS : SOTTO_SUM_OTHER_EVENTS;
    sotto_sum_series sessions = views ? SOTTO_SUM_VIEW_SESSIONS : SOTTO_SUM_OTHER_SESSIONS;
    bool good = add_total(counter, sessions, cell, 1)
                && add_total(counter, events, cell, (uint32_t)count);
    for (size_t i = 0; good && i < count; i++) {
        good = add_item(counter, items[i], events, cell);
        for (size_t j = i + 1; good && j < count && is_near(times, i, j); j++) {
            good = items[i] == items[j]
                   || meet(counter, relation, items[i], items[j], slice,
                           times[i] == times[j] ? 0 : (uint32_t)(j - i), shopper);
        }
    }
    memcpy(counter->items, items, count * sizeof *items);
    qsort(counter->items, count, sizeof *items, compare_numbers);
    for (size_t i = 0; good && i < count; i++) {
        good = (i > 0 && counter->items[i] == counter->items[i - 1])
               || add_item(counter, counter->items[i], sessions, cell);
    }
    return good;
}

static bool count_basket(sotto_counter *counter, bool bought, uint64_t shopper, uint32_t time,
                         const uint32_t *items, size_t count)
{
    const sotto_statistics *head = &counter->head;
    uint32_t unit = sotto_unit_of(&head->coverage, time);
    uint32_t cell = sotto_slice_of(&head->cells, unit);
    uint32_t slice = sotto_slice_of(&head->slices, unit);
    sotto_sum_relation relation = bought ? SOTTO_SUM_BASKETS : SOTTO_SUM_CARTS;
    sotto_sum_series series = bought ? SOTTO_SUM_IN_BASKETS : SOTTO_SUM_IN_CARTS;
    size_t paired = count > SOTTO_BASKET_MAX ? SOTTO_BASKET_MAX : count;
    bool good = add_total(counter, series, cell, 1)
                && (paired == count || add_total(counter, SOTTO_SUM_LARGE_BASKETS, cell, 1));
    for (size_t i = 0; good && i < count; i++) {
        good = add_item(counter, items[i], series, cell);
        for (size_t j = i + 1; good && i < paired && j < paired; j++) {
            good = add_pair(counter, relation, items[i], items[j], slice, shopper);
        }
    }
    return good;
}

static bool count_cut(void *context, sotto_cut_kind kind, const sotto_visit *visit,
                      const uint32_t *times, const uint32_t *items, size_t count)
{
    sotto_counter *counter = context;
    bool is_session = kind == SOTTO_CUT_VIEWS || kind == SOTTO_CUT_OTHERS;
    return is_session ? count_session(counter, kind == SOTTO_CUT_VIEWS, visit->shopper, times,
                                      items, count)
                      : count_basket(counter, kind == SOTTO_CUT_BASKET, visit->shopper, times[0],
                                     items, count);
}

/* The first `max` different items of a kind, and the first or the last time of each. */
static uint32_t pick_items(const sotto_visit *visit, const sotto_visit_event *events,
                           sotto_log_kind kind, uint32_t *items, uint32_t *times)
{
    uint32_t count = 0;
    for (size_t i = 0; i < visit->event_count; i++) {
        if (sotto_kind_of_event(&events[i]) != kind) {
            continue;
        }
        uint32_t item = sotto_item_of_event(&events[i]), at = 0;
        while (at < count && items[at] != item) {
            at++;
        }
        if (at == BOUGHT_MAX) {
            continue;
        }
        bool is_new = at == count;
        items[at] = item;
        times[at] = is_new || kind == SOTTO_LOG_PURCHASE ? events[i].time : times[at];
        count += is_new ? 1 : 0;
    }
    return count;
}

/* Each item viewed with each bought at that time or later, once a visit. */
static bool count_bought(sotto_counter *counter, const sotto_visit *visit,
                         const sotto_visit_event *events)
{
    uint32_t bought_times[BOUGHT_MAX];
    uint32_t bought = pick_items(visit, events, SOTTO_LOG_PURCHASE, counter->bought, bought_times);
    if (bought == 0) {
        return true;
    }
    uint32_t viewed = pick_items(visit, events, SOTTO_LOG_VIEW, counter->items, counter->times);
    uint32_t slice = sotto_slice_of(&counter->head.slices,
                                    sotto_unit_of(&counter->head.coverage, visit->first));
    bool good = true;
    for (uint32_t i = 0; good && i < viewed; i++) {
        for (uint32_t k = 0; good && k < bought; k++) {
            good = bought_times[k] < counter->times[i]
                   || add_pair(counter, SOTTO_SUM_BOUGHT, counter->items[i], counter->bought[k],
                               slice, visit->shopper);
        }
    }
    return good;
}

/* ---- visits ---------------------------------------------------------------------------------- */

static void note_bot(sotto_bot_count *bots, const sotto_visit *visit)
{
    const sotto_visit *known = &bots->example;
    bool before = bots->visits == 0 || visit->shopper < known->shopper
                  || (visit->shopper == known->shopper && visit->first < known->first);
    if (before) {
        bots->example = *visit;
        bots->example.bare = true;
        bots->example.start = 0;
    }
    bots->visits++;
    bots->events += visit->event_count;
}

static bool no_memory(const sotto_counter *counter)
{
    return sotto_fault_set(counter->fault, "not enough memory for visits");
}

/* Takes the visit into the sample for now; trimmed as soon as there are twice as many as may be. */
static bool sample(sotto_counter *counter, const sotto_visit *visit,
                   const sotto_visit_event *events)
{
    sotto_statistics *head = &counter->head;
    if (visit->shopper >= head->sample_limit) {
        return true;
    }
    if (!sotto_visits_add(&head->sample, visit, events)) {
        return no_memory(counter);
    }
    return head->sample.event_count / 2 <= head->sample_events || sotto_sample_trim(head)
           || no_memory(counter);
}

bool sotto_sample_trim(sotto_statistics *head)
{
    sotto_visits *all = &head->sample;
    uint64_t events = 0;
    size_t kept = 0, end;
    sotto_visits_sort(all);
    for (size_t i = 0; i < all->count; i = end) {
        uint64_t shopper = all->visits[i].shopper;
        for (end = i; end < all->count && all->visits[end].shopper == shopper; end++) {
            events += all->visits[end].event_count;
        }
        if (events > head->sample_events) {
            head->sample_limit = shopper;
            break;
        }
        kept = end;
    }
    return sotto_visits_keep(all, kept);
}

bool sotto_counter_settle(sotto_counter *counter, const sotto_visit *visit,
                          const sotto_visit_event *events)
{
    sotto_statistics *head = &counter->head;
    sotto_visit known = *visit;
    known.bare = events == NULL;
    sotto_bot_rule rule = sotto_visit_judge(&head->rules, &known, events);
    bool is_open = !counter->whole
                   && sotto_coverage_is_near(&head->coverage, visit->first, visit->last);
    if (is_open) {
        return sotto_visits_add(&head->open, visit, rule == SOTTO_NO_BOT ? events : NULL)
               || no_memory(counter);
    }
    if (rule != SOTTO_NO_BOT) {
        note_bot(&head->bots[rule], visit);
        return true;
    }
    return (sotto_visit_cut(&counter->cutter, &head->rules, visit, events, count_cut, counter)
            || (counter->cutter.room == 0 && no_memory(counter)))
           && count_bought(counter, visit, events) && sample(counter, visit, events);
}

/* ---- the file -------------------------------------------------------------------------------- */

static void write_head(const sotto_statistics *head, sotto_block_writer *writer)
{
    const sotto_visit_rules *rules = &head->rules;
    const uint64_t numbers[] = {
        rules->by_time ? 1 : 0, rules->session_gap_s, rules->bot_clicks, rules->bot_per_minute,
        head->support, head->sample_events, head->sample_limit, head->kind_counts[0],
        head->kind_counts[1], head->kind_counts[2], head->first, head->last,
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sotto_blocks_varint(writer, 0, numbers[i]);
    }
    sotto_coverage_write(&head->coverage, writer, 0);
    for (unsigned rule = 1; rule < SOTTO_BOT_RULES; rule++) {
        const sotto_bot_count *bots = &head->bots[rule];
        sotto_blocks_varint(writer, 0, bots->visits);
        if (bots->visits > 0) {
            const uint64_t of_bots[] = {bots->events, bots->example.shopper, bots->example.first,
                                        bots->example.last, bots->example.event_count,
                                        bots->example.click_count};
            for (size_t i = 0; i < sizeof of_bots / sizeof *of_bots; i++) {
                sotto_blocks_varint(writer, 0, of_bots[i]);
            }
        }
    }
}

bool sotto_counter_write(sotto_counter *counter, const uint32_t *order, sotto_sum_reader **readers,
                         uint32_t reader_count, FILE *file)
{
    static const uint8_t opening[12] = {'s', 'o', 't', 't', 'o', 's', 't', 'a', 1, 0, 0, 0};
    sotto_statistics *head = &counter->head;
    sotto_block_writer blocks;
    sotto_sum_writer sums;
    if (!sotto_sample_trim(head)) {
        return no_memory(counter);
    }
    sotto_visits_sort(&head->open);
    bool written = fwrite(opening, 1, sizeof opening, file) == sizeof opening;
    sotto_blocks_begin(&blocks, file, 1);
    write_head(head, &blocks);
    written = sotto_blocks_end(&blocks) && written;
    sotto_blocks_begin(&blocks, file, SOTTO_BOOK_COLUMNS);
    sotto_book_write(&head->book, order, &blocks);
    written = sotto_blocks_end(&blocks) && written;
    sotto_sum_writer_begin(&sums, file, head->support);
    bool merged = sotto_sums_merge(readers, reader_count, &counter->sums, head->support,
                                   sotto_sum_writer_put, &sums, counter->fault);
    written = sotto_blocks_end(&sums.blocks) && written;
    if (!merged) {
        return false;
    }
    sotto_blocks_begin(&blocks, file, SOTTO_VISIT_COLUMNS);
    sotto_visits_write(&head->sample, &blocks);
    written = sotto_blocks_end(&blocks) && written;
    sotto_blocks_begin(&blocks, file, SOTTO_VISIT_COLUMNS);
    sotto_visits_write(&head->open, &blocks);
    written = sotto_blocks_end(&blocks) && written;
    if (!written) {
        sotto_fault_set(counter->fault, "the statistics cannot be written: disk full?");
        return sotto_fault_hint(counter->fault, "they are written to TMPDIR, or /tmp, at first");
    }
    return true;
}

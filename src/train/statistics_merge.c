/*
 * statistics_merge.c - several statistics files into one
 *
 *     items      united and numbered anew; numbers go by the hash of the id, so those of a part
 *                keep their order
 *     sums       of all parts, item by item, added up as they are read
 *     samples    united, then trimmed
 *     open       visits of one shopper that touch become one; what is no longer near to a silence
 *                is counted now
 *
 * Parts without times are appended: the first row of each is put at a full slice of the result.
 */
#include "train/statistics_count.h"

#include <stdlib.h>
#include <string.h>

/* One part, and how it is to be read as part of the result. */
typedef struct part {
    sotto_statistics *statistics;
    uint32_t         *numbers; /* of its items */
    uint32_t          later;   /* rows, where there are no times */
    sotto_sum_reader *reader;
} part;

typedef struct merging {
    part              *parts;
    size_t             count;
    sotto_counter      counter;
    sotto_train_fault *fault;
} merging;

static bool check_parts(const merging *job)
{
    const sotto_statistics *first = job->parts[0].statistics;
    for (size_t i = 1; i < job->count; i++) {
        const sotto_statistics *other = job->parts[i].statistics;
        const char *what = other->rules.by_time != first->rules.by_time ? "times"
                           : other->rules.session_gap_s != first->rules.session_gap_s
                               ? "session_gap"
                           : other->rules.bot_clicks != first->rules.bot_clicks
                                   || other->rules.bot_per_minute != first->rules.bot_per_minute
                               ? "bots"
                               : NULL;
        if (what != NULL) {
            sotto_fault_set(job->fault, "%s: was not counted as %s: their \"%s\" differ",
                            other->name, first->name, what);
            return sotto_fault_hint(job->fault, "statistics merge if the site file said the same");
        }
    }
    return true;
}

/* How many visits of the one sample stand in the other as well; both are in order. */
static size_t shared_visits(const sotto_visits *a, const sotto_visits *b)
{
    size_t shared = 0;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        const sotto_visit *x = &a->visits[i], *y = &b->visits[k];
        bool same = x->shopper == y->shopper && x->first == y->first;
        shared += same && x->event_count == y->event_count ? 1 : 0;
        bool x_first = x->shopper != y->shopper ? x->shopper < y->shopper : x->first < y->first;
        i += same || x_first ? 1 : 0;
        k += same || !x_first ? 1 : 0;
    }
    return shared;
}

/* Parts that were cut from the same logs share no visit: a file named twice would count twice. */
static bool check_twice(const merging *job)
{
    for (size_t i = 0; i < job->count; i++) {
        for (size_t k = 0; job->parts[i].statistics->rules.by_time && k < i; k++) {
            const sotto_statistics *a = job->parts[i].statistics, *b = job->parts[k].statistics;
            size_t least = a->sample.count < b->sample.count ? a->sample.count : b->sample.count;
            if (least > 0 && shared_visits(&a->sample, &b->sample) * 2 > least) {
                sotto_fault_set(job->fault, "%s: its rows are in %s already", a->name, b->name);
                return sotto_fault_hint(job->fault, "what is merged twice would count twice");
            }
        }
    }
    return true;
}

/* Where each part without times begins: at a full slice of the result, behind the one before. */
static bool append_parts(merging *job)
{
    uint64_t end = 0;
    for (unsigned shift = 0; shift < 32; shift++) {
        end = 0;
        for (size_t i = 0; i < job->count; i++) {
            const sotto_coverage *coverage = &job->parts[i].statistics->coverage;
            uint64_t width = (uint64_t)1 << shift;
            end = (end + width - 1) / width * width;
            job->parts[i].later = (uint32_t)end;
            end += coverage->first > coverage->last ? 0 : (uint64_t)coverage->last + 1;
        }
        if (end <= UINT32_MAX && (end == 0 || (end - 1) >> shift < SOTTO_SUM_SLICES)) {
            return true;
        }
    }
    return sotto_fault_set(job->fault, "there are more rows than one statistics file can hold");
}

static bool join_coverage(merging *job)
{
    sotto_statistics *head = &job->counter.head;
    bool good = true, empty = true;
    sotto_coverage_begin(&head->coverage, head->rules.by_time);
    for (size_t i = 0; good && i < job->count; i++) {
        const sotto_statistics *one = job->parts[i].statistics;
        uint32_t later = job->parts[i].later;
        if (one->coverage.first > one->coverage.last) {
            continue;
        }
        sotto_coverage moved = one->coverage;
        moved.first += later;
        moved.last += later;
        good = sotto_coverage_join(&head->coverage, &moved);
        head->first = empty || one->first + later < head->first ? one->first + later : head->first;
        head->last = empty || one->last + later > head->last ? one->last + later : head->last;
        empty = false;
    }
    return good || sotto_fault_set(job->fault, "not enough memory");
}

static void join_bots(sotto_bot_count *to, const sotto_bot_count *from, uint32_t later)
{
    if (from->visits == 0) {
        return;
    }
    const sotto_visit *a = &from->example, *b = &to->example;
    if (to->visits == 0 || a->shopper < b->shopper
        || (a->shopper == b->shopper && a->first + later < b->first)) {
        to->example = *a;
        to->example.first += later;
        to->example.last += later;
    }
    to->visits += from->visits;
    to->events += from->events;
}

static bool join_heads(merging *job)
{
    sotto_statistics *head = &job->counter.head;
    const sotto_statistics *first = job->parts[0].statistics;
    head->rules = first->rules;
    head->support = first->support;
    head->sample_events = first->sample_events;
    head->sample_limit = UINT64_MAX;
    for (size_t i = 0; i < job->count; i++) {
        const sotto_statistics *one = job->parts[i].statistics;
        head->support = one->support < head->support ? one->support : head->support;
        head->sample_events = one->sample_events < head->sample_events ? one->sample_events
                                                                       : head->sample_events;
        head->sample_limit = one->sample_limit < head->sample_limit ? one->sample_limit
                                                                    : head->sample_limit;
        for (unsigned kind = 0; kind < 3; kind++) {
            head->kind_counts[kind] += one->kind_counts[kind];
        }
        for (unsigned rule = 0; rule < SOTTO_BOT_RULES; rule++) {
            join_bots(&head->bots[rule], &one->bots[rule], job->parts[i].later);
        }
    }
    return join_coverage(job);
}

/* Unites the books; each part's numbers become places in `*order`. */
static bool join_books(merging *job, uint32_t **order)
{
    sotto_book *book = &job->counter.head.book;
    bool good = true;
    for (size_t i = 0; good && i < job->count; i++) {
        const sotto_book *one = &job->parts[i].statistics->book;
        job->parts[i].numbers = malloc(((size_t)one->ids.count + 1) * sizeof(uint32_t));
        good = job->parts[i].numbers != NULL
               && sotto_book_join(book, one, job->parts[i].later, job->parts[i].numbers);
    }
    if (good && book->ids.count > SOTTO_MAX_ITEMS) {
        return sotto_fault_set(job->fault, "more items than one model can hold");
    }
    *order = good ? sotto_book_order(book) : NULL;
    uint32_t *places = malloc(((size_t)book->ids.count + 1) * sizeof *places);
    good = *order != NULL && places != NULL;
    for (uint32_t place = 0; good && place < book->ids.count; place++) {
        places[(*order)[place]] = place;
    }
    for (size_t i = 0; good && i < job->count; i++) {
        for (uint32_t item = 0; item < job->parts[i].statistics->book.ids.count; item++) {
            job->parts[i].numbers[item] = places[job->parts[i].numbers[item]];
        }
    }
    free(places);
    return good || sotto_fault_set(job->fault, "not enough memory for the items");
}

/* ---- visits ---------------------------------------------------------------------------------- */

static void renumber(const part *one, sotto_visit *visit, sotto_visit_event *events)
{
    visit->first += one->later;
    visit->last += one->later;
    for (size_t i = 0; !visit->bare && i < visit->event_count; i++) {
        uint32_t item = sotto_item_of_event(&events[i]);
        events[i].item = (events[i].item & 0xff000000) | one->numbers[item];
        events[i].time += one->later;
    }
}

/* Moves all visits of the parts, sampled or open, into one list. */
static bool pool_visits(merging *job, bool open, sotto_visits *pool)
{
    bool good = true;
    for (size_t i = 0; good && i < job->count; i++) {
        sotto_statistics *from = job->parts[i].statistics;
        sotto_visits *visits = open ? &from->open : &from->sample;
        for (size_t k = 0; good && k < visits->count; k++) {
            sotto_visit visit = visits->visits[k];
            sotto_visit_event *events = visit.bare ? NULL : visits->events + visit.start;
            renumber(&job->parts[i], &visit, events);
            good = (!open && visit.shopper >= job->counter.head.sample_limit)
                   || sotto_visits_add(pool, &visit, events);
        }
        sotto_visits_free(visits);
    }
    sotto_visits_sort(pool);
    return good || sotto_fault_set(job->fault, "not enough memory for visits");
}

/* Settles what visits [first, last) of one shopper, which touch, are together. */
static bool settle_together(merging *job, const sotto_visits *pool, size_t first, size_t last)
{
    sotto_visit whole = pool->visits[first];
    sotto_visit_event *events = NULL;
    sotto_visits one = {0};
    for (size_t i = first + 1; i < last; i++) {
        const sotto_visit *visit = &pool->visits[i];
        whole.event_count += visit->event_count;
        whole.click_count += visit->click_count;
        whole.last = visit->last > whole.last ? visit->last : whole.last;
        whole.bare = whole.bare || visit->bare;
    }
    whole.bare = whole.bare || whole.event_count > SOTTO_VISIT_EVENTS;
    if (whole.bare) {
        return sotto_counter_settle(&job->counter, &whole, NULL);
    }
    events = malloc((size_t)whole.event_count * sizeof *events);
    size_t count = 0;
    for (size_t i = first; events != NULL && i < last; i++) {
        const sotto_visit *visit = &pool->visits[i];
        memcpy(events + count, pool->events + visit->start,
               (size_t)visit->event_count * sizeof *events);
        count += (size_t)visit->event_count;
    }
    bool good = (events != NULL && sotto_visits_add(&one, &whole, events))
                || sotto_fault_set(job->fault, "not enough memory for visits");
    good = good && sotto_counter_settle(&job->counter, &whole, one.events);
    sotto_visits_free(&one);
    free(events);
    return good;
}

static bool settle_open(merging *job)
{
    sotto_visits pool = {0};
    bool good = pool_visits(job, true, &pool);
    uint32_t gap_s = sotto_visit_gap(&job->counter.head.rules);
    for (size_t first = 0, last; good && first < pool.count; first = last) {
        uint32_t end = pool.visits[first].last;
        for (last = first + 1; last < pool.count; last++) {
            const sotto_visit *visit = &pool.visits[last];
            if (visit->shopper != pool.visits[first].shopper
                || (visit->first > end && visit->first - end > gap_s)) {
                break;
            }
            end = visit->last > end ? visit->last : end;
        }
        good = settle_together(job, &pool, first, last);
    }
    sotto_visits_free(&pool);
    return good;
}

/* ---- sums ------------------------------------------------------------------------------------ */

static bool open_readers(merging *job, sotto_sum_reader **readers)
{
    const sotto_statistics *head = &job->counter.head;
    for (size_t i = 0; i < job->count; i++) {
        const part *one = &job->parts[i];
        const sotto_statistics *from = one->statistics;
        unsigned shift = head->slices.shift - from->slices.shift;
        unsigned cell_shift = head->cells.shift - from->cells.shift;
        sotto_sum_map map = {
            .items = one->numbers,
            .item_count = from->book.ids.count,
            .slices = {from->slices.first, shift,
                       (int64_t)(one->later >> head->slices.shift) - head->slices.first,
                       head->slices.count},
            .cells = {from->cells.first, cell_shift,
                      (int64_t)(one->later >> head->cells.shift) - head->cells.first,
                      head->cells.count},
            .support = head->support,
        };
        readers[i] = malloc(sizeof **readers);
        if (readers[i] == NULL) {
            return sotto_fault_set(job->fault, "not enough memory");
        }
        sotto_sum_reader_open(readers[i], from->name, fileno(from->file), from->sums_offset,
                              from->support, &map, job->fault);
    }
    return true;
}

static bool merge(merging *job, size_t memory, bool whole, FILE *file)
{
    uint32_t *order = NULL;
    sotto_sum_reader **readers = calloc(job->count, sizeof *readers);
    bool good = readers != NULL || sotto_fault_set(job->fault, "not enough memory");
    good = good && check_parts(job) && check_twice(job)
           && (job->parts[0].statistics->rules.by_time || append_parts(job)) && join_heads(job)
           && join_books(job, &order)
           && sotto_counter_begin(&job->counter, memory, whole, job->fault)
           && pool_visits(job, false, &job->counter.head.sample) && settle_open(job)
           && open_readers(job, readers)
           && sotto_counter_write(&job->counter, order, readers, (uint32_t)job->count, file);
    for (size_t i = 0; readers != NULL && i < job->count; i++) {
        if (readers[i] != NULL) {
            sotto_sum_reader_close(readers[i]);
            free(readers[i]);
        }
    }
    free(readers);
    free(order);
    return good;
}

bool sotto_statistics_join(sotto_statistics *const *parts, size_t part_count, size_t memory,
                           bool whole, FILE *file, sotto_train_fault *fault)
{
    merging job = {.count = part_count, .fault = fault};
    job.parts = calloc(part_count + 1, sizeof *job.parts);
    bool good = job.parts != NULL || sotto_fault_set(fault, "not enough memory");
    for (size_t i = 0; good && i < part_count; i++) {
        job.parts[i].statistics = parts[i];
    }
    good = good && merge(&job, memory, whole, file);
    for (size_t i = 0; job.parts != NULL && i < part_count; i++) {
        free(job.parts[i].numbers);
    }
    free(job.parts);
    sotto_counter_end(&job.counter);
    return good;
}

bool sotto_statistics_merge(const char *const *paths, size_t path_count, size_t memory, bool whole,
                            FILE *file, sotto_train_fault *fault)
{
    sotto_statistics *parts = calloc(path_count + 1, sizeof *parts);
    sotto_statistics **list = calloc(path_count + 1, sizeof *list);
    bool good = (parts != NULL && list != NULL) || sotto_fault_set(fault, "not enough memory");
    size_t opened = 0;
    for (; good && opened < path_count; opened++) {
        list[opened] = &parts[opened];
        good = sotto_statistics_open(&parts[opened], paths[opened], fault);
    }
    good = good && sotto_statistics_join(list, path_count, memory, whole, file, fault);
    for (size_t i = 0; parts != NULL && i < opened; i++) {
        sotto_statistics_close(&parts[i]);
    }
    free(parts);
    free(list);
    return good;
}

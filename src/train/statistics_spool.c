/*
 * statistics_spool.c - rows in, visit by visit out
 *
 * Shoppers are hashes, so their upper sixteen bits deal any number of rows out evenly: one pass
 * over the rows counts, a second one deals, and what is left to sort are a few dozen rows at a
 * time.
 */
#include "train/statistics_spool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PLACES     65536u
#define PLACE_BITS 48u
#define FIRST_ROOM 4096u
#define RUN_BUFFER 4096u /* rows of a run in memory while runs are merged */

void sotto_spool_begin(sotto_spool *spool, bool by_time, size_t memory, sotto_train_fault *fault)
{
    memset(spool, 0, sizeof *spool);
    spool->most = memory / (2 * sizeof *spool->rows);
    spool->most = spool->most < FIRST_ROOM ? FIRST_ROOM : spool->most;
    spool->by_time = by_time;
    spool->fault = fault;
}

void sotto_spool_free(sotto_spool *spool)
{
    free(spool->rows);
    free(spool->runs);
    if (spool->aside != NULL) {
        fclose(spool->aside);
    }
    memset(spool, 0, sizeof *spool);
}

static bool no_memory(const sotto_spool *spool)
{
    return sotto_fault_set(spool->fault, "not enough memory for the rows of the logs");
}

/* ---- order ----------------------------------------------------------------------------------- */

/* What names a visit where there are no times: a session, else an order; 0: the shopper alone. */
static uint32_t group_of(const sotto_visit_event *event)
{
    return event->session != 0 ? event->session : event->order;
}

static int compare_timed(const void *a, const void *b)
{
    const sotto_spooled *x = a, *y = b;
    if (x->shopper != y->shopper) {
        return x->shopper < y->shopper ? -1 : 1;
    }
    return x->event.time < y->event.time ? -1 : x->event.time > y->event.time ? 1 : 0;
}

static int compare_untimed(const void *a, const void *b)
{
    const sotto_spooled *x = a, *y = b;
    uint32_t group_x = group_of(&x->event), group_y = group_of(&y->event);
    if (x->shopper == y->shopper && group_x != group_y) {
        return group_x < group_y ? -1 : 1;
    }
    return compare_timed(a, b);
}

static bool sort_rows(sotto_spool *spool)
{
    sotto_spooled *dealt = malloc((spool->count + 1) * sizeof *dealt);
    size_t *starts = calloc(PLACES + 1, sizeof *starts);
    if (dealt == NULL || starts == NULL) {
        free(dealt);
        free(starts);
        return no_memory(spool);
    }
    for (size_t i = 0; i < spool->count; i++) {
        starts[(spool->rows[i].shopper >> PLACE_BITS) + 1]++;
    }
    for (size_t place = 0; place < PLACES; place++) {
        starts[place + 1] += starts[place];
    }
    for (size_t i = 0; i < spool->count; i++) {
        dealt[starts[spool->rows[i].shopper >> PLACE_BITS]++] = spool->rows[i];
    }
    for (size_t place = 0, start = 0; place < PLACES; start = starts[place++]) {
        qsort(dealt + start, starts[place] - start, sizeof *dealt,
              spool->by_time ? compare_timed : compare_untimed);
    }
    free(starts);
    free(spool->rows);
    spool->rows = dealt;
    spool->room = spool->count + 1;
    return true;
}

/* ---- in -------------------------------------------------------------------------------------- */

static bool put_aside(sotto_spool *spool)
{
    struct spool_run *runs = realloc(spool->runs, (spool->run_count + 1) * sizeof *runs);
    if (runs == NULL) {
        return no_memory(spool);
    }
    spool->runs = runs;
    if (spool->aside == NULL) {
        spool->aside = sotto_temp_file(spool->fault);
        if (spool->aside == NULL) {
            return false;
        }
    }
    if (!sort_rows(spool)) {
        return false;
    }
    runs[spool->run_count].from = (uint64_t)ftello(spool->aside);
    if (fwrite(spool->rows, sizeof *spool->rows, spool->count, spool->aside) != spool->count
        || fflush(spool->aside) != 0) {
        return sotto_fault_set(spool->fault, "the rows cannot be put aside: %s", strerror(errno));
    }
    runs[spool->run_count++].to = (uint64_t)ftello(spool->aside);
    spool->count = 0;
    return true;
}

bool sotto_spool_add(sotto_spool *spool, const sotto_spooled *row)
{
    if (spool->count >= spool->most && !put_aside(spool)) {
        return false;
    }
    if (spool->count == spool->room) {
        size_t room = spool->room * 2 + FIRST_ROOM;
        room = room > spool->most ? spool->most : room;
        sotto_spooled *rows = realloc(spool->rows, room * sizeof *rows);
        if (rows == NULL) {
            return no_memory(spool);
        }
        spool->rows = rows;
        spool->room = room;
    }
    spool->rows[spool->count++] = *row;
    return true;
}

/* ---- out ------------------------------------------------------------------------------------- */

/* A sorted stretch of rows: all that is in memory, or a run that is read bit by bit. */
typedef struct row_source {
    const sotto_spooled *rows;
    size_t               at, count;
    sotto_spooled       *buffer;
    uint64_t             from, to; /* what is left of the run */
} row_source;

static bool refill(const sotto_spool *spool, row_source *source)
{
    size_t size = RUN_BUFFER * sizeof *source->buffer;
    if (source->to - source->from < size) {
        size = (size_t)(source->to - source->from);
    }
    for (size_t done = 0; done < size;) {
        ssize_t got = pread(fileno(spool->aside), (char *)source->buffer + done, size - done,
                            (off_t)(source->from + done));
        if (got <= 0 && !(got < 0 && errno == EINTR)) {
            return sotto_fault_set(spool->fault, "the temporary file cannot be read: %s",
                                   got < 0 ? strerror(errno) : "it ends too early");
        }
        done += got > 0 ? (size_t)got : 0;
    }
    source->from += size;
    source->rows = source->buffer;
    source->at = 0;
    source->count = size / sizeof *source->buffer;
    return true;
}

typedef struct row_merge {
    sotto_spool *spool;
    row_source  *sources;
    uint32_t     count;
    int (*compare)(const void *, const void *);
} row_merge;

/* A heap, the source with the least row on top. */
static void sink(const row_merge *merge, uint32_t at)
{
    row_source *heap = merge->sources;
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= merge->count) {
            return;
        }
        if (child + 1 < merge->count
            && merge->compare(&heap[child + 1].rows[heap[child + 1].at],
                              &heap[child].rows[heap[child].at])
                   < 0) {
            child++;
        }
        if (merge->compare(&heap[at].rows[heap[at].at], &heap[child].rows[heap[child].at]) <= 0) {
            return;
        }
        row_source held = heap[at];
        heap[at] = heap[child];
        heap[child] = held;
        at = child;
    }
}

/* The least row left; NULL behind the last, or after a fault. Good until the next call. */
static bool next_row(row_merge *merge, sotto_spooled *row, bool *found)
{
    *found = merge->count > 0;
    if (!*found) {
        return true;
    }
    row_source *top = &merge->sources[0];
    *row = top->rows[top->at++];
    if (top->at == top->count && top->from < top->to && !refill(merge->spool, top)) {
        return false;
    }
    if (top->at == top->count) {
        row_source empty = *top;
        *top = merge->sources[--merge->count];
        merge->sources[merge->count] = empty; /* its buffer is freed with the others */
    }
    sink(merge, 0);
    return true;
}

/* Collects the rows of one visit; of one that is too large only their number. */
typedef struct visit_room {
    sotto_visit        visit;
    sotto_visit_event *events;
    uint32_t           group;
} visit_room;

static bool hand_out(const visit_room *room, sotto_spool_fn visit_fn, void *context)
{
    bool too_large = room->visit.event_count > SOTTO_VISIT_EVENTS;
    return room->visit.event_count == 0
           || visit_fn(context, &room->visit, too_large ? NULL : room->events);
}

static void collect(visit_room *room, const sotto_spooled *row)
{
    sotto_visit *visit = &room->visit;
    if (visit->event_count == 0) {
        visit->shopper = row->shopper;
        visit->first = row->event.time;
        room->group = group_of(&row->event);
    }
    visit->last = row->event.time;
    visit->click_count += sotto_kind_of_event(&row->event) != SOTTO_LOG_PURCHASE ? 1 : 0;
    if (visit->event_count++ < SOTTO_VISIT_EVENTS) {
        room->events[visit->event_count - 1] = row->event;
    }
}

static bool drain(row_merge *merge, uint32_t visit_gap_s, const uint32_t *numbers,
                  visit_room *room, sotto_spool_fn visit_fn, void *context)
{
    bool by_time = merge->spool->by_time, found = true;
    sotto_spooled row;
    while (next_row(merge, &row, &found)) {
        if (!found) {
            return hand_out(room, visit_fn, context);
        }
        const sotto_visit *visit = &room->visit;
        bool same = row.shopper == visit->shopper
                    && (by_time ? row.event.time - visit->last <= visit_gap_s
                                : group_of(&row.event) == room->group);
        if (!same) {
            if (!hand_out(room, visit_fn, context)) {
                return false;
            }
            room->visit = (sotto_visit){0};
        }
        row.event.item =
            (row.event.item & 0xff000000) | numbers[sotto_item_of_event(&row.event)];
        collect(room, &row);
    }
    return false;
}

static bool open_sources(sotto_spool *spool, row_merge *merge)
{
    bool good = true;
    for (uint32_t i = 0; good && i < spool->run_count; i++) {
        row_source *source = &merge->sources[merge->count++];
        source->from = spool->runs[i].from;
        source->to = spool->runs[i].to;
        source->buffer = malloc(RUN_BUFFER * sizeof *source->buffer);
        good = source->buffer != NULL ? refill(spool, source) : no_memory(spool);
    }
    if (spool->count > 0) {
        merge->sources[merge->count++] =
            (row_source){.rows = spool->rows, .count = spool->count};
    }
    for (uint32_t i = merge->count; good && i-- > 0;) {
        sink(merge, i);
    }
    return good;
}

bool sotto_spool_drain(sotto_spool *spool, uint32_t visit_gap_s, const uint32_t *numbers,
                       sotto_spool_fn visit_fn, void *context)
{
    if (spool->run_count > 0) { /* so that all of the memory is free for counting */
        if (spool->count > 0 && !put_aside(spool)) {
            return false;
        }
        free(spool->rows);
        spool->rows = NULL;
        spool->room = 0;
    } else if (!sort_rows(spool)) {
        return false;
    }
    uint32_t most = spool->run_count + 1;
    row_merge merge = {spool, calloc(most, sizeof *merge.sources), 0,
                       spool->by_time ? compare_timed : compare_untimed};
    visit_room room = {.events = malloc(SOTTO_VISIT_EVENTS * sizeof *room.events)};
    bool good = merge.sources != NULL && room.events != NULL ? open_sources(spool, &merge)
                                                             : no_memory(spool);
    good = good && drain(&merge, visit_gap_s, numbers, &room, visit_fn, context);
    for (uint32_t i = 0; merge.sources != NULL && i < most; i++) {
        free(merge.sources[i].buffer);
    }
    free(merge.sources);
    free(room.events);
    return good;
}

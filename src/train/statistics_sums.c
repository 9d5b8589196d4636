/*
 * statistics_sums.c - integers that add up, whatever order they come in
 *
 *     add ... add --full--> sort, add up --> run 1 --+
 *     add ... add --full--> sort, add up --> run 2 --+--> merge --> rows in order
 *     add ... add --------> sort, add up ------------+
 *     rows of other files, renumbered ---------------+
 *
 * A run is written as a statistics file writes its rows, and merging runs is the same as merging
 * files, so there is one way to do it.
 */
#include "train/statistics_sums.h"

#include <stdlib.h>
#include <string.h>

#define BUCKET_BITS 10u
#define KEY_BITS    61u
#define DIGIT       11u
#define PLACES      (1u << DIGIT)
#define FIRST_ROOM  4096u
#define RUN_BLOCK   32768u /* all runs are read at once */

/* ---- collecting ------------------------------------------------------------------------------ */

void sotto_sums_begin(sotto_sums *sums, size_t memory, uint32_t support, sotto_train_fault *fault)
{
    memset(sums, 0, sizeof *sums);
    sums->most = memory / (2 * sizeof *sums->meetings);
    sums->most = sums->most < FIRST_ROOM ? FIRST_ROOM : sums->most;
    sums->support = support;
    sums->fault = fault;
}

void sotto_sums_free(sotto_sums *sums)
{
    free(sums->meetings);
    free(sums->scratch);
    free(sums->runs);
    if (sums->aside != NULL) {
        fclose(sums->aside);
    }
    memset(sums, 0, sizeof *sums);
}

/* By key, least digit first, so that equal keys keep their order; digits all share are left out. */
static void sort_meetings(sotto_sums *sums)
{
    sotto_meeting *from = sums->meetings, *to = sums->scratch;
    if (sums->sorted || sums->count == 0) {
        return;
    }
    sums->sorted = true;
    for (unsigned shift = 0; shift < KEY_BITS; shift += DIGIT) {
        size_t starts[PLACES] = {0}, start = 0;
        for (size_t i = 0; i < sums->count; i++) {
            starts[from[i].key >> shift & (PLACES - 1)]++;
        }
        if (starts[from[0].key >> shift & (PLACES - 1)] == sums->count) {
            continue;
        }
        for (size_t place = 0; place < PLACES; place++) {
            size_t size = starts[place];
            starts[place] = start;
            start += size;
        }
        for (size_t i = 0; i < sums->count; i++) {
            to[starts[from[i].key >> shift & (PLACES - 1)]++] = from[i];
        }
        sotto_meeting *held = from;
        from = to;
        to = held;
    }
    sums->meetings = from;
    sums->scratch = to;
}

/* Adds a shopper to the row's, which stay in order. */
static void add_shopper(sotto_sum_row *row, uint16_t shopper, uint32_t support)
{
    uint32_t at = 0;
    if (row->shopper_count >= support) {
        return;
    }
    while (at < row->shopper_count && row->shoppers[at] < shopper) {
        at++;
    }
    if (at < row->shopper_count && row->shoppers[at] == shopper) {
        return;
    }
    memmove(row->shoppers + at + 1, row->shoppers + at,
            (row->shopper_count - at) * sizeof *row->shoppers);
    row->shoppers[at] = shopper;
    row->shopper_count++;
}

static void add_sum(sotto_sum_row *row, uint16_t bucket, uint64_t sum)
{
    if (row->count == 0 || row->buckets[row->count - 1] != bucket) {
        row->buckets[row->count] = bucket;
        row->sums[row->count++] = 0;
    }
    uint64_t *to = &row->sums[row->count - 1];
    *to = *to > UINT64_MAX - sum ? UINT64_MAX : *to + sum;
}

static void begin_row(sotto_sum_row *row, uint64_t key)
{
    row->key = key;
    row->count = 0;
    row->shopper_count = 0;
}

/* The row at position `at` of the sorted meetings. Returns where the next one begins. */
static size_t row_of_meetings(const sotto_sums *sums, size_t at, sotto_sum_row *row)
{
    begin_row(row, sums->meetings[at].key >> BUCKET_BITS);
    bool supported = sotto_sum_has_support(row->key);
    for (; at < sums->count && sums->meetings[at].key >> BUCKET_BITS == row->key; at++) {
        const sotto_meeting *meeting = &sums->meetings[at];
        add_sum(row, (uint16_t)(meeting->key & (SOTTO_SUM_BUCKETS - 1)), meeting->count);
        if (supported) {
            add_shopper(row, meeting->shopper, sums->support);
        }
    }
    return at;
}

static bool out_of_memory(sotto_train_fault *fault)
{
    return sotto_fault_set(fault, "not enough memory for the sums");
}

static bool put_rows(sotto_sums *sums, sotto_sum_row_fn row_fn, void *context)
{
    sotto_sum_row *row = malloc(sizeof *row);
    bool good = row != NULL || out_of_memory(sums->fault);
    for (size_t at = 0; good && at < sums->count;) {
        at = row_of_meetings(sums, at, row);
        good = row_fn(context, row, sums->fault);
    }
    free(row);
    return good;
}

static bool put_aside(sotto_sums *sums)
{
    uint64_t *runs = realloc(sums->runs, (sums->run_count + 1) * sizeof *runs);
    if (runs == NULL) {
        return out_of_memory(sums->fault);
    }
    sums->runs = runs;
    if (sums->aside == NULL) {
        sums->aside = sotto_temp_file(sums->fault);
        if (sums->aside == NULL) {
            return false;
        }
    }
    runs[sums->run_count++] = (uint64_t)ftello(sums->aside);
    sotto_sum_writer writer;
    sotto_sum_writer_begin(&writer, sums->aside, sums->support);
    writer.blocks.full = RUN_BLOCK;
    sort_meetings(sums);
    bool good = put_rows(sums, sotto_sum_writer_put, &writer);
    sums->count = 0;
    if (!sotto_blocks_end(&writer.blocks)) {
        return good && sotto_fault_set(sums->fault, "the sums cannot be put aside: disk full?");
    }
    return good;
}

static bool grow(sotto_sums *sums)
{
    size_t room = sums->room == 0 ? FIRST_ROOM : sums->room * 2;
    room = room > sums->most ? sums->most : room;
    sotto_meeting *meetings = realloc(sums->meetings, room * sizeof *meetings);
    if (meetings == NULL) {
        return out_of_memory(sums->fault);
    }
    sums->meetings = meetings;
    free(sums->scratch);
    sums->scratch = malloc(room * sizeof *sums->scratch);
    if (sums->scratch == NULL) {
        return out_of_memory(sums->fault);
    }
    sums->room = room;
    return true;
}

bool sotto_sums_add(sotto_sums *sums, uint64_t row_key, uint32_t bucket, uint32_t count,
                    uint64_t shopper)
{
    if (sums->count == sums->room
        && !(sums->room < sums->most ? grow(sums) : put_aside(sums))) {
        return false;
    }
    sums->sorted = false;
    sums->meetings[sums->count++] =
        (sotto_meeting){row_key << BUCKET_BITS | bucket, count, (uint16_t)(shopper >> 48)};
    return true;
}

/* ---- merging --------------------------------------------------------------------------------- */

/* Adds the sums of `more` to those of `row`, both by bucket ascending. `room` is scratch. */
static void add_row(sotto_sum_row *row, const sotto_sum_row *more, uint32_t support,
                    sotto_sum_row *room)
{
    uint32_t i = 0, k = 0;
    room->count = 0;
    while (i < row->count || k < more->count) {
        bool own = k == more->count || (i < row->count && row->buckets[i] <= more->buckets[k]);
        add_sum(room, own ? row->buckets[i] : more->buckets[k], own ? row->sums[i] : more->sums[k]);
        i += own ? 1 : 0;
        k += own ? 0 : 1;
    }
    memcpy(row->buckets, room->buckets, room->count * sizeof *room->buckets);
    memcpy(row->sums, room->sums, room->count * sizeof *room->sums);
    row->count = room->count;
    if (more->shopper_count >= support) {
        row->shopper_count = support;
    }
    for (uint32_t s = 0; s < more->shopper_count && row->shopper_count < support; s++) {
        add_shopper(row, more->shoppers[s], support);
    }
}

static void copy_row(sotto_sum_row *to, const sotto_sum_row *from)
{
    to->key = from->key;
    to->count = from->count;
    to->shopper_count = from->shopper_count;
    memcpy(to->buckets, from->buckets, from->count * sizeof *to->buckets);
    memcpy(to->sums, from->sums, from->count * sizeof *to->sums);
    memcpy(to->shoppers, from->shoppers, sizeof to->shoppers);
}

/* A heap of readers, the one with the lowest key on top. */
static void sink(sotto_sum_reader **heap, uint32_t count, uint32_t at)
{
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= count) {
            return;
        }
        if (child + 1 < count && heap[child + 1]->row.key < heap[child]->row.key) {
            child++;
        }
        if (heap[at]->row.key <= heap[child]->row.key) {
            return;
        }
        sotto_sum_reader *held = heap[at];
        heap[at] = heap[child];
        heap[child] = held;
        at = child;
    }
}

/* Moves the top of the heap to its next row. */
static bool advance(sotto_sum_reader **heap, uint32_t *count)
{
    if (!sotto_sum_reader_next(heap[0])) {
        return false;
    }
    if (!heap[0]->has_row) {
        heap[0] = heap[--*count];
    }
    sink(heap, *count, 0);
    return true;
}

static bool merge_heap(sotto_sum_reader **heap, uint32_t count, uint32_t support,
                       sotto_sum_row rows[2], sotto_sum_row_fn row_fn, void *context,
                       sotto_train_fault *fault)
{
    for (uint32_t i = count; i-- > 0;) {
        sink(heap, count, i);
    }
    while (count > 0) {
        copy_row(&rows[0], &heap[0]->row);
        if (!advance(heap, &count)) {
            return false;
        }
        while (count > 0 && heap[0]->row.key == rows[0].key) {
            add_row(&rows[0], &heap[0]->row, support, &rows[1]);
            if (!advance(heap, &count)) {
                return false;
            }
        }
        if (!row_fn(context, &rows[0], fault)) {
            return false;
        }
    }
    return true;
}

/* Readers of all that was put aside, behind the others in `heap`. */
static bool open_runs(const sotto_sums *sums, sotto_sum_reader *runs, sotto_sum_reader **heap,
                      uint32_t *count)
{
    for (uint32_t i = 0; i < sums->run_count; i++) {
        sotto_sum_reader_open(&runs[i], "temporary file", fileno(sums->aside), sums->runs[i],
                              sums->support, NULL, sums->fault);
        if (!sotto_sum_reader_next(&runs[i])) {
            return false;
        }
        if (runs[i].has_row) {
            heap[(*count)++] = &runs[i];
        }
    }
    return true;
}

bool sotto_sums_merge(sotto_sum_reader **readers, uint32_t reader_count, sotto_sums *sums,
                      uint32_t support, sotto_sum_row_fn row_fn, void *context,
                      sotto_train_fault *fault)
{
    if (reader_count == 0 && sums->run_count == 0) {
        sort_meetings(sums);
        return put_rows(sums, row_fn, context);
    }
    if (sums->count > 0 && !put_aside(sums)) {
        return false;
    }
    uint32_t run_count = sums->run_count, count = 0;
    sotto_sum_reader *runs = calloc((size_t)run_count + 1, sizeof *runs);
    sotto_sum_reader **heap = calloc((size_t)run_count + reader_count + 1, sizeof *heap);
    sotto_sum_row *rows = malloc(2 * sizeof *rows);
    bool good = (runs != NULL && heap != NULL && rows != NULL) || out_of_memory(fault);
    for (uint32_t i = 0; good && i < reader_count; i++) {
        good = sotto_sum_reader_next(readers[i]);
        if (good && readers[i]->has_row) {
            heap[count++] = readers[i];
        }
    }
    good = good && open_runs(sums, runs, heap, &count)
           && merge_heap(heap, count, support, rows, row_fn, context, fault);
    for (uint32_t i = 0; runs != NULL && i < run_count; i++) {
        sotto_sum_reader_close(&runs[i]);
    }
    free(runs);
    free(heap);
    free(rows);
    return good;
}

/*
 * Statistics spool - rows in, visit by visit out
 *
 * Rows come as the logs have them; counting wants them shopper by shopper and in order of time.
 * What does not fit into memory is sorted and put aside into a temporary file, and all that was put
 * aside is merged in the end. Shoppers come out in order of their hashes.
 *
 * memory    What it is given, half of it for sorting.
 */
#ifndef SOTTO_TRAIN_STATISTICS_SPOOL_H
#define SOTTO_TRAIN_STATISTICS_SPOOL_H

#include "train/statistics_visits.h"

typedef struct sotto_spooled {
    uint64_t          shopper;
    sotto_visit_event event; /* without times, `time` is the row's number */
} sotto_spooled;

typedef struct sotto_spool {
    sotto_spooled     *rows;
    size_t             count, room, most;
    FILE              *aside;
    struct spool_run { uint64_t from, to; } *runs; /* byte offsets */
    uint32_t           run_count;
    bool               by_time;
    sotto_train_fault *fault;
} sotto_spool;

void sotto_spool_begin(sotto_spool *spool, bool by_time, size_t memory, sotto_train_fault *fault);
bool sotto_spool_add(sotto_spool *spool, const sotto_spooled *row);

/* Takes a visit; `events` is NULL for one that is too large to be kept. */
typedef bool (*sotto_spool_fn)(void *context, const sotto_visit *visit,
                               const sotto_visit_event *events);

/* Hands out all visits. `numbers` becomes the number of an item by that of its row. */
bool sotto_spool_drain(sotto_spool *spool, uint32_t visit_gap_s, const uint32_t *numbers,
                       sotto_spool_fn visit_fn, void *context);
void sotto_spool_free(sotto_spool *spool);

#endif

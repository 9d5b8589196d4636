/*
 * Statistics count - visits into sums, sample, open visits and bots
 *
 * What making and merging have in common: both come upon visits one by one and then write a file.
 */
#ifndef SOTTO_TRAIN_STATISTICS_COUNT_H
#define SOTTO_TRAIN_STATISTICS_COUNT_H

#include "train/statistics.h"

typedef struct sotto_counter {
    sotto_statistics   head; /* what the file will say; no sums, and its book is that of the file */
    bool               whole;
    sotto_sums         sums;
    sotto_cutter       cutter;
    uint32_t          *items, *bought; /* room for a visit's */
    uint32_t          *times;
    sotto_train_fault *fault;
} sotto_counter;

/* The head's rules, support, sample and coverage must be set; slices and cells follow. */
bool sotto_counter_begin(sotto_counter *counter, size_t memory, bool whole,
                         sotto_train_fault *fault);

/* Settles a visit: a bot's is noted, one near to a silence kept open, any other counted. */
bool sotto_counter_settle(sotto_counter *counter, const sotto_visit *visit,
                          const sotto_visit_event *events);

/* Writes the file: the counter's sums with those of the readers, and all else. */
bool sotto_counter_write(sotto_counter *counter, const uint32_t *order, sotto_sum_reader **readers,
                         uint32_t reader_count, FILE *file);

/* Frees the counter and the head. */
void sotto_counter_end(sotto_counter *counter);

/* Takes the visits of lowest hashes that fit into the sample, and sets its limit. */
bool sotto_sample_trim(sotto_statistics *head);

#endif

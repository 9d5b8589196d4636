/*
 * Statistics - all that the logs said, in one file small enough to keep
 *
 * Sums of integers for each item and for each pair of items, and whole visits of a sample of
 * shoppers. docs/STATISTICS.md has the bytes. A model is made from the file alone; two files merge
 * into the file that reading all of their logs at once would have written, byte for byte:
 *
 *     cut by shopper                 any parts, merged in any order
 *     cut by time, anywhere          any parts, in any order if each covers six hours or more;
 *                                    shorter ones oldest first
 *     files, or rows within a file   in any order, if they are read in one run
 *     logs without times             parts are appended, in the order they are named
 *
 * What is cut otherwise (half of a shopper's rows of one hour here, the other half there) merges as
 * well, but visits that were counted apart stay apart.
 *
 * memory    What the options say for counting and merging; once opened: items, the sample.
 * lifetime  Owns all it holds.
 * trust     A file may hold anything until it is opened; its sums are checked as they are read.
 */
#ifndef SOTTO_TRAIN_STATISTICS_H
#define SOTTO_TRAIN_STATISTICS_H

#include "train/sequences.h"
#include "train/statistics_items.h"
#include "train/statistics_sums.h"
#include "train/statistics_time.h"
#include "train/statistics_visits.h"

#define SOTTO_SAMPLE_DEFAULT 2000000u
#define SOTTO_MEMORY_DEFAULT ((size_t)1 << 30)
#define SOTTO_MEMORY_LEAST   ((size_t)1 << 20)

/* How logs are counted. Files merge only if the first three are the same. */
typedef struct sotto_statistics_options {
    uint32_t session_gap_s;
    uint32_t bot_clicks, bot_per_minute; /* 0: no such rule */
    uint32_t support;       /* distinct shoppers of a pair are told apart up to here */
    uint64_t sample_events; /* of the sampled shoppers, at most */
    size_t   memory;        /* bytes, about */
} sotto_statistics_options;

/* Visits of bots that were left out, and one of them. */
typedef struct sotto_bot_count {
    uint64_t    visits, events;
    sotto_visit example; /* bare */
} sotto_bot_count;

typedef struct sotto_statistics {
    sotto_visit_rules rules;
    uint32_t          support;
    uint64_t          sample_events;
    uint64_t          sample_limit; /* shoppers with lower hashes are in the sample */
    uint64_t          kind_counts[3];
    uint32_t          first, last;  /* time, or number, of the first and the last row */
    sotto_coverage    coverage;
    sotto_slicing     slices, cells;
    sotto_bot_count   bots[SOTTO_BOT_RULES];
    sotto_book        book;   /* items in order of their numbers */
    sotto_visits      sample; /* by shopper and time */
    sotto_visits      open;   /* not counted yet, by shopper and time */
    FILE             *file;
    char             *name;
    uint64_t          sums_offset;
} sotto_statistics;

/* Opens a file and reads everything but the sums. To be closed in any case. */
bool sotto_statistics_open(sotto_statistics *statistics, const char *path,
                           sotto_train_fault *fault);
/* The same of a file that is open; it is closed with the statistics. */
bool sotto_statistics_open_file(sotto_statistics *statistics, FILE *file, const char *name,
                                sotto_train_fault *fault);
void sotto_statistics_close(sotto_statistics *statistics);

/* Hands out all rows of sums, numbered and sliced as in the file. */
bool sotto_statistics_sums(const sotto_statistics *statistics, sotto_sum_row_fn row_fn,
                           void *context, sotto_train_fault *fault);

/* ---- making ---------------------------------------------------------------------------------- */

typedef struct sotto_statistics_maker sotto_statistics_maker;

/* `by_time`: every row will have a time. NULL, with the fault set, without memory. */
sotto_statistics_maker *sotto_statistics_begin(const sotto_statistics_options *options,
                                               bool by_time, sotto_train_fault *fault);

/* A sotto_log_row_fn; the context is the maker. */
bool sotto_statistics_add(void *maker, const sotto_log_row *row, sotto_train_fault *fault);

/*
 * Writes the file. With `whole` nothing is left open: the logs are taken for all there are. Ends
 * the maker in any case.
 */
bool sotto_statistics_finish(sotto_statistics_maker *maker, bool whole, FILE *file,
                             sotto_train_fault *fault);

/* Ends the maker without writing anything. */
void sotto_statistics_abandon(sotto_statistics_maker *maker);

/* ---- merging --------------------------------------------------------------------------------- */

/* Writes the file that reading the logs of all parts at once would have written. */
bool sotto_statistics_merge(const char *const *paths, size_t path_count, size_t memory, bool whole,
                            FILE *file, sotto_train_fault *fault);

/* The same of statistics that are open. */
bool sotto_statistics_join(sotto_statistics *const *parts, size_t part_count, size_t memory,
                           bool whole, FILE *file, sotto_train_fault *fault);

#endif

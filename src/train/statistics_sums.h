/*
 * Statistics sums - integers that add up, whatever order they come in
 *
 * Everything that is counted is a sum with a key of four numbers:
 *
 *     relation (3 bits)   low (24)   high (24)   bucket (10)
 *
 * and the sums of one relation, low and high are a row. Where two items meet, low and high are
 * these items, the lower number first, and the bucket says which came first, how far apart and
 * when. Beside its sums such a row keeps who stands behind it: up to K - 1 shoppers by 16 bits of
 * their hash; from K on only that there are enough. That answers "are there at least n?" for n up
 * to K, exactly but for one pair in some thousands that two shoppers with equal bits make poorer by
 * one, and the answer for parts of the logs adds up to the answer for all of them.
 *
 * memory    What sotto_sums_begin is given: when full, it is sorted, added up and put aside into a
 *           temporary file, and what was put aside is merged in the end.
 */
#ifndef SOTTO_TRAIN_STATISTICS_SUMS_H
#define SOTTO_TRAIN_STATISTICS_SUMS_H

#include "train/statistics_blocks.h"

#define SOTTO_SUPPORT_MOST    64u /* K at most */
#define SOTTO_SUPPORT_DEFAULT 8u

typedef enum sotto_sum_relation {
    SOTTO_SUM_TOTALS,  /* low 0, high a series, bucket a cell of time */
    SOTTO_SUM_ITEMS,   /* low an item, high a series, bucket a cell of time */
    SOTTO_SUM_VIEWS,   /* pairs in sessions of views */
    SOTTO_SUM_OTHERS,  /* pairs in sessions without a view */
    SOTTO_SUM_BASKETS, /* pairs bought together */
    SOTTO_SUM_CARTS,   /* pairs in one cart */
    SOTTO_SUM_BOUGHT,  /* pairs of one viewed and one bought then; low and high may be one item */
    SOTTO_SUM_RELATIONS
} sotto_sum_relation;

/* What is counted of an item, or of all. */
typedef enum sotto_sum_series {
    SOTTO_SUM_VIEW_EVENTS,
    SOTTO_SUM_VIEW_SESSIONS,
    SOTTO_SUM_OTHER_EVENTS,
    SOTTO_SUM_OTHER_SESSIONS,
    SOTTO_SUM_IN_BASKETS,
    SOTTO_SUM_IN_CARTS,
    SOTTO_SUM_LARGE_BASKETS,
    SOTTO_SUM_SERIES
} sotto_sum_series;

#define SOTTO_SUM_BUCKETS 1024u
#define SOTTO_SUM_CELLS   512u
#define SOTTO_SUM_SLICES  32u

/* A pair's bucket: turned (1 bit; the higher item came first), distance (3), slice (5). */
#define SOTTO_SUM_TURNED         256u
#define SOTTO_SUM_DISTANCE_SHIFT 5u

static inline uint64_t sotto_sum_row_key(sotto_sum_relation relation, uint32_t low, uint32_t high)
{
    return (uint64_t)relation << 48 | (uint64_t)low << 24 | high;
}

static inline sotto_sum_relation sotto_sum_relation_of(uint64_t row_key)
{
    return (sotto_sum_relation)(row_key >> 48);
}

static inline uint32_t sotto_sum_low(uint64_t row_key)
{
    return (uint32_t)(row_key >> 24) & 0xffffff;
}

static inline uint32_t sotto_sum_high(uint64_t row_key)
{
    return (uint32_t)row_key & 0xffffff;
}

static inline bool sotto_sum_has_support(uint64_t row_key)
{
    return row_key >> 48 >= SOTTO_SUM_VIEWS;
}

typedef struct sotto_sum_row {
    uint64_t key;
    uint32_t count;                      /* sums, by bucket ascending */
    uint16_t buckets[SOTTO_SUM_BUCKETS];
    uint64_t sums[SOTTO_SUM_BUCKETS];
    uint32_t shopper_count;              /* K: so many or more, and no hashes */
    uint16_t shoppers[SOTTO_SUPPORT_MOST]; /* ascending */
} sotto_sum_row;

/*
 * Takes a row; rows come in order of their keys, each key once. False, with the fault set, stops.
 */
typedef bool (*sotto_sum_row_fn)(void *context, const sotto_sum_row *row,
                                 sotto_train_fault *fault);

/* ---- collecting ------------------------------------------------------------------------------ */

typedef struct sotto_meeting {
    uint64_t key; /* row key << 10 | bucket */
    uint32_t count;
    uint16_t shopper;
} sotto_meeting;

typedef struct sotto_sums {
    sotto_meeting     *meetings, *scratch;
    size_t             count, room, most; /* `most`: then they are put aside */
    FILE              *aside;
    uint64_t          *runs; /* offsets in it */
    uint32_t           run_count, support;
    bool               sorted;
    sotto_train_fault *fault;
} sotto_sums;

/* `memory` in bytes, at least a few megabytes; `support` is K. */
void sotto_sums_begin(sotto_sums *sums, size_t memory, uint32_t support, sotto_train_fault *fault);
bool sotto_sums_add(sotto_sums *sums, uint64_t row_key, uint32_t bucket, uint32_t count,
                    uint64_t shopper);

/* ---- rows in files --------------------------------------------------------------------------- */

#define SOTTO_SUM_COLUMNS 5u

/* `row_fn` of a writer that was begun with SOTTO_SUM_COLUMNS columns. */
typedef struct sotto_sum_writer {
    sotto_block_writer blocks;
    uint64_t           last_key;
    uint32_t           support;
} sotto_sum_writer;

void sotto_sum_writer_begin(sotto_sum_writer *writer, FILE *file, uint32_t support);
bool sotto_sum_writer_put(void *writer, const sotto_sum_row *row, sotto_train_fault *fault);

/* How the rows of one file are to be read as rows of another. */
typedef struct sotto_sum_map {
    const uint32_t *items; /* new number by old, ascending; NULL: as they are */
    uint32_t        item_count;
    /* A slice or cell becomes ((number + first) >> shift) + offset. */
    struct {
        uint64_t first;
        unsigned shift;
        int64_t  offset;
        uint32_t count; /* how many there may be */
    } slices, cells;
    uint32_t support; /* K of the result, at most that of the file */
} sotto_sum_map;

typedef struct sotto_sum_reader {
    sotto_block_reader blocks;
    sotto_sum_map      map;
    uint32_t           support; /* K of the file */
    uint64_t           last_key;
    bool               has_row, in_block;
    sotto_sum_row      row; /* mapped */
} sotto_sum_reader;

void sotto_sum_reader_open(sotto_sum_reader *reader, const char *name, int file, uint64_t offset,
                           uint32_t support, const sotto_sum_map *map, sotto_train_fault *fault);
/* Goes to the next row; `has_row` tells whether there is one. Hostile rows are refused. */
bool sotto_sum_reader_next(sotto_sum_reader *reader);
void sotto_sum_reader_close(sotto_sum_reader *reader);

/*
 * Hands out the rows of all readers (opened, each before its first row) and of `sums` (as often as
 * is asked), added up and in order.
 */
bool sotto_sums_merge(sotto_sum_reader **readers, uint32_t reader_count, sotto_sums *sums,
                      uint32_t support, sotto_sum_row_fn row_fn, void *context,
                      sotto_train_fault *fault);

void sotto_sums_free(sotto_sums *sums);

#endif

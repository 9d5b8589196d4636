/*
 * Statistics time - which times the logs cover, and how time is sliced
 *
 * Time is counted in units of 675 seconds since 1970, 128 a day. A unit is covered if any row falls
 * into it. What follows from the set of covered units follows from the rows alone, in whatever
 * order they came and however they were cut:
 *
 *     slices   2^k units each, from multiples of 2^k on, k the least with at most 32 of them
 *     cells    sixteenths of a slice: at most 512
 *     silence  so many units without a row that other logs may belong there; also all before the
 *              first and all behind the last
 *
 * Slices of 2^k become slices of 2^(k+1) by adding up neighbours, so the sums of any two files can
 * be brought to the same slices exactly.
 *
 * A visit that is near to a silence may go on in other logs. It is kept as it is and not counted:
 * open. A visit that is not near cannot change by whatever falls into silences.
 *
 * Logs without times are counted in rows instead: unit n is row n, all rows are covered, nothing is
 * silent.
 *
 * memory    A bit for each unit covered, 800 KB for a hundred years.
 */
#ifndef SOTTO_TRAIN_STATISTICS_TIME_H
#define SOTTO_TRAIN_STATISTICS_TIME_H

#include "train/statistics_blocks.h"

#define SOTTO_UNIT_S        675u
/* So many units without a row, wherever six hours begin and end. */
#define SOTTO_SILENCE_UNITS 31u

typedef struct sotto_coverage {
    bool     by_time;
    uint32_t first, last;  /* units; first > last: nothing is covered */
    uint8_t *covered;      /* a bit a unit, from `base` on; NULL without times */
    uint8_t *near;         /* the same: near to a silence; made by sotto_coverage_close */
    uint32_t base, room;   /* units */
} sotto_coverage;

void sotto_coverage_begin(sotto_coverage *coverage, bool by_time);
bool sotto_coverage_add(sotto_coverage *coverage, uint32_t unit);
/* All units of another one. */
bool sotto_coverage_join(sotto_coverage *coverage, const sotto_coverage *other);
/* Finds what is near to a silence, where visits end after a pause of `visit_gap_s`. */
bool sotto_coverage_close(sotto_coverage *coverage, uint32_t visit_gap_s);
/* Whether what reaches from one time to the other is near to a silence. */
bool sotto_coverage_is_near(const sotto_coverage *coverage, uint32_t from_s, uint32_t to_s);
void sotto_coverage_free(sotto_coverage *coverage);

/* Lengths of stretches, covered and not in turns, from `first` to `last`. */
void sotto_coverage_write(const sotto_coverage *coverage, sotto_block_writer *writer,
                          uint32_t column);
bool sotto_coverage_read(sotto_coverage *coverage, bool by_time, sotto_block_reader *reader,
                         uint32_t column);

/* 2^shift units each, counted from number `first` (of the units divided so). */
typedef struct sotto_slicing {
    unsigned shift;
    uint32_t first, count;
} sotto_slicing;

sotto_slicing sotto_slices_of(const sotto_coverage *coverage);
sotto_slicing sotto_cells_of(const sotto_coverage *coverage);

static inline uint32_t sotto_unit_of(const sotto_coverage *coverage, uint32_t time)
{
    return coverage->by_time ? time / SOTTO_UNIT_S : time;
}

static inline uint32_t sotto_slice_of(const sotto_slicing *slicing, uint32_t unit)
{
    return (unit >> slicing->shift) - slicing->first;
}

#endif

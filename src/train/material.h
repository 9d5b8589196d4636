/*
 * Material - what a model is built from
 *
 * Sums over all logs, and whole sessions and baskets of a sample of shoppers. Where the sample
 * holds everybody there is no difference between the two. Everything here comes from the statistics
 * file alone; an evaluation, which has its sessions in memory, leaves `statistics` NULL and gets
 * the same answers counted from them.
 *
 * The newest slices of time that hold at least SOTTO_TAIL_SHARE of all sessions are the tail: what
 * is tuned is tuned on sessions of the tail with sums of what is older, then everything is counted.
 *
 * memory    Pairs, series: as much as their struct says; the material itself only points.
 */
#ifndef SOTTO_TRAIN_MATERIAL_H
#define SOTTO_TRAIN_MATERIAL_H

#include "train/pairs.h"
#include "train/statistics.h"

#define SOTTO_TAIL_SHARE 0.08
#define SOTTO_TAIL_MOST  0.60 /* a coarser tail leaves too little to count: nothing is tuned */

typedef struct sotto_material {
    const sotto_intern     *items;
    const sotto_sequences  *sessions;   /* of sampled shoppers, oldest first */
    const sotto_sequences  *baskets;    /* of the same shoppers, oldest first; may be NULL */
    const sotto_statistics *statistics; /* whole; NULL: sessions and baskets are all there is */
    const uint32_t         *starts_at;  /* with statistics: by session, when it began */
} sotto_material;

typedef enum sotto_span {
    SOTTO_SPAN_ALL,
    SOTTO_SPAN_OLDER /* without the tail */
} sotto_span;

typedef enum sotto_pairing {
    SOTTO_PAIRS_NEXT,         /* sessions: both directions, by distance */
    SOTTO_PAIRS_TOGETHER,     /* baskets: distance 0 */
    SOTTO_PAIRS_VIEWED_BOUGHT /* row: what was viewed; other: what the same shopper then bought in
                                 the same visit; distance 0; counts: baskets with the item */
} sotto_pairing;

/* The first session of the tail; the number of sessions where there is nothing to tune on. */
uint32_t sotto_material_tail(const sotto_material *material);

/*
 * Pairs of distinct shoppers enough. A pair that is left out for want of them is counted in
 * pairs->unsupported. Viewed-then-bought is empty without statistics. False without memory or, with
 * the fault set, for a damaged file.
 */
bool sotto_material_pairs(const sotto_material *material, sotto_pairing pairing, sotto_span span,
                          uint32_t min_shoppers, sotto_pairs *pairs, sotto_train_fault *fault);

/* How often, item by item and by time. */
typedef enum sotto_series_kind {
    SOTTO_SERIES_EVENTS,   /* events in sessions */
    SOTTO_SERIES_SESSIONS, /* sessions it is in */
    SOTTO_SERIES_BASKETS   /* baskets it is in */
} sotto_series_kind;

/*
 * Time in up to 512 cells of equal width; sparse, by item. Without times a cell is a stretch of the
 * logs. `now` and `first` are the ends of what the logs cover, in seconds, or in rows without
 * times.
 */
typedef struct sotto_series {
    uint32_t  item_count, cell_count;
    size_t   *starts; /* item_count + 1 positions in cells and counts */
    uint16_t *cells;  /* ascending within an item */
    uint32_t *counts;
    uint64_t *totals; /* by cell: of events, sessions or baskets, whatever is in them */
    uint64_t  cell_start, cell_width; /* cell c is [cell_start + c * cell_width, ... ) */
    uint64_t  first, now;
    bool      by_time;
} sotto_series;

bool sotto_material_series(const sotto_material *material, sotto_series_kind kind, sotto_span span,
                           sotto_series *series, sotto_train_fault *fault);
void sotto_series_free(sotto_series *series);

/* The sums of each item over all cells: the caller's to free. NULL without memory. */
uint32_t *sotto_series_sums(const sotto_series *series);

#endif

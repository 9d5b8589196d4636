/*
 * Pairs - how often two items were met together, and how
 *
 * Integer sums, one for each (item, other item, bucket). A bucket says in which direction, how far
 * apart and how long ago. Sums of parts of the logs add up to the sums of all of them, and every
 * recipe for links is computed from them without the logs.
 *
 * memory    8 bytes for each sum; counting itself is bounded (statistics_sums.h).
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_PAIRS_H
#define SOTTO_TRAIN_PAIRS_H

#include "train/sequences.h"
#include "train/statistics_sums.h"

/*
 * A bucket has eight bits:   direction (1)   distance (3)   slice (4)
 *
 * direction  0: the other item came after this one, 1: before
 * distance   0 to 7: 1, 2, 3, 4, 5-6, 7-9, 10-14, 15-19 events apart
 * slice      0 to 15: sixteenths of the sequences, 15 the latest (of a statistics file: its slices
 *            of time, each put where its middle lies)
 */
#define SOTTO_PAIR_BEFORE    128u
#define SOTTO_PAIR_SLICES    16u
#define SOTTO_PAIR_DISTANCES 8u
#define SOTTO_PAIR_REACH     19u /* events; farther apart says little */

typedef struct sotto_pair {
    uint32_t key; /* other item << 8 | bucket */
    uint32_t count;
} sotto_pair;

typedef struct sotto_pairs {
    uint32_t    item_count;
    size_t     *starts; /* item_count + 1 positions in pairs; a row is sorted by key */
    sotto_pair *pairs;
    size_t      room;
    uint32_t   *counts;         /* by item and slice: how often it was met itself */
    uint64_t    unsupported;    /* pairs of items left out for want of distinct shoppers */
    uint64_t    large_baskets;  /* baskets with more than SOTTO_BASKET_MAX items */
    uint32_t    sequence_count; /* that were counted */
} sotto_pairs;

#define SOTTO_BASKET_MAX                                                                           \
    256u /* items of a basket that are paired with each other: the first ones */

/*
 * Counts the pairs in sequences [first, last). Sessions: in both directions, up to SOTTO_PAIR_REACH
 * apart. Baskets: all pairs, once in each of the two rows, at distance 0. A pair of fewer than
 * `min_shoppers` distinct shoppers is left out. False without memory.
 */
bool sotto_pairs_of_sessions(const sotto_sequences *sessions, uint32_t first, uint32_t last,
                             uint32_t item_count, uint32_t min_shoppers, sotto_pairs *pairs);
bool sotto_pairs_of_baskets(const sotto_sequences *baskets, uint32_t first, uint32_t last,
                            uint32_t item_count, uint32_t min_shoppers, sotto_pairs *pairs);

void sotto_pairs_free(sotto_pairs *pairs);

/* Which rows of sums become pairs, and how. */
typedef struct sotto_pair_wish {
    bool     relations[SOTTO_SUM_RELATIONS]; /* added up if there is more than one */
    bool     directed;                       /* only from what came first; no item with itself */
    uint32_t min_shoppers;
    uint32_t least_count; /* of all its sums; 0: any */
    /* The sixteenth each slice goes to; SOTTO_PAIR_SLICES: nowhere. */
    uint8_t  slices[SOTTO_SUM_SLICES];
} sotto_pair_wish;

/* Hands out rows of sums, in order, as often as it is called. */
typedef bool (*sotto_pair_source)(void *source, sotto_sum_row_fn row_fn, void *context,
                                  sotto_train_fault *fault);

/* Fills pairs->starts, pairs and unsupported; item_count must be set, counts are the caller's. */
bool sotto_pairs_collect(sotto_pairs *pairs, const sotto_pair_wish *wish, sotto_pair_source source,
                         void *source_context, sotto_train_fault *fault);

/* The bucket of events so far apart, 1 to SOTTO_PAIR_REACH. */
uint32_t sotto_pair_distance_bucket(uint32_t distance);

/* How far apart the events of a distance bucket are, on average. */
double sotto_pair_distance(uint32_t bucket);

#endif

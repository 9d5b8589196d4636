/*
 * candidates.h - the items a decision has met, each with its score so far
 *
 * memory    About 90 KB of scratch, of which a decision touches what it needs: the slots it clears
 * and
 *           one entry for each item it meets. Nothing in it outlives the decision.
 * threads   One at a time.
 */
#ifndef SOTTO_RANKING_CANDIDATES_H
#define SOTTO_RANKING_CANDIDATES_H

#include "base/fixed.h"
#include "sotto.h"

enum {
    SOTTO_MAX_SOURCES = 32,
    SOTTO_RELATIONS_AT_ONCE = 2,   /* that a source has factors for */
    SOTTO_MAX_CANDIDATES = SOTTO_MAX_SOURCES * (SOTTO_RELATIONS_AT_ONCE * SOTTO_MAX_LINKS + 1),
    SOTTO_CANDIDATE_BITS = 13
};

#define SOTTO_NO_CANDIDATE UINT32_MAX

typedef struct sotto_candidate {
    uint32_t item;
    uint32_t score;                                  /* Q16, saturating */
} sotto_candidate;

typedef struct sotto_candidates {
    uint32_t        count;
    uint32_t        shift;                           /* 32 - log2 of the slots in use */
    sotto_candidate list[SOTTO_MAX_CANDIDATES];      /* in the order they were met */
    uint64_t        hashes[SOTTO_MAX_CANDIDATES];    /* of their ids; 0 until someone asks */
    uint16_t        heap[SOTTO_MAX_CANDIDATES];      /* topk.c: numbers in the list */
    uint32_t        heap_count;
    uint16_t        slots[1u << SOTTO_CANDIDATE_BITS];   /* number in the list + 1, 0 = free */
} sotto_candidates;

/* Empties the table and makes it wide enough for `most` items. */
void sotto_candidates_clear(sotto_candidates *candidates, uint32_t most);

/* The number of an item in the list, or SOTTO_NO_CANDIDATE. */
uint32_t sotto_candidates_find(const sotto_candidates *candidates, uint32_t item);

/* The hash of a candidate's id, computed once. */
uint64_t sotto_candidates_hash(sotto_candidates *candidates, const sotto_bundle *bundle,
                               uint32_t number);

/* The slot an item starts looking at: the top bits of a product with 2^32 / golden ratio. */
static inline uint32_t sotto_candidates_slot(const sotto_candidates *candidates, uint32_t item)
{
    return (item * 2654435769u) >> candidates->shift;
}

/* Adds points to an item, which becomes a candidate if it was none. */
static inline void sotto_candidates_add(sotto_candidates *candidates, uint32_t item,
                                        uint32_t points)
{
    uint32_t slot = sotto_candidates_slot(candidates, item);
    uint32_t number;
    while ((number = candidates->slots[slot]) != 0) {
        sotto_candidate *candidate = &candidates->list[number - 1];
        if (candidate->item == item) {
            candidate->score = sotto_q16_add(candidate->score, points);
            return;
        }
        slot = (slot + 1) & (UINT32_MAX >> candidates->shift);
    }
    SOTTO_ASSERT(candidates->count < SOTTO_MAX_CANDIDATES);
    number = candidates->count++;
    candidates->slots[slot] = (uint16_t)(number + 1);
    candidates->list[number] = (sotto_candidate){item, points};
    candidates->hashes[number] = 0;
}

#endif

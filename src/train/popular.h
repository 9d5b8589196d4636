/*
 * Popular - what is met often, and what is met more often than it used to be
 *
 * memory    A few numbers for each item.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_POPULAR_H
#define SOTTO_TRAIN_POPULAR_H

#include "train/material.h"

#define SOTTO_POPULAR_MAX  400u
#define SOTTO_TRENDING_MAX 200u

typedef struct sotto_popular {
    uint32_t *counts; /* by item: how often it was met */
    uint8_t  *codes;  /* POPU, FORMAT.md 3.2 */
    uint32_t *popular, *trending; /* items, best first */
    uint32_t  popular_count, trending_count;
    double    half_life; /* of the popular list: seconds, or sessions where there are no times */
} sotto_popular;

/* Of all the material says. False without memory or, with the fault set, for a damaged file. */
bool sotto_popular_of_material(const sotto_material *material, sotto_popular *popular,
                               sotto_train_fault *fault);

/* Of these sessions alone. `hashes` are those of the items' ids and break ties. */
bool sotto_popular_make(const sotto_sequences *sessions, uint32_t item_count,
                        const uint64_t *hashes, sotto_popular *popular);
void sotto_popular_free(sotto_popular *popular);

/* min(255, floor(8 * log2(1 + count))) */
uint8_t sotto_popularity_code(uint32_t count);

#endif

/*
 * Embedding - one direction in space for each item, and how training moves them
 *
 * memory    16 bytes for each item and dimension.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_EMBEDDING_H
#define SOTTO_TRAIN_EMBEDDING_H

#include "train/random.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct sotto_embedding {
    uint32_t  item_count, dimensions; /* dimensions: a multiple of SOTTO_LANES */
    float    *units;                  /* by item: length 1, what everybody reads */
    float    *raw;                    /* the same directions, as they are stepped */
    float    *means, *squares;        /* Adam's moments */
    uint32_t  touched_count, touched_room;
    uint32_t *touched; /* items with a gradient in this step */
    uint32_t *slots;   /* by item: its place in `touched`, if that says so too */
    float    *gradients;
} sotto_embedding;

/* Random directions. At most `touched_room` items get a gradient in one step. */
bool sotto_embedding_init(sotto_embedding *vectors, uint32_t item_count, uint32_t dimensions,
                        uint32_t touched_room, sotto_random *random);
void sotto_embedding_free(sotto_embedding *vectors);

static inline const float *sotto_embedding_of(const sotto_embedding *vectors, uint32_t item)
{
    return vectors->units + (size_t)item * vectors->dimensions;
}

/* Where to add the gradient of an item's unit vector; zeros at the first time in a step. */
float *sotto_embedding_gradient(sotto_embedding *vectors, uint32_t item);

/* Steps every item that has a gradient, and forgets the gradients. `step` counts from 1. */
void sotto_embedding_step(sotto_embedding *vectors, float rate, uint32_t step);

/* Forgets what only training needs; the units stay. */
void sotto_embedding_settle(sotto_embedding *vectors);

#endif

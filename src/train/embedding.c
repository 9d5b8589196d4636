/*
 * embedding.c - one direction in space for each item, and how training moves them
 *
 * Items are compared by the cosine, so a vector's length means nothing. Training steps `raw` and
 * everybody reads e = raw / |raw|; the gradient of e becomes that of raw by taking out what points
 * along e and dividing by the length:
 *
 *     d raw  =  (d e  -  (d e . e) e) / |raw|
 *
 * A step touches a few thousand of perhaps a million items. Adam is lazy: an item that has no
 * gradient keeps its moments as they are. `touched` and `slots` are a sparse set (Briggs and
 * Torczon 1993): a slot counts only if the place it names points back, so nothing is ever cleared.
 */
#include "train/embedding.h"

#include "train/lanes.h"

#include <stdlib.h>
#include <string.h>

#define START_SCALE 0.125f /* length about 1 at 64 dimensions */

static void refresh(sotto_embedding *vectors, uint32_t item)
{
    size_t at = (size_t)item * vectors->dimensions;
    memcpy(vectors->units + at, vectors->raw + at, vectors->dimensions * sizeof(float));
    sotto_lanes_unit(vectors->units + at, vectors->dimensions);
}

bool sotto_embedding_init(sotto_embedding *vectors, uint32_t item_count, uint32_t dimensions,
                        uint32_t touched_room, sotto_random *random)
{
    size_t numbers = (size_t)item_count * dimensions + 1;
    *vectors = (sotto_embedding){.item_count = item_count, .dimensions = dimensions,
                               .touched_room = touched_room};
    vectors->units = malloc(numbers * sizeof(float));
    vectors->raw = malloc(numbers * sizeof(float));
    vectors->means = calloc(numbers, sizeof(float));
    vectors->squares = calloc(numbers, sizeof(float));
    vectors->touched = malloc((touched_room + 1) * sizeof(uint32_t));
    vectors->slots = calloc((size_t)item_count + 1, sizeof(uint32_t));
    vectors->gradients = malloc(((size_t)touched_room * dimensions + 1) * sizeof(float));
    if (vectors->units == NULL || vectors->raw == NULL || vectors->means == NULL
        || vectors->squares == NULL || vectors->touched == NULL || vectors->slots == NULL
        || vectors->gradients == NULL) {
        sotto_embedding_free(vectors);
        return false;
    }
    for (size_t i = 0; i + 1 < numbers; i++) {
        vectors->raw[i] = START_SCALE * sotto_random_normal(random);
    }
    for (uint32_t item = 0; item < item_count; item++) {
        refresh(vectors, item);
    }
    return true;
}

void sotto_embedding_settle(sotto_embedding *vectors)
{
    free(vectors->raw);
    free(vectors->means);
    free(vectors->squares);
    free(vectors->touched);
    free(vectors->slots);
    free(vectors->gradients);
    vectors->raw = vectors->means = vectors->squares = vectors->gradients = NULL;
    vectors->touched = vectors->slots = NULL;
}

void sotto_embedding_free(sotto_embedding *vectors)
{
    sotto_embedding_settle(vectors);
    free(vectors->units);
    memset(vectors, 0, sizeof *vectors);
}

float *sotto_embedding_gradient(sotto_embedding *vectors, uint32_t item)
{
    uint32_t slot = vectors->slots[item];
    if (slot >= vectors->touched_count || vectors->touched[slot] != item) {
        slot = vectors->slots[item] = vectors->touched_count++;
        vectors->touched[slot] = item;
        memset(vectors->gradients + (size_t)slot * vectors->dimensions, 0,
               vectors->dimensions * sizeof(float));
    }
    return vectors->gradients + (size_t)slot * vectors->dimensions;
}

void sotto_embedding_step(sotto_embedding *vectors, float rate, uint32_t step)
{
    uint32_t dimensions = vectors->dimensions;
    for (uint32_t slot = 0; slot < vectors->touched_count; slot++) {
        size_t at = (size_t)vectors->touched[slot] * dimensions;
        float *gradient = vectors->gradients + (size_t)slot * dimensions;
        const float *unit = vectors->units + at;
        float *raw = vectors->raw + at;
        /* raw = |raw| * unit, so the length is their product. */
        float length = sotto_lanes_dot(raw, unit, dimensions) + 1e-12f;
        sotto_lanes_across(gradient, unit, length, dimensions);
        sotto_lanes_adam(raw, gradient, vectors->means + at, vectors->squares + at, dimensions,
                         rate, step);
        refresh(vectors, vectors->touched[slot]);
    }
    vectors->touched_count = 0;
}

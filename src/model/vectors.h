/*
 * vectors.h - items as points, and blocks of them (FORMAT.md 5a.1, 5a.2)
 *
 * memory    Views into the ranker's bytes.
 * trust     The sections may be hostile until opened; after that every item has a class, and a row
 *           of that class's size, or none if the class has no bits.
 */
#ifndef SOTTO_MODEL_VECTORS_H
#define SOTTO_MODEL_VECTORS_H

#include "format/reader.h"

enum {
    SOTTO_VECTOR_CLASSES = 5,
    SOTTO_VECTOR_MAX_DIMENSIONS = 128,
    SOTTO_VECTOR_MAX_BITS = 4,
    SOTTO_VECTOR_GROUP_BITS = 6,   /* ranks are kept for every 64th item */
    SOTTO_VECTOR_STEP_BITS = 20,
    SOTTO_VECTOR_MAX_VISITS = 1024
};

/* The items of one class: a matrix of codes. */
typedef struct sotto_vector_class_rows {
    uint32_t       least;          /* popularity code */
    uint32_t       bits;
    uint32_t       step;           /* Q20 */
    uint32_t       row_size;
    uint32_t       row_count;
    const uint8_t *rows;
} sotto_vector_class_rows;

typedef struct sotto_vectors {
    uint32_t                dimensions;              /* 0: there are no vectors */
    uint32_t                item_count;
    uint32_t                class_count;
    sotto_vector_class_rows classes[SOTTO_VECTOR_CLASSES];
    const uint8_t          *popularity;              /* the model's codes */
    const uint8_t          *ranks;                   /* u32: class_count - 1 for each 64 items */

    uint32_t                block_bits;
    uint32_t                block_count;             /* 0: there are no blocks */
    uint32_t                visit_count;             /* 0: a scan visits all */
    uint32_t                centroid_step;           /* Q20 */
    const int8_t           *centroids;
} sotto_vectors;

/* Where an item's row is. */
typedef struct sotto_vector_place {
    uint32_t class;
    uint32_t row;
} sotto_vector_place;

/* Reads a section of vectors for a model of `item_count` items with these popularity codes. */
void sotto_vectors_open(sotto_vectors *vectors, sotto_reader *reader, uint32_t item_count,
                        const uint8_t *popularity);

/* Reads a section of blocks for vectors that were read. */
void sotto_vector_blocks_open(sotto_vectors *vectors, sotto_reader *reader);

/* The class of an item, item < item_count. */
uint32_t sotto_vectors_class(const sotto_vectors *vectors, uint32_t item);

/* The class and row of an item, item < item_count. */
sotto_vector_place sotto_vectors_place(const sotto_vectors *vectors, uint32_t item);

/* How many items before this one (0 to item_count) are in a class. */
uint32_t sotto_vectors_rank(const sotto_vectors *vectors, uint32_t class, uint32_t item);

/* The item of a row: what sotto_vectors_place turns round. */
uint32_t sotto_vectors_item(const sotto_vectors *vectors, uint32_t class, uint32_t row);

/*
 * An item as whole numbers, one of which is the step that is returned, in Q20: its row, its block's
 * centroid if it has none, or zeros. As many are written as there are dimensions.
 */
uint32_t sotto_vectors_numbers(const sotto_vectors *vectors, uint32_t item, int16_t *numbers);

/* The same in Q14: an item's vector. */
void sotto_vectors_get(const sotto_vectors *vectors, uint32_t item, int16_t *vector);

#endif

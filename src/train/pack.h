/*
 * Pack - what was learned, as the bytes of a model part
 *
 * memory    While it works, a copy of all links.
 */
#ifndef SOTTO_TRAIN_PACK_H
#define SOTTO_TRAIN_PACK_H

#include "format/write.h"
#include "train/intern.h"
#include "train/popular.h"
#include "train/tune.h"

/* What was learned, with items numbered as the logs met them. */
typedef struct sotto_learned {
    const sotto_intern  *items;
    const sotto_links   *next, *together; /* NULL if there is none */
    const sotto_popular *popular;
    const sotto_recipe  *recipe;
    sotto_packing        packing;
    const uint32_t      *order; /* by index in the model: the item */
} sotto_learned;

typedef struct sotto_packed {
    sotto_bytes model;
    uint64_t    ids_size; /* of its `IDS ` section */
    uint64_t    next_links, together_links;
    uint32_t    longest_row;
} sotto_packed;

/*
 * Writes the model part. With a `budget` (bytes of all but the `IDS ` section; 0 for none) the
 * least useful links are left out until it fits: those of rare items, and the weakest of each.
 */
bool sotto_pack(const sotto_learned *learned, uint64_t budget, sotto_packed *packed,
                sotto_train_fault *fault);

/* Where a part's `IDS ` section lies, from its section table. False if it has none. */
bool sotto_part_find_ids(const sotto_bytes *part, size_t *offset, size_t *size);

#endif

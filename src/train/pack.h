/*
 * Pack - what was learned, as the bytes of a model part
 *
 * memory    While it works, a copy of all links and a byte for each coordinate of a vector.
 */
#ifndef SOTTO_TRAIN_PACK_H
#define SOTTO_TRAIN_PACK_H

#include "format/write.h"
#include "train/intern.h"
#include "train/lately.h"
#include "train/popular.h"
#include "train/quantise_reranker.h"
#include "train/quantise_trees.h"
#include "train/quantise_vectors.h"
#include "train/tune.h"

enum { SOTTO_TABLE_NEXT, SOTTO_TABLE_TOGETHER, SOTTO_TABLE_VIEWED_BOUGHT, SOTTO_LEARNED_TABLES };

/* How many candidates the re-ranker looks at, by where they come from. */
typedef struct sotto_candidate_counts {
    uint32_t by_vector, by_table, of_session;
} sotto_candidate_counts;

/* What was learned, with items numbered as the logs met them. */
typedef struct sotto_learned {
    const sotto_intern  *items;
    uint32_t             item_count; /* of the model: all items, or those met so far */
    const uint32_t      *order;      /* by index in the model: the item */
    const sotto_links   *tables[SOTTO_LEARNED_TABLES]; /* NULL if there is none */
    const sotto_popular *popular;
    const sotto_recipe  *recipe;
    sotto_packing        packing;

    const sotto_vector_model       *vectors; /* NULL: links only, and nothing of what follows */
    const sotto_lately             *lately;
    const sotto_quantised_reranker *reranker; /* NULL: candidates as they are found */
    const sotto_quantised_trees    *trees;    /* in place of the re-ranker; NULL: not */
    sotto_candidate_counts          candidates;
    const sotto_section_list       *more; /* sections made elsewhere; NULL for none */
} sotto_learned;

/* What the bytes are spent on. */
typedef struct sotto_budget {
    uint64_t bytes;        /* of all but the `IDS ` section; 0 = as many as it takes */
    double   vector_share; /* 0 to 1, of what is neither fixed nor `more` */
} sotto_budget;

typedef struct sotto_packed {
    sotto_bytes  model;
    uint64_t     ids_size; /* of its `IDS ` section */
    uint64_t     links[SOTTO_LEARNED_TABLES];
    uint64_t     link_size, vector_size, other_size; /* bytes: tables; `vect`; the rest but ids */
    uint32_t     longest_row;
    sotto_widths widths; /* class_count 0: no vectors */
    uint32_t     width_counts[SOTTO_VECTOR_CLASSES_MAX]; /* items of each class */
} sotto_packed;

/*
 * Writes the model part. Within a budget, popular items get wider vectors than rare ones, and the
 * least useful links are left out: those of rare items, and the weakest of each. Vectors that do
 * not fit at all are left out too.
 */
bool sotto_pack(const sotto_learned *learned, const sotto_budget *budget, sotto_packed *packed,
                sotto_train_fault *fault);

/* Where a part's `IDS ` section lies, from its section table. False if it has none. */
bool sotto_part_find_ids(const sotto_bytes *part, size_t *offset, size_t *size);

/* The size of all sections whose tags begin with these letters. */
uint64_t sotto_part_size_of(const sotto_bytes *part, const char *letters);

#endif

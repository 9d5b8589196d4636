/*
 * Gather lists - what the core would look at closely, for questions whose answer is known
 *
 * memory    The lists; while it works, 20 MB more.
 */
#ifndef SOTTO_TRAIN_GATHER_LISTS_H
#define SOTTO_TRAIN_GATHER_LISTS_H

#include "format/write.h"
#include "train/fit_reranker.h"
#include "train/quantise_reranker.h"
#include "train/sequences.h"

typedef struct sotto_list_source {
    const sotto_bytes     *model; /* as packed, with the ranker's sections */
    const uint32_t        *order; /* by index in the model: the item */
    uint32_t               item_count, all_items;
    const sotto_sequences *sessions;
    uint32_t               first, last; /* sequences to ask about */
    uint32_t               every;       /* ask every n-th question only */
    const char            *examples;    /* write them to this file as well; or NULL */
} sotto_list_source;

typedef struct sotto_gathered {
    sotto_lists   lists; /* one for each question, in order of time */
    sotto_scaling scaling;
    uint8_t      *table_ranks;  /* of the right answer, by links alone: 1 to 20, or 0 */
    uint8_t      *vector_ranks; /* by vectors alone */
    uint8_t      *final_ranks;  /* as the model is: by its re-ranker if it has one */
} sotto_gathered;

/* False with the fault set. */
bool sotto_gather_lists(const sotto_list_source *source, sotto_gathered *gathered,
                        sotto_train_fault *fault);
void sotto_gathered_free(sotto_gathered *gathered);

/* What the ranks of questions [first, last) are worth. */
sotto_metrics sotto_gathered_metrics(const uint8_t *ranks, uint32_t first, uint32_t last);

#endif

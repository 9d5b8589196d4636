/*
 * Span - what is learned of a stretch of time, all but vectors
 *
 * memory    12 bytes for each link, some for each item.
 * lifetime  Owns all it holds; the material must outlive it.
 */
#ifndef SOTTO_TRAIN_SPAN_H
#define SOTTO_TRAIN_SPAN_H

#include "train/material.h"
#include "train/pack.h"

typedef struct sotto_span_model {
    sotto_links   wide; /* twice as many next links as are published */
    sotto_links   tables[SOTTO_LEARNED_TABLES]; /* links NULL: there is none */
    sotto_popular popular;
    sotto_lately  lately;
    uint32_t     *order; /* by index: the item; only items that were met */
    uint32_t      item_count;
    uint32_t      session_count; /* sessions of the material in the span: the first ones */
    uint64_t      unsupported_pairs, large_baskets;
} sotto_span_model;

typedef void (*sotto_span_progress_fn)(void *context, const char *phase);

/* Counts, links, orders. False with the fault set. */
bool sotto_span_learn(const sotto_material *material, sotto_span span, uint32_t min_shoppers,
                      const sotto_recipe *recipe, const sotto_packing *packing,
                      sotto_span_progress_fn progress_fn, void *progress_context,
                      sotto_span_model *model, sotto_train_fault *fault);

/*
 * Makes the next links anew, of the wide ones, with this much locality (linking.h). What
 * sotto_span_learn leaves there are the strongest, wherever they lead. False without memory.
 */
bool sotto_span_localise(sotto_span_model *model, double locality, uint32_t max_links);

/* Forgets the wide links. */
void sotto_span_settle(sotto_span_model *model);
void sotto_span_free(sotto_span_model *model);

/* As the packer wants it; the caller adds vectors. */
sotto_learned sotto_span_learned(const sotto_span_model *model, const sotto_material *material,
                                 const sotto_recipe *recipe, const sotto_packing *packing);

#endif

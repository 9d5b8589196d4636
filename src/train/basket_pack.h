/*
 * Basket pack - what was counted of baskets, as sections of the ranker
 *
 * memory    While it works, a copy of the links.
 */
#ifndef SOTTO_TRAIN_BASKET_PACK_H
#define SOTTO_TRAIN_BASKET_PACK_H

#include "model/basket.h"
#include "train/basket_counts.h"
#include "train/fault.h"
#include "train/quantise_reranker.h"

/* Candidates that are not the shopper's own, of which popular ones stand in the section. */
#define SOTTO_BASKET_OTHERS  220u
#define SOTTO_BASKET_POPULAR_COUNT 120u

/*
 * Adds the sections. `order` has the item of each index; NULL for items as they are numbered.
 * Without a network, one that ranks by popularity.
 */
bool sotto_basket_pack(const sotto_basket_counts *counts, const uint32_t *order,
                       const sotto_quantised_reranker *network, sotto_section_list *list,
                       sotto_train_fault *fault);

/* Opens sections of such a list, to be asked before they are part of any file. */
bool sotto_basket_unpack(const sotto_section_list *list, uint32_t item_count,
                         sotto_basket_model *model, sotto_train_fault *fault);

#endif

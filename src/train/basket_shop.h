/*
 * Basket shop - the next basket, learned from a shop's own logs
 *
 * memory    12 bytes for each item in a basket, and what basket_learn.h needs.
 */
#ifndef SOTTO_TRAIN_BASKET_SHOP_H
#define SOTTO_TRAIN_BASKET_SHOP_H

#include "train/basket_learn.h"
#include "train/sequences.h"

typedef struct sotto_basket_summary {
    bool     published;    /* sections were added */
    uint32_t shoppers;     /* with two baskets or more */
    double   repeat_share; /* of what they bought last, how much they had bought before; percent */
    double   recall10;     /* percent of shoppers' last baskets, held back; 0 if not tried */
    double   popular_recall10; /* of the best sellers, for comparison */
    bool     timed;            /* items have a rhythm */
} sotto_basket_summary;

/*
 * Adds the sections of the next basket to `list`; nothing where shoppers hardly ever buy twice, or
 * where what is learned does no better than best sellers on shoppers held back. `order` gives by
 * index of the model, item_count of them, the item of the baskets, below number_count. `summary`
 * may be NULL. With a `budget` (bytes for all of the model but the ids; 0 for none) it takes a
 * third of that at most. False, with the fault set, without memory.
 */
bool sotto_basket_shop(const sotto_sequences *baskets, const uint32_t *order, uint32_t item_count,
                       uint32_t number_count, uint32_t min_shoppers, uint64_t budget,
                       sotto_section_list *list, sotto_basket_summary *summary,
                       sotto_train_fault *fault);

#endif

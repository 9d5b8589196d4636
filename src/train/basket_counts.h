/*
 * Basket counts - what the last baskets of shoppers say of items
 *
 * memory    About 30 bytes for each item and 8 for each link.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_BASKET_COUNTS_H
#define SOTTO_TRAIN_BASKET_COUNTS_H

#include "train/basket_log.h"
#include "train/linking.h"

#define SOTTO_BASKET_LINKS_MAX 16u

typedef struct sotto_basket_options {
    uint32_t max_links;    /* of an item, 1 to SOTTO_BASKET_LINKS_MAX */
    uint32_t min_shoppers; /* that a link, or an item's popularity, rests on */
} sotto_basket_options;

typedef struct sotto_basket_counts {
    uint32_t    item_count;
    uint32_t    shopper_count;
    double     *finals;  /* by item: shoppers with it in the last basket */
    double     *evers;   /* with it in a basket before */
    double     *lately;  /* the same, each counted by how lately */
    double     *lifts;   /* log2 of how much more often it is bought again than was expected */
    double     *rhythms; /* log2 of the typical seconds between purchases; 0 = not known */
    double     *spreads; /* its standard deviation */
    bool        timed;   /* some item has a rhythm */
    sotto_links links;
} sotto_basket_counts;

/* What a basket counts against the one after it, when it is asked how lately. */
#define SOTTO_BASKET_FADE 0.6

/* Counts those shoppers whose byte in `used` is not 0. False without memory. */
bool sotto_basket_count(const sotto_basket_log *log, const uint8_t *used,
                        const sotto_basket_options *options, sotto_basket_counts *counts);

void sotto_basket_counts_free(sotto_basket_counts *counts);

#endif

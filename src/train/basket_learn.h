/*
 * Basket learn - learning what comes into the next basket
 *
 * memory    About 60 bytes for each candidate of each shopper that is learned from, of which there
 *           are at most SOTTO_BASKET_LEARN_MAX.
 */
#ifndef SOTTO_TRAIN_BASKET_LEARN_H
#define SOTTO_TRAIN_BASKET_LEARN_H

#include "train/basket_pack.h"
#include "train/fit_reranker.h"

/* More shoppers are counted, but not asked what the network should say. */
#define SOTTO_BASKET_LEARN_MAX 16384u

typedef struct sotto_basket_learned {
    sotto_basket_counts      counts;
    sotto_quantised_reranker network;
    uint32_t                 lists; /* shoppers the network was fitted to */
} sotto_basket_learned;

/* 6 links, of one shopper and more. */
sotto_basket_options sotto_basket_defaults(void);

/*
 * Learns from the shoppers whose byte in `used` is not 0, of whom those with fewer than two baskets
 * say nothing. Deterministic. False, with the fault set, on failure: too few to learn from
 * included.
 */
bool sotto_basket_learn(const sotto_basket_log *log, const uint8_t *used,
                        const sotto_basket_options *options, sotto_basket_learned *learned,
                        sotto_train_fault *fault);

void sotto_basket_learned_free(sotto_basket_learned *learned);

/*
 * What the core is asked with: a shopper's baskets but for the last `skip`, the latest first, items
 * by their index (NULL: as they are numbered). Room is made as needed.
 */
typedef struct sotto_past_buffer {
    sotto_past_baskets past;
    uint32_t          *items, *starts, *times_s;
    size_t             item_room, basket_room;
} sotto_past_buffer;

bool sotto_past_fill(sotto_past_buffer *buffer, const sotto_basket_log *log, uint32_t shopper,
                     uint32_t skip, const uint32_t *index_of);
void sotto_past_free(sotto_past_buffer *buffer);

#endif

/*
 * next_basket.h - what a shopper will buy next, from the baskets before (RANKING.md section 11)
 *
 * memory    A sotto_basket_scratch, about 170 KB, that the caller lends.
 * trust     Arguments are trusted: the baskets hold items of the model, each once in a basket.
 */
#ifndef SOTTO_RANKING_NEXT_BASKET_H
#define SOTTO_RANKING_NEXT_BASKET_H

#include "model/ranker.h"
#include "ranking/candidates.h"
#include "ranking/network.h"

enum {
    SOTTO_BASKET_MAX_BASKETS = 128,                  /* of a shopper, the latest */
    SOTTO_BASKET_MAX_OWN = 512,                      /* distinct items in them */
    SOTTO_BASKET_MAX_SOURCES = 160,                  /* of those, whose links are followed */
    SOTTO_BASKET_MAX_LINKS = 16                      /* of each, the first */
};

/* What is known of an item that the shopper bought before. */
typedef struct sotto_own_item {
    uint32_t times;                                  /* baskets it was in */
    uint32_t gap;                                    /* baskets since: 0 if it was in the last */
    uint32_t oldest;                                 /* age of the first basket it was in */
    uint32_t recency;                                /* Q16 */
    uint32_t last_s, first_s;                        /* 0 if not known */
} sotto_own_item;

/*
 * How long an item lasts this shopper, log2 of seconds in Q8: the product's rhythm (0 if it is not
 * known) and their own together, which counts the more, the more often they bought it. 0 if neither
 * is known.
 */
int32_t sotto_own_interval(const sotto_own_item *own, int32_t rhythm);

/* What is the same for all candidates. */
typedef struct sotto_basket_shopper {
    uint32_t basket_count, item_total, own_count, last_size;
    uint64_t decay_sum, recency_sum;                 /* Q16 */
    uint32_t now_s;
    bool     timed;
    int32_t  features[SOTTO_BASKET_FEATURES];        /* those of the shopper, the others 0 */
} sotto_basket_shopper;

typedef struct sotto_basket_scratch {
    sotto_candidates     items;                      /* own items first, then all others met */
    sotto_own_item       own[SOTTO_BASKET_MAX_OWN];  /* by number */
    uint32_t             links[SOTTO_MAX_CANDIDATES], links_last[SOTTO_MAX_CANDIDATES];   /* Q24 */
    uint64_t             keys[SOTTO_MAX_CANDIDATES];
    sotto_basket_shopper shopper;
    sotto_network        network;
} sotto_basket_scratch;

/*
 * Finds the candidates: keys[0 .. count - 1] have their numbers, own items first. Returns count.
 * With `own_only` these are the own items alone.
 */
uint32_t sotto_basket_gather(sotto_basket_scratch *scratch, const sotto_basket_model *model,
                             const sotto_past_baskets *past, bool own_only);

/* The features of the number-th item met by the gathering before. */
void sotto_basket_features(const sotto_basket_scratch *scratch, const sotto_basket_model *model,
                           uint32_t number, int32_t features[SOTTO_BASKET_FEATURES]);

/* The ranking: the best `count` items, best first. Returns how many there are. */
uint32_t sotto_basket_rank(sotto_basket_scratch *scratch, const sotto_basket_model *model,
                           const sotto_past_baskets *past, uint32_t count, uint32_t *items);

#endif

/*
 * again.h - what a shopper will soon buy again (RANKING.md section 11.6)
 *
 * memory    A sotto_again_scratch, about 180 KB, that the caller lends.
 */
#ifndef SOTTO_RANKING_AGAIN_H
#define SOTTO_RANKING_AGAIN_H

#include "profile/shelf.h"
#include "ranking/next_basket.h"

enum { SOTTO_AGAIN_PURCHASES = SOTTO_PROFILE_EVENTS + SOTTO_PROFILE_PURCHASES };

/* One item, bought once. */
typedef struct sotto_again_purchase {
    uint32_t item;
    uint32_t time_s;
} sotto_again_purchase;

/* A profile's purchases as baskets: those of one visit together, the latest first. */
typedef struct sotto_again_baskets {
    uint32_t             count;                      /* of purchases */
    sotto_again_purchase purchases[SOTTO_AGAIN_PURCHASES];
    uint32_t             items[SOTTO_AGAIN_PURCHASES];
    uint32_t             starts[SOTTO_AGAIN_PURCHASES + 1];
    uint32_t             times_s[SOTTO_AGAIN_PURCHASES];
    sotto_past_baskets   past;
} sotto_again_baskets;

typedef struct sotto_again_scratch {
    sotto_basket_scratch basket;
    sotto_again_baskets  baskets;
} sotto_again_scratch;

/* Makes `baskets->past`: what the shopper bought of the bundle's items. */
void sotto_again_baskets_fill(sotto_again_baskets *baskets, const sotto_bundle *bundle,
                              const sotto_profile *profile, uint32_t now_s);

/*
 * Whether it is time: the item's rhythm and the shopper's own together say how long it lasts, and
 * how regular the rhythm is says how early is early enough.
 */
bool sotto_again_is_due(const sotto_own_item *own, uint32_t now_s, int32_t rhythm,
                        uint32_t spread);

/* Fills the buy-again entries of a shelf that has none. */
void sotto_again_shelve(sotto_shelf *shelf, sotto_again_scratch *scratch,
                        const sotto_bundle *bundle, const sotto_profile *profile,
                        uint32_t now_s);

#endif

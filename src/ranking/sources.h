/*
 * sources.h - what a ranking starts from: items, and how much each of them counts
 *
 * For for-you the sources are the last items the shopper met, for similar the items of the page,
 * for cart-cross-sell those in the cart. An item stands once; meeting it again adds to its factors.
 */
#ifndef SOTTO_RANKING_SOURCES_H
#define SOTTO_RANKING_SOURCES_H

#include "model/bundle.h"
#include "ranking/candidates.h"
#include "ranking/request.h"

typedef struct sotto_source {
    uint32_t item;
    uint32_t repeat;               /* Q16: what the item gets itself */
    uint64_t factor[SOTTO_RELATION_COUNT];       /* Q16: what a link's weight is multiplied with */
    uint32_t link_count[SOTTO_RELATION_COUNT];   /* score.c: how many of the links below */
} sotto_source;

typedef struct sotto_sources {
    uint32_t     count;
    sotto_source list[SOTTO_MAX_SOURCES];
    sotto_link   links[SOTTO_MAX_SOURCES * SOTTO_RELATIONS_AT_ONCE * SOTTO_MAX_LINKS];
} sotto_sources;

/*
 * An event of this age (0 the latest, below the model's history count) and weight (Q16, 1.0 for a
 * view) met the item. Ages come in ascending order.
 */
void sotto_sources_add_event(sotto_sources *sources, const sotto_parameters *parameters,
                             uint32_t item, uint32_t age, uint32_t weight);

/*
 * The item that the event of this age, which exists, speaks for, and how many views it counts as;
 * SOTTO_NO_ITEM if it speaks for none, or for one that is unknown, old or dismissed.
 */
uint32_t sotto_sources_event_item(const sotto_request *request, uint32_t age, uint32_t *weight);

/* All of these add to sources that are empty at first. */

/* The shopper's last events, then older purchases, up to the model's history count. */
void sotto_sources_from_profile(sotto_sources *sources, const sotto_request *request);

/* The page's items by one relation: the first in full, the others as much as `others` (Q16). */
void sotto_sources_from_page(sotto_sources *sources, const sotto_request *request,
                             sotto_relation relation, uint32_t others);

/* What is in the cart, by what it is bought together with. */
void sotto_sources_from_cart(sotto_sources *sources, const sotto_request *request);

#endif

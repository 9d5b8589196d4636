/*
 * filters.h - what this shopper should not be shown again here
 */
#ifndef SOTTO_RANKING_FILTERS_H
#define SOTTO_RANKING_FILTERS_H

#include "ranking/request.h"

/* Whether an item is on none of the lists the host gave: the page's items, the cart. */
bool sotto_filters_admit_item(uint32_t bits, const sotto_request *request, uint32_t item);

/* Whether nothing in the profile speaks against an item with this hash. */
bool sotto_filters_admit_hash(uint32_t bits, const sotto_request *request, uint64_t hash);

#endif

/*
 * spread.h - at most so many of one brand
 */
#ifndef SOTTO_RANKING_SPREAD_H
#define SOTTO_RANKING_SPREAD_H

#include "sotto.h"

/*
 * Whether the answer has room for one more item of this item's brand. Items are taken best first,
 * so the ones left out are the weakest of their brand. 0 is no limit; items without a brand have
 * none.
 */
bool sotto_spread_admits(const sotto_answer *answer, const sotto_bundle *bundle,
                         uint32_t max_per_brand, uint32_t item);

#endif

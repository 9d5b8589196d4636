/*
 * spread.c - at most so many of one brand
 *
 * Nothing is counted along: an answer has at most 32 picks, and their brands are a load each.
 */
#include "ranking/spread.h"

bool sotto_spread_admits(const sotto_answer *answer, const sotto_bundle *bundle,
                         uint32_t max_per_brand, uint32_t item)
{
    uint32_t brand = max_per_brand > 0 ? sotto_item_get(bundle, item).brand : SOTTO_NONE;
    if (brand == SOTTO_NONE) {
        return true;
    }
    uint32_t same = 0;
    for (uint32_t i = 0; i < answer->count; i++) {
        same += sotto_item_get(bundle, answer->picks[i].item).brand == brand;
    }
    return same < max_per_brand;
}

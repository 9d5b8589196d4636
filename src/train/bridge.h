/*
 * Bridge - links to and from items that nobody has met yet, over those that look like them
 *
 * memory    While it works, 12 bytes for each link of `looks` and `learned`.
 */
#ifndef SOTTO_TRAIN_BRIDGE_H
#define SOTTO_TRAIN_BRIDGE_H

#include "train/linking.h"

/*
 * What learned links would say of the items from `first_new` on, and, if `fill_empty`, of those
 * before it whose row is empty. `looks` and `learned` have the same items. Such an item gets at
 * most `from_new` links, one that was met at most `to_new`, and those to items from `first_new` on
 * only; all with weights in the measure of `learned`. False without memory.
 */
bool sotto_bridge_make(const sotto_links *looks, const sotto_links *learned, uint32_t first_new,
                       bool fill_empty, uint32_t from_new, uint32_t to_new, sotto_links *bridge);

#endif

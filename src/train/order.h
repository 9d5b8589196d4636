/*
 * Order - which item gets which index
 *
 * memory    While it works: 4 bytes for each link in both directions, 60 for each item.
 */
#ifndef SOTTO_TRAIN_ORDER_H
#define SOTTO_TRAIN_ORDER_H

#include "train/linking.h"

/*
 * Finds an order in which linked items stand close together, so that the gaps between a row's
 * targets are small numbers. `order[index]` becomes the item that gets the index. Tables may be
 * NULL. False without memory.
 */
bool sotto_order_items(uint32_t item_count, const sotto_links *const *tables, size_t table_count,
                       uint32_t *order);

#endif

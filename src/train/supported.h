/*
 * Supported - what enough shoppers met, and sessions without the rest
 *
 * memory    16 bytes for each event while it works.
 */
#ifndef SOTTO_TRAIN_SUPPORTED_H
#define SOTTO_TRAIN_SUPPORTED_H

#include "train/sequences.h"

/*
 * Marks with 1 in `supported`, a byte an item, what at least `min_shoppers` distinct shoppers of
 * sequences [first, last) met. Returns false without memory.
 */
bool sotto_supported_mark(const sotto_sequences *sessions, uint32_t first, uint32_t last,
                          uint32_t item_count, uint32_t min_shoppers, uint8_t *supported,
                          uint32_t *supported_count);

/* Copies sequences [first, last) without unsupported items. False without memory. */
bool sotto_supported_copy(const sotto_sequences *sessions, uint32_t first, uint32_t last,
                          const uint8_t *supported, sotto_sequences *copy);

#endif

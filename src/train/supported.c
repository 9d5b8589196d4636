/*
 * supported.c - what enough shoppers met, and sessions without the rest
 *
 * A model is public. An item that only one shopper ever met would get a vector that says nothing
 * but what else that shopper did, for everybody to read. So such items are taken out of the
 * sessions before anything is learned from them.
 *
 * Distinct shoppers of an item are counted by sorting (item, shopper); an item that the same
 * shopper met a hundred times has one.
 */
#include "train/supported.h"

#include "train/radix.h"

#include <stdlib.h>
#include <string.h>

static void mark_all_met(const sotto_sequences *sessions, uint32_t first, uint32_t last,
                         uint8_t *supported)
{
    for (size_t i = sessions->starts[first]; i < sessions->starts[last]; i++) {
        supported[sessions->items[i]] = 1;
    }
}

static bool mark_by_shoppers(const sotto_sequences *sessions, uint32_t first, uint32_t last,
                             uint32_t min_shoppers, uint8_t *supported)
{
    size_t count = sessions->starts[last] - sessions->starts[first], at = 0;
    uint64_t *keys = malloc((count + 1) * sizeof *keys);
    uint64_t *spare = malloc((count + 1) * sizeof *spare);
    bool good = keys != NULL && spare != NULL;
    for (uint32_t i = first; good && i < last; i++) {
        for (size_t k = sessions->starts[i]; k < sessions->starts[i + 1]; k++) {
            keys[at++] = (uint64_t)sessions->shoppers[i] << 32 | sessions->items[k];
        }
    }
    if (good) { /* by item, and by shopper within an item */
        sotto_radix_sort(keys, count, spare);
        for (size_t i = 0; i < count; i++) {
            keys[i] = keys[i] << 32 | keys[i] >> 32;
        }
        sotto_radix_sort(keys, count, spare);
    }
    uint32_t shoppers = 0;
    for (size_t i = 0; good && i < count; i++) {
        bool same_item = i > 0 && keys[i] >> 32 == keys[i - 1] >> 32;
        bool same = i > 0 && keys[i] == keys[i - 1];
        shoppers = same_item ? shoppers + (same ? 0 : 1) : 1;
        if (shoppers >= min_shoppers) {
            supported[keys[i] >> 32] = 1;
        }
    }
    free(keys);
    free(spare);
    return good;
}

bool sotto_supported_mark(const sotto_sequences *sessions, uint32_t first, uint32_t last,
                          uint32_t item_count, uint32_t min_shoppers, uint8_t *supported,
                          uint32_t *supported_count)
{
    bool good = true;
    memset(supported, 0, item_count);
    if (first < last && min_shoppers <= 1) {
        mark_all_met(sessions, first, last, supported);
    } else if (first < last) {
        good = mark_by_shoppers(sessions, first, last, min_shoppers, supported);
    }
    *supported_count = 0;
    for (uint32_t i = 0; i < item_count; i++) {
        *supported_count += supported[i];
    }
    return good;
}

bool sotto_supported_copy(const sotto_sequences *sessions, uint32_t first, uint32_t last,
                          const uint8_t *supported, sotto_sequences *copy)
{
    memset(copy, 0, sizeof *copy);
    bool good = true;
    for (uint32_t i = first; good && i < last; i++) {
        good = sotto_sequences_open(copy, sessions->shoppers[i], sessions->times_s[i]);
        for (size_t k = sessions->starts[i]; good && k < sessions->starts[i + 1]; k++) {
            uint32_t item = sessions->items[k];
            good = !supported[item] || sotto_sequences_push(copy, item);
        }
    }
    if (!good) {
        sotto_sequences_free(copy);
    }
    return good;
}

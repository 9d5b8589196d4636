/*
 * seen.c - a set of 64-bit hashes, by open addressing
 *
 * Two different things with the same hash would be taken for one. Among 100 million rows the chance
 * that this happens even once is 0.03 %, and it would cost one row.
 */
#include "train/seen.h"

#include <stdlib.h>
#include <string.h>

static bool grow(sotto_seen *seen)
{
    size_t slot_count = seen->slot_count == 0 ? 1024 : seen->slot_count * 2;
    uint64_t *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < seen->slot_count; i++) {
        if (seen->slots[i] != 0) {
            size_t at = (size_t)seen->slots[i] & (slot_count - 1);
            while (slots[at] != 0) {
                at = (at + 1) & (slot_count - 1);
            }
            slots[at] = seen->slots[i];
        }
    }
    free(seen->slots);
    seen->slots = slots;
    seen->slot_count = slot_count;
    return true;
}

bool sotto_seen_add(sotto_seen *seen, uint64_t hash, bool *was_new)
{
    hash += hash == 0 ? 1 : 0;
    if (seen->count * 3 >= seen->slot_count * 2 && !grow(seen)) {
        return false;
    }
    size_t at = (size_t)hash & (seen->slot_count - 1);
    while (seen->slots[at] != 0 && seen->slots[at] != hash) {
        at = (at + 1) & (seen->slot_count - 1);
    }
    *was_new = seen->slots[at] == 0;
    seen->slots[at] = hash;
    seen->count += *was_new ? 1 : 0;
    return true;
}

void sotto_seen_free(sotto_seen *seen)
{
    free(seen->slots);
    memset(seen, 0, sizeof *seen);
}

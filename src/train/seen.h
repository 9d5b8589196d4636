/*
 * Seen - a set of 64-bit hashes: has this been met before?
 *
 * memory    8 bytes a slot, at most two slots in three full.
 */
#ifndef SOTTO_TRAIN_SEEN_H
#define SOTTO_TRAIN_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct sotto_seen {
    uint64_t *slots; /* 0 = free */
    size_t    slot_count;
    size_t    count;
} sotto_seen;

/* Adds a hash to a set that starts zeroed. False only without memory. */
bool sotto_seen_add(sotto_seen *seen, uint64_t hash, bool *was_new);

void sotto_seen_free(sotto_seen *seen);

#endif

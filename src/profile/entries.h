/*
 * entries.h - a short list of 16-byte entries that begin with a key
 *
 * Cart, purchases and both kinds of interest are kept the same way: in order of last touch, oldest
 * first, with zeros past the count. Finding walks from the newest end, since what was just touched
 * is touched again. At most 128 entries: nothing faster is needed.
 */
#ifndef SOTTO_PROFILE_ENTRIES_H
#define SOTTO_PROFILE_ENTRIES_H

#include "base/base.h"

enum { SOTTO_ENTRY_SIZE = 16 };

typedef struct sotto_entries {
    void     *entries;
    uint16_t *count;
    uint32_t  capacity;
    uint32_t  time_offset;         /* where in an entry its time_s stands */
} sotto_entries;

#define SOTTO_NO_ENTRY UINT32_MAX

/* The index of the entry with this key, or SOTTO_NO_ENTRY. */
uint32_t sotto_entries_find(const sotto_entries *table, uint64_t key);

/* Takes an entry out; the ones after it move up. */
void sotto_entries_remove(const sotto_entries *table, uint32_t index);

/*
 * The entry with this key, made the newest; a new one, zero but for its key, if there is none.
 * Where a table is full, the entry at `victim` makes room for it.
 */
void *sotto_entries_touch(const sotto_entries *table, uint64_t key, uint32_t victim);

/* Takes out what is older than the retention. */
void sotto_entries_drop_old(const sotto_entries *table, uint32_t now_s, uint32_t retention_s);

/* Takes out all entries with this key; returns how many. */
uint32_t sotto_entries_drop(const sotto_entries *table, uint64_t key);

#endif

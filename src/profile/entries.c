/*
 * entries.c - a short list of 16-byte entries that begin with a key
 */
#include "profile/entries.h"

#include "base/bytes.h"
#include "profile/profile.h"

static uint8_t *entry_at(const sotto_entries *table, uint32_t index)
{
    return (uint8_t *)table->entries + (size_t)index * SOTTO_ENTRY_SIZE;
}

uint32_t sotto_entries_find(const sotto_entries *table, uint64_t key)
{
    for (uint32_t i = *table->count; i > 0; i--) {
        if (sotto_load_u64(entry_at(table, i - 1)) == key) {
            return i - 1;
        }
    }
    return SOTTO_NO_ENTRY;
}

void sotto_entries_remove(const sotto_entries *table, uint32_t index)
{
    SOTTO_ASSERT(index < *table->count);
    uint32_t last = (uint32_t)--*table->count;
    memmove(entry_at(table, index), entry_at(table, index + 1),
            (size_t)(last - index) * SOTTO_ENTRY_SIZE);
    memset(entry_at(table, last), 0, SOTTO_ENTRY_SIZE);
}

void *sotto_entries_touch(const sotto_entries *table, uint64_t key, uint32_t victim)
{
    uint64_t entry[SOTTO_ENTRY_SIZE / sizeof(uint64_t)] = {key, 0};
    uint32_t index = sotto_entries_find(table, key);
    if (index != SOTTO_NO_ENTRY) {
        victim = index;
        memcpy(entry, entry_at(table, index), sizeof entry);
    }
    if (index != SOTTO_NO_ENTRY || *table->count == table->capacity) {
        sotto_entries_remove(table, victim);
    }
    return memcpy(entry_at(table, (*table->count)++), entry, sizeof entry);
}

void sotto_entries_drop_old(const sotto_entries *table, uint32_t now_s, uint32_t retention_s)
{
    for (uint32_t i = *table->count; i > 0; i--) {
        uint32_t time_s = sotto_load_u32(entry_at(table, i - 1) + table->time_offset);
        if (sotto_age_s(time_s, now_s) > retention_s) {
            sotto_entries_remove(table, i - 1);
        }
    }
}

uint32_t sotto_entries_drop(const sotto_entries *table, uint64_t key)
{
    uint32_t gone = 0;
    uint32_t index;
    while ((index = sotto_entries_find(table, key)) != SOTTO_NO_ENTRY) {
        sotto_entries_remove(table, index);
        gone++;
    }
    return gone;
}

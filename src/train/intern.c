/*
 * intern.c - ids as strings in, ids as small numbers out
 *
 * A hash table of numbers beside an array of strings end to end. The numbers are handed out in the
 * order of first meeting, so that they do not depend on the hash.
 */
#include "train/intern.h"

#include <stdlib.h>
#include <string.h>

static bool grow_slots(sotto_intern *intern)
{
    size_t slot_count = intern->slot_count == 0 ? 1024 : intern->slot_count * 2;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < intern->count; i++) {
        size_t at = (size_t)intern->hashes[i] & (slot_count - 1);
        while (slots[at] != 0) {
            at = (at + 1) & (slot_count - 1);
        }
        slots[at] = i + 1;
    }
    free(intern->slots);
    intern->slots = slots;
    intern->slot_count = slot_count;
    return true;
}

static bool grow_ids(sotto_intern *intern)
{
    uint32_t room = intern->room == 0 ? 256 : intern->room * 2;
    uint64_t *hashes = realloc(intern->hashes, room * sizeof *hashes);
    if (hashes != NULL) {
        intern->hashes = hashes;
    }
    size_t *starts = realloc(intern->starts, ((size_t)room + 1) * sizeof *starts);
    if (starts != NULL) {
        intern->starts = starts;
        starts[intern->count] = intern->count == 0 ? 0 : starts[intern->count];
    }
    if (hashes == NULL || starts == NULL) {
        return false;
    }
    intern->room = room;
    return true;
}

static bool grow_bytes(sotto_intern *intern, size_t more)
{
    size_t used = intern->starts[intern->count];
    if (used + more <= intern->bytes_size) {
        return true;
    }
    size_t size = (used + more) * 2 + 4096;
    char *bytes = realloc(intern->bytes, size);
    if (bytes == NULL) {
        return false;
    }
    intern->bytes = bytes;
    intern->bytes_size = size;
    return true;
}

/* The slot that holds the id, or the free one where it belongs. */
static size_t slot_of(const sotto_intern *intern, sotto_text id, uint64_t hash)
{
    size_t at = (size_t)hash & (intern->slot_count - 1);
    for (; intern->slots[at] != 0; at = (at + 1) & (intern->slot_count - 1)) {
        uint32_t index = intern->slots[at] - 1;
        if (intern->hashes[index] == hash) {
            sotto_text other = sotto_intern_get(intern, index);
            if (other.size == id.size
                && (id.size == 0 || memcmp(other.bytes, id.bytes, id.size) == 0)) {
                break;
            }
        }
    }
    return at;
}

bool sotto_intern_add(sotto_intern *intern, sotto_text id, uint32_t *index)
{
    if ((size_t)intern->count * 3 >= intern->slot_count * 2 && !grow_slots(intern)) {
        return false;
    }
    uint64_t hash = sotto_hash(id.bytes, id.size);
    size_t slot = slot_of(intern, id, hash);
    if (intern->slots[slot] == 0) {
        if ((intern->count == intern->room && !grow_ids(intern)) || !grow_bytes(intern, id.size)) {
            return false;
        }
        size_t start = intern->starts[intern->count];
        if (id.size > 0) {
            memcpy(intern->bytes + start, id.bytes, id.size);
        }
        intern->hashes[intern->count] = hash;
        intern->starts[++intern->count] = start + id.size;
        intern->slots[slot] = intern->count;
    }
    *index = intern->slots[slot] - 1;
    return true;
}

uint32_t sotto_intern_find(const sotto_intern *intern, sotto_text id)
{
    if (intern->slot_count == 0) {
        return SOTTO_NO_ITEM;
    }
    uint32_t slot = intern->slots[slot_of(intern, id, sotto_hash(id.bytes, id.size))];
    return slot == 0 ? SOTTO_NO_ITEM : slot - 1;
}

sotto_text sotto_intern_get(const sotto_intern *intern, uint32_t index)
{
    size_t start = intern->starts[index];
    return (sotto_text){intern->bytes + start, intern->starts[index + 1] - start};
}

void sotto_intern_free(sotto_intern *intern)
{
    free(intern->slots);
    free(intern->hashes);
    free(intern->starts);
    free(intern->bytes);
    memset(intern, 0, sizeof *intern);
}

/*
 * Intern - ids as strings in, ids as small numbers out
 *
 * memory    The bytes of each id once, and 24 to 28 bytes for each.
 * lifetime  A text it gives is good until the next id is added.
 */
#ifndef SOTTO_TRAIN_INTERN_H
#define SOTTO_TRAIN_INTERN_H

#include "sotto.h"

typedef struct sotto_intern {
    uint32_t *slots; /* index + 1, 0 = free */
    uint64_t *hashes; /* by index */
    size_t   *starts; /* by index, one more than there are ids */
    char     *bytes;
    size_t    slot_count, bytes_size;
    uint32_t  count, room;
} sotto_intern;

/* The number of an id, a new one if it was not met before. The table starts zeroed. */
bool sotto_intern_add(sotto_intern *intern, sotto_text id, uint32_t *index);

/* The number of an id, SOTTO_NO_ITEM if it was never met. */
uint32_t sotto_intern_find(const sotto_intern *intern, sotto_text id);

sotto_text sotto_intern_get(const sotto_intern *intern, uint32_t index);

void sotto_intern_free(sotto_intern *intern);

#endif

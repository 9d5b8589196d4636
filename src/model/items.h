/*
 * items.h - the shop's own ids: index to id, id to index
 *
 * memory    Views into a model's or a catalogue's bytes.
 * trust     The section may be hostile until opened; after that no question reads outside it, and
 *           what cannot be right is taken as not found.
 */
#ifndef SOTTO_MODEL_ITEMS_H
#define SOTTO_MODEL_ITEMS_H

#include "format/strings.h"

typedef struct sotto_ids {
    uint32_t       count;
    uint32_t       bucket_bits;
    uint32_t       index_bits;
    uint32_t       lookup_size;
    const uint8_t *bucket_starts;
    const uint8_t *fingerprints;
    const uint8_t *lookup;
    sotto_strings  strings;
} sotto_ids;

/* Reads a section that holds the ids of `item_count` items. */
void sotto_ids_open(sotto_ids *ids, sotto_reader *reader, uint32_t item_count);

/* Finds the id with this hash: its index in this table, or SOTTO_NO_ITEM. */
uint32_t sotto_ids_find(const sotto_ids *ids, uint64_t hash);

#endif

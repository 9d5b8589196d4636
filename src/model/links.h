/*
 * links.h - one table of links, decoded a row at a time
 *
 * memory    Views into the model's bytes and the tables of its prefix codes, about 6 KB.
 * trust     The section may be hostile until opened. After that a row may be nonsense, but its
 *           targets are items of the model, there are at most SOTTO_MAX_LINKS, and no read leaves
 *           the data.
 */
#ifndef SOTTO_MODEL_LINKS_H
#define SOTTO_MODEL_LINKS_H

#include "format/prefix_code.h"
#include "format/reader.h"

typedef struct sotto_link_table {
    const uint8_t    *row_offsets; /* NULL: there is no such table, row_count is 0 */
    const uint8_t    *data;
    uint32_t          data_size;
    uint32_t          row_count;
    uint8_t           group_bits;
    uint8_t           weight_code; /* its index among the codes; 0: all weights are the first */
    bool              normalise;
    uint16_t          weights[SOTTO_LINKS_MAX_WEIGHTS];
    sotto_prefix_code codes[SOTTO_LINKS_MAX_BUCKETS + 3];
} sotto_link_table;

/*
 * Reads a section that is meant for a model of `item_count` items. Twice, for the tables are too
 * large to be made on the stack and thrown away: once with `table` NULL, which only checks, and
 * if all of the model is well, once more to fill a table that is otherwise all zeros.
 */
void sotto_links_open(sotto_link_table *table, sotto_reader *reader, uint32_t item_count);

/*
 * Decodes a row, row < row_count: ascending by item. Writes the first `room` links of it and
 * returns how many these are.
 */
uint32_t sotto_links_get(const sotto_link_table *table, uint32_t row, sotto_link *links,
                         uint32_t room);

#endif

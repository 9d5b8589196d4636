/*
 * strings.h - the two ways strings are kept
 *
 * Strings of items stand packed, each after its size as a varint, with an offset for every 16th.
 * A string is reached by stepping over 15 others at most, and costs one byte and a quarter beside
 * itself:
 *
 *     block_offsets  |  0  | 131 | ...
 *     strings           5 apple 6 banana ... (16 of them) | 3 fig ...
 *
 * Lists of names (categories, brands, attributes) are short and asked more often: an offset for
 * each.
 */
#ifndef SOTTO_FORMAT_STRINGS_H
#define SOTTO_FORMAT_STRINGS_H

#include "format/reader.h"

typedef struct sotto_strings {
    const uint8_t *block_offsets;
    const uint8_t *bytes;
    uint32_t       size;
} sotto_strings;

/* A cursor at the start of the block that item `index` is in. */
static inline sotto_cursor sotto_strings_block(const sotto_strings *strings, uint32_t index)
{
    uint32_t start = sotto_load_u32(strings->block_offsets + 4 * (index >> SOTTO_BLOCK_BITS));
    return sotto_cursor_over(strings->bytes + start, strings->size - start);
}

/* Empty if the bytes do not hold one; its place is then NULL. */
sotto_text sotto_strings_get(const sotto_strings *strings, uint32_t index);

typedef struct sotto_string_list {
    const uint8_t *offsets;
    const uint8_t *bytes;
    uint32_t       count;
} sotto_string_list;

/* Reads a section that is a list of strings. */
void sotto_string_list_open(sotto_string_list *list, sotto_reader *reader);

/* index < count */
sotto_text sotto_string_list_get(const sotto_string_list *list, uint32_t index);

#endif

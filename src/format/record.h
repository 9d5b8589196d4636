/*
 * record.h - a record: fields with a key, that a later version may add to
 *
 *     | key u16 | size u16 | value ... | key | size | value ... |
 *
 * Reading a record gathers where its fields are, by key, in one pass. Which sizes a key allows
 * stands in a shape: a field holds `least` to `most` things of `unit` bytes.
 */
#ifndef SOTTO_FORMAT_RECORD_H
#define SOTTO_FORMAT_RECORD_H

#include "format/reader.h"

typedef struct sotto_field_shape {
    uint8_t unit;
    uint8_t least;
    uint8_t most;                  /* SOTTO_ANY_COUNT: as many as a field can hold */
} sotto_field_shape;

enum { SOTTO_ANY_COUNT = UINT8_MAX };

/* A field of a record; NULL if the record has none. */
typedef struct sotto_field_bytes {
    const uint8_t *bytes;
    uint32_t       size;
} sotto_field_bytes;

/*
 * Checks a record that goes up to the reader's end, against the shapes of the keys 1 to
 * `key_count` - 1, at most 31.
 */
void sotto_record_check(sotto_reader *reader, const sotto_field_shape *shapes, uint32_t key_count);

/* Gathers the fields of a record that was checked. Index 0 is never used. */
void sotto_record_read(const uint8_t *bytes, uint32_t size, uint32_t key_count,
                       sotto_field_bytes *fields);

#endif

/*
 * reader.c - numbers within limits, arrays in order
 *
 * A fault names the number that is wrong; where bytes are missing or left over, the place where
 * reading stopped.
 */
#include "format/reader.h"

void sotto_reader_stop(sotto_reader *reader, sotto_status status, uint32_t offset,
                       const char *what)
{
    if (reader->status == SOTTO_OK) {
        reader->status = status;
        reader->fault = (sotto_fault){offset, what};
    }
}

const uint8_t *sotto_reader_take(sotto_reader *reader, uint32_t size)
{
    if (reader->status == SOTTO_OK && size > sotto_reader_left(reader)) {
        sotto_reader_refuse(reader, SOTTO_INVALID, reader->at, "too few bytes");
    }
    if (reader->status != SOTTO_OK) {
        return NULL;
    }
    const uint8_t *taken = reader->file + reader->at;
    reader->at += size;
    return taken;
}

static uint32_t load(const uint8_t *at, uint32_t width)
{
    return width == 1 ? *at : width == 2 ? sotto_load_u16(at) : sotto_load_u32(at);
}

uint32_t sotto_reader_number(sotto_reader *reader, uint32_t width, uint32_t least, uint32_t most)
{
    const uint8_t *at = sotto_reader_take(reader, width);
    uint32_t value = at == NULL ? 0 : load(at, width);
    if (at != NULL && (value < least || value > most)) {
        sotto_reader_refuse(reader, SOTTO_INVALID, reader->at - width, "value out of range");
        return 0;
    }
    return value;
}

uint32_t sotto_reader_varint(sotto_reader *reader, uint32_t least, uint32_t most)
{
    const uint8_t *start = reader->file + reader->at;
    sotto_cursor cursor = sotto_cursor_over(start, sotto_reader_left(reader));
    uint32_t value = sotto_cursor_varint(&cursor);
    if (cursor.failed || value < least || value > most) {
        sotto_reader_refuse(reader, SOTTO_INVALID, reader->at, "value out of range");
        return 0;
    }
    reader->at += (uint32_t)(cursor.next - start);
    return value;
}

void sotto_reader_zeros(sotto_reader *reader, uint32_t size)
{
    for (; size > 0; size--) {
        sotto_reader_number(reader, 1, 0, 0);
    }
}

void sotto_reader_align(sotto_reader *reader)
{
    sotto_reader_zeros(reader, (reader->start - reader->at) & 3);
}

const uint8_t *sotto_reader_indexes(sotto_reader *reader, uint32_t width, uint32_t count,
                                    uint32_t limit, bool optional)
{
    const uint8_t *first = sotto_reader_take(reader, width * count);
    if (first == NULL) {
        return NULL;
    }
    for (uint32_t offset = 0; offset < width * count; offset += width) {
        uint32_t value = load(first + offset, width);
        if (value >= limit && !(optional && value == SOTTO_LIST_NONE)) {
            sotto_reader_refuse(reader, SOTTO_INVALID,
                                reader->at - width * count + offset, "index past the end");
            return NULL;
        }
    }
    return first;
}

const uint8_t *sotto_reader_ascending(sotto_reader *reader, uint32_t count, uint32_t limit)
{
    const uint8_t *first = sotto_reader_take(reader, 0);
    uint32_t last = 0;
    for (uint32_t i = 0; i < count && reader->status == SOTTO_OK; i++) {
        last = sotto_reader_number(reader, 4, last, limit);
    }
    return reader->status == SOTTO_OK ? first : NULL;
}

const uint8_t *sotto_reader_span(sotto_reader *reader, uint32_t count, uint32_t limit)
{
    uint32_t start = reader->at;
    const uint8_t *first = sotto_reader_ascending(reader, count, limit);
    if (first == NULL) {
        return NULL;
    }
    if (sotto_load_u32(first) != 0) {
        sotto_reader_refuse(reader, SOTTO_INVALID, start, "value out of range");
    }
    if (sotto_load_u32(first + 4 * (size_t)(count - 1)) != limit) {
        sotto_reader_refuse(reader, SOTTO_INVALID, reader->at - 4, "value out of range");
    }
    return first;
}

void sotto_reader_finish(sotto_reader *reader)
{
    if (sotto_reader_left(reader) != 0) {
        sotto_reader_refuse(reader, SOTTO_INVALID, reader->at, "too many bytes");
    }
}

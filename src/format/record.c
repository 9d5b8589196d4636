/*
 * record.c - checking fields, and gathering them in one pass
 */
#include "format/record.h"

void sotto_record_check(sotto_reader *reader, const sotto_field_shape *shapes, uint32_t key_count)
{
    SOTTO_ASSERT(key_count <= 32);
    uint32_t seen = 0;
    while (sotto_reader_left(reader) != 0) {
        uint32_t start = reader->at;
        uint32_t key = sotto_reader_number(reader, 2, 0, UINT16_MAX);
        uint32_t size = sotto_reader_number(reader, 2, 0, sotto_reader_left(reader) - 2);
        uint32_t value = reader->at;
        sotto_reader_take(reader, size);
        if (key - 1 >= key_count - 1) {
            continue;
        }
        if ((seen >> key & 1) != 0) {
            sotto_reader_refuse(reader, SOTTO_INVALID, start, "field stands twice");
        }
        seen |= 1u << key;
        const sotto_field_shape *shape = &shapes[key];
        uint32_t count = size / shape->unit;
        if (size % shape->unit != 0 || count < shape->least ||
            (count > shape->most && shape->most != SOTTO_ANY_COUNT)) {
            sotto_reader_refuse(reader, SOTTO_INVALID, value, "field of another size");
        }
    }
}

void sotto_record_read(const uint8_t *bytes, uint32_t size, uint32_t key_count,
                       sotto_field_bytes *fields)
{
    memset(fields, 0, key_count * sizeof *fields);
    for (uint32_t at = 0; at < size;) {
        uint32_t key = sotto_load_u16(bytes + at + SOTTO_FIELD_KEY);
        uint32_t field_size = sotto_load_u16(bytes + at + SOTTO_FIELD_SIZE);
        at += SOTTO_FIELD_HEAD_SIZE;
        if (key < key_count) {
            fields[key] = (sotto_field_bytes){bytes + at, field_size};
        }
        at += field_size;
    }
}

/*
 * bytes_write.c - a buffer that doubles, and what a well-formed text is
 */
#include "format/bytes_write.h"

#include "base/bytes.h"

#include <stdlib.h>

void sotto_buffer_free(sotto_buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (sotto_buffer){0};
}

uint8_t *sotto_buffer_extend(sotto_buffer *buffer, size_t size)
{
    if (buffer->failed) {
        return NULL;
    }
    if (size > buffer->room - buffer->size) {
        size_t room = buffer->room == 0 ? 1024 : buffer->room * 2;
        if (room < buffer->size + size) {
            room = buffer->size + size;
        }
        uint8_t *bytes = realloc(buffer->bytes, room);
        if (bytes == NULL) {
            buffer->failed = true;
            return NULL;
        }
        buffer->bytes = bytes;
        buffer->room = room;
    }
    uint8_t *added = buffer->bytes + buffer->size;
    buffer->size += size;
    return added;
}

void sotto_buffer_add(sotto_buffer *buffer, const void *bytes, size_t size)
{
    uint8_t *added = size == 0 ? NULL : sotto_buffer_extend(buffer, size);
    if (added != NULL) {
        memcpy(added, bytes, size);
    }
}

void sotto_buffer_u8(sotto_buffer *buffer, uint32_t value)
{
    SOTTO_ASSERT(value <= UINT8_MAX);
    sotto_buffer_add(buffer, &(uint8_t){(uint8_t)value}, 1);
}

void sotto_buffer_u16(sotto_buffer *buffer, uint32_t value)
{
    SOTTO_ASSERT(value <= UINT16_MAX);
    uint8_t bytes[2];
    sotto_store_u16(bytes, (uint16_t)value);
    sotto_buffer_add(buffer, bytes, sizeof bytes);
}

void sotto_buffer_u32(sotto_buffer *buffer, uint32_t value)
{
    uint8_t bytes[4];
    sotto_store_u32(bytes, value);
    sotto_buffer_add(buffer, bytes, sizeof bytes);
}

void sotto_buffer_u64(sotto_buffer *buffer, uint64_t value)
{
    uint8_t bytes[8];
    sotto_store_u64(bytes, value);
    sotto_buffer_add(buffer, bytes, sizeof bytes);
}

void sotto_buffer_varint(sotto_buffer *buffer, uint32_t value)
{
    for (; value >= 0x80; value >>= 7) {
        sotto_buffer_u8(buffer, (value & 0x7F) | 0x80);
    }
    sotto_buffer_u8(buffer, value);
}

void sotto_buffer_zeros(sotto_buffer *buffer, size_t size)
{
    uint8_t *added = sotto_buffer_extend(buffer, size);
    if (added != NULL && size != 0) {
        memset(added, 0, size);
    }
}

void sotto_buffer_align(sotto_buffer *buffer, size_t start)
{
    sotto_buffer_zeros(buffer, (start - buffer->size) & 3);
}

void sotto_buffer_set_u32(sotto_buffer *buffer, size_t offset, uint32_t value)
{
    if (!buffer->failed) {
        SOTTO_ASSERT(offset + 4 <= buffer->size);
        sotto_store_u32(buffer->bytes + offset, value);
    }
}

/* How many bytes follow a first byte, and the least a character of that many may stand for. */
static uint32_t following(uint8_t first, uint32_t *least)
{
    if (first < 0x80) {
        *least = 0;
        return 0;
    }
    if (first >= 0xC0 && first < 0xE0) {
        *least = 0x80;
        return 1;
    }
    if (first >= 0xE0 && first < 0xF0) {
        *least = 0x800;
        return 2;
    }
    if (first >= 0xF0 && first < 0xF8) {
        *least = 0x10000;
        return 3;
    }
    return UINT32_MAX;
}

bool sotto_text_is_utf8(sotto_string text)
{
    const uint8_t *bytes = (const uint8_t *)text.bytes;
    for (size_t at = 0; at < text.size;) {
        uint32_t least = 0;
        uint32_t more = following(bytes[at], &least);
        if (more == UINT32_MAX || more >= text.size - at) {
            return false;
        }
        uint32_t character = bytes[at] & (more == 0 ? 0x7Fu : 0x3Fu >> more);
        at++;
        for (; more > 0; more--, at++) {
            if ((bytes[at] & 0xC0) != 0x80) {
                return false;
            }
            character = character << 6 | (bytes[at] & 0x3Fu);
        }
        if (character < least || character > 0x10FFFF ||
            (character >= 0xD800 && character < 0xE000)) {
            return false;
        }
    }
    return true;
}

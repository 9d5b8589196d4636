/*
 * bytes_write.h - bytes that grow while they are written (native only)
 *
 * memory    The buffer is malloc'ed and belongs to whoever holds it; sotto_buffer_free gives it
 *           back.
 *
 * When memory runs out the buffer remembers that it failed and takes no more, so that a writer
 * asks once, at the end.
 */
#ifndef SOTTO_FORMAT_BYTES_WRITE_H
#define SOTTO_FORMAT_BYTES_WRITE_H

#include "format/write.h"

#include "base/base.h"

typedef struct sotto_buffer {
    uint8_t *bytes;
    size_t   size;
    size_t   room;
    bool     failed;
} sotto_buffer;

void sotto_buffer_free(sotto_buffer *buffer);

/* Adds `size` bytes and returns where they are to be written; NULL if there is no memory. */
uint8_t *sotto_buffer_extend(sotto_buffer *buffer, size_t size);

void sotto_buffer_add(sotto_buffer *buffer, const void *bytes, size_t size);
void sotto_buffer_u8(sotto_buffer *buffer, uint32_t value);
void sotto_buffer_u16(sotto_buffer *buffer, uint32_t value);
void sotto_buffer_u32(sotto_buffer *buffer, uint32_t value);
void sotto_buffer_u64(sotto_buffer *buffer, uint64_t value);
void sotto_buffer_varint(sotto_buffer *buffer, uint32_t value);
void sotto_buffer_zeros(sotto_buffer *buffer, size_t size);

/* Zeros up to a multiple of 4 from byte `start` of the buffer on. */
void sotto_buffer_align(sotto_buffer *buffer, size_t start);

/* Writes over a number that was written before; nothing if the buffer failed. */
void sotto_buffer_set_u32(sotto_buffer *buffer, size_t offset, uint32_t value);

/* True if the text is well-formed UTF-8: writers check it, so that readers need not. */
bool sotto_text_is_utf8(sotto_string text);

#endif

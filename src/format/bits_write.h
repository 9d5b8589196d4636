/*
 * bits_write.h - a stream of bits, from the most significant bit of the first byte on (native only)
 */
#ifndef SOTTO_FORMAT_BITS_WRITE_H
#define SOTTO_FORMAT_BITS_WRITE_H

#include "format/bytes_write.h"

typedef struct sotto_bit_writer {
    sotto_buffer *buffer;
    uint64_t      count;           /* bits written so far */
    uint32_t      pending;         /* the last ones, not yet a byte */
} sotto_bit_writer;

/* Writes the low `width` bits of a number, 0 to 32, the most significant first. */
void sotto_bits_write(sotto_bit_writer *writer, uint32_t value, uint32_t width);

/* Fills the last byte with zeros. */
void sotto_bits_finish(sotto_bit_writer *writer);

#endif

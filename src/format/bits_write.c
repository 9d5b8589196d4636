/*
 * bits_write.c - gathering bits into bytes
 */
#include "format/bits_write.h"

void sotto_bits_write(sotto_bit_writer *writer, uint32_t value, uint32_t width)
{
    SOTTO_ASSERT(width <= 32);
    for (; width > 0; width--) {
        writer->pending = writer->pending << 1 | (value >> (width - 1) & 1);
        writer->count++;
        if (writer->count % 8 == 0) {
            sotto_buffer_u8(writer->buffer, writer->pending);
            writer->pending = 0;
        }
    }
}

void sotto_bits_finish(sotto_bit_writer *writer)
{
    sotto_bits_write(writer, 0, (uint32_t)(0 - writer->count) & 7);
}

/*
 * bits.h - a stream of bits, from the most significant bit of the first byte on
 *
 * A reader looks at the next bits through a window of 64, of which the first 57 are always good,
 * and then says how many of them it used. Past the last byte the stream reads as zeros, so that a
 * window may hang over the end; whether a reader went past the end is asked once for each thing
 * read, not for each bit.
 */
#ifndef SOTTO_FORMAT_BITS_H
#define SOTTO_FORMAT_BITS_H

#include "base/bytes.h"

enum { SOTTO_WINDOW_BITS = 57 };

/* The last bytes of a stream as a window, where eight of them are no longer there. */
uint64_t sotto_bits_tail(const uint8_t *bytes, uint32_t size, uint64_t byte);

/* Four bytes, the first one at the top: two turns and two masks where no instruction does it. */
static inline uint32_t sotto_load_big_u32(const uint8_t *at)
{
    uint32_t value = sotto_load_u32(at);
    return ((value << 8 | value >> 24) & 0x00FF00FFu) | ((value << 24 | value >> 8) & 0xFF00FF00u);
}

/* The bits of `size` bytes from a position on, the first one at the top. */
static inline uint64_t sotto_bits_peek(const uint8_t *bytes, uint32_t size, uint64_t position)
{
    uint64_t byte = position >> 3;
    uint64_t window = byte + 8 <= size
                    ? (uint64_t)sotto_load_big_u32(bytes + (size_t)byte) << 32
                          | sotto_load_big_u32(bytes + (size_t)byte + 4)
                    : sotto_bits_tail(bytes, size, byte);
    return window << (position & 7);
}

/* The index-th of numbers that are all `width` bits, 1 to 32. */
static inline uint32_t sotto_bits_get(const uint8_t *bytes, uint32_t size, uint32_t width,
                                      uint32_t index)
{
    return (uint32_t)(sotto_bits_peek(bytes, size, (uint64_t)width * index) >> (64 - width));
}

#endif

/*
 * bits.c - the end of a stream
 */
#include "format/bits.h"

uint64_t sotto_bits_tail(const uint8_t *bytes, uint32_t size, uint64_t byte)
{
    uint64_t window = 0;
    for (uint32_t i = 0; i < 8; i++, byte++) {
        window = window << 8 | (byte < size ? bytes[(size_t)byte] : 0);
    }
    return window;
}

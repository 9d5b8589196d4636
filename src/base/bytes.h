/*
 * bytes.h - numbers in bytes, and a cursor that cannot run off
 *
 * Everything written is little-endian and may stand at any address. A load is a memcpy, which every
 * compiler turns into one instruction; a big-endian host swaps afterwards.
 *
 * The loads and stores trust their pointer. The cursor is for bytes whose end is near or unknown:
 * it stops at its end, gives zeros from there on and remembers that it failed, so that a reader
 * may ask once, after all reads.
 */
#ifndef SOTTO_BASE_BYTES_H
#define SOTTO_BASE_BYTES_H

#include "base/base.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define SOTTO_LITTLE_16(value) __builtin_bswap16(value)
#define SOTTO_LITTLE_32(value) __builtin_bswap32(value)
#define SOTTO_LITTLE_64(value) __builtin_bswap64(value)
#else
#define SOTTO_LITTLE_16(value) (value)
#define SOTTO_LITTLE_32(value) (value)
#define SOTTO_LITTLE_64(value) (value)
#endif

static inline uint16_t sotto_load_u16(const uint8_t *at)
{
    uint16_t value;
    memcpy(&value, at, sizeof value);
    return SOTTO_LITTLE_16(value);
}

static inline uint32_t sotto_load_u32(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return SOTTO_LITTLE_32(value);
}

static inline uint64_t sotto_load_u64(const uint8_t *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return SOTTO_LITTLE_64(value);
}

static inline void sotto_store_u16(uint8_t *at, uint16_t value)
{
    value = SOTTO_LITTLE_16(value);
    memcpy(at, &value, sizeof value);
}

static inline void sotto_store_u32(uint8_t *at, uint32_t value)
{
    value = SOTTO_LITTLE_32(value);
    memcpy(at, &value, sizeof value);
}

static inline void sotto_store_u64(uint8_t *at, uint64_t value)
{
    value = SOTTO_LITTLE_64(value);
    memcpy(at, &value, sizeof value);
}

typedef struct sotto_cursor {
    const uint8_t *next;
    const uint8_t *end;
    bool           failed;         /* some read went past the end, or a varint was malformed */
} sotto_cursor;

static inline sotto_cursor sotto_cursor_over(const uint8_t *bytes, size_t size)
{
    return (sotto_cursor){bytes, bytes + size, false};
}

static inline size_t sotto_cursor_left(const sotto_cursor *cursor)
{
    return (size_t)(cursor->end - cursor->next);
}

/*
 * Passes over `size` bytes and says where they are; NULL, and the cursor at its end, if there are
 * fewer.
 */
const uint8_t *sotto_cursor_take(sotto_cursor *cursor, size_t size);

/* The next varint, 0 if it is malformed, not the shortest, or 2^32 and more. */
uint32_t sotto_cursor_varint(sotto_cursor *cursor);

#endif

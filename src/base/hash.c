/*
 * hash.c - XXH64, as the xxHash specification 0.1.1 describes it
 *
 * Long input goes through four lanes, eight bytes each, that do not wait for each other:
 *
 *     bytes  | 0..7 | 8..15 | 16..23 | 24..31 | 32..39 | ...
 *     lane      0      1        2        3        0
 *
 * The lanes are then folded into one number, the last 31 bytes at most are stirred in one by one
 * in pieces of 8, 4 and 1, and an avalanche spreads every bit over all others. It is quick enough
 * (some 10 GB a second) to check a whole bundle each time it is opened, and good enough to be the
 * key of an item. It is no protection against an attacker who writes the file: that is the
 * signature's job.
 */
#include "base/hash.h"

#include "base/bytes.h"

#define PRIME_1 0x9E3779B185EBCA87u
#define PRIME_2 0xC2B2AE3D27D4EB4Fu
#define PRIME_3 0x165667B19E3779F9u
#define PRIME_4 0x85EBCA77C2B2AE63u
#define PRIME_5 0x27D4EB2F165667C5u

static uint64_t rotate_left(uint64_t value, unsigned bits)
{
    return (value << bits) | (value >> (64 - bits));
}

static uint64_t lane_round(uint64_t lane, uint64_t input)
{
    return rotate_left(lane + input * PRIME_2, 31) * PRIME_1;
}

/* Leaves `*next` at the first of the bytes that do not fill a stripe of 32. */
static uint64_t hash_stripes(const uint8_t **next, size_t size)
{
    uint64_t lanes[4] = {PRIME_1 + PRIME_2, PRIME_2, 0, 0 - PRIME_1};
    const uint8_t *at = *next;
    for (const uint8_t *end = at + (size & ~(size_t)31); at < end; at += 32) {
        lanes[0] = lane_round(lanes[0], sotto_load_u64(at));
        lanes[1] = lane_round(lanes[1], sotto_load_u64(at + 8));
        lanes[2] = lane_round(lanes[2], sotto_load_u64(at + 16));
        lanes[3] = lane_round(lanes[3], sotto_load_u64(at + 24));
    }
    *next = at;

    uint64_t hash = rotate_left(lanes[0], 1) + rotate_left(lanes[1], 7) +
                    rotate_left(lanes[2], 12) + rotate_left(lanes[3], 18);
    for (unsigned i = 0; i < 4; i++) {
        hash = (hash ^ lane_round(0, lanes[i])) * PRIME_1 + PRIME_4;
    }
    return hash;
}

uint64_t sotto_hash(const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    uint64_t hash = (size >= 32 ? hash_stripes(&at, size) : PRIME_5) + size;

    size_t left = size & 31;
    for (; left >= 8; left -= 8, at += 8) {
        hash = rotate_left(hash ^ lane_round(0, sotto_load_u64(at)), 27) * PRIME_1 + PRIME_4;
    }
    if (left >= 4) {
        hash = rotate_left(hash ^ sotto_load_u32(at) * PRIME_1, 23) * PRIME_2 + PRIME_3;
        left -= 4;
        at += 4;
    }
    for (; left > 0; left--, at++) {
        hash = rotate_left(hash ^ *at * PRIME_5, 11) * PRIME_1;
    }

    hash = (hash ^ (hash >> 33)) * PRIME_2;
    hash = (hash ^ (hash >> 29)) * PRIME_3;
    return hash ^ (hash >> 32);
}

/*
 * hash.h - the one hash: of ids, of keys, of checksums
 *
 * XXH64 with seed 0. sotto_hash itself is public and stands in sotto.h.
 */
#ifndef SOTTO_BASE_HASH_H
#define SOTTO_BASE_HASH_H

#include "base/base.h"
#include "sotto.h"

/* The low half, used as a checksum: FORMAT.md calls it check(x). */
static inline uint32_t sotto_check(const void *bytes, size_t size)
{
    return (uint32_t)sotto_hash(bytes, size);
}

#endif

/*
 * select.h - the best of many, where the order of the rest does not matter
 *
 * What is compared is one u64 a thing: its score in the upper half, and below it whatever breaks
 * ties and says which thing it is.
 */
#ifndef SOTTO_RANKING_SELECT_H
#define SOTTO_RANKING_SELECT_H

#include "base/base.h"

/* A higher score is a larger key; of equal scores the smaller number is. */
static inline uint64_t sotto_key(int32_t score, uint32_t number)
{
    return (uint64_t)((uint32_t)score ^ 0x80000000u) << 32 | (UINT32_MAX - number);
}

static inline int32_t sotto_key_score(uint64_t key)
{
    return (int32_t)((uint32_t)(key >> 32) ^ 0x80000000u);
}

static inline uint32_t sotto_key_number(uint64_t key)
{
    return UINT32_MAX - (uint32_t)key;
}

/* Brings the `want` largest keys to the front, in no order; returns how many those are. */
uint32_t sotto_select_largest(uint64_t *keys, uint32_t count, uint32_t want);

/* Sorts keys, the largest first. */
void sotto_select_sort(uint64_t *keys, uint32_t count);

#endif

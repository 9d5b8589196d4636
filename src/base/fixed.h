/*
 * fixed.h - fractions as integers
 *
 * A Q16 number is an integer divided by 65,536. Products are shifted right by 16, which rounds
 * down; sums and products that do not fit in 32 bits stay at the top instead of wrapping round,
 * so that a great score never turns into a small one.
 */
#ifndef SOTTO_BASE_FIXED_H
#define SOTTO_BASE_FIXED_H

#include "base/base.h"

#define SOTTO_Q16_ONE 65536u

static inline uint32_t sotto_u32_saturate(uint64_t value)
{
    return value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

static inline uint32_t sotto_q16_add(uint32_t a, uint32_t b)
{
    return sotto_u32_saturate((uint64_t)a + b);
}

static inline uint32_t sotto_q16_multiply(uint32_t a, uint32_t b)
{
    return sotto_u32_saturate(((uint64_t)a * b) >> 16);
}

#endif

/*
 * exponent.h - powers, logarithms and roots of integers
 */
#ifndef SOTTO_BASE_EXPONENT_H
#define SOTTO_BASE_EXPONENT_H

#include "base/base.h"

/* e^x in Q16, rounded down, of x in Q16 that is not above 0. */
uint32_t sotto_exp_q16(int64_t x);

/* log2(value) in Q16, of a value that is not 0. */
uint32_t sotto_log2_q16(uint32_t value);

/* The same in Q8, which is what features are in. */
static inline int32_t sotto_log2_q8(uint32_t value)
{
    return (int32_t)(sotto_log2_q16(value) >> 8);
}

/* The largest integer whose square is at most `value`. */
uint32_t sotto_root_u64(uint64_t value);

#endif

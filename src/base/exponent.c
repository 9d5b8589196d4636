/*
 * exponent.c - powers, logarithms and roots of integers
 *
 * An exponent is split into a whole part, which is a shift, and a fraction, which is looked up:
 * 32 steps, and a straight line between two of them.
 *
 *     log2(v)  =  whole + log2(1 + fraction)     fraction = the bits below the leading one
 *     2^-y     =  2^fraction >> whole            y = whole - fraction, both not negative
 *
 * The line is off by less than 2^-12 at most, for both. What counts is that it is off by the same
 * everywhere: no libm is asked, and two builds agree to the last bit.
 */
#include "base/exponent.h"

enum { STEP_BITS = 5, STEPS = 1 << STEP_BITS };

/* round(65536 log2(1 + i / 32)); tests/unit/test_exponent.c derives both tables again. */
static const uint32_t log2_steps[STEPS + 1] = {
    0, 2909, 5732, 8473, 11136, 13727, 16248, 18704, 21098,
    23433, 25711, 27936, 30109, 32234, 34312, 36346, 38336, 40286,
    42196, 44068, 45904, 47705, 49472, 51207, 52911, 54584, 56229,
    57845, 59434, 60997, 62534, 64047, 65536,
};

/* round(65536 2^(i / 32)) */
static const uint32_t exp2_steps[STEPS + 1] = {
    65536, 66971, 68438, 69936, 71468, 73032, 74632, 76266, 77936,
    79642, 81386, 83169, 84990, 86851, 88752, 90696, 92682, 94711,
    96785, 98905, 101070, 103283, 105545, 107856, 110218, 112631, 115098,
    117618, 120194, 122825, 125515, 128263, 131072,
};

/* The value of a table at a fraction in Q16, below 1. */
static uint32_t between(const uint32_t *steps, uint32_t fraction)
{
    uint32_t step = fraction >> (16 - STEP_BITS);
    uint32_t rest = fraction & ((1u << (16 - STEP_BITS)) - 1);
    return steps[step] + (((steps[step + 1] - steps[step]) * rest) >> (16 - STEP_BITS));
}

uint32_t sotto_exp_q16(int64_t x)
{
    enum { LOG2_OF_E_Q16 = 94548, LEAST = -16 * 65536 };
    SOTTO_ASSERT(x <= 0);
    if (x < LEAST) {
        return 0;
    }
    int32_t y = (int32_t)((x * LOG2_OF_E_Q16) >> 16);
    uint32_t whole = (uint32_t)-(y >> 16);
    return between(exp2_steps, (uint32_t)y & 65535) >> whole;
}

uint32_t sotto_log2_q16(uint32_t value)
{
    uint32_t whole = sotto_log2_u32(value);
    uint32_t fraction = (uint32_t)(((uint64_t)value << 16) >> whole) & 65535;
    return (whole << 16) + between(log2_steps, fraction);
}

/* Newton's method from above: each root is below the one before until it is the last. */
uint32_t sotto_root_u64(uint64_t value)
{
    if (value == 0) {
        return 0;
    }
    uint32_t bits = 64 - (uint32_t)__builtin_clzll(value);
    uint64_t root = UINT64_C(1) << ((bits + 1) / 2);
    uint64_t next = (root + value / root) / 2;
    while (next < root) {
        root = next;
        next = (root + value / root) / 2;
    }
    return (uint32_t)root;
}

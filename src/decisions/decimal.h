/*
 * decimal.h - the numbers of expressions: four places after the point, or nothing
 *
 * A number is an integer of ten-thousandths from -2^46 to 2^46, which holds a century of seconds
 * and any price, and whose product with 10,000 still fits into 64 bits. What would be beyond is the
 * nearest of these; what has no answer is nothing, and so is all that is reckoned with it.
 */
#ifndef SOTTO_DECISIONS_DECIMAL_H
#define SOTTO_DECISIONS_DECIMAL_H

#include "base/base.h"

#define SOTTO_DECIMAL_ONE 10000
#define SOTTO_DECIMAL_MAX ((int64_t)1 << 46)
#define SOTTO_NOTHING INT64_MIN

/* The nearest number. */
static inline int64_t sotto_decimal(int64_t value)
{
    return value > SOTTO_DECIMAL_MAX    ? SOTTO_DECIMAL_MAX
           : value < -SOTTO_DECIMAL_MAX ? -SOTTO_DECIMAL_MAX
                                        : value;
}

/* A whole number; at most 2^32. */
static inline int64_t sotto_decimal_whole(int64_t value)
{
    return value * SOTTO_DECIMAL_ONE;
}

/* An amount in minor units, of which a major one has 10^decimals. */
int64_t sotto_decimal_money(uint64_t minor, uint32_t decimals);

/* a / b of two amounts, towards zero; b is not 0. */
static inline int64_t sotto_decimal_share(uint64_t a, uint64_t b)
{
    return (int64_t)(a * SOTTO_DECIMAL_ONE / b);
}

/*
 * Arithmetic by the number of its instruction; of those with one operand it is `a`. Products and
 * quotients are cut to four places, towards zero.
 */
int64_t sotto_decimal_reckon(uint32_t op, int64_t a, int64_t b);

/* Comparison by the number of its instruction: false where either is nothing. */
bool sotto_decimal_compare(uint32_t op, int64_t a, int64_t b);

#endif

/*
 * prefix_code.h - canonical prefix codes, made for quick reading
 *
 * A prefix code gives frequent symbols few bits. It is canonical: knowing only the length of each
 * symbol's code, everyone hands out the same codes, in order of length, then of symbol:
 *
 *     symbol   length   code                       12 bits from here on
 *       2        1      0                          0xxxxxxxxxxx   below 2048: symbol 2
 *       0        2      10                         10xxxxxxxxxx   below 3072: symbol 0
 *       1        3      110                        110xxxxxxxxx   below 3584: symbol 1
 *       3        3      111                        111xxxxxxxxx   below 4096: symbol 3
 *
 * So one can tell a code's length by comparing the next 12 bits with a limit for each length.
 * Most codes are short, and those of up to six bits are looked up directly in a table of 64.
 */
#ifndef SOTTO_FORMAT_PREFIX_CODE_H
#define SOTTO_FORMAT_PREFIX_CODE_H

#include "format/layout.h"

enum {
    SOTTO_CODE_MAX_SYMBOLS = SOTTO_MAX_LINKS + 1,
    SOTTO_CODE_QUICK_BITS = 6,
    SOTTO_CODE_SLOW_LENGTHS = SOTTO_CODE_MAX_LENGTH - SOTTO_CODE_QUICK_BITS
};

typedef struct sotto_prefix_code {
    uint16_t quick[1 << SOTTO_CODE_QUICK_BITS];      /* symbol << 4 | length; 0: look further */
    uint16_t limits[SOTTO_CODE_MAX_LENGTH];        /* first pattern that is longer, by length */
    uint16_t shifts[SOTTO_CODE_MAX_LENGTH];        /* from a code to its place in `symbols` */
    uint8_t  symbols[SOTTO_CODE_MAX_SYMBOLS];        /* in the order of their codes */
} sotto_prefix_code;

/*
 * The lengths of several codes stand one after the other as numbers of 4 bits, the first at the
 * top of a byte; `from` is the position of a code's first length among them.
 *
 * True if the lengths are at most 12 and the codes do not ask for more patterns than there are.
 */
bool sotto_prefix_code_fits(const uint8_t *lengths, uint32_t from, uint32_t symbol_count);

/* Makes the tables of a code that fits. */
void sotto_prefix_code_build(sotto_prefix_code *code, const uint8_t *lengths, uint32_t from,
                             uint32_t symbol_count);

/* What the quick table does not have: symbol << 4 | length, 0 if the pattern is no code. */
uint32_t sotto_prefix_code_search(const sotto_prefix_code *code, uint32_t pattern);

/* The code at the top of a window: symbol << 4 | length, 0 if the pattern is no code. */
static inline uint32_t sotto_prefix_code_read(const sotto_prefix_code *code, uint64_t window)
{
    uint32_t quick = code->quick[window >> (64 - SOTTO_CODE_QUICK_BITS)];
    if (quick != 0) {
        return quick;
    }
    return sotto_prefix_code_search(code, (uint32_t)(window >> (64 - SOTTO_CODE_MAX_LENGTH)));
}

#endif

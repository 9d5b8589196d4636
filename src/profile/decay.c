/*
 * decay.c - interest that fades
 *
 * A profile keeps each interest as a value and the second it was last touched. Nothing sweeps over
 * the profile to age it; a value is aged only when someone looks, from the time that has passed:
 *
 *     aged = value * 2^-(elapsed / half_life)
 *
 * The exponent is split in two. Whole half-lives are a shift; what is left is one of sixteen steps,
 * read from a table:
 *
 *     elapsed / half_life  =   whole   +   step / 16
 *                              >> n        table[step]
 *
 * Integers only, so the browser that reads a profile and the command line that simulates one agree
 * to the last bit. The price is one step of coarseness: a value may read up to 4.5 % high.
 */
#include "profile/decay.h"

/* 2^(-step/16) in Q16. tests/unit/test_decay.c derives it again. */
static const uint32_t fade_q16[16] = {
    65536, 62757, 60097, 57549, 55109, 52773, 50535, 48393,
    46341, 44376, 42495, 40693, 38968, 37316, 35734, 34219,
};

uint32_t sotto_decay(uint32_t value, uint32_t elapsed_s, uint32_t half_life_s)
{
    SOTTO_ASSERT(half_life_s > 0);
    uint64_t steps = ((uint64_t)elapsed_s << 4) / half_life_s;
    if (steps >= 32 * 16) {
        return 0;
    }
    return (uint32_t)(((uint64_t)value * fade_q16[steps & 15]) >> 16 >> (steps >> 4));
}

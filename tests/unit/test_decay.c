/*
 * test_decay.c - interest that fades
 */
#include "test.h"

#include "profile/decay.h"

#include <math.h>

TEST(an_interest_halves_after_one_half_life)
{
    CHECK_EQ(sotto_decay(1000, 0, 60), 1000);
    CHECK_EQ(sotto_decay(1000, 60, 60), 500);
    CHECK_EQ(sotto_decay(1000, 120, 60), 250);
    CHECK_EQ(sotto_decay(1u << 16, 16 * 604800, 604800), 1);
    CHECK_EQ(sotto_decay(1u << 16, 17 * 604800, 604800), 0);
}

/* The table in decay.c is 2^(-step/16), rounded: a value of 65536 reads it off. */
TEST(the_steps_between_are_powers_of_two)
{
    for (uint32_t step = 0; step < 16; step++) {
        ROW("step %u", step);
        CHECK_EQ(sotto_decay(65536, step, 16), lround(65536 * pow(2, -(double)step / 16)));
    }
}

TEST(a_value_never_reads_low_and_at_most_a_step_high)
{
    const uint32_t half_lives[] = {1, 7, 3600, 604800, 1u << 28, UINT32_MAX};
    for (size_t h = 0; h < sizeof half_lives / sizeof half_lives[0]; h++) {
        for (uint32_t part = 0; part < 200; part++) {
            uint64_t elapsed = (uint64_t)half_lives[h] * part / 20;
            if (elapsed > UINT32_MAX) {
                break;
            }
            ROW("half-life %u, elapsed %u", half_lives[h], (uint32_t)elapsed);
            double exact = 4194304 * pow(2, -(double)elapsed / half_lives[h]);
            uint32_t got = sotto_decay(4194304, (uint32_t)elapsed, half_lives[h]);
            CHECK(got + 2 >= exact);
            CHECK(got <= exact * 1.045 + 2);
        }
    }
}

TEST(the_longest_time_leaves_nothing_and_the_shortest_everything)
{
    CHECK_EQ(sotto_decay(UINT32_MAX, UINT32_MAX, 1), 0);
    CHECK_EQ(sotto_decay(UINT32_MAX, 0, 1), UINT32_MAX);
    CHECK_EQ(sotto_decay(UINT32_MAX, UINT32_MAX, UINT32_MAX), UINT32_MAX / 2);
    CHECK_EQ(sotto_decay(0, 5, 7), 0);
}

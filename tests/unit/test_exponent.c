/*
 * test_exponent.c - the tables derived again, and how far off the lines between are
 */
#include "test.h"

#include "base/exponent.h"

#include <math.h>

/* Where a step begins there is no line: what is read is the table. */
TEST(steps_are_those_of_the_formula)
{
    for (uint32_t i = 0; i < 32; i++) {
        ROW("step %u", i);
        CHECK_EQ(sotto_log2_q16(32 + i), 5 * 65536 + (uint32_t)lround(65536 * log2(1 + i / 32.0)));
    }
    CHECK_EQ(sotto_log2_q16(1), 0);
    CHECK_EQ(sotto_log2_q16(UINT32_MAX) >> 12, 511);
    CHECK_EQ(sotto_log2_q8(256), 8 * 256);
}

TEST(logarithms_are_close)
{
    for (uint64_t value = 1; value < UINT64_C(1) << 32; value += 1 + value / 97) {
        double wrong = sotto_log2_q16((uint32_t)value) / 65536.0 - log2((double)value);
        ROW("log2(%u)", (uint32_t)value);
        CHECK(fabs(wrong) < 1.0 / 4096);
    }
}

TEST(powers_are_close_and_never_rise)
{
    uint32_t before = 65536;
    CHECK_EQ(sotto_exp_q16(0), 65536);
    for (int64_t x = 0; x > -20 * 65536; x -= 77) {
        uint32_t power = sotto_exp_q16(x);
        ROW("exp(%d / 65536)", (int)x);
        CHECK(fabs(power - 65536 * exp((double)x / 65536)) < 20);
        CHECK(power <= before);
        before = power;
    }
    CHECK_EQ(sotto_exp_q16(INT64_MIN / 2), 0);
}

TEST(roots_are_whole)
{
    for (uint64_t i = 0; i < 70000; i += 1 + i / 50) {
        uint64_t square = i * i;
        ROW("root of %u squared", (unsigned)i);
        CHECK_EQ(sotto_root_u64(square), (uint32_t)i);
        CHECK_EQ(sotto_root_u64(square + 2 * i), (uint32_t)i);
        CHECK(i == 0 || sotto_root_u64(square - 1) == i - 1);
    }
    CHECK_EQ(sotto_root_u64(UINT64_MAX), UINT32_MAX);
    CHECK_EQ(sotto_root_u64(UINT64_MAX / 2), 3037000499u);
}

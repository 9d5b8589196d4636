#include "test.h"

#include "base/fixed.h"

TEST(products_round_down_and_stay_at_the_top)
{
    CHECK_EQ(sotto_q16_multiply(SOTTO_Q16_ONE, 12345), 12345);
    CHECK_EQ(sotto_q16_multiply(SOTTO_Q16_ONE / 2, 3), 1);
    CHECK_EQ(sotto_q16_multiply(65535, 1), 0);
    CHECK_EQ(sotto_q16_multiply(UINT32_MAX, SOTTO_Q16_ONE), UINT32_MAX);
    CHECK_EQ(sotto_q16_multiply(UINT32_MAX, SOTTO_Q16_ONE + 1), UINT32_MAX);
    CHECK_EQ(sotto_q16_multiply(UINT32_MAX, UINT32_MAX), UINT32_MAX);
}

TEST(sums_stay_at_the_top)
{
    CHECK_EQ(sotto_q16_add(1, 2), 3);
    CHECK_EQ(sotto_q16_add(UINT32_MAX, 0), UINT32_MAX);
    CHECK_EQ(sotto_q16_add(UINT32_MAX - 1, 5), UINT32_MAX);
}

TEST(logarithms_are_those_of_the_leading_bit)
{
    CHECK_EQ(sotto_log2_u32(1), 0);
    CHECK_EQ(sotto_log2_u32(2), 1);
    CHECK_EQ(sotto_log2_u32(3), 1);
    CHECK_EQ(sotto_log2_u32(UINT32_MAX), 31);
}

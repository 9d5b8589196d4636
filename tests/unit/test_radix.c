#include "test.h"

#include "train/radix.h"

TEST(numbers_are_sorted_by_their_upper_half_and_stay_in_order_otherwise)
{
    static uint64_t numbers[20000], scratch[20000];
    static const size_t counts[] = {0, 1, 2, 48, 49, 1000, 20000};
    static const uint32_t masks[] = {0xffffffff, 0xff, 0xff000000, 0};
    for (size_t m = 0; m < 4; m++) {
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            uint64_t state = 9, sum = 0;
            ROW("mask %x, %zu numbers", masks[m], counts[c]);
            for (size_t i = 0; i < counts[c]; i++) {
                state = state * 6364136223846793005u + 1442695040888963407u;
                numbers[i] = (state >> 32 & masks[m]) << 32 | i;
                sum += numbers[i];
            }
            sotto_radix_sort(numbers, counts[c], scratch);
            for (size_t i = 0; i < counts[c]; i++) {
                CHECK(i == 0 || numbers[i] > numbers[i - 1]); /* the lower half counts up */
                sum -= numbers[i];
            }
            CHECK(sum == 0);
        }
    }
}

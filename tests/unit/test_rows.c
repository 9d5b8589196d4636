/*
 * test_rows.c - rows add up to what the format says, and none that is near enough is passed over
 */
#include "test.h"

#include "ranking/rows.h"

#include <stdlib.h>

enum { MANY = 1000 };

static uint32_t state;

static uint32_t random_u32(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static void random_bytes(uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(random_u32() >> 11);
    }
}

/* The largest coordinates there are, or any. */
static void set_point(int16_t *point, uint32_t dimensions, bool largest)
{
    for (uint32_t i = 0; i < dimensions; i++) {
        point[i] = largest ? (random_u32() & 64 ? 32767 : -32767)
                           : (int16_t)(random_u32() >> 8);
    }
}

/* A row's product, coordinate by coordinate, as FORMAT.md 5a.1 has it. */
static int32_t sum_of(const int16_t *point, uint32_t dimensions, uint32_t bits, const uint8_t *row)
{
    int32_t sum = 0;
    uint32_t quarter = dimensions / 4;
    const uint8_t *bit_plane = bits == 3 ? row + quarter : row;
    for (uint32_t i = 0; i < dimensions; i++) {
        uint32_t one = bit_plane[i / 8] >> (i % 8) & 1;
        uint32_t two = row[i % quarter] >> (2 * (i / quarter)) & 3;
        uint32_t four = row[i % (2 * quarter)] >> (4 * (i / (2 * quarter))) & 15;
        uint32_t code = bits == 1 ? one : bits == 2 ? two : bits == 3 ? 2 * two + one : four;
        sum += (int32_t)code * point[i];
    }
    return sum;
}

TEST(a_row_is_read_as_the_format_says)
{
    static sotto_rows_table table;
    int16_t point[SOTTO_VECTOR_MAX_DIMENSIONS];
    uint8_t row[64];
    state = 5;
    for (uint32_t turn = 0; turn < 320; turn++) {
        uint32_t dimensions = 16 * (1 + turn % 8);
        uint32_t bits = 1 + turn / 8 % 4;
        set_point(point, dimensions, turn % 3 == 0);
        random_bytes(row, sizeof row);
        if (turn % 5 == 0) {
            memset(row, 0xFF, sizeof row);
        }
        sotto_rows_table_set(&table, point, dimensions, bits);
        ROW("%u dimensions, %u bits", dimensions, bits);
        CHECK_EQ(sotto_rows_sum(&table, row), sum_of(point, dimensions, bits, row));
    }
}

/* The n-th largest of some sums. */
static int32_t largest_but(const int32_t *sums, uint32_t count, uint32_t n)
{
    for (uint32_t i = 0;; i++) {
        uint32_t larger = 0;
        uint32_t alike = 0;
        for (uint32_t k = 0; k < count; k++) {
            larger += sums[k] > sums[i];
            alike += sums[k] == sums[i];
        }
        if (larger <= n && n < larger + alike) {
            return sums[i];
        }
    }
}

/*
 * Goes over rows as a scan does, in a block of exactly their size, with a sum to reach that few of
 * them do. Returns how many may.
 */
static uint32_t go_over(const sotto_rows_table *table, const uint8_t *rows, const int32_t *sums,
                        int32_t least)
{
    uint32_t size = table->row_size;
    uint32_t found = 0;
    for (uint32_t row = 0; row < MANY; row += SOTTO_ROWS_AT_ONCE) {
        uint32_t count = sotto_min_u32(SOTTO_ROWS_AT_ONCE, MANY - row);
        uint32_t reaching = sotto_rows_may_reach(table, rows + (size_t)row * size, count,
                                                 (size_t)(MANY - row) * size, least);
        CHECK_EQ(reaching & ~(UINT32_MAX >> (32 - count)), 0);
        for (uint32_t i = 0; i < count; i++) {
            ROW("row size %u, row %u", size, row + i);
            CHECK(sums[row + i] < least || (reaching >> i & 1) == 1);
            found += reaching >> i & 1;
        }
    }
    return found;
}

TEST(no_row_that_is_near_enough_is_passed_over)
{
    static sotto_rows_table table;
    static int32_t sums[MANY];
    int16_t point[SOTTO_VECTOR_MAX_DIMENSIONS];
    state = 77;
    for (uint32_t turn = 0; turn < 64; turn++) {
        uint32_t dimensions = 16 * (1 + turn % 8);
        uint32_t bits = 1 + turn / 8 % 4;
        size_t size = (size_t)MANY * bits * dimensions / 8;
        uint8_t *rows = malloc(size);
        REQUIRE(rows != NULL);
        random_bytes(rows, size);
        set_point(point, dimensions, turn >= 32);
        sotto_rows_table_set(&table, point, dimensions, bits);
        for (uint32_t i = 0; i < MANY; i++) {
            sums[i] = sotto_rows_sum(&table, rows + (size_t)i * table.row_size);
        }
        int32_t tenth = largest_but(sums, MANY, 10);
        uint32_t found = go_over(&table, rows, sums, tenth);
        CHECK(found >= 11);
#if defined(SOTTO_SIMD) && defined(__x86_64__)
        CHECK(found < MANY / 4 || !__builtin_cpu_supports("avx2"));
#endif
        CHECK_EQ(go_over(&table, rows, sums, INT32_MIN), MANY);
        go_over(&table, rows, sums, largest_but(sums, MANY, 500));
        go_over(&table, rows, sums, sums[0]);
        go_over(&table, rows, sums, INT32_MAX);
        free(rows);
    }
}

/* Where no coordinate says anything all rows are as good as any. */
TEST(of_a_point_that_is_nowhere_all_rows_reach_zero)
{
    static sotto_rows_table table;
    static const int16_t nowhere[64];
    uint8_t rows[4 * 32];
    state = 1;
    random_bytes(rows, sizeof rows);
    sotto_rows_table_set(&table, nowhere, 64, 4);
    CHECK_EQ(sotto_rows_may_reach(&table, rows, 4, sizeof rows, 0), 15);
}

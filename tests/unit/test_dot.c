/*
 * test_dot.c - sums of products are those that adding them up one by one gives
 */
#include "test.h"

#include "ranking/dot.h"

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

TEST(sums_of_weights_and_inputs)
{
    int8_t weights[64];
    int16_t inputs[64];
    state = 9;
    for (uint32_t turn = 0; turn < 200; turn++) {
        uint32_t count = 8 * (1 + turn % 8);
        random_bytes((uint8_t *)weights, sizeof weights);
        int32_t sum = 0;
        for (uint32_t i = 0; i < count; i++) {
            inputs[i] = (int16_t)(random_u32() >> 9);
            sum += weights[i] * inputs[i];
        }
        CHECK_EQ(sotto_dot_i8(weights, inputs, count), sum);
    }
}

/* Points in fours and what is left over. */
TEST(points_and_inputs)
{
    enum { POINTS = 11, MOST = 40 };
    int16_t points[POINTS * MOST];
    int16_t inputs[MOST];
    int32_t sums[POINTS];
    state = 21;
    for (uint32_t count = 8; count <= MOST; count += 8) {
        for (uint32_t i = 0; i < POINTS * count; i++) {
            points[i] = (int16_t)((int32_t)(random_u32() % 3000) - 1500);
        }
        for (uint32_t i = 0; i < count; i++) {
            inputs[i] = (int16_t)((int32_t)(random_u32() % 32767) - 16383);
        }
        sotto_dot_points(points, inputs, count, POINTS, sums);
        for (uint32_t point = 0; point < POINTS; point++) {
            int32_t sum = 0;
            for (uint32_t i = 0; i < count; i++) {
                sum += points[point * count + i] * inputs[i];
            }
            ROW("%u coordinates, point %u", count, point);
            CHECK_EQ(sums[point], sum);
        }
    }
}

/* Rows side by side, with inputs of which some pairs are 0. */
TEST(pairs_of_weights_and_inputs)
{
    enum { PAIRS = 9, MOST = 64 };
    int16_t weights[2 * PAIRS * MOST];
    int16_t inputs[2 * PAIRS];
    int32_t sums[MOST];
    state = 33;
    for (uint32_t turn = 0; turn < 40; turn++) {
        uint32_t room = 16 * (turn % 5);
        uint32_t pairs = turn % (PAIRS + 1);
        for (uint32_t i = 0; i < 2 * pairs * room; i++) {
            weights[i] = (int16_t)((int32_t)(random_u32() % 3000) - 1500);
        }
        for (uint32_t i = 0; i < 2 * pairs; i++) {
            inputs[i] = (int16_t)(random_u32() >> 5 & 1 ? random_u32() % 32767 - 16383 : 0);
        }
        sotto_dot_pairs(weights, inputs, pairs, room, sums);
        for (uint32_t row = 0; row < room; row++) {
            int32_t sum = 0;
            for (uint32_t i = 0; i < 2 * pairs; i++) {
                sum += weights[(i / 2 * room + row) * 2 + i % 2] * inputs[i];
            }
            ROW("%u pairs, row %u of %u", pairs, row, room);
            CHECK_EQ(sums[row], sum);
        }
    }
}

/* A product of Q14 and Q20 as Q22, rounded down. */
TEST(cosines)
{
    CHECK_EQ(sotto_dot_cosine(16384, 1 << 20), 1 << 22);
    CHECK_EQ(sotto_dot_cosine(-1, 1), -1);
    CHECK_EQ(sotto_dot_cosine(4095, 1), 0);
    CHECK_EQ(sotto_dot_cosine(INT64_C(63000000), 100), 1538085);
}

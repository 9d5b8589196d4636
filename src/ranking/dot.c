/*
 * dot.c - dot products of small integers
 *
 * Portable C, which is the definition. dot_simd.c has the twin that makes eight products at a time.
 */
#include "ranking/dot.h"

#ifndef SOTTO_SIMD

int32_t sotto_dot_i8(const int8_t *weights, const int16_t *inputs, uint32_t count)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += weights[i] * inputs[i];
    }
    return sum;
}

void sotto_dot_points(const int16_t *points, const int16_t *inputs, uint32_t count,
                      uint32_t point_count, int32_t *sums)
{
    for (uint32_t point = 0; point < point_count; point++) {
        sums[point] = 0;
        for (uint32_t i = 0; i < count; i++) {
            sums[point] += *points++ * inputs[i];
        }
    }
}

void sotto_dot_pairs(const int16_t *weights, const int16_t *inputs, uint32_t pair_count,
                     uint32_t room, int32_t *sums)
{
    memset(sums, 0, room * sizeof *sums);
    for (uint32_t pair = 0; pair < pair_count; pair++, inputs += 2) {
        for (uint32_t row = 0; row < room; row++, weights += 2) {
            sums[row] += weights[0] * inputs[0] + weights[1] * inputs[1];
        }
    }
}

#endif

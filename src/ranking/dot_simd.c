/*
 * dot_simd.c - dot products of small integers, eight at a time
 *
 * The same sums as dot.c, by vectors of 128 bits: SSE2 has them on every 64-bit PC, WebAssembly in
 * every browser of the last years. Four rows are done together: each load of inputs serves four,
 * and four sums across lanes are one.
 *
 * The vectors are those that gcc and clang have in common; only the instruction that multiplies
 * eight pairs and adds neighbours has a name for each target.
 */
#include "ranking/dot.h"

#ifdef SOTTO_SIMD

typedef int16_t lanes_i16 __attribute__((vector_size(16)));
typedef int32_t lanes_i32 __attribute__((vector_size(16)));
typedef int8_t lanes_i8 __attribute__((vector_size(8)));

/* Builds for size would leave these as calls. */
#define INLINED static inline __attribute__((always_inline))

/* Eight products, each added to its neighbour. */
INLINED lanes_i32 multiply(lanes_i16 a, lanes_i16 b)
{
#ifdef __SSE2__
    return __builtin_ia32_pmaddwd128(a, b);
#else
    return __builtin_wasm_dot_s_i32x4_i16x8(a, b);
#endif
}

INLINED lanes_i16 load(const void *values)
{
    lanes_i16 loaded;
    memcpy(&loaded, values, sizeof loaded);
    return loaded;
}

INLINED int32_t total(lanes_i32 sums)
{
    return sums[0] + sums[1] + sums[2] + sums[3];
}

int32_t sotto_dot_i8(const int8_t *weights, const int16_t *inputs, uint32_t count)
{
    lanes_i32 sums = {0};
    for (uint32_t i = 0; i < count; i += 8) {
        lanes_i8 narrow;
        memcpy(&narrow, weights + i, sizeof narrow);
        sums += multiply(__builtin_convertvector(narrow, lanes_i16), load(inputs + i));
    }
    return total(sums);
}

/* Four points that follow one another. */
INLINED void four_points(const int16_t *points, const int16_t *inputs, uint32_t count,
                         int32_t *sums)
{
    lanes_i32 a = {0};
    lanes_i32 b = a;
    lanes_i32 c = a;
    lanes_i32 d = a;
    for (uint32_t i = 0; i < count; i += 8) {
        lanes_i16 eight = load(inputs + i);
        a += multiply(load(points + i), eight);
        b += multiply(load(points + count + i), eight);
        c += multiply(load(points + 2 * count + i), eight);
        d += multiply(load(points + 3 * count + i), eight);
    }
    /* Sums across lanes, of all four at once. */
    lanes_i32 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5)
                 + __builtin_shufflevector(a, b, 2, 6, 3, 7);
    lanes_i32 cd = __builtin_shufflevector(c, d, 0, 4, 1, 5)
                 + __builtin_shufflevector(c, d, 2, 6, 3, 7);
    lanes_i32 done = __builtin_shufflevector(ab, cd, 0, 1, 4, 5)
                   + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
    memcpy(sums, &done, sizeof done);
}

void sotto_dot_points(const int16_t *points, const int16_t *inputs, uint32_t count,
                      uint32_t point_count, int32_t *sums)
{
    uint32_t point = 0;
    for (; point + 4 <= point_count; point += 4, points += 4 * (size_t)count) {
        four_points(points, inputs, count, sums + point);
    }
    for (; point < point_count; point++, points += count) {
        lanes_i32 one = {0};
        for (uint32_t i = 0; i < count; i += 8) {
            one += multiply(load(points + i), load(inputs + i));
        }
        sums[point] = total(one);
    }
}

void sotto_dot_pairs(const int16_t *weights, const int16_t *inputs, uint32_t pair_count,
                     uint32_t room, int32_t *sums)
{
    for (uint32_t row = 0; row < room; row += 16, weights += 32) {
        lanes_i32 a = {0};
        lanes_i32 b = a;
        lanes_i32 c = a;
        lanes_i32 d = a;
        const int16_t *at = weights;
        for (uint32_t pair = 0; pair < pair_count; pair++, at += 2 * room) {
            int32_t two;
            memcpy(&two, inputs + 2 * pair, sizeof two);
            if (two == 0) {
                continue;
            }
            lanes_i16 both = (lanes_i16)(lanes_i32){two, two, two, two};
            a += multiply(load(at), both);
            b += multiply(load(at + 8), both);
            c += multiply(load(at + 16), both);
            d += multiply(load(at + 24), both);
        }
        memcpy(sums + row, &a, sizeof a);
        memcpy(sums + row + 4, &b, sizeof b);
        memcpy(sums + row + 8, &c, sizeof c);
        memcpy(sums + row + 12, &d, sizeof d);
    }
}

#endif

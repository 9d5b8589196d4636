/*
 * dot.h - dot products of small integers
 *
 * Portable C is the definition. Where the target has 128-bit vectors (SSE2, WebAssembly's SIMD) the
 * same sums are made eight products at a time; they give the very same numbers, for nothing can
 * overflow. -DSOTTO_NO_SIMD switches that off.
 */
#ifndef SOTTO_RANKING_DOT_H
#define SOTTO_RANKING_DOT_H

#include "base/base.h"

#if !defined(SOTTO_NO_SIMD) && (defined(__SSE2__) || defined(__wasm_simd128__))
#define SOTTO_SIMD
#endif

/*
 * All counts of products are multiples of 8. Whoever calls has seen to it that a sum fits.
 *
 * A row of weights of 8 bits, with inputs.
 */
int32_t sotto_dot_i8(const int8_t *weights, const int16_t *inputs, uint32_t count);

/* Points in memory, one after the other. */
void sotto_dot_points(const int16_t *points, const int16_t *inputs, uint32_t count,
                      uint32_t point_count, int32_t *sums);

/*
 * Of rows side by side, `room` of them, a multiple of 16: a pair of weights of each, for the first
 * two inputs; then a pair of each for the next two.
 */
void sotto_dot_pairs(const int16_t *weights, const int16_t *inputs, uint32_t pair_count,
                     uint32_t room, int32_t *sums);

/* From the product of a point in Q14 and numbers of which one is `step` in Q20 to Q22. */
static inline int32_t sotto_dot_cosine(int64_t dot, uint32_t step)
{
    return (int32_t)((dot * step) >> 12);
}

#endif

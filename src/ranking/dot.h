/*
 * dot.h - dot products of small integers
 *
 * Portable C is the definition. Where the target has 128-bit vectors (SSE2, WebAssembly's SIMD) the
 * same sums are made eight products at a time; they give the very same numbers, for nothing can
 * overflow. -DSOTTO_NO_SIMD switches that off.
 */
#ifndef SOTTO_RANKING_DOT_H
#define SOTTO_RANKING_DOT_H

#include "model/vectors.h"

#if !defined(SOTTO_NO_SIMD) && (defined(__SSE2__) || defined(__wasm_simd128__))
#define SOTTO_SIMD
#endif

/* A point to be multiplied with rows of codes, and the same laid out for vectors of eight. */
typedef struct sotto_dot_query {
    uint32_t dimensions;
    int32_t  sum;                                    /* of the coordinates */
    int16_t  point[SOTTO_VECTOR_MAX_DIMENSIONS];     /* Q14 */
    int16_t  lanes[3][SOTTO_VECTOR_MAX_DIMENSIONS];  /* for planes of 1, 2 and 4 bits */
} sotto_dot_query;

/* In which order the coordinates are needed: the same for all points, so it is worked out once. */
typedef struct sotto_dot_order {
    uint32_t dimensions;
    bool     has_lanes;
    uint8_t  lanes[3][SOTTO_VECTOR_MAX_DIMENSIONS];
} sotto_dot_order;

void sotto_dot_order_set(sotto_dot_order *order, uint32_t dimensions);

/* The query for a point of as many coordinates as the order is for. */
void sotto_dot_query_set(sotto_dot_query *query, const sotto_dot_order *order,
                         const int16_t *point);

/*
 * The sums of code * coordinate for `count` rows of codes of this width, 1 to 4 bits, that follow
 * one another. Returns the largest of them, INT32_MIN of none.
 */
int32_t sotto_dot_rows(const sotto_dot_query *query, uint32_t bits, const uint8_t *rows,
                       uint32_t count, int32_t *sums);

/* The same in portable C, which tests compare. */
int32_t sotto_dot_rows_plain(const sotto_dot_query *query, uint32_t bits, const uint8_t *rows,
                             uint32_t count, int32_t *sums);

static inline int32_t sotto_dot_larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/*
 * What each half of a byte of a row adds to the sum, so that a row costs two additions a byte: how
 * all rows are gone over where there is no SIMD.
 */
typedef struct sotto_dot_table {
    uint32_t bits;                                   /* of the rows it is for; 0: it is not set */
    int32_t  sums[SOTTO_VECTOR_MAX_DIMENSIONS * SOTTO_VECTOR_MAX_BITS / 4][16];
} sotto_dot_table;

void sotto_dot_table_set(sotto_dot_table *table, const sotto_dot_query *query, uint32_t bits);

/* As sotto_dot_rows, for the query and the width that the table was set for. */
int32_t sotto_dot_table_rows(const sotto_dot_table *table, uint32_t row_size, const uint8_t *rows,
                             uint32_t count, int32_t *sums);

/* The same for one row and four points. */
void sotto_dot_queries(const sotto_dot_query *const queries[4], uint32_t bits, const uint8_t *row,
                       int32_t sums[4]);
void sotto_dot_queries_plain(const sotto_dot_query *const queries[4], uint32_t bits,
                             const uint8_t *row, int32_t sums[4]);

/*
 * `count`, a multiple of 8, products of a row of weights with inputs. Whoever calls has seen to it
 * that the sum fits.
 */
int32_t sotto_dot_i8(const int8_t *weights, const int16_t *inputs, uint32_t count);

/* The same for weights of 16 bits as they stand in a file, at any address, row after row. */
void sotto_dot_i16(const uint8_t *rows, const int16_t *inputs, uint32_t count, uint32_t row_count,
                   int32_t *sums);

/* From the sum over codes to the cosine of a row of this class, Q22. */
static inline int32_t sotto_dot_cosine(const sotto_dot_query *query,
                                       const sotto_vector_class_rows *class, int32_t sum)
{
    int64_t dot = 2 * (int64_t)sum + (1 - (1 << class->bits)) * (int64_t)query->sum;
    return (int32_t)((dot * class->step) >> 12);
}

/* The cosines of an item's row with four queries, Q22; 0 if there is neither codes nor centroid. */
void sotto_dot_item(const sotto_dot_query *const queries[4], const sotto_vectors *vectors,
                    const sotto_vector_row *row, int32_t cosines[4]);

/* The cosine of a centroid with the query, Q22. */
int32_t sotto_dot_centroid(const sotto_dot_query *query, const sotto_vectors *vectors,
                           const int8_t *centroid);

#endif

/*
 * rows.h - many rows of codes, and one point
 *
 * What each half byte of a row adds to its product with the point is written down once, so that it
 * is added up by look-ups, whatever the width of the codes. Where there is an instruction for
 * sixteen look-ups at once, rows that cannot be near enough are found so, from sums that are
 * rounded up, and only the others are added up. Where there is none, all rows are, by whole bytes.
 */
#ifndef SOTTO_RANKING_ROWS_H
#define SOTTO_RANKING_ROWS_H

#include "model/vectors.h"
#include "ranking/dot.h"

enum {
    SOTTO_ROWS_HALVES = SOTTO_VECTOR_MAX_DIMENSIONS * SOTTO_VECTOR_MAX_BITS / 4,
    SOTTO_ROWS_AT_ONCE = 32,
#ifdef __wasm__
    SOTTO_ROWS_LANES = 16          /* bytes of a vector */
#else
    SOTTO_ROWS_LANES = 32
#endif
};

typedef struct sotto_rows_table {
    uint32_t row_size;
    int32_t  sums[SOTTO_ROWS_HALVES][16];
#ifdef SOTTO_SIMD
    int32_t  lowest;               /* that the sum of a row can be */
    uint32_t scale;                /* of what is above that, Q16 */
    uint8_t  above[SOTTO_ROWS_HALVES][SOTTO_ROWS_LANES];     /* scaled, rounded up; as often as */
#else                                                        /* there is room for sixteen */
    int32_t  bytes[SOTTO_ROWS_HALVES / 2][256];              /* what both halves add */
#endif
} sotto_rows_table;

/* The table for a point of so many coordinates and rows of codes of this width, 1 to 4 bits. */
void sotto_rows_table_set(sotto_rows_table *table, const int16_t *point, uint32_t dimensions,
                          uint32_t bits);

/* The sum of code * coordinate of a row. */
int32_t sotto_rows_sum(const sotto_rows_table *table, const uint8_t *row);

/*
 * Which of `count` rows, 1 to SOTTO_ROWS_AT_ONCE, may have a sum of `least` or more, as bits, the
 * first row the lowest. All that have one are among them; how many others are is not promised.
 * `readable` is how many bytes may be read from `rows` on, at least those of the rows.
 */
uint32_t sotto_rows_may_reach(const sotto_rows_table *table, const uint8_t *rows, uint32_t count,
                              size_t readable, int32_t least);

#endif

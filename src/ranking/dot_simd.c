/*
 * dot_simd.c - dot products of small integers, eight at a time
 *
 * The same sums as dot.c, by vectors of 128 bits: SSE2 has them on every 64-bit PC, WebAssembly in
 * every browser of the last years. Four rows are done together, with one point, or one row with
 * four points: each load serves four, and four sums across lanes are one.
 *
 *     row      | 16-bit lanes, codes in each |  >> shift & mask  =  8 codes
 *     lanes    | the 8 coordinates that belong to them           |
 *     multiply   8 products, each added to its neighbour         =  4 sums of 32 bits
 *
 * It takes about 12 cycles a row of 64 coordinates, whatever the width of the codes; plain C takes
 * some 300. Planes of less than 16 bytes share a vector: two rows, or all four.
 *
 * The vectors are those that gcc and clang have in common; only the instruction that multiplies
 * eight pairs and adds neighbours has a name for each target.
 */
#include "ranking/dot.h"

#ifdef SOTTO_SIMD

typedef int16_t lanes_i16 __attribute__((vector_size(16)));
typedef uint16_t lanes_u16 __attribute__((vector_size(16)));
typedef int32_t lanes_i32 __attribute__((vector_size(16)));
typedef int8_t lanes_i8 __attribute__((vector_size(8)));

/*
 * Every shift must be known when it is compiled, also where a build is for size: so loops over
 * shifts are written out, and what they call is part of them.
 */
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

INLINED lanes_u16 load_16(const uint8_t *bytes)
{
    lanes_u16 loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

/* Two times eight bytes. */
INLINED lanes_u16 load_8_and_8(const void *first, const void *second)
{
    uint64_t halves[2];
    memcpy(&halves[0], first, 8);
    memcpy(&halves[1], second, 8);
    lanes_u16 loaded;
    memcpy(&loaded, halves, sizeof loaded);
    return loaded;
}

INLINED lanes_i16 load_lanes(const int16_t *values)
{
    lanes_i16 loaded;
    memcpy(&loaded, values, sizeof loaded);
    return loaded;
}

/* The sums across each of four vectors, as one. */
INLINED lanes_i32 sum_across(const lanes_i32 *rows)
{
    lanes_i32 sums01 = __builtin_shufflevector(rows[0], rows[1], 0, 4, 1, 5)
                     + __builtin_shufflevector(rows[0], rows[1], 2, 6, 3, 7);
    lanes_i32 sums23 = __builtin_shufflevector(rows[2], rows[3], 0, 4, 1, 5)
                     + __builtin_shufflevector(rows[2], rows[3], 2, 6, 3, 7);
    return __builtin_shufflevector(sums01, sums23, 0, 1, 4, 5)
         + __builtin_shufflevector(sums01, sums23, 2, 3, 6, 7);
}

/* Four rows, each with its point; either the rows or the points are all the same. */
typedef struct four {
    bool           one_point;
    const uint8_t *row_0, *row_1, *row_2, *row_3;
    const int16_t *lanes_0, *lanes_1, *lanes_2, *lanes_3;
} four;

/* The rows from here on, with the coordinates laid out for planes of this width. */
INLINED four plane_of(const sotto_dot_query *const queries[4], const uint8_t *const rows[4],
                      bool one_point, uint32_t offset, uint32_t width)
{
    uint32_t plane = width / 2;
    return (four){
        one_point, rows[0] + offset, rows[1] + offset, rows[2] + offset, rows[3] + offset,
        queries[0]->lanes[plane], queries[1]->lanes[plane],
        queries[2]->lanes[plane], queries[3]->lanes[plane],
    };
}

/* What one place in each lane of a row gives. */
INLINED lanes_i32 products(lanes_u16 row, const int16_t *lanes, uint32_t shift, uint32_t width)
{
    lanes_u16 codes = row >> (uint16_t)shift;
    if (shift + width < 16) {
        codes &= (uint16_t)((1u << width) - 1);
    }
    return multiply((lanes_i16)codes, load_lanes(lanes));
}

/* One place in each lane of four rows; `place` counts them over all vectors of the plane. */
INLINED void add_place(lanes_i32 *sums, const lanes_u16 *rows, four all, uint32_t place,
                       uint32_t width)
{
    uint32_t shift = place * width % 16;
    sums[0] += products(rows[0], all.lanes_0 + 8 * place, shift, width);
    sums[1] += products(rows[1], all.lanes_1 + 8 * place, shift, width);
    sums[2] += products(rows[2], all.lanes_2 + 8 * place, shift, width);
    sums[3] += products(rows[3], all.lanes_3 + 8 * place, shift, width);
}

INLINED void add_four_places(lanes_i32 *sums, const lanes_u16 *rows, four all, uint32_t place,
                             uint32_t width)
{
    add_place(sums, rows, all, place, width);
    add_place(sums, rows, all, place + 1, width);
    add_place(sums, rows, all, place + 2, width);
    add_place(sums, rows, all, place + 3, width);
}

/* Adds what a vector of each row's plane gives. */
INLINED void add_vector(lanes_i32 *sums, four all, uint32_t vector, uint32_t width)
{
    const lanes_u16 rows[4] = {
        load_16(all.row_0 + 16 * vector), load_16(all.row_1 + 16 * vector),
        load_16(all.row_2 + 16 * vector), load_16(all.row_3 + 16 * vector),
    };
    uint32_t place = vector * 16 / width;
    add_four_places(sums, rows, all, place, width);
    if (width <= 2) {
        add_four_places(sums, rows, all, place + 4, width);
    }
    if (width == 1) {
        add_four_places(sums, rows, all, place + 8, width);
        add_four_places(sums, rows, all, place + 12, width);
    }
}

INLINED void add_plane(lanes_i32 *sums, four all, uint32_t width, uint32_t dimensions)
{
    uint32_t vectors = width * dimensions / 128;
    add_vector(sums, all, 0, width);
    if (vectors > 1) {
        add_vector(sums, all, 1, width);
    }
    if (vectors > 2) {
        add_vector(sums, all, 2, width);
        add_vector(sums, all, 3, width);
    }
}

/* Planes of eight bytes: two rows share a vector, and each has two of its four sums. */
INLINED void add_half_place(lanes_i32 *sums, const lanes_u16 *pairs, four all, uint32_t place,
                            uint32_t width)
{
    uint16_t shift = (uint16_t)(place * width);
    uint16_t mask = (uint16_t)((1u << width) - 1);
    lanes_u16 codes_01 = pairs[0] >> shift & mask;
    lanes_u16 codes_23 = pairs[1] >> shift & mask;
    lanes_i16 point_01 = load_lanes(all.lanes_0 + 8 * place);
    lanes_i16 point_23 = point_01;
    if (!all.one_point) {
        point_01 = (lanes_i16)load_8_and_8(all.lanes_0 + 8 * place, all.lanes_1 + 8 * place);
        point_23 = (lanes_i16)load_8_and_8(all.lanes_2 + 8 * place, all.lanes_3 + 8 * place);
    }
    sums[0] += multiply((lanes_i16)codes_01, point_01);
    sums[1] += multiply((lanes_i16)codes_23, point_23);
}

INLINED void add_four_half_places(lanes_i32 *sums, const lanes_u16 *pairs, four all,
                                  uint32_t place, uint32_t width)
{
    add_half_place(sums, pairs, all, place, width);
    add_half_place(sums, pairs, all, place + 1, width);
    add_half_place(sums, pairs, all, place + 2, width);
    add_half_place(sums, pairs, all, place + 3, width);
}

INLINED void add_half_plane(lanes_i32 *sums, four all, uint32_t width)
{
    lanes_i32 zeros = {0};
    lanes_i32 halves[2] = {zeros, zeros};
    const lanes_u16 pairs[2] = {load_8_and_8(all.row_0, all.row_1),
                                load_8_and_8(all.row_2, all.row_3)};
    add_four_half_places(halves, pairs, all, 0, width);
    add_four_half_places(halves, pairs, all, 4, width);
    if (width == 1) {
        add_four_half_places(halves, pairs, all, 8, width);
        add_four_half_places(halves, pairs, all, 12, width);
    }
    sums[0] += __builtin_shufflevector(halves[0], zeros, 0, 1, 4, 5);
    sums[1] += __builtin_shufflevector(halves[0], zeros, 2, 3, 4, 5);
    sums[2] += __builtin_shufflevector(halves[1], zeros, 0, 1, 4, 5);
    sums[3] += __builtin_shufflevector(halves[1], zeros, 2, 3, 4, 5);
}

/* Planes of four bytes: all four rows share a vector, and each has one of its sums. */
INLINED lanes_u16 load_4_each(const void *a, const void *b, const void *c, const void *d)
{
    uint32_t quarters[4];
    memcpy(&quarters[0], a, 4);
    memcpy(&quarters[1], b, 4);
    memcpy(&quarters[2], c, 4);
    memcpy(&quarters[3], d, 4);
    lanes_u16 loaded;
    memcpy(&loaded, quarters, sizeof loaded);
    return loaded;
}

INLINED void add_quarter_place(lanes_i32 *sums, lanes_u16 rows, four all, uint32_t place)
{
    lanes_u16 codes = rows >> (uint16_t)place & 1;
    lanes_i16 points = load_lanes(all.lanes_0 + 8 * place);
    if (!all.one_point) {
        points = (lanes_i16)load_4_each(all.lanes_0 + 8 * place, all.lanes_1 + 8 * place,
                                        all.lanes_2 + 8 * place, all.lanes_3 + 8 * place);
    }
    *sums += multiply((lanes_i16)codes, points);
}

INLINED void add_four_quarter_places(lanes_i32 *sums, lanes_u16 rows, four all, uint32_t place)
{
    add_quarter_place(sums, rows, all, place);
    add_quarter_place(sums, rows, all, place + 1);
    add_quarter_place(sums, rows, all, place + 2);
    add_quarter_place(sums, rows, all, place + 3);
}

INLINED void add_quarter_plane(lanes_i32 *sums, four all)
{
    lanes_u16 rows = load_4_each(all.row_0, all.row_1, all.row_2, all.row_3);
    add_four_quarter_places(sums, rows, all, 0);
    add_four_quarter_places(sums, rows, all, 4);
    add_four_quarter_places(sums, rows, all, 8);
    add_four_quarter_places(sums, rows, all, 12);
}

/* A plane of any width: four vectors of sums, or one that has a sum for each row already. */
INLINED void add_any_plane(lanes_i32 *sums, lanes_i32 *row_sums, four all, uint32_t width,
                           uint32_t dimensions)
{
    uint32_t bytes = width * dimensions / 8;
    if (bytes == 4) {
        add_quarter_plane(row_sums, all);
    } else if (bytes == 8) {
        add_half_plane(sums, all, width);
    } else {
        add_plane(sums, all, width, dimensions);
    }
}

/* Four sums of code * coordinate. `dimensions` is 32, 64 or 128. */
INLINED lanes_i32 four_sums(const sotto_dot_query *const queries[4], const uint8_t *const rows[4],
                            bool one_point, uint32_t bits, uint32_t dimensions, int32_t *out)
{
    lanes_i32 sums[4] = {{0}, {0}, {0}, {0}};
    lanes_i32 row_sums = {0};
    if (bits >= 2) {
        uint32_t width = bits == 4 ? 4 : 2;
        four wide = plane_of(queries, rows, one_point, 0, width);
        add_any_plane(sums, &row_sums, wide, width, dimensions);
    }
    if (bits == 3) {
        sums[0] += sums[0];
        sums[1] += sums[1];
        sums[2] += sums[2];
        sums[3] += sums[3];
    }
    if (bits % 2 == 1) {
        four last = plane_of(queries, rows, one_point, bits == 3 ? dimensions / 4 : 0, 1);
        add_any_plane(sums, &row_sums, last, 1, dimensions);
    }
    lanes_i32 done = sum_across(sums) + row_sums;
    memcpy(out, &done, sizeof done);
    return done;
}

/*
 * The loop for one width, so that its shifts are known when it is compiled. Returns how many rows
 * are done; `*largest` becomes the largest of their sums.
 */
INLINED uint32_t rows_by_four(const sotto_dot_query *query, uint32_t bits, uint32_t dimensions,
                              const uint8_t *rows, uint32_t count, int32_t *sums, int32_t *largest)
{
    lanes_i32 best = {INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN};
    uint32_t size = bits * dimensions / 8;
    const sotto_dot_query *const queries[4] = {query, query, query, query};
    uint32_t done = 0;
    for (; done + 4 <= count; done += 4, rows += 4 * size) {
        const uint8_t *const four_rows[4] = {rows, rows + size, rows + 2 * size, rows + 3 * size};
        lanes_i32 sums_now = four_sums(queries, four_rows, true, bits, dimensions, sums + done);
        lanes_i32 better = sums_now > best;
        best = (sums_now & better) | (best & ~better);
    }
    *largest = sotto_dot_larger(sotto_dot_larger(best[0], best[1]),
                                sotto_dot_larger(best[2], best[3]));
    return done;
}

#define EACH_WIDTH(dimensions)                                                                     \
    DO(dimensions, 1) DO(dimensions, 2) DO(dimensions, 3) DO(dimensions, 4)

int32_t sotto_dot_rows(const sotto_dot_query *query, uint32_t bits, const uint8_t *rows,
                       uint32_t count, int32_t *sums)
{
    int32_t largest = INT32_MIN;
    uint32_t done = 0;
    switch (query->dimensions | bits) {
#define DO(dimensions, bits)                                                                       \
    case dimensions | bits:                                                                        \
        done = rows_by_four(query, bits, dimensions, rows, count, sums, &largest);                 \
        break;
    EACH_WIDTH(32)
    EACH_WIDTH(64)
    EACH_WIDTH(128)
#undef DO
    default: break;
    }
    rows += done * (bits * query->dimensions / 8);
    return sotto_dot_larger(largest, sotto_dot_rows_plain(query, bits, rows, count - done,
                                                          sums + done));
}

void sotto_dot_queries(const sotto_dot_query *const queries[4], uint32_t bits, const uint8_t *row,
                       int32_t sums[4])
{
    const uint8_t *const rows[4] = {row, row, row, row};
    switch (queries[0]->dimensions | bits) {
#define DO(dimensions, bits)                                                                       \
    case dimensions | bits: four_sums(queries, rows, false, bits, dimensions, sums); break;
    EACH_WIDTH(32)
    EACH_WIDTH(64)
    EACH_WIDTH(128)
#undef DO
    default: sotto_dot_queries_plain(queries, bits, row, sums); break;
    }
}

static inline int32_t total(lanes_i32 sums)
{
    return sums[0] + sums[1] + sums[2] + sums[3];
}

int32_t sotto_dot_i8(const int8_t *weights, const int16_t *inputs, uint32_t count)
{
    lanes_i32 sums = {0};
    for (uint32_t i = 0; i < count; i += 8) {
        lanes_i8 narrow;
        memcpy(&narrow, weights + i, sizeof narrow);
        sums += multiply(__builtin_convertvector(narrow, lanes_i16), load_lanes(inputs + i));
    }
    return total(sums);
}

void sotto_dot_i16(const uint8_t *rows, const int16_t *inputs, uint32_t count, uint32_t row_count,
                   int32_t *sums)
{
    uint32_t size = 2 * count;
    uint32_t row = 0;
    for (; row + 4 <= row_count; row += 4, rows += 4 * size) {
        lanes_i32 four_rows[4] = {{0}, {0}, {0}, {0}};
        for (uint32_t i = 0; i < count; i += 8) {
            lanes_i16 eight = load_lanes(inputs + i);
            const uint8_t *at = rows + 2 * i;
            four_rows[0] += multiply((lanes_i16)load_16(at), eight);
            four_rows[1] += multiply((lanes_i16)load_16(at + size), eight);
            four_rows[2] += multiply((lanes_i16)load_16(at + 2 * size), eight);
            four_rows[3] += multiply((lanes_i16)load_16(at + 3 * size), eight);
        }
        lanes_i32 done = sum_across(four_rows);
        memcpy(sums + row, &done, sizeof done);
    }
    for (; row < row_count; row++, rows += size) {
        lanes_i32 one_row = {0};
        for (uint32_t i = 0; i < count; i += 8) {
            one_row += multiply((lanes_i16)load_16(rows + 2 * i), load_lanes(inputs + i));
        }
        sums[row] = total(one_row);
    }
}

#endif

/*
 * dot.c - dot products of small integers
 *
 * Portable C, which is the definition, and what is the same with vectors and without: how a query
 * is laid out, and from sums to cosines. dot_simd.c has the twin that makes eight products at a
 * time.
 *
 * A row of codes is one or two planes (FORMAT.md 5a.1). Read as 16-bit lanes, a plane of w-bit
 * codes holds 16 / w of them in each lane, so a vector of lanes gives one code of each by one shift
 * and one mask:
 *
 *     lane    | dddd cccc bbbb aaaa |  >> 0, >> 4, >> 8, >> 12,  & 15
 *
 * In which order they come out is known, so the coordinates are laid out in that order once, for
 * all rows. A product is at most 15 * 32,767 and a row has 128, so 32 bits hold every sum.
 */
#include "ranking/dot.h"

static uint32_t plane_dimension(uint32_t width, uint32_t dimensions, uint32_t byte, uint32_t shift)
{
    return width == 1 ? 8 * byte + shift : byte + shift / width * (width * dimensions / 8);
}

/*
 * Which coordinate each lane of a plane is multiplied with, eight lanes for each place. A plane of
 * less than 16 bytes fills only the first lanes; the others have the same again, for the next row.
 */
static void order_plane(uint8_t *lanes, uint32_t width, uint32_t dimensions)
{
    uint32_t bytes = width * dimensions / 8;
    uint32_t lane_count = bytes < 16 ? bytes / 2 : 8;
    uint32_t shifts = 16 / width;
    for (uint32_t i = 0; i < dimensions / lane_count * 8; i++) {
        uint32_t place = i / 8;
        uint32_t shift = place % shifts * width;
        uint32_t byte = place / shifts * 16 + 2 * (i % lane_count) + shift / 8;
        lanes[i] = (uint8_t)plane_dimension(width, dimensions, byte, shift % 8);
    }
}

void sotto_dot_order_set(sotto_dot_order *order, uint32_t dimensions)
{
    memset(order, 0, sizeof *order);
    order->dimensions = dimensions;
    order->has_lanes = dimensions == 32 || dimensions == 64 || dimensions == 128;
    for (uint32_t plane = 0; order->has_lanes && plane < 3; plane++) {
        order_plane(order->lanes[plane], 1u << plane, dimensions);
    }
}

void sotto_dot_query_set(sotto_dot_query *query, const sotto_dot_order *order,
                         const int16_t *point)
{
    uint32_t dimensions = order->dimensions;
    query->dimensions = dimensions;
    query->sum = 0;
    for (uint32_t i = 0; i < dimensions; i++) {
        query->point[i] = point[i];
        query->sum += point[i];
    }
    for (uint32_t plane = 0; order->has_lanes && plane < 3; plane++) {
        for (uint32_t i = 0; i < SOTTO_VECTOR_MAX_DIMENSIONS; i++) {
            query->lanes[plane][i] = point[order->lanes[plane][i]];
        }
    }
}

/* The codes of one plane of a row, each times `factor`, are added to `codes`. */
static void add_codes(int16_t *codes, uint32_t dimensions, uint32_t width, const uint8_t *plane,
                      int32_t factor)
{
    uint32_t mask = (1u << width) - 1;
    for (uint32_t byte = 0; byte < width * dimensions / 8; byte++) {
        for (uint32_t shift = 0; shift < 8; shift += width) {
            uint32_t i = plane_dimension(width, dimensions, byte, shift);
            codes[i] = (int16_t)(codes[i] + factor * (int32_t)(plane[byte] >> shift & mask));
        }
    }
}

static void unpack(int16_t *codes, uint32_t dimensions, uint32_t bits, const uint8_t *row)
{
    memset(codes, 0, dimensions * sizeof *codes);
    if (bits == 3) {
        add_codes(codes, dimensions, 2, row, 2);
        add_codes(codes, dimensions, 1, row + dimensions / 4, 1);
    } else {
        add_codes(codes, dimensions, bits, row, 1);
    }
}

static int32_t sum_of(const sotto_dot_query *query, const int16_t *codes)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < query->dimensions; i++) {
        sum += codes[i] * query->point[i];
    }
    return sum;
}

int32_t sotto_dot_rows_plain(const sotto_dot_query *query, uint32_t bits, const uint8_t *rows,
                             uint32_t count, int32_t *sums)
{
    int16_t codes[SOTTO_VECTOR_MAX_DIMENSIONS];
    int32_t largest = INT32_MIN;
    for (uint32_t i = 0; i < count; i++, rows += bits * query->dimensions / 8) {
        unpack(codes, query->dimensions, bits, rows);
        sums[i] = sum_of(query, codes);
        largest = sotto_dot_larger(largest, sums[i]);
    }
    return largest;
}

/* The halves of a plane's bytes. Each bit counts for itself, what has more bits is their sum. */
static void set_plane(int32_t (*halves)[16], const sotto_dot_query *query, uint32_t width,
                      int32_t factor)
{
    uint32_t bytes = width * query->dimensions / 8;
    for (uint32_t half = 0; half < 2 * bytes; half++) {
        int32_t *sums = halves[half];
        sums[0] = 0;
        for (uint32_t bit = 0; bit < 4; bit++) {
            uint32_t shift = half % 2 * 4 + bit;
            uint32_t i = plane_dimension(width, query->dimensions, half / 2, shift - shift % width);
            sums[1u << bit] = factor * query->point[i] * (1 << shift % width);
            for (uint32_t less = 1; less < 1u << bit; less++) {
                sums[(1u << bit) + less] = sums[1u << bit] + sums[less];
            }
        }
    }
}

void sotto_dot_table_set(sotto_dot_table *table, const sotto_dot_query *query, uint32_t bits)
{
    table->bits = bits;
    if (bits == 3) {
        set_plane(table->sums, query, 2, 2);
        set_plane(table->sums + query->dimensions / 2, query, 1, 1);
    } else {
        set_plane(table->sums, query, bits, 1);
    }
}

int32_t sotto_dot_table_rows(const sotto_dot_table *table, uint32_t row_size, const uint8_t *rows,
                             uint32_t count, int32_t *sums)
{
    int32_t largest = INT32_MIN;
    for (uint32_t i = 0; i < count; i++) {
        const int32_t (*halves)[16] = table->sums;
        int32_t sum = 0;
        for (const uint8_t *end = rows + row_size; rows < end; rows++, halves += 2) {
            sum += halves[0][*rows & 15] + halves[1][*rows >> 4];
        }
        sums[i] = sum;
        largest = sotto_dot_larger(largest, sum);
    }
    return largest;
}

void sotto_dot_queries_plain(const sotto_dot_query *const queries[4], uint32_t bits,
                             const uint8_t *row, int32_t sums[4])
{
    int16_t codes[SOTTO_VECTOR_MAX_DIMENSIONS];
    unpack(codes, queries[0]->dimensions, bits, row);
    for (uint32_t i = 0; i < 4; i++) {
        sums[i] = sum_of(queries[i], codes);
    }
}

#ifndef SOTTO_SIMD

int32_t sotto_dot_rows(const sotto_dot_query *query, uint32_t bits, const uint8_t *rows,
                       uint32_t count, int32_t *sums)
{
    return sotto_dot_rows_plain(query, bits, rows, count, sums);
}

void sotto_dot_queries(const sotto_dot_query *const queries[4], uint32_t bits, const uint8_t *row,
                       int32_t sums[4])
{
    sotto_dot_queries_plain(queries, bits, row, sums);
}

int32_t sotto_dot_i8(const int8_t *weights, const int16_t *inputs, uint32_t count)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += weights[i] * inputs[i];
    }
    return sum;
}

void sotto_dot_i16(const uint8_t *rows, const int16_t *inputs, uint32_t count, uint32_t row_count,
                   int32_t *sums)
{
    for (uint32_t row = 0; row < row_count; row++) {
        sums[row] = 0;
        for (uint32_t i = 0; i < count; i++, rows += 2) {
            sums[row] += (int16_t)sotto_load_u16(rows) * inputs[i];
        }
    }
}

#endif

int32_t sotto_dot_centroid(const sotto_dot_query *query, const sotto_vectors *vectors,
                           const int8_t *centroid)
{
    int64_t sum = sotto_dot_i8(centroid, query->point, query->dimensions);
    return (int32_t)((sum * vectors->centroid_step) >> 12);
}

void sotto_dot_item(const sotto_dot_query *const queries[4], const sotto_vectors *vectors,
                    const sotto_vector_row *row, int32_t cosines[4])
{
    int32_t sums[4] = {0};
    if (row->codes != NULL) {
        sotto_dot_queries(queries, row->class->bits, row->codes, sums);
    }
    for (uint32_t i = 0; i < 4; i++) {
        cosines[i] = row->codes != NULL      ? sotto_dot_cosine(queries[i], row->class, sums[i])
                   : row->centroid != NULL ? sotto_dot_centroid(queries[i], vectors, row->centroid)
                                           : 0;
    }
}

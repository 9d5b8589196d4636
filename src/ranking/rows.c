/*
 * rows.c - many rows of codes, and one point
 *
 * A row of codes is one or two planes (FORMAT.md 5a.1). Whatever they are, a bit of a byte stands
 * for one coordinate, doubled as often as its place in the code says, so half a byte can only add
 * one of sixteen numbers to the sum:
 *
 *     sums[half][b3 b2 b1 b0]  =  b3 p3 + b2 p2 + b1 p1 + b0 p0
 *
 * For the sums that are rounded up, what a half adds above the least it can add is scaled so that
 * four halves, two bytes of the row, never add up to more than 255 (rows_simd.c adds that many in
 * bytes). It is rounded up half by half, so the sum is no less than the scaled true one:
 *
 *     sum >= least   only if   sum of above >= (least - lowest) * scale
 *
 * With rows of 64 codes the rounding is worth 0.03 to 0.04 of a cosine: of 43,000 rows some two
 * thousand pass that need not be added up.
 */
#include "ranking/rows.h"

enum { GROUP = 4, GROUP_MOST = UINT8_MAX };

/* The coordinate that a code of a plane belongs to, from where it is. */
static uint32_t coordinate_of(uint32_t width, uint32_t dimensions, uint32_t byte, uint32_t shift)
{
    return width == 1 ? 8 * byte + shift : byte + shift / width * (width * dimensions / 8);
}

/* The halves of a plane's bytes; its codes count `factor` times. */
static void set_plane(int32_t (*halves)[16], const int16_t *point, uint32_t dimensions,
                      uint32_t width, int32_t factor)
{
    for (uint32_t half = 0; half < width * dimensions / 4; half++) {
        int32_t *sums = halves[half];
        sums[0] = 0;
        for (uint32_t bit = 0; bit < 4; bit++) {
            uint32_t shift = half % 2 * 4 + bit;
            uint32_t i = coordinate_of(width, dimensions, half / 2, shift - shift % width);
            int32_t worth = factor * point[i] * (1 << shift % width);
            for (uint32_t less = 0; less < 1u << bit; less++) {
                sums[(1u << bit) + less] = worth + sums[less];
            }
        }
    }
}

#ifdef SOTTO_SIMD

/* The least that a half can add. */
static int32_t lowest_of(const int32_t *sums)
{
    int32_t lowest = 0;
    for (uint32_t bit = 1; bit < 16; bit *= 2) {
        lowest += sums[bit] < 0 ? sums[bit] : 0;
    }
    return lowest;
}

static void set_above(sotto_rows_table *table)
{
    uint32_t half_count = 2 * table->row_size;
    int32_t lowest[SOTTO_ROWS_HALVES];
    uint32_t widest = 1;
    table->lowest = 0;
    for (uint32_t first = 0; first < half_count; first += GROUP) {
        uint32_t range = 0;
        for (uint32_t half = first; half < first + GROUP; half++) {
            lowest[half] = lowest_of(table->sums[half]);
            table->lowest += lowest[half];
            range += (uint32_t)(table->sums[half][15] - 2 * lowest[half]);
        }
        widest = sotto_max_u32(widest, range);
    }
    table->scale = ((GROUP_MOST - GROUP) << 16) / widest;
    for (uint32_t half = 0; half < half_count; half++) {
        for (uint32_t lane = 0; lane < SOTTO_ROWS_LANES; lane++) {
            uint32_t above = (uint32_t)(table->sums[half][lane % 16] - lowest[half]);
            table->above[half][lane] = (uint8_t)((above * table->scale + 0xFFFF) >> 16);
        }
    }
    for (uint32_t half = half_count; half % 16 != 0; half++) {
        memset(table->above[half], 0, sizeof table->above[half]);
    }
}

#else

static void set_bytes(sotto_rows_table *table)
{
    for (uint32_t i = 0; i < table->row_size; i++) {
        const int32_t *low = table->sums[2 * i];
        const int32_t *high = table->sums[2 * i + 1];
        for (uint32_t byte = 0; byte < 256; byte++) {
            table->bytes[i][byte] = low[byte & 15] + high[byte >> 4];
        }
    }
}

#endif

void sotto_rows_table_set(sotto_rows_table *table, const int16_t *point, uint32_t dimensions,
                          uint32_t bits)
{
    table->row_size = bits * dimensions / 8;
    if (bits == 3) {
        set_plane(table->sums, point, dimensions, 2, 2);
        set_plane(table->sums + dimensions / 2, point, dimensions, 1, 1);
    } else {
        set_plane(table->sums, point, dimensions, bits, 1);
    }
#ifdef SOTTO_SIMD
    set_above(table);
#else
    set_bytes(table);
#endif
}

#ifdef SOTTO_SIMD

int32_t sotto_rows_sum(const sotto_rows_table *table, const uint8_t *row)
{
    const int32_t (*halves)[16] = table->sums;
    int32_t sum = 0;
    for (const uint8_t *end = row + table->row_size; row < end; row++, halves += 2) {
        sum += halves[0][*row & 15] + halves[1][*row >> 4];
    }
    return sum;
}

#else

int32_t sotto_rows_sum(const sotto_rows_table *table, const uint8_t *row)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < table->row_size; i++) {
        sum += table->bytes[i][row[i]];
    }
    return sum;
}

uint32_t sotto_rows_may_reach(const sotto_rows_table *table, const uint8_t *rows, uint32_t count,
                              size_t readable, int32_t least)
{
    (void)table, (void)rows, (void)readable, (void)least;
    return UINT32_MAX >> (32 - count);
}
#endif

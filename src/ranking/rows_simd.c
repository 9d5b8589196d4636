/*
 * rows_simd.c - many rows at a time: which of them may be near enough
 *
 * One instruction looks up sixteen bytes, each in the same sixteen. So that they are all of the
 * same half byte of sixteen rows, rows are turned first: in four steps, vectors are woven in pairs.
 *
 *     row 0   | 0 1 2 ... 7 |           byte 0   | row 0, row 1, ... row 15 |
 *     row 1   | 0 1 2 ... 7 |    ->     byte 1   | row 0, row 1, ... row 15 |
 *     ...                               ...
 *
 * Four look-ups are added up in bytes, which the table sees to (rows.c), and then in 16 bits, rows
 * of even and odd numbers apart. Of rows of 64 codes it takes about as many instructions a row as
 * the row has bytes, where adding up takes four times as many.
 *
 * WebAssembly's vectors are of 128 bits. A PC's are of 256, and what is said here of sixteen rows
 * it does in each half; if it is older than AVX2, all its rows may be near enough.
 */
#include "ranking/rows.h"

#ifdef SOTTO_SIMD

#ifdef __wasm__
#define KERNEL static
#define INLINED static inline __attribute__((always_inline))
#else
#define KERNEL static __attribute__((target("avx2")))
#define INLINED static inline __attribute__((always_inline, target("avx2")))
#endif

enum {
    ROWS = SOTTO_ROWS_LANES,
    COLUMNS = 8,                   /* bytes of a row that are turned together */
    LOADED = 16,                   /* bytes that are read for them */
    LARGEST_ROW = SOTTO_VECTOR_MAX_DIMENSIONS * SOTTO_VECTOR_MAX_BITS / 8
};

typedef char bytes_16 __attribute__((vector_size(16)));
typedef char bytes __attribute__((vector_size(ROWS)));
typedef uint8_t bytes_u8 __attribute__((vector_size(ROWS)));
typedef int16_t lanes_i16 __attribute__((vector_size(ROWS)));
typedef uint16_t lanes_u16 __attribute__((vector_size(ROWS)));

/* ---- What each target has a name of its own for ----------------------------------------------- */

INLINED bytes_16 load_16(const uint8_t *at)
{
    bytes_16 loaded;
    memcpy(&loaded, at, sizeof loaded);
    return loaded;
}

#ifdef __wasm__

typedef int8_t bytes_i8 __attribute__((vector_size(16)));

static bool has_look_ups(void)
{
    return true;
}

#define EACH_HALF(PAIRS, n) PAIRS(n)

INLINED bytes load_rows(const uint8_t *row, size_t row_size)
{
    (void)row_size;
    return load_16(row);
}

INLINED bytes_u8 look_up(const uint8_t *table, bytes_u8 numbers)
{
    return (bytes_u8)__builtin_wasm_swizzle_i8x16((bytes_i8)load_16(table), (bytes_i8)numbers);
}

INLINED uint32_t highest_bits(lanes_u16 lanes)
{
    return (uint32_t)__builtin_wasm_bitmask_i8x16((bytes_i8)lanes);
}

#else

typedef long long lanes_i64 __attribute__((vector_size(32)));
typedef long long half_i64 __attribute__((vector_size(16)));

static bool has_look_ups(void)
{
    return __builtin_cpu_supports("avx2") != 0;
}

#define EACH_HALF(PAIRS, n) PAIRS(n), PAIRS(n + 16)

/* A row, and the sixteenth after it. */
INLINED bytes load_rows(const uint8_t *row, size_t row_size)
{
    half_i64 low = (half_i64)load_16(row);
    half_i64 high = (half_i64)load_16(row + 16 * row_size);
    return (bytes)__builtin_ia32_insert128i256((lanes_i64){low[0], low[1]}, high, 1);
}

INLINED bytes_u8 look_up(const uint8_t *table, bytes_u8 numbers)
{
    bytes values;
    memcpy(&values, table, sizeof values);
    return (bytes_u8)__builtin_ia32_pshufb256(values, (bytes)numbers);
}

INLINED uint32_t highest_bits(lanes_u16 lanes)
{
    return (uint32_t)__builtin_ia32_pmovmskb256((bytes)lanes);
}

#endif

/* ---- What is the same for all ----------------------------------------------------------------- */

#define PAIR(n) n, ROWS + n
#define PAIRS(n)                                                                                   \
    PAIR(n), PAIR(n + 1), PAIR(n + 2), PAIR(n + 3), PAIR(n + 4), PAIR(n + 5), PAIR(n + 6),         \
    PAIR(n + 7)

INLINED bytes weave_low(bytes a, bytes b)
{
    return __builtin_shufflevector(a, b, EACH_HALF(PAIRS, 0));
}

INLINED bytes weave_high(bytes a, bytes b)
{
    return __builtin_shufflevector(a, b, EACH_HALF(PAIRS, 8));
}

/* Weaves vectors with those four further on. */
INLINED void weave(bytes *to, const bytes *from)
{
#pragma GCC unroll 4
    for (uint32_t i = 0; i < COLUMNS / 2; i++) {
        to[2 * i] = weave_low(from[i], from[i + COLUMNS / 2]);
        to[2 * i + 1] = weave_high(from[i], from[i + COLUMNS / 2]);
    }
}

/* Turns the next bytes of rows: the first byte of them all, the second, ... */
INLINED void turn(bytes *columns, const uint8_t *rows, size_t row_size)
{
    bytes a[COLUMNS];
    bytes b[COLUMNS];
#pragma GCC unroll 8
    for (uint32_t i = 0; i < COLUMNS; i++) {
        a[i] = weave_low(load_rows(rows + i * row_size, row_size),
                         load_rows(rows + (i + 8) * row_size, row_size));
    }
    weave(b, a);
    weave(a, b);
    weave(columns, a);
}

/* What two bytes of each row add: as bytes, for as many rows as there are. */
INLINED lanes_u16 add_two(const uint8_t (*above)[SOTTO_ROWS_LANES], bytes first, bytes second)
{
    bytes_u8 sums = look_up(above[0], (bytes_u8)first & 15);
    sums += look_up(above[1], (bytes_u8)first >> 4);
    sums += look_up(above[2], (bytes_u8)second & 15);
    sums += look_up(above[3], (bytes_u8)second >> 4);
    return (lanes_u16)sums;
}

/* Which of ROWS rows have sums of `need` or more. */
KERNEL uint32_t reaching(const sotto_rows_table *table, const uint8_t *rows, int16_t need)
{
    lanes_u16 both = {0};          /* the sum of an even row, and 256 times that of the next one */
    lanes_u16 odd = {0};
    size_t row_size = table->row_size;
    for (size_t at = 0; at < row_size; at += COLUMNS) {
        bytes columns[COLUMNS];
        turn(columns, rows + at, row_size);
#pragma GCC unroll 4
        for (uint32_t i = 0; i < COLUMNS; i += 2) {
            lanes_u16 sums = add_two(table->above + 2 * (at + i), columns[i], columns[i + 1]);
            both += sums;
            odd += sums >> 8;
        }
    }
    lanes_i16 even = (lanes_i16)(both - (odd << 8));
    lanes_u16 even_reach = (lanes_u16)(even >= need);
    lanes_u16 odd_reach = (lanes_u16)((lanes_i16)odd >= need);
    return highest_bits((even_reach & 255) | (odd_reach << 8));
}

uint32_t sotto_rows_may_reach(const sotto_rows_table *table, const uint8_t *rows, uint32_t count,
                              size_t readable, int32_t least)
{
    uint32_t all = UINT32_MAX >> (32 - count);
    int64_t need = (((int64_t)least - table->lowest) * table->scale + 0xFFFF) >> 16;
    if (need <= 0 || !has_look_ups()) {
        return all;
    }
    if (need > INT16_MAX) {
        return 0;
    }
    uint8_t copy[SOTTO_ROWS_AT_ONCE * LARGEST_ROW + LOADED];
    if (readable < SOTTO_ROWS_AT_ONCE * (size_t)table->row_size + LOADED) {
        memset(copy, 0, sizeof copy);
        memcpy(copy, rows, count * (size_t)table->row_size);
        rows = copy;
    }
    uint32_t found = 0;
    for (uint32_t first = 0; first < SOTTO_ROWS_AT_ONCE; first += ROWS) {
        found |= reaching(table, rows + (size_t)first * table->row_size, (int16_t)need) << first;
    }
    return found & all;
}

#endif

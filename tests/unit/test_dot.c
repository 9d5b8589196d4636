/*
 * test_dot.c - the same sums by vectors and without
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

/* From one point to its sums: with the largest coordinates there are, or with any. */
static void set_point(sotto_dot_query *query, uint32_t dimensions, bool largest)
{
    int16_t point[SOTTO_VECTOR_MAX_DIMENSIONS];
    for (uint32_t i = 0; i < dimensions; i++) {
        point[i] = largest ? (random_u32() & 64 ? 32767 : -32767)
                           : (int16_t)(random_u32() >> 8);
    }
    sotto_dot_order order;
    sotto_dot_order_set(&order, dimensions);
    sotto_dot_query_set(query, &order, point);
}

TEST(rows_by_vectors_and_by_table_are_those_of_plain_c)
{
    enum { ROWS = 37 };
    static uint8_t rows[ROWS * 64];
    int32_t fast[ROWS];
    int32_t plain[ROWS];
    state = 77;
    for (uint32_t turn = 0; turn < 400; turn++) {
        uint32_t dimensions = 16 * (1 + turn % 8);
        uint32_t bits = 1 + turn / 8 % 4;
        sotto_dot_query query;
        set_point(&query, dimensions, turn % 3 == 0);
        random_bytes(rows, sizeof rows);
        if (turn % 3 == 0) {
            memset(rows, 0xFF, sizeof rows / 2);
        }
        int32_t largest = sotto_dot_rows(&query, bits, rows, ROWS, fast);
        CHECK_EQ(largest, sotto_dot_rows_plain(&query, bits, rows, ROWS, plain));
        static sotto_dot_table table;
        int32_t by_table[ROWS];
        sotto_dot_table_set(&table, &query, bits);
        sotto_dot_table_rows(&table, bits * dimensions / 8, rows, ROWS, by_table);
        for (uint32_t row = 0; row < ROWS; row++) {
            ROW("%u dimensions, %u bits, row %u", dimensions, bits, row);
            CHECK_EQ(fast[row], plain[row]);
            CHECK_EQ(by_table[row], plain[row]);
        }
    }
}

/* What plain C says of a row, coordinate by coordinate, as FORMAT.md 5a.1 has it. */
TEST(a_row_is_read_as_the_format_says)
{
    uint8_t row[64];
    state = 5;
    for (uint32_t turn = 0; turn < 64; turn++) {
        uint32_t dimensions = 16 * (1 + turn % 8);
        uint32_t bits = 1 + turn / 8 % 4;
        sotto_dot_query query;
        set_point(&query, dimensions, false);
        random_bytes(row, sizeof row);
        int32_t sum = 0;
        for (uint32_t i = 0; i < dimensions; i++) {
            uint32_t quarter = dimensions / 4;
            const uint8_t *bit_plane = bits == 3 ? row + quarter : row;
            uint32_t one = bit_plane[i / 8] >> (i % 8) & 1;
            uint32_t two = row[i % quarter] >> (2 * (i / quarter)) & 3;
            uint32_t four = row[i % (2 * quarter)] >> (4 * (i / (2 * quarter))) & 15;
            uint32_t code = bits == 1 ? one : bits == 2 ? two : bits == 3 ? 2 * two + one : four;
            sum += (int32_t)code * query.point[i];
        }
        int32_t plain;
        sotto_dot_rows_plain(&query, bits, row, 1, &plain);
        ROW("%u dimensions, %u bits", dimensions, bits);
        CHECK_EQ(plain, sum);
    }
}

TEST(sums_of_weights_and_inputs)
{
    int8_t narrow[64];
    uint8_t wide[128];
    int16_t inputs[64];
    state = 9;
    for (uint32_t turn = 0; turn < 200; turn++) {
        uint32_t count = 8 * (1 + turn % 8);
        random_bytes((uint8_t *)narrow, sizeof narrow);
        int32_t narrow_sum = 0;
        int32_t wide_sum = 0;
        for (uint32_t i = 0; i < count; i++) {
            inputs[i] = (int16_t)(random_u32() >> 9);
            int16_t weight = (int16_t)((int32_t)(random_u32() % 1500) - 750);
            sotto_store_u16(wide + 2 * i, (uint16_t)weight);
            narrow_sum += narrow[i] * inputs[i];
            wide_sum += weight * inputs[i];
        }
        CHECK_EQ(sotto_dot_i8(narrow, inputs, count), narrow_sum);
        int32_t sum;
        sotto_dot_i16(wide, inputs, count, 1, &sum);
        CHECK_EQ(sum, wide_sum);
    }
}

/* Rows in fours and what is left over. */
TEST(rows_of_weights_and_inputs)
{
    enum { ROWS = 11, MOST = 40 };
    uint8_t rows[ROWS * MOST * 2];
    int16_t inputs[MOST];
    int32_t sums[ROWS];
    state = 21;
    for (uint32_t count = 8; count <= MOST; count += 8) {
        for (uint32_t i = 0; i < ROWS * count; i++) {
            int16_t weight = (int16_t)((int32_t)(random_u32() % 3000) - 1500);
            sotto_store_u16(rows + 2 * i, (uint16_t)weight);
        }
        for (uint32_t i = 0; i < count; i++) {
            inputs[i] = (int16_t)((int32_t)(random_u32() % 32767) - 16383);
        }
        sotto_dot_i16(rows, inputs, count, ROWS, sums);
        for (uint32_t row = 0; row < ROWS; row++) {
            int32_t sum = 0;
            for (uint32_t i = 0; i < count; i++) {
                sum += (int16_t)sotto_load_u16(rows + 2 * (row * count + i)) * inputs[i];
            }
            ROW("%u a row, row %u", count, row);
            CHECK_EQ(sums[row], sum);
        }
    }
}

/* One row of one class, against queries of its own. */
TEST(an_item_is_multiplied_with_four_queries)
{
    uint8_t rows[64];
    uint8_t popularity[1] = {9};
    state = 3;
    for (uint32_t turn = 0; turn < 64; turn++) {
        uint32_t dimensions = 16 * (1 + turn % 8);
        uint32_t bits = 1 + turn / 8 % 4;
        random_bytes(rows, sizeof rows);
        sotto_vectors vectors = {
            .dimensions = dimensions, .item_count = 1, .class_count = 1, .popularity = popularity,
            .classes = {{0, bits, 30000, bits * dimensions / 8, 1, rows}},
        };
        sotto_dot_query queries[4];
        const sotto_dot_query *each[4];
        for (uint32_t i = 0; i < 4; i++) {
            set_point(&queries[i], dimensions, false);
            each[i] = &queries[i];
        }
        int32_t cosines[4];
        sotto_vector_row row = sotto_vectors_row(&vectors, 0);
        sotto_dot_item(each, &vectors, &row, cosines);
        for (uint32_t i = 0; i < 4; i++) {
            int32_t sum;
            sotto_dot_rows_plain(&queries[i], bits, rows, 1, &sum);
            ROW("%u dimensions, %u bits, query %u", dimensions, bits, i);
            CHECK_EQ(cosines[i], sotto_dot_cosine(&queries[i], &vectors.classes[0], sum));
        }
        row = sotto_vectors_row(&vectors, 1);
        sotto_dot_item(each, &vectors, &row, cosines);
        CHECK_EQ(cosines[3], 0);
    }
}

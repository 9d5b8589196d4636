/*
 * test_forest.c - opening trees: what is refused, and where the fault is
 */
#include "test.h"

#include "model/forest.h"

/* The tree of forest.c's head: 0 asks, on its left 1 and 2, on its right 3. */
static const uint8_t drawn[] = {
    10, 0, 5, 0, 2, 3, 1, 0,                                /* counts, shift 3, one tree */
    4, 1,                                                   /* four splits, values doubled */
    0, 2, 100, 0, 1,  1, 0, 200, 0, 2,  2, 0, 44, 1, 3,  3, 0, 144, 1, 4,
    10, 20, 30, 40, 50,
};

static sotto_forest forest;
static sotto_reranker reranker;

static sotto_status open(const uint8_t *bytes, uint32_t size, uint32_t *fault_at)
{
    sotto_reader reader = sotto_reader_over(bytes, 0, size);
    forest = (sotto_forest){.tree_count = 0};
    sotto_forest_open(&forest, &reranker, &reader, SOTTO_FEATURES);
    *fault_at = (uint32_t)reader.fault.offset;
    return reader.status;
}

TEST(what_is_said_before_the_trees)
{
    uint32_t at;
    CHECK_EQ(open(drawn, sizeof drawn, &at), SOTTO_OK);
    CHECK_EQ(reranker.vector_count, 10);
    CHECK_EQ(reranker.table_count, 5);
    CHECK_EQ(reranker.session_count, 2);
    CHECK_EQ(forest.shift, 3);
    CHECK_EQ(forest.tree_count, 1);
    CHECK(forest.trees == drawn + 8);
}

TEST(a_byte_that_cannot_be)
{
    static const struct {
        uint32_t offset;
        uint8_t  value;
        uint32_t fault_at;
    } rows[] = {
        {1, 2, 0}, {3, 2, 2}, {4, 21, 4}, {5, 25, 5}, {6, 0, 6}, {7, 3, 6},
        {8, 0, 8}, {8, 64, 8}, {9, 13, 9},
        {10, SOTTO_FEATURES, 10},
        {11, 4, 11},                   /* of four splits the first has three below it */
        {16, 2, 16},                   /* split 1 has one below, on its left or right: not two */
        {21, 1, 21},                   /* split 2 has none */
        {11, 0, 26},                   /* all on the right: then 3 is 2's, and too much is claimed */
    };
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        uint8_t bytes[sizeof drawn];
        uint32_t at;
        memcpy(bytes, drawn, sizeof bytes);
        bytes[rows[i].offset] = rows[i].value;
        if (rows[i].fault_at == 26) {
            bytes[26] = 1;
        }
        ROW("byte %u is %u", rows[i].offset, rows[i].value);
        CHECK_EQ(open(bytes, sizeof bytes, &at), SOTTO_INVALID);
        CHECK_EQ(at, rows[i].fault_at);
    }
}

TEST(other_shapes_of_as_many_splits_open)
{
    static const uint8_t shapes[][4] = {{3, 2, 1, 0}, {0, 0, 0, 0}, {1, 0, 1, 0}, {2, 1, 0, 0}};
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(shapes); i++) {
        uint8_t bytes[sizeof drawn];
        uint32_t at;
        memcpy(bytes, drawn, sizeof bytes);
        for (uint32_t split = 0; split < 4; split++) {
            bytes[11 + 5 * split] = shapes[i][split];
        }
        ROW("shape %u", i);
        CHECK_EQ(open(bytes, sizeof bytes, &at), SOTTO_OK);
    }
}

TEST(nothing_may_be_missing_or_left_over)
{
    uint32_t at;
    for (uint32_t size = 0; size < sizeof drawn; size++) {
        ROW("%u bytes", size);
        CHECK_EQ(open(drawn, size, &at), SOTTO_INVALID);
        CHECK(at <= size);
    }
    uint8_t longer[sizeof drawn + 1] = {0};
    memcpy(longer, drawn, sizeof drawn);
    CHECK_EQ(open(longer, sizeof longer, &at), SOTTO_INVALID);
    CHECK_EQ(at, sizeof drawn);
}

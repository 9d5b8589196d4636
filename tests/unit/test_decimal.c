#include "test.h"

#include "decisions/decimal.h"
#include "model/program.h"

#define MAX SOTTO_DECIMAL_MAX

TEST(arithmetic)
{
    static const struct {
        uint32_t op;
        int64_t  a, b, result;
    } rows[] = {
        {SOTTO_OP_ADD, 15000, 25000, 40000},
        {SOTTO_OP_ADD, MAX, 1, MAX},
        {SOTTO_OP_ADD, -MAX, -MAX, -MAX},
        {SOTTO_OP_SUBTRACT, 15000, 25000, -10000},
        {SOTTO_OP_SUBTRACT, -MAX, MAX, -MAX},
        {SOTTO_OP_MULTIPLY, 15000, 25000, 37500},
        {SOTTO_OP_MULTIPLY, -15000, 25000, -37500},
        {SOTTO_OP_MULTIPLY, 1, 1, 0},
        {SOTTO_OP_MULTIPLY, -1, 9999, 0},              /* towards zero */
        {SOTTO_OP_MULTIPLY, 3, 3333, 0},
        {SOTTO_OP_MULTIPLY, 3, 3334, 1},
        {SOTTO_OP_MULTIPLY, MAX, 10000, MAX},
        {SOTTO_OP_MULTIPLY, MAX, 9999, 70361707303246},
        {SOTTO_OP_MULTIPLY, MAX, 10001, MAX},
        {SOTTO_OP_MULTIPLY, MAX, -MAX, -MAX},
        {SOTTO_OP_MULTIPLY, MAX, 0, 0},
        {SOTTO_OP_MULTIPLY, 83886080000, 83886080000, MAX},
        {SOTTO_OP_DIVIDE, 10000, 30000, 3333},
        {SOTTO_OP_DIVIDE, -10000, 30000, -3333},
        {SOTTO_OP_DIVIDE, 20000, 30000, 6666},
        {SOTTO_OP_DIVIDE, MAX, 1, MAX},
        {SOTTO_OP_DIVIDE, MAX, -1, -MAX},
        {SOTTO_OP_DIVIDE, 1, MAX, 0},
        {SOTTO_OP_DIVIDE, 10000, 0, SOTTO_NOTHING},
        {SOTTO_OP_DIVIDE, 0, 0, SOTTO_NOTHING},
        {SOTTO_OP_REST, 75000, 20000, 15000},
        {SOTTO_OP_REST, -75000, 20000, -15000},
        {SOTTO_OP_REST, 75000, -20000, 15000},
        {SOTTO_OP_REST, 75000, 0, SOTTO_NOTHING},
        {SOTTO_OP_NEGATE, MAX, 0, -MAX},
        {SOTTO_OP_NEGATE, -5, 0, 5},
        {SOTTO_OP_FLOOR, 19999, 0, 10000},
        {SOTTO_OP_FLOOR, -1, 0, -10000},
        {SOTTO_OP_FLOOR, -20000, 0, -20000},
        {SOTTO_OP_FLOOR, -MAX, 0, -MAX},               /* below it there is no number */
        {SOTTO_OP_FLOOR, MAX, 0, 70368744170000},
        {SOTTO_OP_ROUND, 14999, 0, 10000},
        {SOTTO_OP_ROUND, 15000, 0, 20000},
        {SOTTO_OP_ROUND, -14999, 0, -10000},
        {SOTTO_OP_ROUND, -15000, 0, -20000},
        {SOTTO_OP_ROUND, MAX, 0, MAX},
        {SOTTO_OP_MIN, 3, -4, -4},
        {SOTTO_OP_MAX, 3, -4, 3},
        {SOTTO_OP_MAX, 3, 3, 3},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("op %x of %" PRId64 " and %" PRId64, rows[i].op, rows[i].a, rows[i].b);
        CHECK_EQ(sotto_decimal_reckon(rows[i].op, rows[i].a, rows[i].b), rows[i].result);
    }
}

TEST(nothing_stays_nothing)
{
    for (uint32_t op = SOTTO_OP_ADD; op <= SOTTO_OP_MAX; op++) {
        ROW("op %x", op);
        CHECK(sotto_decimal_reckon(op, SOTTO_NOTHING, 10000) == SOTTO_NOTHING);
        CHECK(sotto_decimal_reckon(op, 10000, SOTTO_NOTHING) == SOTTO_NOTHING);
    }
    for (uint32_t op = SOTTO_OP_EQUAL; op <= SOTTO_OP_AT_LEAST; op++) {
        ROW("op %x", op);
        CHECK(!sotto_decimal_compare(op, SOTTO_NOTHING, 0));
        CHECK(!sotto_decimal_compare(op, 0, SOTTO_NOTHING));
        CHECK(!sotto_decimal_compare(op, SOTTO_NOTHING, SOTTO_NOTHING));
    }
}

TEST(products_agree_with_wider_ones)
{
    /* The product of two numbers of 32 bits fits into 64. */
    uint64_t state = 7;
    for (int i = 0; i < 20000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        int64_t a = (int64_t)(uint32_t)(state >> 32) - INT32_MAX;
        state = state * 6364136223846793005u + 1442695040888963407u;
        int64_t b = (int64_t)(uint32_t)(state >> 32) - INT32_MAX;
        int64_t exact = a * b / SOTTO_DECIMAL_ONE;
        ROW("%" PRId64 " * %" PRId64, a, b);
        CHECK_EQ(sotto_decimal_reckon(SOTTO_OP_MULTIPLY, a, b), sotto_decimal(exact));
    }
}

TEST(comparisons)
{
    static const struct {
        uint32_t op;
        bool     less, same, more;
    } rows[] = {
        {SOTTO_OP_EQUAL, false, true, false}, {SOTTO_OP_UNEQUAL, true, false, true},
        {SOTTO_OP_LESS, true, false, false},  {SOTTO_OP_AT_MOST, true, true, false},
        {SOTTO_OP_MORE, false, false, true},  {SOTTO_OP_AT_LEAST, false, true, true},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("op %x", rows[i].op);
        CHECK_EQ(sotto_decimal_compare(rows[i].op, -MAX, MAX), rows[i].less);
        CHECK_EQ(sotto_decimal_compare(rows[i].op, 0, 0), rows[i].same);
        CHECK_EQ(sotto_decimal_compare(rows[i].op, 2, 1), rows[i].more);
    }
}

TEST(money_by_its_decimals)
{
    CHECK_EQ(sotto_decimal_money(1995, 2), 199500);
    CHECK_EQ(sotto_decimal_money(1995, 0), 19950000);
    CHECK_EQ(sotto_decimal_money(1995, 3), 19950);
    CHECK_EQ(sotto_decimal_money(1995, 4), 1995);
    CHECK_EQ(sotto_decimal_money(UINT64_MAX, 2), MAX);
    CHECK_EQ(sotto_decimal_money(UINT64_MAX, 4), MAX);
    CHECK_EQ(sotto_decimal_share(1, 3), 3333);
    CHECK_EQ(sotto_decimal_share(UINT32_MAX, UINT32_MAX), 10000);
}

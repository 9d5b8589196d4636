/*
 * decimal.c - arithmetic that neither overflows nor fails
 *
 * A product of two numbers may take 92 bits, and is then cut by 10,000. It is made in two steps
 * that fit: with a = 10,000 w + r, where r is below 10,000,
 *
 *     a * b / 10,000  =  w * b  +  r * b / 10,000
 *
 * of which the first is asked beforehand whether it would leave the range.
 */
#include "decisions/decimal.h"

#include "model/program.h"

int64_t sotto_decimal_money(uint64_t minor, uint32_t decimals)
{
    static const uint16_t powers[] = {10000, 1000, 100, 10, 1};
    SOTTO_ASSERT(decimals < SOTTO_ARRAY_COUNT(powers));
    uint64_t most = (uint64_t)SOTTO_DECIMAL_MAX;
    return sotto_decimal((int64_t)((minor > most ? most : minor) * powers[decimals]));
}

static uint64_t size_of(int64_t value)
{
    return value < 0 ? (uint64_t)-value : (uint64_t)value;
}

static int64_t multiply(int64_t a, int64_t b)
{
    uint64_t most = (uint64_t)SOTTO_DECIMAL_MAX;
    uint64_t left = size_of(a), right = size_of(b);
    uint64_t whole = left / SOTTO_DECIMAL_ONE, rest = left % SOTTO_DECIMAL_ONE;
    uint64_t size = whole != 0 && right > most / whole
                        ? most
                        : whole * right + rest * right / SOTTO_DECIMAL_ONE;
    int64_t product = sotto_decimal((int64_t)size);
    return (a < 0) != (b < 0) ? -product : product;
}

/* The whole number at or below a value. */
static int64_t floor_of(int64_t value)
{
    int64_t rest = value % SOTTO_DECIMAL_ONE;
    return value - (rest < 0 ? rest + SOTTO_DECIMAL_ONE : rest);
}

static int64_t round_of(int64_t value)
{
    int64_t half = SOTTO_DECIMAL_ONE / 2;
    int64_t moved = value < 0 ? value - half : value + half;
    return moved - moved % SOTTO_DECIMAL_ONE;
}

int64_t sotto_decimal_reckon(uint32_t op, int64_t a, int64_t b)
{
    if (a == SOTTO_NOTHING || b == SOTTO_NOTHING) {
        return SOTTO_NOTHING;
    }
    switch (op) {
    case SOTTO_OP_ADD:
        return sotto_decimal(a + b);
    case SOTTO_OP_SUBTRACT:
        return sotto_decimal(a - b);
    case SOTTO_OP_MULTIPLY:
        return multiply(a, b);
    case SOTTO_OP_DIVIDE:
        return b == 0 ? SOTTO_NOTHING : sotto_decimal(a * SOTTO_DECIMAL_ONE / b);
    case SOTTO_OP_REST:
        return b == 0 ? SOTTO_NOTHING : a % b;
    case SOTTO_OP_NEGATE:
        return -a;
    case SOTTO_OP_FLOOR:
        return sotto_decimal(floor_of(a));
    case SOTTO_OP_ROUND:
        return sotto_decimal(round_of(a));
    case SOTTO_OP_MIN:
        return a < b ? a : b;
    default:
        SOTTO_ASSERT(op == SOTTO_OP_MAX);
        return a > b ? a : b;
    }
}

bool sotto_decimal_compare(uint32_t op, int64_t a, int64_t b)
{
    if (a == SOTTO_NOTHING || b == SOTTO_NOTHING) {
        return false;
    }
    switch (op) {
    case SOTTO_OP_EQUAL:
        return a == b;
    case SOTTO_OP_UNEQUAL:
        return a != b;
    case SOTTO_OP_LESS:
        return a < b;
    case SOTTO_OP_AT_MOST:
        return a <= b;
    case SOTTO_OP_MORE:
        return a > b;
    default:
        SOTTO_ASSERT(op == SOTTO_OP_AT_LEAST);
        return a >= b;
    }
}

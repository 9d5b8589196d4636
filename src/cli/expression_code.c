/*
 * expression_code.c - instructions as they come, within what the machine takes
 *
 * A jump says how far it goes in a varint, and how far is known only once the right side is there;
 * then the right side moves up to make room. Jumps within it lead forward and within it, so they
 * stay true.
 */
#include "cli/expression_code.h"

#include "cli/expression_lex.h"

#include <string.h>

void cli_code_byte(cli_code *code, uint32_t byte)
{
    if (code->size == sizeof code->bytes) {
        code->too_long = true;
        return;
    }
    code->bytes[code->size++] = (uint8_t)byte;
}

void cli_code_op(cli_code *code, sotto_op op, uint32_t pops, uint32_t pushes)
{
    cli_code_byte(code, (uint32_t)op);
    SOTTO_ASSERT(code->depth >= pops);
    code->depth += pushes - pops;
    code->too_deep = code->too_deep || code->depth > SOTTO_PROGRAM_DEPTH;
}

void cli_code_varint(cli_code *code, uint32_t number)
{
    for (; number >= 0x80; number >>= 7) {
        cli_code_byte(code, 0x80 | (number & 0x7F));
    }
    cli_code_byte(code, number);
}

void cli_code_signed(cli_code *code, int32_t number)
{
    uint32_t twice = (uint32_t)number << 1;
    cli_code_varint(code, number < 0 ? ~twice : twice);
}

/* Operands hold 32 bits, numbers 46: what is beyond is ten times something, and the rest. */
void cli_code_number(cli_code *code, int64_t number)
{
    int64_t whole = number / CLI_NUMBER_SCALE;
    bool fits = whole >= INT32_MIN && whole <= INT32_MAX;
    if (number % CLI_NUMBER_SCALE == 0 && fits) {
        cli_code_op(code, SOTTO_OP_INTEGER, 0, 1);
        cli_code_signed(code, (int32_t)whole);
        return;
    }
    if (number >= INT32_MIN && number <= INT32_MAX) {
        cli_code_op(code, SOTTO_OP_NUMBER, 0, 1);
        cli_code_signed(code, (int32_t)number);
        return;
    }
    int64_t rest = number % CLI_NUMBER_SCALE;
    cli_code_op(code, SOTTO_OP_INTEGER, 0, 1);
    cli_code_signed(code, (int32_t)(fits ? whole : whole / 10));
    if (!fits) {
        rest += whole % 10 * CLI_NUMBER_SCALE;
        cli_code_op(code, SOTTO_OP_INTEGER, 0, 1);
        cli_code_signed(code, 10);
        cli_code_op(code, SOTTO_OP_MULTIPLY, 2, 1);
    }
    if (rest != 0) {
        cli_code_op(code, SOTTO_OP_NUMBER, 0, 1);
        cli_code_signed(code, (int32_t)rest);
        cli_code_op(code, SOTTO_OP_ADD, 2, 1);
    }
}

uint32_t cli_code_begin_branch(cli_code *code, sotto_op op)
{
    cli_code_op(code, op, 1, 0);
    code->branches++;
    code->too_branched = code->too_branched || code->branches > SOTTO_PROGRAM_LANDINGS;
    return code->size;
}

void cli_code_end_branch(cli_code *code, uint32_t branch)
{
    uint32_t distance = code->size - branch;
    code->branches--;
    cli_code way = {.size = 0};
    cli_code_varint(&way, distance);
    if (code->size + way.size > sizeof code->bytes) {
        code->too_long = true;
        return;
    }
    memmove(code->bytes + branch + way.size, code->bytes + branch, distance);
    memcpy(code->bytes + branch, way.bytes, way.size);
    code->size += way.size;
}

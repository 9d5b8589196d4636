/*
 * Expression code - instructions as they come, within what the machine takes
 *
 * The code counts the values that wait, and remembers when it grew beyond a limit, so that whoever
 * writes asks once for each piece.
 */
#ifndef SOTTO_CLI_EXPRESSION_CODE_H
#define SOTTO_CLI_EXPRESSION_CODE_H

#include "model/program.h"

typedef struct cli_code {
    uint8_t  bytes[SOTTO_PLAN_MAX_PROGRAM];
    uint32_t size;
    uint32_t depth;                /* values that wait */
    uint32_t branches;             /* that have begun and not ended */
    bool     too_long, too_deep, too_branched;
} cli_code;

/* An instruction that pops and pushes so many. Its operands follow. */
void cli_code_op(cli_code *code, sotto_op op, uint32_t pops, uint32_t pushes);
void cli_code_byte(cli_code *code, uint32_t byte);
void cli_code_varint(cli_code *code, uint32_t number);
void cli_code_signed(cli_code *code, int32_t number);

/* Any number there can be, in ten-thousandths: one instruction, or a short sum. */
void cli_code_number(cli_code *code, int64_t number);

/* `and` and `or`: begun before the right side, ended behind it, when it is known how far it goes. */
uint32_t cli_code_begin_branch(cli_code *code, sotto_op op);
void     cli_code_end_branch(cli_code *code, uint32_t branch);

#endif

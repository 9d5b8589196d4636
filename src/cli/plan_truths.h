/*
 * Plan truths - the truths that stand in an expression
 *
 * memory    A list grows as it must, and is freed by whoever has it.
 */
#ifndef SOTTO_CLI_PLAN_TRUTHS_H
#define SOTTO_CLI_PLAN_TRUTHS_H

#include "format/plan_write.h"

typedef struct cli_truth {
    uint32_t start, size;          /* of its bytes in the program */
} cli_truth;

typedef struct cli_truth_list {
    cli_truth *truths;
    size_t     count, room;
} cli_truth_list;

/*
 * The truths of a program in place of those in the list, in the order in which they end; of a
 * program that is not as the compiler makes them, none.
 */
void cli_truths_find(sotto_program_content program, cli_truth_list *list);

#endif

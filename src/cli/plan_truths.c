/*
 * plan_truths.c - the truths that stand in an expression, each with where it stands
 *
 * Going over the instructions with a stack of where each value began gives every truth a span of
 * bytes. What is inside a span leads nowhere out of it, and says the same wherever it stands, so
 * equal bytes are equal truths:
 *
 *     segment(4) and count(view, ...) >= 1         13 04 51 0b 20 03 00 21 ... 45 00
 *                                                  -----                              segment(4)
 *                                                              --------------         count ... >= 1
 *                                                  --------------------------         all of it
 */
#include "cli/plan_truths.h"

#include "cli/expression.h"
#include "cli/pool.h"
#include "model/program.h"

static void add_truth(cli_truth_list *list, uint32_t start, uint32_t size)
{
    list->truths = cli_array_grow(list->truths, list->count, &list->room, sizeof *list->truths);
    list->truths[list->count++] = (cli_truth){start, size};
}

static bool gives_truth(uint32_t op)
{
    switch (op) {
    case SOTTO_OP_TRUE:
    case SOTTO_OP_FALSE:
    case SOTTO_OP_FACT_TRUTH:
    case SOTTO_OP_SEGMENT:
    case SOTTO_OP_ACCOUNT_TRUTH:
    case SOTTO_OP_ANSWERED:
    case SOTTO_OP_IN_CART:
    case SOTTO_OP_PAGE_IS: return true;
    default: return op >= SOTTO_OP_EQUAL;
    }
}

/* An `and` or `or` on the way to its right side's end. */
typedef struct open_branch {
    uint32_t right, end;
} open_branch;

typedef struct program_walk {
    sotto_program_content program;
    uint32_t              starts[SOTTO_PROGRAM_DEPTH + 1];
    uint32_t              depth;
    open_branch           branches[SOTTO_PROGRAM_LANDINGS];
    uint32_t              branch_count;
} program_walk;

/* Takes an instruction that begins at `at` and ends before `next`; false if it is not as compiled. */
static bool take(program_walk *walk, const cli_instruction *instruction, uint32_t at, uint32_t next)
{
    if (instruction->op == SOTTO_OP_AND || instruction->op == SOTTO_OP_OR) {
        uint32_t end = next + (uint32_t)instruction->operands[0];
        bool fits = walk->depth > 0 && walk->branch_count < SOTTO_PROGRAM_LANDINGS && end > next &&
                    end < walk->program.size;
        if (fits) {
            walk->branches[walk->branch_count++] = (open_branch){next, end};
        }
        return fits;
    }
    uint32_t pops = cli_instruction_pops(instruction->op);
    if (pops > walk->depth || walk->depth - pops >= SOTTO_PROGRAM_DEPTH) {
        return false;
    }
    walk->depth -= pops;
    walk->starts[walk->depth] = pops != 0 ? walk->starts[walk->depth] : at;
    walk->depth++;
    return true;
}

/* Joins the sides of what ends here; false if a right side is more or less than one value. */
static bool close_branches(program_walk *walk, uint32_t at, cli_truth_list *list)
{
    while (walk->branch_count > 0 && walk->branches[walk->branch_count - 1].end <= at) {
        open_branch branch = walk->branches[--walk->branch_count];
        if (branch.end != at || walk->depth < 2 || walk->starts[walk->depth - 1] != branch.right) {
            return false;
        }
        walk->depth--;
        uint32_t start = walk->starts[walk->depth - 1];
        add_truth(list, start, at - start);
    }
    return true;
}

void cli_truths_find(sotto_program_content program, cli_truth_list *list)
{
    list->count = 0;
    program_walk walk = {.program = program};
    cli_instruction instruction;
    uint32_t at = 0;
    uint32_t next = 0;
    bool good = true;
    bool ended = program.bytes == NULL;
    for (; good && !ended && cli_instruction_read(program.bytes, program.size, &next, &instruction);
         at = next) {
        if (instruction.op == SOTTO_OP_END) {
            ended = next == program.size && walk.depth == 1 && walk.branch_count == 0;
            break;
        }
        good = take(&walk, &instruction, at, next);
        if (good && gives_truth(instruction.op) && instruction.op != SOTTO_OP_AND &&
            instruction.op != SOTTO_OP_OR) {
            uint32_t start = walk.starts[walk.depth - 1];
            add_truth(list, start, next - start);
        }
        good = good && close_branches(&walk, next, list);
    }
    if (!ended) {
        list->count = 0;
    }
}

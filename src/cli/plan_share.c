/*
 * plan_share.c - truths that stand in several expressions, found and taken out
 *
 * Going over the instructions with a stack of where each value began gives every truth a span of
 * bytes. What is inside a span leads nowhere out of it, and says the same wherever it stands, so
 * equal bytes are equal truths:
 *
 *     segment(4) and count(view, ...) >= 1         13 04 51 0b 20 03 00 21 ... 45 00
 *                                                  -----                              segment(4)
 *                                                              --------------         count ... >= 1
 *                                                  --------------------------         all of it
 *
 * In rounds, the truth that saves the most goes, and all are found anew, since a shorter program
 * has other truths. Jumps over a truth that went become shorter with it.
 */
#include "cli/plan_share.h"

#include "cli/expression.h"
#include "cli/expression_code.h"
#include "model/program.h"

#include <stdlib.h>
#include <string.h>

/* Less is not worth a program of its own. */
enum { LEAST_GAIN = 8 };

typedef struct shared_truth {
    const uint8_t *bytes;
    uint32_t       size;
    uint32_t       campaign, start;
} shared_truth;

typedef struct truth_list {
    shared_truth *truths;
    size_t        count, room;
} truth_list;

static void add_truth(truth_list *list, shared_truth truth)
{
    list->truths = cli_array_grow(list->truths, list->count, &list->room, sizeof *list->truths);
    list->truths[list->count++] = truth;
}

/* ---- The truths of a program ----------------------------------------------------------------- */

static uint32_t popped_by(uint32_t op)
{
    switch (op) {
    case SOTTO_OP_NEGATE:
    case SOTTO_OP_FLOOR:
    case SOTTO_OP_ROUND:
    case SOTTO_OP_IN_NUMBERS:
    case SOTTO_OP_IN_TEXTS:
    case SOTTO_OP_NOT: return 1;
    default: return op < SOTTO_OP_ADD ? 0 : 2;
    }
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
    uint32_t pops = popped_by(instruction->op);
    if (pops > walk->depth || walk->depth - pops >= SOTTO_PROGRAM_DEPTH) {
        return false;
    }
    walk->depth -= pops;
    walk->starts[walk->depth] = pops != 0 ? walk->starts[walk->depth] : at;
    walk->depth++;
    return true;
}

/* Joins the sides of what ends here; false if a right side is more or less than one value. */
static bool close_branches(program_walk *walk, uint32_t at, uint32_t campaign,
                           truth_list *list)
{
    while (walk->branch_count > 0 && walk->branches[walk->branch_count - 1].end <= at) {
        open_branch branch = walk->branches[--walk->branch_count];
        if (branch.end != at || walk->depth < 2 || walk->starts[walk->depth - 1] != branch.right) {
            return false;
        }
        walk->depth--;
        uint32_t start = walk->starts[walk->depth - 1];
        add_truth(list, (shared_truth){walk->program.bytes + start, at - start, campaign, start});
    }
    return true;
}

/* Adds the truths of a program; of one that is not as the compiler makes them, none. */
static void find_truths(sotto_program_content program, uint32_t campaign, truth_list *list)
{
    size_t before = list->count;
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
            add_truth(list, (shared_truth){program.bytes + start, next - start, campaign, start});
        }
        good = good && close_branches(&walk, next, campaign, list);
    }
    if (!ended) {
        list->count = before;
    }
}

/* ---- The one that saves the most ------------------------------------------------------------- */

static int compare_truths(const void *a, const void *b)
{
    const shared_truth *first = a;
    const shared_truth *second = b;
    if (first->size != second->size) {
        return first->size > second->size ? -1 : 1;
    }
    int order = memcmp(first->bytes, second->bytes, first->size);
    if (order != 0) {
        return order;
    }
    if (first->campaign != second->campaign) {
        return first->campaign < second->campaign ? -1 : 1;
    }
    return first->start < second->start ? -1 : first->start > second->start;
}

static bool are_equal(const shared_truth *first, const shared_truth *second)
{
    return first->size == second->size && memcmp(first->bytes, second->bytes, first->size) == 0;
}

/* Bytes that are saved if `count` times `size` bytes are one program that is asked for. */
static int64_t gain_of(size_t count, uint32_t size, uint32_t segment)
{
    int64_t asked = segment < 128 ? 2 : 3;
    int64_t kept = 1 + (size + 1 < 128 ? 1 : 2) + (int64_t)size + 1;
    return (int64_t)count * (size - asked) - kept;
}

/* The truths, in order, that are equal to the one that saves the most: `count` of them from here. */
static const shared_truth *find_best(const truth_list *list, uint32_t segment, size_t *count)
{
    const shared_truth *best = NULL;
    int64_t most = LEAST_GAIN - 1;
    size_t next;
    for (size_t i = 0; i < list->count; i = next) {
        for (next = i + 1; next < list->count && are_equal(&list->truths[i], &list->truths[next]);) {
            next++;
        }
        int64_t gain = gain_of(next - i, list->truths[i].size, segment);
        if (next - i > 1 && gain > most) {
            most = gain;
            best = &list->truths[i];
            *count = next - i;
        }
    }
    return best;
}

/* ---- Taking it out --------------------------------------------------------------------------- */

typedef struct rewriting {
    sotto_program_content program;
    const shared_truth   *next;    /* to be replaced, ascending */
    const shared_truth   *end;
    uint32_t              segment;
    cli_code              code;
} rewriting;

/* Copies the instructions of [at, end), with the segment in place of what goes. */
static void copy(rewriting *work, uint32_t at, uint32_t end)
{
    cli_instruction instruction;
    while (at < end) {
        if (work->next < work->end && work->next->start == at) {
            at += work->next->size;
            work->next++;
            cli_code_byte(&work->code, SOTTO_OP_SEGMENT);
            cli_code_varint(&work->code, work->segment);
            continue;
        }
        uint32_t start = at;
        cli_instruction_read(work->program.bytes, work->program.size, &at, &instruction);
        if (instruction.op == SOTTO_OP_AND || instruction.op == SOTTO_OP_OR) {
            uint32_t right_end = at + (uint32_t)instruction.operands[0];
            cli_code_byte(&work->code, instruction.op);
            work->code.branches++;
            uint32_t branch = work->code.size;
            copy(work, at, right_end);
            cli_code_end_branch(&work->code, branch);
            at = right_end;
        } else {
            for (; start < at; start++) {
                cli_code_byte(&work->code, work->program.bytes[start]);
            }
        }
    }
}

static sotto_program_content kept(cli_pool *memory, const cli_code *code)
{
    uint8_t *bytes = cli_pool_alloc(memory, code->size, 1);
    memcpy(bytes, code->bytes, code->size);
    return (sotto_program_content){bytes, code->size};
}

/* A segment of the truth, and programs that ask for it. */
static void take_out(const shared_truth *first, size_t count, sotto_segment_content *segment,
                     uint32_t number, sotto_campaign_content *campaigns, cli_pool *memory)
{
    cli_code own = {.size = first->size + 1};
    memcpy(own.bytes, first->bytes, first->size);
    own.bytes[first->size] = SOTTO_OP_END;
    *segment = (sotto_segment_content){0, kept(memory, &own)};
    const shared_truth *end = first + count;
    while (first < end) {
        const shared_truth *next = first;
        while (next < end && next->campaign == first->campaign) {
            next++;
        }
        sotto_program_content *when = &campaigns[first->campaign].when;
        rewriting work = {.program = *when, .next = first, .end = next, .segment = number};
        copy(&work, 0, when->size);
        *when = kept(memory, &work.code);
        first = next;
    }
}

void cli_plan_share(sotto_plan_content *content, cli_pool *memory)
{
    if (content->campaign_count > SOTTO_MAX_CAMPAIGNS ||
        content->segment_count >= SOTTO_MAX_SEGMENTS) {
        return;
    }
    sotto_segment_content *segments = cli_pool_alloc(memory, SOTTO_MAX_SEGMENTS, sizeof *segments);
    sotto_campaign_content *campaigns = cli_pool_alloc(memory, content->campaign_count + 1,
                                                       sizeof *campaigns);
    for (uint32_t i = 0; i < content->segment_count; i++) {
        segments[i] = content->segments[i];
    }
    for (uint32_t i = 0; i < content->campaign_count; i++) {
        campaigns[i] = content->campaigns[i];
    }
    content->segments = segments;
    content->campaigns = campaigns;
    truth_list list = {0};
    for (; content->segment_count < SOTTO_MAX_SEGMENTS; content->segment_count++) {
        uint32_t number = content->segment_count;
        size_t count = 0;
        list.count = 0;
        for (uint32_t i = 0; i < content->campaign_count; i++) {
            find_truths(campaigns[i].when, i, &list);
        }
        if (list.count != 0) {
            qsort(list.truths, list.count, sizeof *list.truths, compare_truths);
        }
        const shared_truth *best = find_best(&list, number, &count);
        if (best == NULL) {
            break;
        }
        take_out(best, count, &segments[number], number, campaigns, memory);
    }
    free(list.truths);
}

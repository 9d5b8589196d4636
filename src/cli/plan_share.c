/*
 * plan_share.c - truths that stand in several expressions, taken out
 *
 * Every truth of every program (plan_truths.c) is counted, in a table by its bytes. In rounds, the one
 * that saves the most goes; only the programs it went from have other truths now, and only those are
 * counted anew. Jumps over a truth that went become shorter with it.
 *
 *     campaign 0    views and hour        ->    truth        count
 *     campaign 1    views or cart               views          3     goes: a segment without a name
 *     campaign 2    not views                   hour, cart     1
 *
 * So a round costs a look at each different truth, and the programs that change.
 */
#include "cli/plan_share.h"

#include "base/hash.h"
#include "cli/expression.h"
#include "cli/expression_code.h"
#include "cli/plan_truths.h"
#include "model/program.h"

#include <stdlib.h>
#include <string.h>

enum {
    LEAST_GAIN = 8,                /* less is not worth a program of its own */
    LEAST_SIZE = 3,                /* what is as short as asking for it never gains */
    BUCKETS = 1 << 14              /* more different truths than this, and a search takes longer */
};

typedef struct counted_truth {
    const uint8_t *bytes;          /* of a program that it stands in, or stood in */
    uint64_t       hash;
    uint32_t       size, count;
    uint32_t       next;           /* of its bucket; of the free places, if it stands nowhere */
} counted_truth;

typedef struct truth_place {
    uint32_t truth, start;
} truth_place;

/* Where the truths of a program stand, those of one kind ascending. */
typedef struct truth_places {
    truth_place *places;
    size_t       count, room;
} truth_places;

typedef struct sharing {
    counted_truth *truths;         /* the first is none */
    size_t         truth_count, truth_room;
    uint32_t       free_truth;     /* the first free place; 0: none */
    uint32_t       buckets[BUCKETS];
    truth_places   campaigns[SOTTO_MAX_CAMPAIGNS];
    cli_truth_list found;
    cli_pool      *memory;
} sharing;

/* ---- Counting -------------------------------------------------------------------------------- */

/* The number of a truth, which is in the table from now on. */
static uint32_t number_of(sharing *all, const uint8_t *bytes, uint32_t size)
{
    uint64_t hash = sotto_hash(bytes, size);
    uint32_t *bucket = &all->buckets[hash % BUCKETS];
    for (uint32_t i = *bucket; i != 0; i = all->truths[i].next) {
        const counted_truth *truth = &all->truths[i];
        if (truth->hash == hash && truth->size == size && memcmp(truth->bytes, bytes, size) == 0) {
            return i;
        }
    }
    uint32_t number = all->free_truth;
    if (number != 0) {
        all->free_truth = all->truths[number].next;
    } else {
        all->truths = cli_array_grow(all->truths, all->truth_count, &all->truth_room,
                                     sizeof *all->truths);
        number = (uint32_t)all->truth_count++;
    }
    all->truths[number] = (counted_truth){bytes, hash, size, 0, *bucket};
    *bucket = number;
    return number;
}

static void count_program(sharing *all, uint32_t campaign, sotto_program_content program)
{
    truth_places *list = &all->campaigns[campaign];
    cli_truths_find(program, &all->found);
    list->count = 0;
    for (size_t i = 0; i < all->found.count; i++) {
        cli_truth truth = all->found.truths[i];
        if (truth.size >= LEAST_SIZE) {
            uint32_t number = number_of(all, program.bytes + truth.start, truth.size);
            all->truths[number].count++;
            list->places = cli_array_grow(list->places, list->count, &list->room,
                                          sizeof *list->places);
            list->places[list->count++] = (truth_place){number, truth.start};
        }
    }
}

/* What stands nowhere any more leaves its place to the next that comes. */
static void discount_program(sharing *all, uint32_t campaign)
{
    const truth_places *list = &all->campaigns[campaign];
    for (size_t i = 0; i < list->count; i++) {
        uint32_t number = list->places[i].truth;
        counted_truth *truth = &all->truths[number];
        if (--truth->count == 0) {
            uint32_t *way = &all->buckets[truth->hash % BUCKETS];
            while (*way != number) {
                way = &all->truths[*way].next;
            }
            *way = truth->next;
            truth->next = all->free_truth;
            all->free_truth = number;
        }
    }
}

/* ---- The one that saves the most ------------------------------------------------------------- */

/* Bytes that are saved if `count` times `size` bytes are one program that is asked for. */
static int64_t gain_of(uint32_t count, uint32_t size, uint32_t segment)
{
    int64_t asked = segment < 128 ? 2 : 3;
    int64_t kept = 1 + (size + 1 < 128 ? 1 : 2) + (int64_t)size + 1;
    return (int64_t)count * (size - asked) - kept;
}

/* Of two that save as much, the longer goes, then the one whose bytes are less. */
static bool goes_before(const counted_truth *truth, const counted_truth *other)
{
    if (truth->size != other->size) {
        return truth->size > other->size;
    }
    return memcmp(truth->bytes, other->bytes, truth->size) < 0;
}

/* Its number; 0 if none is worth it. */
static uint32_t find_best(const sharing *all, uint32_t segment)
{
    uint32_t best = 0;
    int64_t most = LEAST_GAIN - 1;
    for (uint32_t i = 1; i < all->truth_count; i++) {
        const counted_truth *truth = &all->truths[i];
        int64_t gain = truth->count > 1 ? gain_of(truth->count, truth->size, segment) : 0;
        if (gain > most
            || (gain == most && best != 0 && goes_before(truth, &all->truths[best]))) {
            most = gain;
            best = i;
        }
    }
    return best;
}

/* ---- Taking it out --------------------------------------------------------------------------- */

typedef struct rewriting {
    sotto_program_content program;
    uint32_t              truth, size;   /* what is to be replaced */
    const truth_place    *next;          /* where it stands next, once found */
    const truth_place    *end;
    uint32_t              segment;
    cli_code              code;
} rewriting;

/* Whether it stands here or further on; then that is the next place. */
static bool find_next(rewriting *work)
{
    while (work->next < work->end && work->next->truth != work->truth) {
        work->next++;
    }
    return work->next < work->end;
}

/* Copies the instructions of [at, end), with the segment in place of what goes. */
static void copy(rewriting *work, uint32_t at, uint32_t end)
{
    cli_instruction instruction;
    while (at < end) {
        if (find_next(work) && work->next->start == at) {
            at += work->size;
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

/* The truth by itself. */
static sotto_program_content program_of(const sharing *all, const counted_truth *truth)
{
    cli_code own = {.size = truth->size + 1};
    memcpy(own.bytes, truth->bytes, truth->size);
    own.bytes[truth->size] = SOTTO_OP_END;
    return kept(all->memory, &own);
}

/* The programs that ask for the truth ask for the segment, and are counted anew. */
static void take_out(sharing *all, uint32_t number, uint32_t segment,
                     sotto_campaign_content *campaigns, uint32_t campaign_count)
{
    counted_truth truth = all->truths[number];
    for (uint32_t i = 0; i < campaign_count; i++) {
        sotto_program_content *when = &campaigns[i].when;
        const truth_places *list = &all->campaigns[i];
        rewriting work = {.program = *when, .truth = number, .size = truth.size,
                          .next = list->places, .end = list->places + list->count,
                          .segment = segment};
        if (find_next(&work)) {
            copy(&work, 0, when->size);
            discount_program(all, i);
            *when = kept(all->memory, &work.code);
            count_program(all, i, *when);
        }
    }
}

static void share(sharing *all, sotto_plan_content *content, sotto_segment_content *segments,
                  sotto_campaign_content *campaigns)
{
    for (uint32_t i = 0; i < content->campaign_count; i++) {
        count_program(all, i, campaigns[i].when);
    }
    for (; content->segment_count < SOTTO_MAX_SEGMENTS; content->segment_count++) {
        uint32_t number = content->segment_count;
        uint32_t best = find_best(all, number);
        if (best == 0) {
            return;
        }
        segments[number] = (sotto_segment_content){0, program_of(all, &all->truths[best])};
        take_out(all, best, number, campaigns, content->campaign_count);
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
    sharing *all = cli_pool_alloc(memory, 1, sizeof *all);
    all->memory = memory;
    all->truths = cli_array_grow(NULL, 0, &all->truth_room, sizeof *all->truths);
    all->truths[all->truth_count++] = (counted_truth){0};
    share(all, content, segments, campaigns);
    for (uint32_t i = 0; i < SOTTO_MAX_CAMPAIGNS; i++) {
        free(all->campaigns[i].places);
    }
    free(all->found.truths);
    free(all->truths);
}

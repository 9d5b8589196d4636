/*
 * program.c - whether a compiled expression is sound
 *
 * One pass from the first instruction to the last follows what would lie on the stack, by type. Two
 * bits a value make the whole stack one number, the top in its lowest bits:
 *
 *     count(...) >= 3 and first_visit       0        nothing
 *     20 ...                                1        N
 *     02 06                                 11       N N
 *     45                                    3        B
 *     51 03                                 0        nothing; but B where it jumps to
 *     12 01                                 3        B
 *     00                                    3        B, as it must be
 *
 * A jump notes what the stack will be like where it leads. The instruction there must find just
 * that, whichever way one comes. Since jumps lead forward only, nothing runs longer than it is.
 */
#include "model/program.h"

typedef enum value_type { NONE = 0, NUMBER = 1, TEXT = 2, TRUTH = 3 } value_type;

/* What stands behind an instruction's byte. */
typedef enum operand_kind {
    UNKNOWN = 0,                   /* no such instruction */
    NOTHING, ZIGZAG, NUMBER_FACT, TEXT_FACT, TRUTH_FACT, SEGMENT, STRING, GROUP_KEY, ANY_KEY,
    FILTER, NUMBERS, TEXTS, JUMP
} operand_kind;

typedef struct op_shape {
    uint8_t operand;
    uint8_t pops, pop_count;
    uint8_t pushes;
} op_shape;

static const op_shape shapes[] = {
    [SOTTO_OP_NUMBER] = {ZIGZAG, NONE, 0, NUMBER},
    [SOTTO_OP_INTEGER] = {ZIGZAG, NONE, 0, NUMBER},
    [SOTTO_OP_TRUE] = {NOTHING, NONE, 0, TRUTH},
    [SOTTO_OP_FALSE] = {NOTHING, NONE, 0, TRUTH},
    [SOTTO_OP_TEXT] = {STRING, NONE, 0, TEXT},
    [SOTTO_OP_FACT_NUMBER] = {NUMBER_FACT, NONE, 0, NUMBER},
    [SOTTO_OP_FACT_TEXT] = {TEXT_FACT, NONE, 0, TEXT},
    [SOTTO_OP_FACT_TRUTH] = {TRUTH_FACT, NONE, 0, TRUTH},
    [SOTTO_OP_SEGMENT] = {SEGMENT, NONE, 0, TRUTH},
    [SOTTO_OP_ACCOUNT_NUMBER] = {STRING, NONE, 0, NUMBER},
    [SOTTO_OP_ACCOUNT_TEXT] = {STRING, NONE, 0, TEXT},
    [SOTTO_OP_ACCOUNT_TRUTH] = {STRING, NONE, 0, TRUTH},
    [SOTTO_OP_ANSWERED] = {STRING, NONE, 0, TRUTH},
    [SOTTO_OP_QUERY] = {STRING, NONE, 0, TEXT},
    [SOTTO_OP_INTEREST] = {GROUP_KEY, NONE, 0, NUMBER},
    [SOTTO_OP_IN_CART] = {ANY_KEY, NONE, 0, TRUTH},
    [SOTTO_OP_PAGE_IS] = {ANY_KEY, NONE, 0, TRUTH},
    [SOTTO_OP_SEEN_CAMPAIGN] = {STRING, NONE, 0, NUMBER},
    [SOTTO_OP_COUNT] = {FILTER, NONE, 0, NUMBER},
    [SOTTO_OP_PIECES] = {FILTER, NONE, 0, NUMBER},
    [SOTTO_OP_ITEMS] = {FILTER, NONE, 0, NUMBER},
    [SOTTO_OP_DAYS] = {FILTER, NONE, 0, NUMBER},
    [SOTTO_OP_SINCE] = {FILTER, NONE, 0, NUMBER},
    [SOTTO_OP_MOST] = {FILTER, NONE, 0, NUMBER},
    [SOTTO_OP_ADD] = {NOTHING, NUMBER, 2, NUMBER},
    [SOTTO_OP_SUBTRACT] = {NOTHING, NUMBER, 2, NUMBER},
    [SOTTO_OP_MULTIPLY] = {NOTHING, NUMBER, 2, NUMBER},
    [SOTTO_OP_DIVIDE] = {NOTHING, NUMBER, 2, NUMBER},
    [SOTTO_OP_REST] = {NOTHING, NUMBER, 2, NUMBER},
    [SOTTO_OP_NEGATE] = {NOTHING, NUMBER, 1, NUMBER},
    [SOTTO_OP_FLOOR] = {NOTHING, NUMBER, 1, NUMBER},
    [SOTTO_OP_ROUND] = {NOTHING, NUMBER, 1, NUMBER},
    [SOTTO_OP_MIN] = {NOTHING, NUMBER, 2, NUMBER},
    [SOTTO_OP_MAX] = {NOTHING, NUMBER, 2, NUMBER},
    [SOTTO_OP_EQUAL] = {NOTHING, NUMBER, 2, TRUTH},
    [SOTTO_OP_UNEQUAL] = {NOTHING, NUMBER, 2, TRUTH},
    [SOTTO_OP_LESS] = {NOTHING, NUMBER, 2, TRUTH},
    [SOTTO_OP_AT_MOST] = {NOTHING, NUMBER, 2, TRUTH},
    [SOTTO_OP_MORE] = {NOTHING, NUMBER, 2, TRUTH},
    [SOTTO_OP_AT_LEAST] = {NOTHING, NUMBER, 2, TRUTH},
    [SOTTO_OP_IN_NUMBERS] = {NUMBERS, NUMBER, 1, TRUTH},
    [SOTTO_OP_TEXT_EQUAL] = {NOTHING, TEXT, 2, TRUTH},
    [SOTTO_OP_TEXT_UNEQUAL] = {NOTHING, TEXT, 2, TRUTH},
    [SOTTO_OP_STARTS] = {NOTHING, TEXT, 2, TRUTH},
    [SOTTO_OP_ENDS] = {NOTHING, TEXT, 2, TRUTH},
    [SOTTO_OP_CONTAINS] = {NOTHING, TEXT, 2, TRUTH},
    [SOTTO_OP_IN_TEXTS] = {TEXTS, TEXT, 1, TRUTH},
    [SOTTO_OP_SAME] = {NOTHING, TRUTH, 2, TRUTH},
    [SOTTO_OP_DIFFERENT] = {NOTHING, TRUTH, 2, TRUTH},
    [SOTTO_OP_NOT] = {NOTHING, TRUTH, 1, TRUTH},
    [SOTTO_OP_AND] = {JUMP, TRUTH, 1, NONE},
    [SOTTO_OP_OR] = {JUMP, TRUTH, 1, NONE},
};

/* A place further on that jumps lead to, and the stack they bring there. */
typedef struct landing {
    uint32_t at;
    uint64_t stack;
} landing;

typedef struct check {
    const sotto_plan *plan;
    uint32_t          segment_limit;
    const uint8_t    *start;
    sotto_cursor      code;
    uint64_t          stack;       /* two bits a value, SOTTO_PROGRAM_DEPTH of them at most */
    landing           landings[SOTTO_PROGRAM_LANDINGS];
    uint32_t          landing_count;
} check;

static uint32_t place_of(const check *program)
{
    return (uint32_t)(program->code.next - program->start);
}

/* Whether the stack here is the one that jumps bring, and no jump led into what was passed over. */
static bool land(check *program)
{
    uint32_t at = place_of(program);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < program->landing_count; i++) {
        landing next = program->landings[i];
        if (next.at > at) {
            program->landings[kept++] = next;
        } else if (next.at < at || next.stack != program->stack) {
            return false;
        }
    }
    program->landing_count = kept;
    return true;
}

static bool note_landing(check *program, uint32_t at, uint64_t stack)
{
    for (uint32_t i = 0; i < program->landing_count; i++) {
        if (program->landings[i].at == at) {
            return program->landings[i].stack == stack;
        }
    }
    if (program->landing_count == SOTTO_PROGRAM_LANDINGS) {
        return false;
    }
    program->landings[program->landing_count++] = (landing){at, stack};
    return true;
}

static bool jump_is_sound(check *program)
{
    uint32_t distance = sotto_cursor_varint(&program->code);
    if (program->code.failed || distance >= sotto_cursor_left(&program->code)) {
        return false;
    }
    return note_landing(program, place_of(program) + distance, program->stack << 2 | TRUTH);
}

/* A varint below a limit. */
static bool takes_below(check *program, uint32_t limit)
{
    uint32_t value = sotto_cursor_varint(&program->code);
    return !program->code.failed && value < limit;
}

static bool takes_byte_below(check *program, uint32_t limit)
{
    const uint8_t *byte = sotto_cursor_take(&program->code, 1);
    return byte != NULL && *byte < limit;
}

static bool takes_varint(check *program)
{
    sotto_cursor_varint(&program->code);
    return !program->code.failed;
}

static bool takes_key(check *program, bool item_too)
{
    uint32_t key = sotto_cursor_varint(&program->code);
    return !program->code.failed && key < program->plan->key_count
        && (item_too || program->plan->key_kinds[key] != SOTTO_KEY_ITEM);
}

static bool takes_filter(check *program)
{
    const uint8_t *head = sotto_cursor_take(&program->code, 3);
    if (head == NULL) {
        return false;
    }
    uint32_t kinds = sotto_load_u16(head);
    uint32_t bits = head[2];
    if (kinds == 0 || kinds >> SOTTO_FILTER_KIND_COUNT != 0
        || ((bits & SOTTO_FILTER_KEY_2) != 0 && (bits & SOTTO_FILTER_KEY) == 0)) {
        return false;
    }
    return ((bits & SOTTO_FILTER_KEY) == 0 || takes_key(program, true))
        && ((bits & SOTTO_FILTER_UNDER) == 0 || takes_varint(program))
        && ((bits & SOTTO_FILTER_FROM) == 0 || takes_varint(program))
        && ((bits & SOTTO_FILTER_WITHIN) == 0 || takes_varint(program))
        && ((bits & SOTTO_FILTER_KEY_2) == 0 || takes_key(program, true));
}

static bool takes_list(check *program, uint32_t limit)
{
    uint32_t count = sotto_cursor_varint(&program->code);
    if (count - 1 >= SOTTO_PROGRAM_LIST) {
        return false;
    }
    for (; count > 0; count--) {
        uint32_t value = sotto_cursor_varint(&program->code);
        if (program->code.failed || (limit != 0 && value >= limit)) {
            return false;
        }
    }
    return true;
}

static bool operand_is_sound(check *program, operand_kind operand)
{
    switch (operand) {
    case NOTHING:
        return true;
    case ZIGZAG:
        return takes_varint(program);
    case NUMBER_FACT:
        return takes_byte_below(program, SOTTO_FACT_NUMBERS);
    case TEXT_FACT:
        return takes_byte_below(program, SOTTO_FACT_TEXTS);
    case TRUTH_FACT:
        return takes_byte_below(program, SOTTO_FACT_TRUTHS);
    case SEGMENT:
        return takes_below(program, program->segment_limit);
    case STRING:
        return takes_below(program, program->plan->string_count);
    case GROUP_KEY:
    case ANY_KEY:
        return takes_key(program, operand == ANY_KEY);
    case FILTER:
        return takes_filter(program);
    case NUMBERS:
        return takes_list(program, 0);
    case TEXTS:
        return program->plan->string_count != 0
            && takes_list(program, program->plan->string_count);
    case JUMP:
        return jump_is_sound(program);
    default:
        return false;
    }
}

/* Pops, reads the operand, pushes. A jump notes its landing in between, with what it popped. */
static bool step(check *program)
{
    uint8_t op = *sotto_cursor_take(&program->code, 1);
    if (op >= SOTTO_ARRAY_COUNT(shapes)) {
        return false;
    }
    op_shape shape = shapes[op];
    for (uint32_t i = 0; i < shape.pop_count; i++) {
        if ((program->stack & 3) != shape.pops) {
            return false;
        }
        program->stack >>= 2;
    }
    if (!operand_is_sound(program, (operand_kind)shape.operand)) {
        return false;
    }
    if (shape.pushes != NONE) {
        if (program->stack >> 62 != 0) {
            return false;
        }
        program->stack = program->stack << 2 | shape.pushes;
    }
    return true;
}

void sotto_program_check(sotto_reader *reader, const sotto_plan *plan, uint32_t segment_limit)
{
    _Static_assert(2 * SOTTO_PROGRAM_DEPTH == 64, "the types of a whole stack are one number");
    uint32_t size = sotto_reader_left(reader);
    uint32_t start = reader->at;
    const uint8_t *bytes = sotto_reader_take(reader, size);
    if (reader->status != SOTTO_OK) {
        return;
    }
    check program = {.plan = plan, .segment_limit = segment_limit, .start = bytes,
                     .code = sotto_cursor_over(bytes, size)};
    while (sotto_cursor_left(&program.code) > 0) {
        uint32_t at = start + place_of(&program);
        bool sound = land(&program);
        if (sound && *program.code.next == SOTTO_OP_END) {
            if (program.stack == TRUTH && sotto_cursor_left(&program.code) == 1) {
                return;
            }
            sound = false;
        }
        if (!sound || !step(&program)) {
            sotto_reader_refuse(reader, SOTTO_INVALID, at, "unsound instruction");
            return;
        }
    }
    sotto_reader_refuse(reader, SOTTO_INVALID, start + size, "program without an end");
}

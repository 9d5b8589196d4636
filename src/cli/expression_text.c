/*
 * expression_text.c - a program, back in words
 *
 * The machine's stack holds values; here it holds what computes them, as text, with how tightly that
 * binds. An operator takes two of them away and leaves one, in parentheses where it binds tighter
 * than what it takes:
 *
 *     hour 9 >= not cart.total 20 > and      hour | 9       hour >= 9
 *                                            not (hour >= 9) | cart.total | 20
 *                                            not (hour >= 9) and cart.total > 20
 *
 * Compiling the text gives the program again, to the byte; but for `shared`, which is written out as
 * what it stands for, and what the catalogue does not know, whose name is lost.
 */
#include "cli/expression_text.h"

#include "cli/expression.h"
#include "cli/expression_lex.h"
#include "cli/expression_names.h"
#include "model/program.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What the compiler takes is at most 4 KB; shared truths of shared truths could grow without end. */
#define LONGEST 32768u

/* From the loosest to the tightest, as in the grammar. */
typedef enum binding {
    BINDS_OR, BINDS_AND, BINDS_NOT, BINDS_COMPARISON, BINDS_SUM, BINDS_PRODUCT, BINDS_SIGN, BINDS_ALL
} binding;

typedef struct part {
    const char *text;
    const char *otherwise;         /* what "not" makes of it, or NULL */
    binding     binds;
    bool        is_span;           /* a number of seconds */
    bool        is_literal;        /* a number as it stands */
    int64_t     number;            /* of a literal, in ten-thousandths */
} part;

/* An `and` or `or` whose right side is being written. */
typedef struct open_side {
    uint32_t op, end;
    uint32_t depth;                /* the left side is the last of so many */
} open_side;

typedef struct writer {
    const sotto_plan   *plan;
    const sotto_bundle *bundle;
    cli_pool           *pool;
    part                parts[SOTTO_PROGRAM_DEPTH + 1];
    uint32_t            depth;
    open_side           sides[SOTTO_PROGRAM_LANDINGS];
    uint32_t            side_count;
} writer;

/* ---- Literals -------------------------------------------------------------------------------- */

static const char *number_text(cli_pool *pool, int64_t number)
{
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    char text[48];
    int end = snprintf(text, sizeof text, "%s%" PRIu64 ".%04u", number < 0 ? "-" : "",
                       size / CLI_NUMBER_SCALE, (unsigned)(size % CLI_NUMBER_SCALE));
    while (text[end - 1] == '0') {
        end--;
    }
    end -= text[end - 1] == '.';
    return cli_pool_copy(pool, text, (size_t)end);
}

/* 604800 as 7d. */
static const char *span_text(cli_pool *pool, uint64_t seconds)
{
    static const struct {
        uint32_t seconds;
        char     letter;
    } units[] = {{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};
    uint32_t i = 0;
    while (seconds % units[i].seconds != 0) {
        i++;
    }
    return cli_pool_print(pool, "%" PRIu64 "%c", seconds / units[i].seconds, units[i].letter);
}

/* In quotes, with what would end it escaped. */
static const char *quoted(cli_pool *pool, sotto_text text)
{
    char *copy = cli_pool_alloc(pool, 2 * text.size + 3, 1);
    size_t size = 0;
    copy[size++] = '"';
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.bytes[i];
        if (byte == '"' || byte == '\\' || byte == '\n') {
            copy[size++] = '\\';
        }
        copy[size++] = byte == '\n' ? 'n' : byte;
    }
    copy[size] = '"';
    return copy;
}

static const char *string_text(const writer *work, int64_t string)
{
    return quoted(work->pool, sotto_plan_text(work->plan, (uint32_t)string));
}

/* category: "Shoes > Boots"; with the hash in place of a name that nothing tells. */
static const char *key_text(const writer *work, int64_t key)
{
    uint32_t number = (uint32_t)key;
    uint32_t kind = work->plan->key_kinds[number];
    uint32_t index = work->plan->key_indexes[number];
    const char *narrow = cli_narrow_names[kind - SOTTO_KEY_ITEM];
    if (index == SOTTO_NONE) {
        return cli_pool_print(work->pool, "%s: #%016" PRIx64, narrow,
                              sotto_plan_key_hash(work->plan, number));
    }
    sotto_text name = kind == SOTTO_KEY_ITEM       ? sotto_item_id(work->bundle, index)
                    : kind == SOTTO_KEY_CATEGORY ? sotto_category_name(work->bundle, index)
                                                 : sotto_brand_name(work->bundle, index);
    return cli_pool_print(work->pool, "%s: %s", narrow, quoted(work->pool, name));
}

/* ---- Names ----------------------------------------------------------------------------------- */

static const char *fact_name(cli_type type, int64_t number)
{
    for (uint32_t i = 0; i < cli_fact_count; i++) {
        if (cli_facts[i].type == type && cli_facts[i].number == number) {
            return cli_facts[i].name;
        }
    }
    return NULL;
}

/* Facts that are seconds. */
static bool is_span_fact(int64_t number)
{
    return number == SOTTO_CART_IDLE || number == SOTTO_PAGE_ACTIVE || number == SOTTO_PAGE_IDLE
        || number == SOTTO_SESSION_ACTIVE || number == SOTTO_SESSION_AGE
        || number == SOTTO_SINCE_VISIT || number == SOTTO_SINCE_ORDER;
}

static const char *event_name(int64_t kinds)
{
    for (uint32_t i = 0; i < cli_event_name_count; i++) {
        if (cli_event_names[i].kinds == kinds) {
            return cli_event_names[i].name;
        }
    }
    return NULL;
}

static const char *function_name(uint32_t op)
{
    for (uint32_t i = 0; i < cli_function_count; i++) {
        if ((uint32_t)cli_functions[i].op == op) {
            return cli_functions[i].name;
        }
    }
    return "";
}

/* ---- One instruction ------------------------------------------------------------------------- */

/* Puts a part on top; false if there is none, or it is too long. */
static bool push(writer *work, part top)
{
    if (!top.text || strlen(top.text) > LONGEST || work->depth > SOTTO_PROGRAM_DEPTH) {
        return false;
    }
    work->parts[work->depth++] = top;
    return true;
}

static bool push_name(writer *work, const char *text)
{
    return push(work, (part){.text = text, .binds = BINDS_ALL});
}

static const char *money_text(const writer *work, int64_t minor)
{
    int64_t factor = CLI_NUMBER_SCALE;
    for (uint32_t i = sotto_bundle_site(work->bundle).price_decimals; i > 0; i--) {
        factor /= 10;
    }
    return number_text(work->pool, minor * factor);
}

/* count(view, category: "A", within: 7d): both keys first, then as FORMAT has the bits. */
static bool push_events(writer *work, const cli_instruction *instruction)
{
    const char *event = event_name(instruction->operands[0]);
    uint32_t bits = (uint32_t)instruction->operands[1];
    const int64_t *next = &instruction->operands[2];
    cli_pool *pool = work->pool;
    const char *first = bits & SOTTO_FILTER_KEY ? key_text(work, *next++) : NULL;
    const char *rest = bits & SOTTO_FILTER_HERE ? ", here: true" : "";
    rest = cli_pool_print(pool, "%s%s", rest, bits & SOTTO_FILTER_ON_SALE ? ", on_sale: true" : "");
    if (bits & SOTTO_FILTER_UNDER) {
        rest = cli_pool_print(pool, "%s, under: %s", rest, money_text(work, *next++));
    }
    if (bits & SOTTO_FILTER_FROM) {
        rest = cli_pool_print(pool, "%s, from: %s", rest, money_text(work, *next++));
    }
    if (bits & SOTTO_FILTER_WITHIN) {
        rest = cli_pool_print(pool, "%s, within: %s", rest, span_text(pool, (uint64_t)*next++));
    }
    const char *second = bits & SOTTO_FILTER_KEY_2 ? key_text(work, *next) : NULL;
    const char *text = cli_pool_print(
        pool, "%s(%s%s%s%s%s%s%s)", function_name(instruction->op), event ? event : "",
        first ? ", " : "", first ? first : "", second ? ", " : "", second ? second : "", rest,
        bits & SOTTO_FILTER_SESSION ? ", this_session: true" : "");
    return event && push(work, (part){.text = text, .binds = BINDS_ALL,
                                      .is_span = instruction->op == SOTTO_OP_SINCE});
}

static bool push_number(writer *work, int64_t number)
{
    return push(work, (part){.text = number_text(work->pool, number), .is_literal = true,
                             .binds = number < 0 ? BINDS_SIGN : BINDS_ALL, .number = number});
}

static bool push_answered(writer *work, int64_t string)
{
    sotto_text text = sotto_plan_text(work->plan, (uint32_t)string);
    const char *zero = memchr(text.bytes, 0, text.size);
    if (!zero) {
        return push_name(work, cli_pool_print(work->pool, "answered(%s)",
                                              quoted(work->pool, text)));
    }
    size_t size = (size_t)(zero - text.bytes);
    return push_name(work, cli_pool_print(
        work->pool, "answered(%s, %s)", quoted(work->pool, (sotto_text){text.bytes, size}),
        quoted(work->pool, (sotto_text){zero + 1, text.size - size - 1})));
}

/* A value for an operator that takes what binds at least so tightly. */
static const char *within(const writer *work, const part *value, binding least)
{
    return value->binds >= least ? value->text : cli_pool_print(work->pool, "(%s)", value->text);
}

/* A number beside a span is one too. */
static const char *side(const writer *work, const part *value, const part *other)
{
    bool is_span = other->is_span && value->is_literal && value->number > 0
                && value->number % CLI_NUMBER_SCALE == 0;
    return is_span ? span_text(work->pool, (uint64_t)value->number / CLI_NUMBER_SCALE)
                   : within(work, value, BINDS_SUM);
}

static bool join(writer *work, uint32_t op)
{
    static const struct {
        const char *sign;
        binding     binds, left, right;
    } signs[] = {
        [SOTTO_OP_ADD] = {"+", BINDS_SUM, BINDS_SUM, BINDS_PRODUCT},
        [SOTTO_OP_SUBTRACT] = {"-", BINDS_SUM, BINDS_SUM, BINDS_PRODUCT},
        [SOTTO_OP_MULTIPLY] = {"*", BINDS_PRODUCT, BINDS_PRODUCT, BINDS_SIGN},
        [SOTTO_OP_DIVIDE] = {"/", BINDS_PRODUCT, BINDS_PRODUCT, BINDS_SIGN},
        [SOTTO_OP_REST] = {"%", BINDS_PRODUCT, BINDS_PRODUCT, BINDS_SIGN},
        [SOTTO_OP_EQUAL] = {"==", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_UNEQUAL] = {"!=", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_LESS] = {"<", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_AT_MOST] = {"<=", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_MORE] = {">", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_AT_LEAST] = {">=", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_TEXT_EQUAL] = {"==", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_TEXT_UNEQUAL] = {"!=", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_STARTS] = {"starts", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_ENDS] = {"ends", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_CONTAINS] = {"contains", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_SAME] = {"==", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_DIFFERENT] = {"!=", BINDS_COMPARISON, BINDS_SUM, BINDS_SUM},
        [SOTTO_OP_AND] = {"and", BINDS_AND, BINDS_AND, BINDS_NOT},
        [SOTTO_OP_OR] = {"or", BINDS_OR, BINDS_OR, BINDS_AND},
    };
    const part *right = &work->parts[--work->depth];
    const part *left = &work->parts[--work->depth];
    binding binds = signs[op].binds;
    const char *text = binds == BINDS_COMPARISON
        ? cli_pool_print(work->pool, "%s %s %s", side(work, left, right), signs[op].sign,
                         side(work, right, left))
        : cli_pool_print(work->pool, "%s %s %s", within(work, left, signs[op].left), signs[op].sign,
                         within(work, right, signs[op].right));
    return push(work, (part){.text = text, .binds = binds});
}

static bool push_list(writer *work, const cli_instruction *instruction)
{
    const part *value = &work->parts[--work->depth];
    const char *left = within(work, value, BINDS_SUM);
    const char *list = "";
    for (uint32_t i = 1; i < instruction->operand_count; i++) {
        int64_t operand = instruction->operands[i];
        list = cli_pool_print(work->pool, "%s%s%s", list, i > 1 ? ", " : "",
                              instruction->op == SOTTO_OP_IN_TEXTS
                                  ? string_text(work, operand) : number_text(work->pool, operand));
    }
    return push(work, (part){
        .text = cli_pool_print(work->pool, "%s in [%s]", left, list),
        .otherwise = cli_pool_print(work->pool, "%s not in [%s]", left, list),
        .binds = BINDS_COMPARISON,
    });
}

/* What is done with the value on top. */
static bool change(writer *work, uint32_t op)
{
    const part *value = &work->parts[--work->depth];
    if (op == SOTTO_OP_NOT) {
        return value->otherwise
            ? push(work, (part){.text = value->otherwise, .binds = BINDS_COMPARISON})
            : push(work, (part){.text = cli_pool_print(work->pool, "not %s",
                                                       within(work, value, BINDS_ALL)),
                                .binds = BINDS_NOT});
    }
    if (op == SOTTO_OP_NEGATE) {
        const char *text = value->is_literal ? cli_pool_print(work->pool, "(%s)", value->text)
                                             : within(work, value, BINDS_ALL);
        return push(work, (part){.text = cli_pool_print(work->pool, "-%s", text),
                                 .binds = BINDS_SIGN});
    }
    return push_name(work, cli_pool_print(work->pool, "%s(%s)", function_name(op), value->text));
}

static bool call_with_two(writer *work, uint32_t op)
{
    work->depth -= 2;
    const part *values = &work->parts[work->depth];
    return push_name(work, cli_pool_print(work->pool, "%s(%s, %s)", function_name(op),
                                          values[0].text, values[1].text));
}

/* ---- All of it ------------------------------------------------------------------------------- */

static bool write_program(writer *work, sotto_program program, part *whole);

/* What is kept once, written out where it is asked for. */
static bool push_segment(writer *work, uint32_t segment)
{
    part whole;
    if (segment < sotto_segment_count(work->plan)) {
        return push_name(work, cli_pool_print(
            work->pool, "segment(%s)",
            quoted(work->pool, sotto_segment_name(work->plan, segment))));
    }
    writer inner = {.plan = work->plan, .bundle = work->bundle, .pool = work->pool};
    return write_program(&inner, sotto_segment_program(work->plan, segment), &whole)
        && push(work, whole);
}

static bool push_value(writer *work, const cli_instruction *instruction)
{
    int64_t operand = instruction->operands[0];
    switch (instruction->op) {
    case SOTTO_OP_NUMBER: return push_number(work, operand);
    case SOTTO_OP_INTEGER: return push_number(work, operand * CLI_NUMBER_SCALE);
    case SOTTO_OP_TRUE: return push_name(work, "true");
    case SOTTO_OP_FALSE: return push_name(work, "false");
    case SOTTO_OP_TEXT: return push_name(work, string_text(work, operand));
    case SOTTO_OP_FACT_NUMBER:
        return push(work, (part){.text = fact_name(CLI_NUMBER_TYPE, operand), .binds = BINDS_ALL,
                                 .is_span = is_span_fact(operand)});
    case SOTTO_OP_FACT_TEXT: return push_name(work, fact_name(CLI_TEXT_TYPE, operand));
    case SOTTO_OP_FACT_TRUTH: return push_name(work, fact_name(CLI_TRUTH_TYPE, operand));
    case SOTTO_OP_SEGMENT: return push_segment(work, (uint32_t)operand);
    case SOTTO_OP_ANSWERED: return push_answered(work, operand);
    case SOTTO_OP_ACCOUNT_NUMBER:
    case SOTTO_OP_ACCOUNT_TEXT:
    case SOTTO_OP_ACCOUNT_TRUTH:
        return push_name(work, cli_pool_print(work->pool, "account(%s)",
                                              string_text(work, operand)));
    case SOTTO_OP_QUERY:
    case SOTTO_OP_SEEN_CAMPAIGN:
        return push_name(work, cli_pool_print(work->pool, "%s(%s)", function_name(instruction->op),
                                              string_text(work, operand)));
    case SOTTO_OP_INTEREST:
    case SOTTO_OP_IN_CART:
    case SOTTO_OP_PAGE_IS:
        return push_name(work, cli_pool_print(work->pool, "%s(%s)", function_name(instruction->op),
                                              key_text(work, operand)));
    default: return push_events(work, instruction);
    }
}

/* Writes an instruction that is no jump; false if it takes more than its side of one has. */
static bool write_instruction(writer *work, const cli_instruction *instruction)
{
    uint32_t below = work->side_count ? work->sides[work->side_count - 1].depth : 0;
    uint32_t pops = cli_instruction_pops(instruction->op);
    if (work->depth < below + pops) {
        return false;
    }
    switch (instruction->op) {
    case SOTTO_OP_IN_NUMBERS:
    case SOTTO_OP_IN_TEXTS: return push_list(work, instruction);
    case SOTTO_OP_MIN:
    case SOTTO_OP_MAX: return call_with_two(work, instruction->op);
    default: break;
    }
    return pops == 0   ? push_value(work, instruction)
         : pops == 1 ? change(work, instruction->op) : join(work, instruction->op);
}

static bool open_right_side(writer *work, const cli_instruction *instruction, uint32_t at)
{
    if (work->depth == 0 || work->side_count == SOTTO_PROGRAM_LANDINGS) {
        return false;
    }
    uint32_t end = at + (uint32_t)instruction->operands[0];
    work->sides[work->side_count++] = (open_side){instruction->op, end, work->depth};
    return true;
}

/* Joins the sides of what ends here, the inner ones first. */
static bool close_sides(writer *work, uint32_t at)
{
    while (work->side_count > 0 && work->sides[work->side_count - 1].end <= at) {
        open_side ended = work->sides[--work->side_count];
        if (ended.end != at || work->depth != ended.depth + 1 || !join(work, ended.op)) {
            return false;
        }
    }
    return true;
}

static bool write_program(writer *work, sotto_program program, part *whole)
{
    cli_instruction instruction;
    uint32_t at = 0;
    while (cli_instruction_read(program.bytes, program.size, &at, &instruction)) {
        if (instruction.op == SOTTO_OP_END) {
            *whole = work->parts[0];
            return work->depth == 1 && work->side_count == 0;
        }
        bool jumps = instruction.op == SOTTO_OP_AND || instruction.op == SOTTO_OP_OR;
        if (!(jumps ? open_right_side(work, &instruction, at)
                    : write_instruction(work, &instruction) && close_sides(work, at))) {
            return false;
        }
    }
    return false;
}

const char *cli_expression_text(cli_pool *pool, const sotto_plan *plan, const sotto_bundle *bundle,
                                sotto_program program)
{
    writer work = {.plan = plan, .bundle = bundle, .pool = pool};
    part whole;
    return write_program(&work, program, &whole) ? whole.text : NULL;
}

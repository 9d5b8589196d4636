/*
 * run.c - a stack, and a program that was checked
 *
 * Checking (model/program.c) has seen to it that every value is there and of its type, so nothing
 * is asked again: a value carries no type. A jump leads forward, so there are at most as many steps
 * as the program has bytes.
 */
#include "base/hash.h"
#include "decisions/decimal.h"
#include "decisions/moment.h"
#include "decisions/texts.h"

typedef union program_value {
    int64_t    number;             /* SOTTO_NOTHING */
    sotto_text text;               /* NULL: nothing */
    bool       truth;
} program_value;

static int32_t zigzag(const uint8_t **code)
{
    uint32_t value = sotto_plan_varint(code);
    return (int32_t)(value >> 1 ^ (0 - (value & 1)));
}

static sotto_text string_at(const sotto_moment *moment, const uint8_t **code)
{
    return sotto_strings_get(&moment->plan->strings, sotto_plan_varint(code));
}

/* ---- What stands for itself, and what is looked up ------------------------------------------- */

static const sotto_account_entry *account(const sotto_moment *moment, sotto_text name,
                                          sotto_account_kind kind)
{
    for (uint32_t i = 0; i < moment->scene->account_count; i++) {
        const sotto_account_entry *entry = &moment->scene->account[i];
        if (entry->kind == kind && sotto_text_is(entry->name, name)) {
            return entry;
        }
    }
    return NULL;
}

static program_value account_value(const sotto_moment *moment, uint32_t op, sotto_text name)
{
    sotto_account_kind kind = (sotto_account_kind)(op - SOTTO_OP_ACCOUNT_NUMBER
                                                   + SOTTO_ACCOUNT_NUMBER);
    const sotto_account_entry *entry = account(moment, name, kind);
    program_value result;
    if (kind == SOTTO_ACCOUNT_NUMBER) {
        result.number = entry ? sotto_decimal(entry->number) : SOTTO_NOTHING;
    } else if (kind == SOTTO_ACCOUNT_TEXT) {
        result.text = entry ? entry->text : (sotto_text){NULL, 0};
        if (entry && entry->text.bytes == NULL) {
            result.text.bytes = "";
        }
        result.text.size = result.text.size < SOTTO_VALUE_MAX_SIZE ? result.text.size
                                                                   : SOTTO_VALUE_MAX_SIZE;
    } else {
        result.truth = entry && entry->number != 0;
    }
    return result;
}

static int64_t seen_campaign(const sotto_moment *moment, sotto_text name)
{
    const sotto_ledger_campaign *entry =
        moment->ledger
            ? sotto_ledger_campaign_find(moment->ledger, sotto_hash(name.bytes, name.size))
            : NULL;
    return sotto_decimal_whole(entry ? entry->ever : 0);
}

static bool answered(const sotto_moment *moment, sotto_text answer)
{
    return moment->ledger
        && sotto_ledger_answered(moment->ledger, sotto_hash(answer.bytes, answer.size));
}

static bool segment(sotto_moment *moment, uint32_t number)
{
    return (sotto_segments(moment)[number / 32] >> number % 32 & 1) != 0;
}

/* An instruction that pops nothing. */
static program_value push(sotto_moment *moment, uint32_t op, const uint8_t **code)
{
    program_value result;
    switch (op) {
    case SOTTO_OP_NUMBER:
        result.number = zigzag(code);
        break;
    case SOTTO_OP_INTEGER:
        result.number = sotto_decimal_whole(zigzag(code));
        break;
    case SOTTO_OP_TRUE:
    case SOTTO_OP_FALSE:
        result.truth = op == SOTTO_OP_TRUE;
        break;
    case SOTTO_OP_TEXT:
        result.text = string_at(moment, code);
        break;
    case SOTTO_OP_FACT_NUMBER:
        result.number = sotto_fact_number_get(moment, (sotto_fact_number)*(*code)++);
        break;
    case SOTTO_OP_FACT_TEXT:
        result.text = sotto_fact_text_get(moment, (sotto_fact_text)*(*code)++);
        break;
    case SOTTO_OP_FACT_TRUTH:
        result.truth = sotto_fact_truth_get(moment, (sotto_fact_truth)*(*code)++);
        break;
    case SOTTO_OP_SEGMENT:
        result.truth = segment(moment, sotto_plan_varint(code));
        break;
    case SOTTO_OP_ACCOUNT_NUMBER:
    case SOTTO_OP_ACCOUNT_TEXT:
    case SOTTO_OP_ACCOUNT_TRUTH:
        result = account_value(moment, op, string_at(moment, code));
        break;
    case SOTTO_OP_ANSWERED:
        result.truth = answered(moment, string_at(moment, code));
        break;
    case SOTTO_OP_QUERY:
        result.text = sotto_query_get(moment, string_at(moment, code));
        break;
    case SOTTO_OP_INTEREST:
        result.number = sotto_interest_share(moment, sotto_plan_varint(code));
        break;
    case SOTTO_OP_IN_CART:
        result.truth = sotto_moment_in_cart(moment, sotto_plan_varint(code));
        break;
    case SOTTO_OP_PAGE_IS:
        result.truth = sotto_moment_page_is(moment, sotto_plan_varint(code));
        break;
    case SOTTO_OP_SEEN_CAMPAIGN:
        result.number = seen_campaign(moment, string_at(moment, code));
        break;
    default:
        result.number = sotto_count_events(moment, (sotto_op)op, code);
        break;
    }
    return result;
}

/* ---- What is reckoned ------------------------------------------------------------------------ */

static bool is_listed_number(int64_t number, const uint8_t **code)
{
    bool found = false;
    for (uint32_t count = sotto_plan_varint(code); count > 0; count--) {
        found |= zigzag(code) == number;
    }
    return found;
}

static bool is_listed_text(const sotto_moment *moment, sotto_text text, const uint8_t **code)
{
    bool found = false;
    for (uint32_t count = sotto_plan_varint(code); count > 0; count--) {
        found |= sotto_texts_compare(SOTTO_OP_TEXT_EQUAL, text, string_at(moment, code));
    }
    return found;
}

/* An instruction that puts a value in place of the top one, `*top`. */
static void change(const sotto_moment *moment, uint32_t op, program_value *top,
                   const uint8_t **code)
{
    if (op == SOTTO_OP_IN_NUMBERS) {
        top->truth = is_listed_number(top->number, code);
    } else if (op == SOTTO_OP_IN_TEXTS) {
        top->truth = is_listed_text(moment, top->text, code);
    } else if (op == SOTTO_OP_NOT) {
        top->truth = !top->truth;
    } else {
        top->number = sotto_decimal_reckon(op, top->number, 0);
    }
}

/* An instruction that puts a value in place of two; `*left` is the lower one. */
static void join(uint32_t op, program_value *left, program_value right)
{
    if (op < SOTTO_OP_EQUAL) {
        left->number = sotto_decimal_reckon(op, left->number, right.number);
    } else if (op < SOTTO_OP_TEXT_EQUAL) {
        left->truth = sotto_decimal_compare(op, left->number, right.number);
    } else if (op < SOTTO_OP_SAME) {
        left->truth = sotto_texts_compare(op, left->text, right.text);
    } else {
        left->truth = (left->truth == right.truth) == (op == SOTTO_OP_SAME);
    }
}

static bool has_one_operand(uint32_t op)
{
    return op == SOTTO_OP_NEGATE || op == SOTTO_OP_FLOOR || op == SOTTO_OP_ROUND
        || op == SOTTO_OP_IN_NUMBERS || op == SOTTO_OP_IN_TEXTS || op == SOTTO_OP_NOT;
}

bool sotto_program_run(sotto_moment *moment, sotto_program program)
{
    program_value stack[SOTTO_PROGRAM_DEPTH];
    uint32_t depth = 0;
    const uint8_t *code = program.bytes;
    if (code == NULL) {
        return true;
    }
    for (uint32_t op; (op = *code++) != SOTTO_OP_END;) {
        if (op < SOTTO_OP_ADD) {
            stack[depth++] = push(moment, op, &code);
        } else if (op == SOTTO_OP_AND || op == SOTTO_OP_OR) {
            uint32_t distance = sotto_plan_varint(&code);
            if (stack[depth - 1].truth == (op == SOTTO_OP_OR)) {
                code += distance;
            } else {
                depth--;
            }
        } else if (has_one_operand(op)) {
            change(moment, op, &stack[depth - 1], &code);
        } else {
            depth--;
            join(op, &stack[depth - 1], stack[depth]);
        }
    }
    return stack[0].truth;
}

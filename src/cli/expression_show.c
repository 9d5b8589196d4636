/*
 * expression_show.c - bytes to instructions, for looking at
 *
 * What each instruction has behind it stands in one table, by the letters of docs/EXPRESSIONS.md 6.
 */
#include "cli/expression.h"

#include "base/base.h"
#include "base/bytes.h"
#include "model/program.h"

/* z signed varint, v varint, b byte, f filter, Z and V a list of such. */
static const struct {
    const char *name;              /* NULL: there is no such instruction */
    char        operands;
} instructions[] = {
    [SOTTO_OP_END] = {"end", 0},
    [SOTTO_OP_NUMBER] = {"number", 'z'},
    [SOTTO_OP_INTEGER] = {"integer", 'z'},
    [SOTTO_OP_TRUE] = {"true", 0},
    [SOTTO_OP_FALSE] = {"false", 0},
    [SOTTO_OP_TEXT] = {"text", 'v'},
    [SOTTO_OP_FACT_NUMBER] = {"fact-number", 'b'},
    [SOTTO_OP_FACT_TEXT] = {"fact-text", 'b'},
    [SOTTO_OP_FACT_TRUTH] = {"fact-truth", 'b'},
    [SOTTO_OP_SEGMENT] = {"segment", 'v'},
    [SOTTO_OP_ACCOUNT_NUMBER] = {"account-number", 'v'},
    [SOTTO_OP_ACCOUNT_TEXT] = {"account-text", 'v'},
    [SOTTO_OP_ACCOUNT_TRUTH] = {"account-truth", 'v'},
    [SOTTO_OP_ANSWERED] = {"answered", 'v'},
    [SOTTO_OP_QUERY] = {"query", 'v'},
    [SOTTO_OP_INTEREST] = {"interest", 'v'},
    [SOTTO_OP_IN_CART] = {"in-cart", 'v'},
    [SOTTO_OP_PAGE_IS] = {"page-is", 'v'},
    [SOTTO_OP_SEEN_CAMPAIGN] = {"seen-campaign", 'v'},
    [SOTTO_OP_COUNT] = {"count", 'f'},
    [SOTTO_OP_PIECES] = {"pieces", 'f'},
    [SOTTO_OP_ITEMS] = {"items", 'f'},
    [SOTTO_OP_DAYS] = {"days", 'f'},
    [SOTTO_OP_SINCE] = {"since", 'f'},
    [SOTTO_OP_MOST] = {"most", 'f'},
    [SOTTO_OP_ADD] = {"add", 0},
    [SOTTO_OP_SUBTRACT] = {"subtract", 0},
    [SOTTO_OP_MULTIPLY] = {"multiply", 0},
    [SOTTO_OP_DIVIDE] = {"divide", 0},
    [SOTTO_OP_REST] = {"rest", 0},
    [SOTTO_OP_NEGATE] = {"negate", 0},
    [SOTTO_OP_FLOOR] = {"floor", 0},
    [SOTTO_OP_ROUND] = {"round", 0},
    [SOTTO_OP_MIN] = {"min", 0},
    [SOTTO_OP_MAX] = {"max", 0},
    [SOTTO_OP_EQUAL] = {"equal", 0},
    [SOTTO_OP_UNEQUAL] = {"unequal", 0},
    [SOTTO_OP_LESS] = {"less", 0},
    [SOTTO_OP_AT_MOST] = {"at-most", 0},
    [SOTTO_OP_MORE] = {"more", 0},
    [SOTTO_OP_AT_LEAST] = {"at-least", 0},
    [SOTTO_OP_IN_NUMBERS] = {"in-numbers", 'Z'},
    [SOTTO_OP_TEXT_EQUAL] = {"text-equal", 0},
    [SOTTO_OP_TEXT_UNEQUAL] = {"text-unequal", 0},
    [SOTTO_OP_STARTS] = {"starts", 0},
    [SOTTO_OP_ENDS] = {"ends", 0},
    [SOTTO_OP_CONTAINS] = {"contains", 0},
    [SOTTO_OP_IN_TEXTS] = {"in-texts", 'V'},
    [SOTTO_OP_SAME] = {"same", 0},
    [SOTTO_OP_DIFFERENT] = {"different", 0},
    [SOTTO_OP_NOT] = {"not", 0},
    [SOTTO_OP_AND] = {"and", 'v'},
    [SOTTO_OP_OR] = {"or", 'v'},
};

static void add(cli_instruction *instruction, int64_t operand)
{
    if (instruction->operand_count < CLI_MAX_OPERANDS) {
        instruction->operands[instruction->operand_count++] = operand;
    }
}

static uint32_t read_byte(sotto_cursor *cursor)
{
    const uint8_t *at = sotto_cursor_take(cursor, 1);
    return at ? *at : 0;
}

static int64_t read_signed(sotto_cursor *cursor)
{
    uint32_t twice = sotto_cursor_varint(cursor);
    int64_t half = twice >> 1;
    return twice & 1 ? -half - 1 : half;
}

static void read_filter(sotto_cursor *cursor, cli_instruction *instruction)
{
    static const uint32_t with_varint[] = {
        SOTTO_FILTER_KEY, SOTTO_FILTER_UNDER, SOTTO_FILTER_FROM, SOTTO_FILTER_WITHIN,
        SOTTO_FILTER_KEY_2,
    };
    uint32_t low = read_byte(cursor);
    add(instruction, low | read_byte(cursor) << 8);
    uint32_t bits = read_byte(cursor);
    add(instruction, bits);
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(with_varint); i++) {
        if (bits & with_varint[i]) {
            add(instruction, sotto_cursor_varint(cursor));
        }
    }
}

static void read_operands(sotto_cursor *cursor, char operands, cli_instruction *instruction)
{
    uint32_t count = 1;
    switch (operands) {
    case 'b': add(instruction, read_byte(cursor)); return;
    case 'f': read_filter(cursor, instruction); return;
    case 'Z':
    case 'V':
        count = sotto_cursor_varint(cursor);
        add(instruction, count);
        break;
    case 'z':
    case 'v': break;
    default: return;
    }
    for (uint32_t i = 0; i < count && !cursor->failed; i++) {
        add(instruction, operands == 'z' || operands == 'Z' ? read_signed(cursor)
                                                            : sotto_cursor_varint(cursor));
    }
}

bool cli_instruction_read(const uint8_t *bytes, uint32_t size, uint32_t *at,
                          cli_instruction *instruction)
{
    if (*at >= size) {
        return false;
    }
    sotto_cursor cursor = sotto_cursor_over(bytes + *at, size - *at);
    uint32_t op = read_byte(&cursor);
    bool known = op < SOTTO_ARRAY_COUNT(instructions) && instructions[op].name != NULL;
    instruction->op = op;
    instruction->name = known ? instructions[op].name : "unknown";
    instruction->operands[0] = 0;
    instruction->operand_count = 0;
    if (known) {
        read_operands(&cursor, instructions[op].operands, instruction);
    }
    *at = size - (uint32_t)sotto_cursor_left(&cursor);
    return true;
}

uint32_t cli_instruction_pops(uint32_t op)
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

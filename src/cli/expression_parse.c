/*
 * expression_parse.c - words to instructions, by the grammar
 *
 * Each rule of the grammar (docs/EXPRESSIONS.md 2) is a function, from the loosest to the tightest.
 * It writes what computes its part, and says which type that has; the operator between two parts is
 * written behind both, as a machine with a stack wants it. Chains ("a and b and c") are loops; only
 * what is within parentheses or a function goes deeper, at most 64 times.
 */
#include "cli/expression_parse.h"

#include "cli/nearest.h"

#include <string.h>

/* ---- Values ---------------------------------------------------------------------------------- */

/* Goes one level deeper; false, with the mistake at the next word, past the limit. */
static bool go_deeper(cli_parser *parser)
{
    if (parser->nesting == CLI_EXPRESSION_MAX_NESTING) {
        return cli_parse_mistake(parser, parser->token.at, parser->token.size, NULL,
                                 "nested more than %d deep", CLI_EXPRESSION_MAX_NESTING);
    }
    parser->nesting++;
    return true;
}

static bool parse_fact(cli_parser *parser, const cli_token *name, cli_value *value)
{
    static const sotto_op ops[] = {SOTTO_OP_FACT_NUMBER, SOTTO_OP_FACT_TEXT, SOTTO_OP_FACT_TRUTH};
    const cli_fact *fact = cli_fact_find(name->text);
    if (!fact && cli_function_find(name->text)) {
        const cli_function *function = cli_function_find(name->text);
        return cli_parse_mistake(parser, name->at, name->size, NULL,
                                 "%s is a function: it is written %s", function->name,
                                 function->example);
    }
    if (!fact) {
        const char *word = cli_parse_copy(parser, name->text);
        return cli_parse_mistake(parser, name->at, name->size, cli_name_nearest(word),
                                 "there is no name %.*s (a text stands in quotes)",
                                 name->size > 64 ? 64 : (int)name->size, word);
    }
    cli_code_op(&parser->code, ops[fact->type], 0, 1);
    cli_code_byte(&parser->code, fact->number);
    *value = (cli_value){.type = fact->type, .fact = fact};
    return true;
}

static bool parse_text(cli_parser *parser, sotto_text text, cli_value *value)
{
    uint32_t number = cli_plan_pool_string(parser->scope->pool, text.bytes, text.size);
    if (number == SOTTO_NONE) {
        return cli_parse_mistake(parser, parser->token.at, parser->token.size, NULL,
                                 "there are more than 65,535 different texts in the site file");
    }
    cli_code_op(&parser->code, SOTTO_OP_TEXT, 0, 1);
    cli_code_varint(&parser->code, number);
    *value = (cli_value){.type = CLI_TEXT_TYPE, .is_literal = true, .text = text};
    return true;
}

static bool parse_parentheses(cli_parser *parser, cli_value *value)
{
    cli_parse_advance(parser);
    if (!cli_parse_inner(parser, value)) {
        return false;
    }
    value->is_literal = false;
    value->fact = NULL;
    return cli_parse_need(parser, CLI_TOKEN_CLOSE, "an operator or \")\"");
}

static bool parse_primary(cli_parser *parser, bool negative, cli_value *value)
{
    cli_token token = parser->token;
    size_t at = token.at;
    bool good = true;
    switch (token.kind) {
    case CLI_TOKEN_NUMBER:
        token.number = negative ? -token.number : token.number;
        cli_code_number(&parser->code, token.number);
        *value = (cli_value){.type = CLI_NUMBER_TYPE, .is_literal = true, .number = token.number};
        cli_parse_advance(parser);
        break;
    case CLI_TOKEN_TEXT:
        good = parse_text(parser, token.text, value);
        cli_parse_advance(parser);
        break;
    case CLI_TOKEN_TRUE:
    case CLI_TOKEN_FALSE:
        cli_code_op(&parser->code, token.kind == CLI_TOKEN_TRUE ? SOTTO_OP_TRUE : SOTTO_OP_FALSE,
                    0, 1);
        *value = (cli_value){.type = CLI_TRUTH_TYPE, .is_literal = true};
        cli_parse_advance(parser);
        break;
    case CLI_TOKEN_NAME:
        cli_parse_advance(parser);
        good = parser->token.kind == CLI_TOKEN_OPEN ? cli_parse_call(parser, &token, value)
                                                    : parse_fact(parser, &token, value);
        break;
    case CLI_TOKEN_OPEN:
        good = parse_parentheses(parser, value);
        break;
    default:
        return cli_parse_expected(parser, "a value");
    }
    value->at = at;
    value->size = parser->end - at;
    return good && cli_parse_room(parser, at, value->size);
}

/* Notes that an operator does not take such values. */
static bool wrong_type(cli_parser *parser, const cli_token *operator, const char *what,
                       const cli_value *value)
{
    return cli_parse_mistake(parser, operator->at, operator->size, NULL,
                             "%.*s takes %s, and %.*s is %s", (int)operator->size,
                             parser->lexer.text + operator->at, what,
                             value->size > 60 ? 60 : (int)value->size,
                             parser->lexer.text + value->at, cli_type_words(value->type));
}

static bool parse_unary(cli_parser *parser, cli_value *value)
{
    cli_token sign = parser->token;
    bool negative = false;
    while (parser->token.kind == CLI_TOKEN_SUBTRACT) {
        negative = !negative;
        cli_parse_advance(parser);
    }
    bool is_number = parser->token.kind == CLI_TOKEN_NUMBER;
    if (!parse_primary(parser, negative && is_number, value)) {
        return false;
    }
    if (sign.kind == CLI_TOKEN_SUBTRACT) {
        if (value->type != CLI_NUMBER_TYPE) {
            return wrong_type(parser, &sign, "a number", value);
        }
        if (negative && !is_number) {
            cli_code_op(&parser->code, SOTTO_OP_NEGATE, 1, 1);
        }
        value->fact = NULL;
        value->size += value->at - sign.at;
        value->at = sign.at;
    }
    return true;
}

/* ---- Arithmetic ------------------------------------------------------------------------------ */

typedef bool parse_rule(cli_parser *parser, cli_value *value);

static bool parse_arithmetic(cli_parser *parser, cli_value *left, parse_rule *tighter,
                             cli_token_kind first, cli_token_kind last)
{
    if (!tighter(parser, left)) {
        return false;
    }
    while (parser->token.kind >= first && parser->token.kind <= last) {
        cli_token operator = parser->token;
        cli_value right;
        cli_parse_advance(parser);
        if (!tighter(parser, &right)) {
            return false;
        }
        if (left->type != CLI_NUMBER_TYPE || right.type != CLI_NUMBER_TYPE) {
            return wrong_type(parser, &operator, "two numbers",
                              left->type != CLI_NUMBER_TYPE ? left : &right);
        }
        if (operator.kind >= CLI_TOKEN_DIVIDE && right.is_literal && right.number == 0) {
            cli_parse_warning(parser, operator.at, right.at + right.size - operator.at, NULL,
                              "a division by zero is nothing, and so every comparison with it is "
                              "false");
        }
        cli_code_op(&parser->code,
                    (sotto_op)((uint32_t)SOTTO_OP_ADD + (operator.kind - CLI_TOKEN_ADD)), 2, 1);
        *left = (cli_value){.type = CLI_NUMBER_TYPE, .at = left->at,
                            .size = right.at + right.size - left->at};
        if (!cli_parse_room(parser, operator.at, operator.size)) {
            return false;
        }
    }
    return true;
}

static bool parse_product(cli_parser *parser, cli_value *value)
{
    return parse_arithmetic(parser, value, parse_unary, CLI_TOKEN_MULTIPLY, CLI_TOKEN_REST);
}

static bool parse_sum(cli_parser *parser, cli_value *value)
{
    return parse_arithmetic(parser, value, parse_product, CLI_TOKEN_ADD, CLI_TOKEN_SUBTRACT);
}

/* ---- Comparisons ----------------------------------------------------------------------------- */

/* Warns of a text that a fact never is: lifecycle == "loyl". */
static void check_fact_value(cli_parser *parser, const cli_fact *fact, const cli_value *literal)
{
    const char *const *names = fact ? fact->values : NULL;
    uint32_t count = 0;
    const char *word = literal->is_literal ? cli_parse_copy(parser, literal->text) : "";
    if (fact && fact->type == CLI_TEXT_TYPE && fact->number == SOTTO_CLUSTER_NAME
        && word[strspn(word, "0123456789")]) { /* else it is the number of a cluster */
        names = parser->scope->clusters.names;
        count = parser->scope->clusters.count;
    }
    while (names && fact->values && names[count]) {
        count++;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(names[i], word) == 0) {
            return;
        }
    }
    if (count && word[0]) {
        char list[256];
        cli_parse_warning(parser, literal->at, literal->size, cli_nearest(word, names, count),
                          "%s is one of %s, so never this", fact->name,
                          cli_nearest_list(list, sizeof list, names, count));
    }
}

static sotto_op comparison_op(cli_token_kind kind, cli_type type)
{
    uint32_t number = (uint32_t)(kind - CLI_TOKEN_EQUAL);
    bool differs = kind == CLI_TOKEN_UNEQUAL;
    switch (type) {
    case CLI_NUMBER_TYPE: return (sotto_op)((uint32_t)SOTTO_OP_EQUAL + number);
    case CLI_TRUTH_TYPE: return differs ? SOTTO_OP_DIFFERENT : SOTTO_OP_SAME;
    default: break;
    }
    return kind == CLI_TOKEN_EQUAL    ? SOTTO_OP_TEXT_EQUAL
         : kind == CLI_TOKEN_UNEQUAL  ? SOTTO_OP_TEXT_UNEQUAL
         : kind == CLI_TOKEN_STARTS   ? SOTTO_OP_STARTS
         : kind == CLI_TOKEN_ENDS     ? SOTTO_OP_ENDS
                                      : SOTTO_OP_CONTAINS;
}

static bool parse_comparison_right(cli_parser *parser, cli_value *left)
{
    cli_token operator = parser->token;
    cli_token_kind kind = operator.kind;
    cli_value right;
    cli_parse_advance(parser);
    if (!parse_sum(parser, &right)) {
        return false;
    }
    if (left->type != right.type) {
        return cli_parse_mistake(parser, operator.at, operator.size, NULL,
                                 "%s cannot be compared with %s", cli_type_words(left->type),
                                 cli_type_words(right.type));
    }
    if (kind >= CLI_TOKEN_STARTS && left->type != CLI_TEXT_TYPE) {
        return wrong_type(parser, &operator, "two texts", left);
    }
    if (kind >= CLI_TOKEN_LESS && kind <= CLI_TOKEN_AT_LEAST && left->type != CLI_NUMBER_TYPE) {
        return wrong_type(parser, &operator, "two numbers", left);
    }
    if (left->type == CLI_TEXT_TYPE && kind <= CLI_TOKEN_UNEQUAL) {
        check_fact_value(parser, left->fact, &right);
        check_fact_value(parser, right.fact, left);
    }
    cli_code_op(&parser->code, comparison_op(kind, left->type), 2, 1);
    left->size = right.at + right.size - left->at;
    return true;
}

/* One literal of a list, of the type that is asked for. */
static bool parse_element(cli_parser *parser, const cli_value *asked, uint32_t *operand)
{
    bool negative = parser->token.kind == CLI_TOKEN_SUBTRACT;
    size_t at = parser->token.at;
    if (negative) {
        cli_parse_advance(parser);
    }
    cli_token token = parser->token;
    bool is_text = asked->type == CLI_TEXT_TYPE;
    if (token.kind != (is_text ? CLI_TOKEN_TEXT : CLI_TOKEN_NUMBER) || (negative && is_text)) {
        return cli_parse_expected(parser, is_text ? "a text, as what stands before \"in\" is one"
                                                  : "a number, as what stands before \"in\" is one");
    }
    int64_t number = negative ? -token.number : token.number;
    if (!is_text && (number < INT32_MIN || number > INT32_MAX)) {
        return cli_parse_mistake(parser, at, token.at + token.size - at, NULL,
                                 "a number of a list is from -214748.3648 to 214748.3647");
    }
    uint32_t twice = (uint32_t)number << 1;
    *operand = number < 0 ? ~twice : twice;
    if (is_text) {
        cli_value literal = {.at = token.at, .size = token.size, .is_literal = true,
                             .text = token.text};
        check_fact_value(parser, asked->fact, &literal);
        *operand = cli_plan_pool_string(parser->scope->pool, token.text.bytes, token.text.size);
    }
    cli_parse_advance(parser);
    return *operand != SOTTO_NONE || !is_text
        || cli_parse_mistake(parser, token.at, token.size, NULL,
                             "there are more than 65,535 different texts in the site file");
}

static bool parse_list(cli_parser *parser, const cli_token *operator, cli_value *left)
{
    uint32_t operands[CLI_EXPRESSION_MAX_LIST];
    uint32_t count = 0;
    if (left->type == CLI_TRUTH_TYPE) {
        return wrong_type(parser, operator, "a number or a text", left);
    }
    if (!cli_parse_need(parser, CLI_TOKEN_OPEN_LIST, "a list such as [\"phone\", \"tablet\"]")) {
        return false;
    }
    do {
        if (count == CLI_EXPRESSION_MAX_LIST) {
            return cli_parse_mistake(parser, parser->token.at, parser->token.size, NULL,
                                     "a list has at most %d entries", CLI_EXPRESSION_MAX_LIST);
        }
        if (count) {
            cli_parse_advance(parser);
        }
        if (!parse_element(parser, left, &operands[count])) {
            return false;
        }
        count++;
    } while (parser->token.kind == CLI_TOKEN_COMMA);
    if (!cli_parse_need(parser, CLI_TOKEN_CLOSE_LIST, "\",\" or \"]\"")) {
        return false;
    }
    cli_code_op(&parser->code,
                left->type == CLI_TEXT_TYPE ? SOTTO_OP_IN_TEXTS : SOTTO_OP_IN_NUMBERS, 1, 1);
    cli_code_varint(&parser->code, count);
    for (uint32_t i = 0; i < count; i++) {
        cli_code_varint(&parser->code, operands[i]);
    }
    return true;
}

static bool is_comparison(cli_token_kind kind)
{
    return kind >= CLI_TOKEN_EQUAL && kind <= CLI_TOKEN_NOT;
}

static bool parse_comparison(cli_parser *parser, cli_value *left)
{
    if (!parse_sum(parser, left)) {
        return false;
    }
    cli_token operator = parser->token;
    if (!is_comparison(operator.kind)) {
        return true;
    }
    if (operator.kind == CLI_TOKEN_IN || operator.kind == CLI_TOKEN_NOT) {
        bool otherwise = operator.kind == CLI_TOKEN_NOT;
        cli_parse_advance(parser);
        if ((otherwise && !cli_parse_need(parser, CLI_TOKEN_IN, "\"in\" and a list"))
            || !parse_list(parser, &operator, left)) {
            return false;
        }
        if (otherwise) {
            cli_code_op(&parser->code, SOTTO_OP_NOT, 1, 1);
        }
    } else if (!parse_comparison_right(parser, left)) {
        return false;
    }
    *left = (cli_value){.type = CLI_TRUTH_TYPE, .at = left->at, .size = parser->end - left->at};
    if (is_comparison(parser->token.kind)) {
        return cli_parse_mistake(parser, parser->token.at, parser->token.size, NULL,
                                 "a comparison was just made: \"and\" joins two of them");
    }
    return cli_parse_room(parser, operator.at, operator.size);
}

/* ---- Truths ---------------------------------------------------------------------------------- */

static bool parse_not(cli_parser *parser, cli_value *value)
{
    cli_token sign = parser->token;
    uint32_t count = 0;
    for (; parser->token.kind == CLI_TOKEN_NOT; count++) {
        cli_parse_advance(parser);
    }
    if (!parse_comparison(parser, value)) {
        return false;
    }
    if (count == 0) {
        return true;
    }
    if (value->type != CLI_TRUTH_TYPE) {
        return wrong_type(parser, &sign, "a truth", value);
    }
    if (count % 2) {
        cli_code_op(&parser->code, SOTTO_OP_NOT, 1, 1);
    }
    value->size += value->at - sign.at;
    value->at = sign.at;
    return cli_parse_room(parser, sign.at, sign.size);
}

static bool parse_branches(cli_parser *parser, cli_value *left, parse_rule *tighter,
                           cli_token_kind kind, sotto_op op)
{
    if (!tighter(parser, left)) {
        return false;
    }
    while (parser->token.kind == kind) {
        cli_token operator = parser->token;
        cli_value right;
        if (left->type != CLI_TRUTH_TYPE) {
            return wrong_type(parser, &operator, "two truths", left);
        }
        uint32_t branch = cli_code_begin_branch(&parser->code, op);
        cli_parse_advance(parser);
        if (!tighter(parser, &right)) {
            return false;
        }
        if (right.type != CLI_TRUTH_TYPE) {
            return wrong_type(parser, &operator, "two truths", &right);
        }
        cli_code_end_branch(&parser->code, branch);
        *left = (cli_value){.type = CLI_TRUTH_TYPE, .at = left->at,
                            .size = right.at + right.size - left->at};
        if (!cli_parse_room(parser, operator.at, operator.size)) {
            return false;
        }
    }
    return true;
}

static bool parse_and(cli_parser *parser, cli_value *value)
{
    return parse_branches(parser, value, parse_not, CLI_TOKEN_AND, SOTTO_OP_AND);
}

bool cli_parse_inner(cli_parser *parser, cli_value *value)
{
    if (!go_deeper(parser)
        || !parse_branches(parser, value, parse_and, CLI_TOKEN_OR, SOTTO_OP_OR)) {
        return false;
    }
    parser->nesting--;
    return true;
}

/* ---- All of it ------------------------------------------------------------------------------- */

static bool parse_whole(cli_parser *parser)
{
    cli_value value;
    if (parser->lexer.size > CLI_EXPRESSION_MAX_SIZE) {
        return cli_parse_mistake(parser, CLI_EXPRESSION_MAX_SIZE, 1, NULL,
                                 "an expression has at most %d bytes, and this has %zu",
                                 CLI_EXPRESSION_MAX_SIZE, parser->lexer.size);
    }
    cli_parse_advance(parser);
    parser->end = 0;
    if (!parse_branches(parser, &value, parse_and, CLI_TOKEN_OR, SOTTO_OP_OR)) {
        return false;
    }
    if (parser->token.kind == CLI_TOKEN_CLOSE) {
        return cli_parse_mistake(parser, parser->token.at, 1, NULL,
                                 "there is no \"(\" that this closes");
    }
    if (parser->token.kind != CLI_TOKEN_END) {
        return cli_parse_expected(parser, "an operator such as \"and\"");
    }
    if (value.type != CLI_TRUTH_TYPE) {
        return cli_parse_mistake(parser, value.at, value.size, NULL,
                                 "a whole expression is a truth, such as a comparison, and this is "
                                 "%s", cli_type_words(value.type));
    }
    cli_code_op(&parser->code, SOTTO_OP_END, 1, 0);
    return cli_parse_room(parser, value.at, value.size);
}

bool cli_expression_compile(const cli_expression_scope *scope, const char *text, size_t size,
                            cli_expression *expression)
{
    cli_parser parser = {
        .scope = scope,
        .pool = scope->pool->memory,
        .lexer = {scope->pool->memory, text, size, 0},
        .expression = expression,
    };
    *expression = (cli_expression){0};
    bool good = parse_whole(&parser);
    expression->size = parser.code.size;
    expression->bytes = (const uint8_t *)cli_pool_copy(
        parser.pool, (const char *)parser.code.bytes, parser.code.size);
    return good;
}

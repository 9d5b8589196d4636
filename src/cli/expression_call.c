/*
 * expression_call.c - functions, and what narrows the events they look at
 *
 * Two kinds of argument look alike and are not: a function of numbers takes expressions, all others
 * take what is known when publishing, which ends up in the instruction's operands.
 */
#include "cli/expression_parse.h"

#include "base/base.h"
#include "cli/nearest.h"

#include <string.h>

/* ---- Arguments ------------------------------------------------------------------------------- */

static bool open_arguments(cli_parser *parser)
{
    return cli_parse_need(parser, CLI_TOKEN_OPEN, "\"(\"");
}

static bool close_arguments(cli_parser *parser, const char *what)
{
    return cli_parse_need(parser, CLI_TOKEN_CLOSE, what);
}

/* A text that is not empty. */
static bool need_text(cli_parser *parser, const char *what, cli_token *text)
{
    *text = parser->token;
    if (!cli_parse_need(parser, CLI_TOKEN_TEXT, what)) {
        return false;
    }
    return text->text.size > 0
        || cli_parse_mistake(parser, text->at, text->size, NULL,
                             "expected a text that is not empty");
}

/* The number of a string of the plan. */
static bool need_string(cli_parser *parser, const cli_token *token, const char *bytes, size_t size,
                        uint32_t *string)
{
    *string = cli_plan_pool_string(parser->scope->pool, bytes, size);
    return *string != SOTTO_NONE
        || cli_parse_mistake(parser, token->at, token->size, NULL,
                             "there are more than 65,535 different texts in the site file");
}

/* The number of a name in a list of those there are. */
static bool need_known(cli_parser *parser, const cli_token *token, const char *what,
                       const cli_expression_names *names, uint32_t *index)
{
    const char *word = cli_parse_copy(parser, token->text);
    for (*index = 0; *index < names->count; (*index)++) {
        if (strcmp(names->names[*index], word) == 0) {
            return true;
        }
    }
    if (names->count == 0) {
        return cli_parse_mistake(parser, token->at, token->size, NULL,
                                 "the site file has no %ss", what);
    }
    return cli_parse_mistake(parser, token->at, token->size,
                             cli_nearest(word, names->names, names->count),
                             "there is no %s %.64s", what, word);
}

/* The number of an item, category or brand, which is kept to be looked for in the catalogue. */
static bool need_key(cli_parser *parser, const cli_token *token, cli_narrow kind, uint32_t *key)
{
    cli_expression *expression = parser->expression;
    *key = cli_plan_pool_key(parser->scope->pool, (sotto_key_kind)(kind + 1), token->text);
    if (*key == SOTTO_NONE) {
        return cli_parse_mistake(parser, token->at, token->size, NULL,
                                 "there are more than %d different items, categories and brands "
                                 "in the site file", SOTTO_PLAN_MAX_KEYS);
    }
    if (expression->key_count == parser->key_room) {
        parser->key_room = parser->key_room ? 2 * parser->key_room : 8;
        cli_expression_key *keys = cli_pool_alloc(parser->pool, parser->key_room, sizeof *keys);
        if (expression->key_count) {
            memcpy(keys, expression->keys, expression->key_count * sizeof *keys);
        }
        expression->keys = keys;
    }
    expression->keys[expression->key_count++] = (cli_expression_key){*key, token->at, token->size};
    return true;
}

/* The name before a colon, one of those that the function takes. */
static bool need_narrow(cli_parser *parser, const char *function, cli_narrow count,
                        cli_narrow *narrow)
{
    char list[128];
    cli_token name = parser->token;
    cli_nearest_list(list, sizeof list, cli_narrow_names, count);
    if (!cli_parse_need(parser, CLI_TOKEN_NAME, "the name of an argument, such as category:")) {
        return false;
    }
    const char *word = cli_parse_copy(parser, name.text);
    for (*narrow = 0; *narrow < count; (*narrow)++) {
        if (strcmp(cli_narrow_names[*narrow], word) == 0) {
            return cli_parse_need(parser, CLI_TOKEN_COLON, "\":\"");
        }
    }
    return cli_parse_mistake(parser, name.at, name.size,
                             cli_nearest(word, cli_narrow_names, count),
                             "%s takes %s, and no %.40s", function, list, word);
}

/* ---- count(view, category: "A", within: 7d) -------------------------------------------------- */

typedef struct event_filter {
    uint32_t  kinds, bits;
    uint32_t  keys[2], key_count;
    uint32_t  under, from, within_s;
} event_filter;

static bool need_event(cli_parser *parser, const char *function, uint32_t *kinds)
{
    const char *names[16];
    char list[256];
    cli_token name = parser->token;
    for (uint32_t i = 0; i < cli_event_name_count; i++) {
        names[i] = cli_event_names[i].name;
    }
    cli_nearest_list(list, sizeof list, names, cli_event_name_count);
    if (!cli_parse_need(parser, CLI_TOKEN_NAME, "the name of an event, such as view")) {
        return false;
    }
    const cli_event_name *event = cli_event_find(name.text);
    if (event) {
        *kinds = event->kinds;
        return true;
    }
    const char *word = cli_parse_copy(parser, name.text);
    return cli_parse_mistake(parser, name.at, name.size,
                             cli_nearest(word, names, cli_event_name_count),
                             "%s takes an event first, one of %s", function, list);
}

/* `true`, or `false`, which is as if it were not there. */
static bool need_switch(cli_parser *parser, uint32_t bit, event_filter *filter)
{
    bool yes = parser->token.kind == CLI_TOKEN_TRUE;
    if (!yes && parser->token.kind != CLI_TOKEN_FALSE) {
        return cli_parse_expected(parser, "true");
    }
    filter->bits |= yes ? bit : 0;
    cli_parse_advance(parser);
    return true;
}

static bool need_money(cli_parser *parser, uint32_t *minor)
{
    cli_token number = parser->token;
    int64_t factor = 1;
    for (uint32_t i = 0; i < parser->scope->price_decimals; i++) {
        factor *= 10;
    }
    if (!cli_parse_need(parser, CLI_TOKEN_NUMBER, "a price such as 19.95")) {
        return false;
    }
    int64_t value = number.number * factor / CLI_NUMBER_SCALE;
    if (value >= UINT32_MAX) {
        return cli_parse_mistake(parser, number.at, number.size, NULL,
                                 "no price is as high as that");
    }
    *minor = (uint32_t)value;
    return true;
}

static bool need_span(cli_parser *parser, uint32_t *span_s)
{
    cli_token span = parser->token;
    if (!cli_parse_need(parser, CLI_TOKEN_NUMBER, "a span of time such as 7d")) {
        return false;
    }
    int64_t seconds = span.number / CLI_NUMBER_SCALE;
    if (seconds < 1 || seconds > UINT32_MAX) {
        return cli_parse_mistake(parser, span.at, span.size, NULL,
                                 "expected a span of at least a second, such as 7d");
    }
    *span_s = (uint32_t)seconds;
    return true;
}

static bool need_filter_key(cli_parser *parser, cli_narrow narrow, event_filter *filter)
{
    cli_token text;
    if (!need_text(parser, "a text such as \"Shoes > Boots\"", &text)) {
        return false;
    }
    if (filter->key_count == 2) {
        return cli_parse_mistake(parser, text.at, text.size, NULL,
                                 "at most two of item, category and brand");
    }
    filter->bits |= filter->key_count ? SOTTO_FILTER_KEY_2 : SOTTO_FILTER_KEY;
    return need_key(parser, &text, narrow, &filter->keys[filter->key_count++]);
}

static bool parse_narrow(cli_parser *parser, const char *function, bool *met, event_filter *filter)
{
    cli_narrow narrow;
    cli_token name = parser->token;
    if (!need_narrow(parser, function, CLI_NARROW_COUNT, &narrow)) {
        return false;
    }
    if (met[narrow]) {
        return cli_parse_mistake(parser, name.at, name.size, NULL, "%s stands twice",
                                 cli_narrow_names[narrow]);
    }
    met[narrow] = true;
    switch (narrow) {
    case CLI_NARROW_HERE: return need_switch(parser, SOTTO_FILTER_HERE, filter);
    case CLI_NARROW_ON_SALE: return need_switch(parser, SOTTO_FILTER_ON_SALE, filter);
    case CLI_NARROW_SESSION: return need_switch(parser, SOTTO_FILTER_SESSION, filter);
    case CLI_NARROW_UNDER:
        filter->bits |= SOTTO_FILTER_UNDER;
        return need_money(parser, &filter->under);
    case CLI_NARROW_FROM:
        filter->bits |= SOTTO_FILTER_FROM;
        return need_money(parser, &filter->from);
    case CLI_NARROW_WITHIN:
        filter->bits |= SOTTO_FILTER_WITHIN;
        return need_span(parser, &filter->within_s);
    default:
        return need_filter_key(parser, narrow, filter);
    }
}

static void write_filter(cli_code *code, const event_filter *filter)
{
    cli_code_byte(code, filter->kinds & 0xFF);
    cli_code_byte(code, filter->kinds >> 8);
    cli_code_byte(code, filter->bits);
    if (filter->bits & SOTTO_FILTER_KEY) {
        cli_code_varint(code, filter->keys[0]);
    }
    if (filter->bits & SOTTO_FILTER_UNDER) {
        cli_code_varint(code, filter->under);
    }
    if (filter->bits & SOTTO_FILTER_FROM) {
        cli_code_varint(code, filter->from);
    }
    if (filter->bits & SOTTO_FILTER_WITHIN) {
        cli_code_varint(code, filter->within_s);
    }
    if (filter->bits & SOTTO_FILTER_KEY_2) {
        cli_code_varint(code, filter->keys[1]);
    }
}

static bool parse_events(cli_parser *parser, const cli_function *function)
{
    event_filter filter = {0};
    bool met[CLI_NARROW_COUNT] = {false};
    if (!open_arguments(parser) || !need_event(parser, function->name, &filter.kinds)) {
        return false;
    }
    while (parser->token.kind == CLI_TOKEN_COMMA) {
        cli_parse_advance(parser);
        if (!parse_narrow(parser, function->name, met, &filter)) {
            return false;
        }
    }
    if (!close_arguments(parser, "\",\" or \")\"")) {
        return false;
    }
    cli_code_op(&parser->code, function->op, 0, 1);
    write_filter(&parser->code, &filter);
    return true;
}

/* ---- The others ------------------------------------------------------------------------------ */

/* One of item:, category: and brand:; an interest is in one of the last two. */
static bool parse_thing(cli_parser *parser, const cli_function *function)
{
    cli_narrow narrow;
    cli_token text;
    uint32_t key;
    cli_token name = parser->token;
    if (!open_arguments(parser)) {
        return false;
    }
    name = parser->token;
    if (!need_narrow(parser, function->name, CLI_NARROW_HERE, &narrow)) {
        return false;
    }
    if (function->kind == CLI_CALL_INTEREST && narrow == CLI_NARROW_ITEM) {
        return cli_parse_mistake(parser, name.at, name.size, NULL,
                                 "interest is in a category or a brand");
    }
    if (!need_text(parser, "a text such as \"Shoes > Boots\"", &text)
        || !need_key(parser, &text, narrow, &key)
        || !close_arguments(parser, "\")\", since it takes one argument")) {
        return false;
    }
    cli_code_op(&parser->code, function->op, 0, 1);
    cli_code_varint(&parser->code, key);
    return true;
}

static bool parse_segment(cli_parser *parser, const cli_token *text)
{
    uint32_t index;
    cli_expression *expression = parser->expression;
    const cli_expression_scope *scope = parser->scope;
    if (!need_known(parser, text, "segment", &scope->segments, &index)) {
        return false;
    }
    if (expression->segment_count == parser->segment_room) {
        parser->segment_room = parser->segment_room ? 2 * parser->segment_room : 8;
        uint32_t *segments = cli_pool_alloc(parser->pool, parser->segment_room, sizeof *segments);
        if (expression->segment_count) {
            memcpy(segments, expression->segments, expression->segment_count * sizeof *segments);
        }
        expression->segments = segments;
    }
    expression->segments[expression->segment_count++] = index;
    cli_code_op(&parser->code, SOTTO_OP_SEGMENT, 0, 1);
    cli_code_varint(&parser->code, scope->segment_places ? scope->segment_places[index] : index);
    return true;
}

static bool parse_account(cli_parser *parser, const cli_token *text, cli_value *value)
{
    static const sotto_op ops[] = {
        [SOTTO_ACCOUNT_NUMBER] = SOTTO_OP_ACCOUNT_NUMBER,
        [SOTTO_ACCOUNT_TEXT] = SOTTO_OP_ACCOUNT_TEXT,
        [SOTTO_ACCOUNT_TRUTH] = SOTTO_OP_ACCOUNT_TRUTH,
    };
    uint32_t index;
    uint32_t string;
    if (parser->scope->account.count == 0) {
        return cli_parse_mistake(parser, text->at, text->size, NULL,
                                 "the site file's \"account\" declares nothing");
    }
    if (!need_known(parser, text, "account attribute", &parser->scope->account, &index)
        || !need_string(parser, text, text->text.bytes, text->text.size, &string)) {
        return false;
    }
    uint8_t kind = parser->scope->account_kinds[index];
    cli_code_op(&parser->code, ops[kind], 0, 1);
    cli_code_varint(&parser->code, string);
    value->type = kind == SOTTO_ACCOUNT_NUMBER ? CLI_NUMBER_TYPE
                : kind == SOTTO_ACCOUNT_TEXT   ? CLI_TEXT_TYPE
                                               : CLI_TRUTH_TYPE;
    return true;
}

/* The string is the question or, with an answer, question, a zero byte, answer. */
static bool parse_answered(cli_parser *parser, const cli_token *question)
{
    const cli_expression_names *asked = &parser->scope->questions;
    const char *word = cli_parse_copy(parser, question->text);
    uint32_t string;
    size_t size = question->text.size;
    bool known = false;
    for (uint32_t i = 0; i < asked->count; i++) {
        known = known || strcmp(asked->names[i], word) == 0;
    }
    if (!known) {
        cli_parse_warning(parser, question->at, question->size,
                          cli_nearest(word, asked->names, asked->count),
                          "no quiz of the site file asks this");
    }
    char *joined = cli_pool_alloc(parser->pool, 2 * (size_t)CLI_EXPRESSION_MAX_TEXT + 2, 1);
    memcpy(joined, word, size);
    if (parser->token.kind == CLI_TOKEN_COMMA) {
        cli_token answer;
        cli_parse_advance(parser);
        if (!need_text(parser, "an answer in quotes", &answer)) {
            return false;
        }
        memcpy(joined + size + 1, answer.text.bytes, answer.text.size);
        size += 1 + answer.text.size;
    }
    if (!need_string(parser, question, joined, size, &string)) {
        return false;
    }
    cli_code_op(&parser->code, SOTTO_OP_ANSWERED, 0, 1);
    cli_code_varint(&parser->code, string);
    return true;
}

/* A parameter of the address, or a campaign. */
static bool parse_named(cli_parser *parser, const cli_function *function, const cli_token *text)
{
    uint32_t string;
    uint32_t index;
    if ((function->kind == CLI_CALL_SEEN
         && !need_known(parser, text, "campaign", &parser->scope->campaigns, &index))
        || !need_string(parser, text, text->text.bytes, text->text.size, &string)) {
        return false;
    }
    cli_code_op(&parser->code, function->op, 0, 1);
    cli_code_varint(&parser->code, string);
    return true;
}

/* A function whose first argument is a text. */
static bool parse_with_text(cli_parser *parser, const cli_function *function, cli_value *value)
{
    cli_token text;
    if (!open_arguments(parser) || !need_text(parser, "a name in quotes", &text)) {
        return false;
    }
    bool good = function->kind == CLI_CALL_SEGMENT    ? parse_segment(parser, &text)
              : function->kind == CLI_CALL_ACCOUNT    ? parse_account(parser, &text, value)
              : function->kind == CLI_CALL_ANSWERED   ? parse_answered(parser, &text)
                                                      : parse_named(parser, function, &text);
    return good && close_arguments(parser, "\")\"");
}

/* floor(a), min(a, b): of numbers, which are computed. */
static bool parse_of_numbers(cli_parser *parser, const cli_function *function)
{
    uint32_t count = function->kind == CLI_CALL_TWO ? 2 : 1;
    if (!open_arguments(parser)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        cli_value value;
        if ((i > 0 && !cli_parse_need(parser, CLI_TOKEN_COMMA, "\",\" and a second number"))
            || !cli_parse_inner(parser, &value)) {
            return false;
        }
        if (value.type != CLI_NUMBER_TYPE) {
            return cli_parse_mistake(parser, value.at, value.size, NULL,
                                     "%s takes numbers, and this is %s", function->name,
                                     cli_type_words(value.type));
        }
    }
    cli_code_op(&parser->code, function->op, count, 1);
    return close_arguments(parser, "\")\"");
}

bool cli_parse_call(cli_parser *parser, const cli_token *name, cli_value *value)
{
    const cli_function *function = cli_function_find(name->text);
    *value = (cli_value){.type = CLI_NUMBER_TYPE};
    if (!function) {
        const char *word = cli_parse_copy(parser, name->text);
        const cli_fact *fact = cli_fact_find(name->text);
        return fact ? cli_parse_mistake(parser, name->at, name->size, NULL,
                                        "%s is no function: it stands without \"(\"", fact->name)
                    : cli_parse_mistake(parser, name->at, name->size, cli_name_nearest(word),
                                        "there is no function %.*s",
                                        name->size > 64 ? 64 : (int)name->size, word);
    }
    switch (function->kind) {
    case CLI_CALL_EVENTS:
        return parse_events(parser, function);
    case CLI_CALL_INTEREST:
        return parse_thing(parser, function);
    case CLI_CALL_THING:
        value->type = CLI_TRUTH_TYPE;
        return parse_thing(parser, function);
    case CLI_CALL_ONE:
    case CLI_CALL_TWO:
        return parse_of_numbers(parser, function);
    case CLI_CALL_SEGMENT:
    case CLI_CALL_ANSWERED:
        value->type = CLI_TRUTH_TYPE;
        break;
    case CLI_CALL_QUERY:
        value->type = CLI_TEXT_TYPE;
        break;
    case CLI_CALL_ACCOUNT:
    case CLI_CALL_SEEN:
        break;
    }
    return parse_with_text(parser, function, value);
}

/*
 * expression_words.c - going from word to word, and what is said of a place
 *
 * The first mistake ends the reading: what follows it would only be guesses.
 */
#include "cli/expression_parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- Notes ----------------------------------------------------------------------------------- */

static void *grow(cli_pool *pool, void *list, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room) {
        return list;
    }
    *room = *room ? 2 * *room : 8;
    void *larger = cli_pool_alloc(pool, *room, size);
    if (count) {
        memcpy(larger, list, count * size);
    }
    return larger;
}

static void note(cli_parser *parser, bool warning, size_t at, size_t size, const char *near,
                 const char *format, va_list values)
{
    char what[512];
    cli_expression *expression = parser->expression;
    vsnprintf(what, sizeof what, format, values);
    expression->notes = grow(parser->pool, expression->notes, expression->note_count,
                             &parser->note_room, sizeof *expression->notes);
    expression->notes[expression->note_count++] = (cli_expression_note){
        warning, at, size, cli_pool_copy(parser->pool, what, strlen(what)), near,
    };
}

bool cli_parse_mistake(cli_parser *parser, size_t at, size_t size, const char *near,
                       const char *format, ...)
{
    va_list values;
    va_start(values, format);
    if (!parser->failed) {
        note(parser, false, at, size, near, format, values);
    }
    va_end(values);
    parser->failed = true;
    return false;
}

void cli_parse_warning(cli_parser *parser, size_t at, size_t size, const char *near,
                       const char *format, ...)
{
    va_list values;
    va_start(values, format);
    note(parser, true, at, size, near, format, values);
    va_end(values);
}

bool cli_parse_expected(cli_parser *parser, const char *what)
{
    const cli_token *token = &parser->token;
    if (token->kind == CLI_TOKEN_BAD) {
        return cli_parse_mistake(parser, token->at, token->size, token->near, "%s", token->what);
    }
    if (token->kind == CLI_TOKEN_END) {
        return cli_parse_mistake(parser, token->at, 0, NULL,
                                 "the expression ends here, expected %s", what);
    }
    int shown = token->size > 40 ? 40 : (int)token->size;
    return cli_parse_mistake(parser, token->at, token->size, NULL, "expected %s, found %.*s", what,
                             shown, parser->lexer.text + token->at);
}

/* ---- Words ----------------------------------------------------------------------------------- */

void cli_parse_advance(cli_parser *parser)
{
    parser->end = parser->token.at + parser->token.size;
    parser->token = cli_lex(&parser->lexer);
}

bool cli_parse_need(cli_parser *parser, cli_token_kind kind, const char *what)
{
    if (parser->failed || parser->token.kind != kind) {
        return cli_parse_expected(parser, what);
    }
    cli_parse_advance(parser);
    return true;
}

char *cli_parse_copy(const cli_parser *parser, sotto_text text)
{
    return cli_pool_copy(parser->pool, text.bytes, text.size);
}

bool cli_parse_room(cli_parser *parser, size_t at, size_t size)
{
    if (parser->code.too_long) {
        return cli_parse_mistake(parser, at, size, NULL,
                                 "up to here it is more than %d bytes compiled",
                                 SOTTO_PLAN_MAX_PROGRAM);
    }
    if (parser->code.too_deep) {
        return cli_parse_mistake(parser, at, size, NULL, "more than %d values wait here at once",
                                 SOTTO_PROGRAM_DEPTH);
    }
    if (parser->code.too_branched) {
        return cli_parse_mistake(parser, at, size, NULL,
                                 "more than %d times \"and\" and \"or\" are open here at once",
                                 SOTTO_PROGRAM_LANDINGS);
    }
    return !parser->failed;
}

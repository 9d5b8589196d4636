/*
 * Expression parse - what the grammar and its functions share while an expression is read
 */
#ifndef SOTTO_CLI_EXPRESSION_PARSE_H
#define SOTTO_CLI_EXPRESSION_PARSE_H

#include "cli/expression.h"
#include "cli/expression_code.h"
#include "cli/expression_lex.h"
#include "cli/expression_names.h"

typedef struct cli_parser {
    const cli_expression_scope *scope;
    cli_pool                   *pool;
    cli_lexer                   lexer;
    cli_token                   token;     /* the one that is next */
    size_t                      end;       /* where the one before it ended */
    unsigned                    nesting;
    bool                        failed;    /* a mistake was noted: nothing is read any more */
    cli_code                    code;
    cli_expression             *expression;
    uint32_t                    segment_room, key_room, note_room;
} cli_parser;

/* What a piece of an expression is worth. */
typedef struct cli_value {
    cli_type        type;
    size_t          at, size;      /* where it stands */
    bool            is_literal;
    int64_t         number;        /* of a literal number */
    sotto_text      text;          /* of a literal text */
    const cli_fact *fact;          /* if it is one and nothing else */
} cli_value;

/* Notes the mistake and ends the reading. Returns false. */
bool cli_parse_mistake(cli_parser *parser, size_t at, size_t size, const char *near,
                       const char *format, ...) SOTTO_PRINTF(5, 6);
void cli_parse_warning(cli_parser *parser, size_t at, size_t size, const char *near,
                       const char *format, ...) SOTTO_PRINTF(5, 6);

/* The mistake that the next word is not what belongs there. */
bool cli_parse_expected(cli_parser *parser, const char *what);

/* Goes on to the next word. */
void cli_parse_advance(cli_parser *parser);

/* Passes over a word of this kind; or notes that `what` was expected. */
bool cli_parse_need(cli_parser *parser, cli_token_kind kind, const char *what);

/* An expression within another: reads it, and writes what computes it. */
bool cli_parse_inner(cli_parser *parser, cli_value *value);

/* A function and its arguments, from behind its name, which `name` is, on. */
bool cli_parse_call(cli_parser *parser, const cli_token *name, cli_value *value);

/* A terminated copy of what a token or value says. */
char *cli_parse_copy(const cli_parser *parser, sotto_text text);

/* Whether there still is room for what was written; notes the mistake at the place if not. */
bool cli_parse_room(cli_parser *parser, size_t at, size_t size);

#endif

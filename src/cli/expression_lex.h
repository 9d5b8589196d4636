/*
 * Expression lex - the words of an expression, one after the other
 */
#ifndef SOTTO_CLI_EXPRESSION_LEX_H
#define SOTTO_CLI_EXPRESSION_LEX_H

#include "cli/pool.h"

/* A number is kept in ten-thousandths, and goes no further than this either way. */
#define CLI_NUMBER_SCALE 10000
#define CLI_NUMBER_MOST  ((int64_t)1 << 46)

typedef enum cli_token_kind {
    CLI_TOKEN_END, CLI_TOKEN_BAD, CLI_TOKEN_NUMBER, CLI_TOKEN_TEXT, CLI_TOKEN_NAME,
    CLI_TOKEN_OPEN, CLI_TOKEN_CLOSE, CLI_TOKEN_OPEN_LIST, CLI_TOKEN_CLOSE_LIST, CLI_TOKEN_COMMA,
    CLI_TOKEN_COLON,
    CLI_TOKEN_ADD, CLI_TOKEN_SUBTRACT, CLI_TOKEN_MULTIPLY, CLI_TOKEN_DIVIDE, CLI_TOKEN_REST,
    CLI_TOKEN_EQUAL, CLI_TOKEN_UNEQUAL, CLI_TOKEN_LESS, CLI_TOKEN_AT_MOST, CLI_TOKEN_MORE,
    CLI_TOKEN_AT_LEAST, CLI_TOKEN_STARTS, CLI_TOKEN_ENDS, CLI_TOKEN_CONTAINS,
    CLI_TOKEN_IN, CLI_TOKEN_NOT, CLI_TOKEN_AND, CLI_TOKEN_OR, CLI_TOKEN_TRUE, CLI_TOKEN_FALSE
} cli_token_kind;

typedef struct cli_token {
    cli_token_kind kind;
    size_t         at, size;       /* where it stands */
    int64_t        number;         /* of a number, in ten-thousandths */
    sotto_text     text;           /* of a text: what it says; of a name: itself */
    const char    *what, *near;    /* of a bad one: why; and what may have been meant, or NULL */
} cli_token;

typedef struct cli_lexer {
    cli_pool   *pool;
    const char *text;
    size_t      size, at;
} cli_lexer;

cli_token cli_lex(cli_lexer *lexer);

#endif

/*
 * expression_lex.c - the words of an expression, one after the other
 *
 * What other languages write differently ("&&", "=") is known here, so that the mistake names what
 * stands for it in this one.
 */
#include "cli/expression_lex.h"

#include "base/base.h"
#include "cli/expression.h"
#include "cli/utf8.h"

#include <string.h>

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static char peek(const cli_lexer *lexer, size_t ahead)
{
    return lexer->at + ahead < lexer->size ? lexer->text[lexer->at + ahead] : '\0';
}

static cli_token bad(const cli_lexer *lexer, size_t at, size_t end, const char *near,
                     const char *what)
{
    (void)lexer;
    return (cli_token){.kind = CLI_TOKEN_BAD, .at = at, .size = end - at, .what = what,
                       .near = near};
}

/* ---- Numbers --------------------------------------------------------------------------------- */

/* Seconds of a unit of time, 0 if the letter is none. */
static int64_t unit_seconds(char letter)
{
    switch (letter) {
    case 's': return 1;
    case 'm': return 60;
    case 'h': return 3600;
    case 'd': return 86400;
    case 'w': return 7 * 86400;
    default: return 0;
    }
}

/* Digits, at most four behind a point, in ten-thousandths; -1 if there are more, -2 if too large. */
static int64_t lex_decimal(cli_lexer *lexer)
{
    int64_t number = 0;
    int64_t place = CLI_NUMBER_SCALE;
    bool too_large = false;
    for (; is_digit(peek(lexer, 0)); lexer->at++) {
        number = 10 * number + (peek(lexer, 0) - '0') * (int64_t)CLI_NUMBER_SCALE;
        if (number > CLI_NUMBER_MOST) {
            too_large = true;
            number = 0;
        }
    }
    if (peek(lexer, 0) == '.' && is_digit(peek(lexer, 1))) {
        for (lexer->at++; is_digit(peek(lexer, 0)); lexer->at++) {
            place /= 10;
            number += (peek(lexer, 0) - '0') * place;
            if (place == 0 && peek(lexer, 0) != '0') {
                number = -1;
                break;
            }
        }
    }
    while (is_digit(peek(lexer, 0))) {
        lexer->at++;
    }
    return too_large ? -2 : number;
}

static cli_token lex_number(cli_lexer *lexer)
{
    size_t at = lexer->at;
    int64_t number = lex_decimal(lexer);
    if (number == -1) {
        return bad(lexer, at, lexer->at, NULL, "a number has at most four decimals");
    }
    int64_t seconds = unit_seconds(peek(lexer, 0));
    if (number >= 0 && peek(lexer, 0) == '%') {
        lexer->at++;
        if (number % 100 != 0) {
            return bad(lexer, at, lexer->at, NULL, "a percentage has at most two decimals");
        }
        number /= 100;
    } else if (number >= 0 && seconds && !is_letter(peek(lexer, 1)) && !is_digit(peek(lexer, 1))) {
        lexer->at++;
        number = number > CLI_NUMBER_MOST / seconds ? -2 : number * seconds;
    } else if (is_letter(peek(lexer, 0))) {
        while (is_letter(peek(lexer, 0)) || is_digit(peek(lexer, 0))) {
            lexer->at++;
        }
        return bad(lexer, at, lexer->at, NULL,
                   "expected a number, or a span of time such as 30s, 10m, 2h, 7d or 4w");
    }
    if (number < 0 || number > CLI_NUMBER_MOST) {
        return bad(lexer, at, lexer->at, NULL, "a number is at most 7036874417");
    }
    return (cli_token){.kind = CLI_TOKEN_NUMBER, .at = at, .size = lexer->at - at,
                       .number = number};
}

/* ---- Texts ----------------------------------------------------------------------------------- */

static cli_token lex_text(cli_lexer *lexer)
{
    size_t at = lexer->at;
    char quote = peek(lexer, 0);
    char *text = cli_pool_alloc(lexer->pool, lexer->size - at + 1, 1);
    size_t size = 0;
    for (lexer->at++; lexer->at < lexer->size && peek(lexer, 0) != quote; lexer->at++) {
        char byte = peek(lexer, 0);
        if (byte == '\\') {
            char next = peek(lexer, 1);
            if (next != '"' && next != '\'' && next != '\\' && next != 'n') {
                return bad(lexer, lexer->at, lexer->at + 1, NULL,
                           "behind \\ expected \", ', \\ or n");
            }
            lexer->at++;
            byte = next;
            byte = byte == 'n' ? '\n' : byte;
        }
        text[size++] = byte;
    }
    if (lexer->at >= lexer->size) {
        return bad(lexer, at, at + 1, NULL, "the text that begins here does not end");
    }
    lexer->at++;
    if (size > CLI_EXPRESSION_MAX_TEXT) {
        return bad(lexer, at, lexer->at, NULL, "a text has at most 1,024 bytes");
    }
    return (cli_token){.kind = CLI_TOKEN_TEXT, .at = at, .size = lexer->at - at,
                       .text = {text, size}};
}

/* ---- Names and signs ------------------------------------------------------------------------- */

static cli_token lex_name(cli_lexer *lexer)
{
    static const struct {
        const char    *word;
        cli_token_kind kind;
    } words[] = {
        {"and", CLI_TOKEN_AND},       {"or", CLI_TOKEN_OR},     {"not", CLI_TOKEN_NOT},
        {"in", CLI_TOKEN_IN},         {"true", CLI_TOKEN_TRUE}, {"false", CLI_TOKEN_FALSE},
        {"starts", CLI_TOKEN_STARTS}, {"ends", CLI_TOKEN_ENDS}, {"contains", CLI_TOKEN_CONTAINS},
    };
    size_t at = lexer->at;
    while (is_letter(peek(lexer, 0)) || is_digit(peek(lexer, 0))
           || (peek(lexer, 0) == '.' && is_letter(peek(lexer, 1)))) {
        lexer->at++;
    }
    cli_token token = {.kind = CLI_TOKEN_NAME, .at = at, .size = lexer->at - at,
                       .text = {lexer->text + at, lexer->at - at}};
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(words); i++) {
        if (strlen(words[i].word) == token.size
            && memcmp(words[i].word, token.text.bytes, token.size) == 0) {
            token.kind = words[i].kind;
        }
    }
    return token;
}

static const struct {
    char           sign[3];
    cli_token_kind kind;
} signs[] = {
    {"==", CLI_TOKEN_EQUAL},   {"!=", CLI_TOKEN_UNEQUAL},   {"<=", CLI_TOKEN_AT_MOST},
    {">=", CLI_TOKEN_AT_LEAST},
    {"<", CLI_TOKEN_LESS},     {">", CLI_TOKEN_MORE},       {"+", CLI_TOKEN_ADD},
    {"-", CLI_TOKEN_SUBTRACT}, {"*", CLI_TOKEN_MULTIPLY},   {"/", CLI_TOKEN_DIVIDE},
    {"%", CLI_TOKEN_REST},     {"(", CLI_TOKEN_OPEN},       {")", CLI_TOKEN_CLOSE},
    {"[", CLI_TOKEN_OPEN_LIST}, {"]", CLI_TOKEN_CLOSE_LIST}, {",", CLI_TOKEN_COMMA},
    {":", CLI_TOKEN_COLON},
};

/* Signs of other languages, longer ones first, and what stands for them here. */
static const struct {
    const char *sign, *near;
} foreign[] = {
    {"&&", "and"}, {"||", "or"}, {"<>", "!="}, {"&", "and"}, {"|", "or"}, {"!", "not"}, {"=", "=="},
    {"\xE2\x80\x9C", "\""}, {"\xE2\x80\x9D", "\""}, {"\xE2\x80\x9E", "\""}, {"\xE2\x80\x98", "'"},
    {"\xE2\x80\x99", "'"}, {"\xE2\x89\xA5", ">="}, {"\xE2\x89\xA4", "<="}, {"\xE2\x89\xA0", "!="},
};

static bool stands_here(const cli_lexer *lexer, const char *sign)
{
    size_t size = strlen(sign);
    return lexer->size - lexer->at >= size && memcmp(lexer->text + lexer->at, sign, size) == 0;
}

static cli_token lex_sign(cli_lexer *lexer)
{
    size_t at = lexer->at;
    for (size_t i = 0; i < 4; i++) {
        if (stands_here(lexer, signs[i].sign)) {
            lexer->at += 2;
            return (cli_token){.kind = signs[i].kind, .at = at, .size = 2};
        }
    }
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(foreign); i++) {
        if (stands_here(lexer, foreign[i].sign)) {
            size_t end = at + strlen(foreign[i].sign);
            return bad(lexer, at, end, foreign[i].near, "no sign of this language");
        }
    }
    for (size_t i = 4; i < SOTTO_ARRAY_COUNT(signs); i++) {
        if (stands_here(lexer, signs[i].sign)) {
            lexer->at++;
            return (cli_token){.kind = signs[i].kind, .at = at, .size = 1};
        }
    }
    size_t step = 1;
    while (step < 4 && at + step < lexer->size
           && ((uint8_t)lexer->text[at + step] & 0xC0) == 0x80) {
        step++;
    }
    return bad(lexer, at, at + step, NULL, "no sign of this language");
}

cli_token cli_lex(cli_lexer *lexer)
{
    while (lexer->at < lexer->size && strchr(" \t\r\n", lexer->text[lexer->at])
           && lexer->text[lexer->at]) {
        lexer->at++;
    }
    if (lexer->at >= lexer->size) {
        return (cli_token){.kind = CLI_TOKEN_END, .at = lexer->size};
    }
    char first = peek(lexer, 0);
    return is_digit(first)                 ? lex_number(lexer)
         : is_letter(first)                ? lex_name(lexer)
         : first == '"' || first == '\''   ? lex_text(lexer)
                                           : lex_sign(lexer);
}

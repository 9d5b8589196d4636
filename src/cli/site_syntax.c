/*
 * site_syntax.c - why a text is no JSON, in words that mend it
 *
 * cJSON says where it gave up, sometimes a letter further on, and never why. People who write JSON by
 * hand make the same few mistakes: a comma too many or too few, a quote that an editor made pretty, a
 * comment, a bracket that is not closed. So once the text is known to be no JSON it is read again, by
 * what may come next:
 *
 *     {  name  :  value  ,  name  :  value  }          [  value  ,  value  ]
 *
 * Numbers and what stands inside texts are taken as they come: cJSON has the word on those.
 */
#include "cli/site_syntax.h"

#include "cli/site_where.h"

#include <ctype.h>
#include <string.h>

#define DEEPEST 1000

typedef enum next_word {
    NAME_OR_END, NAME, COLON, VALUE_OR_END, VALUE, COMMA_OR_END, NOTHING
} next_word;

typedef struct syntax {
    cli_pool   *pool;
    const char *text, *at;
    const char *open[DEEPEST];    /* the brackets that are open */
    size_t      depth;
    next_word   next;
} syntax;

static bool is_object(const syntax *reading)
{
    return *reading->open[reading->depth - 1] == '{';
}

static unsigned line_of(const syntax *reading, const char *at)
{
    unsigned line;
    unsigned column;
    cli_where_offset(reading->text, (size_t)(at - reading->text), &line, &column);
    return line;
}

static const char *why_not_closed(const syntax *reading)
{
    if (!reading->depth) {
        return "the file is empty";
    }
    const char *open = reading->open[reading->depth - 1];
    return cli_pool_print(reading->pool, "the file ends, and the %c of line %u is not closed", *open,
                          line_of(reading, open));
}

static const char *why_not_this_end(const syntax *reading)
{
    const char *open = reading->open[reading->depth - 1];
    return cli_pool_print(reading->pool, "expected %c here, for the %c of line %u",
                          *open == '{' ? '}' : ']', *open, line_of(reading, open));
}

static bool behind_comma(const syntax *reading)
{
    const char *at = reading->at;
    while (at > reading->text && strchr(" \t\r\n", at[-1])) {
        at--;
    }
    return at > reading->text && at[-1] == ',';
}

/* What is wrong with the letter that is next, which is none of those that may be. */
static const char *why(const syntax *reading)
{
    const char *at = reading->at;
    bool is_end = *at == '}' || *at == ']';
    if (!*at) {
        return why_not_closed(reading);
    }
    if (*at == '/' || *at == '#') {
        return "JSON has no comments";
    }
    if (*at == '\'' || *at == '`' || strncmp(at, "\xE2\x80", 2) == 0) {
        return "names and texts stand in \"straight double quotes\"";
    }
    if (*at == ',' || (is_end && behind_comma(reading))) {
        return "there is a comma too many";
    }
    if (is_end && reading->next == VALUE) {
        return "a value is missing before this";
    }
    switch (reading->next) {
    case COMMA_OR_END:
        return is_end ? why_not_this_end(reading) : "a comma is missing before this";
    case COLON:
        return "expected a colon between the name and its value";
    case NAME:
    case NAME_OR_END:
        return is_end ? why_not_this_end(reading) : "expected a name in double quotes";
    case NOTHING:
        return "the file goes on after its end";
    default:
        return "expected a value: a text in double quotes, a number, true, false, null, { or [";
    }
}

/* Behind the text that begins here; NULL if it has no end. A text has one line. */
static const char *skip_text(const char *at)
{
    for (at++; *at && *at != '"'; at++) {
        if (*at == '\n') {
            return NULL;
        }
        at += *at == '\\' && at[1];
    }
    return *at ? at + 1 : NULL;
}

static void end_value(syntax *reading)
{
    reading->next = reading->depth ? COMMA_OR_END : NOTHING;
}

/* A word that is no text: a number, true, false or null, as cJSON takes them. False if it is none. */
static bool skip_plain(syntax *reading)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i]);
        if (strncmp(reading->at, words[i], size) == 0 && !isalnum((unsigned char)reading->at[size])) {
            reading->at += size;
            return true;
        }
    }
    size_t size = *reading->at == '-' || isdigit((unsigned char)*reading->at)
                      ? strspn(reading->at, "+-.eE0123456789") : 0;
    reading->at += size;
    return size > 0;
}

static bool step_text(syntax *reading)
{
    const char *behind = skip_text(reading->at);
    if (!behind) {
        return false;
    }
    reading->at = behind;
    return true;
}

static bool step_open(syntax *reading)
{
    if (reading->depth == DEEPEST) {
        return false;
    }
    reading->open[reading->depth++] = reading->at;
    reading->next = *reading->at++ == '{' ? NAME_OR_END : VALUE_OR_END;
    return true;
}

static bool step_close(syntax *reading)
{
    if (*reading->at != (is_object(reading) ? '}' : ']')) {
        return false;
    }
    reading->at++;
    reading->depth--;
    end_value(reading);
    return true;
}

/* Goes on by one word; false if what stands there may not be next. */
static bool step(syntax *reading)
{
    char letter = *reading->at;
    bool is_value = reading->next == VALUE || reading->next == VALUE_OR_END;
    bool is_name = reading->next == NAME || reading->next == NAME_OR_END;
    bool may_end = reading->next == NAME_OR_END || reading->next == VALUE_OR_END
                || reading->next == COMMA_OR_END;
    if (may_end && (letter == '}' || letter == ']')) {
        return step_close(reading);
    }
    if (is_name && letter == '"' && step_text(reading)) {
        reading->next = COLON;
        return true;
    }
    if (reading->next == COLON && letter == ':') {
        reading->at++;
        reading->next = VALUE;
        return true;
    }
    if (reading->next == COMMA_OR_END && letter == ',') {
        reading->at++;
        reading->next = is_object(reading) ? NAME : VALUE;
        return true;
    }
    if (is_value && (letter == '{' || letter == '[')) {
        return step_open(reading);
    }
    if (is_value && ((letter == '"' && step_text(reading)) || skip_plain(reading))) {
        end_value(reading);
        return true;
    }
    return false;
}

const char *cli_site_syntax(cli_pool *pool, const char *text, size_t *at)
{
    syntax *reading = cli_pool_alloc(pool, 1, sizeof *reading);
    *reading = (syntax){.pool = pool, .text = text, .at = text, .next = VALUE};
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0) {
        reading->at += 3;
    }
    do {
        reading->at += strspn(reading->at, " \t\r\n");
    } while (step(reading));
    *at = (size_t)(reading->at - text);
    if (!*reading->at && reading->next == NOTHING) {
        return NULL;
    }
    if (reading->depth == DEEPEST) {
        return NULL;
    }
    bool is_text = *reading->at == '"' && reading->next != COMMA_OR_END && reading->next != COLON
                && reading->next != NOTHING;
    return is_text ? "a text that begins here has no \" at its end" : why(reading);
}

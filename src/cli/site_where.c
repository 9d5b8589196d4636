/*
 * site_where.c - the line on which a value of a JSON text stands
 *
 * cJSON keeps no positions. The text was parsed already, so it is known to be well formed, and a
 * few lines suffice to walk it again along the way from the top to a node: pass over members until
 * the right key, or over elements until the right number, and go on inside.
 */
#include "cli/site_where.h"

#include <string.h>

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

static const char *skip_string(const char *at)
{
    for (at++; *at && *at != '"'; at++) {
        if (*at == '\\' && at[1]) {
            at++;
        }
    }
    return *at ? at + 1 : at;
}

/* Passes over one value, whatever is nested in it. */
static const char *skip_value(const char *at)
{
    unsigned depth = 0;
    for (at = skip_blanks(at); *at;) {
        if (*at == '"') {
            at = skip_string(at);
        } else if (*at == '{' || *at == '[') {
            depth++;
            at++;
        } else if (*at == '}' || *at == ']') {
            if (depth == 0) {
                return at;
            }
            depth--;
            at++;
        } else if (*at == ',' && depth == 0) {
            return at;
        } else {
            at++;
            continue;
        }
        if (depth == 0) {
            return at;
        }
    }
    return at;
}

/* Whether a quoted key is the one looked for. Keys with escapes are rare and may go unfound. */
static bool key_is(const char *at, const char *key)
{
    size_t size = strlen(key);
    return strncmp(at + 1, key, size) == 0 && at[1 + size] == '"';
}

/* From the start of an object to the key; NULL if it is not found. */
static const char *find_key(const char *at, const char *key)
{
    at = skip_blanks(at);
    if (*at != '{') {
        return NULL;
    }
    at = skip_blanks(at + 1);
    while (*at == '"') {
        if (key_is(at, key)) {
            return at;
        }
        at = skip_blanks(skip_string(at));
        at = *at == ':' ? skip_blanks(skip_value(at + 1)) : at;
        at = *at == ',' ? skip_blanks(at + 1) : at;
    }
    return NULL;
}

static const char *find_element(const char *at, int index)
{
    at = skip_blanks(at);
    if (*at != '[') {
        return NULL;
    }
    at = skip_blanks(at + 1);
    for (; index > 0; index--) {
        at = skip_blanks(skip_value(at));
        if (*at != ',') {
            return NULL;
        }
        at = skip_blanks(at + 1);
    }
    return at;
}

/* Where a node's value starts, or its key if `at_key`. */
static const char *find_node(const cli_node *node, bool at_key)
{
    if (!node->parent) {
        return skip_blanks(node->reader->text);
    }
    const char *outer = find_node(node->parent, false);
    if (!outer) {
        return NULL;
    }
    if (!node->key) {
        return find_element(outer, node->index);
    }
    const char *key = find_key(outer, node->key);
    if (!key || at_key) {
        return key;
    }
    const char *colon = skip_blanks(skip_string(key));
    return *colon == ':' ? skip_blanks(colon + 1) : NULL;
}

unsigned cli_where_node(const cli_node *node)
{
    unsigned line = 0;
    unsigned column;
    const char *at = find_node(node, true);
    if (at) {
        cli_where_offset(node->reader->text, (size_t)(at - node->reader->text), &line, &column);
    }
    return line;
}

void cli_where_offset(const char *text, size_t offset, unsigned *line, unsigned *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < offset && text[i]; i++) {
        (*column)++;
        if (text[i] == '\n') {
            (*line)++;
            *column = 1;
        }
    }
}

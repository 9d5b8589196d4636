/*
 * excerpt.c - the place in a text that something is said of
 *
 * Of the line that the place is in, as much as fits into a terminal; the caret counts characters,
 * not bytes.
 */
#include "cli/excerpt.h"

#include <string.h>

#define WIDTH  72u                 /* characters */
#define BEFORE 40u                 /* of them before the place, where the line is longer */

/* Whether a byte begins a character. */
static bool begins(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

static size_t characters(const char *bytes, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++) {
        count += begins(bytes[i]);
    }
    return count;
}

/* Where the character is that stands `count` before `at`, but not before `start`. */
static size_t back(const char *bytes, size_t start, size_t at, size_t count)
{
    while (at > start && count > 0) {
        at--;
        count -= begins(bytes[at]);
    }
    return at;
}

static size_t forward(const char *bytes, size_t at, size_t end, size_t count)
{
    while (at < end && (count > 0 || !begins(bytes[at]))) {
        count -= count > 0 && begins(bytes[at]);
        at++;
    }
    return at;
}

cli_excerpt cli_excerpt_of(cli_pool *pool, sotto_text text, size_t at, size_t size)
{
    size_t start = at;
    size_t end = at;
    while (start > 0 && text.bytes[start - 1] != '\n') {
        start--;
    }
    while (end < text.size && text.bytes[end] != '\n') {
        end++;
    }
    size_t from = characters(text.bytes + start, end - start) <= WIDTH
                      ? start : back(text.bytes, start, at, BEFORE);
    size_t to = forward(text.bytes, from, end, WIDTH);
    const char *before = from > start ? "... " : "";
    char *line = cli_pool_print(pool, "%s%.*s%s", before, (int)(to - from), text.bytes + from,
                                to < end ? " ..." : "");
    for (char *byte = line; *byte; byte++) {
        *byte = *byte == '\t' || *byte == '\r' ? ' ' : *byte;
    }
    size_t shift = strlen(before) + characters(text.bytes + from, at - from);
    size_t marked_end = at + size < to ? at + size : to > at ? to : at;
    size_t marked = characters(text.bytes + at, marked_end - at);
    char *marker = cli_pool_alloc(pool, shift + marked + 2, 1);
    memset(marker, ' ', shift);
    memset(marker + shift, '~', marked ? marked : 1);
    marker[shift] = '^';
    return (cli_excerpt){line, marker,
                         (unsigned)characters(text.bytes + start, at - start) + 1};
}

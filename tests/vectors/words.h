/*
 * words.h - a line of a vector file to words and back
 *
 * Words are separated by single spaces. A word of anything but letters, digits and . _ ~ + : / # -
 * stands in double quotes, in which control characters, " and \ are written \xHH.
 * tests/vectors/words.mjs is the same in JavaScript.
 */
#ifndef SOTTO_VECTORS_WORDS_H
#define SOTTO_VECTORS_WORDS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_MAX = 2048 };

typedef struct words {
    size_t count;
    char  *word[WORDS_MAX];        /* terminated, inside the line */
    size_t size[WORDS_MAX];
} words;

static inline int words_digit(char c)
{
    return c >= 'a' ? c - 'a' + 10 : c - '0';
}

/* Splits a line in place. False if it is not made of words. */
static inline bool words_split(char *line, words *all)
{
    char *in = line;
    all->count = 0;
    while (*in) {
        if (all->count == WORDS_MAX) {
            return false;
        }
        bool quoted = *in == '"';
        char *start = in += quoted;
        char *out = start;
        while (*in && *in != (quoted ? '"' : ' ')) {
            if (quoted && in[0] == '\\' && in[1] == 'x' && in[2] && in[3]) {
                *out++ = (char)(words_digit(in[2]) * 16 + words_digit(in[3]));
                in += 4;
            } else {
                *out++ = *in++;
            }
        }
        if (quoted && *in++ != '"') {
            return false;
        }
        bool more = *in == ' ';
        if (*in && !more) {
            return false;
        }
        in += more;
        *out = '\0';
        all->word[all->count] = start;
        all->size[all->count++] = (size_t)(out - start);
    }
    return true;
}

static inline bool words_is_bare(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = bytes[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || !strchr("._~+:/#-", c))) {
            return false;
        }
    }
    return size > 0;
}

/* Writes a space and a word. */
static inline void words_put(FILE *out, const char *bytes, size_t size)
{
    if (words_is_bare(bytes, size)) {
        fputc(' ', out);
        fwrite(bytes, 1, size, out);
        return;
    }
    fputs(" \"", out);
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) {
            fprintf(out, "\\x%02x", c);
        } else {
            fputc(c, out);
        }
    }
    fputc('"', out);
}

#endif

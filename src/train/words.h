/*
 * Words - what a title is made of, for comparing titles
 *
 * memory    A word lives in the caller's buffer until the next one is asked for.
 * trust     A text may be any bytes; what is no UTF-8 separates words.
 */
#ifndef SOTTO_TRAIN_WORDS_H
#define SOTTO_TRAIN_WORDS_H

#include "sotto.h"

#define SOTTO_WORD_MAX 64u  /* bytes of a word that count */
#define SOTTO_WORDS_MAX 48u /* words of a title that count */

typedef struct sotto_words {
    sotto_text rest;
    uint32_t   held; /* the last character, where words overlap; 0: none */
    char       word[SOTTO_WORD_MAX];
} sotto_words;

static inline sotto_words sotto_words_of(sotto_text title)
{
    return (sotto_words){.rest = title};
}

/* The next word, folded; empty at the end. */
sotto_text sotto_words_next(sotto_words *words);

#endif

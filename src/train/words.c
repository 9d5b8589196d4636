/*
 * words.c - what a title is made of, for comparing titles
 *
 * "Crème-Brûlée Dishes, 2 pcs" is creme, brulee, dishe, 2, pc. Letters lose their case and, in
 * Latin script, what is written over, under or through them; a plural s goes. Wrong English now and
 * then, and it does not matter: both titles are folded alike. Scripts that put no blanks between
 * words (Chinese, Japanese, Korean, Thai) give every two neighbouring characters as a word.
 *
 * What is common to many titles, "the", "set" or "ml", need not be listed in any language: words
 * count by how rare they are.
 */
#include "train/words.h"

#include <string.h>

/* Base letters of U+00C0 to U+017F; a blank separates, an upper-case letter stands for two. */
static const char latin[] =
    "aaaaaaAceeeeiiiidnooooo ouuuuytSaaaaaaAceeeeiiiidnooooo ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiJJjjkkklllllllll"
    "lnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

typedef enum kind_of_character { SEPARATOR, LETTER, PAIRED, PASSED_OVER } kind_of_character;

/* Takes one character off the text; 0xFFFD for what is no UTF-8. */
static uint32_t take_character(sotto_text *text)
{
    uint32_t lead = (uint8_t)text->bytes[0];
    size_t size = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3
                : lead < 0xF5 ? 4 : 0;
    uint32_t character = size < 2 ? lead : lead & (0xFFu >> (size + 1));
    bool good = size > 0 && size <= text->size;
    for (size_t i = 1; good && i < size; i++) {
        uint32_t next = (uint8_t)text->bytes[i];
        good = (next & 0xC0) == 0x80;
        character = character << 6 | (next & 0x3F);
    }
    size = good ? size : 1;
    text->bytes += size;
    text->size -= size;
    return good ? character : 0xFFFD;
}

/* Folds a character in place and says what it is. */
static kind_of_character fold(uint32_t *character)
{
    uint32_t c = *character;
    if (c < 0x80) {
        *character = c >= 'A' && c <= 'Z' ? c + 32 : c;
        bool good = (*character >= 'a' && *character <= 'z') || (c >= '0' && c <= '9');
        return good ? LETTER : c == '\'' ? PASSED_OVER : SEPARATOR;
    }
    if (c < 0xC0) {
        return c == 0xAD ? PASSED_OVER : SEPARATOR;
    }
    if (c < 0xC0 + sizeof latin - 1) {
        *character = (uint8_t)latin[c - 0xC0];
        return *character == ' ' ? SEPARATOR : LETTER;
    }
    if ((c >= 0x300 && c < 0x370) || c == 0x2019 || (c >= 0x200B && c < 0x2010)
        || (c >= 0xFE00 && c < 0xFE10)) {
        return PASSED_OVER; /* accents of their own, apostrophes, joiners */
    }
    if ((c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) {
        *character = c + 32; /* Greek, Cyrillic */
    } else if (c >= 0x400 && c <= 0x40F) {
        *character = c + 80;
    } else if (c == 0x3C2) {
        *character = 0x3C3;
    }
    bool symbol = (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) || c >= 0xE000;
    bool paired = (c >= 0x0E00 && c < 0x0F00) || (c >= 0x3040 && c < 0xD7B0);
    return symbol ? SEPARATOR : paired ? PAIRED : LETTER;
}

static size_t put_character(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = size; i-- > 1; c >>= 6) {
        to[i] = (char)(0x80 | (c & 0x3F));
    }
    to[0] = (char)((0xF00u >> size) | c);
    return size;
}

/* An s at the end of a longer word, which makes many things of one. */
static size_t without_plural(const char *word, size_t size)
{
    bool plural = size > 3 && word[size - 1] == 's' && word[size - 2] != 's';
    return plural ? size - 1 : size;
}

/* Takes the next character that separates or means something. */
static kind_of_character next_character(sotto_words *words, uint32_t *character)
{
    kind_of_character kind = PASSED_OVER;
    while (kind == PASSED_OVER && words->rest.size > 0) {
        *character = take_character(&words->rest);
        kind = fold(character);
    }
    return kind;
}

/* Two neighbours of a script without blanks; the second is the first of the next two. */
static sotto_text pair(sotto_words *words, uint32_t character)
{
    uint32_t second = 0;
    sotto_text before = words->rest;
    if (next_character(words, &second) == PAIRED) {
        words->held = second;
    } else {
        words->rest = before;
        second = 0;
    }
    size_t size = put_character(words->word, character);
    size += second != 0 ? put_character(words->word + size, second) : 0;
    return (sotto_text){words->word, size};
}

sotto_text sotto_words_next(sotto_words *words)
{
    uint32_t character = words->held;
    words->held = 0;
    if (character != 0) {
        uint32_t next;
        sotto_text ahead = words->rest;
        sotto_words look = {.rest = ahead};
        if (next_character(&look, &next) == PAIRED) {
            return pair(words, character);
        }
    }
    size_t size = 0;
    while (words->rest.size > 0) {
        sotto_text before = words->rest;
        kind_of_character kind = next_character(words, &character);
        if (kind == PAIRED && size == 0) {
            return pair(words, character);
        }
        if (kind != LETTER) {
            words->rest = kind == PAIRED ? before : words->rest;
            if (size > 0) {
                break;
            }
            continue;
        }
        char letters[4];
        size_t letter_size = put_character(letters, character);
        if (character >= 'A' && character <= 'Z') {
            letter_size = 2; /* ae, ss, ij, oe */
            memcpy(letters, character == 'A' ? "ae" : character == 'S' ? "ss"
                            : character == 'J' ? "ij" : "oe", 2);
        }
        if (size + letter_size <= SOTTO_WORD_MAX) {
            memcpy(words->word + size, letters, letter_size);
            size += letter_size;
        }
    }
    return (sotto_text){words->word, without_plural(words->word, size)};
}

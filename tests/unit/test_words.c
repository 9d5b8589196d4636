#include "test.h"

#include "train/words.h"

/* The words of a title, joined by "|". */
static const char *words_of(const char *bytes, size_t size)
{
    static char joined[4096];
    sotto_words words = sotto_words_of((sotto_text){bytes, size});
    sotto_text word;
    size_t at = 0;
    joined[0] = '\0';
    while ((word = sotto_words_next(&words)).size > 0 && at + word.size + 2 < sizeof joined) {
        at += (size_t)snprintf(joined + at, sizeof joined - at, "%s%.*s", at ? "|" : "",
                               (int)word.size, word.bytes);
    }
    return joined;
}

TEST(titles_come_apart_into_folded_words)
{
    static const struct {
        const char *title, *words;
    } rows[] = {
        {"", ""},
        {"   ", ""},
        {"Stoneware Mug, fog", "stoneware|mug|fog"},
        {"SET OF 3 CAKE TINS", "set|of|3|cake|tin"},
        {"Women's T-Shirt (L)", "women|t|shirt|l"},
        {"Cr\xC3\xA8me-Br\xC3\xBBl\xC3\xA9" "e Dishes", "creme|brulee|dishe"},
        {"STRASSE stra\xC3\x9F" "e", "strasse|strasse"},
        {"\xC3\x86ther \xC5\x92uvre", "aether|oeuvre"},
        {"\xD0\xA7\xD0\x90\xD0\x99", "\xD1\x87\xD0\xB0\xD0\xB9"},
        {"10\xC3\x97" "20 cm", "10|20|cm"},
        {"glass", "glass"},
        {"gas", "gas"},
        {"cafe\xCC\x81", "cafe"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ROW("%s", rows[i].title);
        CHECK_STR(words_of(rows[i].title, strlen(rows[i].title)), rows[i].words);
    }
}

TEST(scripts_without_blanks_give_neighbours)
{
    CHECK_STR(words_of("\xE7\xB7\x91\xE8\x8C\xB6\xE7\x9B\x83", 9),
              "\xE7\xB7\x91\xE8\x8C\xB6|\xE8\x8C\xB6\xE7\x9B\x83");
    CHECK_STR(words_of("\xE8\x8C\xB6", 3), "\xE8\x8C\xB6");
    CHECK_STR(words_of("\xE8\x8C\xB6 cup \xE7\xB7\x91", 11), "\xE8\x8C\xB6|cup|\xE7\xB7\x91");
}

TEST(what_is_no_utf8_separates_and_never_reads_on)
{
    CHECK_STR(words_of("a\xFF" "b", 3), "a|b");
    CHECK_STR(words_of("tea\xC3", 4), "tea");
    CHECK_STR(words_of("\xE8\x8C", 2), "");
    CHECK_STR(words_of("a\0b", 3), "a|b");
}

TEST(a_word_without_end_counts_with_its_start)
{
    char title[5000];
    memset(title, 'x', sizeof title);
    CHECK_EQ(strlen(words_of(title, sizeof title)), SOTTO_WORD_MAX);
}

/*
 * test_excerpt.c - a place in a text, with a caret under it
 */
#include "test.h"

#include "cli/excerpt.h"

static cli_pool memory;

static void check(const char *text, size_t at, size_t size, const char *line, const char *marker,
                  unsigned column)
{
    ROW("%.60s at %zu", text, at);
    cli_excerpt excerpt = cli_excerpt_of(&memory, (sotto_text){text, strlen(text)}, at, size);
    CHECK_STR(excerpt.text, line);
    CHECK_STR(excerpt.marker, marker);
    CHECK_EQ(excerpt.column, column);
}

TEST(a_short_text_is_shown_whole)
{
    check("visits = 3", 7, 1, "visits = 3", "       ^", 8);
    check("cart.totl > 3", 0, 9, "cart.totl > 3", "^~~~~~~~~", 1);
    check("visits >", 8, 0, "visits >", "        ^", 9);
    check("", 0, 0, "", "^", 1);
}

TEST(of_several_lines_the_one_with_the_place)
{
    check("touch\nand\tvisits\nor x", 6, 3, "and visits", "^~~", 1);
    check("touch\nand", 5, 0, "touch", "     ^", 6);
    check("a\r\nb", 3, 1, "b", "^", 1);
    check("'never\nends", 0, 11, "'never", "^~~~~~", 1);
}

TEST(characters_are_counted_and_not_bytes)
{
    check("'größe ✓' == x", strlen("'größe ✓' == "), 1, "'größe ✓' == x", "             ^", 14);
}

TEST(of_a_long_line_what_is_around)
{
    char text[200];
    memset(text, 'a', sizeof text);
    text[199] = '\0';
    text[120] = 'b';
    cli_excerpt excerpt = cli_excerpt_of(&memory, (sotto_text){text, 199}, 120, 1);
    CHECK_EQ(strlen(excerpt.text), 4 + 72 + 4);
    CHECK_EQ(strchr(excerpt.text, 'b') - excerpt.text, strchr(excerpt.marker, '^') - excerpt.marker);
    excerpt = cli_excerpt_of(&memory, (sotto_text){text, 199}, 0, 199);
    CHECK_EQ(strlen(excerpt.marker), 72);
    excerpt = cli_excerpt_of(&memory, (sotto_text){text, 199}, 199, 0);
    CHECK_EQ(strlen(excerpt.text), 4 + 40);
    CHECK_EQ(strchr(excerpt.marker, '^') - excerpt.marker, 44);
    cli_pool_free(&memory);
}

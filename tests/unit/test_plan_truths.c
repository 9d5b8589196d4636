#include "test.h"

#include "cli/plan_truths.h"

/* count(view) >= 1; hour >= 9 */
#define VIEWS 0x20, 3, 0, 0, 0x02, 2, 0x45
#define HOUR  0x10, 21, 0x02, 18, 0x45

/* "0+7 9+5 0+14": where each begins, and how many bytes it has. */
static const char *truths_of(const uint8_t *bytes, uint32_t size)
{
    static char line[256];
    cli_truth_list list = {0};
    size_t used = 0;
    line[0] = '\0';
    cli_truths_find((sotto_program_content){bytes, size}, &list);
    for (size_t i = 0; i < list.count; i++) {
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%u+%u", i ? " " : "",
                                 list.truths[i].start, list.truths[i].size);
    }
    free(list.truths);
    return line;
}

#define TRUTHS(...) truths_of((const uint8_t[]){__VA_ARGS__}, sizeof (uint8_t[]){__VA_ARGS__})

TEST(each_with_where_it_stands)
{
    CHECK_STR(TRUTHS(VIEWS, 0), "0+7");
    CHECK_STR(TRUTHS(VIEWS, 0x51, 5, HOUR, 0), "0+7 9+5 0+14");
    CHECK_STR(TRUTHS(VIEWS, 0x50, 0x52, 9, HOUR, 0x51, 2, 0x13, 0, 0), "0+7 0+8 10+5 17+2 10+9 0+19");
}

/* (a or b) or c ends where it ends; a or (b or c) has two ends at once, the inner first. */
TEST(what_ends_together_ends_inside_out)
{
    CHECK_STR(TRUTHS(0x03, 0x52, 1, 0x04, 0x52, 1, 0x03, 0), "0+1 3+1 0+4 6+1 0+7");
    CHECK_STR(TRUTHS(0x03, 0x52, 4, 0x04, 0x52, 1, 0x03, 0), "0+1 3+1 6+1 3+4 0+7");
}

TEST(numbers_and_texts_are_no_truths)
{
    CHECK_STR(TRUTHS(0x11, 5, 0x05, 4, 0x48, 0), "0+5");
    CHECK_STR(TRUTHS(0x02, 2, 0x02, 2, 0x30, 0x37, 0x46, 2, 2, 4, 0), "0+10");
}

TEST(of_a_program_of_nobodys_making_none)
{
    CHECK_STR(truths_of(NULL, 0), "");
    CHECK_STR(TRUTHS(VIEWS), "");
    CHECK_STR(TRUTHS(VIEWS, 0, 0), "");
    CHECK_STR(TRUTHS(VIEWS, HOUR, 0), "");
    CHECK_STR(TRUTHS(VIEWS, 0x51, 99, HOUR, 0), "");
    CHECK_STR(TRUTHS(VIEWS, 0x51, 0, 0), "");
    CHECK_STR(TRUTHS(0x50, 0), "");
}

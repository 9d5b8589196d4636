#include "temp_file.h"

#include "train/window.h"

/* Reads all records of a text and writes them as "line:text|" or "line!why|". */
static const char *records_of(const char *text, size_t size, bool quotes)
{
    static char shown[4096];
    sotto_window window;
    sotto_train_fault fault = {0};
    size_t used = 0;
    shown[0] = '\0';
    if (!sotto_window_open(&window, temp_file("window", text, size), &fault)) {
        return "not opened";
    }
    sotto_record record;
    bool found;
    while (sotto_window_find(&window, quotes, ',', &record, &found, &fault) && found) {
        int shown_size = record.text.size > 40 ? 40 : (int)record.text.size;
        bool room = used + 100 < sizeof shown;
        used += !room ? 0
                      : (size_t)snprintf(shown + used, sizeof shown - used, "%d%s%.*s|",
                                         (int)record.line, record.bad != NULL ? "!" : ":",
                                         shown_size, record.text.bytes);
        sotto_window_pass(&window, &record);
    }
    sotto_window_close(&window);
    return shown;
}

static const char *records(const char *text, bool quotes)
{
    return records_of(text, strlen(text), quotes);
}

TEST(lines_end_with_or_without_a_line_end)
{
    CHECK_STR(records("a\nb\nc", false), "1:a|2:b|3:c|");
    CHECK_STR(records("a\nb\n", false), "1:a|2:b|");
    CHECK_STR(records("a\n\nb", false), "1:a|2:|3:b|");
    CHECK_STR(records("", false), "");
}

TEST(a_byte_order_mark_is_stepped_over_and_utf16_refused)
{
    CHECK_STR(records("\xef\xbb\xbf" "a\nb", false), "1:a|2:b|");
    CHECK_STR(records_of("\xff\xfe" "a\0b\0", 6, false), "not opened");
}

TEST(quotes_hold_line_ends)
{
    CHECK_STR(records("1,\"a\nb\",2\n3\n", true), "1:1,\"a\nb\",2|3:3|");
    CHECK_STR(records("1,\"a\"\"\nb\",2\n3\n", true), "1:1,\"a\"\"\nb\",2|3:3|");
    CHECK_STR(records("1,a\"b\n2,c\"d\n", true), "1:1,a\"b|2:2,c\"d|");
    CHECK_STR(records("1,\"a\nb\",2\n3\n", false), "1:1,\"a|2:b\",2|3:3|");
}

TEST(a_lost_quote_costs_one_line)
{
    CHECK_STR(records("1,\"a\n2,b\n3,c\n", true), "1!1,\"a|2:2,b|3:3,c|");
    CHECK_STR(records("1,\"a", true), "1!1,\"a|");
    size_t size = 200000;
    char *text = malloc(size + 1);
    memset(text, 'x', size);
    memcpy(text, "1,\"a\n2,b\n", 9);
    for (size_t i = 99; i < size; i += 100) {
        text[i] = '\n';
    }
    text[size] = '\0';
    char start[64];
    memcpy(start, records(text, true), 12);
    start[12] = '\0';
    CHECK_STR(start, "1!1,\"a|2:2,b");
    free(text);
}

TEST(an_endless_line_is_cut_not_kept)
{
    size_t size = SOTTO_RECORD_MAX * 3u;
    char *text = malloc(size);
    memset(text, 'x', size);
    memcpy(text + size - 2, "\ny", 2);
    const char *shown = records_of(text, size, false);
    CHECK(strncmp(shown, "1!xxx", 5) == 0);
    CHECK_STR(strchr(shown, '|'), "|2:y|");
    CHECK_STR(strchr(records_of(text, size, true), '|'), "|2:y|");
    CHECK_STR(strchr(records_of(text, size - 2, false), '|'), "|");
    free(text);
}

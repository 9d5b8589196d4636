#include "test.h"

#include "format/part_write.h"
#include "format/strings.h"

static void check_text(sotto_text text, const char *expected)
{
    CHECK_EQ(text.size, strlen(expected));
    CHECK_MEM((const uint8_t *)text.bytes, (const uint8_t *)expected, strlen(expected));
}

TEST(packed_strings_are_found_by_index)
{
    enum { COUNT = 50 };
    char texts[COUNT][8];
    sotto_string strings[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        snprintf(texts[i], sizeof texts[i], "t%u", (unsigned)(i * i));
        texts[i][i % 7 == 3 ? 0 : 7] = 0;
        strings[i] = (sotto_string){texts[i], strlen(texts[i])};
    }
    sotto_buffer buffer = {0};
    sotto_buffer_zeros(&buffer, 4 * (size_t)sotto_blocks_for(COUNT));
    size_t size = sotto_strings_write(&buffer, 0, strings, sizeof *strings, COUNT);
    const uint8_t *bytes = buffer.bytes + 4 * sotto_blocks_for(COUNT);
    sotto_strings packed = {buffer.bytes, bytes, (uint32_t)size};
    for (uint32_t i = 0; i < COUNT; i++) {
        ROW("string %u", (unsigned)i);
        sotto_text found = sotto_strings_get(&packed, i);
        CHECK(found.bytes != NULL);
        check_text(found, texts[i]);
    }
    sotto_buffer_free(&buffer);
}

TEST(a_string_that_leaves_the_bytes_is_none)
{
    const uint8_t offsets[] = {0, 0, 0, 0};
    const uint8_t too_long[] = {1, 'a', 9, 'b'};
    sotto_strings packed = {offsets, too_long, sizeof too_long};
    check_text(sotto_strings_get(&packed, 0), "a");
    CHECK(sotto_strings_get(&packed, 1).bytes == NULL);
    CHECK_EQ(sotto_strings_get(&packed, 15).size, 0);
}

TEST(a_list_is_read_and_asked)
{
    const uint8_t bytes[] = {
        2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 5, 0, 0, 0, 'o', 'n', 'e', 't', 'w',
    };
    sotto_reader reader = sotto_reader_over(bytes, 0, sizeof bytes);
    sotto_string_list list;
    sotto_string_list_open(&list, &reader);
    REQUIRE(reader.status == SOTTO_OK);
    CHECK_EQ(list.count, 2);
    check_text(sotto_string_list_get(&list, 0), "one");
    check_text(sotto_string_list_get(&list, 1), "tw");
}

TEST(lists_that_do_not_fit_are_refused)
{
    static const struct {
        const char *name;
        uint8_t bytes[16];
        uint32_t size, offset;
    } rows[] = {
        {"nothing", {0}, 0, 0},
        {"no offsets", {1, 0, 0, 0}, 4, 4},
        {"one offset", {1, 0, 0, 0, 0, 0, 0, 0}, 8, 8},
        {"first is not 0", {0, 0, 0, 0, 1, 0, 0, 0}, 8, 4},
        {"last is too small", {0, 0, 0, 0, 0, 0, 0, 0, 'x'}, 9, 4},
        {"last is too large", {1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 'x', 'y'}, 14, 8},
        {"too many", {0, 0, 1, 0, 0, 0, 0, 0}, 8, 0},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%s", rows[i].name);
        sotto_reader reader = sotto_reader_over(rows[i].bytes, 0, rows[i].size);
        sotto_string_list list;
        sotto_string_list_open(&list, &reader);
        CHECK_EQ(reader.status, SOTTO_INVALID);
        CHECK_EQ(reader.fault.offset, rows[i].offset);
    }
}

#include "test.h"

#include "base/bytes.h"
#include "format/bytes_write.h"

TEST(varints_written_are_the_ones_read)
{
    static const uint32_t values[] = {0, 1, 127, 128, 300, 16383, 16384, 1u << 28, UINT32_MAX};
    sotto_buffer buffer = {0};
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(values); i++) {
        sotto_buffer_varint(&buffer, values[i]);
    }
    sotto_cursor cursor = sotto_cursor_over(buffer.bytes, buffer.size);
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(values); i++) {
        CHECK_EQ(sotto_cursor_varint(&cursor), values[i]);
    }
    CHECK(!cursor.failed);
    CHECK_EQ(sotto_cursor_left(&cursor), 0);
    sotto_buffer_free(&buffer);
}

TEST(a_buffer_grows_and_aligns)
{
    sotto_buffer buffer = {0};
    sotto_buffer_u8(&buffer, 7);
    sotto_buffer_align(&buffer, 0);
    CHECK_EQ(buffer.size, 4);
    sotto_buffer_align(&buffer, 1);
    CHECK_EQ(buffer.size, 5);
    for (uint32_t i = 0; i < 10000; i++) {
        sotto_buffer_u32(&buffer, i);
    }
    CHECK_EQ(buffer.size, 40005);
    CHECK_EQ(sotto_load_u32(buffer.bytes + 5 + 4 * 9999), 9999);
    CHECK(!buffer.failed);
    sotto_buffer_free(&buffer);
    CHECK(buffer.bytes == NULL);
}

TEST(utf8_is_told_from_other_bytes)
{
    static const struct {
        const char *bytes;
        bool good;
    } rows[] = {
        {"", true}, {"plain", true}, {"T\xC3\xBCr", true}, {"\xE2\x82\xAC 5", true},
        {"\xF0\x9F\x8E\x81", true}, {"\xF4\x8F\xBF\xBF", true}, {"\xF4\x90\x80\x80", false},
        {"T\xFCr", false}, {"\x80", false}, {"\xC3", false}, {"\xC0\xAF", false},
        {"\xE0\x80\x80", false}, {"\xED\xA0\x80", false}, {"\xF8\x88\x80\x80\x80", false},
        {"\xE2\x82", false}, {"\xE2\x28\xA1", false},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("row %zu", i);
        sotto_string text = {rows[i].bytes, strlen(rows[i].bytes)};
        CHECK_EQ(sotto_text_is_utf8(text), rows[i].good);
    }
}

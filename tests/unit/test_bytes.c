#include "test.h"

#include "base/bytes.h"

TEST(numbers_are_little_endian_at_any_address)
{
    const uint8_t bytes[] = {0xFF, 1, 2, 3, 4, 5, 6, 7, 8};
    CHECK_EQ(sotto_load_u16(bytes + 1), 0x0201);
    CHECK_EQ(sotto_load_u32(bytes + 1), 0x04030201);
    CHECK(sotto_load_u64(bytes + 1) == 0x0807060504030201u);
}

TEST(what_is_stored_is_loaded)
{
    uint8_t bytes[9] = {0};
    sotto_store_u16(bytes + 1, 0xBEEF);
    CHECK_EQ(sotto_load_u16(bytes + 1), 0xBEEF);
    CHECK_EQ(bytes[1], 0xEF);
    sotto_store_u32(bytes + 1, 0xDEADBEEF);
    CHECK_EQ(sotto_load_u32(bytes + 1), 0xDEADBEEF);
    sotto_store_u64(bytes + 1, 0x0123456789ABCDEFu);
    CHECK(sotto_load_u64(bytes + 1) == 0x0123456789ABCDEFu);
    CHECK_EQ(bytes[0], 0);
}

TEST(a_cursor_stops_at_its_end)
{
    const uint8_t bytes[] = {1, 2, 3};
    sotto_cursor cursor = sotto_cursor_over(bytes, sizeof bytes);
    CHECK(sotto_cursor_take(&cursor, 2) == bytes);
    CHECK_EQ(sotto_cursor_left(&cursor), 1);
    CHECK(sotto_cursor_take(&cursor, 2) == NULL);
    CHECK(cursor.failed);
    CHECK_EQ(sotto_cursor_left(&cursor), 0);
    CHECK(sotto_cursor_take(&cursor, SIZE_MAX) == NULL);
    CHECK_EQ(sotto_cursor_varint(&cursor), 0);
}

TEST(varints_have_one_form)
{
    static const struct {
        const char *name;
        uint8_t bytes[6];
        uint32_t size, value;
        bool good;
    } rows[] = {
        {"zero", {0}, 1, 0, true},
        {"largest of one byte", {0x7F}, 1, 127, true},
        {"smallest of two", {0x80, 1}, 2, 128, true},
        {"300", {0xAC, 2}, 2, 300, true},
        {"largest", {0xFF, 0xFF, 0xFF, 0xFF, 0x0F}, 5, UINT32_MAX, true},
        {"too large", {0xFF, 0xFF, 0xFF, 0xFF, 0x1F}, 5, 0, false},
        {"longer than need be", {0x80, 0}, 2, 0, false},
        {"much longer than need be", {0x81, 0x80, 0x80, 0x80, 0}, 5, 0, false},
        {"six bytes", {0x80, 0x80, 0x80, 0x80, 0x80, 1}, 6, 0, false},
        {"cut short", {0x80}, 1, 0, false},
        {"nothing", {0}, 0, 0, false},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%s", rows[i].name);
        sotto_cursor cursor = sotto_cursor_over(rows[i].bytes, rows[i].size);
        CHECK_EQ(sotto_cursor_varint(&cursor), rows[i].value);
        CHECK_EQ(cursor.failed, !rows[i].good);
        CHECK_EQ(sotto_cursor_left(&cursor), 0);
    }
}

#include "test.h"

#include "format/record.h"

enum { TEXT = 1, NUMBER = 2, PAIRS = 3, KEYS = 4 };

static const sotto_field_shape shapes[KEYS] = {
    [TEXT] = {1, 1, 5}, [NUMBER] = {4, 1, 1}, [PAIRS] = {8, 0, SOTTO_ANY_COUNT},
};

static sotto_status check(const uint8_t *bytes, uint32_t size, size_t *offset)
{
    sotto_reader reader = sotto_reader_over(bytes, 0, size);
    sotto_record_check(&reader, shapes, KEYS);
    *offset = reader.fault.offset;
    return reader.status;
}

TEST(fields_are_gathered_by_key)
{
    const uint8_t bytes[] = {2, 0, 4, 0, 7, 0, 0, 0, 0x99, 9, 1, 0, 42, 1, 0, 2, 0, 'h', 'i'};
    size_t offset;
    CHECK_EQ(check(bytes, sizeof bytes, &offset), SOTTO_OK);
    sotto_field_bytes fields[KEYS];
    sotto_record_read(bytes, sizeof bytes, KEYS, fields);
    CHECK(fields[TEXT].bytes == bytes + 17);
    CHECK_EQ(fields[TEXT].size, 2);
    CHECK(fields[NUMBER].bytes == bytes + 4);
    CHECK(fields[PAIRS].bytes == NULL);
    CHECK_EQ(fields[PAIRS].size, 0);
}

TEST(a_record_may_be_empty)
{
    size_t offset;
    CHECK_EQ(check((const uint8_t *)"", 0, &offset), SOTTO_OK);
}

TEST(bad_fields_are_refused_where_they_are)
{
    static const struct {
        const char *name;
        uint8_t bytes[20];
        uint32_t size, offset;
    } rows[] = {
        {"head cut short", {1, 0, 1}, 3, 2},
        {"value past the end", {1, 0, 3, 0, 'a', 'b'}, 6, 2},
        {"stands twice", {1, 0, 1, 0, 'a', 1, 0, 1, 0, 'b'}, 10, 5},
        {"number too short", {2, 0, 3, 0, 1, 2, 3}, 7, 4},
        {"text too short", {1, 0, 0, 0}, 4, 4},
        {"text too long", {1, 0, 6, 0, 1, 2, 3, 4, 5, 6}, 10, 4},
        {"half a pair", {3, 0, 12, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 16, 4},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%s", rows[i].name);
        size_t offset;
        CHECK_EQ(check(rows[i].bytes, rows[i].size, &offset), SOTTO_INVALID);
        CHECK_EQ(offset, rows[i].offset);
    }
}

TEST(unknown_keys_are_passed_over)
{
    const uint8_t bytes[] = {0, 0, 0, 0, 4, 0, 1, 0, 9, 4, 0, 1, 0, 9, 0xFF, 0xFF, 0, 0};
    size_t offset;
    CHECK_EQ(check(bytes, sizeof bytes, &offset), SOTTO_OK);
}

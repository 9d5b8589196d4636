#include "test.h"

#include "format/reader.h"

/* A reader over bytes 2 to 12 of a file of 14. */
static const uint8_t file[14] = {9, 9, 1, 0, 2, 0, 0, 0, 3, 0, 0, 0, 9, 9};

static sotto_reader reader_of_ten(void)
{
    return sotto_reader_over(file, 2, 12);
}

TEST(numbers_are_read_in_order_and_within_limits)
{
    sotto_reader reader = reader_of_ten();
    CHECK_EQ(sotto_reader_number(&reader, 2, 1, 1), 1);
    CHECK_EQ(sotto_reader_number(&reader, 4, 0, 2), 2);
    CHECK_EQ(sotto_reader_left(&reader), 4);
    CHECK_EQ(sotto_reader_number(&reader, 1, 3, 255), 3);
    sotto_reader_zeros(&reader, 3);
    sotto_reader_finish(&reader);
    CHECK_EQ(reader.status, SOTTO_OK);
}

TEST(a_number_out_of_range_is_named_and_ends_the_reading)
{
    sotto_reader reader = reader_of_ten();
    CHECK_EQ(sotto_reader_number(&reader, 2, 2, 9), 0);
    CHECK_EQ(reader.status, SOTTO_INVALID);
    CHECK_EQ(reader.fault.offset, 2);
    CHECK_EQ(sotto_reader_left(&reader), 0);
    CHECK(sotto_reader_take(&reader, 0) == NULL);
    CHECK_EQ(sotto_reader_number(&reader, 4, 0, 0), 0);
    sotto_reader_finish(&reader);
    sotto_reader_refuse(&reader, SOTTO_DAMAGED, 99, "a second fault");
    CHECK_EQ(reader.status, SOTTO_INVALID);
    CHECK_EQ(reader.fault.offset, 2);
}

TEST(varints_within_limits)
{
    static const uint8_t bytes[] = {5, 0xAC, 0x02, 0x80, 0x00};
    sotto_reader reader = sotto_reader_over(bytes, 0, sizeof bytes);
    CHECK_EQ(sotto_reader_varint(&reader, 5, 5), 5);
    CHECK_EQ(sotto_reader_varint(&reader, 0, UINT32_MAX), 300);
    CHECK_EQ(reader.at, 3);
    CHECK_EQ(sotto_reader_varint(&reader, 0, UINT32_MAX), 0);
    CHECK_EQ(reader.status, SOTTO_INVALID);
    CHECK_EQ(reader.fault.offset, 3);
    reader = sotto_reader_over(bytes, 0, sizeof bytes);
    CHECK_EQ(sotto_reader_varint(&reader, 6, 9), 0);
    CHECK_EQ(reader.fault.offset, 0);
    reader = sotto_reader_over(bytes, 0, 2);
    sotto_reader_take(&reader, 1);
    CHECK_EQ(sotto_reader_varint(&reader, 0, 300), 0);
    CHECK_EQ(reader.fault.offset, 1);
}

TEST(no_read_passes_the_end)
{
    sotto_reader reader = reader_of_ten();
    CHECK(sotto_reader_take(&reader, 10) == file + 2);
    CHECK(sotto_reader_take(&reader, 0) == file + 12);
    CHECK(sotto_reader_take(&reader, 1) == NULL);
    CHECK_EQ(reader.status, SOTTO_INVALID);
    CHECK_EQ(reader.fault.offset, 12);
    reader = reader_of_ten();
    CHECK(sotto_reader_take(&reader, UINT32_MAX) == NULL);
    CHECK_EQ(reader.fault.offset, 2);
}

TEST(what_is_left_over_is_refused)
{
    sotto_reader reader = reader_of_ten();
    sotto_reader_take(&reader, 9);
    sotto_reader_finish(&reader);
    CHECK_EQ(reader.status, SOTTO_INVALID);
    CHECK_EQ(reader.fault.offset, 11);
}

TEST(padding_counts_from_the_start_and_is_zero)
{
    sotto_reader reader = reader_of_ten();
    sotto_reader_take(&reader, 3);
    sotto_reader_align(&reader);
    CHECK_EQ(reader.at, 6);
    CHECK_EQ(reader.status, SOTTO_OK);
    sotto_reader_align(&reader);
    CHECK_EQ(reader.at, 6);
    reader = reader_of_ten();
    sotto_reader_take(&reader, 1);
    sotto_reader_align(&reader);
    CHECK_EQ(reader.status, SOTTO_INVALID);
    CHECK_EQ(reader.fault.offset, 4);
}

static const uint8_t numbers[] = {0, 0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0, 8, 0, 0, 0};

TEST(arrays_ascend_within_their_limit)
{
    sotto_reader reader = sotto_reader_over(numbers, 0, 16);
    CHECK(sotto_reader_ascending(&reader, 4, 8) == numbers);
    CHECK_EQ(reader.at, 16);
    reader = sotto_reader_over(numbers, 0, 16);
    CHECK(sotto_reader_ascending(&reader, 4, 7) == NULL);
    CHECK_EQ(reader.fault.offset, 12);
    const uint8_t down[] = {2, 0, 0, 0, 1, 0, 0, 0};
    reader = sotto_reader_over(down, 0, 8);
    CHECK(sotto_reader_ascending(&reader, 2, 9) == NULL);
    CHECK_EQ(reader.fault.offset, 4);
}

TEST(spans_go_from_zero_to_their_limit)
{
    sotto_reader reader = sotto_reader_over(numbers, 0, 16);
    CHECK(sotto_reader_span(&reader, 4, 8) == numbers);
    reader = sotto_reader_over(numbers, 0, 16);
    sotto_reader_span(&reader, 4, 9);
    CHECK_EQ(reader.fault.offset, 12);
    reader = sotto_reader_over(numbers, 4, 16);
    sotto_reader_span(&reader, 3, 8);
    CHECK_EQ(reader.fault.offset, 4);
    CHECK_EQ(reader.status, SOTTO_INVALID);
}

TEST(indexes_are_below_their_limit_or_none)
{
    const uint8_t bytes[] = {1, 0, 0xFF, 0xFF, 2, 0};
    sotto_reader reader = sotto_reader_over(bytes, 0, 6);
    CHECK(sotto_reader_indexes(&reader, 2, 3, 3, true) == bytes);
    reader = sotto_reader_over(bytes, 0, 6);
    CHECK(sotto_reader_indexes(&reader, 2, 3, 3, false) == NULL);
    CHECK_EQ(reader.fault.offset, 2);
    reader = sotto_reader_over(bytes, 0, 6);
    CHECK(sotto_reader_indexes(&reader, 2, 3, 2, true) == NULL);
    CHECK_EQ(reader.fault.offset, 4);
    reader = sotto_reader_over(bytes, 0, 6);
    CHECK(sotto_reader_indexes(&reader, 1, 2, 2, false) == bytes);
    CHECK(sotto_reader_indexes(&reader, 4, 1, UINT32_MAX, false) == bytes + 2);
    CHECK(sotto_reader_indexes(&reader, 2, 1, 9, false) == NULL);
    CHECK_EQ(reader.fault.offset, 6);
}

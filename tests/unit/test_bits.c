#include "test.h"

#include "format/bits.h"

TEST(bits_are_read_from_the_top)
{
    const uint8_t bytes[] = {0xB1, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x80};
    CHECK(sotto_bits_peek(bytes, sizeof bytes, 0) == 0xB102030405060708u);
    CHECK_EQ(sotto_bits_peek(bytes, sizeof bytes, 4) >> 60, 0x1);
    CHECK(sotto_bits_peek(bytes, sizeof bytes, 8) == 0x0203040506070880u);
}

TEST(past_the_end_are_zeros)
{
    const uint8_t bytes[] = {0xFF, 0xFF, 0xFF};
    for (uint64_t position = 0; position <= 24; position++) {
        ROW("position %d", (int)position);
        uint64_t expected = position == 24 ? 0 : ~(uint64_t)0 << (40 + position);
        CHECK(sotto_bits_peek(bytes, sizeof bytes, position) == expected);
    }
    CHECK(sotto_bits_peek(bytes, sizeof bytes, (uint64_t)UINT32_MAX * 8) == 0);
}

TEST(numbers_of_one_width_are_found_by_index)
{
    /* 3 bits each: 5 1 7 0 2 6 -> 101 001 111 000 010 110 */
    const uint8_t bytes[] = {0xA7, 0x85, 0x80};
    static const uint32_t numbers[] = {5, 1, 7, 0, 2, 6};
    for (uint32_t i = 0; i < 6; i++) {
        ROW("number %u", (unsigned)i);
        CHECK_EQ(sotto_bits_get(bytes, sizeof bytes, 3, i), numbers[i]);
    }
}

#include "test.h"

#include "format/prefix_code.h"

/*
 * Lengths 2 3 1 3, as in the drawing of prefix_code.h, after one number that is not part of the
 * code.
 */
static const uint8_t drawing[] = {0xF2, 0x31, 0x30};

TEST(codes_are_those_of_the_drawing)
{
    static const struct {
        const char *bits;
        uint32_t window, symbol, length;
    } rows[] = {
        {"0", 0x000, 2, 1}, {"0...", 0x7FF, 2, 1}, {"10", 0x800, 0, 2}, {"10..", 0xBFF, 0, 2},
        {"110", 0xC00, 1, 3}, {"111", 0xE00, 3, 3}, {"111.", 0xFFF, 3, 3},
    };
    REQUIRE(sotto_prefix_code_fits(drawing, 1, 4));
    sotto_prefix_code code;
    sotto_prefix_code_build(&code, drawing, 1, 4);
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%s", rows[i].bits);
        uint32_t read = sotto_prefix_code_read(&code, (uint64_t)rows[i].window << 52);
        CHECK_EQ(read >> 4, rows[i].symbol);
        CHECK_EQ(read & 15, rows[i].length);
    }
}

/* Every pattern of 12 bits, against codes handed out the slow way. */
TEST(long_codes_are_found_and_unused_patterns_are_not)
{
    enum { SYMBOLS = 20 };
    static const uint8_t lengths[SYMBOLS] = {
        2, 12, 12, 9, 7, 6, 6, 3, 0, 8, 10, 11, 12, 7, 5, 0, 4, 9, 12, 12,
    };
    uint8_t packed[SYMBOLS / 2];
    for (uint32_t i = 0; i < SYMBOLS; i += 2) {
        packed[i / 2] = (uint8_t)(lengths[i] << 4 | lengths[i + 1]);
    }
    REQUIRE(sotto_prefix_code_fits(packed, 0, SYMBOLS));
    sotto_prefix_code code;
    sotto_prefix_code_build(&code, packed, 0, SYMBOLS);
    uint32_t expected[4096] = {0};
    uint32_t pattern = 0;
    for (uint32_t length = 1; length <= 12; length++) {
        for (uint32_t symbol = 0; symbol < SYMBOLS; symbol++) {
            for (uint32_t i = 0; lengths[symbol] == length && i < 1u << (12 - length); i++) {
                expected[pattern++] = symbol << 4 | length;
            }
        }
    }
    REQUIRE(pattern < 4096);
    for (uint32_t i = 0; i < 4096; i++) {
        ROW("pattern %03x", (unsigned)i);
        CHECK_EQ(sotto_prefix_code_read(&code, (uint64_t)i << 52), expected[i]);
    }
}

TEST(over_full_codes_do_not_fit)
{
    static const uint8_t three_of_one_bit[] = {0x11, 0x10};
    static const uint8_t full[] = {0x11, 0x00};
    static const uint8_t thirteen[] = {0xD0};
    static const uint8_t none[] = {0x00, 0x00};
    CHECK(!sotto_prefix_code_fits(three_of_one_bit, 0, 3));
    CHECK(sotto_prefix_code_fits(three_of_one_bit, 0, 2));
    CHECK(sotto_prefix_code_fits(full, 0, 4));
    CHECK(!sotto_prefix_code_fits(thirteen, 0, 1));
    CHECK(sotto_prefix_code_fits(none, 0, 4));
}

TEST(a_code_without_symbols_reads_nothing)
{
    static const uint8_t none[] = {0x00, 0x00};
    sotto_prefix_code code;
    sotto_prefix_code_build(&code, none, 0, 4);
    for (uint32_t i = 0; i < 4096; i++) {
        CHECK_EQ(sotto_prefix_code_read(&code, (uint64_t)i << 52), 0);
    }
}

#include "test.h"

#include "moments.h"

/* Of each instruction a short program that uses it. */
TEST(every_instruction_is_known)
{
    moment_enter();
    moment_string("s");
    moment_key(SOTTO_KEY_ITEM, "sku-03");
    moment_key(SOTTO_KEY_BRAND, "Ash");
    MOMENT_SEGMENT(SOTTO_OP_TRUE);
    static const struct {
        uint8_t size, bytes[20];
    } rows[] = {
        {2, {0x03, 0}},
        {2, {0x04, 0}},
        {6, {0x01, 2, 0x46, 1, 4, 0}},
        {7, {0x02, 1, 0x46, 2, 0, 1, 0}},
        {6, {0x05, 1, 0x05, 0, 0x48, 0}},
        {6, {0x05, 1, 0x05, 0, 0x49, 0}},
        {6, {0x05, 1, 0x05, 0, 0x4A, 0}},
        {6, {0x05, 1, 0x05, 0, 0x4B, 0}},
        {6, {0x05, 1, 0x05, 0, 0x4C, 0}},
        {7, {0x05, 1, 0x4D, 2, 0, 1, 0}},
        {3, {0x12, 0, 0}},
        {3, {0x12, 4, 0}},
        {3, {0x13, 0, 0}},
        {3, {0x16, 1, 0}},
        {3, {0x17, 1, 0}},
        {3, {0x1A, 0, 0}},
        {3, {0x1B, 1, 0}},
        {6, {0x10, 25, 0x10, 0, 0x40, 0}},
        {6, {0x02, 0, 0x19, 1, 0x41, 0}},
        {6, {0x14, 0, 0x1C, 0, 0x42, 0}},
        {6, {0x15, 0, 0x18, 0, 0x48, 0}},
        {6, {0x11, 10, 0x11, 0, 0x48, 0}},
        {10, {0x20, 1, 0, 0, 0x25, 255, 3, 0, 0x43, 0}},
        {10, {0x21, 1, 0, 1, 0, 0x02, 0, 0x44, 0x50, 0}},
        {10, {0x22, 1, 0, 2, 0x23, 1, 0, 4, 0x45, 0}},
        {16, {0x24, 1, 0, 0xF9, 0, 5, 6, 7, 1, 0x35, 0x36, 0x37, 0x02, 0, 0x40, 0}},
        {6, {0x03, 0x51, 1, 0x04, 0x50, 0}},
        {5, {0x03, 0x52, 1, 0x04, 0}},
        {4, {0x03, 0x04, 0x4E, 0}},
        {4, {0x03, 0x04, 0x4F, 0}},
        {3, {0x04, 0x50, 0}},
        {18, {0x02, 2, 0x02, 4, 0x30, 0x02, 4, 0x31, 0x02, 4, 0x32, 0x02, 4, 0x33, 0x46, 1, 0, 0}},
        {15, {0x02, 2, 0x02, 4, 0x34, 0x02, 4, 0x38, 0x02, 4, 0x39, 0x46, 1, 0, 0}},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        const uint8_t *bytes = rows[i].bytes;
        uint32_t size = rows[i].size;
        ROW("row %u", (unsigned)i);
        CHECK_EQ(moment_refusal(bytes, size, 1), -1);
        /* Cut anywhere it has no end. */
        for (uint32_t cut = 0; cut < size; cut++) {
            CHECK(moment_refusal(bytes, cut, 1) != -1);
        }
    }
    moment_leave();
}

TEST(unsound_programs_are_refused_where_they_are)
{
    moment_enter();
    moment_key(SOTTO_KEY_ITEM, "sku-03");
    moment_key(SOTTO_KEY_BRAND, "Ash");
    MOMENT_SEGMENT(SOTTO_OP_TRUE);
    static const struct {
        const char *name;
        int         at;
        uint8_t     size, bytes[12];
    } rows[] = {
        {"nothing at all", 0, 0, {0}},
        {"an end alone", 0, 1, {0}},
        {"no end", 1, 1, {0x03}},
        {"end twice", 1, 3, {0x03, 0, 0}},
        {"two truths at the end", 2, 3, {0x03, 0x03, 0}},
        {"a number at the end", 2, 3, {0x02, 0, 0}},
        {"unknown: 06", 0, 2, {0x06, 0}},
        {"unknown: 26", 0, 5, {0x26, 1, 0, 0, 0}},
        {"unknown: 53", 1, 3, {0x03, 0x53, 0}},
        {"unknown: ff", 0, 2, {0xFF, 0}},
        {"pops what is not there", 0, 2, {0x50, 0}},
        {"pops one of two", 2, 4, {0x02, 2, 0x40, 0}},
        {"number for a truth", 2, 4, {0x02, 2, 0x50, 0}},
        {"text and number", 4, 6, {0x05, 0, 0x02, 0, 0x48, 0}},
        {"truths added", 2, 4, {0x03, 0x03, 0x30, 0}},
        {"varint cut", 0, 2, {0x02, 0x80}},
        {"varint longer than needed", 0, 4, {0x02, 0x80, 0x00, 0}},
        {"varint of 2^32", 0, 7, {0x02, 0x80, 0x80, 0x80, 0x80, 0x10, 0}},
        {"no such string", 0, 3, {0x17, 1, 0}},
        {"no such number", 0, 3, {0x10, 26, 0}},
        {"no such text", 0, 3, {0x11, 11, 0}},
        {"no such truth", 0, 3, {0x12, 5, 0}},
        {"no such segment", 0, 3, {0x13, 1, 0}},
        {"no such key", 0, 3, {0x1A, 2, 0}},
        {"interest in an item", 0, 3, {0x19, 0, 0}},
        {"filter cut", 0, 3, {0x20, 1, 0}},
        {"filter of no kind", 0, 5, {0x20, 0, 0, 0, 0}},
        {"filter of an 11th kind", 0, 5, {0x20, 0, 4, 0, 0}},
        {"filter's key is none", 0, 6, {0x20, 1, 0, 1, 2, 0}},
        {"filter's second key alone", 0, 6, {0x20, 1, 0, 0x80, 0, 0}},
        {"filter's second key is none", 0, 7, {0x20, 1, 0, 0x81, 0, 2, 0}},
        {"filter's price is missing", 0, 4, {0x20, 1, 0, 8}},
        {"list of nothing", 2, 5, {0x02, 0, 0x46, 0, 0}},
        {"list of 65", 2, 5, {0x02, 0, 0x46, 65, 0}},
        {"list cut", 2, 5, {0x02, 0, 0x46, 2, 0}},
        {"list of strings that are none", 2, 6, {0x05, 0, 0x4D, 1, 1, 0}},
        {"jump of a number", 2, 5, {0x02, 0, 0x51, 0, 0}},
        {"jump to itself", 3, 5, {0x03, 0x51, 0, 0x03, 0}},
        {"jump past the end", 1, 5, {0x03, 0x51, 2, 0x03, 0}},
        {"jump into an instruction", 5, 8, {0x03, 0x51, 1, 0x12, 0, 0x50, 0x50, 0}},
        {"jump over a push", 5, 7, {0x03, 0x52, 2, 0x03, 0x03, 0x4E, 0}},
        {"jump to where a number is", 5, 9, {0x03, 0x51, 2, 0x02, 0, 0x46, 1, 0, 0}},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%s", rows[i].name);
        CHECK_EQ(moment_refusal(rows[i].bytes, rows[i].size, 1), rows[i].at);
    }
    moment_leave();
}

TEST(the_fault_is_counted_from_the_file)
{
    static const uint8_t file[] = {9, 9, 9, 0x03, 0x50, 0x30, 0, 9};
    moment_enter();
    sotto_reader reader = sotto_reader_over(file, 3, 7);
    sotto_program_check(&reader, &here.plan, 0);
    CHECK_EQ(reader.status, SOTTO_INVALID);
    CHECK_EQ(reader.fault.offset, 5);
    moment_leave();
}

/* Of `count` truths on the stack, all compared. */
static int refusal_of_depth(uint32_t count)
{
    uint8_t bytes[128];
    uint32_t size = 0;
    for (uint32_t i = 0; i < count; i++) {
        bytes[size++] = SOTTO_OP_TRUE;
    }
    for (uint32_t i = 1; i < count; i++) {
        bytes[size++] = SOTTO_OP_SAME;
    }
    bytes[size++] = SOTTO_OP_END;
    return moment_refusal(bytes, size, 0);
}

TEST(a_stack_holds_32)
{
    moment_enter();
    CHECK_EQ(refusal_of_depth(32), -1);
    CHECK_EQ(refusal_of_depth(33), 32);
    CHECK_EQ(refusal_of_depth(60), 32);
    moment_leave();
}

/*
 * Jumps from one place after the other to `count` places further on, which are a not each. Written
 * from the end on, since how long a jump is depends on how far it leads.
 */
static int refusal_of_landings(uint32_t count)
{
    uint8_t bytes[800];
    uint32_t at = sizeof bytes;
    bytes[--at] = SOTTO_OP_END;
    for (uint32_t i = 0; i < count; i++) {
        bytes[--at] = SOTTO_OP_NOT;
    }
    bytes[--at] = SOTTO_OP_TRUE;
    for (uint32_t i = count; i-- > 0;) {
        uint32_t distance = (uint32_t)sizeof bytes - at - (1 + count - i);
        if (distance >= 128) {
            bytes[--at] = (uint8_t)(distance >> 7);
        }
        bytes[--at] = (uint8_t)(distance < 128 ? distance : (distance & 127) | 128);
        bytes[--at] = SOTTO_OP_AND;
        bytes[--at] = SOTTO_OP_TRUE;
    }
    return moment_refusal(bytes + at, (uint32_t)sizeof bytes - at, 0);
}

TEST(at_most_64_places_are_jumped_to)
{
    moment_enter();
    CHECK_EQ(refusal_of_landings(2), -1);
    CHECK_EQ(refusal_of_landings(64), -1);
    CHECK(refusal_of_landings(65) != -1);
    moment_leave();
}

TEST(many_jumps_to_one_place_are_one)
{
    uint8_t bytes[600];
    uint32_t at = sizeof bytes;
    moment_enter();
    bytes[--at] = SOTTO_OP_END;
    bytes[--at] = SOTTO_OP_TRUE;
    for (uint32_t i = 0; i < 100; i++) {
        uint32_t distance = (uint32_t)sizeof bytes - at - 1;
        if (distance >= 128) {
            bytes[--at] = (uint8_t)(distance >> 7);
        }
        bytes[--at] = (uint8_t)(distance < 128 ? distance : (distance & 127) | 128);
        bytes[--at] = SOTTO_OP_OR;
        bytes[--at] = SOTTO_OP_FALSE;
    }
    CHECK_EQ(moment_runs(bytes + at, (uint32_t)sizeof bytes - at), 1);
    moment_leave();
}

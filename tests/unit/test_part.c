#include "test.h"

#include "format/part.h"
#include "format/part_write.h"
#include "repair.h"

#define TAG_A SOTTO_TAG('A', 'A', 'A', 'A')
#define TAG_B SOTTO_TAG('B', 'B', 'B', 'B')
#define TAG_SMALL SOTTO_TAG('c', 'c', 'c', 'c')

static const sotto_part_shape shape = {SOTTO_MODEL, 2, 1, {TAG_A, TAG_B}};

/* Sections of 5, 0 and 3 bytes: there is padding after the first, and none after the last. */
static sotto_bytes three_sections(void)
{
    sotto_part_writer writer;
    sotto_bytes out = {NULL, 0};
    sotto_part_begin(&writer, SOTTO_MODEL, 1234, 3);
    sotto_part_section(&writer, TAG_B);
    sotto_buffer_add(&writer.buffer, "hello", 5);
    sotto_part_section(&writer, TAG_SMALL);
    sotto_part_section(&writer, TAG_A);
    sotto_buffer_add(&writer.buffer, "end", 3);
    REQUIRE(sotto_part_finish(&writer, 0x0123456789ABCDEFu, NULL, &out, NULL) == SOTTO_OK);
    return out;
}

static sotto_reader open_part(sotto_part *part, const sotto_bytes *file)
{
    sotto_reader reader = sotto_reader_over(file->bytes, 0, (uint32_t)file->size);
    sotto_part_open(part, &shape, &reader);
    return reader;
}

TEST(what_was_written_is_opened)
{
    sotto_bytes file = three_sections();
    sotto_part part;
    sotto_reader reader = open_part(&part, &file);
    REQUIRE(reader.status == SOTTO_OK);
    CHECK_EQ(part.item_count, 1234);
    CHECK(part.identity == 0x0123456789ABCDEFu);
    CHECK_EQ(part.sections[0].end - part.sections[0].start, 3);
    CHECK_MEM(file.bytes + part.sections[0].start, "end", 3);
    CHECK_EQ(part.sections[0].end, file.size);
    CHECK_EQ(part.sections[1].start, SOTTO_HEAD_SIZE + 3 * SOTTO_ROW_ROW_SIZE);
    sotto_reader_enter(&reader, &part.sections[1]);
    CHECK_MEM(sotto_reader_take(&reader, 5), "hello", 5);
    sotto_reader_finish(&reader);
    CHECK_EQ(reader.status, SOTTO_OK);
    free(file.bytes);
}

TEST(a_section_that_is_not_there_does_not_exist)
{
    sotto_part_writer writer;
    sotto_bytes file = {NULL, 0};
    sotto_part_begin(&writer, SOTTO_MODEL, 0, 1);
    sotto_part_section(&writer, TAG_A);
    REQUIRE(sotto_part_finish(&writer, 0, NULL, &file, NULL) == SOTTO_OK);
    sotto_part part;
    sotto_reader reader = open_part(&part, &file);
    CHECK_EQ(reader.status, SOTTO_OK);
    CHECK(sotto_section_exists(&part.sections[0]));
    CHECK(!sotto_section_exists(&part.sections[1]));
    free(file.bytes);
}

TEST(each_rule_of_the_container_has_its_offset)
{
    static const struct {
        const char *name;
        uint32_t offset, value;    /* a u32 to be written over */
        sotto_status status;
        uint32_t fault;
    } rows[] = {
        {"no sections", 4, 0x00010001, SOTTO_INVALID, 7},
        {"65 sections", 4, 0x41010001, SOTTO_INVALID, 7},
        {"file smaller than its table", 8, 79, SOTTO_INVALID, 8},
        {"too many items", 12, 16777217, SOTTO_INVALID, 12},
        {"reserved", 28, 1, SOTTO_INVALID, 28},
        {"first section too far on", 36, 84, SOTTO_INVALID, 36},
        {"first section too large", 40, 100, SOTTO_INVALID, 40},
        {"second section too early", 52, 84, SOTTO_INVALID, 52},
        {"last section too small", 72, 2, SOTTO_INVALID, 72},
        {"padding", 84, 0x0100006F, SOTTO_INVALID, 87},
        {"the same tag twice", 32, TAG_A, SOTTO_INVALID, 64},
        {"unknown tag", 48, SOTTO_TAG('Z', 'c', 'c', 'c'), SOTTO_INVALID, 48},
        {"required tag missing", 64, TAG_SMALL, SOTTO_INVALID, 32},
        {"not ASCII is not capital", 48, SOTTO_TAG(0xC4, 'c', 'c', 'c'), SOTTO_OK, 0},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%s", rows[i].name);
        sotto_bytes file = three_sections();
        sotto_store_u32(file.bytes + rows[i].offset, rows[i].value);
        repair_checks(file.bytes, file.size);
        sotto_part part;
        sotto_reader reader = open_part(&part, &file);
        CHECK_EQ(reader.status, rows[i].status);
        CHECK_EQ(reader.fault.offset, rows[i].fault);
        free(file.bytes);
    }
}

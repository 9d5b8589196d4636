/*
 * part.c - opening the container
 *
 * The order of the checks is the order of FORMAT.md section 2: the header from the top down, its
 * check, then the sections one by one, then their tags. All of the file is hashed once; nothing
 * in it is decoded.
 */
#include "format/part.h"

#include "base/hash.h"

void sotto_start_open(sotto_reader *reader, const char magic[4], uint32_t head_size)
{
    if (reader->end < head_size) {
        sotto_reader_refuse(reader, SOTTO_TRUNCATED, reader->end, "file cut short");
    }
    const uint8_t *at = sotto_reader_take(reader, 6);
    if (at == NULL) {
        return;
    }
    if (memcmp(at, magic, 4) != 0) {
        sotto_reader_refuse(reader, SOTTO_NOT_SOTTO, 0, "another kind of file");
    }
    if (sotto_load_u16(at + SOTTO_HEAD_VERSION) != SOTTO_FORMAT_VERSION) {
        sotto_reader_refuse(reader, SOTTO_WRONG_VERSION, SOTTO_HEAD_VERSION, "unknown version");
    }
}

void sotto_size_match(sotto_reader *reader, uint32_t file_size)
{
    if (reader->end < file_size) {
        sotto_reader_refuse(reader, SOTTO_TRUNCATED, reader->end, "file cut short");
    }
    if (reader->end > file_size) {
        sotto_reader_refuse(reader, SOTTO_OVERSIZED, file_size, "bytes past the end");
    }
}

void sotto_head_match(sotto_reader *reader, uint32_t head_size, uint32_t check_offset)
{
    if (reader->status != SOTTO_OK) {
        return;
    }
    uint8_t copy[SOTTO_MAX_HEAD_SIZE];
    SOTTO_ASSERT(head_size <= sizeof copy && head_size <= reader->end);
    memcpy(copy, reader->file, head_size);
    memset(copy + check_offset, 0, 4);
    if (sotto_load_u32(reader->file + check_offset) != sotto_check(copy, head_size)) {
        sotto_reader_refuse(reader, SOTTO_DAMAGED, check_offset, "header damaged");
    }
}

/* Leaves the reader at the section table and returns how many rows that has. */
static uint32_t open_head(sotto_part *part, sotto_kind kind, sotto_reader *reader)
{
    sotto_start_open(reader, "SOTT", SOTTO_HEAD_SIZE);
    if (sotto_reader_number(reader, 1, 0, UINT8_MAX) != (uint32_t)kind) {
        sotto_reader_refuse(reader, SOTTO_WRONG_KIND, SOTTO_HEAD_KIND, "another kind of part");
    }
    uint32_t section_count = sotto_reader_number(reader, 1, 1, SOTTO_MAX_SECTIONS);
    uint32_t head_size = SOTTO_HEAD_SIZE + section_count * SOTTO_ROW_ROW_SIZE;
    uint32_t file_size = sotto_reader_number(reader, 4, head_size, UINT32_MAX);
    sotto_size_match(reader, file_size);
    part->item_count = sotto_reader_number(reader, 4, 0, SOTTO_MAX_ITEMS);
    part->identity = sotto_reader_u32(reader);
    part->identity |= (uint64_t)sotto_reader_u32(reader) << 32;
    sotto_reader_u32(reader);
    sotto_reader_number(reader, 4, 0, 0);
    sotto_head_match(reader, head_size, SOTTO_HEAD_CHECK);
    return section_count;
}

/* Reads a row of the table and checks its section. Returns where the section is. */
static sotto_section open_section(sotto_reader *reader, uint32_t previous_end, bool last)
{
    uint32_t offset = (previous_end + 3) & ~3u;
    uint32_t left = reader->end - offset;
    uint32_t least = last ? left : 0;
    if (offset > reader->end) {
        least = 1;                 /* no size will do */
        left = 0;
    }
    sotto_reader_u32(reader);
    sotto_reader_number(reader, 4, offset, offset);
    uint32_t size = sotto_reader_number(reader, 4, least, left);
    uint32_t check = sotto_reader_u32(reader);
    if (reader->status != SOTTO_OK) {
        return (sotto_section){0, 0};
    }

    uint32_t next_row = reader->at;
    reader->at = previous_end;
    sotto_reader_zeros(reader, offset - previous_end);
    reader->at = next_row;
    if (check != sotto_check(reader->file + offset, size)) {
        sotto_reader_refuse(reader, SOTTO_DAMAGED, offset, "section damaged");
    }
    return (sotto_section){offset, offset + size};
}

/* Gives the sections their places in the shape, by their tags. */
static void place_sections(sotto_part *part, const sotto_part_shape *shape, sotto_reader *reader,
                           const sotto_section *sections, uint32_t section_count)
{
    for (uint32_t i = 0; i < section_count; i++) {
        uint32_t row_offset = SOTTO_HEAD_SIZE + i * SOTTO_ROW_ROW_SIZE;
        const uint8_t *row = reader->file + row_offset;
        uint32_t place = 0;
        while (place < shape->known_count && shape->tags[place] != sotto_load_u32(row)) {
            place++;
        }
        if (place == shape->known_count) {
            if ((uint8_t)(row[0] - 'A') < 26) {
                sotto_reader_refuse(reader, SOTTO_INVALID, row_offset, "unknown section");
            }
        } else {
            if (sotto_section_exists(&part->sections[place])) {
                sotto_reader_refuse(reader, SOTTO_INVALID, row_offset, "section stands twice");
            }
            part->sections[place] = sections[i];
        }
    }
    for (uint32_t i = 0; i < shape->required_count; i++) {
        if (!sotto_section_exists(&part->sections[i])) {
            sotto_reader_refuse(reader, SOTTO_INVALID, SOTTO_HEAD_SIZE, "section missing");
        }
    }
}

void sotto_part_open(sotto_part *part, const sotto_part_shape *shape, sotto_reader *reader)
{
    memset(part, 0, sizeof *part);
    sotto_section sections[SOTTO_MAX_SECTIONS];
    uint32_t section_count = open_head(part, shape->kind, reader);
    uint32_t end = SOTTO_HEAD_SIZE + section_count * SOTTO_ROW_ROW_SIZE;
    for (uint32_t i = 0; i < section_count; i++) {
        sections[i] = open_section(reader, end, i + 1 == section_count);
        end = sections[i].end;
    }
    if (reader->status == SOTTO_OK) {
        place_sections(part, shape, reader, sections, section_count);
    }
}

void sotto_reader_enter(sotto_reader *reader, const sotto_section *section)
{
    if (reader->status == SOTTO_OK) {
        reader->start = reader->at = section->start;
        reader->end = section->end;
    }
}

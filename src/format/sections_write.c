/*
 * sections_write.c - sections that are made in one place and written in another (native only)
 *
 * A trainer makes one file, a shop publishes two parts of it: what a page needs at once, and what
 * it fetches when there is time. Which section goes where is in its tag: small letters are the
 * ranker's.
 */
#include "format/write.h"

#include "base/bytes.h"
#include "format/part_write.h"

#include <stdlib.h>

bool sotto_section_list_add(sotto_section_list *list, const char tag[4], sotto_bytes section)
{
    if (list->count == SOTTO_MAX_LISTED_SECTIONS) {
        free(section.bytes);
        return false;
    }
    memcpy(list->tags[list->count], tag, 4);
    list->sections[list->count++] = section;
    return true;
}

void sotto_section_list_cut(sotto_section_list *list, uint32_t count)
{
    while (list->count > count) {
        free(list->sections[--list->count].bytes);
    }
}

void sotto_section_list_free(sotto_section_list *list)
{
    sotto_section_list_cut(list, 0);
}

void sotto_part_sections(sotto_part_writer *writer, const sotto_section_list *list)
{
    for (uint32_t i = 0; list != NULL && i < list->count; i++) {
        const uint8_t *tag = (const uint8_t *)list->tags[i];
        sotto_part_section(writer, sotto_load_u32(tag));
        sotto_buffer_add(&writer->buffer, list->sections[i].bytes, list->sections[i].size);
    }
}

sotto_status sotto_ranker_write(uint32_t item_count, uint64_t identity,
                                const sotto_section_list *list, sotto_bytes *out,
                                const char **why)
{
    if (list->count == 0) {
        sotto_buffer nothing = {0};
        return sotto_buffer_finish(&nothing, "there are no sections to write", out, why);
    }
    sotto_part_writer writer;
    sotto_part_begin(&writer, SOTTO_RANKER, item_count, list->count);
    sotto_part_sections(&writer, list);
    return sotto_part_finish(&writer, identity, NULL, out, why);
}

/* Whose a section is, by its tag. What only publishing reads is nobody's. */
static bool is_of(const uint8_t *row, bool ranker)
{
    return (row[0] >= 'a') == ranker && sotto_load_u32(row) != SOTTO_TAG('r', 'f', 'm', 'q');
}

/* Writes the sections of a model that are the ranker's, or those that are not. */
static sotto_status write_half(const uint8_t *bytes, bool ranker, sotto_bytes *out,
                               const char **why)
{
    uint32_t section_count = bytes[SOTTO_HEAD_SECTION_COUNT];
    const uint8_t *table = bytes + SOTTO_HEAD_SIZE;
    uint32_t count = 0;
    for (uint32_t i = 0; i < section_count; i++) {
        count += is_of(table + i * SOTTO_ROW_ROW_SIZE, ranker);
    }
    if (count == 0) {
        *out = (sotto_bytes){NULL, 0};
        return SOTTO_OK;
    }
    sotto_part_writer writer;
    sotto_part_begin(&writer, ranker ? SOTTO_RANKER : SOTTO_MODEL,
                     sotto_load_u32(bytes + SOTTO_HEAD_ITEM_COUNT), count);
    for (uint32_t i = 0; i < section_count; i++) {
        const uint8_t *row = table + i * SOTTO_ROW_ROW_SIZE;
        if (is_of(row, ranker)) {
            sotto_part_section(&writer, sotto_load_u32(row));
            sotto_buffer_add(&writer.buffer, bytes + sotto_load_u32(row + SOTTO_ROW_OFFSET),
                             sotto_load_u32(row + SOTTO_ROW_SIZE));
        }
    }
    return sotto_part_finish(&writer, sotto_load_u64(bytes + SOTTO_HEAD_IDENTITY), NULL, out, why);
}

sotto_status sotto_model_split(const void *bytes, size_t size, sotto_bytes *model,
                               sotto_bytes *ranker, const char **why)
{
    SOTTO_ASSERT(size >= SOTTO_HEAD_SIZE);
    (void)size;
    sotto_bytes halves[2];
    sotto_status status = write_half(bytes, false, &halves[0], why);
    if (status != SOTTO_OK) {
        return status;
    }
    status = write_half(bytes, true, &halves[1], why);
    if (status != SOTTO_OK) {
        free(halves[0].bytes);
        return status;
    }
    *model = halves[0];
    *ranker = halves[1];
    return SOTTO_OK;
}

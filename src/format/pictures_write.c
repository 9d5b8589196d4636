/*
 * pictures_write.c - pictures of items, one file after the other (native only)
 */
#include "format/part_write.h"

static const char *find_mistake(const sotto_pictures_content *content)
{
    size_t size = 0;
    if (content->item_count > SOTTO_MAX_ITEMS) {
        return "there are more than 16,777,216 items";
    }
    if (content->picture_count > SOTTO_MAX_PICTURES) {
        return "there are more than 65,535 pictures";
    }
    for (uint32_t i = 0; i < content->picture_count; i++) {
        const sotto_picture_content *picture = &content->pictures[i];
        if (picture->item >= content->item_count) {
            return "a picture is of an item that does not exist";
        }
        if (i > 0 && picture->item <= picture[-1].item) {
            return "the pictures are not in order of their items";
        }
        if ((uint32_t)picture->type - 1 >= SOTTO_PICS_TYPES) {
            return "a picture is of no known type";
        }
        size += picture->size;
        if (picture->size == 0 || size > UINT32_MAX) {
            return "a picture is empty, or all of them are larger than 4 GiB";
        }
    }
    return NULL;
}

/* One bit an item, in words of 32. */
static void write_has(sotto_buffer *buffer, const sotto_pictures_content *content)
{
    uint32_t next = 0;
    for (uint32_t first = 0; first < content->item_count; first += 32) {
        uint32_t word = 0;
        for (; next < content->picture_count && content->pictures[next].item - first < 32; next++) {
            word |= 1u << (content->pictures[next].item - first);
        }
        sotto_buffer_u32(buffer, word);
    }
}

sotto_status sotto_pictures_write(const sotto_pictures_content *content, sotto_bytes *out,
                                  const char **why)
{
    sotto_part_writer writer;
    const char *mistake = find_mistake(content);
    sotto_part_begin(&writer, SOTTO_PICTURES, content->item_count, 2);
    sotto_buffer *buffer = &writer.buffer;
    sotto_part_section(&writer, SOTTO_TAG('p', 'i', 'c', 's'));
    sotto_buffer_u32(buffer, content->picture_count);
    if (mistake == NULL) {
        write_has(buffer, content);
        uint32_t offset = 0;
        for (uint32_t i = 0; i < content->picture_count; i++) {
            sotto_buffer_u32(buffer, offset);
            offset += (uint32_t)content->pictures[i].size;
        }
        sotto_buffer_u32(buffer, offset);
        for (uint32_t i = 0; i < content->picture_count; i++) {
            sotto_buffer_u8(buffer, (uint32_t)content->pictures[i].type);
        }
    }
    sotto_part_section(&writer, SOTTO_TAG('p', 'i', 'x', 'l'));
    for (uint32_t i = 0; mistake == NULL && i < content->picture_count; i++) {
        sotto_buffer_add(buffer, content->pictures[i].bytes, content->pictures[i].size);
    }
    return sotto_part_finish(&writer, content->identity, mistake, out, why);
}

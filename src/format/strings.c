/*
 * strings.c - stepping through packed strings, looking up listed ones
 */
#include "format/strings.h"

sotto_text sotto_strings_get(const sotto_strings *strings, uint32_t index)
{
    sotto_cursor cursor = sotto_strings_block(strings, index);
    const uint8_t *bytes = NULL;
    uint32_t size = 0;
    for (uint32_t steps = index % SOTTO_BLOCK_COUNT + 1; steps > 0; steps--) {
        size = sotto_cursor_varint(&cursor);
        bytes = sotto_cursor_take(&cursor, size);
    }
    return cursor.failed ? (sotto_text){NULL, 0} : (sotto_text){(const char *)bytes, size};
}

void sotto_string_list_open(sotto_string_list *list, sotto_reader *reader)
{
    list->count = sotto_reader_number(reader, 4, 0, SOTTO_LIST_MAX_COUNT);
    uint32_t offsets_size = 4 * (list->count + 1);
    uint32_t bytes_size = sotto_reader_left(reader) - offsets_size;
    list->offsets = sotto_reader_span(reader, list->count + 1, bytes_size);
    list->bytes = sotto_reader_take(reader, bytes_size);
}

sotto_text sotto_string_list_get(const sotto_string_list *list, uint32_t index)
{
    SOTTO_ASSERT(index < list->count);
    uint32_t start = sotto_load_u32(list->offsets + 4 * (size_t)index);
    uint32_t end = sotto_load_u32(list->offsets + 4 * (size_t)index + 4);
    return (sotto_text){(const char *)list->bytes + start, end - start};
}

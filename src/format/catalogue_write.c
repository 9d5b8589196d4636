/*
 * catalogue_write.c - the catalogue part: columns, texts, lists, attributes, the best of each
 * category
 */
#include "format/write.h"

#include "base/hash.h"
#include "format/links_write.h"
#include "format/part_write.h"

#include <stdlib.h>

/* ---- What cannot be written ------------------------------------------------------------------ */

static bool strings_are_utf8(const sotto_string *strings, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!sotto_text_is_utf8(strings[i])) {
            return false;
        }
    }
    return true;
}

static const char *refuse_item(const sotto_catalogue_content *content,
                               const sotto_catalogue_item *item)
{
    if ((item->category != SOTTO_NONE && item->category >= content->category_count) ||
        (item->brand != SOTTO_NONE && item->brand >= content->brand_count)) {
        return "an item has a category or brand that is not in the list";
    }
    const sotto_string texts[] = {item->title, item->url, item->image};
    if (!strings_are_utf8(texts, SOTTO_ARRAY_COUNT(texts))) {
        return "a title or address is not UTF-8";
    }
    for (uint32_t i = 0; i < item->value_count; i++) {
        if (item->values[i] >= content->attribute_value_count ||
            (i > 0 && item->values[i] <= item->values[i - 1])) {
            return "the attributes of an item do not ascend, or are not in the list";
        }
    }
    return NULL;
}

static const char *refuse_lists(const sotto_catalogue_content *content)
{
    if (content->category_count > SOTTO_LIST_MAX_COUNT ||
        content->brand_count > SOTTO_LIST_MAX_COUNT ||
        content->attribute_name_count > SOTTO_LIST_MAX_COUNT ||
        content->attribute_value_count > SOTTO_LIST_MAX_COUNT) {
        return "there are more than 65,535 categories, brands or attributes";
    }
    if (!strings_are_utf8(content->categories, content->category_count) ||
        !strings_are_utf8(content->brands, content->brand_count) ||
        !strings_are_utf8(content->attribute_names, content->attribute_name_count) ||
        !strings_are_utf8(content->attribute_values, content->attribute_value_count)) {
        return "a category, brand or attribute is not UTF-8";
    }
    for (uint32_t i = 0; i < content->category_count; i++) {
        uint32_t parent = content->category_parents[i];
        if (parent != SOTTO_NONE && parent >= i) {
            return "a category stands before its parent";
        }
        uint32_t start = content->category_top_starts[i];
        uint32_t end = content->category_top_starts[i + 1];
        if (end < start || end - start > SOTTO_CTOP_MAX_COUNT) {
            return "a category has more than 64 best items";
        }
        for (uint32_t k = start; k < end; k++) {
            if (content->category_top[k] >= content->item_count) {
                return "one of the best of a category is no item";
            }
        }
    }
    for (uint32_t i = 0; i < content->newest_count; i++) {
        if (content->newest[i] >= content->item_count) {
            return "one of the newest is no item";
        }
    }
    if (content->table_count > SOTTO_LOOKS) {
        return "there are more than four link tables";
    }
    for (uint32_t i = 0; i < content->attribute_value_count; i++) {
        if (content->attribute_value_names[i] >= content->attribute_name_count) {
            return "an attribute's value has no name";
        }
    }
    return NULL;
}

static const char *refuse_content(const sotto_catalogue_content *content)
{
    if (content->item_count < content->model_item_count ||
        content->item_count > SOTTO_MAX_ITEMS) {
        return "the catalogue has fewer items than its model, or too many";
    }
    const sotto_string templates[] = {content->title_template, content->url_template,
                                      content->image_template};
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(templates); i++) {
        if (templates[i].size > UINT16_MAX || !sotto_text_is_utf8(templates[i])) {
            return "a template is not UTF-8, or longer than 65,535 bytes";
        }
    }
    const char *refusal = refuse_lists(content);
    for (uint32_t i = 0; i < content->item_count && refusal == NULL; i++) {
        refusal = refuse_item(content, &content->items[i]);
    }
    return refusal;
}

/* ---- Sections -------------------------------------------------------------------------------- */

static uint32_t reference(uint32_t index)
{
    return index == SOTTO_NONE ? SOTTO_LIST_NONE : index;
}

static void write_columns(sotto_buffer *buffer, const sotto_catalogue_content *content)
{
    const sotto_catalogue_item *items = content->items;
    uint32_t n = content->item_count;
    for (uint32_t i = 0; i < n; i++) {
        sotto_buffer_u32(buffer, items[i].price);
    }
    for (uint32_t i = 0; i < n; i++) {
        sotto_buffer_u32(buffer, items[i].list_price);
    }
    for (uint32_t i = 0; i < n; i++) {
        sotto_buffer_u16(buffer, reference(items[i].category));
    }
    for (uint32_t i = 0; i < n; i++) {
        sotto_buffer_u16(buffer, reference(items[i].brand));
    }
    for (uint32_t i = 0; i < n; i++) {
        sotto_buffer_u8(buffer, (items[i].listed ? SOTTO_COLS_LISTED : 0u) |
                                (items[i].in_stock ? SOTTO_COLS_IN_STOCK : 0u));
    }
}

/* `first` is a field of the first item; those of the others follow a whole item further on. */
static void write_texts(sotto_buffer *buffer, const sotto_string *first, uint32_t count,
                        sotto_string template)
{
    size_t start = buffer->size;
    sotto_buffer_u16(buffer, (uint32_t)template.size);
    sotto_buffer_u16(buffer, 0);
    sotto_buffer_u32(buffer, 0);
    size_t offsets_at = buffer->size;
    sotto_buffer_zeros(buffer, 4 * (size_t)sotto_blocks_for(count));
    sotto_buffer_add(buffer, template.bytes, template.size);
    sotto_buffer_align(buffer, start);
    size_t size =
        sotto_strings_write(buffer, offsets_at, first, sizeof(sotto_catalogue_item), count);
    sotto_buffer_set_u32(buffer, start + SOTTO_TEXTS_STRINGS_SIZE, (uint32_t)size);
}

static void write_list(sotto_buffer *buffer, const sotto_string *strings, uint32_t count)
{
    sotto_buffer_u32(buffer, count);
    size_t offset = 0;
    sotto_buffer_u32(buffer, 0);
    for (uint32_t i = 0; i < count; i++) {
        offset += strings[i].size;
        sotto_buffer_u32(buffer, (uint32_t)offset);
    }
    for (uint32_t i = 0; i < count; i++) {
        sotto_buffer_add(buffer, strings[i].bytes, strings[i].size);
    }
}

static void write_references(sotto_buffer *buffer, const uint32_t *indexes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        sotto_buffer_u16(buffer, reference(indexes[i]));
    }
}

static void write_category_tops(sotto_buffer *buffer, const sotto_catalogue_content *content)
{
    uint32_t first = content->category_count == 0 ? 0 : content->category_top_starts[0];
    uint32_t last = first;
    sotto_buffer_u32(buffer, 0);
    for (uint32_t i = 0; i < content->category_count; i++) {
        last = content->category_top_starts[i + 1];
        sotto_buffer_u32(buffer, last - first);
    }
    for (uint32_t i = first; i < last; i++) {
        sotto_buffer_u32(buffer, content->category_top[i]);
    }
}

static void write_attributes(sotto_buffer *buffer, const sotto_catalogue_content *content)
{
    size_t offsets_at = buffer->size;
    sotto_buffer_zeros(buffer, 4 * (size_t)sotto_blocks_for(content->item_count));
    size_t start = buffer->size;
    for (uint32_t i = 0; i < content->item_count; i++) {
        if (i % SOTTO_BLOCK_COUNT == 0) {
            sotto_buffer_set_u32(buffer, offsets_at + 4 * (size_t)(i / SOTTO_BLOCK_COUNT),
                                 (uint32_t)(buffer->size - start));
        }
        const sotto_catalogue_item *item = &content->items[i];
        sotto_buffer_varint(buffer, item->value_count);
        for (uint32_t k = 0; k < item->value_count; k++) {
            sotto_buffer_varint(buffer, item->values[k]);
        }
    }
}

sotto_status sotto_catalogue_write(const sotto_catalogue_content *content, sotto_bytes *out,
                                   const char **why)
{
    const char *refusal = refuse_content(content);
    if (refusal != NULL) {
        sotto_buffer nothing = {0};
        return sotto_buffer_finish(&nothing, refusal, out, why);
    }
    uint32_t n = content->item_count;
    uint32_t new_count = n - content->model_item_count;
    bool attributes = content->attribute_name_count != 0;
    sotto_part_writer writer;
    sotto_buffer *buffer = &writer.buffer;
    sotto_part_begin(&writer, SOTTO_CATALOGUE, n,
                     8u + (new_count != 0) + (attributes ? 4 : 0) + (content->newest_count != 0)
                         + content->table_count);
    if (new_count != 0) {
        uint64_t own_identity;
        sotto_part_section(&writer, SOTTO_TAG('I', 'D', 'S', ' '));
        refusal = sotto_ids_write(buffer, content->new_ids, new_count, &own_identity);
    }
    if (refusal != NULL) {
        return sotto_part_finish(&writer, 0, refusal, out, why);
    }
    const sotto_catalogue_item none = {0};
    const sotto_catalogue_item *items = n == 0 ? &none : content->items;
    sotto_part_section(&writer, SOTTO_TAG('C', 'O', 'L', 'S'));
    write_columns(buffer, content);
    sotto_part_section(&writer, SOTTO_TAG('T', 'I', 'T', 'L'));
    write_texts(buffer, &items->title, n, content->title_template);
    sotto_part_section(&writer, SOTTO_TAG('U', 'R', 'L', 'S'));
    write_texts(buffer, &items->url, n, content->url_template);
    sotto_part_section(&writer, SOTTO_TAG('I', 'M', 'G', 'S'));
    write_texts(buffer, &items->image, n, content->image_template);
    sotto_part_section(&writer, SOTTO_TAG('C', 'A', 'T', 'S'));
    write_list(buffer, content->categories, content->category_count);
    sotto_part_section(&writer, SOTTO_TAG('C', 'A', 'T', 'P'));
    write_references(buffer, content->category_parents, content->category_count);
    sotto_part_section(&writer, SOTTO_TAG('B', 'R', 'N', 'D'));
    write_list(buffer, content->brands, content->brand_count);
    sotto_part_section(&writer, SOTTO_TAG('C', 'T', 'O', 'P'));
    write_category_tops(buffer, content);
    if (attributes) {
        sotto_part_section(&writer, SOTTO_TAG('A', 'T', 'T', 'N'));
        write_list(buffer, content->attribute_names, content->attribute_name_count);
        sotto_part_section(&writer, SOTTO_TAG('A', 'T', 'T', 'V'));
        write_list(buffer, content->attribute_values, content->attribute_value_count);
        sotto_part_section(&writer, SOTTO_TAG('A', 'T', 'V', 'N'));
        write_references(buffer, content->attribute_value_names, content->attribute_value_count);
        sotto_part_section(&writer, SOTTO_TAG('A', 'T', 'T', 'R'));
        write_attributes(buffer, content);
    }
    if (content->newest_count != 0) {
        sotto_part_section(&writer, SOTTO_TAG('n', 'e', 'w', 's'));
        for (uint32_t i = 0; i < content->newest_count; i++) {
            sotto_buffer_u32(buffer, content->newest[i]);
        }
    }
    refusal = sotto_link_tables_write(&writer, "lnk", content->tables, content->table_count,
                                      SOTTO_LOOKS, n);
    return sotto_part_finish(&writer, content->identity, refusal, out, why);
}

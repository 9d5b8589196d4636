/*
 * catalogue.c - opening the catalogue, and what it says of items
 *
 * Numbers stand in columns (all prices, then all list prices, ...), so that an hourly change of
 * prices compresses well and a filter touches only what it filters by. Texts stand packed, one
 * section a field. Categories, brands and attributes are lists of names that items refer to by
 * index.
 */
#include "model/bundle.h"

#include "base/hash.h"
#include "format/part.h"

/* The sections, in the order in which the shape below names them. */
enum {
    COLS, TITL, URLS, IMGS, CATS, CATP, BRND, CTOP, REQUIRED,
    IDS = REQUIRED, ATTN, ATTV, ATVN, ATTR, NEWS,
    KNOWN = SOTTO_CATALOGUE_LINKS + SOTTO_LOOKS
};

static const sotto_part_shape shape = {
    SOTTO_CATALOGUE, KNOWN, REQUIRED,
    {
        SOTTO_TAG('C', 'O', 'L', 'S'), SOTTO_TAG('T', 'I', 'T', 'L'),
        SOTTO_TAG('U', 'R', 'L', 'S'), SOTTO_TAG('I', 'M', 'G', 'S'),
        SOTTO_TAG('C', 'A', 'T', 'S'), SOTTO_TAG('C', 'A', 'T', 'P'),
        SOTTO_TAG('B', 'R', 'N', 'D'), SOTTO_TAG('C', 'T', 'O', 'P'),
        SOTTO_TAG('I', 'D', 'S', ' '), SOTTO_TAG('A', 'T', 'T', 'N'),
        SOTTO_TAG('A', 'T', 'T', 'V'), SOTTO_TAG('A', 'T', 'V', 'N'),
        SOTTO_TAG('A', 'T', 'T', 'R'), SOTTO_TAG('n', 'e', 'w', 's'),
        SOTTO_TAG('l', 'n', 'k', '1'), SOTTO_TAG('l', 'n', 'k', '2'),
        SOTTO_TAG('l', 'n', 'k', '3'), SOTTO_TAG('l', 'n', 'k', '4'),
    },
};

/* ---- Opening --------------------------------------------------------------------------------- */

static void open_columns(sotto_catalogue *catalogue, sotto_reader *reader)
{
    uint32_t n = catalogue->item_count;
    catalogue->columns = sotto_reader_take(reader, 8 * n);
    sotto_reader_indexes(reader, 2, n, catalogue->categories.count, true);
    sotto_reader_indexes(reader, 2, n, catalogue->brands.count, true);
    sotto_reader_indexes(reader, 1, n, SOTTO_COLS_ALL_FLAGS + 1, false);
    sotto_reader_finish(reader);
}

static void open_texts(sotto_texts *texts, sotto_reader *reader, uint32_t item_count)
{
    uint32_t template_size = sotto_reader_number(reader, 2, 0, UINT16_MAX);
    sotto_reader_number(reader, 2, 0, 0);
    uint32_t size = texts->strings.size = sotto_reader_u32(reader);
    texts->strings.block_offsets =
        sotto_reader_ascending(reader, sotto_blocks_for(item_count), size);
    const char *template = (const char *)sotto_reader_take(reader, template_size);
    texts->template = (sotto_text){template, template_size};
    sotto_reader_align(reader);
    texts->strings.bytes = sotto_reader_take(reader, size);
    sotto_reader_finish(reader);
}

/* Parents come before their children, so that going up always ends. */
static void open_parents(sotto_catalogue *catalogue, sotto_reader *reader)
{
    catalogue->category_parents = sotto_reader_take(reader, 0);
    for (uint32_t i = 0; i < catalogue->categories.count; i++) {
        sotto_reader_indexes(reader, 2, 1, i, true);
    }
    sotto_reader_finish(reader);
}

static void open_category_tops(sotto_catalogue *catalogue, sotto_reader *reader)
{
    catalogue->category_top_starts = sotto_reader_take(reader, 0);
    uint32_t start = sotto_reader_number(reader, 4, 0, 0);
    for (uint32_t i = 0; i < catalogue->categories.count; i++) {
        start = sotto_reader_number(reader, 4, start, start + SOTTO_CTOP_MAX_COUNT);
    }
    catalogue->category_tops =
        sotto_reader_indexes(reader, 4, start, catalogue->item_count, false);
    sotto_reader_finish(reader);
}

/* Attributes are all there or not at all. */
static void open_attributes(sotto_catalogue *catalogue, sotto_reader *reader,
                            const sotto_section *sections)
{
    uint32_t there = 0;
    for (uint32_t i = ATTN; i <= ATTR; i++) {
        there += sotto_section_exists(&sections[i]);
    }
    if (there == 0) {
        return;
    }
    if (there != ATTR - ATTN + 1) {
        sotto_reader_refuse(reader, SOTTO_INVALID, SOTTO_HEAD_SIZE, "section missing");
    }
    sotto_reader_enter(reader, &sections[ATTN]);
    sotto_string_list_open(&catalogue->attribute_names, reader);
    sotto_reader_enter(reader, &sections[ATTV]);
    sotto_string_list_open(&catalogue->attribute_values, reader);
    sotto_reader_enter(reader, &sections[ATVN]);
    catalogue->attribute_value_names =
        sotto_reader_indexes(reader, 2, catalogue->attribute_values.count,
                             catalogue->attribute_names.count, false);
    sotto_reader_finish(reader);

    sotto_reader_enter(reader, &sections[ATTR]);
    uint32_t block_count = sotto_blocks_for(catalogue->item_count);
    sotto_strings *attributes = &catalogue->attributes;
    attributes->size = sotto_reader_left(reader) - 4 * block_count;
    attributes->block_offsets = sotto_reader_ascending(reader, block_count, attributes->size);
    attributes->bytes = sotto_reader_take(reader, attributes->size);
}

void sotto_catalogue_open(sotto_catalogue *catalogue, sotto_part *part, sotto_reader *reader,
                          uint32_t model_item_count, uint64_t model_identity)
{
    sotto_part_open(part, &shape, reader);
    if (part->item_count < model_item_count) {
        sotto_reader_refuse(reader, SOTTO_MISMATCH, SOTTO_HEAD_ITEM_COUNT, "another model's items");
    }
    if (part->identity != model_identity) {
        sotto_reader_refuse(reader, SOTTO_MISMATCH, SOTTO_HEAD_IDENTITY, "another model's items");
    }
    const sotto_section *sections = part->sections;
    uint32_t new_count = part->item_count - model_item_count;
    if (sotto_section_exists(&sections[IDS]) != (new_count != 0)) {
        sotto_reader_refuse(reader, SOTTO_INVALID, SOTTO_HEAD_SIZE, "ids of new items");
    }
    memset(catalogue, 0, sizeof *catalogue);
    if (reader->status != SOTTO_OK) {
        return;
    }
    catalogue->item_count = part->item_count;
    if (new_count != 0) {
        sotto_reader_enter(reader, &sections[IDS]);
        sotto_ids_open(&catalogue->new_ids, reader, new_count);
    }
    sotto_reader_enter(reader, &sections[CATS]);
    sotto_string_list_open(&catalogue->categories, reader);
    sotto_reader_enter(reader, &sections[BRND]);
    sotto_string_list_open(&catalogue->brands, reader);
    sotto_reader_enter(reader, &sections[COLS]);
    open_columns(catalogue, reader);
    for (uint32_t i = 0; i < SOTTO_FIELD_COUNT; i++) {
        sotto_reader_enter(reader, &sections[TITL + i]);
        open_texts(&catalogue->texts[i], reader, part->item_count);
    }
    sotto_reader_enter(reader, &sections[CATP]);
    open_parents(catalogue, reader);
    sotto_reader_enter(reader, &sections[CTOP]);
    open_category_tops(catalogue, reader);
    open_attributes(catalogue, reader, sections);
    if (sotto_section_exists(&sections[NEWS])) {
        sotto_reader_enter(reader, &sections[NEWS]);
        catalogue->newest_count = sotto_reader_left(reader) / 4;
        catalogue->newest = sotto_reader_indexes(reader, 4, catalogue->newest_count,
                                                 part->item_count, false);
        sotto_reader_finish(reader);
    }
}

/* ---- Asking ---------------------------------------------------------------------------------- */

/* An index of a list as the file keeps it, as the interface gives it. */
static uint32_t reference_at(const uint8_t *at)
{
    uint32_t value = sotto_load_u16(at);
    return value == SOTTO_LIST_NONE ? SOTTO_NONE : value;
}

sotto_item_facts sotto_item_get(const sotto_bundle *bundle, uint32_t index)
{
    size_t n = bundle->catalogue.item_count;
    sotto_item_facts facts = {SOTTO_NO_PRICE, SOTTO_NO_PRICE, SOTTO_NONE, SOTTO_NONE, true, true};
    if (index < n) {
        const uint8_t *columns = bundle->catalogue.columns;
        facts.price = sotto_load_u32(columns + 4 * (size_t)index);
        facts.list_price = sotto_load_u32(columns + 4 * (n + index));
        columns += 8 * n;
        facts.category = reference_at(columns + 2 * (size_t)index);
        facts.brand = reference_at(columns + 2 * (n + index));
        columns += 4 * n;
        facts.listed = (columns[index] & SOTTO_COLS_LISTED) != 0;
        facts.in_stock = (columns[index] & SOTTO_COLS_IN_STOCK) != 0;
    }
    return facts;
}

sotto_text sotto_item_text(const sotto_bundle *bundle, sotto_field field, uint32_t index)
{
    if ((uint32_t)field >= SOTTO_FIELD_COUNT || index >= bundle->catalogue.item_count) {
        return (sotto_text){NULL, 0};
    }
    return sotto_strings_get(&bundle->catalogue.texts[field].strings, index);
}

sotto_text sotto_item_template(const sotto_bundle *bundle, sotto_field field)
{
    return (uint32_t)field < SOTTO_FIELD_COUNT ? bundle->catalogue.texts[field].template
                                               : (sotto_text){NULL, 0};
}

/* A cursor at the values of an item; `*count` is how many there can be at most. */
static sotto_cursor attributes_of(const sotto_bundle *bundle, uint32_t index, uint32_t *count)
{
    *count = 0;
    if (index >= bundle->catalogue.item_count || bundle->catalogue.attributes.bytes == NULL) {
        return (sotto_cursor){NULL, NULL, true};
    }
    sotto_cursor cursor = sotto_strings_block(&bundle->catalogue.attributes, index);
    for (uint32_t steps = index % SOTTO_BLOCK_COUNT; steps > 0; steps--) {
        uint32_t values = sotto_cursor_varint(&cursor);
        for (; values > 0 && !cursor.failed; values--) {
            sotto_cursor_varint(&cursor);
        }
    }
    *count = sotto_cursor_varint(&cursor);
    return cursor;
}

uint32_t sotto_item_attribute_count(const sotto_bundle *bundle, uint32_t index)
{
    uint32_t count;
    sotto_cursor cursor = attributes_of(bundle, index, &count);
    return sotto_min_u32(count, (uint32_t)sotto_cursor_left(&cursor));
}

bool sotto_item_attribute(const sotto_bundle *bundle, uint32_t index, uint32_t number,
                          sotto_text *name, sotto_text *value)
{
    const sotto_catalogue *catalogue = &bundle->catalogue;
    uint32_t count;
    sotto_cursor cursor = attributes_of(bundle, index, &count);
    if (number >= count) {
        return false;
    }
    for (uint32_t i = 0; i < number && !cursor.failed; i++) {
        sotto_cursor_varint(&cursor);
    }
    uint32_t found = sotto_cursor_varint(&cursor);
    if (cursor.failed || found >= catalogue->attribute_values.count) {
        return false;
    }
    *value = sotto_string_list_get(&catalogue->attribute_values, found);
    *name = sotto_string_list_get(&catalogue->attribute_names,
                                  sotto_load_u16(catalogue->attribute_value_names + 2 * found));
    return true;
}

uint32_t sotto_category_count(const sotto_bundle *bundle)
{
    return bundle->catalogue.categories.count;
}

sotto_text sotto_category_name(const sotto_bundle *bundle, uint32_t category)
{
    return sotto_string_list_get(&bundle->catalogue.categories, category);
}

static uint64_t key_of(const sotto_string_list *list, uint32_t index)
{
    sotto_text name = sotto_string_list_get(list, index);
    return sotto_hash(name.bytes, name.size);
}

uint64_t sotto_category_key(const sotto_bundle *bundle, uint32_t category)
{
    return key_of(&bundle->catalogue.categories, category);
}

uint32_t sotto_category_parent(const sotto_bundle *bundle, uint32_t category)
{
    SOTTO_ASSERT(category < sotto_category_count(bundle));
    return reference_at(bundle->catalogue.category_parents + 2 * category);
}

uint32_t sotto_category_root(const sotto_bundle *bundle, uint32_t category)
{
    uint32_t root = category;
    while (category != SOTTO_NONE) {
        root = category;
        category = sotto_category_parent(bundle, category);
    }
    return root;
}

uint32_t sotto_category_top(const sotto_bundle *bundle, uint32_t category, uint32_t index)
{
    const uint8_t *starts = bundle->catalogue.category_top_starts + 4 * (size_t)category;
    SOTTO_ASSERT(category < sotto_category_count(bundle));
    uint32_t start = sotto_load_u32(starts);
    if (index >= sotto_load_u32(starts + 4) - start) {
        return SOTTO_NO_ITEM;
    }
    return sotto_load_u32(bundle->catalogue.category_tops + 4 * (size_t)(start + index));
}

uint32_t sotto_brand_count(const sotto_bundle *bundle)
{
    return bundle->catalogue.brands.count;
}

sotto_text sotto_brand_name(const sotto_bundle *bundle, uint32_t brand)
{
    return sotto_string_list_get(&bundle->catalogue.brands, brand);
}

uint64_t sotto_brand_key(const sotto_bundle *bundle, uint32_t brand)
{
    return key_of(&bundle->catalogue.brands, brand);
}

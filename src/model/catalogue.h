/*
 * catalogue.h - what is needed to draw and to filter an item
 *
 * memory    Views into the catalogue's bytes.
 * trust     The part may be hostile until opened; then every category, brand and item index in it
 *           is within its list, and a text or attribute that is no good is empty.
 */
#ifndef SOTTO_MODEL_CATALOGUE_H
#define SOTTO_MODEL_CATALOGUE_H

#include "format/part.h"
#include "model/items.h"

enum { SOTTO_FIELD_COUNT = SOTTO_IMAGE + 1 };

typedef struct sotto_texts {
    sotto_text    template;
    sotto_strings strings;
} sotto_texts;

typedef struct sotto_catalogue {
    uint32_t          item_count;  /* the model's items and the new ones */
    const uint8_t    *columns;     /* NULL: there is no catalogue */
    sotto_ids         new_ids;     /* of the items the model does not have */
    sotto_texts       texts[SOTTO_FIELD_COUNT];
    sotto_string_list categories;
    sotto_string_list brands;
    sotto_string_list attribute_names;
    sotto_string_list attribute_values;
    const uint8_t    *category_parents;
    const uint8_t    *category_top_starts;
    const uint8_t    *category_tops;
    const uint8_t    *attribute_value_names;
    sotto_strings     attributes;  /* blocks of lists of numbers rather than of strings */
    const uint8_t    *newest;      /* item indexes, newest first */
    uint32_t          newest_count;
} sotto_catalogue;

/*
 * Reads a whole catalogue but its links, for a model of this many items and this identity. The
 * sections of links stand in `part`, by relation, from SOTTO_CATALOGUE_LINKS on.
 */
enum { SOTTO_CATALOGUE_LINKS = 14 };

void sotto_catalogue_open(sotto_catalogue *catalogue, sotto_part *part, sotto_reader *reader,
                          uint32_t model_item_count, uint64_t model_identity);

/* The key of a category or brand, by which profiles and campaigns know it. index < count. */
uint64_t sotto_category_key(const sotto_bundle *bundle, uint32_t category);
uint64_t sotto_brand_key(const sotto_bundle *bundle, uint32_t brand);

/* The top-level ancestor of a category, itself if it is one. SOTTO_NONE stays SOTTO_NONE. */
uint32_t sotto_category_root(const sotto_bundle *bundle, uint32_t category);

#endif

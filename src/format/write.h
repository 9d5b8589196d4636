/*
 * write.h - structs in, bundle bytes out (native only; never part of the WebAssembly)
 *
 * memory    Inputs are borrowed for the call. The output is allocated with malloc and is the
 *           caller's to free.
 * trust     Inputs come from our own trainer and publisher, but limits of docs/FORMAT.md are
 *           checked: a content that cannot be written is SOTTO_INVALID with a sentence in `why`.
 * threads   Any number.
 *
 * Every file written is opened and compared by the caller's tests; the same content gives the
 * same bytes.
 */
#ifndef SOTTO_FORMAT_WRITE_H
#define SOTTO_FORMAT_WRITE_H

#include "sotto.h"

typedef struct sotto_bytes {
    uint8_t *bytes;                /* malloc'ed, NULL if nothing was written */
    size_t   size;
} sotto_bytes;

/* A string of the caller's, not terminated. */
typedef sotto_text sotto_string;

/* One table of links: rows in item order, links of a row in ascending order of item. */
typedef struct sotto_link_table_content {
    sotto_relation  relation;
    uint32_t        max_links;     /* 1 to SOTTO_MAX_LINKS */
    uint32_t        group_bits;    /* 0 to 6; 3 is a good start */
    bool            normalise;
    uint32_t        weight_count;  /* 1 to 16 */
    uint16_t        weights[16];   /* by code, descending */
    const uint32_t *row_starts;    /* item_count + 1 positions in the arrays below */
    const uint32_t *items;         /* target indexes */
    const uint8_t  *codes;         /* weight codes */
} sotto_link_table_content;

typedef struct sotto_parameter {
    uint16_t key;
    int32_t  value;
} sotto_parameter;

typedef struct sotto_model_content {
    uint32_t                        item_count;
    const sotto_string             *ids;             /* item_count, in index order */
    const uint8_t                  *popularity;      /* codes of FORMAT.md 3.2 */
    const uint32_t                 *popular, *trending;
    uint32_t                        popular_count, trending_count;
    const sotto_link_table_content *tables;
    uint32_t                        table_count;     /* 0 to 2 */
    uint32_t                        history_count;   /* 1 to 32 */
    uint32_t                        position_weight[32], repeat_weight[32];   /* Q16 */
    const sotto_parameter          *parameters;
    uint32_t                        parameter_count;
} sotto_model_content;

/* `why` (may be NULL) gets static text on failure. */
sotto_status sotto_model_write(const sotto_model_content *content, sotto_bytes *out,
                               const char **why);

typedef struct sotto_catalogue_item {
    sotto_string    title, url, image;               /* empty: template or none */
    uint32_t        price, list_price;               /* SOTTO_NO_PRICE if unknown */
    uint32_t        category, brand;                 /* index or SOTTO_NONE */
    bool            listed, in_stock;
    const uint32_t *values;                          /* attribute values, ascending */
    uint32_t        value_count;
} sotto_catalogue_item;

typedef struct sotto_catalogue_content {
    uint64_t                    identity;            /* of the model */
    uint32_t                    model_item_count;
    uint32_t                    item_count;          /* at least that */
    const sotto_string         *new_ids;             /* of the items past the model's */
    const sotto_catalogue_item *items;
    sotto_string                title_template, url_template, image_template;
    const sotto_string         *categories;          /* whole paths; parents before children */
    const uint32_t             *category_parents;    /* index or SOTTO_NONE */
    uint32_t                    category_count;
    const sotto_string         *brands;
    uint32_t                    brand_count;
    const sotto_string         *attribute_names;
    uint32_t                    attribute_name_count;
    const sotto_string         *attribute_values;
    const uint32_t             *attribute_value_names;   /* index into names */
    uint32_t                    attribute_value_count;
    const uint32_t             *category_top_starts;     /* category_count + 1 */
    const uint32_t             *category_top;
} sotto_catalogue_content;

sotto_status sotto_catalogue_write(const sotto_catalogue_content *content, sotto_bytes *out,
                                   const char **why);

typedef struct sotto_pin {
    uint8_t  position;
    uint64_t item;
} sotto_pin;

typedef struct sotto_slot_content {
    sotto_string    name, heading;
    const uint8_t  *strategies;
    uint32_t        strategy_count;
    uint32_t        count, min, filters, max_per_brand;
    const sotto_pin *pinned;
    uint32_t        pinned_count;
    const uint64_t *manual;
    uint32_t        manual_count;
    const uint64_t *excluded;
    uint32_t        excluded_count;
    uint32_t        price_low_percent, price_high_percent;
    uint32_t        price_low, price_high;
} sotto_slot_content;

typedef struct sotto_campaigns_content {
    sotto_string              shop_id, shop_name, currency, locale;
    uint32_t                  price_decimals;
    uint32_t                  just_bought_s, session_gap_s, retention_s, interest_half_life_s;
    const uint64_t           *excluded_items;
    uint32_t                  excluded_item_count;
    const uint64_t           *excluded_categories;
    uint32_t                  excluded_category_count;
    const uint64_t           *excluded_brands;
    uint32_t                  excluded_brand_count;
    const sotto_slot_content *slots;                 /* any order */
    uint32_t                  slot_count;
} sotto_campaigns_content;

sotto_status sotto_campaigns_write(const sotto_campaigns_content *content, sotto_bytes *out,
                                   const char **why);

typedef struct sotto_manifest_part_content {
    sotto_kind kind;
    uint32_t   size;
    uint8_t    sha256[32];
} sotto_manifest_part_content;

typedef struct sotto_manifest_content {
    uint64_t                           sequence, created_s, expires_s, shop, identity;
    const sotto_manifest_part_content *parts;        /* ascending by kind */
    uint32_t                           part_count;
} sotto_manifest_content;

/*
 * Signs the bytes it is given: writes 64 bytes to `signature`, returns false if it cannot. The
 * writer hands over the domain string and the manifest together, as FORMAT.md section 6 says.
 */
typedef bool sotto_signer(void *context, const uint8_t *message, size_t message_size,
                          uint8_t signature[64]);

/* `signer` may be NULL: an unsigned manifest. */
sotto_status sotto_manifest_write(const sotto_manifest_content *content, sotto_signer *signer,
                                  void *signer_context, uint64_t key_id, sotto_bytes *out,
                                  const char **why);

#endif

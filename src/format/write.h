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

/*
 * One table of links: rows in item order, links of a row in ascending order of item. There are as
 * many rows as the part has items.
 */
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

/*
 * Sections made elsewhere, to be written into a part as they are. The list owns their bytes.
 */
enum { SOTTO_MAX_LISTED_SECTIONS = 32 };

typedef struct sotto_section_list {
    uint32_t    count;
    char        tags[SOTTO_MAX_LISTED_SECTIONS][4];
    sotto_bytes sections[SOTTO_MAX_LISTED_SECTIONS];
} sotto_section_list;

/* Adds a section, whose bytes now belong to the list. False, and freed, if the list is full. */
bool sotto_section_list_add(sotto_section_list *list, const char tag[4], sotto_bytes section);
void sotto_section_list_free(sotto_section_list *list);

/* Frees all but the first `count`. */
void sotto_section_list_cut(sotto_section_list *list, uint32_t count);

typedef struct sotto_model_content {
    uint32_t                        item_count;
    const sotto_string             *ids;             /* item_count, in index order */
    const uint8_t                  *popularity;      /* codes of FORMAT.md 3.2 */
    const uint32_t                 *popular, *trending;
    uint32_t                        popular_count, trending_count;
    const sotto_link_table_content *tables;
    uint32_t                        table_count;     /* 0 to 3; relations 1 to 3 */
    uint32_t                        history_count;   /* 1 to 32 */
    uint32_t                        position_weight[32], repeat_weight[32];   /* Q16 */
    const sotto_parameter          *parameters;
    uint32_t                        parameter_count;
    const sotto_section_list       *sections;        /* more, behind the others; may be NULL */
} sotto_model_content;

/* `why` (may be NULL) gets static text on failure. */
sotto_status sotto_model_write(const sotto_model_content *content, sotto_bytes *out,
                               const char **why);

/*
 * The ranker (FORMAT.md section 5a). What a content leaves out, a NULL or a count of 0, has no
 * section. Row-major arrays throughout.
 */
typedef struct sotto_vector_class {
    uint8_t  least;                                  /* popularity code; 0 for the last class */
    uint8_t  bits;                                   /* 0 to 4 */
    uint32_t step;                                   /* Q20 */
} sotto_vector_class;

/* A tree, from its first split down, what is left of a split before what is right of it. */
#define SOTTO_TREE_SPLITS 63

typedef struct sotto_tree_split {
    uint8_t feature;                                 /* at most the threshold: left */
    uint8_t left_count;                              /* splits on the left */
    int16_t threshold;
    int8_t  value;                                   /* the mean of what is below */
} sotto_tree_split;

typedef struct sotto_tree_content {
    uint32_t         split_count;                    /* at least 1 */
    uint32_t         scale;                          /* values are times 2^scale; 0 to 12 */
    sotto_tree_split splits[SOTTO_TREE_SPLITS];
    int8_t           leaves[SOTTO_TREE_SPLITS + 1];  /* from left to right */
} sotto_tree_content;

typedef struct sotto_ranker_content {
    uint32_t                  item_count;
    const uint8_t            *popularity;            /* the model's codes: they give the classes */

    uint32_t                  dimensions;            /* vect; 0 for none */
    sotto_vector_class        classes[5];
    uint32_t                  class_count;
    const uint8_t            *codes;                 /* item_count rows of codes 0 to 2^bits - 1 */

    uint32_t                  block_bits;            /* near; centroids NULL for none */
    uint32_t                  visit_count;
    uint32_t                  centroid_step;         /* Q20 */
    const int8_t             *centroids;

    uint32_t                  history_count;         /* enco; 0 for none */
    int32_t                   affinity;              /* Q16 */
    int32_t                   position[20];          /* Q16 */
    uint32_t                  depth_count;
    const int16_t            *depth;                 /* Q12, depth_count rows */
    uint32_t                  encoder_hidden;        /* 0, or a multiple of 8 */
    const int8_t             *encoder_weights_1;     /* hidden rows of 2 D */
    const uint32_t           *encoder_scale_1;       /* Q24 */
    const int32_t            *encoder_bias;          /* Q16 */
    const int8_t             *encoder_weights_2;     /* D rows of hidden */
    const uint32_t           *encoder_scale_2;       /* Q24 */

    const uint8_t            *recency;               /* rcnt: codes 0 to 15; NULL for none */
    int16_t                   recency_offsets[16];   /* Q8 */

    uint32_t                  feature_count;         /* rank; 0 for none */
    uint32_t                  vector_count, table_count, session_count;
    uint8_t                   features[64];          /* numbers, ascending */
    int32_t                   feature_mean[64];
    uint32_t                  feature_factor[64];    /* Q16 */
    uint32_t                  hidden;                /* 0, or a multiple of 4 */
    uint32_t                  shift_1, shift_2;
    const int32_t            *bias;                  /* Q10 */
    const int16_t            *weights_1;             /* hidden rows of feature_count */
    const int16_t            *weights_2;             /* hidden */
    const int16_t            *skip;                  /* feature_count */

    const sotto_tree_content *trees;                 /* tree; in place of rank */
    uint32_t                  tree_count;            /* 0 for none */
    uint32_t                  tree_shift;            /* scores are Q of this */
} sotto_ranker_content;

/*
 * Adds the content's sections to a list, in the order of FORMAT.md; on failure adds none. Clusters
 * and what the next basket needs have writers of their own.
 */
sotto_status sotto_ranker_sections(const sotto_ranker_content *content, sotto_section_list *list,
                                   const char **why);

/* Clusters of shoppers (FORMAT.md 5a.6). */
typedef struct sotto_clusters_content {
    uint32_t        item_count;
    uint32_t        cluster_count;                   /* 2 to 16 */
    uint32_t        block_count;                     /* 1 to 64 */
    int16_t         silhouette;                      /* Q14 */
    uint16_t        davies_bouldin;                  /* Q8 */
    const uint16_t *shares;                          /* Q16 */
    const uint8_t  *centroids;                       /* rows of block_count + 4, to 127 */
    const uint8_t  *typical_counts;                  /* 0 to 16 each */
    const uint32_t *typical;                         /* indexes, cluster after cluster */
} sotto_clusters_content;

/* Adds the section to a list; on failure adds none. */
sotto_status sotto_clusters_section(const sotto_clusters_content *content,
                                    sotto_section_list *list, const char **why);

/* What the next basket needs (FORMAT.md 5a.7). */
typedef struct sotto_basket_content {
    uint32_t                        item_count;
    uint32_t                        decay;           /* Q16 */
    const uint32_t                 *popular;         /* indexes, best first */
    uint32_t                        popular_count;   /* at most 256 */
    const sotto_ranker_content     *network;         /* its fields of `rank`; table_count: others */
    const uint8_t                  *popularity;      /* item_count codes */
    const uint8_t                  *before;          /* ever | lately << 4, codes of 4 bits */
    uint16_t                        before_base, before_step;   /* log2, Q8 */
    const uint8_t                  *lifts;           /* codes 0 to 15; NULL for none */
    int16_t                         lift_base;       /* log2, Q8 */
    uint16_t                        lift_step;
    const uint8_t                  *rhythm;          /* NULL for none */
    const sotto_link_table_content *links;           /* of any relation; NULL for none */
} sotto_basket_content;

/* Adds the sections to a list; on failure adds none. */
sotto_status sotto_basket_sections(const sotto_basket_content *content, sotto_section_list *list,
                                   const char **why);

/* Writes a part of kind SOTTO_RANKER that consists of these sections. */
sotto_status sotto_ranker_write(uint32_t item_count, uint64_t identity,
                                const sotto_section_list *list, sotto_bytes *out,
                                const char **why);

/*
 * Splits the model file of a trainer, which opens as a model, into the model part and the ranker
 * part that are published: sections whose tag begins with a small letter are the ranker's. Without
 * any, `ranker` is left with NULL bytes.
 */
sotto_status sotto_model_split(const void *bytes, size_t size, sotto_bytes *model,
                               sotto_bytes *ranker, const char **why);

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
    const sotto_link_table_content *tables;          /* rows for all items; relations 1 to 4 */
    uint32_t                    table_count;
    const uint32_t             *newest;              /* items, newest first */
    uint32_t                    newest_count;
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

/* Whose word on consent counts (section `cnst`); sources are those of model/consent.h. */
typedef struct sotto_consent_content {
    uint32_t            source, flags;
    sotto_string        policy;
    uint32_t            standing_yes;                /* what SITE says of these three */
    const sotto_string *names[3];                    /* what the source calls store, personalise, */
    uint32_t            name_counts[3];              /* measure; NULL: its usual names */
} sotto_consent_content;

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
    const sotto_consent_content *consent;            /* NULL: the shop's own code */
    const struct sotto_plan_content *plan;           /* format/plan_write.h; NULL: none */
} sotto_campaigns_content;

sotto_status sotto_campaigns_write(const sotto_campaigns_content *content, sotto_bytes *out,
                                   const char **why);

/* Pictures of items (FORMAT.md 5b), in ascending order of item. */
typedef struct sotto_picture_content {
    uint32_t           item;
    sotto_picture_type type;
    const uint8_t     *bytes;
    size_t             size;                         /* not 0 */
} sotto_picture_content;

typedef struct sotto_pictures_content {
    uint64_t                     identity;           /* of the model */
    uint32_t                     item_count;         /* of the catalogue */
    const sotto_picture_content *pictures;
    uint32_t                     picture_count;      /* at most 65,535 */
} sotto_pictures_content;

sotto_status sotto_pictures_write(const sotto_pictures_content *content, sotto_bytes *out,
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

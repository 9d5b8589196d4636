/*
 * Publish - from site, feed and model to the parts of a bundle
 *
 *     feed.c                what the shop sells
 *     publish_ids.c         whether model and feed speak of the same products
 *     publish_catalogue.c   products and model -> catalogue part
 *     publish_looks.c       what looks alike, links to and from new items
 *     publish_news.c        the newest items
 *     publish_names.c       categories, brands and attributes as sorted lists
 *     publish_template.c    addresses that follow from the id
 *     publish_campaigns.c   slots, rules, consent -> campaigns part
 *     publish_folder.c      parts, manifest and runtime files in one folder
 */
#ifndef SOTTO_CLI_PUBLISH_H
#define SOTTO_CLI_PUBLISH_H

#include "cli/feed.h"
#include "cli/files.h"
#include "cli/json.h"
#include "cli/keys.h"
#include "model/bundle.h"
#include "train/content.h"

/* A sorted list of different texts. */
typedef struct cli_names {
    sotto_text *names;
    uint32_t    count;
} cli_names;

/* Sorts, drops empty and equal ones; the array is used in place. */
cli_names cli_names_sort(sotto_text *names, size_t count);

/* By bytes; a text comes before one that goes on. */
int cli_text_compare(sotto_text a, sotto_text b);

/* The index of a name, SOTTO_NONE if it is empty or not there. */
uint32_t cli_names_find(const cli_names *names, sotto_text name);

/* The categories of all products and those above them. */
cli_names cli_names_of_categories(cli_pool *pool, const cli_feed *feed);
cli_names cli_names_of_brands(cli_pool *pool, const cli_feed *feed);

/* The path of the category above; empty at the top. */
sotto_text cli_category_above(sotto_text path);

/* Attribute values, sorted by attribute and text. */
typedef struct cli_value {
    uint32_t   attribute;
    sotto_text text;
} cli_value;

typedef struct cli_values {
    cli_value *values;
    uint32_t   count;
} cli_values;

cli_values cli_values_of(cli_pool *pool, const cli_feed *feed, size_t attribute_count);
uint32_t   cli_values_find(const cli_values *values, cli_value value);

/*
 * The address most products have if their id is replaced by {id}: "/p/{id}.html". Empty if less
 * than half of those with an address share one. `offset` is where in cli_product the address
 * stands.
 */
sotto_text cli_template_guess(cli_pool *pool, const cli_feed *feed, size_t offset);

/* Whether an address is what the template gives for this id. */
bool cli_template_gives(sotto_text address_template, sotto_text id, sotto_text address);

/* The address that the template gives for an id. */
sotto_text cli_template_fill(cli_pool *pool, const char *address_template, sotto_text id);

/* A model of the feed's ids without links, for a shop without logs. */
bool cli_publish_bare_model(cli_pool *pool, const cli_feed *feed, sotto_bytes *part);

/* How many ids model and feed have, and both; an id that only one of them has. */
typedef struct cli_ids {
    uint32_t   model, feed, both;
    sotto_text model_example, feed_example;
} cli_ids;

cli_ids cli_publish_ids(cli_pool *pool, const cli_feed *feed, const sotto_bundle *model);

/* False, with the mistake said, if both have products and none is the same. */
bool cli_ids_meet(const cli_ids *ids, const char *feed_file);

/* Warns if too few are the same. */
void cli_ids_report(const cli_ids *ids, const char *feed_file);

/* What content was found to say. */
typedef struct cli_looks {
    sotto_content_weights weights;
    uint32_t              asked;   /* items whose learned links chose the weights; 0: the defaults */
    double                before, after;   /* percent of those links found: by defaults, by choice */
    uint64_t              links;
} cli_looks;

/*
 * Adds the tables of links that the catalogue has of its own to what is about to be written, at
 * most `max_links` items that look alike for each; 0 adds none.
 */
bool cli_publish_looks(cli_pool *pool, const sotto_bundle *model, uint32_t max_links,
                       sotto_catalogue_content *catalogue, cli_looks *report);

/* Says it to people, and as a member of an object. */
void cli_looks_report(const cli_looks *looks);
void cli_looks_json(cli_json *json, const cli_looks *looks);

/*
 * Adds the newest items: by the feed's column `added` or, where it has none, the last ones in the
 * feed of those that the model does not know (of all, if it knows nothing but the feed).
 * `indexes` are the items of the products.
 */
void cli_publish_news(cli_pool *pool, const cli_feed_source *source, const cli_feed *feed,
                      const uint32_t *indexes, const sotto_bundle *model,
                      sotto_catalogue_content *catalogue);

/*
 * The products' order for items that no model has put in order: what is alike stands together, so
 * that links between them are short. Numbers of products.
 */
uint32_t *cli_publish_order(cli_pool *pool, const cli_feed *feed);

/*
 * The catalogue part. `model` is a bundle with the model alone. Without `images` no address of a
 * picture is in it, so that no page can ask for one.
 */
bool cli_publish_catalogue(cli_pool *pool, const cli_feed_source *feed_source, const cli_feed *feed,
                           const sotto_bundle *model, bool images, sotto_bytes *part,
                           cli_looks *looks);

/* What the campaigns part is meant to take at most, as brotli: all of it is on every page. */
#define CLI_CAMPAIGNS_BUDGET 20000u

/* The thirds of those who bought are those of the model, a file that opened; NULL: the usual ones. */
bool cli_publish_campaigns(const cli_site *site, const uint8_t *model, sotto_bytes *part);

/* The numbers of the products, what is shown most first. `bundle` has model and catalogue. */
uint32_t *cli_publish_shown(cli_pool *pool, const cli_site *site, const cli_feed *feed,
                            const sotto_bundle *bundle);

/* Why a product has no picture. */
typedef enum cli_picture_reason {
    CLI_PICTURE_NO_ADDRESS, CLI_PICTURE_ODD_ADDRESS, CLI_PICTURE_MISSING, CLI_PICTURE_TOO_LARGE,
    CLI_PICTURE_UNKNOWN, CLI_PICTURE_NO_ROOM, CLI_PICTURE_REASONS
} cli_picture_reason;

#define CLI_PICTURE_EXAMPLES 3

typedef struct cli_picture_drop {
    uint32_t    count;
    const char *examples[CLI_PICTURE_EXAMPLES];
} cli_picture_drop;

/* What went into the pictures part, and what did not. */
typedef struct cli_pictures {
    uint32_t         count, products;                /* that have one; of all */
    uint64_t         bytes, budget;                  /* a budget of 0: there is no such part */
    cli_picture_drop drops[CLI_PICTURE_REASONS];
} cli_pictures;

/* The pictures part, for a bundle with model and catalogue. */
bool cli_publish_pictures(cli_pool *pool, const cli_site *site, const cli_feed_source *source,
                          const cli_feed *feed, const sotto_bundle *bundle, sotto_bytes *part,
                          cli_pictures *report);

/* Says it to people, and as a member of an object. */
void cli_pictures_report(const cli_pictures *report);
void cli_pictures_json(cli_json *json, const cli_pictures *report);

/* What goes into the folder. */
typedef struct cli_publication {
    const char  *folder;
    sotto_bytes  parts[SOTTO_PICTURES + 1];  /* by kind; NULL bytes: none */
    uint64_t     identity;
    uint64_t     shop;             /* hash of the shop id */
    uint64_t     sequence;         /* 0: one more than that of the manifest there is */
    uint64_t     created_s, expires_s;
    cli_key_pair *key;             /* NULL: unsigned */
    const char  *runtime;          /* --runtime, or NULL */
    bool         with_runtime;
    uint64_t     page_bytes;       /* out: of the runtime files */
    char         names[SOTTO_PICTURES + 1][64]; /* out: of the parts */
} cli_publication;

/* Writes everything beside its place, then renames, the manifest last. Says why if it cannot. */
bool cli_publish_folder(cli_pool *pool, cli_publication *publication);

/* Adds sotto.js, its chunks and sotto.wasm to a batch; says why if they cannot be found. */
bool cli_publish_runtime(cli_batch *batch, cli_pool *pool, const char *wanted, const char *folder,
                         uint64_t *bytes);

#endif

/*
 * Publish - from site, feed and model to the parts of a bundle
 *
 *     feed.c                what the shop sells
 *     publish_catalogue.c   products and model -> catalogue part
 *     publish_names.c       categories, brands and attributes as sorted lists
 *     publish_template.c    addresses that follow from the id
 *     publish_campaigns.c   slots and rules -> campaigns part
 *     publish_folder.c      parts, manifest and runtime files in one folder
 */
#ifndef SOTTO_CLI_PUBLISH_H
#define SOTTO_CLI_PUBLISH_H

#include "cli/feed.h"
#include "cli/files.h"
#include "cli/keys.h"
#include "model/bundle.h"

/* A sorted list of different texts. */
typedef struct cli_names {
    sotto_text *names;
    uint32_t    count;
} cli_names;

/* Sorts, drops empty and equal ones; the array is used in place. */
cli_names cli_names_sort(sotto_text *names, size_t count);

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

/* A model of the feed's ids without links, for a shop without logs. */
bool cli_publish_bare_model(cli_pool *pool, const cli_feed *feed, sotto_bytes *part);

/* The catalogue part. `model` is a bundle with the model alone. */
bool cli_publish_catalogue(cli_pool *pool, const cli_feed_source *feed_source, const cli_feed *feed,
                           const sotto_bundle *model, sotto_bytes *part);

bool cli_publish_campaigns(const cli_site *site, sotto_bytes *part);

/* What goes into the folder. */
typedef struct cli_publication {
    const char  *folder;
    sotto_bytes  parts[4];         /* by kind; NULL bytes: none */
    uint64_t     identity;
    uint64_t     shop;             /* hash of the shop id */
    uint64_t     sequence;         /* 0: one more than that of the manifest there is */
    uint64_t     created_s, expires_s;
    cli_key_pair *key;             /* NULL: unsigned */
    const char  *runtime;          /* --runtime, or NULL */
    bool         with_runtime;
    uint64_t     page_bytes;       /* out: of the runtime files */
    char         names[4][64];     /* out: of the parts */
} cli_publication;

/* Writes everything beside its place, then renames, the manifest last. Says why if it cannot. */
bool cli_publish_folder(cli_pool *pool, cli_publication *publication);

/* Adds sotto.js, its chunks and sotto.wasm to a batch; says why if they cannot be found. */
bool cli_publish_runtime(cli_batch *batch, cli_pool *pool, const char *wanted, const char *folder,
                         uint64_t *bytes);

#endif

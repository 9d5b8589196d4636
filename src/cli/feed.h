/*
 * Feed - the shop's products, read and checked
 */
#ifndef SOTTO_CLI_FEED_H
#define SOTTO_CLI_FEED_H

#include "cli/site.h"

typedef struct cli_product {
    sotto_text  id, title, url, image, category, brand; /* category as its whole path */
    uint32_t    price, list_price; /* minor units, SOTTO_NO_PRICE if unknown */
    bool        in_stock;
    uint32_t    added_s;           /* since when the shop has it; 0 if unknown */
    uint64_t    hash;              /* of the id */
    uint64_t    line;              /* where it stands in the feed */
    sotto_text *values;            /* by attribute of the feed's source; empty if it has none */
} cli_product;

/* Why rows were left out. The reasons are those of feed.c. */
#define CLI_FEED_REASONS  8
#define CLI_FEED_EXAMPLES 3

typedef struct cli_feed_drop {
    const char *reason;
    uint64_t    count;
    char        examples[CLI_FEED_EXAMPLES][200];
} cli_feed_drop;

typedef struct cli_feed {
    cli_product  *products;        /* in the order of the feed */
    uint32_t      count;
    uint64_t      rows;            /* read */
    uint64_t      bad;             /* left out for a fault */
    uint64_t      replaced;        /* left out for a later row of the same id */
    cli_feed_drop drops[CLI_FEED_REASONS];
    size_t        drop_count;
} cli_feed;

/*
 * Reads the feed. False, having said why, if the file or its header is no good, too many rows are
 * bad, or an id stands twice and the site does not say that the last one counts.
 */
bool cli_feed_read(cli_pool *pool, const cli_feed_source *source, uint32_t price_decimals,
                   cli_feed *feed);

/* Says what was left out. */
void cli_feed_report(const cli_feed_source *source, const cli_feed *feed);

#endif

/*
 * Trained items - what the logs say of the items, kept for publishing
 *
 * A shop without a feed still has titles and prices, in its logs. Training writes them beside the
 * model, as a feed in NDJSON, so that publishing need not read the logs again and has one way of
 * reading products.
 */
#ifndef SOTTO_CLI_TRAINED_ITEMS_H
#define SOTTO_CLI_TRAINED_ITEMS_H

#include "cli/files.h"
#include "cli/site.h"

/* "model.sotto.items.ndjson" for "model.sotto". */
char *cli_trained_items_file(cli_pool *pool, const char *model_file);

/* Adds the file to a batch; says why if it cannot. */
bool cli_trained_items_add(cli_batch *batch, cli_pool *pool, const char *file,
                           const sotto_trained *trained);

/* How publishing reads it back. */
cli_feed_source cli_trained_items_feed(const char *file);

#endif

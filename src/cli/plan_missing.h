/*
 * Plan missing - what the plan names and the catalogue lacks
 */
#ifndef SOTTO_CLI_PLAN_MISSING_H
#define SOTTO_CLI_PLAN_MISSING_H

#include "cli/feed.h"

/* Adds a warning for each item, category and brand that is not in the feed. */
void cli_plan_missing(cli_pool *pool, const cli_site *site, const cli_feed *feed,
                      cli_mistakes *warnings);

#endif

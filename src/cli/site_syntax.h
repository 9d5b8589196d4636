/*
 * Site syntax - why a text is no JSON, in words that mend it
 */
#ifndef SOTTO_CLI_SITE_SYNTAX_H
#define SOTTO_CLI_SITE_SYNTAX_H

#include "cli/pool.h"

#include <stddef.h>

/*
 * The first place at which a terminated text stops being JSON, in `at`, and what is wrong there; NULL
 * if this finds nothing, or the text nests more than 1,000 deep.
 */
const char *cli_site_syntax(cli_pool *pool, const char *text, size_t *at);

#endif

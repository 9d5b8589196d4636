/*
 * Excerpt - the place in a text that something is said of
 *
 *     cart.totl >= 40 and cart.total < 60
 *     ^~~~~~~~~
 */
#ifndef SOTTO_CLI_EXCERPT_H
#define SOTTO_CLI_EXCERPT_H

#include "cli/pool.h"

typedef struct cli_excerpt {
    const char *text, *marker;     /* a line each */
    unsigned    column;            /* of the place within its line, in characters, from 1 */
} cli_excerpt;

/* `size` bytes at `at`; none: where the text ends, or something is missing. */
cli_excerpt cli_excerpt_of(cli_pool *pool, sotto_text text, size_t at, size_t size);

#endif

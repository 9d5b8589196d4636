/*
 * Pool - memory for one command, given back all at once
 *
 * A command reads a site file, a feed and a model, writes, and ends. What it needs in between
 * comes from a pool. Memory that cannot be had ends the program with a sentence and exit status 1:
 * there is nothing a command could do about it.
 */
#ifndef SOTTO_CLI_POOL_H
#define SOTTO_CLI_POOL_H

#include "sotto.h"
#include "train/fault.h"

#include <stddef.h>

typedef struct cli_pool {
    struct cli_pool_block *blocks; /* starts as NULL */
} cli_pool;

/* Zeroed memory, aligned for anything, good until cli_pool_free. */
void *cli_pool_alloc(cli_pool *pool, size_t count, size_t size);

/* A terminated copy. */
char *cli_pool_copy(cli_pool *pool, const char *bytes, size_t size);

/* A formatted text. */
char *cli_pool_print(cli_pool *pool, const char *format, ...) SOTTO_PRINTF(2, 3);

void cli_pool_free(cli_pool *pool);

/*
 * For arrays that grow: gives `array` (malloc'ed or NULL) room for at least one more than `count`
 * elements, doubling. The new array; the caller frees it.
 */
void *cli_array_grow(void *array, size_t count, size_t *room, size_t size);

#endif

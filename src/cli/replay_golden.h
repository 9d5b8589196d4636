/*
 * Golden - what a replay printed once, held against what it prints now
 */
#ifndef SOTTO_CLI_REPLAY_GOLDEN_H
#define SOTTO_CLI_REPLAY_GOLDEN_H

#include "cli/pool.h"

#include <stdio.h>

typedef struct cli_golden {
    const char *file;
    FILE       *printed;           /* in place of standard output */
    int         output;            /* standard output itself */
} cli_golden;

/* From here on what is printed is kept. Says why if it cannot be. */
bool cli_golden_begin(cli_golden *golden, const char *file);

/* Prints again from here on; what was kept is dropped. */
void cli_golden_drop(cli_golden *golden);

/*
 * Prints again from here on. Compares what was kept with the file, and says which lines are not the
 * same; or, with `accept` or without a file, writes it. True if it is the same, or was written.
 */
bool cli_golden_end(cli_golden *golden, cli_pool *pool, bool accept);

#endif

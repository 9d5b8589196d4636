/*
 * Args - options, strictly
 *
 * A command lists its options and where their values go. What is not listed, lacks its value, or
 * stands twice is a misuse: one sentence, the nearest valid option, exit status 2.
 */
#ifndef SOTTO_CLI_ARGS_H
#define SOTTO_CLI_ARGS_H

#include "base/base.h"
#include "cli/pool.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum cli_option_kind {
    CLI_SWITCH,            /* bool * */
    CLI_TEXT,              /* const char ** */
    CLI_NUMBER,            /* uint64_t *: a whole number */
    CLI_SIZE,              /* uint64_t *: bytes, with KB, MB, KiB, MiB */
    CLI_TEXTS              /* cli_texts *: may stand more than once */
} cli_option_kind;

typedef struct cli_texts {
    const char **texts;
    size_t       count;
} cli_texts;

typedef struct cli_option {
    const char     *name;   /* "output", written --output */
    char            letter; /* 'o', written -o; 0 for none */
    cli_option_kind kind;
    void           *value;
} cli_option;

/* One command of the program. Its run function gets what stands after its name. */
typedef struct cli_command {
    const char *name;
    const char *summary; /* for the list of commands */
    const char *operand; /* what it cannot do without, "the site file"; NULL if nothing */
    const char *help;    /* a screen: usage, options with defaults, an example */
    int (*run)(const struct cli_command *command, int argc, char **argv);
} cli_command;

typedef enum cli_args_result { CLI_ARGS_GO_ON, CLI_ARGS_HELPED, CLI_ARGS_MISUSED } cli_args_result;

/*
 * Reads the arguments. Operands (what is no option) are put into `operands`; there must be `least`
 * to `most` of them. --help prints the command's help. Everything but CLI_ARGS_GO_ON ends the
 * command.
 */
cli_args_result cli_args_read(const cli_command *command, const cli_option *options,
                              size_t option_count, int argc, char **argv, cli_pool *pool,
                              size_t least, size_t most, cli_texts *operands);

/* The exit status that goes with a result. */
int cli_args_status(cli_args_result result);

/* "sotto: error: ..." and where the help is. Returns CLI_MISUSED. */
int cli_misuse(const cli_command *command, const char *format, ...) SOTTO_PRINTF(2, 3);

#endif

/*
 * Commands - every one of them, in the order of the help
 */
#ifndef SOTTO_CLI_COMMANDS_H
#define SOTTO_CLI_COMMANDS_H

#include "cli/args.h"

/* The version of the program; the format and the site file have versions of their own. */
#define CLI_VERSION "0.1.0"

extern const cli_command cli_train, cli_publish, cli_show, cli_check, cli_eval, cli_replay,
    cli_diff, cli_serve, cli_keygen, cli_version;

#endif

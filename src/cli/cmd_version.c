/*
 * cmd_version.c - sotto version
 */
#include "cli/commands.h"
#include "cli/json.h"

#include <stdio.h>

static const char help[] =
    "Usage: sotto version [--json]\n"
    "\n"
    "Prints the version of the program, and of the formats it reads and writes.\n"
    "\n"
    "  --json   as JSON\n"
    "\n"
    "Example:\n"
    "\n"
    "  $ sotto version\n"
    "  sotto " CLI_VERSION " (bundle format 1, profile format 1, site file 1)\n";

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    bool as_json = false;
    const cli_option known[] = {{"json", 0, CLI_SWITCH, &as_json}};
    cli_args_result result = cli_args_read(command, known, 1, argc, argv, &pool, 0, 0, &operands);
    cli_pool_free(&pool);
    if (result != CLI_ARGS_GO_ON) {
        return cli_args_status(result);
    }
    if (!as_json) {
        puts("sotto " CLI_VERSION " (bundle format 1, profile format 1, site file 1)");
        return 0;
    }
    cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
    cli_json_object(&json, NULL);
    cli_json_text(&json, "sotto", CLI_VERSION);
    cli_json_number(&json, "bundle_format", 1);
    cli_json_number(&json, "profile_format", 1);
    cli_json_number(&json, "site_file", 1);
    cli_json_end(&json);
    cli_json_finish(&json);
    return 0;
}

const cli_command cli_version = {"version", "the versions of program and formats", NULL, help, run};

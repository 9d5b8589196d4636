/*
 * Check - findings, to people as they come or to machines as a list
 */
#ifndef SOTTO_CLI_CHECK_H
#define SOTTO_CLI_CHECK_H

#include "cli/args.h"
#include "cli/json.h"
#include "cli/site.h"
#include "cli/validity.h"

typedef struct cli_checking {
    cli_pool *pool;
    bool      as_json;
    cli_json  json;
} cli_checking;

void cli_check_start(cli_checking *checking, cli_pool *pool, bool as_json);
void cli_check_end(cli_checking *checking, bool good);

/* A finding in a file; `line` 0, `path` "" and `near` NULL where there is none. */
void cli_check_finding(cli_checking *checking, const char *file, unsigned line, const char *path,
                       const char *what, const char *near);

/* A finding of a site file. A warning does not make it bad. */
void cli_check_mistake(cli_checking *checking, const char *file, const cli_mistake *mistake,
                       bool warning);

/* A file that could not even be read, of which people were told already. False. */
bool cli_check_failed(cli_checking *checking, const char *file);

/* A site file: every mistake. */
bool cli_check_site(cli_checking *checking, const char *file);

/* Logs by a site file: a reading that keeps nothing. */
bool cli_check_logs(cli_checking *checking, const char *site_file, const cli_texts *logs);

#endif

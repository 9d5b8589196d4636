/*
 * Log report - what was read, what was dropped, and why
 */
#ifndef SOTTO_CLI_LOG_REPORT_H
#define SOTTO_CLI_LOG_REPORT_H

#include "cli/json.h"
#include "train/logs.h"

/* To people, a line for the whole and one for each reason, with examples. */
void cli_log_report_print(const sotto_log_report *report);

/* As a member of a JSON object. */
void cli_log_report_json(cli_json *json, const char *key, const sotto_log_report *report);

#endif

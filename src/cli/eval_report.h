/*
 * Eval report - what an evaluation found, for people and for machines
 */
#ifndef SOTTO_CLI_EVAL_REPORT_H
#define SOTTO_CLI_EVAL_REPORT_H

#include "cli/json.h"
#include "train/eval.h"

/*
 * To standard output, whole. `report` may be NULL; `what` says what was asked, `groups` of what
 * each, in the plural: "next click", "sessions".
 */
void cli_eval_report(const sotto_eval_result *result, const sotto_log_report *report,
                     const char *what, const char *groups, bool as_json);

/* The pieces, for kinds that print more. JSON goes into the object that is open. */
void cli_eval_print_quality(const sotto_eval_quality *quality);
void cli_eval_print_shown(const sotto_eval_result *result);
void cli_eval_print_cost(const sotto_eval_result *result);
void cli_eval_json(cli_json *json, const sotto_eval_result *result);

#endif

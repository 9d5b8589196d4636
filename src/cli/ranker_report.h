/*
 * Ranker report - what training chose, what each part is worth, where the bytes went
 */
#ifndef SOTTO_CLI_RANKER_REPORT_H
#define SOTTO_CLI_RANKER_REPORT_H

#include "cli/json.h"
#include "train/train.h"

/* To people, on standard error. */
void cli_ranker_report_print(const sotto_train_summary *summary);

/* To machines: an object "ranker" in the object that is open. */
void cli_ranker_report_json(cli_json *json, const sotto_train_summary *summary);

#endif

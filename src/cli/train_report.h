/*
 * Train report - what training found, chose and wrote
 */
#ifndef SOTTO_CLI_TRAIN_REPORT_H
#define SOTTO_CLI_TRAIN_REPORT_H

#include "train/train.h"

/* To people, on standard error. */
void cli_train_report_print(const sotto_trained *trained, const char *output);

/* To machines, on standard output. `statistics` is the file that was kept, or NULL. */
void cli_train_report_json(const sotto_trained *trained, const char *output,
                           const char *statistics);

#endif

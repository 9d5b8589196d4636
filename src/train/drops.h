/*
 * Drops - the account of rows that were not kept
 */
#ifndef SOTTO_TRAIN_DROPS_H
#define SOTTO_TRAIN_DROPS_H

#include "train/logs.h"

/* Counts a row under a reason and keeps it as an example if there is room. False without memory. */
bool sotto_drops_add(sotto_log_report *report, const char *reason, bool bad, const char *file,
                     uint64_t line, sotto_text raw);

/* The bad reason with the most rows, NULL if there is none. */
const sotto_log_drop *sotto_drops_worst(const sotto_log_report *report);

#endif

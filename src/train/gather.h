/*
 * Gather - all rows of all logs, as events
 */
#ifndef SOTTO_TRAIN_GATHER_H
#define SOTTO_TRAIN_GATHER_H

#include "train/events.h"
#include "train/train.h"

/*
 * Reads the logs row by row. Fails as sotto_logs_read does, and if no row is left. The report is
 * filled in any case.
 */
bool sotto_gather_rows(const sotto_log_source *sources, size_t source_count,
                       const sotto_train_options *options, sotto_log_row_fn row_fn,
                       void *row_context, sotto_log_report *report, sotto_train_fault *fault);

/*
 * Reads the logs into events, which need no init. Fails as sotto_logs_read does, and if no row is
 * left. The events are to be freed and the report is filled in any case.
 */
bool sotto_gather(const sotto_log_source *sources, size_t source_count,
                  const sotto_train_options *options, sotto_events *events,
                  sotto_log_report *report, sotto_train_fault *fault);

#endif

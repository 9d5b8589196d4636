/*
 * Eval - how good is the published model?
 *
 * Trains, writes the model part to bytes, opens these bytes with the core and asks it, click by
 * click, for the next one. What is measured is what a browser would have shown.
 */
#ifndef SOTTO_TRAIN_EVAL_H
#define SOTTO_TRAIN_EVAL_H

#include "train/train.h"

typedef struct sotto_eval_result {
    double   hr20, mrr20; /* percent */
    uint64_t queries, answered;
    uint32_t items;
    uint64_t links;              /* of both tables */
    uint64_t model_bytes;        /* all that answering needs but the shop's own ids */
    uint64_t ids_bytes;          /* the `IDS ` section */
    uint64_t model_brotli_bytes; /* of the whole part but `IDS `, quality 11; 0 without brotli */
    uint64_t covered;            /* distinct items that were shown at least once */
    double   us_per_decision;
    double   train_s;
    double   peak_mb;
    char     recipe[512];
} sotto_eval_result;

/*
 * `train_path`: one session a line, item ids separated by blanks, oldest first. `test_path`: a
 * session so far, a tab, the item that came next. Either may be compressed.
 */
bool sotto_eval_next_click(const char *train_path, const char *test_path,
                           const sotto_train_options *options, sotto_eval_result *result,
                           sotto_train_fault *fault);

/* Trains on all but the last tenth of the sessions in a shop's own logs and asks for that tenth. */
bool sotto_eval_logs(const sotto_log_source *sources, size_t source_count,
                     const sotto_train_options *options, sotto_log_report *report,
                     sotto_eval_result *result, sotto_train_fault *fault);

#endif

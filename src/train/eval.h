/*
 * Eval - how good is the published model?
 *
 * Trains, writes the model part to bytes, opens these bytes with the core and asks it question
 * after question. What is measured is what a browser would have shown.
 *
 *     eval.h  <  eval_clicks.c      clicks of test files, or of the end of a shop's own logs
 *             <  eval_together.c    the other items of a basket, from one of them
 *
 *     eval_master   asks and marks        eval_scores   how good, how sure
 *     eval_shown    what else was shown   eval_cost     what it takes
 */
#ifndef SOTTO_TRAIN_EVAL_H
#define SOTTO_TRAIN_EVAL_H

#include "train/build.h"
#include "train/eval_cost.h"
#include "train/eval_master.h"
#include "train/train.h"

/* The same with another min_shoppers. */
typedef struct sotto_eval_support {
    uint32_t           min_shoppers;
    sotto_eval_quality quality;
    uint64_t           links, model_bytes;
} sotto_eval_support;

typedef struct sotto_eval_result {
    sotto_eval_quality quality;
    sotto_eval_quality best_sellers; /* of the popular list alone, for comparison */
    sotto_eval_beyond  beyond;
    sotto_eval_cost    cost;
    uint64_t           answered;
    uint32_t           items;
    uint64_t           links; /* of all tables */
    uint32_t           min_shoppers;
    double             us_per_decision;
    double             train_s; /* by the clock on the wall, reading included */
    double             train_cpu_s; /* of the processor, all threads; without reading */
    double             peak_mb; /* while training */
    sotto_train_summary summary; /* what training chose, and what its parts are worth */
    bool               has_support; /* trained twice, to know what min_shoppers costs */
    sotto_eval_support support[2];  /* with 1, and with more */
} sotto_eval_result;

/* How to train and what to report besides. */
typedef struct sotto_eval_options {
    sotto_train_options train;
    bool                compare_support; /* train once more, for result->support */
} sotto_eval_options;

/*
 * `train_path`: one session a line, item ids separated by blanks, oldest first; or a table with
 * columns for session, item and time. `test_path`: a session so far, a tab, the item that came
 * next; or whole sessions in either form of the training file, of which every click but the first
 * is asked. Any may be compressed.
 */
bool sotto_eval_next_click(const char *train_path, const char *test_path,
                           const sotto_eval_options *options, sotto_eval_result *result,
                           sotto_train_fault *fault);

/* Trains on all but the last tenth of the sessions in a shop's own logs and asks for that tenth. */
bool sotto_eval_logs(const sotto_log_source *sources, size_t source_count,
                     const sotto_eval_options *options, sotto_log_report *report,
                     sotto_eval_result *result, sotto_train_fault *fault);

/* Trains on all but the last tenth of the baskets; from each item of those, asks for the others. */
bool sotto_eval_together(const sotto_log_source *sources, size_t source_count,
                         const sotto_eval_options *options, sotto_log_report *report,
                         sotto_eval_result *result, sotto_train_fault *fault);

/* ---- for the files named above --------------------------------------------------------------- */

/* Asks all its questions. */
typedef void (*sotto_eval_ask_fn)(const void *context, sotto_eval_master *master);

/* Builds, opens, lets ask, and fills all of the result; result->train_s grows. */
bool sotto_eval_run(const sotto_material *material, const sotto_eval_options *options,
                    sotto_eval_ask_fn ask_fn, const void *context, sotto_eval_result *result,
                    sotto_train_fault *fault);

#endif

/*
 * Eval tail - a shop's own logs, of which the latest tenth is held back for the test
 */
#ifndef SOTTO_TRAIN_EVAL_TAIL_H
#define SOTTO_TRAIN_EVAL_TAIL_H

#include "train/eval.h"

/* What is held back: an asker's context. */
typedef struct sotto_eval_range {
    const sotto_sequences *sequences;
    uint32_t               from, to;
} sotto_eval_range;

typedef enum sotto_eval_kind { SOTTO_EVAL_SESSIONS, SOTTO_EVAL_BASKETS } sotto_eval_kind;

/*
 * Reads logs, holds back the latest tenth of the sessions or baskets and what of the others began
 * after the first of these, trains on what is left, and lets `ask_fn` ask about the range.
 */
bool sotto_eval_tail(const sotto_log_source *sources, size_t source_count, sotto_eval_kind kind,
                     const sotto_eval_options *options, sotto_eval_ask_fn ask_fn,
                     sotto_log_report *report, sotto_eval_result *result,
                     sotto_train_fault *fault);

#endif

/*
 * Eval cost - what a model costs a shopper's phone
 */
#ifndef SOTTO_TRAIN_EVAL_COST_H
#define SOTTO_TRAIN_EVAL_COST_H

#include "format/write.h"
#include "train/fault.h"

typedef struct sotto_eval_cost {
    uint64_t model_bytes;        /* all that answering needs but the `IDS ` section */
    uint64_t model_brotli_bytes; /* the same, quality 11 */
    uint64_t ids_bytes;          /* the `IDS ` section: the shop's own ids, and ... */
    uint64_t id_lookup_bytes;    /* ... of that, what finding them takes besides their text */
} sotto_eval_cost;

/* Reads the sizes off the bytes of a model file. */
bool sotto_eval_cost_measure(const sotto_bytes *model, sotto_eval_cost *cost,
                             sotto_train_fault *fault);

/* The most memory this process ever had. */
double sotto_eval_peak_mb(void);

double sotto_eval_now_s(void); /* of a clock that never goes back */

/* What this thread, and the whole process, have used of the processor. */
double sotto_eval_thread_s(void);
double sotto_eval_process_s(void);

#endif

/*
 * Eval shop - a shop's own logs, read to be held back in part
 */
#ifndef SOTTO_TRAIN_EVAL_SHOP_H
#define SOTTO_TRAIN_EVAL_SHOP_H

#include "train/events.h"
#include "train/sequences.h"
#include "train/train.h"

#define SOTTO_EVAL_TAIL 0.1 /* of the sessions or baskets, the latest are for the test */

typedef struct sotto_eval_shop {
    sotto_events    events;
    sotto_sequences sessions, baskets;
    double          seconds; /* that reading took */
} sotto_eval_shop;

/* To be freed, and the report to be freed, in any case. */
bool sotto_eval_shop_read(const sotto_log_source *sources, size_t source_count,
                          const sotto_train_options *options, sotto_eval_shop *shop,
                          sotto_log_report *report, sotto_train_fault *fault);
void sotto_eval_shop_free(sotto_eval_shop *shop);

/* Where the tail of so many begins. */
uint32_t sotto_eval_shop_cut(uint32_t count);

/*
 * The part of `others` that was known when number `cut` of `sequences` began: what is older. Logs
 * without time are cut at the same share. Shares all memory with `others`.
 */
sotto_sequences sotto_eval_shop_before(const sotto_eval_shop *shop, const sotto_sequences *others,
                                       const sotto_sequences *sequences, uint32_t cut);

#endif

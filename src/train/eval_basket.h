/*
 * Eval basket - how good is the published model at the next basket?
 *
 * Trains on some shoppers, writes a model and a ranker part, opens their bytes with the core and
 * asks for the last basket of other shoppers, given the ones before.
 */
#ifndef SOTTO_TRAIN_EVAL_BASKET_H
#define SOTTO_TRAIN_EVAL_BASKET_H

#include "train/basket_learn.h"
#include "train/basket_metrics.h"
#include "train/eval_cost.h"
#include "train/intern.h"

typedef enum sotto_basket_role {
    SOTTO_BASKET_UNUSED,
    SOTTO_BASKET_TRAIN,
    SOTTO_BASKET_ASK
} sotto_basket_role;

/* What to ask of whom: by shopper of the log. */
typedef struct sotto_basket_exam {
    const sotto_basket_log *log;
    const sotto_intern     *items; /* the ids */
    const uint8_t          *roles; /* sotto_basket_role */
    bool                    whole; /* NDCG against the whole basket */
    sotto_basket_metrics   *each;  /* by shopper: grows by what was asked; NULL for none */
} sotto_basket_exam;

typedef struct sotto_eval_basket_result {
    sotto_basket_metrics metrics;
    sotto_eval_cost      cost; /* of both parts together */
    uint64_t             answered;
    uint32_t             items, trained; /* shoppers learned from */
    uint64_t             links;
    double               us_per_decision, train_s, peak_mb;
} sotto_eval_basket_result;

bool sotto_eval_basket(const sotto_basket_exam *exam, const sotto_basket_options *options,
                       sotto_eval_basket_result *result, sotto_train_fault *fault);

#endif

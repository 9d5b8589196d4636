/*
 * Eval shown - what a model shows besides the right answer
 *
 * Three questions that accuracy does not ask: is the whole shop shown or only its best sellers, are
 * the best sellers shown more than shoppers click them, and are the items of one list all alike?
 *
 * memory    17 bytes for each item, 4 for each event of the training sessions.
 * lifetime  The training sessions must live as long. Owns all else.
 */
#ifndef SOTTO_TRAIN_EVAL_SHOWN_H
#define SOTTO_TRAIN_EVAL_SHOWN_H

#include "train/sequences.h"

typedef struct sotto_eval_beyond {
    uint64_t items, covered;   /* in the model; of them among the first 20 at least once */
    double   shown_percentile; /* mean popularity of what is shown: 0 the rarest, 100 the most */
    double   right_percentile; /* popular item of training; and of what was right */
    double   gini;             /* of how often each item is shown: 0 all alike, 1 always one */
    double   diversity;        /* mean over pairs in a list of 1 - cosine of their sessions */
    uint64_t diversity_lists;  /* how many lists that was measured on */
} sotto_eval_beyond;

/* Starts zeroed. */
typedef struct sotto_eval_shown {
    const sotto_sequences *sessions; /* of training */
    uint32_t item_count;
    uint32_t *counts;     /* by item: how often it was shown */
    float    *percentiles; /* by item */
    size_t   *starts;     /* by item: where in `in` its sessions start */
    uint32_t *in;         /* sessions by item, ascending */
    uint64_t shown, right, lists, diverse_lists;
    double   shown_sum, right_sum, distance_sum;
} sotto_eval_shown;

/* Looks at the training sessions, in which items are below item_count. False without memory. */
bool sotto_eval_shown_open(sotto_eval_shown *shown, const sotto_sequences *sessions,
                           uint32_t item_count);

/* A list that was shown, and what would have been right; items by their number in training. */
void sotto_eval_shown_add(sotto_eval_shown *shown, const uint32_t *items, uint32_t count,
                          const uint32_t *answers, uint32_t answer_count);

void sotto_eval_shown_finish(const sotto_eval_shown *shown, sotto_eval_beyond *beyond);
void sotto_eval_shown_free(sotto_eval_shown *shown);

#endif

/*
 * Learn vectors - which way suits the shop, and then of everything
 *
 * memory    16 bytes for each item and dimension of each model that is being learned.
 * lifetime  The task and the sessions must stay in place until the learner is freed.
 */
#ifndef SOTTO_TRAIN_LEARN_VECTORS_H
#define SOTTO_TRAIN_LEARN_VECTORS_H

#include "train/fit_job.h"
#include "train/train.h"

#define SOTTO_WAYS_MAX 3u

typedef struct sotto_vector_task {
    const sotto_sequences  *sessions;
    uint32_t                tail; /* first session of it */
    uint32_t                item_count, min_shoppers;
    sotto_effort            effort;
    uint64_t                seed;
    double                  bytes_per_item; /* that the whole model may take */
    sotto_train_progress_fn progress_fn;    /* may be NULL */
    void                   *progress_context;
} sotto_vector_task;

typedef struct sotto_vector_learner {
    const sotto_vector_task *task;
    bool                     reversed;      /* the way that was chosen */
    uint32_t                 teacher_count; /* 0: the way alone */
    double                   hr20, mrr20;   /* of `older` on the tail, before packing */
    sotto_vector_model       older, all;    /* the results */

    sotto_fit_job ways[SOTTO_WAYS_MAX]; /* private from here on */
    uint32_t      way_count;
    bool          running;
} sotto_vector_learner;

/* Starts threads that learn from the sessions before the tail, and returns. */
void sotto_vectors_start_older(sotto_vector_learner *learner, const sotto_vector_task *task);

/* Waits, chooses, and leaves `older`. False without memory. */
bool sotto_vectors_finish_older(sotto_vector_learner *learner);

/* The same the chosen way, from all sessions. */
void sotto_vectors_start_all(sotto_vector_learner *learner);
bool sotto_vectors_finish_all(sotto_vector_learner *learner);

/* Waits for what still runs. */
void sotto_vectors_free(sotto_vector_learner *learner);

#endif

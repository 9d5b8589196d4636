/*
 * Fit job - vectors that are being learned in a thread of their own
 *
 * threads   One thread starts, watches and joins a job. What it was given must stay in place till
 *           then.
 */
#ifndef SOTTO_TRAIN_FIT_JOB_H
#define SOTTO_TRAIN_FIT_JOB_H

#include "train/fit_vectors.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct sotto_fit_job {
    const sotto_sequences *sessions;
    uint32_t               last; /* sequences [0, last) */
    uint32_t               item_count, min_shoppers;
    sotto_vector_options   options;
    sotto_vector_model     model; /* the result */

    pthread_t              thread; /* private from here on */
    bool                   started, good;
    atomic_uint            permille;
    atomic_bool            done;
} sotto_fit_job;

/* Never fails: what cannot get a thread is done when it is joined. */
void sotto_fit_job_start(sotto_fit_job *job);

/* How far it is, 0 to 1000; `*done` once it need not be waited for. */
uint32_t sotto_fit_job_progress(const sotto_fit_job *job, bool *done);

/* False without memory; the model is then empty. */
bool sotto_fit_job_join(sotto_fit_job *job);

#endif

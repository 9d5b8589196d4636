/*
 * fit_job.c - vectors that are being learned in a thread of their own
 *
 * Learning is one long chain of steps, each of which needs the last, and batches are too small for
 * splitting them to pay. But training wants it done two or three times, and counting and linking
 * besides; done side by side they keep all cores busy and change no result.
 */
#include "train/fit_job.h"

static void note_progress(void *context, uint64_t done, uint64_t total)
{
    sotto_fit_job *job = context;
    atomic_store(&job->permille, (unsigned)(done * 1000 / total));
}

static void *run(void *context)
{
    sotto_fit_job *job = context;
    job->good = sotto_fit_vectors(job->sessions, 0, job->last, job->item_count, job->min_shoppers,
                                  &job->options, note_progress, job, &job->model);
    atomic_store(&job->done, true);
    return NULL;
}

void sotto_fit_job_start(sotto_fit_job *job)
{
    atomic_init(&job->permille, 0);
    atomic_init(&job->done, false);
    job->started = pthread_create(&job->thread, NULL, run, job) == 0;
}

uint32_t sotto_fit_job_progress(const sotto_fit_job *job, bool *done)
{
    *done = !job->started || atomic_load(&job->done);
    return atomic_load(&job->permille);
}

bool sotto_fit_job_join(sotto_fit_job *job)
{
    if (job->started) {
        pthread_join(job->thread, NULL);
        job->started = false;
    } else {
        run(job);
    }
    return job->good;
}

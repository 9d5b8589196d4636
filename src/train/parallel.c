/*
 * parallel.c - the same work on many rows, on as many cores as there are
 *
 * Rows of popular items take a thousand times longer than others, so rows are not dealt out
 * beforehand: each worker takes the next few hundred when it is done with its last. A worker that
 * cannot be started is no loss; the others, at least the caller itself, do its share.
 */
#include "train/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#define ROWS_AT_ONCE 256u

typedef struct shared_work {
    sotto_parallel_fn fn;
    void             *context;
    uint32_t          row_count;
    atomic_uint       next_row, next_worker;
} shared_work;

uint32_t sotto_parallel_workers(void)
{
    static atomic_uint workers; /* asked once: cores may come and go, scratch does not */
    uint32_t known = atomic_load(&workers);
    if (known == 0) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        known = cores < 1 ? 1 : (uint32_t)cores;
        known = known > SOTTO_WORKERS_MAX ? SOTTO_WORKERS_MAX : known;
        atomic_store(&workers, known);
    }
    return known;
}

static void *do_rows(void *context)
{
    shared_work *work = context;
    uint32_t worker = atomic_fetch_add(&work->next_worker, 1);
    for (;;) {
        uint32_t first = atomic_fetch_add(&work->next_row, ROWS_AT_ONCE);
        if (first >= work->row_count) {
            return NULL;
        }
        uint32_t left = work->row_count - first;
        work->fn(work->context, worker, first, first + (left < ROWS_AT_ONCE ? left : ROWS_AT_ONCE));
    }
}

void sotto_parallel(uint32_t row_count, sotto_parallel_fn fn, void *context)
{
    shared_work work = {.fn = fn, .context = context, .row_count = row_count};
    pthread_t threads[SOTTO_WORKERS_MAX];
    bool started[SOTTO_WORKERS_MAX] = {false};
    uint32_t helpers = row_count > ROWS_AT_ONCE ? sotto_parallel_workers() - 1 : 0;
    for (uint32_t i = 0; i < helpers; i++) {
        started[i] = pthread_create(&threads[i], NULL, do_rows, &work) == 0;
    }
    do_rows(&work);
    for (uint32_t i = 0; i < helpers; i++) {
        if (started[i]) {
            pthread_join(threads[i], NULL);
        }
    }
}

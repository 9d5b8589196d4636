/*
 * Parallel - the same work on many rows, on as many cores as there are
 */
#ifndef SOTTO_TRAIN_PARALLEL_H
#define SOTTO_TRAIN_PARALLEL_H

#include <stdint.h>

#define SOTTO_WORKERS_MAX 8u

/* Does rows [first, last). `worker` is below sotto_parallel_workers(), for scratch of its own. */
typedef void (*sotto_parallel_fn)(void *context, uint32_t worker, uint32_t first, uint32_t last);

/* How many workers there will be: the cores of the machine, at most SOTTO_WORKERS_MAX. */
uint32_t sotto_parallel_workers(void);

/*
 * Calls `fn` until all rows [0, row_count) are done, and returns then. Which worker does which
 * rows is left to chance, so nothing may depend on it.
 */
void sotto_parallel(uint32_t row_count, sotto_parallel_fn fn, void *context);

#endif

/*
 * Progress - how far a long run is, for a person who watches
 *
 * One line that is written over, only if standard error is a terminal and only a few times a
 * second. In a job's log there is nothing.
 */
#ifndef SOTTO_CLI_PROGRESS_H
#define SOTTO_CLI_PROGRESS_H

#include <stdint.h>

/* Starts a stretch of work: "reading". The text must outlive it. */
void cli_progress_start(const char *what);

/*
 * Says how far it is. `done` of `total` in any unit (a total of 0 is unknown), and `rows` of what
 * is counted per second. Has the shape of sotto_log_progress_fn; `context` is not used.
 */
void cli_progress_tell(void *context, uint64_t done, uint64_t total, uint64_t rows);

/* The same for the trainer (sotto_train_progress_fn), whose phases start themselves. */
void cli_progress_phase(void *context, const char *phase, uint64_t done, uint64_t total);

/* Takes the line away: before other words, and at the end. */
void cli_progress_clear(void);

#endif

/*
 * Report - what the command line says to people
 *
 * Everything here goes to standard error, a line each, so that results on standard output stay
 * clean. An error says what and where; the hint after it says what to do.
 */
#ifndef SOTTO_CLI_REPORT_H
#define SOTTO_CLI_REPORT_H

#include "sotto.h"
#include "train/fault.h"

#include <stdbool.h>

enum { CLI_DONE = 0, CLI_REFUSED = 1, CLI_MISUSED = 2 };

/* "sotto: error: ...". Returns false, so that callers can return it. */
bool cli_error(const char *format, ...) SOTTO_PRINTF(1, 2);

/* "sotto: warning: ..." */
void cli_warning(const char *format, ...) SOTTO_PRINTF(1, 2);

/* "sotto: hint: ...", after an error. */
void cli_hint(const char *format, ...) SOTTO_PRINTF(1, 2);

/* "sotto: ...": what a long run read, dropped and wrote. */
void cli_note(const char *format, ...) SOTTO_PRINTF(1, 2);

/* A refused file: "sotto: error: FILE: what (at byte N)", and a hint that fits the status. */
bool cli_error_at(const char *file, sotto_status status, const sotto_fault *fault);

/* What the trainer has to say. */
bool cli_error_fault(const sotto_train_fault *fault);

#endif

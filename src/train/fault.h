/*
 * Fault - what went wrong in training, in words for a person
 *
 * The core answers with numbers; the trainer talks to the operator of a nightly job, so a fault
 * is a sentence that names file and line, and a second one that says what to do about it.
 */
#ifndef SOTTO_TRAIN_FAULT_H
#define SOTTO_TRAIN_FAULT_H

#include <stdbool.h>
#include <stddef.h>

#define SOTTO_FAULT_TEXT 768

typedef struct sotto_train_fault {
    char message[SOTTO_FAULT_TEXT]; /* "orders.csv:17: ..."; never empty after a failure */
    char hint[SOTTO_FAULT_TEXT];    /* what to try; may be empty */
} sotto_train_fault;

#if defined(__GNUC__)
#define SOTTO_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#else
#define SOTTO_PRINTF(format_at, first_at)
#endif

/* Writes the message and clears the hint. Returns false, so that callers can return it. */
bool sotto_fault_set(sotto_train_fault *fault, const char *format, ...) SOTTO_PRINTF(2, 3);

/* Writes the hint that goes with the message. Returns false as well. */
bool sotto_fault_hint(sotto_train_fault *fault, const char *format, ...) SOTTO_PRINTF(2, 3);

#endif

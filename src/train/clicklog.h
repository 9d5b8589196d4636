/*
 * Clicklog - sessions and questions in the plainest of files
 *
 * A training file has one session a line: item ids separated by blanks, oldest first. A test file
 * has a session so far, a tab, and the item that came next. Either may be compressed.
 */
#ifndef SOTTO_TRAIN_CLICKLOG_H
#define SOTTO_TRAIN_CLICKLOG_H

#include "train/intern.h"
#include "train/sequences.h"

/* Reads sessions, each by a shopper of its own. */
bool sotto_clicklog_read(const char *path, sotto_intern *items, sotto_sequences *sessions,
                         sotto_train_fault *fault);

typedef struct sotto_questions {
    sotto_sequences sessions; /* so far; items by number, SOTTO_NO_ITEM for unknown ones */
    uint32_t       *answers;  /* by session; SOTTO_NO_ITEM for an item never met */
} sotto_questions;

bool sotto_questions_read(const char *path, const sotto_intern *items, sotto_questions *questions,
                          sotto_train_fault *fault);
void sotto_questions_free(sotto_questions *questions);

#endif

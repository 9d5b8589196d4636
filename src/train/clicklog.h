/*
 * Clicklog - sessions and questions in the plainest of files
 *
 * A training file has one session a line: item ids separated by blanks, oldest first. A test file
 * has a session so far, a tab, and the item that came next; or, if its first line has no tab, whole
 * sessions like a training file. Either may also be a table (clicktable.h), and compressed.
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
    uint32_t       *answers;  /* by session; SOTTO_NO_ITEM for an item never met; NULL if the */
                              /* sessions are whole ones */
} sotto_questions;

/* Items that are not in `items` are not added. */
bool sotto_questions_read(const char *path, sotto_intern *items, sotto_questions *questions,
                          sotto_train_fault *fault);
void sotto_questions_free(sotto_questions *questions);

#endif

/*
 * Examples - what a re-ranker learns from, as text that other programs read
 *
 * lifetime  Owns its files until they are finished; nothing stands at the path before that.
 */
#ifndef SOTTO_TRAIN_EXAMPLES_H
#define SOTTO_TRAIN_EXAMPLES_H

#include "train/fault.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct sotto_examples {
    const char *path;     /* NULL: nothing is written */
    FILE       *files[2]; /* rows, questions */
    bool        failed;
} sotto_examples;

/* Begins two files for `path`, which stays in place; none if it is NULL. False with the fault. */
bool sotto_examples_begin(sotto_examples *examples, const char *path, sotto_train_fault *fault);

/* Adds a question: `count` rows of features, of which the right-th is what came next. */
void sotto_examples_add(sotto_examples *examples, const int32_t *features, uint32_t feature_count,
                        uint32_t count, uint32_t right);

/* Puts both in place if all is `good`, else removes them. False, with the fault, if that fails. */
bool sotto_examples_finish(sotto_examples *examples, bool good, sotto_train_fault *fault);

#endif

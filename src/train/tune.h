/*
 * Tune - choose a recipe on sessions that were not counted
 *
 * A shop has no data scientist. The pairs come from the older sessions, the exam from the latest
 * ones, and the recipe that answers the exam best is used for everything.
 */
#ifndef SOTTO_TRAIN_TUNE_H
#define SOTTO_TRAIN_TUNE_H

#include "train/rehearse.h"

#define SOTTO_EXAM_QUESTIONS 20000u /* more tell little more */

/* How links are packed, so that what is tuned is what is published. */
typedef struct sotto_packing {
    uint32_t max_links;
    uint32_t code_count;
    double   code_step;
} sotto_packing;

/* Told after every trial. */
typedef void (*sotto_tune_progress_fn)(void *context, uint32_t trial, uint32_t trials_expected);

/*
 * Starts from `recipe` and leaves the best one there. The number of trials is bounded by the size
 * of the data, never by the clock, so the same logs give the same recipe. False without memory.
 */
bool sotto_tune(const sotto_pairs *pairs, const sotto_exam *exam, const sotto_packing *packing,
                sotto_tune_progress_fn progress_fn, void *progress_context, sotto_recipe *recipe,
                sotto_metrics *metrics);

#endif

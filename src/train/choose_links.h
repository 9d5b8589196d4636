/*
 * Choose links - how counts become links and links a ranking, by the latest sessions
 */
#ifndef SOTTO_TRAIN_CHOOSE_LINKS_H
#define SOTTO_TRAIN_CHOOSE_LINKS_H

#include "train/span.h"
#include "train/train.h"

typedef struct sotto_link_choice {
    sotto_recipe  recipe;
    double        locality;
    sotto_metrics metrics; /* on the tail, before the locality was chosen */
} sotto_link_choice;

typedef struct sotto_link_task {
    const sotto_material   *material;
    uint32_t                tail; /* its first session; there are questions in it */
    uint32_t                min_shoppers;
    const sotto_packing    *packing;
    sotto_train_progress_fn progress_fn; /* may be NULL */
    void                   *progress_context;
} sotto_link_task;

/* Leaves in `older` what the recipe makes of the older sessions. False with the fault set. */
bool sotto_choose_links(const sotto_link_task *task, sotto_link_choice *choice,
                        sotto_span_model *older, sotto_train_fault *fault);

#endif

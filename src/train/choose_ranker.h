/*
 * Choose ranker - fit the re-ranker on the latest sessions, and say what each part is worth
 *
 * memory    The lists of candidates, at most some hundred MB.
 */
#ifndef SOTTO_TRAIN_CHOOSE_RANKER_H
#define SOTTO_TRAIN_CHOOSE_RANKER_H

#include "train/gather_lists.h"
#include "train/span.h"
#include "train/train.h"

typedef struct sotto_ranker_task {
    const sotto_material     *material;
    const sotto_span_model   *older;
    const sotto_vector_model *vectors; /* of the same sessions as `older` */
    const sotto_recipe       *recipe;
    const sotto_packing      *packing;
    sotto_effort              effort;
    uint64_t                  seed;
    bool                      weigh_parts; /* say what each kind of knowledge is worth */
    double                    bytes_per_item; /* 0 = as many as it takes */
    const char               *examples; /* what the re-ranker learns from goes there too; or NULL */
    sotto_span_progress_fn    progress_fn;
    void                     *progress_context;
} sotto_ranker_task;

typedef struct sotto_ranker_choice {
    bool                     better; /* than links alone, on sessions that nothing was fitted on */
    const char              *note;   /* static: why not; NULL if it is better */
    double                   vector_share;
    sotto_quantised_reranker reranker;
    sotto_part_score         parts[SOTTO_PART_SCORES_MAX]; /* on the second half of the tail */
    uint32_t                 part_count, question_count;
    double                   links_per_item, bytes_per_item; /* of the model that was asked */
} sotto_ranker_choice;

/* False with the fault set. */
bool sotto_choose_ranker(const sotto_ranker_task *task, sotto_ranker_choice *choice,
                         sotto_train_fault *fault);

#endif

/*
 * Curve - quality against bytes
 *
 * memory    As training.
 */
#ifndef SOTTO_TRAIN_CURVE_H
#define SOTTO_TRAIN_CURVE_H

#include "train/build.h"

#define SOTTO_CURVE_POINTS_MAX 32u

/* What a budget buys, on the second half of the tail (choose_ranker.c). */
typedef struct sotto_curve_point {
    double   wanted;         /* bytes an item */
    double   bytes_per_item; /* that were used; 0: nothing fits */
    uint32_t dimensions;     /* 0: links only */
    double   vector_share, links_per_item;
    double   hr20, mrr20;           /* percent; with links only they are those */
    double   links_hr20, links_mrr20; /* of the same model's links alone: a page's first decision */
} sotto_curve_point;

typedef struct sotto_curve {
    uint32_t          count;
    sotto_curve_point points[SOTTO_CURVE_POINTS_MAX];
    uint32_t          query_count; /* clicks that each point was asked for */
} sotto_curve;

/*
 * Fills in the points, whose `wanted` are set and ascend. Takes about twice as long as training.
 * False with the fault set, also if there are too few sessions to tell.
 */
bool sotto_curve_make(const sotto_material *material, const sotto_train_options *options,
                      sotto_curve *curve, sotto_train_fault *fault);

#endif

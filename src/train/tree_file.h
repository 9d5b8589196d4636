/*
 * Tree file - boosted trees as LightGBM writes them
 *
 * memory    About 2 KB for each tree.
 * trust     The file may be anything: what is handed out are whole trees of finite numbers.
 */
#ifndef SOTTO_TRAIN_TREE_FILE_H
#define SOTTO_TRAIN_TREE_FILE_H

#include "train/fault.h"

#include <stdint.h>

#define SOTTO_BOOSTED_SPLITS 63u
#define SOTTO_BOOSTED_TREES  512u

/* Split 0 is the first. A child is a split, or ~leaf if it is negative. */
typedef struct sotto_boosted_tree {
    uint32_t split_count; /* at least 1; one leaf more */
    uint8_t  features[SOTTO_BOOSTED_SPLITS];
    double   thresholds[SOTTO_BOOSTED_SPLITS]; /* at most this: left */
    int8_t   left[SOTTO_BOOSTED_SPLITS], right[SOTTO_BOOSTED_SPLITS];
    double   values[SOTTO_BOOSTED_SPLITS + 1]; /* of leaves */
    double   counts[SOTTO_BOOSTED_SPLITS + 1]; /* examples that ended there */
} sotto_boosted_tree;

typedef struct sotto_boosted {
    sotto_boosted_tree *trees; /* owned; those of a single leaf are left out */
    uint32_t            count;
} sotto_boosted;

/* Reads trees over features numbered below `feature_count`. False with the fault set. */
bool sotto_tree_file_read(const char *path, uint32_t feature_count, sotto_boosted *boosted,
                          sotto_train_fault *fault);
void sotto_boosted_free(sotto_boosted *boosted);

#endif

/*
 * Quantise trees - boosted trees as the integers that are published
 */
#ifndef SOTTO_TRAIN_QUANTISE_TREES_H
#define SOTTO_TRAIN_QUANTISE_TREES_H

#include "format/write.h"
#include "train/tree_file.h"

typedef struct sotto_quantised_trees {
    sotto_tree_content *trees; /* owned */
    uint32_t            count, shift;
} sotto_quantised_trees;

/* False without memory. */
bool sotto_quantise_trees(const sotto_boosted *boosted, sotto_quantised_trees *quantised);
void sotto_quantised_trees_free(sotto_quantised_trees *quantised);

/* What they take in a file. */
uint64_t sotto_quantised_trees_size(const sotto_quantised_trees *quantised);

#endif

/*
 * forest.h - the boosted trees that order candidates in place of a network (FORMAT.md 5a.8)
 *
 * memory    Views into the ranker's bytes.
 * trust     The section may be hostile until opened; then every tree is whole, every feature known
 *           and no sum of RANKING.md 8.5 overflows.
 */
#ifndef SOTTO_MODEL_FOREST_H
#define SOTTO_MODEL_FOREST_H

#include "model/reranker.h"

enum {
    SOTTO_FOREST_MAX_TREES = 512,
    SOTTO_TREE_MAX_SPLITS = 63,
    SOTTO_TREE_MAX_SCALE = 12,
    SOTTO_FOREST_MAX_SHIFT = 24
};

typedef struct sotto_forest {
    uint32_t       tree_count;                       /* 0: there are none */
    uint32_t       shift;                            /* scores are Q of this */
    const uint8_t *trees;
} sotto_forest;

/* Reads to the end of a section; the candidate counts in front of it are the re-ranker's. */
void sotto_forest_open(sotto_forest *forest, sotto_reranker *reranker, sotto_reader *reader,
                       uint32_t known);

#endif

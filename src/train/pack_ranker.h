/*
 * Pack ranker - vectors, encoder, recency and re-ranker as sections
 */
#ifndef SOTTO_TRAIN_PACK_RANKER_H
#define SOTTO_TRAIN_PACK_RANKER_H

#include "train/pack.h"

/*
 * Widths for vectors that take about `bytes` in all: see pack_ranker.c. `class_count` becomes 0 if
 * there is no room for even one bit a coordinate. `histogram` counts the items by popularity code.
 */
void sotto_widths_choose(const uint32_t histogram[256], uint32_t dimensions, uint64_t bytes,
                         sotto_widths *widths);

/* What the rows of such vectors take. */
uint64_t sotto_widths_size(const sotto_widths *widths, const uint32_t histogram[256],
                           uint32_t dimensions);

/* Adds the sections of what was learned to a list. Chooses the steps of the widths. */
bool sotto_pack_ranker(const sotto_learned *learned, sotto_widths *widths,
                       sotto_section_list *list, sotto_train_fault *fault);

#endif

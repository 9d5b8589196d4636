/*
 * Build - from sessions and baskets to a model
 *
 * The part of training that does not care where the sessions came from.
 */
#ifndef SOTTO_TRAIN_BUILD_H
#define SOTTO_TRAIN_BUILD_H

#include "train/material.h"
#include "train/pack.h"
#include "train/train.h"

/* Clicks in the tail: fewer cannot teach a re-ranker, nor tell what it is worth. */
#define SOTTO_LEAST_VECTOR_QUESTIONS 1000u

/* How links are packed. */
sotto_packing sotto_packing_of(const sotto_train_options *options);

/*
 * Tunes, counts, links, orders, packs. Fills the summary's figures from items on. `*order`
 * becomes, by index in the model, the item's number in the material: the caller's to free, unless
 * it is NULL.
 */
bool sotto_build(const sotto_material *material, const sotto_train_options *options,
                 sotto_bytes *model, uint32_t **order, sotto_train_summary *summary,
                 sotto_train_fault *fault);

#endif

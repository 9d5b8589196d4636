/*
 * Shopper clusters - kinds of shoppers, from what they looked at and bought
 *
 * Learned from the sessions and baskets of a sample of whole shoppers; what becomes of it is the
 * `clus` section (FORMAT.md 5a.6), by which a device tells which kind its own shopper is.
 *
 * memory    About 80 bytes for each shopper looked at, 8 for each event.
 */
#ifndef SOTTO_TRAIN_SHOPPER_CLUSTERS_H
#define SOTTO_TRAIN_SHOPPER_CLUSTERS_H

#include "format/write.h"
#include "train/fault.h"
#include "train/sequences.h"

#define SOTTO_CLUSTERS_TRIALS 11u /* 2 to 12 clusters */

/* How good a number of clusters was. */
typedef struct sotto_clusters_trial {
    uint32_t count;
    double   silhouette, davies_bouldin;
    uint32_t smallest; /* shoppers */
} sotto_clusters_trial;


typedef struct sotto_clusters_summary {
    uint32_t shopper_count;  /* looked at: those with at least three events */
    uint32_t chosen;         /* 0: no number of clusters is any good; nothing is published */
    uint32_t trial_count;
    sotto_clusters_trial trials[SOTTO_CLUSTERS_TRIALS];
} sotto_clusters_summary;

/*
 * Adds the section to `list`, or nothing if shoppers are too few or too alike. `order` gives by
 * index of the model, item_count of them, the item of the sessions, below number_count. No cluster
 * and no typical item rests on fewer than `min_shoppers`. `summary` may be NULL.
 */
bool sotto_clusters_learn(const sotto_sequences *sessions, const sotto_sequences *baskets,
                          const uint32_t *order, uint32_t item_count, uint32_t number_count,
                          uint32_t min_shoppers, sotto_section_list *list,
                          sotto_clusters_summary *summary, sotto_train_fault *fault);

#endif

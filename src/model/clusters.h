/*
 * clusters.h - kinds of shoppers, found by training (FORMAT.md 5a.6)
 *
 * memory    Views into the ranker's bytes.
 * trust     The section may be hostile until opened; then every item in it exists.
 */
#ifndef SOTTO_MODEL_CLUSTERS_H
#define SOTTO_MODEL_CLUSTERS_H

#include "format/reader.h"

enum {
    SOTTO_CLUSTER_MAX = 16,
    SOTTO_CLUSTER_BLOCKS = 64,     /* at most */
    SOTTO_CLUSTER_HABITS = 4,      /* buying, returning, roaming, busy: RANKING.md 10 */
    SOTTO_CLUSTER_TRAITS = SOTTO_CLUSTER_BLOCKS + SOTTO_CLUSTER_HABITS,
    SOTTO_CLUSTER_TYPICAL = 16,    /* items, at most */
    SOTTO_CLUSTER_TRAIT_MAX = 127
};

typedef struct sotto_clusters {
    uint32_t       count;          /* 0: there is no section */
    uint32_t       item_count, block_count;
    int32_t        silhouette;     /* Q14 */
    uint32_t       davies_bouldin; /* Q8 */
    const uint8_t *shares;         /* u16 each */
    const uint8_t *centroids;      /* block_count + SOTTO_CLUSTER_HABITS bytes each */
    const uint8_t *typical_counts; /* u8 each */
    const uint8_t *typical;        /* u32, cluster after cluster */
} sotto_clusters;

void sotto_clusters_open(sotto_clusters *clusters, sotto_reader *reader, uint32_t item_count);

#endif

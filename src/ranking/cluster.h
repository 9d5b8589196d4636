/*
 * cluster.h - which kind of shopper this is (RANKING.md 10)
 */
#ifndef SOTTO_RANKING_CLUSTER_H
#define SOTTO_RANKING_CLUSTER_H

#include "model/clusters.h"
#include "sotto.h"

enum {
    SOTTO_SHOPPER_EVENTS = 256,    /* the latest ones count */
    SOTTO_SHOPPER_LEAST = 3        /* of fewer nothing is said */
};

/* What a shopper did, as far as kinds of shoppers go by it: items and event kinds, in any order. */
typedef struct sotto_shopper_log {
    uint32_t count;                /* at most SOTTO_SHOPPER_EVENTS */
    uint32_t items[SOTTO_SHOPPER_EVENTS];
    uint8_t  kinds[SOTTO_SHOPPER_EVENTS];
} sotto_shopper_log;

/* Whether an event of that kind counts. */
bool sotto_shopper_counts(uint32_t kind);

/* What training finds kinds in, and a device compares with them: block_count + 4 numbers to 127. */
void sotto_shopper_measure(const sotto_shopper_log *log, uint32_t item_count, uint32_t block_count,
                           uint8_t traits[SOTTO_CLUSTER_TRAITS]);

/* The number of the nearest centroid, the first of equals. */
uint32_t sotto_clusters_nearest(const sotto_clusters *clusters, const uint8_t *traits);

#endif

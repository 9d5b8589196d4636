/*
 * Clusters k-means - groups of points that are near to each other
 *
 * memory    4 bytes for each point, and the distances between the points of a sample.
 * lifetime  A grouping owns what it holds.
 */
#ifndef SOTTO_TRAIN_CLUSTERS_KMEANS_H
#define SOTTO_TRAIN_CLUSTERS_KMEANS_H

#include <stdbool.h>
#include <stdint.h>

#define SOTTO_GROUPS_MAX 16u

/* Points with `size` coordinates each, row after row. */
typedef struct sotto_points {
    uint32_t       count, size;
    const uint8_t *rows;
} sotto_points;

typedef struct sotto_grouping {
    uint32_t  count;
    uint8_t  *centroids; /* count rows */
    uint8_t  *groups;    /* of each point, its group */
    uint32_t  sizes[SOTTO_GROUPS_MAX];
    double    spread;    /* sum of squared distances to the centroids */
    double    silhouette; /* -1 to 1: how much nearer to its own group than to the next one */
    double    davies_bouldin; /* how wide groups are against how far apart, 0 the best */
} sotto_grouping;

/*
 * Groups the points `count` ways: the best of several starts. Centroids are rounded, and all else
 * goes by the rounded ones. The same points give the same grouping. False without memory.
 */
bool sotto_grouping_make(const sotto_points *points, uint32_t count, sotto_grouping *grouping);

/* Fills silhouette, of at most 1,000 points at even distances, and davies_bouldin, of all. */
bool sotto_grouping_judge(const sotto_points *points, sotto_grouping *grouping);

void sotto_grouping_free(sotto_grouping *grouping);

#endif

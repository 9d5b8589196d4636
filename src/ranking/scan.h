/*
 * scan.h - the items nearest to a point
 *
 * memory    A sotto_scan of scratch, about 30 KB; 80 KB where there is no SIMD.
 */
#ifndef SOTTO_RANKING_SCAN_H
#define SOTTO_RANKING_SCAN_H

#include "ranking/rows.h"

enum {
    SOTTO_SCAN_MOST = 256          /* hits wanted */
};

typedef struct sotto_scan_hit {
    uint32_t item;
    int32_t  cosine;               /* Q22 */
} sotto_scan_hit;

typedef struct sotto_scan {
    uint32_t       count;
    sotto_scan_hit hits[SOTTO_SCAN_MOST];
    uint64_t       keys[SOTTO_VECTOR_MAX_VISITS];    /* private, as what follows */
    sotto_rows_table table;
    uint32_t       blocks[SOTTO_VECTOR_MAX_VISITS];
} sotto_scan;

/*
 * Finds the `want` items, at most SOTTO_SCAN_MOST, whose rows have the largest cosine with a point
 * in Q14: scan->hits, best first. Of equal ones that of the earlier class, then the smaller index.
 * Goes over all rows, or over those of the nearest blocks.
 */
void sotto_scan_nearest(sotto_scan *scan, const sotto_vectors *vectors, const int16_t *point,
                        uint32_t want);

#endif

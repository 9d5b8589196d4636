/*
 * shortlist.h - the candidates worth a closer look
 *
 * The trainer asks the same functions for the candidates and features (features.h) it fits the
 * re-ranker on, so what was learned from is what is asked for later, to the last bit:
 *
 *     sotto_shortlist_fill(scratch, bundle, session, count);
 *     for each of scratch->shortlist.count: sotto_features_set(...)
 *
 * memory    A sotto_rank_scratch, about 250 KB, that the caller lends.
 * threads   One at a time, for each scratch.
 */
#ifndef SOTTO_RANKING_SHORTLIST_H
#define SOTTO_RANKING_SHORTLIST_H

#include "ranking/encode.h"
#include "ranking/network.h"
#include "ranking/ranking.h"
#include "ranking/scan.h"

/* What candidates are compared with: three points, then the items of the session. */
enum {
    SOTTO_TEMPERATURE = 14,        /* what a cosine is worth: what vectors are trained with */
    SOTTO_POINT_SESSION = 0,       /* the session, encoded */
    SOTTO_POINT_NEAREST,           /* the mean of what is nearest to it */
    SOTTO_POINT_MEAN,              /* the mean of its items */
    SOTTO_POINT_LAST,              /* its latest item, and before it the others */
    SOTTO_POINTS = SOTTO_POINT_LAST + SOTTO_ENCODER_MAX_HISTORY,
    SOTTO_POINTS_KEPT = SOTTO_POINT_LAST + 3,
    SOTTO_MAX_SHORTLIST = 2 * SOTTO_RANK_MAX_LISTED + SOTTO_ENCODER_MAX_HISTORY
};

typedef struct sotto_shortlist_entry {
    uint32_t item;
    int32_t  cosines[SOTTO_POINTS_KEPT];             /* Q22 */
    int32_t  like;                 /* the largest with an item of the session other than itself */
    uint32_t like_age;             /* of that item; SOTTO_ENCODER_MAX_HISTORY if there is none */
    uint32_t links;                /* what links give it, Q16; 0 if nothing leads there */
    uint32_t link_rank;            /* among the best by links, from 0; their count if it is not */
    uint32_t link_weights[3];      /* of the links from the three latest items, Q16 */
    uint32_t votes;                /* how many items of the session link to it */
} sotto_shortlist_entry;

typedef struct sotto_shortlist {
    uint32_t              count;
    uint32_t              vector_count;              /* the first ones: nearest first */
    uint32_t              table_count;               /* how many were best by links */
    uint32_t              best_links;                /* of the first of those, 0 if there is none */
    uint32_t              odds[SOTTO_RANK_MAX_LISTED];   /* of the nearest, by the first; Q16 */
    int16_t               points[SOTTO_POINTS * SOTTO_VECTOR_MAX_DIMENSIONS];    /* Q14 */
    sotto_shortlist_entry list[SOTTO_MAX_SHORTLIST];
} sotto_shortlist;

typedef struct sotto_rank_scratch {
    sotto_ranking_scratch tables;
    sotto_session         session;
    sotto_scan            scan;
    sotto_shortlist       shortlist;
    sotto_network         network;                       /* rerank.c */
    uint64_t              keys[SOTTO_MAX_CANDIDATES];    /* shortlist.c, rerank.c: what to sort */
} sotto_rank_scratch;

/*
 * Fills the shortlist for a session of item indexes, the latest first. The bundle has a ranker with
 * an encoder. Empty if the model knows no item of the session.
 */
void sotto_shortlist_fill(sotto_rank_scratch *scratch, const sotto_bundle *bundle,
                          const uint32_t *session, uint32_t session_count);

#endif

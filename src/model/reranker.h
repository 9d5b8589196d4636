/*
 * reranker.h - the small network that orders candidates, and the recency it asks for (FORMAT.md
 * 5a.4, 5a.5)
 *
 * memory    Views into the ranker's bytes.
 * trust     The sections may be hostile until opened; then every feature is known and no sum of
 *           RANKING.md 8.5 overflows.
 */
#ifndef SOTTO_MODEL_RERANKER_H
#define SOTTO_MODEL_RERANKER_H

#include "format/reader.h"

/* The numbers of RANKING.md 8.4: what is known of a candidate. */
typedef enum sotto_feature {
    SOTTO_FEATURE_COS_SESSION, SOTTO_FEATURE_COS_LAST, SOTTO_FEATURE_COUNT_LOG,
    SOTTO_FEATURE_RECENT_LOG, SOTTO_FEATURE_REPEAT_0, SOTTO_FEATURE_REPEAT_1,
    SOTTO_FEATURE_REPEAT_2, SOTTO_FEATURE_REPEAT_OLDER, SOTTO_FEATURE_OCCURRENCES,
    SOTTO_FEATURE_LENGTH_LOG, SOTTO_FEATURE_DISTINCT, SOTTO_FEATURE_LAST_TWICE,
    SOTTO_FEATURE_LAST_COUNT_LOG, SOTTO_FEATURE_COS_SECOND, SOTTO_FEATURE_COS_THIRD,
    SOTTO_FEATURE_LAST_RECENT_LOG, SOTTO_FEATURE_BEST_COS, SOTTO_FEATURE_RANK_LOG,
    SOTTO_FEATURE_HAS_SECOND, SOTTO_FEATURE_HAS_THIRD, SOTTO_FEATURE_COS_AT_20,
    SOTTO_FEATURE_LINKS_LOG, SOTTO_FEATURE_LINKED, SOTTO_FEATURE_LINK_RANK_LOG,
    SOTTO_FEATURE_LAST_LINK_LOG, SOTTO_FEATURE_BEST_LINKS_LOG, SOTTO_FEATURE_ODDS_LOG,
    SOTTO_FEATURE_COUNT_AGAINST, SOTTO_FEATURE_RECENT_AGAINST, SOTTO_FEATURE_COS_NEAREST,
    SOTTO_FEATURE_COS_MEAN, SOTTO_FEATURE_COS_LARGEST, SOTTO_FEATURE_LAST_OTHERS,
    SOTTO_FEATURE_REPEAT_AGE_LOG, SOTTO_FEATURE_SHARE, SOTTO_FEATURE_SECOND_LINK_LOG,
    SOTTO_FEATURE_THIRD_LINK_LOG, SOTTO_FEATURE_VOTES,
    SOTTO_FEATURES
} sotto_feature;

enum {
    SOTTO_RANK_MAX_FEATURES = 64,
    SOTTO_RANK_MAX_HIDDEN = 64,
    SOTTO_RANK_MAX_LISTED = 256,   /* candidates by vector, or by links */
    SOTTO_RANK_SCALED_MAX = 16383, /* what a scaled feature is clamped to */
    SOTTO_RANK_SCALED_BITS = 10    /* a scaled feature, and a hidden value, is Q10 */
};

typedef struct sotto_recency {
    const uint8_t *codes;                            /* NULL: there is no section */
    int16_t        offsets[16];                      /* Q8 */
} sotto_recency;

typedef struct sotto_reranker {
    uint32_t       vector_count, table_count, session_count;   /* candidates */
    uint32_t       feature_count;                    /* 0: there is no network */
    uint32_t       feature_room;                     /* F': in a row of weights */
    uint32_t       hidden_count, hidden_room;
    uint32_t       shift_1, shift_2;
    const uint8_t *features;
    const uint8_t *scaling;                          /* i32 mean, u32 factor, of each */
    const uint8_t *bias;                             /* i32 */
    const uint8_t *weights_1, *weights_2, *skip;     /* i16 */
} sotto_reranker;

void sotto_recency_open(sotto_recency *recency, sotto_reader *reader, uint32_t item_count);

/* The candidate counts of a ranker without a network. */
void sotto_reranker_init(sotto_reranker *reranker);

/* Reads how many candidates there are to be, with which a section begins. */
void sotto_reranker_open_counts(sotto_reranker *reranker, sotto_reader *reader);

/* Reads to the end of a section; features are numbered below `known`. */
void sotto_reranker_open(sotto_reranker *reranker, sotto_reader *reader, uint32_t known);

#endif

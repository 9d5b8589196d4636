/*
 * Fit re-ranker - a small network that puts candidates into order
 *
 * memory    2 bytes for each feature of each candidate.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_FIT_RERANKER_H
#define SOTTO_TRAIN_FIT_RERANKER_H

#include "train/metrics.h"
#include "train/random.h"

#include <stdbool.h>
#include <stddef.h>

#define SOTTO_LIST_FEATURES_MAX 64u
#define SOTTO_NO_RIGHT          UINT32_MAX

/*
 * Lists of candidates with the features of each, scaled: mean 0, deviation 1, Q10. Features stand
 * in rows of `feature_count`.
 */
typedef struct sotto_lists {
    uint32_t  feature_count;
    uint32_t  count;  /* lists */
    size_t   *starts; /* count + 1 positions of candidates */
    uint32_t *right;  /* by list: which of its candidates came next, or SOTTO_NO_RIGHT */
    int16_t  *features;
    uint8_t  *marks; /* by candidate, 1 if it is right: where several can be; NULL where not */
    size_t    candidate_room, list_room;
} sotto_lists;

/* Adds a list of `candidates` rows, whose place is returned to be filled. NULL without memory. */
int16_t *sotto_lists_add(sotto_lists *lists, uint32_t candidates, uint32_t right);
void sotto_lists_free(sotto_lists *lists);

typedef struct sotto_reranker_options {
    uint32_t hidden; /* a multiple of SOTTO_LANES, at most 64; 0 = linear */
    uint32_t epochs;
    uint32_t batch; /* lists */
    float    rate, decay;
    uint64_t features; /* bit by number: which are used */
    uint64_t seed;
} sotto_reranker_options;

sotto_reranker_options sotto_reranker_defaults(void);

/* score = outer . leaky(inner x + bias) + skip . x */
typedef struct sotto_reranker_net {
    uint32_t feature_count, hidden;
    uint32_t feature_room; /* in a row: a multiple of SOTTO_LANES */
    size_t   weight_count;
    float   *weights; /* one after the other what stands below */
    float   *inner;   /* hidden rows of feature_room */
    float   *bias, *outer;
    float   *skip; /* feature_room */
} sotto_reranker_net;

/* Learns from the lists [first, last). False without memory. */
bool sotto_fit_reranker(const sotto_lists *lists, uint32_t first, uint32_t last,
                        const sotto_reranker_options *options, sotto_reranker_net *net);

/* Ranks the lists [first, last) by the network. False without memory. */
bool sotto_ask_reranker(const sotto_lists *lists, uint32_t first, uint32_t last,
                        const sotto_reranker_net *net, sotto_metrics *metrics);

void sotto_reranker_net_free(sotto_reranker_net *net);

/*
 * The loss of the lists [first, last), per list that has a right one; adds its gradient to
 * `gradient`, laid out as the weights, unless it is NULL. Negative without memory.
 */
double sotto_reranker_loss(const sotto_lists *lists, const uint32_t *order, uint32_t first,
                           uint32_t last, const sotto_reranker_net *net, float *gradient);

/* A network with weights as before the first step. */
bool sotto_reranker_net_init(sotto_reranker_net *net, uint32_t feature_count, uint32_t hidden,
                             uint64_t features, sotto_random *random);

#endif

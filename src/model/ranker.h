/*
 * ranker.h - all that ranks like a server, opened for asking
 *
 * It comes in a part of its own, or in the model file of a trainer; the sections are the same.
 */
#ifndef SOTTO_MODEL_RANKER_H
#define SOTTO_MODEL_RANKER_H

#include "model/basket.h"
#include "model/bundle.h"
#include "model/clusters.h"
#include "model/encoder.h"
#include "model/forest.h"
#include "model/reranker.h"
#include "model/vectors.h"

struct sotto_ranker {
    sotto_vectors      vectors;
    sotto_encoder      encoder;
    sotto_recency      recency;
    sotto_reranker     reranker;
    sotto_forest       forest;
    sotto_clusters     clusters;
    sotto_basket_model basket;
};

/* Whether sessions can be encoded: without, ranking is by links alone. */
static inline bool sotto_ranker_encodes(const sotto_ranker *ranker)
{
    return ranker != NULL && ranker->encoder.history_count > 0;
}

/* The logarithm of how often an item was met: in all, and lately; to the base 2, Q8. */
int32_t sotto_ranker_count_log(const sotto_ranker *ranker, uint32_t item);
int32_t sotto_ranker_recent_log(const sotto_ranker *ranker, uint32_t item);

#endif

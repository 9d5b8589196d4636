/*
 * network.h - the small network that orders candidates (RANKING.md 8.5)
 */
#ifndef SOTTO_RANKING_NETWORK_H
#define SOTTO_RANKING_NETWORK_H

#include "model/reranker.h"

/* The largest hidden value; one that is as large says nothing of how it would grow. */
enum { SOTTO_NETWORK_HIDDEN_MAX = 32767 };

/* A network laid out for asking, about 9 KB: private. The section's bytes must stay. */
typedef struct sotto_network {
    const sotto_reranker *section;
    uint32_t              pair_count;                /* of inputs */
    uint32_t              room;                      /* hidden values, up to a multiple of 16 */
    int32_t               bias[SOTTO_RANK_MAX_HIDDEN];
    int16_t               weights_1[SOTTO_RANK_MAX_FEATURES * SOTTO_RANK_MAX_HIDDEN];
    int16_t               weights_2[SOTTO_RANK_MAX_HIDDEN];
    int16_t               skip[SOTTO_RANK_MAX_FEATURES];
} sotto_network;

/* The network at one candidate. It starts zeroed: what lies past the last input stays 0. */
typedef struct sotto_activation {
    int16_t inputs[SOTTO_RANK_MAX_FEATURES];         /* Q10 */
    int16_t hidden[SOTTO_RANK_MAX_HIDDEN];           /* Q10 */
    int32_t score;                                   /* Q(10 + shift_2) */
} sotto_activation;

void sotto_network_set(sotto_network *network, const sotto_reranker *section);

/* Asks the network for a candidate with these features, by their numbers. */
void sotto_network_ask(sotto_activation *at, const sotto_network *network,
                       const int32_t *features);

/*
 * What some of the inputs, the others being 0, add to the score at the slope it has there, times
 * 8 << shift_1.
 */
int64_t sotto_network_part(const sotto_network *network, const sotto_activation *at,
                           const int16_t inputs[SOTTO_RANK_MAX_FEATURES]);

/* A feature as the network takes it: shifted, scaled and clamped, Q10. */
static inline int16_t sotto_network_scale(int32_t feature, int32_t mean, uint32_t factor)
{
    int64_t scaled = (((int64_t)feature - mean) * factor) >> 16;
    return (int16_t)(scaled > SOTTO_RANK_SCALED_MAX    ? SOTTO_RANK_SCALED_MAX
                     : scaled < -SOTTO_RANK_SCALED_MAX ? -SOTTO_RANK_SCALED_MAX
                                                       : scaled);
}

#endif

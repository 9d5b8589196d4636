/*
 * network.c - the small network that orders candidates
 *
 * One hidden layer, beside a plain sum:
 *
 *     x_f    = clamp((feature_f - mean_f) * factor_f)           one spread, whatever the unit
 *     h_j    = leaky(W1_j x + bias_j)                           leaky(v) = v, or v / 8 below 0
 *     score  = w2 h + skip x
 *
 * Where no hidden value changes its sign the score is a plain sum, so at each candidate it has a
 * slope for each feature, and slope times x_f is what that feature adds.
 */
#include "ranking/network.h"

#include "ranking/dot.h"

enum { LEAK_BITS = 3 };

static void scale(int16_t *inputs, const sotto_reranker *network, const int32_t *features)
{
    const uint8_t *scaling = network->scaling;
    for (uint32_t i = 0; i < network->feature_count; i++, scaling += 8) {
        inputs[i] = sotto_network_scale(features[network->features[i]],
                                        (int32_t)sotto_load_u32(scaling),
                                        sotto_load_u32(scaling + 4));
    }
}

static int16_t hidden_value(int32_t sum, const sotto_reranker *network, uint32_t j)
{
    int32_t value = (sum >> network->shift_1)
                  + (int32_t)sotto_load_u32(network->bias + 4 * (size_t)j);
    value = value < 0 ? value >> LEAK_BITS : value;
    return (int16_t)(value > SOTTO_NETWORK_HIDDEN_MAX    ? SOTTO_NETWORK_HIDDEN_MAX
                     : value < -SOTTO_NETWORK_HIDDEN_MAX ? -SOTTO_NETWORK_HIDDEN_MAX
                                                         : value);
}

void sotto_network_ask(sotto_activation *at, const sotto_reranker *network,
                       const int32_t *features)
{
    int32_t sums[SOTTO_RANK_MAX_HIDDEN];
    scale(at->inputs, network, features);
    sotto_dot_i16(network->weights_1, at->inputs, network->feature_room, network->hidden_count,
                  sums);
    for (uint32_t j = 0; j < network->hidden_count; j++) {
        at->hidden[j] = hidden_value(sums[j], network, j);
    }
    int32_t last[2];
    sotto_dot_i16(network->weights_2, at->hidden, network->hidden_room, 1, &last[0]);
    sotto_dot_i16(network->skip, at->inputs, network->feature_room, 1, &last[1]);
    at->score = last[0] + last[1];
}

static int64_t weight_at(const uint8_t *weights, uint32_t index)
{
    return (int16_t)sotto_load_u16(weights + 2 * (size_t)index);
}

int64_t sotto_network_slope(const sotto_reranker *network, const sotto_activation *at, uint32_t i)
{
    int64_t slope = weight_at(network->skip, i) * 8 * (1 << network->shift_1);
    for (uint32_t j = 0; j < network->hidden_count; j++) {
        int32_t size = at->hidden[j] < 0 ? -at->hidden[j] : at->hidden[j];
        int64_t leak = size == SOTTO_NETWORK_HIDDEN_MAX ? 0 : at->hidden[j] < 0 ? 1 : 8;
        slope += leak * weight_at(network->weights_2, j)
               * weight_at(network->weights_1, j * network->feature_room + i);
    }
    return slope;
}

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
 *
 * A file has the weights of one hidden value after the other. They are laid out anew for each
 * decision, two inputs at a time, so that hidden values stand side by side and none has to be
 * added up across a vector:
 *
 *     h_0: x_0 x_1   h_1: x_0 x_1   h_2: x_0 x_1  ...   h_0: x_2 x_3   h_1: x_2 x_3  ...
 */
#include "ranking/network.h"

#include "ranking/dot.h"

enum { LEAK_BITS = 3, LEAK = 1 << LEAK_BITS };

static int16_t weight_at(const uint8_t *weights, uint32_t index)
{
    return (int16_t)sotto_load_u16(weights + 2 * (size_t)index);
}

void sotto_network_set(sotto_network *network, const sotto_reranker *section)
{
    network->section = section;
    network->pair_count = (section->feature_count + 1) / 2;
    network->room = (section->hidden_count + 15) & ~15u;
    memset(network->weights_1, 0, 4 * (size_t)network->pair_count * network->room);
    memset(network->weights_2, 0, sizeof network->weights_2);
    memset(network->skip, 0, sizeof network->skip);
    memset(network->bias, 0, sizeof network->bias);
    for (uint32_t j = 0; j < section->hidden_count; j++) {
        const uint8_t *row = section->weights_1 + 2 * (size_t)j * section->feature_room;
        for (uint32_t i = 0; i < section->feature_count; i++) {
            network->weights_1[(i / 2 * network->room + j) * 2 + i % 2] = weight_at(row, i);
        }
        network->weights_2[j] = weight_at(section->weights_2, j);
        network->bias[j] = (int32_t)sotto_load_u32(section->bias + 4 * (size_t)j);
    }
    for (uint32_t i = 0; i < section->feature_count; i++) {
        network->skip[i] = weight_at(section->skip, i);
    }
}

static void scale(int16_t *inputs, const sotto_reranker *section, const int32_t *features)
{
    const uint8_t *scaling = section->scaling;
    for (uint32_t i = 0; i < section->feature_count; i++, scaling += 8) {
        inputs[i] = sotto_network_scale(features[section->features[i]],
                                        (int32_t)sotto_load_u32(scaling),
                                        sotto_load_u32(scaling + 4));
    }
}

static int16_t hidden_value(int32_t value)
{
    int32_t leaked = value >> LEAK_BITS;
    value = value > leaked ? value : leaked;
    value = value < SOTTO_NETWORK_HIDDEN_MAX ? value : SOTTO_NETWORK_HIDDEN_MAX;
    return (int16_t)(value > -SOTTO_NETWORK_HIDDEN_MAX ? value : -SOTTO_NETWORK_HIDDEN_MAX);
}

static int32_t product(const int16_t *a, const int16_t *b, uint32_t count)
{
    int32_t sum;
    sotto_dot_points(a, b, count, 1, &sum);
    return sum;
}

void sotto_network_ask(sotto_activation *at, const sotto_network *network,
                       const int32_t *features)
{
    const sotto_reranker *section = network->section;
    int32_t sums[SOTTO_RANK_MAX_HIDDEN];
    scale(at->inputs, section, features);
    sotto_dot_pairs(network->weights_1, at->inputs, network->pair_count, network->room, sums);
    for (uint32_t first = 0; first < network->room; first += 16) {
        for (uint32_t j = first; j < first + 16; j++) {
            at->hidden[j] = hidden_value((sums[j] >> section->shift_1) + network->bias[j]);
        }
    }
    at->score = product(network->weights_2, at->hidden, network->room)
              + product(network->skip, at->inputs, section->feature_room);
}

int64_t sotto_network_part(const sotto_network *network, const sotto_activation *at,
                           const int16_t inputs[SOTTO_RANK_MAX_FEATURES])
{
    const sotto_reranker *section = network->section;
    int32_t sums[SOTTO_RANK_MAX_HIDDEN];
    sotto_dot_pairs(network->weights_1, inputs, network->pair_count, network->room, sums);
    int64_t part = (int64_t)product(network->skip, inputs, section->feature_room)
                 * (LEAK << section->shift_1);
    for (uint32_t j = 0; j < section->hidden_count; j++) {
        int32_t hidden = at->hidden[j];
        int64_t leak = hidden < 0 ? 1 : LEAK;
        if (hidden != SOTTO_NETWORK_HIDDEN_MAX && hidden != -SOTTO_NETWORK_HIDDEN_MAX) {
            part += leak * network->weights_2[j] * sums[j];
        }
    }
    return part;
}

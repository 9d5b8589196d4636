/*
 * encode.c - a session as a point among the items
 *
 * The point is near to the items of the session, the later ones more, and those more that are like
 * the last one. With e_k the vector of the event of age k, 0 the latest:
 *
 *     a_k = exp(position_k + affinity * cos(e_k, e_0))
 *     t   = unit(sum of a_k * depth_k * e_k)                    coordinate by coordinate
 *     s   = unit(t + W2 leaky(W1 [t; e_0] + bias))
 *
 * The second step is a small network that learned where sessions go from where they are; without
 * one, s is t. Scales cancel out in unit(), so the sums keep every bit there is and nothing is
 * rounded before.
 */
#include "ranking/encode.h"

#include "base/exponent.h"
#include "ranking/dot.h"

enum {
    UNIT_BITS = 14,
    SQUARED_BITS = 28,             /* 128 squares of so many bits fit in 64 */
    LEAK_BITS = 3,
    HIDDEN_MAX = 32767
};

#define DIMENSIONS_MAX SOTTO_VECTOR_MAX_DIMENSIONS

void sotto_session_unit(int16_t *unit, int64_t *vector, uint32_t dimensions)
{
    uint64_t largest = 0;
    for (uint32_t i = 0; i < dimensions; i++) {
        uint64_t size = (uint64_t)(vector[i] < 0 ? -vector[i] : vector[i]);
        largest |= size;
    }
    uint32_t bits = largest == 0 ? 0 : 64 - (uint32_t)__builtin_clzll(largest);
    uint32_t shift = bits > SQUARED_BITS ? bits - SQUARED_BITS : 0;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < dimensions; i++) {
        vector[i] >>= shift;
        sum += (uint64_t)(vector[i] * vector[i]);
    }
    int64_t length = sotto_root_u64(sum);
    for (uint32_t i = 0; i < dimensions; i++) {
        unit[i] = (int16_t)(length == 0 ? 0 : vector[i] * (1 << UNIT_BITS) / length);
    }
}

static int32_t load_i32(const uint8_t *at)
{
    return (int32_t)sotto_load_u32(at);
}

static int32_t cosine(const int16_t *a, const int16_t *b, uint32_t dimensions)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < dimensions; i++) {
        sum += a[i] * b[i];
    }
    return (int32_t)(sum >> UNIT_BITS);
}

/* How much each event counts, Q16: 65,536 for the one that counts most. */
static void weigh(uint32_t *weights, const sotto_session *session, const sotto_encoder *encoder,
                  uint32_t count, uint32_t dimensions)
{
    int64_t logs[SOTTO_ENCODER_MAX_HISTORY];
    int64_t largest = INT64_MIN;
    for (uint32_t k = 0; k < count; k++) {
        int64_t likeness = k == 0 ? 1 << UNIT_BITS
                                  : cosine(session->vectors[k], session->vectors[0], dimensions);
        logs[k] = encoder->position[k] + ((encoder->affinity * likeness) >> UNIT_BITS);
        largest = logs[k] > largest ? logs[k] : largest;
    }
    for (uint32_t k = 0; k < count; k++) {
        weights[k] = sotto_exp_q16(logs[k] - largest);
    }
}

/* The weighted mean of the session, as a unit vector. */
static void mix(int16_t *mixed, const sotto_session *session, const sotto_ranker *ranker)
{
    const sotto_encoder *encoder = &ranker->encoder;
    uint32_t dimensions = ranker->vectors.dimensions;
    uint32_t count = sotto_min_u32(session->count, encoder->history_count);
    uint32_t weights[SOTTO_ENCODER_MAX_HISTORY];
    weigh(weights, session, encoder, count, dimensions);
    int64_t sums[DIMENSIONS_MAX] = {0};
    for (uint32_t k = 0; k < count; k++) {
        uint32_t row = sotto_min_u32(k, encoder->depth_count - 1);
        const uint8_t *depth = encoder->depth + 2 * (size_t)row * dimensions;
        for (uint32_t i = 0; i < dimensions; i++) {
            int64_t coordinate = (int16_t)sotto_load_u16(depth + 2 * i) * session->vectors[k][i];
            sums[i] += coordinate * (int64_t)weights[k];
        }
    }
    sotto_session_unit(mixed, sums, dimensions);
}

/* One hidden value, Q11. */
static int16_t hidden_value(const sotto_encoder *encoder, uint32_t j, const int16_t *inputs,
                            uint32_t input_count)
{
    int64_t sum = sotto_dot_i8(encoder->weights_1 + (size_t)j * input_count, inputs, input_count);
    int64_t value = ((sum * sotto_load_u32(encoder->scale_1 + 4 * j)) >> 22)
                  + load_i32(encoder->bias + 4 * j);
    value = (value < 0 ? value >> LEAK_BITS : value) >> 5;
    return (int16_t)(value > HIDDEN_MAX ? HIDDEN_MAX : value < -HIDDEN_MAX ? -HIDDEN_MAX : value);
}

static void encode(sotto_session *session, const sotto_ranker *ranker)
{
    const sotto_encoder *encoder = &ranker->encoder;
    uint32_t dimensions = ranker->vectors.dimensions;
    uint32_t hidden_count = encoder->hidden_count;
    int16_t inputs[2 * DIMENSIONS_MAX];
    mix(inputs, session, ranker);
    if (hidden_count == 0) {
        memcpy(session->encoded, inputs, dimensions * sizeof inputs[0]);
        return;
    }
    memcpy(inputs + dimensions, session->vectors[0], dimensions * sizeof inputs[0]);
    int16_t hidden[SOTTO_ENCODER_MAX_HIDDEN];
    for (uint32_t j = 0; j < hidden_count; j++) {
        hidden[j] = hidden_value(encoder, j, inputs, 2 * dimensions);
    }
    int64_t moved[DIMENSIONS_MAX];
    for (uint32_t i = 0; i < dimensions; i++) {
        int64_t sum = sotto_dot_i8(encoder->weights_2 + (size_t)i * hidden_count, hidden,
                                   hidden_count);
        moved[i] = inputs[i] * 1024
                 + ((sum * sotto_load_u32(encoder->scale_2 + 4 * i)) >> 11);
    }
    sotto_session_unit(session->encoded, moved, dimensions);
}

void sotto_session_encode(sotto_session *session, const sotto_ranker *ranker,
                          const uint32_t *items, uint32_t count)
{
    session->length = session->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i] >= ranker->vectors.item_count) {
            continue;
        }
        session->length++;
        if (session->count < SOTTO_ENCODER_MAX_HISTORY) {
            sotto_vectors_get(&ranker->vectors, items[i], session->vectors[session->count]);
            session->items[session->count++] = items[i];
        }
    }
    if (session->count > 0) {
        encode(session, ranker);
    }
}

/*
 * session_encoder.c - from a session so far to one direction: what is wanted next
 *
 * With e_0 the vector of the latest item, e_1 of the one before it and so on:
 *
 *     a_k = exp(position_k + pull * cos(e_k, e_0))          how much an event counts
 *     t   = unit( sum a_k * (gain_k . e_k) )                dimension by dimension
 *     h   = leaky(inner [t; e_0] + bias)
 *     s   = unit( t + outer h )
 *
 * It is the item vectors that hold the knowledge, s only has to point at the right ones; so a
 * weighted sum does nearly all of the work and a small network bends it. A published session needs
 * twenty vectors and some thousand products.
 *
 * The way back is the chain rule, line by line from below. unit() passes on what is across:
 *
 *     y = x / |x|    =>    d x = (d y - (d y . y) y) / |x|
 *
 * tests/unit/test_session_encoder.c compares every derivative with a difference quotient.
 */
#include "train/session_encoder.h"

#include "train/lanes.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAK           0.125f
#define POSITION_START (-0.4f) /* for each event back */
#define INNER_START    0.5f
#define OUTER_START    0.01f /* the network begins as next to nothing */

bool sotto_session_encoder_init(sotto_session_encoder *encoder, uint32_t dimensions,
                                uint32_t hidden, sotto_random *random)
{
    size_t gains = (size_t)SOTTO_SESSION_GAINS * dimensions;
    size_t inner = (size_t)hidden * 2 * dimensions, outer = (size_t)dimensions * hidden;
    *encoder = (sotto_session_encoder){.dimensions = dimensions, .hidden = hidden};
    encoder->attention_count = SOTTO_PREFIX_MAX + 1 + gains;
    encoder->weight_count = encoder->attention_count + hidden + inner + outer;
    encoder->weights = calloc(encoder->weight_count * 4, sizeof(float));
    if (encoder->weights == NULL) {
        return false;
    }
    encoder->positions = encoder->weights;
    encoder->pull = encoder->positions + SOTTO_PREFIX_MAX;
    encoder->gains = encoder->pull + 1;
    encoder->biases = encoder->gains + gains;
    encoder->inner = encoder->biases + hidden;
    encoder->outer = encoder->inner + inner;
    encoder->gradient = encoder->weights + encoder->weight_count;
    encoder->means = encoder->gradient + encoder->weight_count;
    encoder->squares = encoder->means + encoder->weight_count;
    for (uint32_t k = 0; k < SOTTO_PREFIX_MAX; k++) {
        encoder->positions[k] = POSITION_START * (float)k;
    }
    for (size_t i = 0; i < gains; i++) {
        encoder->gains[i] = 1;
    }
    for (size_t i = 0; i < inner; i++) {
        encoder->inner[i] = (2 * sotto_random_share(random) - 1) * INNER_START;
    }
    for (size_t i = 0; i < outer; i++) {
        encoder->outer[i] = (2 * sotto_random_share(random) - 1) * OUTER_START;
    }
    return true;
}

void sotto_session_encoder_free(sotto_session_encoder *encoder)
{
    free(encoder->weights);
    memset(encoder, 0, sizeof *encoder);
}

bool sotto_encoding_init(sotto_encoding *encoding, const sotto_session_encoder *encoder,
                         uint32_t room)
{
    size_t rows = room, dimensions = encoder->dimensions, hidden = encoder->hidden;
    *encoding = (sotto_encoding){.room = room};
    float *all = calloc(rows * (6 * dimensions + 2 * hidden + SOTTO_PREFIX_MAX + 2) + 1, 4);
    if (all == NULL) {
        return false;
    }
    encoding->sessions = all;
    encoding->gradients = encoding->sessions + rows * dimensions;
    encoding->inputs = encoding->gradients + rows * dimensions;
    encoding->input_gradients = encoding->inputs + rows * 2 * dimensions;
    encoding->hidden = encoding->input_gradients + rows * 2 * dimensions;
    encoding->hidden_gradients = encoding->hidden + rows * hidden;
    encoding->shares = encoding->hidden_gradients + rows * hidden;
    encoding->lengths = encoding->shares + rows * SOTTO_PREFIX_MAX;
    encoding->average_lengths = encoding->lengths + rows;
    return true;
}

void sotto_encoding_free(sotto_encoding *encoding)
{
    free(encoding->sessions);
    memset(encoding, 0, sizeof *encoding);
}

static float *gain(const sotto_session_encoder *encoder, float *gains, uint32_t k)
{
    uint32_t row = k < SOTTO_SESSION_GAINS ? k : SOTTO_SESSION_GAINS - 1;
    return gains + (size_t)row * encoder->dimensions;
}

/* out (m x n) = a (m x k) times b (k x n), either turned over first, all of them by rows. */
static void multiply(bool turn_a, bool turn_b, uint32_t m, uint32_t n, uint32_t k, const float *a,
                     const float *b, float *out)
{
    cblas_sgemm(CblasRowMajor, turn_a ? CblasTrans : CblasNoTrans,
                turn_b ? CblasTrans : CblasNoTrans, (int)m, (int)n, (int)k, 1, a,
                (int)(turn_a ? m : k), b, (int)(turn_b ? k : n), 0, out, (int)n);
}

/* ---- there ----------------------------------------------------------------------------------- */

/* The weighted average of what was seen, and the latest, as the network's input. */
static void average(const sotto_session_encoder *encoder, const sotto_embedding *vectors,
                    const sotto_prefix *prefix, uint32_t row, sotto_encoding *encoding)
{
    uint32_t dimensions = encoder->dimensions;
    float *input = encoding->inputs + (size_t)row * 2 * dimensions;
    float *shares = encoding->shares + (size_t)row * SOTTO_PREFIX_MAX;
    const float *latest = sotto_embedding_of(vectors, prefix->items[0]);
    memset(input, 0, dimensions * sizeof(float));
    for (uint32_t k = 0; k < prefix->count; k++) {
        const float *unit = sotto_embedding_of(vectors, prefix->items[k]);
        const float *gains = gain(encoder, encoder->gains, k);
        float likeness = k == 0 ? 1 : sotto_lanes_dot(unit, latest, dimensions);
        float share = sotto_lanes_exp(encoder->positions[k] + *encoder->pull * likeness);
        shares[k] = prefix->dropped[k] ? 0 : share;
        sotto_lanes_add_product(input, shares[k], gains, unit, dimensions);
    }
    encoding->average_lengths[row] = sotto_lanes_unit(input, dimensions);
    memcpy(input + dimensions, latest, dimensions * sizeof(float));
}

void sotto_encode(const sotto_session_encoder *encoder, const sotto_embedding *vectors,
                  const sotto_prefix *prefixes, uint32_t count, sotto_encoding *encoding)
{
    uint32_t dimensions = encoder->dimensions, hidden = encoder->hidden;
    encoding->count = count;
    for (uint32_t row = 0; row < count; row++) {
        average(encoder, vectors, &prefixes[row], row, encoding);
    }
    memset(encoding->sessions, 0, (size_t)count * dimensions * sizeof(float));
    if (hidden > 0) {
        multiply(false, true, count, hidden, 2 * dimensions, encoding->inputs, encoder->inner,
                 encoding->hidden);
        for (uint32_t row = 0; row < count; row++) {
            float *values = encoding->hidden + (size_t)row * hidden;
            for (uint32_t i = 0; i < hidden; i++) {
                float value = values[i] + encoder->biases[i];
                values[i] = value > 0 ? value : LEAK * value;
            }
        }
        multiply(false, true, count, dimensions, hidden, encoding->hidden, encoder->outer,
                 encoding->sessions);
    }
    for (uint32_t row = 0; row < count; row++) {
        float *session = encoding->sessions + (size_t)row * dimensions;
        sotto_lanes_add(session, 1, encoding->inputs + (size_t)row * 2 * dimensions, dimensions);
        encoding->lengths[row] = sotto_lanes_unit(session, dimensions);
    }
}

/* ---- and back -------------------------------------------------------------------------------- */

static void back_through_network(sotto_session_encoder *encoder, sotto_encoding *encoding)
{
    uint32_t dimensions = encoder->dimensions, hidden = encoder->hidden, count = encoding->count;
    float *gradient = encoder->gradient;
    float *biases = gradient + (encoder->biases - encoder->weights);
    if (hidden == 0) {
        memset(encoding->input_gradients, 0, (size_t)count * 2 * dimensions * sizeof(float));
        return;
    }
    multiply(true, false, dimensions, hidden, count, encoding->gradients, encoding->hidden,
             gradient + (encoder->outer - encoder->weights));
    multiply(false, false, count, hidden, dimensions, encoding->gradients, encoder->outer,
             encoding->hidden_gradients);
    memset(biases, 0, hidden * sizeof(float));
    for (uint32_t row = 0; row < count; row++) {
        const float *values = encoding->hidden + (size_t)row * hidden;
        float *slopes = encoding->hidden_gradients + (size_t)row * hidden;
        for (uint32_t i = 0; i < hidden; i++) {
            slopes[i] *= values[i] > 0 ? 1 : LEAK;
            biases[i] += slopes[i];
        }
    }
    multiply(true, false, hidden, 2 * dimensions, count, encoding->hidden_gradients,
             encoding->inputs, gradient + (encoder->inner - encoder->weights));
    multiply(false, false, count, 2 * dimensions, hidden, encoding->hidden_gradients,
             encoder->inner, encoding->input_gradients);
}

/* `back` is the gradient of the sum before unit(). */
static void back_through_average(sotto_session_encoder *encoder, sotto_embedding *vectors,
                                 const sotto_prefix *prefix, const float *shares, const float *back)
{
    uint32_t dimensions = encoder->dimensions;
    float *positions = encoder->gradient, *pull = positions + SOTTO_PREFIX_MAX;
    const float *latest = sotto_embedding_of(vectors, prefix->items[0]);
    float *to_latest = sotto_embedding_gradient(vectors, prefix->items[0]);
    for (uint32_t k = 0; k < prefix->count; k++) {
        if (prefix->dropped[k]) {
            continue;
        }
        const float *unit = sotto_embedding_of(vectors, prefix->items[k]);
        const float *gains = gain(encoder, encoder->gains, k);
        float *to_gains = gain(encoder, pull + 1, k);
        float *to_unit = sotto_embedding_gradient(vectors, prefix->items[k]);
        float to_share = 0;
        for (uint32_t i = 0; i < dimensions; i++) {
            to_share += back[i] * unit[i] * gains[i];
        }
        to_share *= shares[k];
        sotto_lanes_add_product(to_gains, shares[k], back, unit, dimensions);
        sotto_lanes_add_product(to_unit, shares[k], gains, back, dimensions);
        positions[k] += to_share;
        *pull += to_share * (k == 0 ? 1 : sotto_lanes_dot(unit, latest, dimensions));
        if (k > 0) {
            sotto_lanes_add(to_unit, to_share * *encoder->pull, latest, dimensions);
            sotto_lanes_add(to_latest, to_share * *encoder->pull, unit, dimensions);
        }
    }
}

void sotto_encode_back(sotto_session_encoder *encoder, sotto_embedding *vectors,
                       const sotto_prefix *prefixes, sotto_encoding *encoding)
{
    uint32_t dimensions = encoder->dimensions;
    for (uint32_t row = 0; row < encoding->count; row++) {
        sotto_lanes_across(encoding->gradients + (size_t)row * dimensions,
                           encoding->sessions + (size_t)row * dimensions, encoding->lengths[row],
                           dimensions);
    }
    memset(encoder->gradient, 0, encoder->attention_count * sizeof(float));
    back_through_network(encoder, encoding);
    for (uint32_t row = 0; row < encoding->count; row++) {
        const sotto_prefix *prefix = &prefixes[row];
        float *back = encoding->gradients + (size_t)row * dimensions;
        const float *to_input = encoding->input_gradients + (size_t)row * 2 * dimensions;
        sotto_lanes_add(back, 1, to_input, dimensions);
        sotto_lanes_add(sotto_embedding_gradient(vectors, prefix->items[0]), 1,
                        to_input + dimensions, dimensions);
        sotto_lanes_across(back, encoding->inputs + (size_t)row * 2 * dimensions,
                           encoding->average_lengths[row], dimensions);
        back_through_average(encoder, vectors, prefix,
                             encoding->shares + (size_t)row * SOTTO_PREFIX_MAX, back);
    }
}

void sotto_session_encoder_step(sotto_session_encoder *encoder, float rate, float network_rate,
                                uint32_t step)
{
    size_t first = encoder->attention_count;
    sotto_lanes_adam(encoder->weights, encoder->gradient, encoder->means, encoder->squares,
                     (uint32_t)first, rate, step);
    sotto_lanes_adam(encoder->weights + first, encoder->gradient + first, encoder->means + first,
                     encoder->squares + first, (uint32_t)(encoder->weight_count - first),
                     network_rate, step);
}

#include "test.h"

#include "train/lanes.h"
#include "train/softmax.h"

#include <math.h>

enum { DIMENSIONS = 16, ITEMS = 20, ROWS = 3, NEGATIVES = 32 };

static sotto_embedding vectors;
static sotto_session_encoder encoder;
static sotto_encoding encoding;
static sotto_softmax softmax;
static sotto_negatives negatives;
static sotto_prefix prefixes[ROWS];
static uint32_t all[ITEMS], events[100];

static void start(void)
{
    sotto_random random = sotto_random_start(11);
    for (uint32_t i = 0; i < ITEMS; i++) {
        all[i] = i;
    }
    for (uint32_t i = 0; i < 100; i++) {
        events[i] = i % 10 == 0 ? 3 : i % ITEMS;
    }
    REQUIRE(sotto_embedding_init(&vectors, ITEMS, DIMENSIONS, ROWS * 21 + NEGATIVES, &random));
    REQUIRE(sotto_session_encoder_init(&encoder, DIMENSIONS, 0, &random));
    REQUIRE(sotto_encoding_init(&encoding, &encoder, ROWS));
    REQUIRE(sotto_softmax_init(&softmax, ROWS, NEGATIVES, DIMENSIONS));
    REQUIRE(sotto_negatives_init(&negatives, NEGATIVES, ITEMS, all, ITEMS, events, 100));
    sotto_negatives_draw(&negatives, &random);
    for (uint32_t row = 0; row < ROWS; row++) {
        prefixes[row] = (sotto_prefix){
            .items = {row}, .count = 1, .target = 5 + row, .weight = (float)(row + 1)};
    }
    sotto_encode(&encoder, &vectors, prefixes, ROWS, &encoding);
}

static void stop(void)
{
    sotto_embedding_free(&vectors);
    sotto_session_encoder_free(&encoder);
    sotto_encoding_free(&encoding);
    sotto_softmax_free(&softmax);
    sotto_negatives_free(&negatives);
}

static double loss(void)
{
    vectors.touched_count = 0;
    return sotto_softmax_loss(&softmax, &negatives, NULL, 14, &vectors, prefixes, &encoding);
}

TEST(the_loss_is_what_the_formula_says)
{
    start();
    double expected = 0;
    for (uint32_t row = 0; row < ROWS; row++) {
        const float *session = encoding.sessions + (size_t)row * DIMENSIONS;
        double right = 14 * (double)sotto_lanes_dot(
                                session, sotto_embedding_of(&vectors, 5 + row), DIMENSIONS);
        double sum = exp(right);
        for (uint32_t j = 0; j < NEGATIVES; j++) {
            uint32_t item = negatives.drawn[j];
            double product = (double)sotto_lanes_dot(
                session, sotto_embedding_of(&vectors, item), DIMENSIONS);
            sum += item == 5 + row ? 0 : exp(14 * product - (double)negatives.log_expected[item]);
        }
        expected += (row + 1) / 6.0 * (log(sum) - right);
    }
    CHECK(fabs(loss() - expected) < 1e-4);
    stop();
}

TEST(every_derivative_is_that_of_a_difference_quotient)
{
    start();
    loss();
    float sessions[ROWS * DIMENSIONS], items[ITEMS][DIMENSIONS];
    memcpy(sessions, encoding.gradients, sizeof sessions);
    for (uint32_t item = 0; item < ITEMS; item++) {
        memcpy(items[item], sotto_embedding_gradient(&vectors, item), sizeof items[item]);
    }
    for (uint32_t i = 0; i < (ROWS + ITEMS) * DIMENSIONS; i++) {
        uint32_t item = i / DIMENSIONS - ROWS;
        float *number = i < ROWS * DIMENSIONS ? &encoding.sessions[i]
                                              : &vectors.units[i - ROWS * DIMENSIONS];
        double got = i < ROWS * DIMENSIONS ? (double)sessions[i]
                                           : (double)items[item][i % DIMENSIONS];
        float kept = *number;
        *number = kept + 1e-3f;
        double above = loss();
        *number = kept - 1e-3f;
        double below = loss();
        *number = kept;
        ROW("number %u", i);
        CHECK(fabs(got - (above - below) / 2e-3) < 1e-2);
    }
    stop();
}

TEST(draws_are_half_by_item_and_half_by_event)
{
    uint32_t counts[ITEMS] = {0}, draws = 0;
    sotto_random random = sotto_random_start(2);
    start();
    for (int i = 0; i < 2000; i++, draws += NEGATIVES) {
        sotto_negatives_draw(&negatives, &random);
        for (uint32_t j = 0; j < NEGATIVES; j++) {
            counts[negatives.drawn[j]]++;
        }
    }
    for (uint32_t item = 0; item < ITEMS; item++) {
        double expected = exp((double)negatives.log_expected[item]) * 2000;
        ROW("item %u: %u, expected %f", item, counts[item], expected);
        CHECK(fabs(counts[item] - expected) < 0.1 * expected + 50);
    }
    stop();
}

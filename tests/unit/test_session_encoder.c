#include "test.h"

#include "train/lanes.h"
#include "train/session_encoder.h"

#include <math.h>

enum { DIMENSIONS = 16, HIDDEN = 16, ITEMS = 12, ROWS = 3 };

static sotto_embedding vectors;
static sotto_session_encoder encoder;
static sotto_encoding encoding;
static sotto_prefix prefixes[ROWS];
static float wanted[ROWS * DIMENSIONS]; /* loss = sum of wanted . session */

static void start(uint32_t hidden)
{
    sotto_random random = sotto_random_start(4);
    REQUIRE(sotto_embedding_init(&vectors, ITEMS, DIMENSIONS, ROWS * 21, &random));
    REQUIRE(sotto_session_encoder_init(&encoder, DIMENSIONS, hidden, &random));
    REQUIRE(sotto_encoding_init(&encoding, &encoder, ROWS));
    for (size_t i = 0; i < encoder.weight_count; i++) { /* away from the start, where much is 0 */
        encoder.weights[i] += 0.2f * sotto_random_normal(&random);
    }
    for (uint32_t row = 0; row < ROWS; row++) {
        prefixes[row] = (sotto_prefix){.count = 1 + 4 * row, .weight = 1};
        for (uint32_t k = 0; k < prefixes[row].count; k++) {
            prefixes[row].items[k] = sotto_random_below(&random, ITEMS);
            prefixes[row].dropped[k] = k == 2;
        }
    }
    for (uint32_t i = 0; i < ROWS * DIMENSIONS; i++) {
        wanted[i] = sotto_random_normal(&random);
    }
}

static void stop(void)
{
    sotto_embedding_free(&vectors);
    sotto_session_encoder_free(&encoder);
    sotto_encoding_free(&encoding);
}

static double loss(void)
{
    sotto_encode(&encoder, &vectors, prefixes, ROWS, &encoding);
    return (double)sotto_lanes_dot(wanted, encoding.sessions, ROWS * DIMENSIONS);
}

static void go_back(void)
{
    loss();
    memcpy(encoding.gradients, wanted, sizeof wanted);
    sotto_encode_back(&encoder, &vectors, prefixes, &encoding);
}

/* The slope of the loss at one number, by a difference quotient. */
static double slope(float *number)
{
    float kept = *number, step = 2e-3f;
    *number = kept + step;
    double above = loss();
    *number = kept - step;
    double below = loss();
    *number = kept;
    return (above - below) / (2 * (double)step);
}

static bool close_to(double got, double expected)
{
    return fabs(got - expected) < 4e-3 * (1 + fabs(expected));
}

static void check_all_derivatives(void)
{
    go_back();
    float *gradient = malloc(encoder.weight_count * sizeof *gradient);
    memcpy(gradient, encoder.gradient, encoder.weight_count * sizeof *gradient);
    for (size_t i = 0; i < encoder.weight_count; i++) {
        ROW("weight %zu", i);
        CHECK(close_to((double)gradient[i], slope(&encoder.weights[i])));
    }
    free(gradient);
    for (uint32_t item = 0; item < ITEMS; item++) {
        float kept[DIMENSIONS];
        memcpy(kept, sotto_embedding_gradient(&vectors, item), sizeof kept);
        for (uint32_t i = 0; i < DIMENSIONS; i++) {
            ROW("item %u, coordinate %u", item, i);
            CHECK(close_to((double)kept[i],
                           slope(&vectors.units[(size_t)item * DIMENSIONS + i])));
        }
    }
}

TEST(every_derivative_is_that_of_a_difference_quotient)
{
    start(HIDDEN);
    check_all_derivatives();
    stop();
}

TEST(and_without_a_network_too)
{
    start(0);
    check_all_derivatives();
    stop();
}

TEST(a_session_of_one_item_points_where_the_item_does_at_first)
{
    sotto_random random = sotto_random_start(5);
    REQUIRE(sotto_embedding_init(&vectors, ITEMS, DIMENSIONS, ROWS * 21, &random));
    REQUIRE(sotto_session_encoder_init(&encoder, DIMENSIONS, HIDDEN, &random));
    REQUIRE(sotto_encoding_init(&encoding, &encoder, ROWS));
    prefixes[0] = (sotto_prefix){.items = {7}, .count = 1};
    sotto_encode(&encoder, &vectors, prefixes, 1, &encoding);
    CHECK(sotto_lanes_dot(encoding.sessions, sotto_embedding_of(&vectors, 7), DIMENSIONS) > 0.99f);
    stop();
}

TEST(what_is_dropped_leaves_no_trace_but_the_latest_is_always_seen)
{
    float before[DIMENSIONS];
    start(HIDDEN);
    loss();
    memcpy(before, encoding.sessions + 2 * DIMENSIONS, sizeof before);
    prefixes[2].items[2] = (prefixes[2].items[2] + 1) % ITEMS;
    loss();
    CHECK_MEM(encoding.sessions + 2 * DIMENSIONS, before, sizeof before);
    stop();
}

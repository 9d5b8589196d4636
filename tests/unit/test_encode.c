/*
 * test_encode.c - a session encoded in integers is where floating point puts it
 */
#include "test.h"

#include "ranking/encode.h"
#include "sample_ranker.h"

#include <math.h>

static void normalise(double *vector, uint32_t count)
{
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += vector[i] * vector[i];
    }
    for (uint32_t i = 0; sum > 0 && i < count; i++) {
        vector[i] /= sqrt(sum);
    }
}

/* RANKING.md 8.2 in floating point, from the content as it was written. */
static void encode(const sample_ranking *shop, const uint32_t *items, uint32_t count, double *out)
{
    const sotto_ranker_content *content = &shop->content;
    uint32_t dimensions = content->dimensions;
    double vectors[20][128];
    double in[256] = {0};
    for (uint32_t k = 0; k < count; k++) {
        uint32_t class = sotto_vectors_class(&shop->ranker.vectors, items[k]);
        for (uint32_t i = 0; i < dimensions; i++) {
            int x = 2 * content->codes[items[k] * dimensions + i] + 1
                  - (1 << content->classes[class].bits);
            vectors[k][i] = x * (double)content->classes[class].step / 1048576;
        }
    }
    for (uint32_t k = 0; k < count; k++) {
        double like = 0;
        for (uint32_t i = 0; i < dimensions; i++) {
            like += vectors[k][i] * vectors[0][i];
        }
        double weight = exp(content->position[k] / 65536.0
                            + content->affinity / 65536.0 * (k == 0 ? 1 : like));
        const int16_t *depth = content->depth + (k < 5 ? k : 5) * dimensions;
        for (uint32_t i = 0; i < dimensions; i++) {
            in[i] += weight * depth[i] / 4096.0 * vectors[k][i];
        }
    }
    normalise(in, dimensions);
    memcpy(in + dimensions, vectors[0], dimensions * sizeof in[0]);
    memcpy(out, in, dimensions * sizeof in[0]);
    for (uint32_t j = 0; j < content->encoder_hidden; j++) {
        double a = content->encoder_bias[j] / 65536.0;
        for (uint32_t i = 0; i < 2 * dimensions; i++) {
            a += in[i] * content->encoder_weights_1[j * 2 * dimensions + i]
               * content->encoder_scale_1[j] / 16777216.0;
        }
        a = a < 0 ? a / 8 : a;
        for (uint32_t i = 0; i < dimensions; i++) {
            out[i] += a * content->encoder_weights_2[i * content->encoder_hidden + j]
                    * content->encoder_scale_2[i] / 16777216.0;
        }
    }
    normalise(out, dimensions);
}

TEST(it_is_the_formula)
{
    static sotto_session session;
    for (uint32_t turn = 0; turn < 60; turn++) {
        sample_ranking_wish wish = sample_ranking_usual;
        wish.seed = turn;
        wish.dimensions = 16 * (1 + turn % 8);
        wish.encoder_hidden = 8 * (turn % 5);
        sample_ranking shop;
        sample_ranking_open(&shop, &wish);
        uint32_t items[20];
        uint32_t count = 1 + turn % 20;
        for (uint32_t k = 0; k < count; k++) {
            items[k] = k % 3 == 2 ? items[0] : sample_random(&shop) % wish.items;
        }
        sotto_session_encode(&session, &shop.ranker, items, count);
        CHECK_EQ(session.count, count);
        double expected[128];
        encode(&shop, items, count, expected);
        for (uint32_t i = 0; i < wish.dimensions; i++) {
            ROW("turn %u, coordinate %u", turn, i);
            CHECK(fabs(session.encoded[i] / 16384.0 - expected[i]) < 0.003);
        }
        sample_ranking_close(&shop);
    }
}

TEST(what_the_model_does_not_know_has_no_place)
{
    static sotto_session session;
    sample_ranking shop;
    sample_ranking_open(&shop, &sample_ranking_usual);
    uint32_t items[30] = {900, 5, SOTTO_NO_ITEM, 6};
    sotto_session_encode(&session, &shop.ranker, items, 4);
    CHECK_EQ(session.count, 2);
    CHECK_EQ(session.length, 2);
    CHECK_EQ(session.items[1], 6);
    sotto_session_encode(&session, &shop.ranker, items, 1);
    CHECK_EQ(session.count, 0);
    for (uint32_t k = 0; k < 30; k++) {
        items[k] = k;
    }
    sotto_session_encode(&session, &shop.ranker, items, 30);
    CHECK_EQ(session.count, 20);
    CHECK_EQ(session.length, 30);
    CHECK_EQ(session.items[19], 19);
    sample_ranking_close(&shop);
}

TEST(units_of_any_length)
{
    int64_t vector[3] = {0, 0, 0};
    int16_t unit[3];
    sotto_session_unit(unit, vector, 3);
    CHECK_EQ(unit[0], 0);
    for (uint32_t bits = 2; bits < 60; bits++) {
        vector[0] = INT64_C(3) << bits;
        vector[1] = -(INT64_C(4) << bits);
        vector[2] = 0;
        sotto_session_unit(unit, vector, 3);
        ROW("%u bits", bits);
        CHECK_EQ(unit[0], 9830);
        CHECK_EQ(unit[1], -13107);
        CHECK_EQ(unit[2], 0);
    }
}

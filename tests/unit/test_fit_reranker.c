#include "test.h"

#include "train/fit_reranker.h"
#include "train/quantise_reranker.h"

#include <math.h>

enum { FEATURES = 5, LISTS = 400, CANDIDATES = 20 };

/*
 * The right candidate is the one with the largest x0 + 2 x1 where x2 (the same for a list) is
 * positive, and with the largest x0 - 2 x1 where it is negative: no sum alone can say that. x3 is
 * noise, x4 always the same.
 */
static void make(sotto_lists *lists, uint64_t seed)
{
    sotto_random random = sotto_random_start(seed);
    *lists = (sotto_lists){.feature_count = FEATURES};
    for (int list = 0; list < LISTS; list++) {
        int16_t values[CANDIDATES][FEATURES] = {{0}};
        uint32_t right = 0;
        int best = -1000000;
        int16_t side = list % 2 == 0 ? 1024 : -1024;
        for (uint32_t i = 0; i < CANDIDATES; i++) {
            for (int k = 0; k < 4; k++) {
                values[i][k] = (int16_t)(1024 * sotto_random_normal(&random));
            }
            values[i][2] = side;
            int score = values[i][0] + (side > 0 ? 2 : -2) * values[i][1];
            right = score > best ? i : right;
            best = score > best ? score : best;
        }
        int16_t *rows = sotto_lists_add(lists, CANDIDATES,
                                        list % 10 == 9 ? SOTTO_NO_RIGHT : right);
        REQUIRE(rows != NULL);
        memcpy(rows, values, sizeof values);
    }
}

static sotto_reranker_options options_for_a_test(void)
{
    sotto_reranker_options options = sotto_reranker_defaults();
    options.hidden = 16;
    options.epochs = 20;
    options.rate = 0.02f;
    options.batch = 16;
    return options;
}

static double hr1(const sotto_lists *lists, const sotto_reranker_net *net)
{
    sotto_metrics metrics;
    REQUIRE(sotto_ask_reranker(lists, 200, LISTS, net, &metrics));
    CHECK_EQ(metrics.queries, 200);
    return sotto_metrics_mrr(&metrics);
}

TEST(every_derivative_is_that_of_a_difference_quotient)
{
    sotto_lists lists;
    sotto_reranker_net net;
    sotto_random random = sotto_random_start(3);
    uint32_t order[12];
    make(&lists, 1);
    REQUIRE(sotto_reranker_net_init(&net, FEATURES, 16, UINT64_MAX, &random));
    for (uint32_t i = 0; i < 12; i++) {
        order[i] = i;
    }
    float *gradient = calloc(net.weight_count, sizeof *gradient);
    REQUIRE(sotto_reranker_loss(&lists, order, 0, 12, &net, gradient) > 0);
    for (size_t i = 0; i < net.weight_count; i++) {
        float kept = net.weights[i];
        net.weights[i] = kept + 1e-3f;
        double above = 11 * sotto_reranker_loss(&lists, order, 0, 12, &net, NULL);
        net.weights[i] = kept - 1e-3f;
        double below = 11 * sotto_reranker_loss(&lists, order, 0, 12, &net, NULL);
        net.weights[i] = kept;
        ROW("weight %zu", i);
        CHECK(fabs((double)gradient[i] - (above - below) / 2e-3)
              < 2e-2 * (1 + fabs((double)gradient[i])));
    }
    free(gradient);
    sotto_reranker_net_free(&net);
    sotto_lists_free(&lists);
}

TEST(a_network_learns_what_a_sum_cannot)
{
    sotto_lists lists;
    sotto_reranker_net net, sum;
    sotto_reranker_options options = options_for_a_test();
    make(&lists, 2);
    REQUIRE(sotto_fit_reranker(&lists, 0, 200, &options, &net));
    options.hidden = 0;
    REQUIRE(sotto_fit_reranker(&lists, 0, 200, &options, &sum));
    double by_net = hr1(&lists, &net), by_sum = hr1(&lists, &sum);
    ROW("network %f, sum %f", by_net, by_sum);
    CHECK(by_net > 65); /* nine lists in ten have a right one */
    CHECK(by_sum < 50 && by_sum > 20);
    sotto_reranker_net_free(&net);
    sotto_reranker_net_free(&sum);
    sotto_lists_free(&lists);
}

TEST(the_same_seed_gives_the_same_network_and_masked_features_no_weight)
{
    sotto_lists lists;
    sotto_reranker_net a, b;
    sotto_reranker_options options = options_for_a_test();
    make(&lists, 2);
    options.epochs = 2;
    options.features = ~(uint64_t)2;
    REQUIRE(sotto_fit_reranker(&lists, 0, LISTS, &options, &a));
    REQUIRE(sotto_fit_reranker(&lists, 0, LISTS, &options, &b));
    CHECK_MEM(a.weights, b.weights, a.weight_count * sizeof *a.weights);
    CHECK(a.skip[1] == 0.0f && a.skip[0] != 0.0f);
    for (uint32_t row = 0; row < a.hidden; row++) {
        CHECK(a.inner[(size_t)row * a.feature_room + 1] == 0.0f);
    }
    sotto_reranker_net_free(&a);
    sotto_reranker_net_free(&b);
    sotto_lists_free(&lists);
}

TEST(lists_without_a_right_one_teach_nothing)
{
    sotto_lists lists = {.feature_count = FEATURES};
    sotto_reranker_net net;
    sotto_reranker_options options = options_for_a_test();
    for (int i = 0; i < 30; i++) {
        int16_t *rows = sotto_lists_add(&lists, i % 3 == 0 ? 0 : 4, SOTTO_NO_RIGHT);
        REQUIRE(rows != NULL);
        memset(rows, 0, i % 3 == 0 ? 0 : 4 * FEATURES * sizeof *rows);
    }
    REQUIRE(sotto_fit_reranker(&lists, 0, 30, &options, &net));
    for (size_t i = 0; i < net.weight_count; i++) {
        CHECK(isfinite((double)net.weights[i]));
    }
    sotto_reranker_net_free(&net);
    sotto_lists_free(&lists);
}

TEST(published_integers_score_as_the_floats_do)
{
    sotto_lists lists;
    sotto_reranker_net net;
    static sotto_quantised_reranker published;
    sotto_scaling scaling = {.means = {1, 2, 3, 4, 5}, .factors = {9, 8, 7, 6, 0}};
    sotto_reranker_options options = options_for_a_test();
    make(&lists, 2);
    REQUIRE(sotto_fit_reranker(&lists, 0, 200, &options, &net));
    sotto_quantise_reranker(&net, &scaling, &published);
    CHECK_EQ(published.feature_count, 4); /* the last says nothing */
    CHECK_EQ(published.factors[3], 6);
    CHECK(published.shift_1 >= 8 && published.shift_2 >= 8);
    for (uint32_t row = 0; row < published.hidden; row++) {
        for (uint32_t k = 0; k < 4; k++) {
            double weight = published.weights_1[row * 4 + k] / (double)(1 << published.shift_1);
            CHECK(fabs(weight - (double)net.inner[(size_t)row * net.feature_room + k]) < 0.003);
        }
        CHECK(fabs(published.bias[row] / 1024.0 - (double)net.bias[row]) < 0.001);
    }
    sotto_reranker_net_free(&net);
    sotto_lists_free(&lists);
}

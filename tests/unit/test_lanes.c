#include "test.h"

#include "train/lanes.h"
#include "train/random.h"

#include <math.h>

enum { COUNT = 96 };

static float a[COUNT], b[COUNT];

static void fill(uint64_t seed)
{
    sotto_random random = sotto_random_start(seed);
    for (int i = 0; i < COUNT; i++) {
        a[i] = sotto_random_normal(&random);
        b[i] = sotto_random_normal(&random);
    }
}

static bool near_to(double got, double expected, double error)
{
    return fabs(got - expected) <= error;
}

TEST(exp_is_right_to_a_millionth_over_its_whole_range)
{
    for (float x = -86; x < 88; x += 0.37f) {
        ROW("%f", (double)x);
        double expected = exp((double)x);
        CHECK(near_to((double)sotto_lanes_exp(x), expected, expected * 1e-6));
    }
    CHECK(sotto_lanes_exp(-1e30f) == 0.0f);
    CHECK(sotto_lanes_exp(-88) == 0.0f);
    CHECK(sotto_lanes_exp(1e30f) == sotto_lanes_exp(88));
    CHECK(sotto_lanes_exp(0) == 1.0f);
}

TEST(sums_are_what_they_are_called)
{
    double dot = 0, square = 0, sum = 0;
    float most = -100, copy[COUNT];
    fill(1);
    for (int i = 0; i < COUNT; i++) {
        dot += (double)a[i] * (double)b[i];
        square += (double)a[i] * (double)a[i];
        sum += exp((double)a[i] - 2);
        most = a[i] > most ? a[i] : most;
    }
    CHECK(near_to((double)sotto_lanes_dot(a, b, COUNT), dot, 1e-4));
    CHECK(sotto_lanes_max(a, COUNT) == most);
    memcpy(copy, a, sizeof a);
    CHECK(near_to((double)sotto_lanes_exp_sum(copy, 2, COUNT), sum, 1e-4));
    CHECK(near_to((double)copy[5], exp((double)a[5] - 2), 1e-6));
    memcpy(copy, a, sizeof a);
    CHECK(near_to((double)sotto_lanes_unit(copy, COUNT), sqrt(square), 1e-4));
    CHECK(near_to((double)sotto_lanes_dot(copy, copy, COUNT), 1, 1e-5));
}

TEST(adding_adds)
{
    float to[COUNT] = {0};
    fill(2);
    sotto_lanes_add(to, 2, a, COUNT);
    sotto_lanes_add_product(to, 3, a, b, COUNT);
    for (int i = 0; i < COUNT; i++) {
        CHECK(near_to((double)to[i], 2 * (double)a[i] + 3 * (double)a[i] * (double)b[i], 1e-5));
    }
}

TEST(what_goes_back_through_a_unit_is_across_it)
{
    float unit[COUNT], gradient[COUNT];
    fill(3);
    memcpy(unit, a, sizeof a);
    float length = sotto_lanes_unit(unit, COUNT);
    memcpy(gradient, b, sizeof b);
    sotto_lanes_across(gradient, unit, length, COUNT);
    CHECK(near_to((double)sotto_lanes_dot(gradient, unit, COUNT), 0, 1e-5));
    for (int i = 0; i < 8; i++) { /* d (b . unit(a)) / d a_i by a difference quotient */
        float moved[COUNT];
        double values[2];
        for (int side = 0; side < 2; side++) {
            memcpy(moved, a, sizeof a);
            moved[i] += side == 0 ? -0.01f : 0.01f;
            sotto_lanes_unit(moved, COUNT);
            values[side] = (double)sotto_lanes_dot(b, moved, COUNT);
        }
        CHECK(near_to((double)gradient[i], (values[1] - values[0]) / 0.02, 2e-3));
    }
}

TEST(adam_takes_steps_of_its_rate_downhill_and_any_count)
{
    float weights[3] = {1, -1, 0}, gradient[3] = {5, -0.001f, 0}, mean[3] = {0}, square[3] = {0};
    sotto_lanes_adam(weights, gradient, mean, square, 3, 0.1f, 1);
    CHECK(near_to((double)weights[0], 0.9, 1e-5));
    CHECK(near_to((double)weights[1], -0.9, 1e-4));
    CHECK(weights[2] == 0.0f);
}

#include "test.h"

#include "train/quantise.h"

static sotto_weighted places[8] = {{1, 0.5f}, {2, 0.25f}, {3, 0.2f}, {4, 1e-6f},
                                   {0, 0.01f}, {2, 0.01f}};
static uint32_t counts[3] = {4, 2, 0};
static sotto_links links = {3, 4, counts, places};

TEST(codes_are_equal_steps_below_the_best_of_the_row)
{
    sotto_codes codes;
    REQUIRE(sotto_quantise_rows(&links, 4, 0.6931471805599453, &codes));
    static const uint8_t expected[6] = {0, 1, 1, 3, 0, 0};
    CHECK_MEM(codes.codes, expected, sizeof expected);
    sotto_codes_free(&codes);
}

/* The mean of a half and two fifths; a code that nobody has is worth no more than the one before. */
TEST(a_code_stands_for_the_mean_of_what_it_was_given)
{
    sotto_codes codes;
    REQUIRE(sotto_quantise_rows(&links, 4, 0.6931471805599453, &codes));
    CHECK_EQ(codes.weights[0], 65535);
    CHECK(codes.weights[1] >= 29306 && codes.weights[1] <= 29309); /* 65535 * sqrt(0.5 * 0.4) */
    CHECK(codes.weights[2] <= codes.weights[1] && codes.weights[2] >= codes.weights[3]);
    CHECK_EQ(codes.weights[3], 1); /* a hundred-thousandth */
    sotto_codes_free(&codes);
}

TEST(normalised_weights_sum_to_one_at_most)
{
    sotto_codes codes;
    uint32_t weights[4];
    REQUIRE(sotto_quantise_rows(&links, 4, 0.6931471805599453, &codes));
    sotto_row_weights(&codes, &links, 0, true, weights);
    CHECK_EQ(weights[0], (uint64_t)65535 * 65536
                             / (65535 + 2 * (uint64_t)codes.weights[1] + codes.weights[3]));
    CHECK(weights[0] + weights[1] + weights[2] + weights[3] <= 65536);
    sotto_row_weights(&codes, &links, 1, true, weights);
    CHECK(weights[0] == 32768 && weights[1] == 32768);
    sotto_codes_free(&codes);
}

TEST(plain_weights_keep_their_size)
{
    sotto_codes codes;
    uint32_t weights[4];
    REQUIRE(sotto_quantise_plain(&links, 16, 0.25, &codes));
    sotto_row_weights(&codes, &links, 0, false, weights);
    CHECK(weights[0] > 32000 && weights[0] < 33500); /* 0.5, the best of all rows */
    CHECK(weights[3] >= 1);
    for (uint32_t i = 1; i < codes.code_count; i++) {
        CHECK(codes.weights[i] < codes.weights[i - 1]);
    }
    sotto_codes_free(&codes);
}

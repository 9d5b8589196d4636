#include "test.h"

#include "train/lanes.h"
#include "train/quantise_vectors.h"

#include <math.h>

enum { ITEMS = 600, DIMENSIONS = 64 };

static sotto_vector_model model;
static uint8_t popularity[ITEMS], codes[ITEMS * DIMENSIONS];

static void start(void)
{
    sotto_random random = sotto_random_start(3);
    if (model.supported == NULL) {
        REQUIRE(sotto_embedding_init(&model.vectors, ITEMS, DIMENSIONS, 1, &random));
        REQUIRE(sotto_session_encoder_init(&model.encoder, DIMENSIONS, 32, &random));
        model.supported = calloc(ITEMS, 1);
        REQUIRE(model.supported != NULL);
        memset(model.supported, 1, ITEMS - 1);
        model.supported_count = ITEMS - 1;
        for (uint32_t i = 0; i < ITEMS; i++) {
            popularity[i] = (uint8_t)(i % 100);
        }
    }
}

/* The mean cosine of items and what a reader makes of them; `*along` that of q . e. */
static double likeness(const sotto_widths *widths, uint32_t class, double *along)
{
    double sum = 0, count = 0;
    *along = 0;
    for (uint32_t item = 0; item + 1 < ITEMS; item++) {
        float row[DIMENSIONS];
        if (sotto_widths_class(widths, popularity[item]) == class) {
            sotto_dequantise_row(codes + (size_t)item * DIMENSIONS, DIMENSIONS,
                                 widths->classes[class], row);
            double product = (double)sotto_lanes_dot(
                row, sotto_embedding_of(&model.vectors, item), DIMENSIONS);
            *along += product;
            sum += product / sqrt((double)sotto_lanes_dot(row, row, DIMENSIONS));
            count++;
        }
    }
    *along /= count;
    return sum / count;
}

TEST(an_items_class_is_the_first_that_lets_it_in)
{
    sotto_widths widths = {3, {{90, 4, 0}, {50, 3, 0}, {0, 2, 0}}};
    CHECK_EQ(sotto_widths_class(&widths, 255), 0);
    CHECK_EQ(sotto_widths_class(&widths, 90), 0);
    CHECK_EQ(sotto_widths_class(&widths, 89), 1);
    CHECK_EQ(sotto_widths_class(&widths, 50), 1);
    CHECK_EQ(sotto_widths_class(&widths, 0), 2);
}

TEST(wider_vectors_are_nearer_and_none_stands_too_high_or_too_low)
{
    static const double least[] = {0, 0.78, 0.93, 0.98, 0.993};
    sotto_widths widths = {4, {{75, 4, 0}, {50, 3, 0}, {25, 2, 0}, {0, 1, 0}}};
    start();
    REQUIRE(sotto_quantise_vectors(&model, popularity, &widths, codes));
    for (uint32_t class = 0; class < 4; class++) {
        double along, cosine = likeness(&widths, class, &along);
        ROW("%d bits: cosine %f, along %f", widths.classes[class].bits, cosine, along);
        CHECK(cosine > least[widths.classes[class].bits]);
        CHECK(along > 0.88 && along < 1.02);
        CHECK(class == 0 || widths.classes[class].step > widths.classes[class - 1].step);
    }
}

TEST(codes_stay_in_their_width_and_items_without_support_say_nothing)
{
    sotto_widths widths = {1, {{0, 2, 0}}};
    float row[DIMENSIONS];
    start();
    REQUIRE(sotto_quantise_vectors(&model, popularity, &widths, codes));
    for (size_t i = 0; i < sizeof codes; i++) {
        REQUIRE(codes[i] < 4);
    }
    sotto_dequantise_row(codes + (size_t)(ITEMS - 1) * DIMENSIONS, DIMENSIONS, widths.classes[0],
                         row);
    CHECK((double)sotto_lanes_dot(row, row, DIMENSIONS) < 0.5);
    CHECK(fabs((double)sotto_lanes_dot(row, sotto_embedding_of(&model.vectors, 0), DIMENSIONS))
          < 0.4);
}

TEST(the_encoder_keeps_its_weights_to_a_hundredth)
{
    sotto_quantised_encoder quantised;
    start();
    model.encoder.biases[3] = -0.7f;
    *model.encoder.pull = 1.25f;
    REQUIRE(sotto_quantise_encoder(&model.encoder, &quantised));
    CHECK_EQ(quantised.affinity, 81920);
    CHECK_EQ(quantised.position[1], -26214);
    CHECK_EQ(quantised.depth[0], 4096);
    CHECK_EQ(quantised.bias[3], -45875);
    for (uint32_t row = 0; row < 32; row++) {
        double scale = quantised.scale_1[row] / 16777216.0;
        for (uint32_t i = 0; i < 2 * DIMENSIONS; i++) {
            size_t at = (size_t)row * 2 * DIMENSIONS + i;
            CHECK(fabs(quantised.weights_1[at] * scale - (double)model.encoder.inner[at]) < 0.005);
        }
    }
    for (uint32_t row = 0; row < DIMENSIONS; row++) {
        double scale = quantised.scale_2[row] / 16777216.0;
        for (uint32_t i = 0; i < 32; i++) {
            size_t at = (size_t)row * 32 + i;
            CHECK(fabs(quantised.weights_2[at] * scale - (double)model.encoder.outer[at]) < 1e-4);
        }
    }
    sotto_quantised_encoder_free(&quantised);
}

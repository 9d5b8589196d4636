#include "click_shop.h"

#include "train/fit_job.h"
#include "train/fit_vectors.h"
#include "train/lanes.h"

enum { SHELVES = 20, ITEMS = SHELVES * SHELF, SESSIONS = 3000, CUT = 2700 };

static sotto_sequences sessions;

static sotto_vector_options options_for_a_test(void)
{
    sotto_vector_options options = sotto_vector_defaults();
    if (sessions.count == 0) {
        add_clicks(&sessions, SHELVES, SESSIONS, 1);
    }
    options.dimensions = 32;
    options.hidden = 16;
    options.negatives = 64;
    options.batch = 64;
    options.epochs = 4;
    return options;
}

TEST(vectors_learn_what_follows)
{
    sotto_vector_options options = options_for_a_test();
    sotto_vector_model model;
    sotto_metrics metrics;
    REQUIRE(sotto_fit_vectors(&sessions, 0, CUT, ITEMS, 1, &options, NULL, NULL, &model));
    CHECK_EQ(model.supported_count, ITEMS);
    REQUIRE(sotto_vectors_ask(&model, &sessions, CUT, SESSIONS, 1, &metrics));
    CHECK(metrics.queries > 900);
    CHECK(sotto_metrics_hr(&metrics) > 90); /* by chance: 10 */
    CHECK(sotto_metrics_mrr(&metrics) > 30);
    CHECK(model.loss > 0 && model.loss < 4);
    sotto_vector_model_free(&model);
}

TEST(the_same_seed_gives_the_same_bits_alone_or_side_by_side)
{
    sotto_vector_options options = options_for_a_test();
    sotto_vector_model alone;
    sotto_fit_job jobs[2];
    options.epochs = 1;
    REQUIRE(sotto_fit_vectors(&sessions, 0, CUT, ITEMS, 1, &options, NULL, NULL, &alone));
    for (int i = 0; i < 2; i++) {
        jobs[i] = (sotto_fit_job){.sessions = &sessions, .last = CUT, .item_count = ITEMS,
                                  .min_shoppers = 1, .options = options};
        jobs[i].options.seed += (uint64_t)i;
        sotto_fit_job_start(&jobs[i]);
    }
    for (int i = 0; i < 2; i++) {
        REQUIRE(sotto_fit_job_join(&jobs[i]));
    }
    size_t size = (size_t)ITEMS * 32 * sizeof(float);
    CHECK(memcmp(alone.vectors.units, jobs[0].model.vectors.units, size) == 0);
    CHECK(memcmp(alone.encoder.weights, jobs[0].model.encoder.weights,
                 alone.encoder.weight_count * sizeof(float)) == 0);
    CHECK(memcmp(alone.vectors.units, jobs[1].model.vectors.units, size) != 0);
    sotto_vector_model_free(&alone);
    sotto_vector_model_free(&jobs[0].model);
    sotto_vector_model_free(&jobs[1].model);
}

TEST(an_item_of_too_few_shoppers_leaves_no_trace)
{
    sotto_vector_options options = options_for_a_test();
    sotto_sequences with = {0}, without = {0};
    sotto_vector_model a, b;
    add_clicks(&with, 3, 200, 5);
    add_clicks(&without, 3, 200, 5);
    SEQUENCE(&with, 1000, 3, 30, 4, 30); /* item 30: one shopper, twice */
    SEQUENCE(&without, 1000, 3, 4);
    options.epochs = 1;
    REQUIRE(sotto_fit_vectors(&with, 0, 201, 31, 2, &options, NULL, NULL, &a));
    REQUIRE(sotto_fit_vectors(&without, 0, 201, 31, 2, &options, NULL, NULL, &b));
    CHECK_EQ(a.supported[30], 0);
    CHECK_EQ(a.supported_count, 30);
    CHECK_MEM(a.vectors.units, b.vectors.units, 31 * 32 * sizeof(float));
    sotto_vector_model_free(&a);
    sotto_vector_model_free(&b);
    sotto_sequences_free(&with);
    sotto_sequences_free(&without);
}

TEST(nothing_to_learn_from_is_no_failure)
{
    sotto_vector_options options = options_for_a_test();
    sotto_sequences one = {0}, none = {0};
    sotto_vector_model model;
    SEQUENCE(&one, 1, 0);
    REQUIRE(sotto_fit_vectors(&one, 0, 1, 1, 1, &options, NULL, NULL, &model));
    CHECK_EQ(model.supported_count, 1);
    CHECK(model.vectors.units == NULL);
    sotto_vector_model_free(&model);
    REQUIRE(sotto_fit_vectors(&none, 0, 0, 0, 1, &options, NULL, NULL, &model));
    sotto_vector_model_free(&model);
    sotto_sequences_free(&one);
}

static void note(void *context, uint64_t done, uint64_t total)
{
    uint64_t *last = context;
    CHECK(done > *last && done <= total);
    *last = done;
}

TEST(a_limit_of_steps_ends_it_and_progress_only_grows)
{
    sotto_vector_options options = options_for_a_test();
    sotto_vector_model model;
    uint64_t last = 0;
    options.steps_max = 64;
    REQUIRE(sotto_fit_vectors(&sessions, 0, CUT, ITEMS, 1, &options, note, &last, &model));
    CHECK_EQ(last, 64);
    sotto_vector_model_free(&model);
}

#include "click_shop.h"

#include "train/fit_vectors.h"

#include <math.h>

enum { SHELVES = 20, ITEMS = SHELVES * SHELF, SESSIONS = 1500, CUT = 1300, QUESTIONS = 8 };

static sotto_sequences sessions;
static sotto_vector_model models[2];

static sotto_vector_options options_for_a_test(void)
{
    sotto_vector_options options = sotto_vector_defaults();
    options.dimensions = 32;
    options.hidden = 16;
    options.negatives = 64;
    options.batch = 64;
    options.epochs = 8;
    return options;
}

static void start(void)
{
    if (sessions.count == 0) {
        add_clicks(&sessions, SHELVES, SESSIONS, 2);
        for (uint64_t i = 0; i < 2; i++) {
            sotto_vector_options options = options_for_a_test();
            options.seed = 10 + i;
            REQUIRE(sotto_fit_vectors(&sessions, 0, CUT, ITEMS, 1, &options, NULL, NULL,
                                      &models[i]));
        }
    }
}

TEST(teachers_share_out_one_and_never_twice_to_the_right_one)
{
    start();
    sotto_lesson lesson;
    sotto_negatives negatives;
    sotto_prefixes prefixes;
    sotto_prefix batch[QUESTIONS];
    sotto_random random = sotto_random_start(1);
    uint32_t all[ITEMS];
    for (uint32_t i = 0; i < ITEMS; i++) {
        all[i] = i;
    }
    sotto_teacher teachers[2] = {{&models[0].encoder, &models[0].vectors},
                                 {&models[1].encoder, &models[1].vectors}};
    REQUIRE(sotto_negatives_init(&negatives, 64, ITEMS, all, ITEMS, sessions.items,
                                 sessions.starts[CUT]));
    REQUIRE(sotto_prefixes_init(&prefixes, &sessions, 0, CUT));
    REQUIRE(sotto_lesson_init(&lesson, teachers, 2, QUESTIONS, 64));
    sotto_negatives_draw(&negatives, &random);
    for (size_t i = 0; i < QUESTIONS; i++) {
        sotto_prefix_plain(&prefixes, i, &batch[i]);
    }
    batch[3].target = negatives.drawn[5];
    sotto_lesson_give(&lesson, &negatives, 14, batch, QUESTIONS);
    for (uint32_t row = 0; row < QUESTIONS; row++) {
        double sum = (double)lesson.targets[row];
        for (uint32_t j = 0; j < 64; j++) {
            sum += (double)lesson.shares[row * 64 + j];
        }
        CHECK(fabs(sum - 1) < 1e-4);
    }
    CHECK(lesson.shares[3 * 64 + 5] == 0.0f);
    sotto_lesson_free(&lesson);
    sotto_prefixes_free(&prefixes);
    sotto_negatives_free(&negatives);
}

TEST(a_smaller_model_learns_more_with_teachers_than_without)
{
    start();
    sotto_vector_options options = options_for_a_test();
    sotto_vector_model alone, taught;
    sotto_metrics a, b;
    options.dimensions = 16;
    options.epochs = 3;
    REQUIRE(sotto_fit_vectors(&sessions, 0, CUT, ITEMS, 1, &options, NULL, NULL, &alone));
    options.teachers[0] = (sotto_teacher){&models[0].encoder, &models[0].vectors};
    options.teachers[1] = (sotto_teacher){&models[1].encoder, &models[1].vectors};
    options.teacher_count = 2;
    options.teaching = 0.7f;
    REQUIRE(sotto_fit_vectors(&sessions, 0, CUT, ITEMS, 1, &options, NULL, NULL, &taught));
    REQUIRE(sotto_vectors_ask(&alone, &sessions, CUT, SESSIONS, 1, &a));
    REQUIRE(sotto_vectors_ask(&taught, &sessions, CUT, SESSIONS, 1, &b));
    ROW("alone %f, taught %f", sotto_metrics_hr(&a), sotto_metrics_hr(&b));
    CHECK(sotto_metrics_hr(&b) > sotto_metrics_hr(&a));
    sotto_vector_model_free(&alone);
    sotto_vector_model_free(&taught);
}

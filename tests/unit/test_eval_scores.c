#include "test.h"

#include "train/eval_scores.h"

#include <math.h>

static bool near(double got, double expected)
{
    return fabs(got - expected) < 1e-9;
}

static double mean(const sotto_eval_quality *quality, sotto_eval_metric metric, sotto_eval_cut cut)
{
    return quality->means[metric][cut].mean;
}

static void add(sotto_eval_scores *scores, uint32_t place, uint32_t answers)
{
    bool right[SOTTO_EVAL_DEPTH] = {false};
    if (place > 0) {
        right[place - 1] = true;
    }
    sotto_eval_scores_add(scores, right, SOTTO_EVAL_DEPTH, answers);
}

TEST(one_answer_is_marked_by_its_place)
{
    sotto_eval_scores scores = {0};
    sotto_eval_quality quality;
    REQUIRE(sotto_eval_scores_open(&scores));
    add(&scores, 1, 1);
    add(&scores, 7, 1);
    add(&scores, 20, 1);
    add(&scores, 0, 1);
    REQUIRE(sotto_eval_scores_finish(&scores, &quality));
    CHECK_EQ(quality.questions, 4);
    CHECK_EQ(quality.groups, 1);
    CHECK(!quality.many_answers);
    CHECK(near(mean(&quality, SOTTO_EVAL_HR, SOTTO_EVAL_AT5), 25));
    CHECK(near(mean(&quality, SOTTO_EVAL_HR, SOTTO_EVAL_AT10), 50));
    CHECK(near(mean(&quality, SOTTO_EVAL_HR, SOTTO_EVAL_AT20), 75));
    CHECK(near(mean(&quality, SOTTO_EVAL_MRR, SOTTO_EVAL_AT5), 25));
    CHECK(near(mean(&quality, SOTTO_EVAL_MRR, SOTTO_EVAL_AT20), 25 * (1 + 1.0 / 7 + 1.0 / 20)));
    CHECK(near(mean(&quality, SOTTO_EVAL_NDCG, SOTTO_EVAL_AT10), 25 * (1 + 1 / log2(8))));
    CHECK(near(mean(&quality, SOTTO_EVAL_RECALL, SOTTO_EVAL_AT20), 75));
    sotto_eval_scores_free(&scores);
}

TEST(many_answers_share_the_recall_and_the_best_gain)
{
    sotto_eval_scores scores = {0};
    sotto_eval_quality quality;
    bool right[SOTTO_EVAL_DEPTH] = {false, true, true};
    REQUIRE(sotto_eval_scores_open(&scores));
    sotto_eval_scores_add(&scores, right, 3, 4); /* only three places were filled */
    REQUIRE(sotto_eval_scores_finish(&scores, &quality));
    CHECK(quality.many_answers);
    CHECK(near(mean(&quality, SOTTO_EVAL_HR, SOTTO_EVAL_AT5), 100));
    CHECK(near(mean(&quality, SOTTO_EVAL_MRR, SOTTO_EVAL_AT5), 50));
    CHECK(near(mean(&quality, SOTTO_EVAL_RECALL, SOTTO_EVAL_AT10), 50));
    double best = 1 + 1 / log2(3) + 1 / log2(4) + 1 / log2(5);
    CHECK(near(mean(&quality, SOTTO_EVAL_NDCG, SOTTO_EVAL_AT20),
               100 * (1 / log2(3) + 1 / log2(4)) / best));
    sotto_eval_scores_free(&scores);
}

TEST(the_interval_is_that_of_groups_not_of_questions)
{
    /* 100 groups of 25 questions each, all right or all wrong, half of them. By groups the standard
       error is 5 points, by questions it would seem to be 1. */
    sotto_eval_scores scores = {0};
    sotto_eval_quality quality, again;
    for (int group = 0; group < 100; group++) {
        REQUIRE(sotto_eval_scores_open(&scores));
        for (int i = 0; i < 25; i++) {
            add(&scores, group % 2 == 0 ? 1 : 0, 1);
        }
    }
    REQUIRE(sotto_eval_scores_finish(&scores, &quality));
    sotto_eval_mean hr = quality.means[SOTTO_EVAL_HR][SOTTO_EVAL_AT20];
    CHECK(near(hr.mean, 50));
    CHECK(hr.low > 37 && hr.low < 43);
    CHECK(hr.high > 57 && hr.high < 63);
    REQUIRE(sotto_eval_scores_finish(&scores, &again)); /* the same chance every time */
    CHECK_MEM(&again.means, &quality.means, sizeof quality.means);
    sotto_eval_scores_free(&scores);
}

TEST(no_question_is_no_division_by_zero)
{
    sotto_eval_scores scores = {0};
    sotto_eval_quality quality;
    REQUIRE(sotto_eval_scores_finish(&scores, &quality));
    CHECK_EQ(quality.questions, 0);
    CHECK(near(mean(&quality, SOTTO_EVAL_HR, SOTTO_EVAL_AT20), 0));
    sotto_eval_scores_free(&scores);
}

TEST(gains_of_other_kinds_have_an_interval_too)
{
    double gains[400], questions[400];
    for (int i = 0; i < 400; i++) {
        gains[i] = i % 4 == 0 ? 1 : 0; /* mean 0.25, standard error 0.0217 */
        questions[i] = 1;
    }
    sotto_eval_mean mean = sotto_eval_mean_of(gains, questions, 400);
    CHECK(near(mean.mean, 0.25));
    CHECK(mean.low > 0.195 && mean.low < 0.220);
    CHECK(mean.high > 0.280 && mean.high < 0.305);
    CHECK(near(sotto_eval_mean_of(gains, questions, 0).mean, 0));
    for (int i = 0; i < 400; i++) { /* whoever is asked three times has three times the say */
        questions[i] = i % 4 == 0 ? 3 : 1;
        gains[i] = i % 4 == 0 ? 3 : 0;
    }
    CHECK(near(sotto_eval_mean_of(gains, questions, 400).mean, 0.5));
}

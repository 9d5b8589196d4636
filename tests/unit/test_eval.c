#include "temp_file.h"

#include "train/eval.h"

static sotto_train_fault fault;
static sotto_eval_result result;

static double hr20(void)
{
    return result.quality.means[SOTTO_EVAL_HR][SOTTO_EVAL_AT20].mean;
}

/* After "k" comes "k+1", always; one question in five asks for something never seen. */
static void make_files(const char **train, const char **test)
{
    static char text[1 << 18];
    size_t used = 0;
    for (int i = 0; i < 3000; i++) {
        int at = i * 13 % 90;
        used += (size_t)snprintf(text + used, sizeof text - used, "%d %d %d\n", at, at + 1, at + 2);
    }
    *train = temp_text("train", text);
    used = 0;
    for (int i = 0; i < 100; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%d %s\t%s%d\n", i % 80,
                                 i % 2 == 0 ? "unknown" : "", i % 5 == 0 ? "new" : "", i % 80 + 1);
    }
    *test = temp_text("test", text);
}

TEST(questions_are_answered_from_the_written_bytes)
{
    const char *train, *test;
    make_files(&train, &test);
    sotto_eval_options options = {.train = sotto_train_defaults()};
    options.train.min_shoppers = 1;
    REQUIRE(sotto_eval_next_click(train, test, &options, &result, &fault));
    CHECK_EQ(result.quality.questions, 100);
    CHECK_EQ(result.answered, 100);
    CHECK_EQ(result.items, 92);
    CHECK(hr20() == 80.0);
    double mrr20 = result.quality.means[SOTTO_EVAL_MRR][SOTTO_EVAL_AT20].mean;
    CHECK(mrr20 > 50 && mrr20 <= 80);
    const sotto_eval_cost *cost = &result.cost;
    CHECK(cost->model_bytes > 0 && cost->ids_bytes > 92 * 3);
    CHECK(cost->id_lookup_bytes > 92 * 2 && cost->id_lookup_bytes < cost->ids_bytes);
    CHECK(cost->model_brotli_bytes > 0 && cost->model_brotli_bytes <= cost->model_bytes + 16);
    CHECK(result.us_per_decision > 0 && result.train_s > 0 && result.peak_mb > 1);
    CHECK(result.beyond.covered >= 80 && result.beyond.covered <= 92);
}

TEST(a_budget_bounds_the_model)
{
    const char *train, *test;
    make_files(&train, &test);
    sotto_eval_options options = {.train = sotto_train_defaults()};
    options.train.min_shoppers = 1;
    options.train.budget = result.cost.model_bytes * 9 / 10;
    REQUIRE(sotto_eval_next_click(train, test, &options, &result, &fault));
    CHECK(result.cost.model_bytes <= options.train.budget);
    CHECK(hr20() > 40);
}

TEST(missing_files_are_named)
{
    sotto_eval_options options = {.train = sotto_train_defaults()};
    CHECK(!sotto_eval_next_click("/nowhere/a", "/nowhere/b", &options, &result, &fault));
    CHECK_STR(fault.message, "/nowhere/a: cannot be opened: No such file or directory");
}

TEST(a_shops_own_logs_are_cut_in_time)
{
    static char text[1 << 18];
    size_t used = (size_t)snprintf(text, sizeof text, "t,who,item\n");
    for (int i = 0; i < 2000; i++) {
        for (int k = 0; k < 3; k++) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%d,%d,p%d\n",
                                     1000 + i * 100 + k, i, (i * 7 + k) % 50);
        }
    }
    const char *file = temp_text("shop.csv", text);
    sotto_log_source source = {.files = &file, .file_count = 1, .format = SOTTO_LOG_CSV,
                               .columns = {.item = "item", .shopper = "who", .time = "t"},
                               .time = SOTTO_LOG_TIME_EPOCH_S, .max_bad = 0};
    sotto_eval_options options = {.train = sotto_train_defaults()};
    sotto_log_report report;
    REQUIRE(sotto_eval_logs(&source, 1, &options, &report, &result, &fault));
    CHECK_EQ(result.quality.questions, 400); /* two of each of the last 200 sessions */
    CHECK_EQ(result.quality.groups, 200);
    CHECK(hr20() > 99);
    sotto_log_report_free(&report);
}

TEST(whole_sessions_are_asked_click_by_click)
{
    const char *train, *test;
    make_files(&train, &test);
    test = temp_text("test", "1 2 3\n5\n7 unknown 9\n");
    sotto_eval_options options = {.train = sotto_train_defaults()};
    REQUIRE(sotto_eval_next_click(train, test, &options, &result, &fault));
    CHECK_EQ(result.quality.questions, 4);
    CHECK_EQ(result.quality.groups, 2);
    /* After 1 comes 2, after 2 comes 3; nobody knew "unknown", and 9 is two steps from 7. */
    CHECK(hr20() >= 50 && hr20() <= 75);
}

TEST(single_questions_of_one_session_are_one_group)
{
    const char *train, *test;
    make_files(&train, &test);
    test = temp_text("test", "1 2 3\t4\n1 2\t3\n1\t2\n" /* the longest first, */
                             "5\t6\n5 6\t7\n"            /* the shortest first, */
                             "5\t6\n");                   /* and another one */
    sotto_eval_options options = {.train = sotto_train_defaults()};
    REQUIRE(sotto_eval_next_click(train, test, &options, &result, &fault));
    CHECK_EQ(result.quality.questions, 6);
    CHECK_EQ(result.quality.groups, 3);
}

TEST(the_price_of_min_shoppers_is_told_on_both_sides)
{
    const char *train, *test;
    make_files(&train, &test);
    sotto_eval_options options = {.train = sotto_train_defaults(), .compare_support = true};
    options.train.min_shoppers = 1;
    options.train.tune = false;
    REQUIRE(sotto_eval_next_click(train, test, &options, &result, &fault));
    CHECK(result.has_support);
    CHECK_EQ(result.support[0].min_shoppers, 1);
    CHECK_EQ(result.support[1].min_shoppers, 3);
    CHECK(result.support[0].links >= result.support[1].links);
    CHECK_EQ(result.support[0].links, result.links);
    options.train.min_shoppers = 5;
    REQUIRE(sotto_eval_next_click(train, test, &options, &result, &fault));
    CHECK_EQ(result.support[0].min_shoppers, 1);
    CHECK_EQ(result.support[1].min_shoppers, 5);
    CHECK_EQ(result.min_shoppers, 5);
}

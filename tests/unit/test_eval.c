#include "temp_file.h"

#include "train/eval.h"

static sotto_train_fault fault;
static sotto_eval_result result;

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
    sotto_train_options options = sotto_train_defaults();
    options.min_shoppers = 1;
    REQUIRE(sotto_eval_next_click(train, test, &options, &result, &fault));
    CHECK_EQ(result.queries, 100);
    CHECK_EQ(result.answered, 100);
    CHECK_EQ(result.items, 92);
    CHECK(result.hr20 == 80.0);
    CHECK(result.mrr20 > 50 && result.mrr20 <= 80);
    CHECK(result.model_bytes > 0 && result.ids_bytes > 92 * 3);
    CHECK(result.model_brotli_bytes > 0 && result.model_brotli_bytes <= result.model_bytes + 16);
    CHECK(result.us_per_decision > 0 && result.train_s > 0 && result.peak_mb > 1);
    CHECK(result.covered >= 80 && result.covered <= 92);
}

TEST(a_budget_bounds_the_model)
{
    const char *train, *test;
    make_files(&train, &test);
    sotto_train_options options = sotto_train_defaults();
    options.min_shoppers = 1;
    options.budget = result.model_bytes * 3 / 4;
    REQUIRE(sotto_eval_next_click(train, test, &options, &result, &fault));
    CHECK(result.model_bytes <= options.budget);
    CHECK(result.hr20 > 40);
}

TEST(missing_files_are_named)
{
    sotto_train_options options = sotto_train_defaults();
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
    sotto_train_options options = sotto_train_defaults();
    sotto_log_report report;
    REQUIRE(sotto_eval_logs(&source, 1, &options, &report, &result, &fault));
    CHECK_EQ(result.queries, 400); /* two of each of the last 200 sessions */
    CHECK(result.hr20 > 99);
    sotto_log_report_free(&report);
}

#include "test.h"

#include "train/drops.h"

TEST(reasons_are_counted_and_the_first_examples_kept)
{
    sotto_log_report report = {0};
    sotto_text raw = {"a\tb\xff", 4};
    for (uint64_t line = 1; line <= 5; line++) {
        CHECK(sotto_drops_add(&report, "returns", false, "logs/orders.csv", line, raw));
    }
    CHECK(sotto_drops_add(&report, "bad date", true, "logs/orders.csv", 9, raw));
    CHECK_EQ(report.drop_count, 2);
    CHECK_EQ(report.rows_bad, 1);
    CHECK_EQ(report.drops[0].count, 5);
    CHECK_EQ(report.drops[0].example_count, SOTTO_LOG_EXAMPLES);
    CHECK_STR(report.drops[0].examples[0], "orders.csv:1: a b?");
    CHECK_STR(sotto_drops_worst(&report)->name, "bad date");
    sotto_log_report_free(&report);
    CHECK(sotto_drops_worst(&report) == NULL);
}

TEST(a_long_row_is_cut_in_its_example)
{
    sotto_log_report report = {0};
    char text[5000];
    memset(text, 'x', sizeof text);
    CHECK(sotto_drops_add(&report, "too long", true, "f", 1, (sotto_text){text, sizeof text}));
    CHECK_EQ(strlen(report.drops[0].examples[0]), sizeof report.drops[0].examples[0] - 1);
    sotto_log_report_free(&report);
}

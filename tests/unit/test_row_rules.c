#include "test.h"

#include "train/row_rules.h"

static sotto_text text_of(const char *text)
{
    return (sotto_text){text, strlen(text)};
}

TEST(each_test_holds_for_what_it_says)
{
    static const struct {
        sotto_log_test test;
        const char *text;
        double number;
        const char *cell;
        bool holds;
    } rows[] = {
        {SOTTO_LOG_STARTS_WITH, "C", 0, "C489449", true},
        {SOTTO_LOG_STARTS_WITH, "C", 0, "489449C", false},
        {SOTTO_LOG_STARTS_WITH, "C", 0, "", false},
        {SOTTO_LOG_EQUALS, "POST", 0, " POST ", true},
        {SOTTO_LOG_EQUALS, "POST", 0, "POSTAGE", false},
        {SOTTO_LOG_MATCHES, "^(POST|DOT)$", 0, "DOT", true},
        {SOTTO_LOG_MATCHES, "^(POST|DOT)$", 0, "DOTCOM", false},
        {SOTTO_LOG_MATCHES, "[0-9]{5}", 0, "x85123A", true},
        {SOTTO_LOG_EMPTY, NULL, 0, "  ", true},
        {SOTTO_LOG_EMPTY, NULL, 0, "0", false},
        {SOTTO_LOG_NOT_EMPTY, NULL, 0, "0", true},
        {SOTTO_LOG_AT_MOST, NULL, 0, "-12", true},
        {SOTTO_LOG_AT_MOST, NULL, 0, "0.01", false},
        {SOTTO_LOG_AT_MOST, NULL, 0, "none", false},
        {SOTTO_LOG_AT_LEAST, NULL, 1000, "80995", true},
        {SOTTO_LOG_AT_LEAST, NULL, 1000, "999.9", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sotto_log_rule rule = {"rule", "column", rows[i].test, rows[i].text, rows[i].number};
        sotto_log_source source = {.rules = &rule, .rule_count = 1};
        sotto_rules rules;
        sotto_train_fault fault;
        ROW("%zu \"%s\"", i, rows[i].cell);
        REQUIRE(sotto_rules_open(&rules, &source, &fault));
        CHECK_EQ(sotto_rules_hold(&rules, 0, text_of(rows[i].cell)), rows[i].holds);
        sotto_rules_close(&rules);
    }
}

TEST(a_rule_that_is_no_rule_is_named)
{
    sotto_rules rules;
    sotto_train_fault fault;
    sotto_log_rule broken = {"returns", "Invoice", SOTTO_LOG_MATCHES, "C(", 0};
    sotto_log_source source = {.rules = &broken, .rule_count = 1};
    CHECK(!sotto_rules_open(&rules, &source, &fault));
    CHECK(strstr(fault.message, "rule \"returns\": \"C(\" is no regular expression") != NULL);
    broken.text = NULL;
    CHECK(!sotto_rules_open(&rules, &source, &fault));
    CHECK_STR(fault.message, "rule \"returns\" has no text to compare with");
}

TEST(events_are_mapped_by_the_shop_or_known_by_our_names)
{
    sotto_log_kind kind;
    sotto_log_source ours = {0};
    CHECK(sotto_log_kind_find(&ours, text_of("view"), &kind) && kind == SOTTO_LOG_VIEW);
    CHECK(sotto_log_kind_find(&ours, text_of("cart_add"), &kind) && kind == SOTTO_LOG_CART);
    CHECK(sotto_log_kind_find(&ours, text_of("purchase"), &kind) && kind == SOTTO_LOG_PURCHASE);
    CHECK(sotto_log_kind_find(&ours, text_of("dismiss"), &kind) && kind == SOTTO_LOG_IGNORE);
    CHECK(!sotto_log_kind_find(&ours, text_of("addtocart"), &kind));
    sotto_log_event events[] = {{"addtocart", SOTTO_LOG_CART}};
    sotto_log_source theirs = {.events = events, .event_count = 1};
    CHECK(sotto_log_kind_find(&theirs, text_of("addtocart"), &kind) && kind == SOTTO_LOG_CART);
    CHECK(!sotto_log_kind_find(&theirs, text_of("view"), &kind));
}

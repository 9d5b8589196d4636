#include "temp_file.h"

#include "train/eval.h"
#include "train/eval_shop.h"

static sotto_train_fault fault;
static sotto_log_report report;

static sotto_log_source source_of(const char *const *file, sotto_log_kind kind)
{
    return (sotto_log_source){.files = file, .file_count = 1, .format = SOTTO_LOG_CSV,
                              .columns = {.item = "item", .shopper = "who", .order = "order",
                                          .time = "t"},
                              .kind = kind, .time = SOTTO_LOG_TIME_EPOCH_S, .max_bad = 0};
}

/* Baskets of three: a set of two that belong together, and one of ten that go with anything. */
static const char *make_orders(void)
{
    static char text[1 << 17];
    size_t used = (size_t)snprintf(text, sizeof text, "t,who,order,item\n");
    for (int i = 0; i < 500; i++) {
        const int items[3] = {100 + i % 12, 200 + i % 12, 300 + i * 7 % 10};
        for (int k = 0; k < 3; k++) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%d,w%d,o%d,%d\n",
                                     1000 + i * 4000, i, i, items[k]);
        }
    }
    return temp_text("orders.csv", text);
}

TEST(the_others_of_a_basket_are_found_from_one_of_them)
{
    const char *file = make_orders();
    sotto_log_source source = source_of(&file, SOTTO_LOG_PURCHASE);
    sotto_eval_options options = {.train = sotto_train_defaults()};
    sotto_eval_result result;
    options.train.tune = false;
    REQUIRE(sotto_eval_together(&source, 1, &options, &report, &result, &fault));
    sotto_log_report_free(&report);
    CHECK_EQ(result.quality.questions, 150); /* three from each of the last 50 baskets */
    CHECK_EQ(result.quality.groups, 50);
    CHECK(result.quality.many_answers);
    /* Both of a set find each other; what goes with anything finds neither on the first place. */
    double hr = result.quality.means[SOTTO_EVAL_HR][SOTTO_EVAL_AT5].mean;
    double mrr = result.quality.means[SOTTO_EVAL_MRR][SOTTO_EVAL_AT5].mean;
    CHECK(hr > 66 && mrr > 60); /* two of three questions */
    double best_sellers = result.best_sellers.means[SOTTO_EVAL_MRR][SOTTO_EVAL_AT5].mean;
    CHECK(best_sellers < mrr / 2);
    CHECK_EQ(result.answered, 150);
}

TEST(too_few_baskets_are_refused)
{
    const char *file = temp_text("few.csv", "t,who,order,item\n1,a,o,x\n1,a,o,y\n");
    sotto_log_source source = source_of(&file, SOTTO_LOG_PURCHASE);
    sotto_eval_options options = {.train = sotto_train_defaults()};
    sotto_eval_result result;
    CHECK(!sotto_eval_together(&source, 1, &options, &report, &result, &fault));
    CHECK_STR(fault.message, "too few baskets to hold some back for a test: 1");
    sotto_log_report_free(&report);
}

TEST(what_is_older_is_known)
{
    const char *file = make_orders();
    sotto_log_source source = source_of(&file, SOTTO_LOG_PURCHASE);
    sotto_train_options options = sotto_train_defaults();
    sotto_eval_shop shop;
    REQUIRE(sotto_eval_shop_read(&source, 1, &options, &shop, &report, &fault));
    sotto_log_report_free(&report);
    CHECK_EQ(shop.baskets.count, 500);
    uint32_t cut = sotto_eval_shop_cut(shop.baskets.count);
    CHECK_EQ(cut, 450);
    sotto_sequences older = sotto_eval_shop_before(&shop, &shop.sessions, &shop.baskets, cut);
    CHECK_EQ(older.count, 450);
    CHECK(older.times_s[449] < shop.baskets.times_s[cut]);
    sotto_eval_shop_free(&shop);
}

TEST(visits_of_bots_are_not_asked_about)
{
    static char text[1 << 16];
    char number_text[16];
    size_t used = (size_t)snprintf(text, sizeof text, "t,who,order,item\n");
    for (int i = 0; i < 60; i++) {
        int count = i % 20 == 7 ? 30 : 3; /* three bots */
        for (int k = 0; k < count; k++) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%d,w%d,,%d\n",
                                     1000 + i * 9000 + k, i, i * 100 + k);
        }
    }
    const char *file = temp_text("views.csv", text);
    sotto_log_source source = source_of(&file, SOTTO_LOG_VIEW);
    sotto_train_options options = sotto_train_defaults();
    sotto_eval_shop shop;
    options.bot_clicks = 20;
    REQUIRE(sotto_eval_shop_read(&source, 1, &options, &shop, &report, &fault));
    sotto_log_report_free(&report);
    REQUIRE(shop.sessions.count == 57);
    for (uint32_t i = 0; i < 57; i++) {
        size_t start = shop.sessions.starts[i];
        uint32_t number = i + (i >= 7) + (i >= 26) + (i >= 45); /* of the visit in the log */
        sotto_text id = sotto_intern_get(&shop.events.items, shop.sessions.items[start]);
        ROW("%u", i);
        CHECK_EQ(shop.sessions.starts[i + 1] - start, 3);
        snprintf(number_text, sizeof number_text, "%.*s", (int)id.size, id.bytes);
        CHECK_EQ(strtol(number_text, NULL, 10) / 100, number);
    }
    sotto_eval_shop_free(&shop);
}

#include "test.h"

#include "sample_baskets.h"
#include "train/basket_counts.h"

#include <math.h>

enum { SHOPPERS = 400 };

static void count(const sotto_basket_log *log, uint32_t min_shoppers, sotto_basket_counts *counts)
{
    uint8_t used[SHOPPERS];
    sotto_basket_options options = {.max_links = 5, .min_shoppers = min_shoppers};
    memset(used, 1, sizeof used);
    REQUIRE(sotto_basket_count(log, used, &options, counts));
}

static double weight_of(const sotto_links *links, uint32_t item, uint32_t target)
{
    for (uint32_t k = 0; k < links->counts[item]; k++) {
        if (sotto_links_row(links, item)[k].item == target) {
            return (double)sotto_links_row(links, item)[k].weight;
        }
    }
    return 0;
}

TEST(coffee_lasts_four_weeks_and_milk_one)
{
    sotto_basket_log log;
    sotto_basket_counts counts;
    grocer_make(&log, SHOPPERS, true);
    count(&log, 1, &counts);
    CHECK(counts.timed);
    double weeks = exp2(counts.rhythms[GROCER_COFFEE]) / GROCER_WEEK_S;
    CHECK(weeks > 3.8 && weeks < 4.2);
    CHECK(counts.spreads[GROCER_COFFEE] < 0.2);
    weeks = exp2(counts.rhythms[GROCER_MILK]) / GROCER_WEEK_S;
    CHECK(weeks > 0.9 && weeks < 1.5);
    CHECK(counts.spreads[GROCER_MILK] > counts.spreads[GROCER_COFFEE]);
    sotto_basket_counts_free(&counts);
    sotto_basket_log_free(&log);
}

TEST(without_times_there_is_no_rhythm)
{
    sotto_basket_log log;
    sotto_basket_counts counts;
    grocer_make(&log, SHOPPERS, false);
    count(&log, 1, &counts);
    CHECK(!counts.timed);
    CHECK(counts.rhythms[GROCER_COFFEE] == 0);
    sotto_basket_counts_free(&counts);
    sotto_basket_log_free(&log);
}

TEST(what_everybody_buys_is_popular)
{
    sotto_basket_log log;
    sotto_basket_counts counts;
    grocer_make(&log, SHOPPERS, true);
    count(&log, 1, &counts);
    CHECK_EQ(counts.shopper_count, SHOPPERS);
    CHECK(counts.finals[GROCER_MILK] > 0.7 * SHOPPERS);
    CHECK(counts.finals[GROCER_MILK] < 0.9 * SHOPPERS);
    for (uint32_t item = 1; item < GROCER_ITEMS; item++) {
        ROW("item %u", item);
        CHECK(counts.finals[item] < counts.finals[GROCER_MILK]);
        CHECK(counts.lately[item] < counts.lately[GROCER_MILK]);
    }
    sotto_basket_counts_free(&counts);
    sotto_basket_log_free(&log);
}

/* Both items were bought once by everybody, in the same basket; only one of them comes again. */
TEST(lift_is_what_sets_equals_apart)
{
    sotto_basket_log log = {0};
    sotto_basket_counts counts;
    for (uint32_t shopper = 0; shopper < 50; shopper++) {
        REQUIRE(sotto_basket_log_shopper(&log) && sotto_basket_log_basket(&log, 0));
        grocer_add(&log, 0);
        grocer_add(&log, 1);
        REQUIRE(sotto_basket_log_basket(&log, 0));
        grocer_add(&log, 0);
    }
    count(&log, 1, &counts);
    /* Half of what was bought once, one basket ago, comes again: as many are expected of each. */
    double expected = 50 * (50 + 0.5) / (100 + 10);
    CHECK(fabs(counts.lifts[0] - log2(51 / (expected + 1))) < 1e-9);
    CHECK(fabs(counts.lifts[1] - log2(1 / (expected + 1))) < 1e-9);
    sotto_basket_counts_free(&counts);
    sotto_basket_log_free(&log);
}

TEST(links_lead_to_what_is_bought_next)
{
    sotto_basket_log log;
    sotto_basket_counts counts;
    grocer_make(&log, SHOPPERS, true);
    count(&log, 1, &counts);
    CHECK(weight_of(&counts.links, GROCER_PASTA, GROCER_MILK) > 0);
    CHECK(weight_of(&counts.links, GROCER_PASTA, GROCER_SAUCE) > 0);
    CHECK_EQ((int)weight_of(&counts.links, GROCER_MILK, GROCER_MILK), 0);
    sotto_basket_counts_free(&counts);
    sotto_basket_log_free(&log);
}

TEST(too_few_shoppers_say_nothing)
{
    sotto_basket_log log;
    sotto_basket_counts counts;
    grocer_make(&log, 20, true);
    count(&log, 21, &counts);
    CHECK_EQ(sotto_links_total(&counts.links), 0);
    for (uint32_t item = 0; item < GROCER_ITEMS; item++) {
        CHECK(counts.finals[item] == 0 && counts.evers[item] == 0 && counts.rhythms[item] == 0);
    }
    sotto_basket_counts_free(&counts);
    sotto_basket_log_free(&log);
}

TEST(shoppers_that_are_not_used_are_not_counted)
{
    sotto_basket_log log;
    sotto_basket_counts some, few;
    uint8_t used[SHOPPERS] = {0};
    sotto_basket_options options = {.max_links = 5, .min_shoppers = 1};
    grocer_make(&log, SHOPPERS, true);
    memset(used, 1, 100);
    REQUIRE(sotto_basket_count(&log, used, &options, &some));
    log.shopper_count = 100;
    REQUIRE(sotto_basket_count(&log, used, &options, &few));
    log.shopper_count = SHOPPERS;
    CHECK_EQ(some.shopper_count, 100);
    CHECK(memcmp(some.finals, few.finals, GROCER_ITEMS * sizeof(double)) == 0);
    CHECK(memcmp(some.lifts, few.lifts, GROCER_ITEMS * sizeof(double)) == 0);
    CHECK_EQ(sotto_links_total(&some.links), sotto_links_total(&few.links));
    sotto_basket_counts_free(&some);
    sotto_basket_counts_free(&few);
    sotto_basket_log_free(&log);
}

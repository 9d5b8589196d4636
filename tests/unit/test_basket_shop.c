#include "test.h"

#include "sample_baskets.h"
#include "train/basket_shop.h"

enum { SHOPPERS = 300 };

/* The grocer's baskets as a shop's logs give them: all of them in order of time. */
static void make(sotto_sequences *baskets, bool repeating)
{
    sotto_basket_log log;
    grocer_make(&log, SHOPPERS, true);
    memset(baskets, 0, sizeof *baskets);
    for (uint32_t week = 0; week < GROCER_WEEKS + 2; week++) {
        for (uint32_t shopper = 0; shopper < SHOPPERS; shopper++) {
            uint32_t basket = log.shopper_starts[shopper] + week;
            if (basket >= log.shopper_starts[shopper + 1]) {
                continue;
            }
            REQUIRE(sotto_sequences_open(baskets, 1000 + shopper, log.times_s[basket]));
            for (size_t at = log.basket_starts[basket]; at < log.basket_starts[basket + 1]; at++) {
                /* Who never buys twice buys something else each week. */
                uint32_t item = repeating ? log.items[at] : week * GROCER_ITEMS + log.items[at];
                REQUIRE(sotto_sequences_push(baskets, item));
            }
        }
    }
    sotto_basket_log_free(&log);
}

/* Learns with items in the reverse of their order; the last one is not in the model. */
static void learn(const sotto_sequences *baskets, uint32_t items, uint64_t budget,
                  sotto_section_list *list, sotto_basket_summary *summary)
{
    uint32_t *order = calloc(items, sizeof *order);
    sotto_train_fault fault = {{0}, {0}};
    REQUIRE(order != NULL);
    for (uint32_t index = 0; index + 1 < items; index++) {
        order[index] = items - 2 - index;
    }
    memset(list, 0, sizeof *list);
    bool good =
        sotto_basket_shop(baskets, order, items - 1, items, 3, budget, list, summary, &fault);
    free(order);
    REQUIRE(good);
}

TEST(a_grocer_gets_the_next_basket)
{
    sotto_sequences baskets;
    sotto_section_list list;
    sotto_basket_summary summary;
    make(&baskets, true);
    learn(&baskets, GROCER_ITEMS, 0, &list, &summary);
    CHECK(summary.published && summary.timed);
    CHECK_EQ(summary.shoppers, SHOPPERS);
    CHECK(summary.repeat_share > 30);
    CHECK(summary.recall10 > summary.popular_recall10);
    CHECK_EQ(list.count, 5);
    sotto_section_list_free(&list);
    sotto_sequences_free(&baskets);
}

TEST(indexes_are_those_of_the_order)
{
    sotto_sequences baskets;
    sotto_section_list list;
    sotto_basket_summary summary;
    sotto_basket_model model;
    sotto_train_fault fault = {{0}, {0}};
    make(&baskets, true);
    learn(&baskets, GROCER_ITEMS, 0, &list, &summary);
    REQUIRE(sotto_basket_unpack(&list, GROCER_ITEMS - 1, &model, &fault));
    CHECK_EQ(sotto_basket_popular(&model, 0), GROCER_ITEMS - 2 - GROCER_MILK);
    sotto_section_list_free(&list);
    sotto_sequences_free(&baskets);
}

TEST(where_nobody_buys_twice_there_is_nothing)
{
    sotto_sequences baskets;
    sotto_section_list list;
    sotto_basket_summary summary;
    make(&baskets, false);
    learn(&baskets, GROCER_ITEMS * (GROCER_WEEKS + 2), 0, &list, &summary);
    CHECK(!summary.published);
    CHECK(summary.repeat_share < 0.001);
    CHECK_EQ(list.count, 0);
    sotto_sequences_free(&baskets);
}

TEST(a_budget_is_kept_or_there_is_nothing)
{
    sotto_sequences baskets;
    sotto_section_list list;
    sotto_basket_summary summary;
    make(&baskets, true);
    learn(&baskets, GROCER_ITEMS, 1000, &list, &summary);
    CHECK(!summary.published);
    CHECK_EQ(list.count, 0);
    sotto_sequences_free(&baskets);
}

TEST(no_baskets_are_no_fault)
{
    sotto_section_list list = {0};
    sotto_train_fault fault = {{0}, {0}};
    CHECK(sotto_basket_shop(NULL, NULL, 0, 0, 3, 0, &list, NULL, &fault));
    CHECK_EQ(list.count, 0);
}

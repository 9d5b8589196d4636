#include "test.h"

#include "train/basket_log.h"

/* One shopper with baskets [3 5] [5] [5 7] and then [9]. */
static void make(sotto_basket_log *log)
{
    static const uint32_t items[] = {3, 5, 5, 5, 7, 9};
    static const uint32_t ends[] = {2, 3, 5, 6};
    uint32_t at = 0;
    memset(log, 0, sizeof *log);
    REQUIRE(sotto_basket_log_shopper(log));
    for (uint32_t basket = 0; basket < 4; basket++) {
        REQUIRE(sotto_basket_log_basket(log, 100 * (basket + 1)));
        for (; at < ends[basket]; at++) {
            REQUIRE(sotto_basket_log_item(log, items[at]));
        }
    }
}

TEST(what_is_added_is_there)
{
    sotto_basket_log log;
    make(&log);
    CHECK_EQ(log.shopper_count, 1);
    CHECK_EQ(sotto_basket_log_count(&log, 0), 4);
    CHECK_EQ(log.item_count, 10);
    CHECK_EQ(log.basket_starts[4], 6);
    CHECK_EQ(log.times_s[2], 300);
    sotto_basket_log_free(&log);
}

TEST(an_item_is_in_a_basket_once)
{
    sotto_basket_log log;
    make(&log);
    CHECK(sotto_basket_log_item(&log, 9));
    CHECK_EQ(log.basket_starts[4], 6);
    CHECK_EQ(log.repeated, 1);
    sotto_basket_log_free(&log);
}

TEST(what_was_owned_is_all_but_the_last_basket)
{
    sotto_basket_log log;
    sotto_owned_list owned;
    make(&log);
    REQUIRE(sotto_owned_init(&owned, log.item_count));
    for (int turn = 0; turn < 2; turn++) { /* filling again leaves nothing of before */
        sotto_owned_fill(&owned, &log, 0, 0.5);
        REQUIRE(owned.count == 3);
        CHECK_EQ(owned.basket_count, 3);
        CHECK_EQ(owned.list[0].item, 5);
        CHECK_EQ(owned.list[0].times, 3);
        CHECK_EQ(owned.list[0].gap, 0);
        CHECK_EQ(owned.list[0].oldest, 2);
        CHECK_EQ(owned.list[0].last_s, 300);
        CHECK_EQ((int)(owned.list[0].faded * 100), 175);
        CHECK_EQ(owned.list[1].item, 7);
        CHECK_EQ(owned.list[2].item, 3);
        CHECK_EQ(owned.list[2].gap, 2);
        CHECK_EQ(owned.places[9], 0);
    }
    sotto_owned_free(&owned);
    sotto_basket_log_free(&log);
}

TEST(many_of_everything_fit)
{
    sotto_basket_log log = {0};
    for (uint32_t shopper = 0; shopper < 3000; shopper++) {
        REQUIRE(sotto_basket_log_shopper(&log));
        for (uint32_t basket = 0; basket < shopper % 3; basket++) {
            REQUIRE(sotto_basket_log_basket(&log, 0));
            REQUIRE(sotto_basket_log_item(&log, shopper));
        }
    }
    CHECK_EQ(log.basket_count, 3000);
    CHECK_EQ(sotto_basket_log_count(&log, 2999), 2);
    CHECK_EQ(sotto_basket_log_count(&log, 2997), 0);
    sotto_basket_log_free(&log);
}

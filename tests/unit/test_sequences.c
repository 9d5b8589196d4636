#include "log_rows.h"

static sotto_events events;
static sotto_sequences made;

static const char *sessions(void)
{
    sotto_sequences_free(&made);
    REQUIRE(sotto_sessions_make(&events, 1800, &made));
    return show_sequences(&made, &events);
}

static const char *baskets(void)
{
    sotto_sequences_free(&made);
    REQUIRE(sotto_baskets_make(&events, 1800, &made));
    return show_sequences(&made, &events);
}

static void begin(void)
{
    sotto_events_free(&events);
    sotto_events_init(&events);
}

TEST(a_pause_over_the_gap_starts_a_session)
{
    begin();
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "a", 1000);
    add_row(&events, SOTTO_LOG_VIEW, "y", NULL, NULL, "p", 1001);
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "b", 2800);
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "c", 4601);
    CHECK_STR(sessions(), "a b|p|c");
}

TEST(rows_out_of_order_are_put_in_order_and_equal_times_stay)
{
    begin();
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "c", 30);
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "a", 10);
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "b", 10);
    CHECK_STR(sessions(), "a b c");
}

TEST(a_named_session_is_one_whatever_its_pauses)
{
    begin();
    add_row(&events, SOTTO_LOG_VIEW, "x", "1", NULL, "a", 0);
    add_row(&events, SOTTO_LOG_VIEW, "x", "1", NULL, "b", 90000);
    add_row(&events, SOTTO_LOG_VIEW, "x", "2", NULL, "c", 90001);
    CHECK_STR(sessions(), "a b|c");
}

TEST(without_times_rows_stay_in_file_order)
{
    begin();
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "b", -1);
    add_row(&events, SOTTO_LOG_VIEW, "y", NULL, NULL, "p", -1);
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "a", -1);
    CHECK_STR(sessions(), "b a|p");
}

TEST(sessions_are_made_of_views_where_there_are_views)
{
    begin();
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "a", 1);
    add_row(&events, SOTTO_LOG_CART, "x", NULL, NULL, "a", 2);
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "b", 3);
    add_row(&events, SOTTO_LOG_PURCHASE, "x", NULL, NULL, "a", 4);
    CHECK_STR(sessions(), "a b");
    begin();
    add_row(&events, SOTTO_LOG_PURCHASE, "x", NULL, "1", "a", 1);
    add_row(&events, SOTTO_LOG_PURCHASE, "x", NULL, "1", "b", 1);
    CHECK_STR(sessions(), "a b");
}

TEST(a_basket_is_an_order_and_holds_an_item_once)
{
    begin();
    add_row(&events, SOTTO_LOG_PURCHASE, "x", NULL, "1", "a", 1);
    add_row(&events, SOTTO_LOG_PURCHASE, "x", NULL, "1", "b", 1);
    add_row(&events, SOTTO_LOG_PURCHASE, "x", NULL, "1", "a", 1);
    add_row(&events, SOTTO_LOG_PURCHASE, "x", NULL, "2", "a", 1);
    CHECK_STR(baskets(), "a b|a");
}

TEST(without_orders_a_basket_is_a_shoppers_moment)
{
    begin();
    add_row(&events, SOTTO_LOG_PURCHASE, "x", NULL, NULL, "a", 100);
    add_row(&events, SOTTO_LOG_PURCHASE, "y", NULL, NULL, "p", 100);
    add_row(&events, SOTTO_LOG_PURCHASE, "x", NULL, NULL, "b", 102);
    add_row(&events, SOTTO_LOG_PURCHASE, "x", NULL, NULL, "c", 900);
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "d", 900);
    CHECK_STR(baskets(), "a b|p|c");
}

TEST(where_nothing_was_bought_carts_are_baskets)
{
    begin();
    add_row(&events, SOTTO_LOG_CART, "x", NULL, NULL, "a", 100);
    add_row(&events, SOTTO_LOG_VIEW, "x", NULL, NULL, "b", 200);
    add_row(&events, SOTTO_LOG_CART, "x", NULL, NULL, "c", 1000);
    CHECK_STR(baskets(), "a c");
}

#include "statistics_rows.h"

#include "base/base.h"

static sotto_statistics statistics;
static sotto_statistics_maker *maker;
static sotto_sequences sessions, baskets;
static uint32_t *starts_at;

static void begin(bool by_time)
{
    sotto_statistics_close(&statistics);
    maker = begin_rows(by_time);
}

static void view(const char *shopper, const char *session, const char *item, int64_t time_s)
{
    put_row(maker, SOTTO_LOG_VIEW, shopper, session, NULL, item, time_s);
}

static void buy(const char *shopper, const char *order, const char *item, int64_t time_s)
{
    put_row(maker, SOTTO_LOG_PURCHASE, shopper, NULL, order, item, time_s);
}

static const char *show(const sotto_sequences *sequences)
{
    static char shown[1024];
    size_t used = 0;
    shown[0] = '\0';
    for (uint32_t i = 0; i < sequences->count; i++) {
        for (size_t at = sequences->starts[i]; at < sequences->starts[i + 1]; at++) {
            sotto_text id = sotto_intern_get(&statistics.book.ids, sequences->items[at]);
            used += (size_t)snprintf(shown + used, sizeof shown - used, "%s%.*s",
                                     at > sequences->starts[i] ? " " : i > 0 ? "|" : "",
                                     (int)id.size, id.bytes);
        }
    }
    return shown;
}

static void end(void)
{
    end_rows(maker, &statistics);
    sotto_sequences_free(&sessions);
    sotto_sequences_free(&baskets);
    free(starts_at);
    REQUIRE(sotto_statistics_sequences(&statistics, &sessions, &baskets, &starts_at));
}

TEST(a_pause_over_the_gap_starts_a_session)
{
    begin(true);
    view("x", NULL, "a", 1000);
    view("y", NULL, "p", 1001);
    view("x", NULL, "b", 2800);
    view("x", NULL, "c", 4601);
    end();
    CHECK_STR(show(&sessions), "a b|p|c");
}

TEST(rows_out_of_order_are_put_in_order)
{
    begin(true);
    view("x", NULL, "c", 30);
    view("x", NULL, "a", 10);
    view("x", NULL, "b", 11);
    end();
    CHECK_STR(show(&sessions), "a b c");
}

TEST(a_named_session_lasts_over_pauses_but_not_over_a_visit)
{
    begin(true);
    view("x", "1", "a", 0);
    view("x", "1", "b", 3600);
    view("x", "2", "c", 3601);
    view("x", "2", "d", 7202);
    end();
    CHECK_STR(show(&sessions), "a b|c|d");
}

TEST(without_times_rows_stay_in_file_order)
{
    begin(false);
    view("x", NULL, "b", -1);
    view("y", NULL, "p", -1);
    view("x", NULL, "a", -1);
    view("x", "s", "c", -1);
    view("x", NULL, "d", -1);
    end();
    CHECK_STR(show(&sessions), "b a d|p|c");
    CHECK_EQ(sessions.times_s[0], 0);
    CHECK_EQ(starts_at[1], 1);
}

TEST(sessions_are_made_of_views_where_there_are_views)
{
    begin(true);
    view("x", NULL, "a", 1);
    put_row(maker, SOTTO_LOG_CART, "x", NULL, NULL, "a", 2);
    view("x", NULL, "b", 3);
    buy("x", NULL, "a", 4);
    end();
    CHECK_STR(show(&sessions), "a b");
    begin(true);
    buy("x", "1", "a", 1);
    buy("x", "1", "b", 2);
    end();
    CHECK_STR(show(&sessions), "a b");
}

TEST(a_basket_is_an_order_and_holds_an_item_once)
{
    begin(true);
    buy("x", "1", "a", 1);
    buy("x", "1", "a", 3);
    buy("x", "2", "a", 4);
    end();
    CHECK_STR(show(&baskets), "a|a");
}

TEST(without_orders_a_basket_is_a_shoppers_moment)
{
    begin(true);
    buy("x", NULL, "a", 100);
    buy("y", NULL, "p", 101);
    buy("x", NULL, "a", 102);
    buy("x", NULL, "c", 900);
    view("x", NULL, "d", 900);
    end();
    CHECK_STR(show(&baskets), "a|p|c");
}

TEST(where_nothing_was_bought_carts_are_baskets)
{
    begin(true);
    put_row(maker, SOTTO_LOG_CART, "x", NULL, NULL, "a", 100);
    view("x", NULL, "b", 200);
    put_row(maker, SOTTO_LOG_CART, "x", NULL, NULL, "a", 1000);
    end();
    CHECK_STR(show(&baskets), "a");
    CHECK_EQ(baskets.count, 1);
}

/* So many clicks, one each `step_s`, in a visit of their own. */
static sotto_bot_rule judge(uint32_t clicks, double step_s, int64_t from_s)
{
    begin(true);
    view("somebody else", NULL, "z", 5000000);
    for (uint32_t i = 0; i < clicks; i++) {
        char item[16];
        snprintf(item, sizeof item, "i%u", i % 50);
        view("x", NULL, item, from_s + (int64_t)(i * step_s));
    }
    end();
    for (unsigned rule = 1; rule < SOTTO_BOT_RULES; rule++) {
        if (statistics.bots[rule].visits > 0) {
            CHECK_EQ(statistics.bots[rule].visits, 1);
            CHECK_EQ(statistics.bots[rule].events, clicks);
            CHECK_EQ(sessions.count, 1);
            return (sotto_bot_rule)rule;
        }
    }
    return SOTTO_NO_BOT;
}

TEST(machines_are_known_by_how_much_and_how_fast_they_click)
{
    CHECK_EQ(judge(1000, 20, 1000007), SOTTO_NO_BOT);
    CHECK_EQ(judge(1001, 20, 1000007), SOTTO_BOT_CLICKS);
    CHECK_EQ(judge(100, 0.5, 1000007), SOTTO_NO_BOT);
    CHECK_EQ(judge(101, 0.5, 1000007), SOTTO_BOT_FAST);
    CHECK_EQ(judge(300, 0.7, 1000007), SOTTO_NO_BOT);
    CHECK_EQ(judge(150, 0, 1000007), SOTTO_BOT_FAST);
    CHECK_EQ(judge(150, 0, 86400 * 20), SOTTO_NO_BOT); /* a date: nobody knows how fast */
    CHECK_EQ(judge(70000, 0.001, 1000007), SOTTO_BOT_CROWD);
}

TEST(a_large_order_is_no_bot)
{
    begin(true);
    for (uint32_t i = 0; i < 3000; i++) {
        char item[16];
        snprintf(item, sizeof item, "i%u", i);
        buy("wholesale", "1", item, 1000007);
    }
    end();
    CHECK_EQ(statistics.bots[SOTTO_BOT_CLICKS].visits + statistics.bots[SOTTO_BOT_FAST].visits, 0);
    CHECK_EQ(baskets.count, 1);
    CHECK_EQ(baskets.starts[1], 3000);
}

TEST(how_many_were_bought_is_kept)
{
    static const double quantities[] = {1, 0, 7, 12, 1000};
    static const uint32_t pieces[] = {1, 1, 7, 12, 1024};
    begin(true);
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(quantities); i++) {
        sotto_text none = {"", 0};
        sotto_log_row row = {.kind = SOTTO_LOG_PURCHASE, .item = row_text("a"),
                             .shopper = row_text("x"), .session = none, .order = none,
                             .title = none, .category = none, .brand = none, .url = none,
                             .image = none, .has_time = true, .time_s = 1000 + i,
                             .quantity = quantities[i], .file = "test", .line = 1};
        REQUIRE(sotto_statistics_add(maker, &row, &row_fault));
        row.kind = SOTTO_LOG_CART;
        row.time_s += 100;
        REQUIRE(sotto_statistics_add(maker, &row, &row_fault));
    }
    end();
    REQUIRE(statistics.sample.event_count == 2 * SOTTO_ARRAY_COUNT(quantities));
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(quantities); i++) {
        const sotto_visit_event *events = statistics.sample.events;
        CHECK_EQ(sotto_pieces_of_code(sotto_code_of_event(&events[i])), pieces[i]);
        CHECK_EQ(sotto_kind_of_event(&events[i]), SOTTO_LOG_PURCHASE);
        CHECK_EQ(sotto_item_of_event(&events[i]), 0);
        CHECK_EQ(sotto_code_of_event(&events[i + SOTTO_ARRAY_COUNT(quantities)]), 0);
    }
}

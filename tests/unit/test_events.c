#include "log_rows.h"

TEST(the_same_name_as_shopper_session_and_order_is_three_people)
{
    sotto_events events;
    sotto_events_init(&events);
    add_row(&events, SOTTO_LOG_VIEW, "7", NULL, NULL, "a", 1);
    add_row(&events, SOTTO_LOG_VIEW, NULL, "7", NULL, "a", 2);
    add_row(&events, SOTTO_LOG_VIEW, NULL, NULL, "7", "a", 3);
    add_row(&events, SOTTO_LOG_VIEW, NULL, NULL, NULL, "a", 4);
    add_row(&events, SOTTO_LOG_VIEW, NULL, NULL, NULL, "a", 5);
    add_row(&events, SOTTO_LOG_VIEW, "7", NULL, NULL, "a", 6);
    CHECK_EQ(events.shoppers.count, 5);
    CHECK_EQ(events.items.count, 1);
    CHECK_EQ(events.entries[5].shopper, events.entries[0].shopper);
    CHECK(events.entries[0].named && !events.entries[1].named);
    CHECK(events.has_time);
    add_row(&events, SOTTO_LOG_VIEW, "7", NULL, NULL, "a", -1);
    CHECK(!events.has_time);
    sotto_events_free(&events);
}

TEST(a_session_id_is_one_shoppers_own)
{
    sotto_events events;
    sotto_events_init(&events);
    add_row(&events, SOTTO_LOG_VIEW, "x", "1", NULL, "a", 1);
    add_row(&events, SOTTO_LOG_VIEW, "y", "1", NULL, "a", 1);
    CHECK(events.entries[0].session != events.entries[1].session);
    sotto_events_free(&events);
}

static void add_titled(sotto_events *events, const char *title, double price)
{
    sotto_train_fault fault;
    sotto_log_row row = {.item = text_of("a"), .title = text_of(title), .has_price = price >= 0,
                         .price = price, .file = "test"};
    REQUIRE(sotto_events_add(events, &row, &fault));
}

TEST(the_most_frequent_title_and_the_last_price_are_kept)
{
    sotto_events events;
    sotto_events_init(&events);
    static const char *titles[] = {"damaged", "HEART", "HEART", "?",
                                   "HEART",   NULL,    "HEART", "lost"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        add_titled(&events, titles[i], (double)i);
    }
    add_titled(&events, NULL, 0); /* given away: says nothing of the price */
    sotto_text title = sotto_intern_get(&events.facts, events.notes[0].title);
    CHECK(title.size == 5 && memcmp(title.bytes, "HEART", 5) == 0);
    CHECK(events.notes[0].has_price && events.notes[0].price == 7);
    CHECK_EQ(events.notes[0].brand, SOTTO_NO_GROUP);
    sotto_events_free(&events);
}

#include "temp_file.h"

#include "train/clicktable.h"

static sotto_train_fault fault;

TEST(the_first_line_tells_a_table)
{
    static const struct { const char *text; bool is_table; } rows[] = {
        {"SessionId\tItemId\tTime\n1\t2\t3\n", true},
        {"session_id,timestamp,item_id,event_type\n", true},
        {"\"Time\",\"UserId\",\"ItemId\"\r\n1,2,3\n", true},
        {"ItemId\tTime\n", false}, /* nobody did it */
        {"UserId\tItemId\n", false}, /* and nobody knows when */
        {"12 13 14\n", false},
        {"1 2\t3\n", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool is_table = !rows[i].is_table;
        ROW("%zu", i);
        CHECK(sotto_clicktable_recognise(temp_text("table", rows[i].text), &is_table, &fault));
        CHECK(is_table == rows[i].is_table);
    }
}

TEST(rows_become_sessions_in_order_of_time)
{
    const char *path = temp_text("table", "Time\tSessionId\tItemId\tCat\n"
                                          "1500000200.5\tb\t7\tx\n"
                                          "1500000030.0\ta\t9\tx\n"
                                          "1500000010.0\ta\t8\tx\n"
                                          "1500000100.0\tb\t8\tx\n");
    sotto_intern items = {0};
    sotto_sequences sessions;
    REQUIRE(sotto_clicktable_read(path, true, &items, &sessions, &fault));
    REQUIRE(sessions.count == 2);
    CHECK_EQ(items.count, 3);
    static const char *const expected[] = {"8", "9", "8", "7"};
    for (size_t i = 0; i < 4; i++) {
        sotto_text id = sotto_intern_get(&items, sessions.items[i]);
        ROW("%zu", i);
        CHECK_MEM(id.bytes, expected[i], 1);
    }
    sotto_sequences_free(&sessions);

    sotto_intern known = {0};
    uint32_t eight;
    REQUIRE(sotto_intern_add(&known, (sotto_text){"8", 1}, &eight));
    REQUIRE(sotto_clicktable_read(path, false, &known, &sessions, &fault));
    CHECK_EQ(known.count, 1); /* a test teaches nothing */
    CHECK_EQ(sessions.items[0], eight);
    CHECK_EQ(sessions.items[1], SOTTO_NO_ITEM);
    sotto_sequences_free(&sessions);
    sotto_intern_free(&known);
    sotto_intern_free(&items);
}

TEST(dates_milliseconds_and_events_are_understood)
{
    sotto_intern items = {0};
    sotto_sequences sessions;
    const char *path = temp_text("table", "timestamp,visitorid,event,itemid\n"
                                          "1433221332117,1,view,5\n"
                                          "1433221342117,1,addtocart,5\n"
                                          "1433221352117,1,view,6\n"
                                          "1433231352117,1,view,5\n");
    REQUIRE(sotto_clicktable_read(path, true, &items, &sessions, &fault));
    CHECK_EQ(sessions.count, 2); /* a pause of more than half an hour */
    CHECK_EQ(sessions.starts[1], 2); /* what went into a cart is no view */
    sotto_sequences_free(&sessions);
    path = temp_text("table", "session_id\titem_id\ttime\n4\t5\t2020-01-02 10:00:00\n"
                              "4\t6\t2020-01-02 09:00:00\n");
    REQUIRE(sotto_clicktable_read(path, true, &items, &sessions, &fault));
    CHECK_EQ(sessions.count, 1);
    CHECK_EQ(sessions.items[0], 1);
    sotto_sequences_free(&sessions);
    CHECK(!sotto_clicktable_read(temp_text("table", "session\titem\ttime\n1\t2\tsoon\n"), true,
                                 &items, &sessions, &fault));
    CHECK(fault.message[0] != '\0');
    sotto_sequences_free(&sessions);
    sotto_intern_free(&items);
}

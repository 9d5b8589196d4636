#include "temp_file.h"

#include "train/clicklog.h"

static sotto_train_fault fault;

TEST(a_line_is_a_session)
{
    sotto_intern items = {0};
    sotto_sequences sessions = {0};
    const char *path = temp_text("train", "1 2\r\n\n  3 1 3\n");
    REQUIRE(sotto_clicklog_read(path, &items, &sessions, &fault));
    CHECK_EQ(sessions.count, 2);
    CHECK_EQ(items.count, 3);
    CHECK_EQ(sessions.starts[1], 2);
    CHECK_EQ(sessions.starts[2], 5);
    CHECK_EQ(sessions.items[3], 0);
    CHECK(sessions.shoppers[0] != sessions.shoppers[1]);

    sotto_questions questions;
    path = temp_text("test", "2 9 1\t3\n1\t77\n");
    REQUIRE(sotto_questions_read(path, &items, &questions, &fault));
    CHECK_EQ(questions.sessions.count, 2);
    CHECK_EQ(questions.sessions.items[0], 1);
    CHECK_EQ(questions.sessions.items[1], SOTTO_NO_ITEM);
    CHECK_EQ(questions.answers[0], 2);
    CHECK_EQ(questions.answers[1], SOTTO_NO_ITEM);
    sotto_questions_free(&questions);
    sotto_sequences_free(&sessions);
    sotto_intern_free(&items);
}

TEST(a_test_file_may_hold_whole_sessions)
{
    sotto_intern items = {0};
    sotto_questions questions;
    uint32_t number;
    REQUIRE(sotto_intern_add(&items, (sotto_text){"7", 1}, &number));
    REQUIRE(sotto_questions_read(temp_text("test", "\n7 8\n8\t7 \n"), &items, &questions, &fault));
    CHECK(questions.answers == NULL);
    CHECK_EQ(questions.sessions.count, 2);
    CHECK_EQ(questions.sessions.items[0], number);
    CHECK_EQ(questions.sessions.items[1], SOTTO_NO_ITEM);
    CHECK_EQ(items.count, 1);
    sotto_questions_free(&questions);
    REQUIRE(sotto_questions_read(temp_text("test", "item\tsession\ttime\n7\t1\t5\n"), &items,
                                 &questions, &fault));
    CHECK(questions.answers == NULL);
    CHECK_EQ(questions.sessions.count, 1);
    sotto_questions_free(&questions);
    sotto_intern_free(&items);
}

TEST(files_that_are_something_else_are_refused_with_a_line)
{
    static const struct { const char *text, *message; } rows[] = {
        {"1 2\t3\n1 2\n", "/test:2: has no tab between session and next item"},
        {"1\t2\n1\t \n", "/test:2: has no item after the tab"},
        {"\n\n", "/test: holds no session"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sotto_intern items = {0};
        sotto_questions questions;
        ROW("%zu", i);
        CHECK(!sotto_questions_read(temp_text("test", rows[i].text), &items, &questions, &fault));
        CHECK(strstr(fault.message, rows[i].message) != NULL);
        sotto_questions_free(&questions);
    }
    sotto_intern items = {0};
    sotto_sequences sessions = {0};
    CHECK(!sotto_clicklog_read(temp_text("train", " \n"), &items, &sessions, &fault));
    CHECK(strstr(fault.message, "/train: holds no session") != NULL);
    CHECK(!sotto_clicklog_read(temp_text("train", "1 2\n3 \xff\n"), &items, &sessions, &fault));
    CHECK(strstr(fault.message, "/train:2: an id that is not UTF-8") != NULL);
    sotto_sequences_free(&sessions);
    sotto_intern_free(&items);
}

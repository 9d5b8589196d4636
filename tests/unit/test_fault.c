#include "test.h"

#include "train/fault.h"

TEST(texts_from_files_cannot_play_with_the_terminal)
{
    sotto_train_fault fault;
    CHECK(!sotto_fault_set(&fault, "%s:%d: %s", "a.csv", 3, "\x1b[2Jgone\n"));
    CHECK_STR(fault.message, "a.csv:3: ?[2Jgone?");
    CHECK_STR(fault.hint, "");
    CHECK(!sotto_fault_hint(&fault, "try %s", "again"));
    CHECK_STR(fault.hint, "try again");
}

TEST(a_long_message_is_cut)
{
    sotto_train_fault fault;
    static char text[5000];
    memset(text, 'x', sizeof text - 1);
    sotto_fault_set(&fault, "%s", text);
    CHECK_EQ(strlen(fault.message), SOTTO_FAULT_TEXT - 1);
}

/*
 * test_entries.c - a short list of 16-byte entries that begin with a key
 */
#include "test.h"

#include "profile/profile.h"

static sotto_profile_cart_entry lines[4];
static uint16_t line_count;
static const sotto_entries table = {lines, &line_count, 4,
                                    offsetof(sotto_profile_cart_entry, time_s)};

static void fill(uint32_t count)
{
    memset(lines, 0, sizeof lines);
    line_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        sotto_profile_cart_entry *line = sotto_entries_touch(&table, 10 + i, 0);
        line->time_s = 100 * (i + 1);
    }
}

/* The keys in order, as digits, so that a failure shows them all. */
static const char *keys(void)
{
    static char text[64];
    text[0] = '\0';
    for (uint32_t i = 0; i < line_count; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%u", i ? " " : "",
                 (unsigned)lines[i].item);
    }
    return text;
}

TEST(entries_stand_in_the_order_they_came)
{
    fill(3);
    CHECK_STR(keys(), "10 11 12");
    CHECK_EQ(sotto_entries_find(&table, 11), 1);
    CHECK_EQ(sotto_entries_find(&table, 13), SOTTO_NO_ENTRY);
}

TEST(a_touched_entry_becomes_the_newest_and_keeps_what_it_held)
{
    fill(4);
    sotto_profile_cart_entry *line = sotto_entries_touch(&table, 11, 0);
    CHECK_STR(keys(), "10 12 13 11");
    CHECK(line == &lines[3]);
    CHECK_EQ(line->time_s, 200);
}

TEST(a_full_table_drops_the_victim_and_no_other)
{
    fill(4);
    sotto_entries_touch(&table, 20, 2);
    CHECK_STR(keys(), "10 11 13 20");
}

TEST(what_is_removed_leaves_zeros_past_the_count)
{
    static const sotto_profile_cart_entry zero;
    fill(4);
    sotto_entries_remove(&table, 0);
    CHECK_STR(keys(), "11 12 13");
    CHECK_MEM(&lines[3], &zero, sizeof zero);
}

TEST(old_entries_go_wherever_they_stand)
{
    fill(4);
    lines[3].time_s = 50;          /* the clock was set back */
    sotto_entries_drop_old(&table, 310, 110);
    CHECK_STR(keys(), "11 12");
}

TEST(entries_from_the_future_are_not_old)
{
    fill(4);
    sotto_entries_drop_old(&table, 10, 0);
    CHECK_EQ(line_count, 4);
}

TEST(a_key_goes_as_often_as_it_stands)
{
    fill(4);
    lines[0].item = lines[2].item = 13;
    CHECK_EQ(sotto_entries_drop(&table, 13), 3);
    CHECK_STR(keys(), "11");
    CHECK_EQ(sotto_entries_drop(&table, 13), 0);
}

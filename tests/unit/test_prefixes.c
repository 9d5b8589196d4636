#include "log_rows.h"

#include "train/prefixes.h"

static sotto_sequences sessions;

static void make(sotto_prefixes *prefixes)
{
    if (sessions.count == 0) {
        SEQUENCE(&sessions, 1, 10, 11, 12, 13);
        SEQUENCE(&sessions, 2, 20);
        SEQUENCE(&sessions, 3, 30, 31);
    }
    REQUIRE(sotto_prefixes_init(prefixes, &sessions, 0, 3));
}

TEST(every_click_but_the_first_is_a_question)
{
    sotto_prefixes prefixes;
    sotto_prefix prefix;
    make(&prefixes);
    CHECK_EQ(prefixes.count, 4);
    sotto_prefix_plain(&prefixes, 2, &prefix);
    CHECK_EQ(prefix.target, 13);
    CHECK_EQ(prefix.count, 3);
    CHECK_EQ(prefix.items[0], 12); /* the latest first */
    CHECK_EQ(prefix.items[2], 10);
    sotto_prefix_plain(&prefixes, 3, &prefix);
    CHECK_EQ(prefix.target, 31);
    sotto_prefixes_free(&prefixes);
}

TEST(shuffling_keeps_all_questions)
{
    sotto_prefixes prefixes;
    sotto_random random = sotto_random_start(5);
    uint32_t seen = 0;
    make(&prefixes);
    sotto_prefixes_shuffle(&prefixes, &random);
    for (size_t i = 0; i < prefixes.count; i++) {
        sotto_prefix prefix;
        sotto_prefix_plain(&prefixes, i, &prefix);
        seen += prefix.target;
    }
    CHECK_EQ(seen, 11 + 12 + 13 + 31);
    sotto_prefixes_free(&prefixes);
}

TEST(a_session_read_backwards_asks_for_what_came_before)
{
    sotto_prefixes prefixes;
    sotto_random random = sotto_random_start(6);
    sotto_augmentation backwards = {.reverse = 1};
    sotto_prefix prefix;
    make(&prefixes);
    sotto_prefix_draw(&prefixes, 0, &backwards, 1, &random, &prefix); /* 10 | 11 */
    CHECK_EQ(prefix.target, 12);
    CHECK_EQ(prefix.count, 1);
    CHECK_EQ(prefix.items[0], 13);
    sotto_prefix_draw(&prefixes, 2, &backwards, 1, &random, &prefix);
    CHECK_EQ(prefix.target, 10);
    CHECK_EQ(prefix.items[0], 11);
    CHECK_EQ(prefix.items[2], 13);
    sotto_prefix_draw(&prefixes, 2, &backwards, 0, &random, &prefix); /* faded out */
    CHECK_EQ(prefix.target, 13);
    sotto_prefixes_free(&prefixes);
}

TEST(skipping_asks_for_the_click_after_the_next)
{
    sotto_prefixes prefixes;
    sotto_random random = sotto_random_start(7);
    sotto_augmentation skips = {.skip = 1};
    sotto_prefix prefix;
    make(&prefixes);
    sotto_prefix_draw(&prefixes, 0, &skips, 1, &random, &prefix);
    CHECK_EQ(prefix.target, 12);
    CHECK_EQ(prefix.items[0], 10);
    sotto_prefix_draw(&prefixes, 2, &skips, 1, &random, &prefix); /* there is none */
    CHECK_EQ(prefix.target, 13);
    sotto_prefixes_free(&prefixes);
}

TEST(something_is_always_left_to_go_by_and_older_sessions_count_less)
{
    sotto_prefixes prefixes;
    sotto_random random = sotto_random_start(8);
    sotto_augmentation drops = {.drop = 1, .drop_latest = 1, .age_decay = 1};
    sotto_prefix old, late;
    make(&prefixes);
    sotto_prefix_draw(&prefixes, 2, &drops, 1, &random, &old);
    CHECK(!old.dropped[0] && old.dropped[1] && old.dropped[2]);
    sotto_prefix_draw(&prefixes, 3, &drops, 1, &random, &late);
    CHECK(old.weight < late.weight && late.weight < 1.0f && old.weight > 0.3f);
    sotto_prefixes_free(&prefixes);
}

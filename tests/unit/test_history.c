/*
 * test_history.c - the last 256 things a shopper did
 */
#include "test.h"

#include "profile/profile.h"

static sotto_profile profile;

static void start(void)
{
    sotto_profile_init(&profile, 1, 0);
}

static void add(uint64_t item, sotto_event_kind kind, uint32_t time_s)
{
    sotto_event event = {item, time_s, kind, 1};
    sotto_history_add(&profile, &event);
}

TEST(age_counts_back_from_the_latest)
{
    start();
    CHECK(sotto_history_get(&profile, 0) == NULL);
    add(1, SOTTO_VIEW, 10);
    add(2, SOTTO_VIEW, 5);         /* later, though its clock says otherwise */
    CHECK_EQ(sotto_history_get(&profile, 0)->item, 2);
    CHECK_EQ(sotto_history_get(&profile, 1)->item, 1);
    CHECK(sotto_history_get(&profile, 2) == NULL);
}

TEST(the_ring_keeps_the_last_256_of_thousands)
{
    start();
    for (uint32_t i = 1; i <= 5000; i++) {
        add(i, SOTTO_VIEW, i);
    }
    CHECK_EQ(profile.event_count, 256);
    for (uint32_t age = 0; age < 256; age++) {
        ROW("age %u", age);
        CHECK_EQ(sotto_history_get(&profile, age)->item, 5000 - age);
    }
    CHECK(sotto_history_get(&profile, 256) == NULL);
}

TEST(quantities_stop_at_their_limit)
{
    start();
    sotto_event event = {1, 1, SOTTO_CART_ADD, 1000000};
    sotto_history_add(&profile, &event);
    CHECK_EQ(sotto_history_get(&profile, 0)->quantity, 65535);
}

TEST(dropping_an_item_keeps_the_order_of_the_others)
{
    static const sotto_profile_event_entry zero;
    start();
    for (uint32_t i = 0; i < 300; i++) {
        add(1 + i % 3, SOTTO_VIEW, i);
    }
    CHECK_EQ(sotto_history_drop(&profile, 2, 300, UINT32_MAX), 85);
    CHECK_EQ(profile.event_count, 171);
    uint32_t last = UINT32_MAX;
    for (uint32_t age = 0; age < 171; age++) {
        ROW("age %u", age);
        CHECK(sotto_history_get(&profile, age)->item != 2);
        CHECK(sotto_history_get(&profile, age)->time_s < last);
        last = sotto_history_get(&profile, age)->time_s;
    }
    uint32_t zeros = 0;
    for (uint32_t i = 0; i < 256; i++) {
        zeros += memcmp(&profile.events[i], &zero, sizeof zero) == 0;
    }
    CHECK_EQ(zeros, 85);
    add(9, SOTTO_VIEW, 301);
    CHECK_EQ(sotto_history_get(&profile, 0)->item, 9);
    CHECK_EQ(profile.event_count, 172);
}

TEST(a_category_with_the_number_of_an_item_is_not_that_item)
{
    start();
    add(7, SOTTO_CATEGORY_VIEW, 1);
    add(7, SOTTO_VIEW, 2);
    CHECK_EQ(sotto_history_drop(&profile, 7, 2, UINT32_MAX), 1);
    CHECK_EQ(sotto_history_get(&profile, 0)->kind, SOTTO_CATEGORY_VIEW);
}

TEST(item_zero_is_no_item_to_drop)
{
    start();
    add(0, SOTTO_SEARCH, 1);
    CHECK_EQ(sotto_history_drop(&profile, 0, 1, UINT32_MAX), 0);
}

TEST(a_session_ends_at_the_first_gap_in_either_direction)
{
    start();
    add(1, SOTTO_VIEW, 1000);
    add(2, SOTTO_VIEW, 5000);
    add(3, SOTTO_VIEW, 5600);
    add(4, SOTTO_VIEW, 5500);
    CHECK_EQ(sotto_history_session(&profile, 5600, 600), 3);
    CHECK_EQ(sotto_history_session(&profile, 6100, 600), 3);
    CHECK_EQ(sotto_history_session(&profile, 6101, 600), 0);
    CHECK_EQ(sotto_history_session(&profile, 4000, 600), 0);
    CHECK_EQ(sotto_history_session(&profile, 5600, UINT32_MAX), 4);
}

TEST(dismissed_means_since_the_last_time_it_was_touched)
{
    start();
    CHECK(!sotto_history_dismissed(&profile, 1));
    add(1, SOTTO_VIEW, 1);
    add(1, SOTTO_DISMISS, 2);
    CHECK(sotto_history_dismissed(&profile, 1));
    add(2, SOTTO_VIEW, 3);
    CHECK(sotto_history_dismissed(&profile, 1));
    CHECK(!sotto_history_dismissed(&profile, 2));
    add(1, SOTTO_VIEW, 4);
    CHECK(!sotto_history_dismissed(&profile, 1));
}

TEST(events_read_back_as_they_were_folded)
{
    start();
    sotto_event in = {0xFEDCBA9876543210u, 77, SOTTO_WISHLIST, 3};
    sotto_history_add(&profile, &in);
    sotto_event out;
    REQUIRE(sotto_profile_event(&profile, 0, &out));
    CHECK(out.item == in.item);
    CHECK_EQ(out.time_s, 77);
    CHECK_EQ(out.kind, SOTTO_WISHLIST);
    CHECK_EQ(out.quantity, 3);
    CHECK(!sotto_profile_event(&profile, 1, &out));
}

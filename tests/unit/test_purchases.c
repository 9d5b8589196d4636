/*
 * test_purchases.c - what the shopper bought
 */
#include "test.h"

#include "profile/profile.h"

static sotto_profile profile;

TEST(purchases_of_an_item_add_up)
{
    sotto_profile_init(&profile, 1, 0);
    sotto_purchases_add(&profile, 5, 2, 10);
    sotto_purchases_add(&profile, 6, 1, 20);
    sotto_purchases_add(&profile, 5, 3, 30);
    sotto_purchase purchase;
    REQUIRE(sotto_profile_purchase(&profile, 0, &purchase));
    CHECK_EQ(purchase.item, 5);
    CHECK_EQ(purchase.times, 2);
    CHECK_EQ(purchase.quantity, 5);
    CHECK_EQ(purchase.time_s, 30);
    REQUIRE(sotto_profile_purchase(&profile, 1, &purchase));
    CHECK_EQ(purchase.item, 6);
    CHECK(!sotto_profile_purchase(&profile, 2, &purchase));
}

TEST(numbers_stop_at_their_limits)
{
    sotto_profile_init(&profile, 1, 0);
    for (uint32_t i = 0; i < 70000; i++) {
        sotto_purchases_add(&profile, 5, 65535, i);
    }
    sotto_purchase purchase;
    REQUIRE(sotto_profile_purchase(&profile, 0, &purchase));
    CHECK_EQ(purchase.times, 65535);
    CHECK_EQ(purchase.quantity, 65535);
}

TEST(a_full_table_forgets_what_was_bought_longest_ago)
{
    sotto_profile_init(&profile, 1, 0);
    for (uint32_t i = 1; i <= 200; i++) {
        sotto_purchases_add(&profile, i, 1, i);
    }
    CHECK_EQ(profile.purchase_count, 128);
    sotto_purchase purchase;
    REQUIRE(sotto_profile_purchase(&profile, 127, &purchase));
    CHECK_EQ(purchase.item, 73);
}

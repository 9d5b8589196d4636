/*
 * test_cart.c - what the shopper has put in the cart
 */
#include "test.h"

#include "profile/profile.h"

static sotto_profile profile;

static sotto_cart_line line_at(uint32_t number)
{
    sotto_cart_line line = {0, 0, 0};
    sotto_profile_cart(&profile, number, &line);
    return line;
}

TEST(adding_raises_and_removing_lowers)
{
    sotto_profile_init(&profile, 1, 0);
    sotto_cart_add(&profile, 5, 2, 10);
    sotto_cart_add(&profile, 6, 1, 11);
    sotto_cart_add(&profile, 5, 1, 12);
    CHECK_EQ(profile.cart_count, 2);
    CHECK_EQ(line_at(0).item, 5);
    CHECK_EQ(line_at(0).quantity, 3);
    CHECK_EQ(line_at(0).time_s, 12);
    CHECK_EQ(line_at(1).item, 6);
    sotto_cart_remove(&profile, 5, 2);
    CHECK_EQ(line_at(0).quantity, 1);
    sotto_cart_remove(&profile, 5, 1);
    CHECK_EQ(profile.cart_count, 1);
    sotto_cart_remove(&profile, 5, 1);
    CHECK_EQ(profile.cart_count, 1);
}

TEST(removing_zero_or_more_than_there_is_takes_the_line_out)
{
    sotto_profile_init(&profile, 1, 0);
    sotto_cart_add(&profile, 5, 4, 10);
    sotto_cart_remove(&profile, 5, 0);
    CHECK_EQ(profile.cart_count, 0);
    sotto_cart_add(&profile, 5, 4, 10);
    sotto_cart_remove(&profile, 5, 65535);
    CHECK_EQ(profile.cart_count, 0);
}

TEST(a_quantity_stops_at_its_limit)
{
    sotto_profile_init(&profile, 1, 0);
    sotto_cart_add(&profile, 5, 65535, 10);
    sotto_cart_add(&profile, 5, 65535, 11);
    CHECK_EQ(line_at(0).quantity, 65535);
}

TEST(a_full_cart_forgets_the_line_touched_longest_ago)
{
    sotto_profile_init(&profile, 1, 0);
    for (uint32_t i = 1; i <= 32; i++) {
        sotto_cart_add(&profile, i, 1, i);
    }
    sotto_cart_add(&profile, 1, 1, 33);
    sotto_cart_add(&profile, 99, 1, 34);
    CHECK_EQ(profile.cart_count, 32);
    CHECK_EQ(line_at(0).item, 99);
    CHECK_EQ(line_at(1).item, 1);
    CHECK_EQ(line_at(31).item, 3);
    sotto_cart_line line;
    CHECK(!sotto_profile_cart(&profile, 32, &line));
}

/*
 * test_taste.c - what the shopper's interests add to a candidate
 */
#include "test.h"

#include "ranking/taste.h"
#include "shopper.h"

static sotto_tastes tastes;

static sotto_taste_note ask(sotto_profile_table table, uint32_t index)
{
    return *sotto_tastes_ask(&tastes, table, index);
}

/*
 * One view of item 6: Home > Kitchen 1.0, Home 0.5; 1/(1.5 + 4) and 0.5/(1.5 + 4) are the shares.
 */
TEST(points_are_the_share_of_all_interest)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 6);
    sotto_request request = shopper_request();
    sotto_tastes_read(&tastes, &request);
    uint32_t sum = (65536 + 32768 + 4 * 65536) >> 7;
    uint32_t kitchen = (6554u * ((65536u << 9) / sum)) >> 16;
    uint32_t home = (6554u * ((32768u << 9) / sum)) >> 16;
    CHECK_EQ(ask(SOTTO_CATEGORY_TABLE, 1).points, kitchen);
    CHECK_EQ(ask(SOTTO_CATEGORY_TABLE, 1).because, 1);
    CHECK_EQ(ask(SOTTO_CATEGORY_TABLE, 0).points, home);
    CHECK_EQ(ask(SOTTO_CATEGORY_TABLE, 2).points, home);   /* Garden, by way of Home */
    CHECK_EQ(ask(SOTTO_CATEGORY_TABLE, 2).because, 0);
    CHECK_EQ(ask(SOTTO_CATEGORY_TABLE, 4).points, 0);
    uint32_t cedar = (3277u * ((65536u << 9) / ((5 * 65536) >> 7))) >> 16;
    CHECK_EQ(ask(SOTTO_BRAND_TABLE, 2).points, cedar);
    CHECK_EQ(ask(SOTTO_BRAND_TABLE, 1).points, 0);
    shopper_leave();
}

TEST(the_second_answer_is_the_first)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 6);
    sotto_request request = shopper_request();
    sotto_tastes_read(&tastes, &request);
    for (uint32_t category = 0; category < 5; category++) {
        sotto_taste_note first = ask(SOTTO_CATEGORY_TABLE, category);
        sotto_taste_note second = ask(SOTTO_CATEGORY_TABLE, category);
        CHECK_EQ(first.points, second.points);
        CHECK_EQ(first.because, second.because);
    }
    shopper_leave();
}

TEST(nothing_is_added_for_no_category_no_interest_no_catalogue)
{
    shopper_enter();
    sotto_request request = shopper_request();
    sotto_tastes_read(&tastes, &request);
    CHECK_EQ(ask(SOTTO_CATEGORY_TABLE, 1).points, 0);
    shopper_did(SOTTO_VIEW, 6);
    sotto_tastes_read(&tastes, &request);
    CHECK_EQ(ask(SOTTO_CATEGORY_TABLE, SOTTO_NONE).points, 0);
    CHECK_EQ(ask(SOTTO_BRAND_TABLE, SOTTO_NONE).points, 0);
    sotto_bundle_open(&shopper.shop.bundle, SOTTO_MODEL, shopper.shop.model.bytes,
                      shopper.shop.model.size, NULL);
    CHECK(!sotto_bundle_has(&shopper.shop.bundle, SOTTO_CATALOGUE));
    sotto_tastes_read(&tastes, &request);
    CHECK_EQ(ask(SOTTO_CATEGORY_TABLE, sotto_item_get(&shopper.shop.bundle, 6).category).points, 0);
    shopper_leave();
}

TEST(the_strongest_interests_there_can_be_do_not_overflow)
{
    shopper_enter();
    shopper.profile.category_count = 32;
    for (uint32_t i = 0; i < 32; i++) {
        shopper.profile.categories[i] =
            (sotto_profile_interest_entry){i == 0 ? sample_key("Sport") : i, SOTTO_INTEREST_MAX,
                                           SAMPLE_NOW};
    }
    sotto_request request = shopper_request();
    sotto_tastes_read(&tastes, &request);
    uint32_t points = ask(SOTTO_CATEGORY_TABLE, 3).points;
    CHECK(points > 6554 / 33 && points <= 6554 / 32);
    shopper.profile.category_count = 1;
    sotto_tastes_read(&tastes, &request);
    points = ask(SOTTO_CATEGORY_TABLE, 3).points;
    CHECK(points > 6554 * 9 / 10 && points < 6554);
    shopper_leave();
}

/*
 * test_event.c - one thing the shopper did, folded into the profile
 */
#include "test.h"

#include "model/bundle.h"
#include "profile/profile.h"

static sotto_profile profile;
static sotto_bundle bundle;

static void start(uint32_t now_s)
{
    sotto_bundle_init(&bundle);
    sotto_profile_init(&profile, 1, now_s);
}

static void fold(sotto_event_kind kind, uint64_t item, uint32_t quantity, uint32_t time_s)
{
    sotto_event event = {item, time_s, kind, quantity};
    sotto_profile_fold(&profile, &bundle, &event);
}

TEST(every_kind_has_a_name_that_finds_it)
{
    static const char *const names[] = {"view", "click", "search", "cart_add", "cart_remove",
                                        "checkout", "purchase", "wishlist", "category_view",
                                        "dismiss"};
    for (uint32_t i = 0; i < 10; i++) {
        ROW("%s", names[i]);
        CHECK_STR(sotto_event_name((sotto_event_kind)(i + 1)), names[i]);
        CHECK_EQ(sotto_event_find(names[i], strlen(names[i])), i + 1);
    }
}

TEST(other_names_and_numbers_are_unknown)
{
    CHECK(sotto_event_name((sotto_event_kind)0) == NULL);
    CHECK(sotto_event_name((sotto_event_kind)11) == NULL);
    CHECK(sotto_event_name((sotto_event_kind)UINT32_MAX) == NULL);
    CHECK_EQ(sotto_event_find("", 0), 0);
    CHECK_EQ(sotto_event_find("vie", 3), 0);
    CHECK_EQ(sotto_event_find("views", 5), 0);
    CHECK_EQ(sotto_event_find("category_views", 14), 0);
    CHECK_EQ(sotto_event_find("a name that is far longer than any", 34), 0);
    CHECK_EQ(sotto_event_find("view\0", 5), 0);
}

TEST(an_unknown_kind_changes_nothing)
{
    start(100);
    sotto_profile before = profile;
    fold((sotto_event_kind)0, 5, 1, 200);
    fold((sotto_event_kind)200, 5, 1, 200);
    CHECK_MEM(&profile, &before, sizeof before);
}

TEST(a_purchase_moves_an_item_from_the_cart_to_the_purchases)
{
    start(100);
    fold(SOTTO_CART_ADD, 5, 3, 101);
    CHECK_EQ(profile.cart_count, 1);
    fold(SOTTO_PURCHASE, 5, 2, 102);
    CHECK_EQ(profile.cart_count, 0);
    CHECK_EQ(profile.purchase_count, 1);
    CHECK_EQ(profile.purchases[0].quantity, 2);
}

TEST(a_quantity_of_zero_is_one_except_to_remove_all)
{
    start(100);
    fold(SOTTO_CART_ADD, 5, 0, 101);
    CHECK_EQ(profile.cart[0].quantity, 1);
    fold(SOTTO_CART_ADD, 5, 9, 102);
    fold(SOTTO_CART_REMOVE, 5, 0, 103);
    CHECK_EQ(profile.cart_count, 0);
    fold(SOTTO_PURCHASE, 5, 0, 104);
    CHECK_EQ(profile.purchases[0].quantity, 1);
}

TEST(huge_quantities_stop_at_their_limit)
{
    start(100);
    fold(SOTTO_CART_ADD, 5, UINT32_MAX, 101);
    fold(SOTTO_CART_ADD, 5, UINT32_MAX, 102);
    CHECK_EQ(profile.cart[0].quantity, 65535);
    fold(SOTTO_CART_REMOVE, 5, UINT32_MAX, 103);
    CHECK_EQ(profile.cart_count, 0);
    fold(SOTTO_PURCHASE, 5, UINT32_MAX, 104);
    CHECK_EQ(profile.purchases[0].quantity, 65535);
}

TEST(events_without_an_item_are_history_and_nothing_else)
{
    start(100);
    fold(SOTTO_CART_ADD, 0, 1, 101);
    fold(SOTTO_PURCHASE, 0, 1, 102);
    fold(SOTTO_SEARCH, 0, 0, 103);
    fold(SOTTO_CHECKOUT, 0, 0, 104);
    CHECK_EQ(profile.event_count, 4);
    CHECK_EQ(profile.cart_count + profile.purchase_count + profile.category_count, 0);
}

TEST(a_session_begins_after_a_gap_and_not_before)
{
    start(100);
    fold(SOTTO_VIEW, 1, 0, 5000);
    CHECK_EQ(profile.session_count, 1);
    CHECK_EQ(profile.session_start_s, 5000);
    fold(SOTTO_VIEW, 1, 0, 5000 + 1800);
    CHECK_EQ(profile.session_count, 1);
    fold(SOTTO_VIEW, 1, 0, 5000 + 1800 + 1801);
    CHECK_EQ(profile.session_count, 2);
    CHECK_EQ(profile.session_start_s, 8601);
    CHECK_EQ(profile.updated_s, 8601);
    CHECK_EQ(profile.event_total, 3);
}

TEST(the_first_event_begins_a_session_however_soon_it_comes)
{
    start(100);
    fold(SOTTO_VIEW, 1, 0, 100);
    CHECK_EQ(profile.session_count, 1);
}

TEST(what_is_older_than_the_retention_goes_when_a_session_begins)
{
    const uint32_t day = 86400;
    start(0);
    fold(SOTTO_VIEW, 1, 0, 10 * day);
    fold(SOTTO_CART_ADD, 2, 1, 10 * day);
    fold(SOTTO_PURCHASE, 3, 1, 10 * day);
    fold(SOTTO_CATEGORY_VIEW, 4, 0, 10 * day);
    fold(SOTTO_VIEW, 5, 0, 50 * day);
    CHECK_EQ(profile.event_count, 5);
    fold(SOTTO_VIEW, 6, 0, 100 * day);
    CHECK_EQ(profile.event_count, 6);
    CHECK_EQ(profile.cart_count, 1);
    fold(SOTTO_VIEW, 6, 0, 101 * day);
    CHECK_EQ(profile.event_count, 3);
    CHECK_EQ(profile.cart_count + profile.purchase_count + profile.category_count, 0);
    CHECK_EQ(profile.events[(profile.event_head + 256 - 3) % 256].item, 5);
}

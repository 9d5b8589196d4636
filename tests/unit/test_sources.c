/*
 * test_sources.c - what a ranking starts from
 */
#include "test.h"

#include "shopper.h"

static sotto_sources sources;

static void from_profile(void)
{
    sotto_request request = shopper_request();
    sources.count = 0;
    sotto_sources_from_profile(&sources, &request);
}

static const char *items(void)
{
    static char text[256];
    text[0] = '\0';
    for (uint32_t i = 0; i < sources.count; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%u", i ? " " : "",
                 (unsigned)sources.list[i].item);
    }
    return text;
}

/* The model's positions weigh 1, 1/2, 1/4, 1/8; its together mix is 1/4. */
TEST(the_latest_events_come_first_with_the_model_s_weights)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 3);
    shopper_did(SOTTO_VIEW, 4);
    shopper_did(SOTTO_VIEW, 5);
    from_profile();
    CHECK_STR(items(), "5 4 3");
    CHECK_EQ(sources.list[0].factor[0], 65536);
    CHECK_EQ(sources.list[1].factor[0], 32768);
    CHECK_EQ(sources.list[2].factor[0], 16384);
    CHECK_EQ(sources.list[0].factor[1], 16384);
    CHECK_EQ(sources.list[0].repeat, 0);
    CHECK_EQ(sources.list[1].repeat, 6554);
    shopper_leave();
}

TEST(an_item_met_twice_stands_once_and_adds_up)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 5);
    shopper_did(SOTTO_VIEW, 4);
    shopper_did(SOTTO_VIEW, 5);
    shopper_did(SOTTO_VIEW, 6);
    from_profile();
    CHECK_STR(items(), "6 5 4");
    CHECK_EQ(sources.list[1].factor[0], 32768 + 8192);
    CHECK_EQ(sources.list[1].repeat, 6554);
    shopper_leave();
}

TEST(only_as_many_events_count_as_the_model_says)
{
    shopper_enter();
    for (uint32_t i = 0; i < 9; i++) {
        shopper_did(SOTTO_VIEW, i);
    }
    from_profile();
    CHECK_STR(items(), "8 7 6 5");
    shopper_leave();
}

TEST(stronger_events_weigh_more_and_weak_ones_take_no_place)
{
    shopper_enter();
    shopper_did(SOTTO_CART_ADD, 3);
    shopper_did(SOTTO_CART_REMOVE, 9);
    shopper_did(SOTTO_SEARCH, 8);
    shopper_did(SOTTO_CATEGORY_VIEW, 7);
    shopper_did(SOTTO_WISHLIST, 4);
    from_profile();
    CHECK_STR(items(), "4 3");
    CHECK_EQ(sources.list[0].factor[0], 2 * 65536);
    CHECK_EQ(sources.list[1].factor[0], 2 * 32768);
    shopper_leave();
}

TEST(a_click_that_led_to_a_view_is_that_view)
{
    shopper_enter();
    shopper_did(SOTTO_CLICK, 3);
    shopper_did(SOTTO_VIEW, 3);
    shopper_did(SOTTO_CLICK, 4);
    shopper_did(SOTTO_VIEW, 5);
    from_profile();
    CHECK_STR(items(), "5 4 3");
    CHECK_EQ(sources.list[2].factor[0], 16384);
    shopper_leave();
}

TEST(unknown_dismissed_and_old_items_are_passed_over)
{
    shopper_enter();
    sotto_event gone = {4711, SAMPLE_NOW, SOTTO_VIEW, 1};
    sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &gone);
    shopper_did(SOTTO_VIEW, 3);
    shopper_did(SOTTO_VIEW, 4);
    shopper_did(SOTTO_DISMISS, 3);
    shopper_did(SOTTO_VIEW, 5);
    sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &gone);
    from_profile();
    CHECK_STR(items(), "5 4");
    CHECK_EQ(sources.list[0].factor[0], 65536);
    shopper.context.now_s += 864000 + 10;
    from_profile();
    CHECK_STR(items(), "");
    shopper_leave();
}

TEST(purchases_go_on_where_events_end)
{
    shopper_enter();
    sotto_purchases_add(&shopper.profile, sample_hash(20), 1, SAMPLE_NOW);
    sotto_purchases_add(&shopper.profile, sample_hash(21), 1, SAMPLE_NOW);
    sotto_purchases_add(&shopper.profile, sample_hash(3), 1, SAMPLE_NOW);
    sotto_purchases_add(&shopper.profile, 4711, 1, SAMPLE_NOW);
    shopper_did(SOTTO_VIEW, 3);
    from_profile();
    CHECK_STR(items(), "3 21 20");
    CHECK_EQ(sources.list[2].factor[0], 16384);
    shopper_leave();
}

TEST(a_page_s_first_item_leads)
{
    static const uint32_t page[] = {9, 8, 9, 7};
    shopper_enter();
    shopper_looks_at(page, 4);
    sotto_request request = shopper_request();
    sources.count = 0;
    sotto_sources_from_page(&sources, &request, SOTTO_TOGETHER, 32768);
    CHECK_STR(items(), "9 8 7");
    CHECK_EQ(sources.list[0].factor[1], 65536);
    CHECK_EQ(sources.list[1].factor[1], 32768);
    CHECK_EQ(sources.list[0].factor[0], 0);
    shopper_leave();
}

TEST(a_cart_that_is_given_stands_in_for_the_profile_s)
{
    static const uint32_t cart[] = {1, 2};
    shopper_enter();
    shopper_did(SOTTO_CART_ADD, 9);
    shopper_did(SOTTO_CART_ADD, 8);
    sotto_request request = shopper_request();
    sources.count = 0;
    sotto_sources_from_cart(&sources, &request);
    CHECK_STR(items(), "8 9");
    shopper.context.cart_items = cart;
    shopper.context.cart_item_count = 2;
    shopper.context.cart_given = true;
    sources.count = 0;
    sotto_sources_from_cart(&sources, &request);
    CHECK_STR(items(), "1 2");
    shopper.context.cart_item_count = 0;
    sources.count = 0;
    sotto_sources_from_cart(&sources, &request);
    CHECK_STR(items(), "");
    shopper_leave();
}

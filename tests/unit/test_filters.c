/*
 * test_filters.c - what this shopper should not be shown again here
 */
#include "test.h"

#include "ranking/filters.h"
#include "shopper.h"

static bool admits(uint32_t bits, uint32_t item)
{
    sotto_request request = shopper_request();
    return sotto_filters_admit_item(bits, &request, item)
        && sotto_filters_admit_hash(bits, &request, sample_hash(item));
}

TEST(items_of_the_page)
{
    static const uint32_t page[] = {4, 6};
    shopper_enter();
    shopper_looks_at(page, 2);
    CHECK(admits(0, 6));
    CHECK(!admits(SOTTO_SKIP_PAGE, 4));
    CHECK(!admits(SOTTO_SKIP_PAGE, 6));
    CHECK(admits(SOTTO_SKIP_PAGE, 5));
    shopper_leave();
}

TEST(items_in_the_cart_the_page_s_word_before_the_profile_s)
{
    static const uint32_t cart[] = {6};
    shopper_enter();
    shopper_did(SOTTO_CART_ADD, 4);
    CHECK(admits(0, 4));
    CHECK(!admits(SOTTO_SKIP_CART, 4));
    CHECK(admits(SOTTO_SKIP_CART, 6));
    shopper.context.cart_given = true;
    shopper.context.cart_items = cart;
    shopper.context.cart_item_count = 1;
    CHECK(admits(SOTTO_SKIP_CART, 4));
    CHECK(!admits(SOTTO_SKIP_CART, 6));
    shopper_leave();
}

TEST(items_just_bought_until_they_are_not)
{
    shopper_enter();
    shopper_did(SOTTO_PURCHASE, 4);
    CHECK(admits(0, 4));
    CHECK(!admits(SOTTO_SKIP_BOUGHT, 4));
    shopper.context.now_s += 86400;
    CHECK(!admits(SOTTO_SKIP_BOUGHT, 4));
    shopper.context.now_s += 1;
    CHECK(admits(SOTTO_SKIP_BOUGHT, 4));
    shopper.context.now_s = 5;     /* set back: as if just bought */
    CHECK(!admits(SOTTO_SKIP_BOUGHT, 4));
    shopper_leave();
}

TEST(items_viewed_in_this_session_and_not_in_the_last)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 4);
    shopper.context.now_s += 5000;
    shopper_did(SOTTO_CLICK, 5);
    shopper_did(SOTTO_CART_ADD, 6);
    CHECK(admits(0, 5));
    CHECK(admits(SOTTO_SKIP_VIEWED, 4));
    CHECK(!admits(SOTTO_SKIP_VIEWED, 5));
    CHECK(admits(SOTTO_SKIP_VIEWED, 6));
    shopper.context.now_s += 5000;
    CHECK(admits(SOTTO_SKIP_VIEWED, 5));
    shopper_leave();
}

TEST(dismissed_items_whatever_the_bits)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 4);
    shopper_did(SOTTO_DISMISS, 4);
    CHECK(!admits(0, 4));
    shopper_did(SOTTO_VIEW, 4);
    CHECK(admits(0, 4));
    shopper_leave();
}

TEST(without_a_profile_only_what_the_page_says)
{
    shopper_enter();
    shopper_did(SOTTO_CART_ADD, 4);
    shopper_did(SOTTO_DISMISS, 5);
    shopper.unknown = true;
    CHECK(admits(UINT32_MAX, 4));
    CHECK(admits(UINT32_MAX, 5));
    shopper_leave();
}

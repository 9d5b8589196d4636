#include "test.h"

#include "moments.h"

enum { VIEWS = 3, ADDS = 1 << (SOTTO_CART_ADD - 1), PURCHASES = 1 << (SOTTO_PURCHASE - 1),
       HOUR = 3600, DAY = 86400 };

/* Five days of one shopper; the latest first, the session is the last three. */
static void five_days(void)
{
    moment_event(SOTTO_VIEW, 3, SAMPLE_NOW - 4 * DAY, 1);        /* Sport, 13.00 */
    moment_event(SOTTO_VIEW, 5, SAMPLE_NOW - 2 * DAY, 1);        /* Home, 15.00, on sale */
    moment_event(SOTTO_CART_ADD, 5, SAMPLE_NOW - 2 * DAY + 9, 2);
    moment_event(SOTTO_PURCHASE, 5, SAMPLE_NOW - 2 * DAY + 60, 2);
    moment_event(SOTTO_VIEW, 12, SAMPLE_NOW - 200, 0);           /* Home > Garden, no price */
    moment_event(SOTTO_CLICK, 5, SAMPLE_NOW - 100, 1);
    moment_event(SOTTO_VIEW, 41, SAMPLE_NOW - 50, 1);            /* only the catalogue knows it */
}

#define COUNT(op, kinds, ...) (MOMENT_COUNTS(op, (kinds) & 255, (kinds) >> 8, __VA_ARGS__) / 10000)

TEST(what_is_counted)
{
    moment_enter();
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, 0), 0);
    CHECK(MOMENT_COUNTS(SOTTO_OP_SINCE, VIEWS, 0, 0) == SOTTO_NOTHING);
    five_days();
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, 0), 5);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, 1, 0), 4);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, 1023, 0), 7);
    CHECK_EQ(COUNT(SOTTO_OP_PIECES, 1023, 0), 9);
    CHECK_EQ(COUNT(SOTTO_OP_PIECES, PURCHASES, 0), 2);
    CHECK_EQ(COUNT(SOTTO_OP_ITEMS, VIEWS, 0), 4);
    CHECK_EQ(COUNT(SOTTO_OP_MOST, VIEWS, 0), 2);
    CHECK_EQ(COUNT(SOTTO_OP_MOST, 1023, 0), 4);
    CHECK_EQ(COUNT(SOTTO_OP_DAYS, VIEWS, 0), 3);
    CHECK_EQ(COUNT(SOTTO_OP_SINCE, VIEWS, 0), 50);
    CHECK_EQ(COUNT(SOTTO_OP_SINCE, ADDS, 0), 2 * DAY - 9);
    CHECK(MOMENT_COUNTS(SOTTO_OP_SINCE, 4, 0, 0) == SOTTO_NOTHING);
    moment_leave();
}

TEST(what_narrows_it)
{
    static const uint32_t page[] = {5};
    moment_enter();
    uint8_t five = moment_key(SOTTO_KEY_ITEM, "sku-05");
    uint8_t home = moment_key(SOTTO_KEY_CATEGORY, "Home");
    uint8_t birch = moment_key(SOTTO_KEY_BRAND, "Birch");
    uint8_t ash = moment_key(SOTTO_KEY_BRAND, "Ash");
    five_days();
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_KEY, five), 2);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_KEY, home), 4);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_KEY, birch), 3);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_KEY, ash), 1);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_KEY | SOTTO_FILTER_KEY_2, home, ash), 1);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_KEY | SOTTO_FILTER_KEY_2, five, ash), 0);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_HERE), 0);
    here.scene.page_items = page;
    here.scene.page_item_count = 1;
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_HERE), 2);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_ON_SALE), 2);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_SESSION), 3);
    moment_leave();
}

TEST(prices_and_spans_have_their_bounds)
{
    moment_enter();
    five_days();
    /* 1300 is 94 0a, 1301 95 0a, 1500 dc 0b, 1501 dd 0b. */
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_UNDER, 0x94, 0x0A), 0);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_UNDER, 0x95, 0x0A), 1);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_UNDER, 0xDD, 0x0B), 3);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_FROM, 0xDC, 0x0B), 3);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_FROM, 0), 4);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_UNDER | SOTTO_FILTER_FROM, 0xDD, 0x0B,
                   0xDC, 0x0B), 2);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_WITHIN, 49), 0);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_WITHIN, 50), 1);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_WITHIN, 100), 2);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_WITHIN | SOTTO_FILTER_SESSION, 100), 2);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_WITHIN | SOTTO_FILTER_SESSION, 0xFF, 0xFF,
                   0xFF, 0xFF, 0x0F), 3);
    moment_leave();
}

TEST(days_are_the_shoppers)
{
    /* SAMPLE_NOW is 15:06:40 UTC; six hours before and ten after lie on two days, or on one. */
    moment_enter();
    moment_event(SOTTO_VIEW, 1, SAMPLE_NOW - 6 * HOUR, 1);
    moment_event(SOTTO_VIEW, 1, SAMPLE_NOW + 10 * HOUR, 1);
    here.scene.now_s = SAMPLE_NOW + 11 * HOUR;
    CHECK_EQ(COUNT(SOTTO_OP_DAYS, VIEWS, 0), 2);
    here.scene.utc_offset_min = -120;
    CHECK_EQ(COUNT(SOTTO_OP_DAYS, VIEWS, 0), 1);
    moment_leave();
}

TEST(what_is_no_item)
{
    moment_enter();
    uint8_t garden = moment_key(SOTTO_KEY_CATEGORY, "Home > Garden");
    uint8_t coming = moment_key(SOTTO_KEY_CATEGORY, "Coming");
    sotto_event events[] = {
        {0, SAMPLE_NOW, SOTTO_SEARCH, 1},
        {sample_key("Home > Garden"), SAMPLE_NOW, SOTTO_CATEGORY_VIEW, 1},
        {sample_key("Coming"), SAMPLE_NOW, SOTTO_CATEGORY_VIEW, 1},
        {sample_key("gone"), SAMPLE_NOW, SOTTO_VIEW, 1},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(events); i++) {
        sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &events[i]);
    }
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, 1023, 0), 4);
    CHECK_EQ(COUNT(SOTTO_OP_ITEMS, 1023, 0), 1);
    CHECK_EQ(COUNT(SOTTO_OP_MOST, 1023, 0), 1);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, 1023, SOTTO_FILTER_KEY, garden), 1);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, 1023, SOTTO_FILTER_KEY, coming), 1);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, VIEWS, SOTTO_FILTER_KEY, garden), 0);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, 1023, SOTTO_FILTER_FROM, 0), 0);
    CHECK_EQ(COUNT(SOTTO_OP_COUNT, 1023, SOTTO_FILTER_HERE), 0);
    moment_leave();
}

TEST(quantities_that_are_large)
{
    moment_enter();
    for (uint32_t i = 0; i < 256; i++) {
        moment_event(SOTTO_PURCHASE, i % 40, SAMPLE_NOW, 65535);
    }
    CHECK_EQ(COUNT(SOTTO_OP_PIECES, PURCHASES, 0), 256 * 65535);
    CHECK_EQ(COUNT(SOTTO_OP_MOST, PURCHASES, 0), 7);
    CHECK_EQ(COUNT(SOTTO_OP_ITEMS, PURCHASES, 0), 40);
    moment_leave();
}

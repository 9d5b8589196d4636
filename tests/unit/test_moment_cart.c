#include "test.h"

#include "moments.h"

static void give_cart(const uint32_t *items, uint32_t count)
{
    here.scene.cart_given = true;
    here.scene.cart_items = items;
    here.scene.cart_item_count = count;
}

TEST(the_cart_of_the_events)
{
    moment_enter();
    CHECK_EQ(sotto_moment_cart_total(moment_now()), 0);
    shopper_did(SOTTO_CART_ADD, 3);                         /* 1300 */
    moment_event(SOTTO_CART_ADD, 5, SAMPLE_NOW + 5, 4);     /* 1500 each */
    shopper_did(SOTTO_CART_ADD, 12);                        /* no price */
    sotto_event unknown = {99, SAMPLE_NOW + 5, SOTTO_CART_ADD, 2};
    sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &unknown);
    const sotto_moment *moment = moment_now();
    CHECK_EQ(sotto_moment_cart_total(moment), 1300 + 4 * 1500);
    CHECK_EQ(moment->cart_item_count, 4);
    CHECK_EQ(moment->cart_quantity, 8);
    sotto_moment_line line;
    REQUIRE(sotto_moment_cart_line(moment, 0, &line));
    CHECK_EQ(line.item, SOTTO_NO_ITEM);
    CHECK(line.hash == 99);
    REQUIRE(sotto_moment_cart_line(moment, 3, &line));
    CHECK_EQ(line.item, 3);
    CHECK(!sotto_moment_cart_line(moment, 4, &line));
    moment_leave();
}

TEST(the_cart_of_the_page_wins)
{
    static const uint32_t items[] = {3, 5, 3, 7};
    moment_enter();
    moment_event(SOTTO_CART_ADD, 5, SAMPLE_NOW + 5, 4);
    moment_event(SOTTO_CART_ADD, 8, SAMPLE_NOW + 5, 1);
    moment_event(SOTTO_CART_ADD, 3, SAMPLE_NOW + 5, 1);
    give_cart(items, 4);
    /* 3 is listed twice, 5 has four pieces by the events, 8 is not there. */
    const sotto_moment *moment = moment_now();
    CHECK_EQ(sotto_moment_cart_total(moment), 2 * 1300 + 4 * 1500 + 1700);
    CHECK_EQ(moment->cart_item_count, 3);
    CHECK_EQ(moment->cart_quantity, 7);
    shopper.unknown = true;
    CHECK_EQ(sotto_moment_cart_total(moment_now()), 2 * 1300 + 1500 + 1700);
    give_cart(NULL, 0);
    shopper.unknown = false;
    CHECK_EQ(sotto_moment_cart_total(moment_now()), 0);
    moment_leave();
}

TEST(when_the_cart_was_touched)
{
    static const uint32_t items[] = {3};
    uint32_t time_s;
    moment_enter();
    CHECK(!sotto_moment_cart_touched(moment_now(), &time_s));
    moment_event(SOTTO_CART_ADD, 5, SAMPLE_NOW + 5, 4);
    moment_event(SOTTO_CART_REMOVE, 5, SAMPLE_NOW + 7, 1);
    moment_event(SOTTO_VIEW, 5, SAMPLE_NOW + 9, 1);
    here.scene.now_s = SAMPLE_NOW + 20;
    REQUIRE(sotto_moment_cart_touched(moment_now(), &time_s));
    CHECK_EQ(time_s, SAMPLE_NOW + 7);
    /* All taken out: the cart is empty, unless the page says otherwise. */
    moment_event(SOTTO_CART_REMOVE, 5, SAMPLE_NOW + 11, 0);
    CHECK(!sotto_moment_cart_touched(moment_now(), &time_s));
    give_cart(items, 1);
    REQUIRE(sotto_moment_cart_touched(moment_now(), &time_s));
    CHECK_EQ(time_s, SAMPLE_NOW + 11);
    /* A page that knows a cart of a shopper whom nobody knows. */
    shopper.unknown = true;
    CHECK(!sotto_moment_cart_touched(moment_now(), &time_s));
    moment_leave();
}

TEST(a_line_outlives_its_event)
{
    uint32_t time_s;
    moment_enter();
    moment_event(SOTTO_CART_ADD, 5, SAMPLE_NOW + 5, 1);
    for (uint32_t i = 0; i < 300; i++) {
        moment_event(SOTTO_VIEW, 6, SAMPLE_NOW + 6, 1);
    }
    here.scene.now_s = SAMPLE_NOW + 20;
    REQUIRE(sotto_moment_cart_touched(moment_now(), &time_s));
    CHECK_EQ(time_s, SAMPLE_NOW + 5);
    here.scene.now_s = SAMPLE_NOW;
    REQUIRE(sotto_moment_cart_touched(moment_now(), &time_s));
    CHECK_EQ(time_s, SAMPLE_NOW);
    moment_leave();
}

TEST(in_the_cart)
{
    static const uint32_t items[] = {6};     /* Home > Kitchen, Cedar */
    moment_enter();
    uint8_t six = moment_key(SOTTO_KEY_ITEM, "sku-06"), gone = moment_key(SOTTO_KEY_ITEM, "gone");
    uint8_t home = moment_key(SOTTO_KEY_CATEGORY, "Home");
    uint8_t garden = moment_key(SOTTO_KEY_CATEGORY, "Home > Garden");
    uint8_t coming = moment_key(SOTTO_KEY_CATEGORY, "Coming");
    uint8_t cedar = moment_key(SOTTO_KEY_BRAND, "Cedar"), elm = moment_key(SOTTO_KEY_BRAND, "Elm");
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, six), 0);
    for (int given = 0; given < 2; given++) {
        ROW("%s", given ? "given" : "by events");
        CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, gone), 0);
        shopper_did(SOTTO_CART_ADD, 6);
        if (given) {
            shopper_did(SOTTO_CART_REMOVE, 6);
            give_cart(items, 1);
        }
        CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, six), 1);
        CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, home), 1);
        CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, garden), 0);
        CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, coming), 0);
        CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, cedar), 1);
        CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, elm), 0);
    }
    /* An item that the bundle does not know is still itself. */
    here.scene.cart_given = false;
    sotto_event event = {sample_key("gone"), SAMPLE_NOW + 9, SOTTO_CART_ADD, 1};
    sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &event);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, gone), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, coming), 0);
    moment_leave();
}

TEST(what_the_page_is_about)
{
    static const uint32_t items[] = {6, 7};  /* Home > Kitchen, Cedar; Home > Garden, Dogwood */
    moment_enter();
    uint8_t six = moment_key(SOTTO_KEY_ITEM, "sku-06");
    uint8_t seven = moment_key(SOTTO_KEY_ITEM, "sku-07");
    uint8_t home = moment_key(SOTTO_KEY_CATEGORY, "Home");
    uint8_t garden = moment_key(SOTTO_KEY_CATEGORY, "Home > Garden");
    uint8_t coming = moment_key(SOTTO_KEY_CATEGORY, "Coming");
    uint8_t cedar = moment_key(SOTTO_KEY_BRAND, "Cedar");
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, six), 0);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, home), 0);
    here.scene.page_items = items;
    here.scene.page_item_count = 2;
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, six), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, seven), 0);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, home), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, garden), 0);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, cedar), 1);
    here.scene.page_item_count = 0;
    here.scene.category = text_of("Home > Garden");
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, garden), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, home), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, cedar), 0);
    here.scene.category = text_of("Home");
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, garden), 0);
    here.scene.category = text_of("Coming");
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, coming), 1);
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_PAGE_IS, home), 0);
    moment_leave();
}

TEST(a_cart_of_more_lines_than_are_kept)
{
    static uint32_t items[3 * SAMPLE_ITEMS];
    moment_enter();
    uint8_t last = moment_key(SOTTO_KEY_ITEM, "sku-39");
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(items); i++) {
        items[i] = i < 2 * SAMPLE_ITEMS ? 3 : i % SAMPLE_ITEMS;
    }
    give_cart(items, SOTTO_ARRAY_COUNT(items));
    sotto_moment_line line;
    const sotto_moment *moment = moment_now();
    CHECK_EQ(moment->line_count, SOTTO_MOMENT_LINES);
    CHECK_EQ(moment->cart_item_count, SAMPLE_ITEMS);
    CHECK_EQ(moment->cart_quantity, 3 * SAMPLE_ITEMS);
    CHECK(sotto_moment_cart_line(moment, 0, &line) && line.quantity == 2 * SAMPLE_ITEMS + 1);
    CHECK(sotto_moment_cart_line(moment, 3 * SAMPLE_ITEMS - 1, &line) && line.item == 39);
    CHECK(!sotto_moment_cart_line(moment, 3 * SAMPLE_ITEMS, &line));
    CHECK_EQ(MOMENT_RUNS(SOTTO_OP_IN_CART, last), 1);
    moment_leave();
}

#include "test.h"

#include "moments.h"

/* The ages of a set, as text. */
static const char *ages(sotto_event_set set)
{
    static char text[1500];
    uint32_t age = SOTTO_EVENT_FIRST;
    text[0] = '\0';
    while (sotto_event_set_next(&set, &age)) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%u", text[0] ? " " : "", age);
    }
    return text;
}

TEST(events_are_resolved_by_age)
{
    moment_enter();
    moment_event(SOTTO_VIEW, 12, SAMPLE_NOW + 1, 0);
    moment_event(SOTTO_CART_ADD, 5, SAMPLE_NOW + 2, 3);
    moment_event(SOTTO_VIEW, 12, SAMPLE_NOW + 3, 1);
    sotto_event search = {0, SAMPLE_NOW + 4, SOTTO_SEARCH, 1};
    sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &search);
    sotto_event unknown = {99, SAMPLE_NOW + 5, SOTTO_PURCHASE, 2};
    sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &unknown);
    here.scene.now_s = SAMPLE_NOW + 4;
    const sotto_moment *moment = moment_now();

    CHECK_EQ(moment->event_count, 5);
    CHECK_EQ(moment->event_items[0], SOTTO_NO_ITEM);
    CHECK_EQ(moment->event_items[1], SOTTO_NO_ITEM);
    CHECK_EQ(moment->event_items[2], 12);
    CHECK_EQ(moment->event_items[3], 5);
    CHECK_EQ(moment->event_times_s[0], SAMPLE_NOW + 4); /* ahead of now is now */
    CHECK_EQ(moment->event_times_s[4], SAMPLE_NOW + 1);
    CHECK(moment->ordered);
    CHECK_EQ(moment->event_prices[2], SOTTO_NO_PRICE);
    CHECK_EQ(moment->event_prices[3], 1500);
    CHECK_EQ(moment->event_quantities[3], 3);
    CHECK_EQ(moment->event_quantities[4], 1);
    CHECK_EQ(moment->event_same_item[4], 2);
    CHECK_EQ(moment->event_same_item[3], 3);
    CHECK_EQ(moment->event_same_day[4], 0);
    CHECK_STR(ages(moment->kinds[SOTTO_VIEW - 1]), "2 4");
    CHECK_STR(ages(moment->about_items), "0 2 3 4");
    CHECK_STR(ages(moment->on_sale), "3");
    moment_leave();
}

TEST(keys_find_their_events)
{
    moment_enter();
    uint8_t item = moment_key(SOTTO_KEY_ITEM, "sku-06");
    uint8_t gone = moment_key(SOTTO_KEY_ITEM, "gone");
    uint8_t home = moment_key(SOTTO_KEY_CATEGORY, "Home");
    uint8_t garden = moment_key(SOTTO_KEY_CATEGORY, "Home > Garden");
    uint8_t coming = moment_key(SOTTO_KEY_CATEGORY, "Coming");
    uint8_t birch = moment_key(SOTTO_KEY_BRAND, "Birch");
    uint8_t elm = moment_key(SOTTO_KEY_BRAND, "Elm");
    shopper_did(SOTTO_VIEW, 6);      /* Home > Kitchen, Cedar: age 7 */
    shopper_did(SOTTO_VIEW, 5);      /* Home, Birch */
    shopper_did(SOTTO_CLICK, 7);     /* Home > Garden, Dogwood */
    shopper_did(SOTTO_PURCHASE, 9);  /* Sport > Running, Birch */
    const char *names[] = {"Home > Garden", "Coming", "gone", "sku-06"};
    for (int i = 0; i < 4; i++) {
        sotto_event_kind kind = i == 2 ? SOTTO_VIEW : SOTTO_CATEGORY_VIEW;
        sotto_event event = {sample_key(names[i]), SAMPLE_NOW + 10, kind, 1};
        sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &event);
    }
    here.scene.now_s = SAMPLE_NOW + 20;
    sotto_moment *moment = moment_now();
    CHECK_STR(ages(sotto_moment_about(moment, item)), "7");
    CHECK_STR(ages(sotto_moment_about(moment, gone)), "1");
    CHECK_STR(ages(sotto_moment_about(moment, home)), "3 5 6 7");
    CHECK_STR(ages(sotto_moment_about(moment, garden)), "3 5");
    CHECK_STR(ages(sotto_moment_about(moment, coming)), "2");
    CHECK_STR(ages(sotto_moment_about(moment, birch)), "4 6");
    CHECK_STR(ages(sotto_moment_about(moment, elm)), "");
    CHECK_STR(ages(sotto_moment_of_item(moment, 9)), "4");
    CHECK_STR(ages(sotto_moment_of_item(moment, SOTTO_NO_ITEM)), "");
    moment_leave();
}

TEST(a_clock_that_was_set_back)
{
    /* Monday, Tuesday, Monday again, Sunday; the latest first: Sunday, Monday, Tuesday, Monday. */
    moment_enter();
    shopper.profile.events[0] = (sotto_profile_event_entry){1, 345600, SOTTO_VIEW, 0, 1};
    shopper.profile.events[1] = (sotto_profile_event_entry){2, 432000, SOTTO_VIEW, 0, 1};
    shopper.profile.events[2] = (sotto_profile_event_entry){3, 345700, SOTTO_VIEW, 0, 1};
    shopper.profile.events[3] = (sotto_profile_event_entry){4, 259200, SOTTO_VIEW, 0, 1};
    shopper.profile.event_count = 4;
    shopper.profile.event_head = 4;
    here.scene.now_s = 500000;
    const sotto_moment *moment = moment_now();
    CHECK(!moment->ordered);
    CHECK_STR(ages(sotto_moment_from(moment, 345700)), "1 2");
    CHECK_STR(ages(sotto_moment_from(moment, 0)), "0 1 2 3");
    CHECK_EQ(sotto_moment_latest_s(moment, &moment->kinds[0]), 432000);
    CHECK_EQ(moment->event_same_day[3], 1);
    CHECK_EQ(moment->event_same_day[2], 2);
    CHECK_EQ(moment->event_same_day[0], 0);
    moment_leave();
}

TEST(from_a_time_on)
{
    moment_enter();
    for (uint32_t i = 0; i < 10; i++) {
        moment_event(SOTTO_VIEW, i, SAMPLE_NOW + 10 * i, 1);
    }
    here.scene.now_s = SAMPLE_NOW + 100;
    const sotto_moment *moment = moment_now();
    CHECK_STR(ages(sotto_moment_from(moment, SAMPLE_NOW + 81)), "0");
    CHECK_STR(ages(sotto_moment_from(moment, SAMPLE_NOW + 80)), "0 1");
    CHECK_STR(ages(sotto_moment_from(moment, SAMPLE_NOW + 91)), "");
    CHECK_EQ(sotto_moment_latest_s(moment, &moment->kinds[0]), SAMPLE_NOW + 90);
    moment_leave();
}

enum { MANY = 1000 };

/* A thousand categories "c000" to "c999": the first ten at the top, below each 99 others. */
static void name_many(sotto_bundle *bundle)
{
    static uint8_t offsets[4 * (MANY + 1)], names[4 * MANY + 1], parents[2 * MANY];
    for (uint32_t i = 0; i < MANY; i++) {
        snprintf((char *)names + 4 * i, 5, "c%03u", (unsigned)i);
        sotto_store_u32(offsets + 4 * i, 4 * i);
        sotto_store_u16(parents + 2 * i, i < 10 ? SOTTO_LIST_NONE : (uint16_t)(i % 10));
    }
    sotto_store_u32(offsets + 4 * MANY, 4 * MANY);
    bundle->catalogue.categories = (sotto_string_list){offsets, names, MANY};
    bundle->catalogue.category_parents = parents;
}

static void view_category(uint32_t number)
{
    char name[8];
    snprintf(name, sizeof name, "c%03u", (unsigned)number);
    sotto_event event = {sample_key(name), SAMPLE_NOW, SOTTO_CATEGORY_VIEW, 1};
    sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &event);
}

TEST(more_categories_than_groups)
{
    moment_enter();
    name_many(&shopper.shop.bundle);
    uint8_t five = moment_key(SOTTO_KEY_CATEGORY, "c005");
    uint8_t low = moment_key(SOTTO_KEY_CATEGORY, "c105");
    uint8_t high = moment_key(SOTTO_KEY_CATEGORY, "c355");
    uint8_t none = moment_key(SOTTO_KEY_CATEGORY, "c400");
    for (uint32_t i = 0; i < 256; i++) {
        view_category(100 + i);
    }
    sotto_moment *moment = moment_now();
    CHECK_STR(ages(sotto_moment_about(moment, five)),
              "0 10 20 30 40 50 60 70 80 90 100 110 120 130 140 150 160 170 180 190 200 210 220 "
              "230 240 250");
    CHECK_EQ(moment->categories.count, SOTTO_MOMENT_GROUPS);
    CHECK(moment->categories.overflowed);
    CHECK_STR(ages(sotto_moment_about(moment, low)), "250");
    CHECK_STR(ages(sotto_moment_about(moment, high)), "0");
    CHECK_STR(ages(sotto_moment_about(moment, none)), "");
    moment_leave();
}

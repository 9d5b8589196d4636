#include "test.h"

#include "moments.h"

TEST(a_moment_fits_into_what_it_asks_for)
{
    CHECK_EQ(sotto_moment_size(), sizeof(struct sotto_moment));
    CHECK(sotto_moment_size() < 32768);
}

TEST(the_shoppers_clock)
{
    static const struct {
        uint32_t now_s;
        int32_t  offset_min;
        uint32_t day, minute;
    } rows[] = {
        {0, 0, 0, 0},
        {0, -60, 0, 0},                       /* there is no day before 1970 */
        {0, 60, 0, 60},
        {86399, 0, 0, 1439},
        {86399, 1, 1, 0},
        {86400, -1, 0, 1439},
        {1750000000, 330, 20254, 1236},       /* 20:36:40 in Kolkata on 15 June 2025 */
        {UINT32_MAX, 840, 49710, 1228},
    };
    moment_enter();
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%u, %d", rows[i].now_s, rows[i].offset_min);
        here.scene.now_s = rows[i].now_s;
        here.scene.utc_offset_min = rows[i].offset_min;
        CHECK_EQ(moment_now()->day, rows[i].day);
        CHECK_EQ(moment_now()->minute_of_day, rows[i].minute);
    }
    moment_leave();
}

TEST(what_is_not_there)
{
    moment_enter();
    shopper.unknown = true;
    const sotto_moment *moment = moment_now();
    CHECK(moment->profile == NULL && moment->ledger == NULL);
    CHECK_EQ(moment->event_count, 0);
    CHECK_EQ(moment->page_item, SOTTO_NO_ITEM);
    CHECK_EQ(moment->cart_item_count, 0);
    moment_leave();
}

TEST(categories_within_categories)
{
    moment_enter();
    const sotto_bundle *bundle = &shopper.shop.bundle;
    CHECK(sotto_category_within(bundle, 2, 2));
    CHECK(sotto_category_within(bundle, 2, 0));
    CHECK(!sotto_category_within(bundle, 0, 2));
    CHECK(!sotto_category_within(bundle, 4, 0));
    CHECK(sotto_category_within(bundle, 4, 3));
    CHECK(!sotto_category_within(bundle, SOTTO_NONE, 0));
    CHECK(!sotto_category_within(bundle, 2, SOTTO_NONE));
    CHECK(!sotto_category_within(bundle, SOTTO_NONE, SOTTO_NONE));
    moment_leave();
}

/*
 * test_rules.c - what the shop does not want shown in this slot
 */
#include "test.h"

#include "ranking/rules.h"
#include "shopper.h"

static bool admits(uint32_t item)
{
    sotto_request request = shopper_request();
    return sotto_slot_rules_admit_facts(&request, item)
        && sotto_slot_rules_admit_item(&request, item, sample_hash(item));
}

TEST(what_is_not_listed_is_never_shown)
{
    shopper_enter();
    CHECK(!admits(13));
    CHECK(admits(14));
    shopper_leave();
}

TEST(sold_out_items_go_if_the_slot_says_so)
{
    shopper_enter();
    CHECK(admits(7));
    shopper.slot.filters = SOTTO_SKIP_SOLD_OUT;
    CHECK(!admits(7));
    CHECK(admits(8));
    shopper_leave();
}

/* Item i costs 1000 + 100 i; item 12 has no price. */
TEST(a_price_range_includes_its_ends)
{
    shopper_enter();
    shopper.slot.price_low = 1400;
    shopper.slot.price_high = 1600;
    CHECK(!admits(3));
    CHECK(admits(4));
    CHECK(admits(6));
    CHECK(!admits(7));
    CHECK(!admits(12));
    shopper.slot.price_low = 0;
    CHECK(admits(0));
    shopper.slot.price_low = 1400;
    shopper.slot.price_high = UINT32_MAX;
    CHECK(!admits(3));
    CHECK(admits(39));
    shopper_leave();
}

TEST(a_price_range_by_the_page_s_item)
{
    static const uint32_t page[] = {10, 12};
    shopper_enter();
    shopper.slot.price_low_percent = 60;
    shopper.slot.price_high_percent = 105;
    CHECK(admits(39));
    CHECK(admits(12));
    shopper_looks_at(page, 1);     /* 2000: from 1200 to 2100 */
    CHECK(!admits(1));
    CHECK(admits(2));
    CHECK(admits(11));
    CHECK(!admits(12));
    CHECK(!admits(14));
    shopper_looks_at(page + 1, 1);
    CHECK(admits(39));
    shopper_leave();
}

TEST(known_prices_only)
{
    shopper_enter();
    shopper.slot.filters = SOTTO_KEEP_PRICED;
    CHECK(!admits(12));
    CHECK(admits(0));
    shopper_leave();
}

/* Items 0, 1, 2 modulo 5 are below Home; 3 and 4 below Sport; 10, 20, 30 nowhere. */
TEST(the_page_item_s_department)
{
    static const uint32_t page[] = {6, 10};
    shopper_enter();
    shopper.slot.filters = SOTTO_KEEP_CATEGORY;
    CHECK(admits(4));
    shopper_looks_at(page, 1);
    CHECK(admits(5));
    CHECK(admits(7));
    CHECK(!admits(8));
    CHECK(!admits(4));
    CHECK(!admits(20));
    shopper_looks_at(page + 1, 1);
    CHECK(admits(4));
    shopper_leave();
}

/* Never shown: item 33, category Home > Garden (2 modulo 5), brand Dogwood (3 modulo 4). */
TEST(exclusions_of_the_shop_and_of_the_slot)
{
    uint64_t excluded[] = {sample_hash(8), sample_hash(9)};
    shopper_enter();
    shopper.slot.excluded = (const uint8_t *)excluded;
    shopper.slot.excluded_count = 2;
    CHECK(admits(33) && admits(2) && admits(3) && admits(8));
    shopper.slot.filters = SOTTO_SKIP_EXCLUDED;
    CHECK(!admits(33));
    CHECK(!admits(2));
    CHECK(!admits(3));
    CHECK(!admits(8));
    CHECK(!admits(9));
    CHECK(admits(4));
    shopper_leave();
}

TEST(without_a_catalogue_facts_speak_against_nothing)
{
    static const uint32_t page[] = {6};
    shopper_enter();
    sotto_bundle_open(&shopper.shop.bundle, SOTTO_MODEL, shopper.shop.model.bytes,
                      shopper.shop.model.size, NULL);
    shopper_looks_at(page, 1);
    shopper.slot.filters = SOTTO_SKIP_SOLD_OUT | SOTTO_KEEP_CATEGORY | SOTTO_KEEP_PRICED;
    shopper.slot.price_low = 5;
    shopper.slot.price_high = 6;
    CHECK(admits(7) && admits(12) && admits(13) && admits(4));
    shopper_leave();
}

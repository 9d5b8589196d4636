#include "test.h"

#include "base/hash.h"
#include "sample_bundle.h"

static void check_text(sotto_text text, const char *expected)
{
    CHECK_EQ(text.size, strlen(expected));
    if (text.size == strlen(expected)) {
        CHECK_MEM((const uint8_t *)text.bytes, (const uint8_t *)expected, text.size);
    }
}

static sotto_slot slot_named(const sample *shop, const char *name)
{
    sotto_slot slot;
    REQUIRE(sotto_slot_find(&shop->bundle, name, strlen(name), &slot) == SOTTO_OK);
    return slot;
}

TEST(the_site_is_what_was_published)
{
    sample shop;
    sample_open(&shop);
    sotto_site site = sotto_bundle_site(&shop.bundle);
    check_text(site.shop_id, "sample");
    check_text(site.shop_name, "The Sample Shop");
    check_text(site.currency, "GBP");
    check_text(site.locale, "en-GB");
    CHECK_EQ(site.price_decimals, 2);
    CHECK_EQ(site.just_bought_s, 86400);
    CHECK_EQ(site.session_gap_s, 1200);
    CHECK_EQ(site.retention_s, 864000);
    CHECK_EQ(site.interest_half_life_s, 3600);
    sample_close(&shop);
}

TEST(without_campaigns_there_are_defaults)
{
    sotto_bundle bundle;
    sotto_bundle_init(&bundle);
    sotto_site site = sotto_bundle_site(&bundle);
    check_text(site.shop_id, "");
    check_text(site.currency, "EUR");
    check_text(site.locale, "en");
    CHECK_EQ(site.price_decimals, 2);
    CHECK_EQ(site.just_bought_s, 2592000);
    CHECK_EQ(site.session_gap_s, 1800);
    CHECK_EQ(site.retention_s, 7776000);
    CHECK_EQ(site.interest_half_life_s, 604800);
    CHECK_EQ(site.standing_yes, sotto_check("api ", 4));
    CHECK_EQ(sotto_slot_count(&bundle), 0);
    sotto_slot slot = {.count = 99};
    CHECK_EQ(sotto_slot_find(&bundle, "home", 4, &slot), SOTTO_NO_SLOT);
    CHECK_EQ(slot.count, 99);
    CHECK(!sotto_rules_exist(&bundle));
}

TEST(slots_are_found_by_name)
{
    sample shop;
    sample_open(&shop);
    CHECK_EQ(sotto_slot_count(&shop.bundle), 5);
    sotto_slot home = slot_named(&shop, "home");
    check_text(home.name, "home");
    check_text(home.heading, "For you");
    CHECK_EQ(home.strategy_count, 2);
    CHECK_EQ(home.strategies[0], SOTTO_FOR_YOU);
    CHECK_EQ(home.strategies[1], SOTTO_POPULAR);
    CHECK_EQ(home.count, 6);
    CHECK_EQ(home.min, 2);
    CHECK_EQ(home.filters, 0x1F);
    CHECK_EQ(home.max_per_brand, 3);
    CHECK_EQ(home.price_low, 0);
    CHECK_EQ(home.price_high, UINT32_MAX);
    CHECK_EQ(home.price_high_percent, 0);
    CHECK_EQ(home.pinned_count + home.manual_count + home.excluded_count, 0);
    sotto_slot slot;
    CHECK_EQ(sotto_slot_find(&shop.bundle, "hom", 3, &slot), SOTTO_NO_SLOT);
    CHECK_EQ(sotto_slot_find(&shop.bundle, "", 0, &slot), SOTTO_NO_SLOT);
    sample_close(&shop);
}

TEST(a_slot_can_have_everything)
{
    sample shop;
    sample_open(&shop);
    sotto_slot shelf = slot_named(&shop, "shelf");
    CHECK_EQ(shelf.filters, SOTTO_SKIP_EXCLUDED);
    REQUIRE(shelf.pinned_count == 2 && shelf.manual_count == 3 && shelf.excluded_count == 1);
    CHECK_EQ(shelf.pinned[9], 2);
    CHECK(sotto_load_u64(shelf.pinned + 10) == sample_hash(22));
    CHECK(sotto_load_u64(shelf.manual + 16) == sample_hash(9));
    CHECK(sotto_hashes_hold(shelf.excluded, shelf.excluded_count, sample_hash(8)));
    CHECK(!sotto_hashes_hold(shelf.excluded, shelf.excluded_count, sample_hash(9)));
    CHECK_EQ(shelf.price_low_percent, 50);
    CHECK_EQ(shelf.price_high_percent, 200);
    CHECK_EQ(shelf.price_low, 500);
    CHECK_EQ(shelf.price_high, 90000);
    sample_close(&shop);
}

TEST(slots_stand_in_the_order_of_the_hashes_of_their_names)
{
    sample shop;
    sample_open(&shop);
    uint64_t last = 0;
    for (uint32_t i = 0; i < sotto_slot_count(&shop.bundle); i++) {
        sotto_text name = sotto_slot_get(&shop.bundle, i).name;
        uint64_t hash = sotto_hash(name.bytes, name.size);
        CHECK(hash > last);
        last = hash;
    }
    sample_close(&shop);
}

TEST(rules_exclude_items_categories_below_and_brands)
{
    sample shop;
    sample_open(&shop);
    CHECK(sotto_rules_exist(&shop.bundle));
    CHECK(sotto_rules_exclude(&shop.bundle, 33));
    CHECK(sotto_rules_exclude(&shop.bundle, 2));
    CHECK(sotto_rules_exclude(&shop.bundle, 3));
    CHECK(!sotto_rules_exclude(&shop.bundle, 0));
    CHECK(!sotto_rules_exclude(&shop.bundle, 20));
    CHECK(sotto_rules_exclude(&shop.bundle, 7));
    sample_close(&shop);
}

TEST(a_category_is_excluded_with_all_below_it)
{
    sample shop;
    sample_open(&shop);
    const uint64_t home = sample_key("Home");
    const sotto_campaigns_content content = {
        .interest_half_life_s = 1, .excluded_categories = &home, .excluded_category_count = 1,
    };
    sotto_bytes file = {NULL, 0};
    const char *why = NULL;
    REQUIRE(sotto_campaigns_write(&content, &file, &why) == SOTTO_OK);
    REQUIRE(sotto_bundle_open(&shop.bundle, SOTTO_CAMPAIGNS, file.bytes, file.size, NULL) ==
            SOTTO_OK);
    for (uint32_t i = 0; i < SAMPLE_ALL_ITEMS; i++) {
        ROW("item %u", (unsigned)i);
        bool in_home = i % 5 <= 2 && i != 10 && i != 20 && i != 30;
        CHECK_EQ(sotto_rules_exclude(&shop.bundle, i), in_home);
    }
    free(file.bytes);
    sample_close(&shop);
}

TEST(strategies_have_the_names_of_the_site_file)
{
    CHECK_STR(sotto_strategy_name(SOTTO_SIMILAR), "similar");
    CHECK_STR(sotto_strategy_name(SOTTO_BOUGHT_TOGETHER), "bought-together");
    CHECK_STR(sotto_strategy_name(SOTTO_FOR_YOU), "for-you");
    CHECK_STR(sotto_strategy_name(SOTTO_CART_CROSS_SELL), "cart-cross-sell");
    CHECK_STR(sotto_strategy_name(SOTTO_RECENTLY_VIEWED), "recently-viewed");
    CHECK_STR(sotto_strategy_name(SOTTO_POPULAR), "popular");
    CHECK_STR(sotto_strategy_name(SOTTO_TRENDING), "trending");
    CHECK_STR(sotto_strategy_name(SOTTO_MANUAL), "manual");
    CHECK_STR(sotto_strategy_name(SOTTO_LOOKS_LIKE), "looks-like");
    CHECK_STR(sotto_strategy_name(SOTTO_BUY_AGAIN), "buy-again");
    CHECK_STR(sotto_strategy_name(SOTTO_NEW), "new");
    CHECK_STR(sotto_strategy_name(SOTTO_VIEWED_THEN_BOUGHT), "viewed-then-bought");
    CHECK_STR(sotto_strategy_name((sotto_strategy)0), NULL);
    CHECK_STR(sotto_strategy_name((sotto_strategy)13), NULL);
}

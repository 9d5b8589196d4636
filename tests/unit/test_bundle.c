#include "test.h"

#include "sample_bundle.h"

TEST(a_bundle_starts_empty)
{
    sotto_bundle *bundle = malloc(sotto_bundle_size());
    REQUIRE(bundle != NULL);
    sotto_bundle_init(bundle);
    for (uint32_t kind = 0; kind <= 4; kind++) {
        CHECK(!sotto_bundle_has(bundle, (sotto_kind)kind));
    }
    CHECK_EQ(sotto_item_count(bundle), 0);
    CHECK_EQ(sotto_category_count(bundle), 0);
    free(bundle);
}

TEST(parts_are_opened_one_by_one)
{
    sample shop;
    sample_open(&shop);
    CHECK(sotto_bundle_has(&shop.bundle, SOTTO_MODEL));
    CHECK(sotto_bundle_has(&shop.bundle, SOTTO_CATALOGUE));
    CHECK(sotto_bundle_has(&shop.bundle, SOTTO_CAMPAIGNS));
    sotto_bundle bundle;
    sotto_bundle_init(&bundle);
    CHECK_EQ(sotto_bundle_open(&bundle, SOTTO_CAMPAIGNS, shop.campaigns.bytes, shop.campaigns.size,
                               NULL), SOTTO_OK);
    CHECK(!sotto_bundle_has(&bundle, SOTTO_MODEL));
    CHECK(sotto_bundle_has(&bundle, SOTTO_CAMPAIGNS));
    sample_close(&shop);
}

TEST(a_part_takes_the_place_of_the_older_one)
{
    sample shop;
    sample_open(&shop);
    const sotto_campaigns_content content = {
        .shop_id = {"later", 5}, .price_decimals = 0, .interest_half_life_s = 9,
    };
    sotto_bytes later = {NULL, 0};
    const char *why = NULL;
    REQUIRE(sotto_campaigns_write(&content, &later, &why) == SOTTO_OK);
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_CAMPAIGNS, later.bytes, later.size, NULL),
             SOTTO_OK);
    CHECK_EQ(sotto_slot_count(&shop.bundle), 0);
    CHECK_EQ(sotto_bundle_site(&shop.bundle).interest_half_life_s, 9);
    CHECK(!sotto_rules_exist(&shop.bundle));
    CHECK(sotto_bundle_has(&shop.bundle, SOTTO_CATALOGUE));
    free(later.bytes);
    sample_close(&shop);
}

TEST(a_file_may_lie_at_any_address)
{
    sample shop;
    sample_open(&shop);
    uint8_t *copy = malloc(shop.model.size + 8);
    REQUIRE(copy != NULL);
    for (size_t shift = 0; shift < 8; shift++) {
        ROW("shifted by %zu", shift);
        memcpy(copy + shift, shop.model.bytes, shop.model.size);
        CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_MODEL, copy + shift, shop.model.size, NULL),
                 SOTTO_OK);
        sotto_link links[SOTTO_MAX_LINKS];
        CHECK_EQ(sotto_item_links(&shop.bundle, SOTTO_NEXT, 30, links), 4);
        CHECK_EQ(sotto_item_find_hash(&shop.bundle, sample_hash(30)), 30);
    }
    free(copy);
    sample_close(&shop);
}

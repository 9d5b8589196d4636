/*
 * test_mismatch.c - parts that were not built for each other
 *
 * Parts are cached and fetched one by one, so a page may hold last week's model and today's
 * catalogue. An item's index would then mean another item: the wrong price beside the wrong
 * picture. They must not open together.
 */
#include "test.h"

#include "../unit/sample_bundle.h"

static sotto_bytes small_model(uint32_t item_count, const char *last_id)
{
    sotto_string ids[SAMPLE_ITEMS];
    uint8_t popularity[SAMPLE_ITEMS] = {0};
    for (uint32_t i = 0; i < item_count; i++) {
        ids[i] = sample_id(i);
    }
    ids[item_count - 1] = sample_text(last_id);
    const sotto_model_content content = {
        .item_count = item_count, .ids = ids, .popularity = popularity,
        .history_count = 1, .position_weight = {65536},
    };
    sotto_bytes out = {NULL, 0};
    const char *why = NULL;
    sotto_status status = sotto_model_write(&content, &out, &why);
    sample_must(status, why);
    return out;
}

TEST(a_catalogue_needs_its_model)
{
    sample shop;
    sample_open(&shop);
    sotto_bundle bundle;
    sotto_bundle_init(&bundle);
    sotto_fault fault = {0, NULL};
    CHECK_EQ(sotto_bundle_open(&bundle, SOTTO_CATALOGUE, shop.catalogue.bytes, shop.catalogue.size,
                               &fault), SOTTO_MISMATCH);
    CHECK_EQ(fault.offset, SOTTO_HEAD_IDENTITY);
    CHECK(!sotto_bundle_has(&bundle, SOTTO_CATALOGUE));
    sample_close(&shop);
}

TEST(a_catalogue_of_another_model_is_refused)
{
    sample shop;
    sample_open(&shop);
    sotto_bytes other = small_model(SAMPLE_ITEMS, "another");
    sotto_bundle bundle;
    sotto_bundle_init(&bundle);
    CHECK_EQ(sotto_bundle_open(&bundle, SOTTO_MODEL, other.bytes, other.size, NULL), SOTTO_OK);
    sotto_fault fault = {0, NULL};
    CHECK_EQ(sotto_bundle_open(&bundle, SOTTO_CATALOGUE, shop.catalogue.bytes, shop.catalogue.size,
                               &fault), SOTTO_MISMATCH);
    CHECK_EQ(fault.offset, SOTTO_HEAD_IDENTITY);
    free(other.bytes);
    sample_close(&shop);
}

TEST(a_new_model_drops_the_catalogue_and_keeps_the_campaigns)
{
    sample shop;
    sample_open(&shop);
    sotto_bytes other = small_model(7, "another");
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_MODEL, other.bytes, other.size, NULL), SOTTO_OK);
    CHECK(!sotto_bundle_has(&shop.bundle, SOTTO_CATALOGUE));
    CHECK(sotto_bundle_has(&shop.bundle, SOTTO_CAMPAIGNS));
    CHECK_EQ(sotto_item_count(&shop.bundle), 7);
    CHECK_EQ(sotto_item_find(&shop.bundle, "another", 7), 6);
    CHECK_EQ(sotto_item_find_hash(&shop.bundle, sample_hash(41)), SOTTO_NO_ITEM);
    sotto_link links[SOTTO_MAX_LINKS];
    CHECK_EQ(sotto_item_links(&shop.bundle, SOTTO_NEXT, 0, links), 0);
    CHECK_EQ(sotto_category_count(&shop.bundle), 0);
    free(other.bytes);
    sample_close(&shop);
}

TEST(a_catalogue_may_not_lack_items_of_the_model)
{
    sample shop;
    sample_open(&shop);
    uint64_t identity = shop.bundle.identity;
    sotto_catalogue_content content = {.identity = identity, .category_top_starts = &(uint32_t){0}};
    sotto_bytes catalogue = {NULL, 0};
    const char *why = NULL;
    REQUIRE(sotto_catalogue_write(&content, &catalogue, &why) == SOTTO_OK);
    sotto_fault fault = {0, NULL};
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_CATALOGUE, catalogue.bytes, catalogue.size,
                               &fault), SOTTO_MISMATCH);
    CHECK_EQ(fault.offset, SOTTO_HEAD_ITEM_COUNT);
    free(catalogue.bytes);
    sample_close(&shop);
}

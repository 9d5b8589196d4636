/*
 * test_truncation.c - a download that broke off
 *
 * A file may end anywhere. Whatever its length, a shorter file is refused as truncated, at the
 * very byte where it ends, and what was open before stays open. The file is copied to a block of
 * exactly its length each time, so that a sanitizer sees a read past the cut.
 */
#include "test.h"

#include "../unit/sample_bundle.h"

static void cut_part(sotto_kind kind, const sotto_bytes *file)
{
    sample shop;
    sample_open(&shop);
    for (size_t size = 0; size < file->size; size++) {
        ROW("kind %d, %zu of %zu bytes", (int)kind, size, file->size);
        uint8_t *copy = malloc(size == 0 ? 1 : size);
        REQUIRE(copy != NULL);
        memcpy(copy, file->bytes, size);
        sotto_fault fault = {0, NULL};
        CHECK_EQ(sotto_bundle_open(&shop.bundle, kind, copy, size, &fault), SOTTO_TRUNCATED);
        CHECK_EQ(fault.offset, size);
        CHECK(fault.what != NULL);
        CHECK_EQ(sotto_bundle_open(&shop.bundle, kind, copy, size, NULL), SOTTO_TRUNCATED);
        free(copy);
    }
    CHECK(sotto_bundle_has(&shop.bundle, kind));
    CHECK_EQ(sotto_item_find_hash(&shop.bundle, sample_hash(41)), 41);
    CHECK_EQ(sotto_slot_count(&shop.bundle), 5);
    sample_close(&shop);
}

TEST(every_length_of_a_model_is_refused)
{
    sample shop;
    sample_open(&shop);
    cut_part(SOTTO_MODEL, &shop.model);
    sample_close(&shop);
}

TEST(every_length_of_a_catalogue_is_refused)
{
    sample shop;
    sample_open(&shop);
    cut_part(SOTTO_CATALOGUE, &shop.catalogue);
    sample_close(&shop);
}

TEST(every_length_of_campaigns_is_refused)
{
    sample shop;
    sample_open(&shop);
    cut_part(SOTTO_CAMPAIGNS, &shop.campaigns);
    sample_close(&shop);
}

TEST(every_length_of_a_manifest_is_refused)
{
    sample shop;
    sample_open(&shop);
    for (size_t size = 0; size < shop.manifest.size; size++) {
        ROW("%zu bytes", size);
        uint8_t *copy = malloc(size == 0 ? 1 : size);
        REQUIRE(copy != NULL);
        memcpy(copy, shop.manifest.bytes, size);
        sotto_manifest manifest = {.part_count = 99};
        sotto_fault fault = {0, NULL};
        CHECK_EQ(sotto_manifest_open(&manifest, copy, size, &fault), SOTTO_TRUNCATED);
        CHECK_EQ(fault.offset, size);
        CHECK_EQ(manifest.part_count, 99);
        CHECK_EQ(sotto_manifest_open(&manifest, copy, size, NULL), SOTTO_TRUNCATED);
        free(copy);
    }
    sample_close(&shop);
}

TEST(nothing_at_all_is_refused)
{
    sotto_bundle bundle;
    sotto_bundle_init(&bundle);
    for (uint32_t kind = SOTTO_MODEL; kind <= SOTTO_CAMPAIGNS; kind++) {
        sotto_fault fault = {9, NULL};
        CHECK_EQ(sotto_bundle_open(&bundle, (sotto_kind)kind, NULL, 0, &fault), SOTTO_TRUNCATED);
        CHECK_EQ(fault.offset, 0);
    }
    sotto_manifest manifest;
    CHECK_EQ(sotto_manifest_open(&manifest, NULL, 0, NULL), SOTTO_TRUNCATED);
}

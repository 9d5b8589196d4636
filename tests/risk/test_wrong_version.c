/*
 * test_wrong_version.c - a file of another version, kind or program
 *
 * A page may be older or newer than the bundle it finds. It must say so before it looks at
 * anything that another version may have changed: the version counts even if nothing else adds
 * up.
 */
#include "test.h"

#include "../unit/repair.h"
#include "../unit/sample_bundle.h"

TEST(other_versions_are_refused_first)
{
    static const uint16_t versions[] = {0, 2, 255, 256, 65535};
    sample shop;
    sample_open(&shop);
    for (uint32_t i = 0; i < 5; i++) {
        ROW("version %u", (unsigned)versions[i]);
        sotto_store_u16(shop.model.bytes + SOTTO_HEAD_VERSION, versions[i]);
        sotto_store_u16(shop.manifest.bytes + SOTTO_MANIFEST_VERSION, versions[i]);
        for (uint32_t repaired = 0; repaired < 2; repaired++) {
            sotto_fault fault = {0, NULL};
            CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_MODEL, shop.model.bytes,
                                       shop.model.size, &fault), SOTTO_WRONG_VERSION);
            CHECK_EQ(fault.offset, SOTTO_HEAD_VERSION);
            sotto_manifest manifest;
            CHECK_EQ(sotto_manifest_open(&manifest, shop.manifest.bytes, shop.manifest.size,
                                         &fault), SOTTO_WRONG_VERSION);
            CHECK_EQ(fault.offset, SOTTO_MANIFEST_VERSION);
            repair_checks(shop.model.bytes, shop.model.size);
            repair_checks(shop.manifest.bytes, shop.manifest.size);
        }
    }
    sample_close(&shop);
}

TEST(a_part_does_not_open_as_another)
{
    sample shop;
    sample_open(&shop);
    const sotto_bytes *parts[] = {&shop.model, &shop.catalogue, &shop.campaigns};
    for (uint32_t file = 0; file < 3; file++) {
        for (uint32_t kind = 0; kind <= 4; kind++) {
            ROW("part %u as %u", (unsigned)file + 1, (unsigned)kind);
            sotto_fault fault = {0, NULL};
            sotto_status status =
                sotto_bundle_open(&shop.bundle, (sotto_kind)kind, parts[file]->bytes,
                                  parts[file]->size, &fault);
            if (kind == SOTTO_MODEL && file == 0) {
                CHECK_EQ(status, SOTTO_OK);
                sotto_bundle_open(&shop.bundle, SOTTO_CATALOGUE, shop.catalogue.bytes,
                                  shop.catalogue.size, NULL);
            } else if (kind == file + 1) {
                CHECK_EQ(status, SOTTO_OK);
            } else {
                CHECK_EQ(status, SOTTO_WRONG_KIND);
                CHECK_EQ(fault.offset, SOTTO_HEAD_KIND);
            }
        }
    }
    sample_close(&shop);
}

TEST(other_files_are_not_ours)
{
    static const char html[] =
        "<!doctype html><html><head><title>404 Not Found</title></head></html>";
    sample shop;
    sample_open(&shop);
    sotto_fault fault = {9, NULL};
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_MODEL, html, sizeof html, &fault),
             SOTTO_NOT_SOTTO);
    CHECK_EQ(fault.offset, 0);
    sotto_manifest manifest;
    CHECK_EQ(sotto_manifest_open(&manifest, html, sizeof html, &fault), SOTTO_NOT_SOTTO);
    CHECK_EQ(sotto_manifest_open(&manifest, shop.model.bytes, shop.model.size, &fault),
             SOTTO_NOT_SOTTO);
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_MODEL, shop.manifest.bytes, shop.manifest.size,
                               &fault), SOTTO_NOT_SOTTO);
    sample_close(&shop);
}

/*
 * What a later version may add without becoming another version: sections with a small first
 * letter.
 */
TEST(sections_with_a_small_letter_are_passed_over)
{
    sample shop;
    sample_open(&shop);
    uint8_t *rule_tag = shop.campaigns.bytes + SOTTO_HEAD_SIZE + SOTTO_ROW_ROW_SIZE;
    sotto_fault fault = {0, NULL};
    memcpy(rule_tag, "new ", 4);
    repair_checks(shop.campaigns.bytes, shop.campaigns.size);
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_CAMPAIGNS, shop.campaigns.bytes,
                               shop.campaigns.size, &fault), SOTTO_INVALID);
    CHECK_STR(fault.what, "section missing");
    memcpy(rule_tag, "NEW ", 4);
    repair_checks(shop.campaigns.bytes, shop.campaigns.size);
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_CAMPAIGNS, shop.campaigns.bytes,
                               shop.campaigns.size, &fault), SOTTO_INVALID);
    CHECK_STR(fault.what, "unknown section");
    CHECK_EQ(fault.offset, SOTTO_HEAD_SIZE + SOTTO_ROW_ROW_SIZE);
    memcpy(rule_tag, "SITE", 4);
    repair_checks(shop.campaigns.bytes, shop.campaigns.size);
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_CAMPAIGNS, shop.campaigns.bytes,
                               shop.campaigns.size, &fault), SOTTO_INVALID);
    CHECK_STR(fault.what, "section stands twice");
    sample_close(&shop);
}

#include "test.h"

#include "repair.h"
#include "sample_bundle.h"

TEST(what_was_written_is_opened)
{
    sample shop;
    sample_open(&shop);
    sotto_manifest manifest;
    REQUIRE(sotto_manifest_open(&manifest, shop.manifest.bytes, shop.manifest.size, NULL) ==
            SOTTO_OK);
    CHECK_EQ(manifest.part_count, 3);
    CHECK_EQ(manifest.sequence, 77);
    CHECK_EQ(manifest.created_s, SAMPLE_NOW);
    CHECK_EQ(manifest.expires_s, SAMPLE_NOW + 86400);
    CHECK(manifest.shop == sample_key("sample"));
    CHECK(manifest.identity == shop.bundle.identity);
    CHECK_EQ(manifest.signed_size, 56 + 3 * 48);
    CHECK_EQ(manifest.key_id, 4711);
    CHECK_EQ(manifest.size, 56 + 3 * 48 + 76);
    sotto_manifest_part part = sotto_manifest_get(&manifest, 2);
    CHECK_EQ(part.kind, SOTTO_CAMPAIGNS);
    CHECK_EQ(part.size, shop.campaigns.size);
    CHECK_EQ(part.sha256[0], 7);
    sample_close(&shop);
}

TEST(what_is_signed_is_the_domain_and_the_manifest)
{
    sample shop;
    sample_open(&shop);
    sotto_manifest manifest;
    REQUIRE(sotto_manifest_open(&manifest, shop.manifest.bytes, shop.manifest.size, NULL) ==
            SOTTO_OK);
    uint8_t message[18 + 56 + 3 * 48] = "sotto-manifest-v1";
    memcpy(message + 18, shop.manifest.bytes, manifest.signed_size);
    uint8_t signature[64];
    sample_sign(NULL, message, sizeof message, signature);
    REQUIRE(manifest.signature != NULL);
    CHECK_MEM(manifest.signature, signature, 64);
    sample_close(&shop);
}

static bool cannot_sign(void *context, const uint8_t *message, size_t message_size,
                        uint8_t signature[64])
{
    (void)context, (void)message, (void)message_size, (void)signature;
    return false;
}

TEST(a_manifest_may_be_unsigned_but_not_signed_badly)
{
    const sotto_manifest_part_content part = {.kind = SOTTO_MODEL, .size = 5};
    const sotto_manifest_content content = {.parts = &part, .part_count = 1};
    sotto_bytes file = {NULL, 0};
    const char *why = NULL;
    REQUIRE(sotto_manifest_write(&content, NULL, NULL, 0, &file, &why) == SOTTO_OK);
    sotto_manifest manifest;
    CHECK_EQ(sotto_manifest_open(&manifest, file.bytes, file.size, NULL), SOTTO_OK);
    CHECK(manifest.signature == NULL);
    CHECK_EQ(manifest.signed_size, file.size);
    free(file.bytes);
    sotto_bytes none = {NULL, 0};
    CHECK_EQ(sotto_manifest_write(&content, cannot_sign, NULL, 0, &none, &why), SOTTO_INVALID);
    CHECK(none.bytes == NULL && why != NULL);
}

TEST(parts_stand_in_order_at_most_once)
{
    sotto_manifest_part_content parts[2] = {{.kind = SOTTO_MODEL}, {.kind = SOTTO_MODEL}};
    sotto_manifest_content content = {.parts = parts, .part_count = 2};
    sotto_bytes file = {NULL, 0};
    const char *why = NULL;
    CHECK_EQ(sotto_manifest_write(&content, NULL, NULL, 0, &file, &why), SOTTO_INVALID);
    content.part_count = 0;
    CHECK_EQ(sotto_manifest_write(&content, NULL, NULL, 0, &file, &why), SOTTO_INVALID);
    parts[1].kind = (sotto_kind)200;
    content.part_count = 2;
    REQUIRE(sotto_manifest_write(&content, NULL, NULL, 0, &file, &why) == SOTTO_OK);
    sotto_manifest manifest;
    CHECK_EQ(sotto_manifest_open(&manifest, file.bytes, file.size, NULL), SOTTO_OK);
    CHECK_EQ(sotto_manifest_get(&manifest, 1).kind, 200);
    free(file.bytes);
}

TEST(each_rule_has_its_offset)
{
    static const struct {
        const char *name;
        uint32_t offset;
        uint8_t value;
        sotto_status status;
        uint32_t fault;
    } rows[] = {
        {"no parts", 6, 0, SOTTO_INVALID, 6},
        {"17 parts", 6, 17, SOTTO_INVALID, 6},
        {"unknown signature", 7, 2, SOTTO_INVALID, 7},
        {"other file size", 8, 1, SOTTO_INVALID, 8},
        {"parts out of order", 56 + 48, 1, SOTTO_INVALID, 56 + 48},
        {"kind 0", 56, 0, SOTTO_INVALID, 56},
        {"reserved", 56 + 2, 1, SOTTO_INVALID, 56 + 2},
        {"reserved at the end", 56 + 2 * 48 + 47, 1, SOTTO_INVALID, 56 + 2 * 48 + 47},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%s", rows[i].name);
        sample shop;
        sample_open(&shop);
        shop.manifest.bytes[rows[i].offset] = rows[i].value;
        repair_checks(shop.manifest.bytes, shop.manifest.size);
        sotto_manifest manifest;
        sotto_fault fault = {0, NULL};
        CHECK_EQ(sotto_manifest_open(&manifest, shop.manifest.bytes, shop.manifest.size, &fault),
                 rows[i].status);
        CHECK_EQ(fault.offset, rows[i].fault);
        sample_close(&shop);
    }
}

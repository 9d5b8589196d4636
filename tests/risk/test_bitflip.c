/*
 * test_bitflip.c - a byte that changed on its way
 *
 * Every single bit of every file is turned over, one at a time. None of the files may open, and a
 * fault must name a place inside the file: near the bit, where a check covers it, or a checksum
 * that covers it.
 */
#include "test.h"

#include "../unit/sample_bundle.h"

static void flip_part(sotto_kind kind)
{
    sample shop;
    sample_open(&shop);
    sotto_bytes file = kind == SOTTO_MODEL ? shop.model
                     : kind == SOTTO_CATALOGUE ? shop.catalogue : shop.campaigns;
    uint8_t *copy = malloc(file.size);
    REQUIRE(copy != NULL);
    memcpy(copy, file.bytes, file.size);
    for (size_t bit = 0; bit < 8 * file.size; bit++) {
        ROW("kind %d, byte %zu bit %zu", (int)kind, bit / 8, bit % 8);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        sotto_fault fault = {SIZE_MAX, NULL};
        CHECK(sotto_bundle_open(&shop.bundle, kind, copy, file.size, &fault) != SOTTO_OK);
        CHECK(fault.offset <= file.size);
        CHECK(fault.what != NULL);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK_EQ(sotto_bundle_open(&shop.bundle, kind, copy, file.size, NULL), SOTTO_OK);
    free(copy);
    sample_close(&shop);
}

TEST(every_bit_of_a_model_matters)
{
    flip_part(SOTTO_MODEL);
}

TEST(every_bit_of_a_catalogue_matters)
{
    flip_part(SOTTO_CATALOGUE);
}

TEST(every_bit_of_campaigns_matters)
{
    flip_part(SOTTO_CAMPAIGNS);
}

TEST(every_bit_of_a_manifest_matters)
{
    sample shop;
    sample_open(&shop);
    for (size_t bit = 0; bit < 8 * shop.manifest.size; bit++) {
        ROW("byte %zu bit %zu", bit / 8, bit % 8);
        shop.manifest.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        sotto_manifest manifest;
        sotto_fault fault = {SIZE_MAX, NULL};
        CHECK(sotto_manifest_open(&manifest, shop.manifest.bytes, shop.manifest.size, &fault) !=
              SOTTO_OK);
        CHECK(fault.offset <= shop.manifest.size);
        shop.manifest.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    sample_close(&shop);
}

/* Which status and offset each field of the header gives. */
TEST(the_fault_names_the_field)
{
    static const struct {
        size_t byte;
        sotto_status status;
        size_t offset;
    } rows[] = {
        {0, SOTTO_NOT_SOTTO, 0}, {3, SOTTO_NOT_SOTTO, 0}, {4, SOTTO_WRONG_VERSION, 4},
        {5, SOTTO_WRONG_VERSION, 4}, {6, SOTTO_WRONG_KIND, 6}, {7, SOTTO_DAMAGED, 24},
        {12, SOTTO_DAMAGED, 24}, {16, SOTTO_DAMAGED, 24}, {24, SOTTO_DAMAGED, 24},
        {28, SOTTO_INVALID, 28}, {32, SOTTO_DAMAGED, 24}, {44, SOTTO_DAMAGED, 24},
    };
    sample shop;
    sample_open(&shop);
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("byte %zu", rows[i].byte);
        shop.campaigns.bytes[rows[i].byte] ^= 0x08;
        sotto_fault fault = {SIZE_MAX, NULL};
        CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_CAMPAIGNS, shop.campaigns.bytes,
                                   shop.campaigns.size, &fault), rows[i].status);
        CHECK_EQ(fault.offset, rows[i].offset);
        shop.campaigns.bytes[rows[i].byte] ^= 0x08;
    }
    ROW("first byte of the first section");
    size_t first = sotto_load_u32(shop.campaigns.bytes + SOTTO_HEAD_SIZE + SOTTO_ROW_OFFSET);
    shop.campaigns.bytes[first] ^= 1;
    sotto_fault fault = {SIZE_MAX, NULL};
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_CAMPAIGNS, shop.campaigns.bytes,
                               shop.campaigns.size, &fault), SOTTO_DAMAGED);
    CHECK_EQ(fault.offset, first);
    sample_close(&shop);
}

/*
 * test_oversized.c - more bytes than the file says it has
 *
 * Bytes after the end may be another file, an error page or an attack; the fault is where the
 * file should have ended.
 */
#include "test.h"

#include "../unit/repair.h"
#include "../unit/sample_bundle.h"

static uint8_t *lengthened(const sotto_bytes *file, size_t more)
{
    uint8_t *copy = calloc(1, file->size + more);
    REQUIRE(copy != NULL);
    memcpy(copy, file->bytes, file->size);
    return copy;
}

TEST(bytes_past_the_end_are_refused)
{
    static const size_t mores[] = {1, 3, 4, 4096};
    sample shop;
    sample_open(&shop);
    const sotto_bytes *parts[] = {&shop.model, &shop.catalogue, &shop.campaigns};
    for (uint32_t i = 0; i < 3; i++) {
        for (uint32_t k = 0; k < 4; k++) {
            ROW("part %u and %zu bytes", (unsigned)i + 1, mores[k]);
            uint8_t *copy = lengthened(parts[i], mores[k]);
            sotto_fault fault = {0, NULL};
            CHECK_EQ(sotto_bundle_open(&shop.bundle, (sotto_kind)(i + 1), copy,
                                       parts[i]->size + mores[k], &fault), SOTTO_OVERSIZED);
            CHECK_EQ(fault.offset, parts[i]->size);
            free(copy);
        }
    }
    uint8_t *copy = lengthened(&shop.manifest, 1);
    sotto_manifest manifest;
    sotto_fault fault = {0, NULL};
    CHECK_EQ(sotto_manifest_open(&manifest, copy, shop.manifest.size + 1, &fault), SOTTO_OVERSIZED);
    CHECK_EQ(fault.offset, shop.manifest.size);
    free(copy);
    sample_close(&shop);
}

/* A header that promises as much as there is does not make the bytes part of a section. */
TEST(bytes_after_the_last_section_are_refused)
{
    sample shop;
    sample_open(&shop);
    uint8_t *copy = lengthened(&shop.campaigns, 8);
    size_t size = shop.campaigns.size + 8;
    sotto_store_u32(copy + SOTTO_HEAD_FILE_SIZE, (uint32_t)size);
    repair_checks(copy, size);
    sotto_fault fault = {0, NULL};
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_CAMPAIGNS, copy, size, &fault), SOTTO_INVALID);
    CHECK_EQ(fault.offset, SOTTO_HEAD_SIZE + 2 * SOTTO_ROW_ROW_SIZE + SOTTO_ROW_SIZE);
    free(copy);
    sample_close(&shop);
}

/* Sizes near 2^32 must not wrap round when they are added up. */
TEST(sizes_near_the_top_do_not_wrap)
{
    static const uint32_t sizes[] = {UINT32_MAX, UINT32_MAX - 3, 0x80000000u, 0x7FFFFFFFu};
    sample shop;
    sample_open(&shop);
    for (uint32_t field = SOTTO_ROW_OFFSET; field <= SOTTO_ROW_SIZE; field += 4) {
        for (uint32_t row = 0; row < 3; row++) {
            for (uint32_t i = 0; i < 4; i++) {
                ROW("row %u, field %u, %#x", (unsigned)row, (unsigned)field, (unsigned)sizes[i]);
                uint8_t *copy = lengthened(&shop.campaigns, 0);
                size_t at = SOTTO_HEAD_SIZE + row * (size_t)SOTTO_ROW_ROW_SIZE + field;
                sotto_store_u32(copy + at, sizes[i]);
                repair_checks(copy, shop.campaigns.size);
                sotto_fault fault = {0, NULL};
                CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_CAMPAIGNS, copy,
                                           shop.campaigns.size, &fault), SOTTO_INVALID);
                CHECK_EQ(fault.offset, at);
                free(copy);
            }
        }
    }
    sample_close(&shop);
}

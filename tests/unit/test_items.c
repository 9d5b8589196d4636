#include "test.h"

#include "format/part_write.h"
#include "sample_bundle.h"

TEST(every_item_is_found_by_its_id_and_by_its_hash)
{
    sample shop;
    sample_open(&shop);
    CHECK_EQ(sotto_item_count(&shop.bundle), SAMPLE_ALL_ITEMS);
    for (uint32_t i = 0; i < SAMPLE_ALL_ITEMS; i++) {
        ROW("item %u", (unsigned)i);
        sotto_string id = sample_id(i);
        CHECK_EQ(sotto_item_find(&shop.bundle, id.bytes, id.size), i);
        CHECK_EQ(sotto_item_find_hash(&shop.bundle, sample_hash(i)), i);
        sotto_text found = sotto_item_id(&shop.bundle, i);
        CHECK_EQ(found.size, id.size);
        CHECK_MEM((const uint8_t *)found.bytes, (const uint8_t *)id.bytes, id.size);
        CHECK(sotto_item_hash(&shop.bundle, i) == sample_hash(i));
    }
    sample_close(&shop);
}

TEST(other_ids_are_not_found)
{
    static const char *const others[] = {"", "sku-0", "sku-003", "SKU-03", "new-42", "xxx"};
    sample shop;
    sample_open(&shop);
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(others); i++) {
        ROW("%s", others[i]);
        CHECK_EQ(sotto_item_find(&shop.bundle, others[i], strlen(others[i])), SOTTO_NO_ITEM);
    }
    CHECK_EQ(sotto_item_find_hash(&shop.bundle, 0), SOTTO_NO_ITEM);
    CHECK_EQ(sotto_item_find_hash(&shop.bundle, UINT64_MAX), SOTTO_NO_ITEM);
    sotto_bundle_init(&shop.bundle);
    CHECK_EQ(sotto_item_count(&shop.bundle), 0);
    CHECK_EQ(sotto_item_find(&shop.bundle, "0", 1), SOTTO_NO_ITEM);
    sample_close(&shop);
}

/* Counts around powers of two, blocks of 16 and one bucket becoming two. */
TEST(tables_of_any_size_find_their_ids)
{
    static const uint32_t counts[] = {0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 64, 65, 1000, 4096, 4097};
    static char texts[4097][12];
    static sotto_string ids[4097];
    for (uint32_t i = 0; i < 4097; i++) {
        snprintf(texts[i], sizeof texts[i], "%x", (unsigned)(i * 2654435761u));
        ids[i] = sample_text(texts[i]);
    }
    for (size_t k = 0; k < SOTTO_ARRAY_COUNT(counts); k++) {
        sotto_buffer buffer = {0};
        uint64_t identity;
        REQUIRE(sotto_ids_write(&buffer, ids, counts[k], &identity) == NULL);
        sotto_reader reader = sotto_reader_over(buffer.bytes, 0, (uint32_t)buffer.size);
        sotto_ids table;
        sotto_ids_open(&table, &reader, counts[k]);
        ROW("%u items", (unsigned)counts[k]);
        REQUIRE(reader.status == SOTTO_OK);
        for (uint32_t i = 0; i < 4097; i++) {
            uint64_t hash = sotto_hash(ids[i].bytes, ids[i].size);
            CHECK_EQ(sotto_ids_find(&table, hash), i < counts[k] ? i : SOTTO_NO_ITEM);
        }
        CHECK(buffer.size <= 28 + 18 * (size_t)counts[k]);
        sotto_buffer_free(&buffer);
    }
}

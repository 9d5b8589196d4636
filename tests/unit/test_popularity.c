#include "test.h"

#include "sample_bundle.h"

TEST(popularity_is_by_item)
{
    sample shop;
    sample_open(&shop);
    CHECK_EQ(sotto_item_popularity(&shop.bundle, 0), 200);
    CHECK_EQ(sotto_item_popularity(&shop.bundle, 39), 5);
    CHECK_EQ(sotto_item_popularity(&shop.bundle, 40), 0);
    sample_close(&shop);
}

TEST(lists_are_ranked_and_end)
{
    sample shop;
    sample_open(&shop);
    CHECK_EQ(sotto_top_get(&shop.bundle, SOTTO_TOP_POPULAR, 0), 0);
    CHECK_EQ(sotto_top_get(&shop.bundle, SOTTO_TOP_POPULAR, 19), 19);
    CHECK_EQ(sotto_top_get(&shop.bundle, SOTTO_TOP_POPULAR, 20), SOTTO_NO_ITEM);
    CHECK_EQ(sotto_top_get(&shop.bundle, SOTTO_TOP_TRENDING, 0), 25);
    CHECK_EQ(sotto_top_get(&shop.bundle, SOTTO_TOP_TRENDING, 6), SOTTO_NO_ITEM);
    CHECK_EQ(sotto_top_get(&shop.bundle, (sotto_top)0, 0), SOTTO_NO_ITEM);
    CHECK_EQ(sotto_top_get(&shop.bundle, (sotto_top)3, 0), SOTTO_NO_ITEM);
    sotto_bundle_init(&shop.bundle);
    CHECK_EQ(sotto_top_get(&shop.bundle, SOTTO_TOP_POPULAR, 0), SOTTO_NO_ITEM);
    CHECK_EQ(sotto_item_popularity(&shop.bundle, 0), 0);
    sample_close(&shop);
}

TEST(lists_that_do_not_fit_are_refused)
{
    static const struct {
        const char *name;
        uint32_t words[8];
        uint32_t count;
        sotto_status status;
        uint32_t offset;
    } rows[] = {
        {"none", {0}, 1, SOTTO_OK, 0},
        {"unknown kind", {1, 9, 1, 2}, 4, SOTTO_OK, 0},
        {"17 lists", {17}, 1, SOTTO_INVALID, 0},
        {"list too long", {1, 1, 4097}, 3, SOTTO_INVALID, 8},
        {"too few items", {1, 1, 3, 0, 1}, 5, SOTTO_INVALID, 12},
        {"no such item", {1, 2, 2, 0, 3}, 5, SOTTO_INVALID, 16},
        {"too many items", {1, 2, 1, 0, 1}, 5, SOTTO_INVALID, 16},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%s", rows[i].name);
        uint8_t bytes[32];
        for (uint32_t k = 0; k < rows[i].count; k++) {
            sotto_store_u32(bytes + 4 * k, rows[i].words[k]);
        }
        sotto_reader reader = sotto_reader_over(bytes, 0, 4 * rows[i].count);
        sotto_popularity popularity = {0};
        sotto_tops_open(&popularity, &reader, 3);
        CHECK_EQ(reader.status, rows[i].status);
        CHECK_EQ(reader.fault.offset, rows[i].offset);
    }
}

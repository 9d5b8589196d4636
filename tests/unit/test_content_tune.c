#include "test.h"

#include "content_shop.h"

/*
 * A shop where shoppers stay with a brand: links go to items of the same brand, whatever the title.
 * `by_brand` false: to items with the same word in the title.
 */
static void make_links(const content_shop *shop, bool by_brand, sotto_links *learned)
{
    uint32_t n = shop->catalogue.item_count;
    REQUIRE(sotto_links_init(learned, n, 8));
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < n && learned->counts[i] < 8; j++) {
            bool same = by_brand ? shop->items[i].brand == shop->items[j].brand
                                 : shop->items[i].title.bytes == shop->items[j].title.bytes;
            if (j != i && same) {
                learned->links[(size_t)i * 8 + learned->counts[i]++] =
                    (sotto_weighted){j, 1.0f / (float)(learned->counts[i] + 1)};
            }
        }
    }
}

static void fill(content_shop *shop)
{
    static const char *const words[] = {"mug", "bowl", "plate", "jar", "vase", "lamp", "rug",
                                        "fork", "spoon", "knife", "tray", "pan", "pot", "lid"};
    for (uint32_t i = 0; i < 600; i++) {
        content_shop_add(shop, words[i % 14], i % 4, i * 7 / 3 % 8, 100 + i % 50);
    }
}

TEST(the_field_that_shoppers_follow_gains)
{
    for (int by_brand = 0; by_brand < 2; by_brand++) {
        content_shop shop;
        sotto_links learned;
        sotto_content_weights weights;
        sotto_content_weights usual = sotto_content_defaults();
        double before, after;
        ROW("by_brand %d", by_brand);
        content_shop_open(&shop);
        fill(&shop);
        content_shop_read(&shop);
        make_links(&shop, by_brand != 0, &learned);
        CHECK(sotto_content_tune(&shop.content, &learned, &weights, &before, &after) > 100);
        double usual_ratio = usual.fields[SOTTO_CONTENT_BRAND] / usual.fields[SOTTO_CONTENT_WORDS];
        double ratio = weights.fields[SOTTO_CONTENT_BRAND] / weights.fields[SOTTO_CONTENT_WORDS];
        CHECK(after >= before);
        if (by_brand) {
            CHECK(ratio > 2 * usual_ratio);
        } else {
            CHECK(ratio <= usual_ratio);
        }
        sotto_links_free(&learned);
        content_shop_close(&shop);
    }
}

TEST(without_links_the_usual_weights_stay)
{
    content_shop shop;
    sotto_links learned;
    sotto_content_weights weights;
    sotto_content_weights usual = sotto_content_defaults();
    double before, after;
    content_shop_open(&shop);
    fill(&shop);
    content_shop_read(&shop);
    REQUIRE(sotto_links_init(&learned, shop.catalogue.item_count, 8));
    CHECK_EQ(sotto_content_tune(&shop.content, &learned, &weights, &before, &after), 0);
    CHECK(memcmp(&weights, &usual, sizeof weights) == 0);
    sotto_links_free(&learned);
    content_shop_close(&shop);
}

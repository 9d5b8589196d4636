#include "test.h"

#include "content_shop.h"

#include <math.h>

static float likeness(const content_shop *shop, uint32_t a, uint32_t b, sotto_content_field field)
{
    float all[SOTTO_CONTENT_FIELDS];
    sotto_content_compare(&shop->content, a, b, all);
    return all[field];
}

TEST(each_field_says_how_alike_two_items_are)
{
    content_shop shop;
    content_shop_open(&shop);
    uint32_t mug = content_shop_add(&shop, "Stoneware mug, fog", 1, 0, 2400);
    uint32_t twin = content_shop_add(&shop, "stoneware MUG: fog", 1, 0, 2400);
    uint32_t sister = content_shop_add(&shop, "Stoneware mug, chalk", 2, 0, 3000);
    uint32_t spade = content_shop_add(&shop, "Garden spade", 4, 1, 9000);
    content_shop_read(&shop);
    for (int field = SOTTO_CONTENT_WORDS; field < SOTTO_CONTENT_FIELDS; field++) {
        ROW("%s", sotto_content_field_name((sotto_content_field)field));
        CHECK_EQ(likeness(&shop, mug, spade, (sotto_content_field)field) > 0, 0);
    }
    CHECK(fabsf(likeness(&shop, mug, twin, SOTTO_CONTENT_WORDS) - 1) < 1e-5f);
    CHECK(fabsf(likeness(&shop, mug, twin, SOTTO_CONTENT_CATEGORY) - 1) < 1e-5f);
    CHECK(fabsf(likeness(&shop, mug, twin, SOTTO_CONTENT_PRICE) - 1) < 1e-5f);
    float words = likeness(&shop, mug, sister, SOTTO_CONTENT_WORDS);
    CHECK(words > 0.2f && words < 0.9f);
    float category = likeness(&shop, mug, sister, SOTTO_CONTENT_CATEGORY);
    CHECK(category > 0 && category < 0.5f); /* the same top level only */
    float price = likeness(&shop, mug, sister, SOTTO_CONTENT_PRICE);
    CHECK(price > 0.6f && price < 0.8f);
    CHECK_EQ(likeness(&shop, mug, sister, SOTTO_CONTENT_BRAND) > 0, 1);
    content_shop_close(&shop);
}

TEST(a_word_of_all_titles_hardly_counts)
{
    content_shop shop;
    static const char *const titles[] = {"the red cup", "the red pan", "the blue cup", "the jar",
                                         "the bowl", "the fork", "the spoon", "the knife"};
    content_shop_open(&shop);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        content_shop_add(&shop, titles[i], SOTTO_NONE, SOTTO_NONE, SOTTO_NO_PRICE);
    }
    content_shop_read(&shop);
    CHECK(likeness(&shop, 3, 4, SOTTO_CONTENT_WORDS) < 0.05f);
    CHECK(likeness(&shop, 0, 1, SOTTO_CONTENT_WORDS) > 0.3f);
    content_shop_close(&shop);
}

TEST(nothing_is_like_an_item_without_anything)
{
    content_shop shop;
    content_shop_open(&shop);
    content_shop_add(&shop, "", SOTTO_NONE, SOTTO_NONE, SOTTO_NO_PRICE);
    content_shop_add(&shop, "", SOTTO_NONE, SOTTO_NONE, SOTTO_NO_PRICE);
    content_shop_add(&shop, "mug", SOTTO_NONE, SOTTO_NONE, 0);
    content_shop_read(&shop);
    for (uint32_t other = 1; other < 3; other++) {
        for (int field = SOTTO_CONTENT_WORDS; field < SOTTO_CONTENT_FIELDS; field++) {
            CHECK_EQ(likeness(&shop, 0, other, (sotto_content_field)field) > 0, 0);
        }
    }
    content_shop_close(&shop);
}

TEST(an_unlisted_item_has_no_terms)
{
    content_shop shop;
    content_shop_open(&shop);
    content_shop_add(&shop, "mug", 1, 0, 100);
    uint32_t gone = content_shop_add(&shop, "mug", 1, 0, 100);
    shop.items[gone].listed = false;
    content_shop_read(&shop);
    CHECK_EQ(shop.content.starts[gone], shop.content.starts[gone + 1]);
    content_shop_close(&shop);
}

#include "test.h"

#include "content_shop.h"

#include <math.h>
#include <time.h>

static const sotto_weighted *row_of(const sotto_links *links, uint32_t item, uint32_t *count)
{
    *count = links->counts[item];
    return sotto_links_row(links, item);
}

TEST(the_most_alike_comes_first)
{
    content_shop shop;
    sotto_links links;
    uint32_t count;
    sotto_content_weights weights = sotto_content_defaults();
    content_shop_open(&shop);
    uint32_t mug = content_shop_add(&shop, "Stoneware mug, fog", 1, 0, 2400);
    content_shop_add(&shop, "Garden spade", 4, 1, 9000);
    uint32_t bowl = content_shop_add(&shop, "Stoneware bowl, fog", 1, 0, 3900);
    uint32_t sister = content_shop_add(&shop, "Stoneware mug, chalk", 1, 0, 2400);
    content_shop_add(&shop, "Spade handle", 4, 1, 1200);
    content_shop_read(&shop);
    REQUIRE(sotto_content_links(&shop.content, &weights, 8, &links));
    const sotto_weighted *row = row_of(&links, mug, &count);
    CHECK_EQ(count, 2);
    CHECK_EQ(row[0].item, sister);
    CHECK_EQ(row[1].item, bowl);
    CHECK(row[0].weight <= 1 && row[0].weight > row[1].weight && row[1].weight > 0);
    sotto_links_free(&links);
    content_shop_close(&shop);
}

TEST(of_equally_alike_items_the_popular_come_first)
{
    content_shop shop;
    sotto_links links;
    uint32_t count;
    sotto_content_weights weights = sotto_content_defaults();
    content_shop_open(&shop);
    for (uint32_t i = 0; i < 20; i++) {
        shop.popularity[content_shop_add(&shop, "tea towel", 1, 0, 900)] = (uint8_t)(i * 7 % 20);
    }
    content_shop_read(&shop);
    REQUIRE(sotto_content_links(&shop.content, &weights, 3, &links));
    const sotto_weighted *row = row_of(&links, 0, &count);
    REQUIRE(count == 3);
    CHECK_EQ(shop.popularity[row[0].item], 19);
    CHECK_EQ(shop.popularity[row[1].item], 18);
    CHECK_EQ(shop.popularity[row[2].item], 17);
    sotto_links_free(&links);
    content_shop_close(&shop);
}

TEST(one_item_and_no_item_have_no_neighbours)
{
    for (uint32_t items = 0; items < 2; items++) {
        content_shop shop;
        sotto_links links;
        sotto_content_weights weights = sotto_content_defaults();
        content_shop_open(&shop);
        if (items == 1) {
            content_shop_add(&shop, "mug", 1, 0, 100);
        }
        content_shop_read(&shop);
        REQUIRE(sotto_content_links(&shop.content, &weights, 8, &links));
        CHECK_EQ(sotto_links_total(&links), 0);
        sotto_links_free(&links);
        content_shop_close(&shop);
    }
}

TEST(a_hundred_thousand_equal_titles_do_not_explode)
{
    content_shop shop;
    sotto_links links;
    uint32_t count;
    sotto_content_weights weights = sotto_content_defaults();
    content_shop_open(&shop);
    for (uint32_t i = 0; i < 100000; i++) {
        content_shop_add(&shop, "one and the same thing", 1, 0, 100);
    }
    content_shop_read(&shop);
    clock_t begun = clock();
    REQUIRE(sotto_content_links(&shop.content, &weights, 8, &links));
    double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    CHECK(seconds < 120); /* comparing each with each would take days */
    CHECK_EQ(sotto_links_total(&links), 800000);
    const sotto_weighted *row = row_of(&links, 77777, &count);
    for (uint32_t k = 0; k < count; k++) {
        CHECK(row[k].item != 77777 && fabsf(row[k].weight - 1) < 1e-3f);
    }
    sotto_links_free(&links);
    content_shop_close(&shop);
}

TEST(hostile_titles_are_texts_like_others)
{
    content_shop shop;
    sotto_links links;
    sotto_content_weights weights = sotto_content_defaults();
    static char endless[100000];
    memset(endless, 'a', sizeof endless - 1);
    for (size_t i = 1; i < sizeof endless; i += 2) {
        endless[i - 1] = ' ';
    }
    static const char *const titles[] = {
        endless, "\xFF\xFE\xFD", "<script>alert(1)</script>", "'; DROP TABLE items; --",
        "\xE2\x80\xAE" "evil", "", "a", endless,
    };
    content_shop_open(&shop);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        content_shop_add(&shop, titles[i], SOTTO_NONE, SOTTO_NONE, SOTTO_NO_PRICE);
    }
    content_shop_read(&shop);
    REQUIRE(sotto_content_links(&shop.content, &weights, 8, &links));
    uint32_t count;
    const sotto_weighted *row = row_of(&links, 0, &count);
    REQUIRE(count > 0);
    CHECK_EQ(row[0].item, 6); /* of equals the lower: "a" is all there is in the endless title */
    sotto_links_free(&links);
    content_shop_close(&shop);
}

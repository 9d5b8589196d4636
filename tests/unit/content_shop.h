/*
 * content_shop.h - catalogues of a few lines, for tests of what looks alike
 */
#ifndef SOTTO_CONTENT_SHOP_H
#define SOTTO_CONTENT_SHOP_H

#include "train/content.h"

enum { CONTENT_SHOP_MAX = 120000 };

typedef struct content_shop {
    sotto_catalogue_item   *items;
    uint8_t                *popularity;
    uint32_t                parents[16];
    sotto_catalogue_content catalogue;
    sotto_content           content;
} content_shop;

/* An empty shop with 8 categories of which 1 to 3 are below 0, 8 brands and 8 attribute values. */
static inline void content_shop_open(content_shop *shop)
{
    memset(shop, 0, sizeof *shop);
    shop->items = calloc(CONTENT_SHOP_MAX, sizeof *shop->items);
    shop->popularity = calloc(CONTENT_SHOP_MAX, 1);
    REQUIRE(shop->items != NULL && shop->popularity != NULL);
    for (uint32_t i = 0; i < 16; i++) {
        shop->parents[i] = i >= 1 && i <= 3 ? 0 : SOTTO_NONE;
    }
    shop->catalogue = (sotto_catalogue_content){
        .items = shop->items, .category_parents = shop->parents, .category_count = 8,
        .brand_count = 8, .attribute_value_count = 8,
    };
}

static inline uint32_t content_shop_add(content_shop *shop, const char *title, uint32_t category,
                                        uint32_t brand, uint32_t price)
{
    uint32_t item = shop->catalogue.item_count++;
    shop->items[item] = (sotto_catalogue_item){
        .title = {title, strlen(title)}, .category = category, .brand = brand, .price = price,
        .listed = true, .in_stock = true,
    };
    return item;
}

static inline void content_shop_read(content_shop *shop)
{
    REQUIRE(sotto_content_make(&shop->catalogue, shop->popularity, &shop->content));
}

static inline void content_shop_close(content_shop *shop)
{
    sotto_content_free(&shop->content);
    free(shop->items);
    free(shop->popularity);
}

#endif

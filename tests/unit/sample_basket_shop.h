/*
 * sample_basket_shop.h - the basket model of sample_basket_model.h in a bundle of its own
 *
 * Items are called "i0", "i1", ...
 */
#ifndef SOTTO_SAMPLE_BASKET_SHOP_H
#define SOTTO_SAMPLE_BASKET_SHOP_H

#include "model/ranker.h"
#include "sample_basket_model.h"

typedef struct sample_basket_shop {
    sample_basket_model sample;
    sotto_bytes         file;      /* of a trainer: model and ranker in one */
    sotto_bundle        bundle;
    sotto_ranker        ranker;
} sample_basket_shop;

static inline uint64_t sample_basket_hash(uint32_t item)
{
    char id[16];
    return sotto_hash(id, (size_t)snprintf(id, sizeof id, "i%u", item));
}

static inline void sample_basket_shop_open(sample_basket_shop *shop, const int16_t (*skips)[2],
                                           uint32_t count)
{
    static char names[BASKET_ITEMS][8];
    static sotto_string ids[BASKET_ITEMS];
    static uint8_t popularity[BASKET_ITEMS];
    for (uint32_t i = 0; i < BASKET_ITEMS; i++) {
        ids[i] = (sotto_string){names[i], (size_t)snprintf(names[i], sizeof names[i], "i%u", i)};
    }
    memset(shop, 0, sizeof *shop);
    sample_basket_make(&shop->sample, skips, count);
    sotto_model_content content = {.item_count = BASKET_ITEMS, .ids = ids,
                                   .popularity = popularity, .history_count = 1,
                                   .sections = &shop->sample.list};
    REQUIRE(sotto_model_write(&content, &shop->file, NULL) == SOTTO_OK);
    sotto_bundle_init(&shop->bundle);
    REQUIRE(sotto_bundle_open(&shop->bundle, SOTTO_MODEL, shop->file.bytes, shop->file.size, NULL)
            == SOTTO_OK);
    REQUIRE(sotto_ranker_open(&shop->ranker, &shop->bundle, shop->file.bytes, shop->file.size,
                              NULL) == SOTTO_OK);
}

static inline void sample_basket_shop_close(sample_basket_shop *shop)
{
    free(shop->file.bytes);
    sample_basket_free(&shop->sample);
}

#endif

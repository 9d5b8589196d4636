/*
 * sample_bundle.h - a small shop, written by the writers and opened, for any test that needs one
 *
 *     sample shop;
 *     sample_open(&shop);
 *     ... shop.bundle, shop.model.bytes, sample_id(7) ...
 *     sample_close(&shop);
 *
 * The shop has 40 items in the model and 2 more that only the catalogue knows:
 *
 *     item 0          id "0", one byte          item 2    an id of 500 bytes
 *     item 1          id "Tür-1", not ASCII     others    "sku-03" ...
 *     items 40, 41    "new-40", "new-41"
 *
 *     categories      0 Home   1 Home > Kitchen   2 Home > Garden   3 Sport   4 Sport > Running
 *                     item i is in category i % 5; items 10, 20, 30 in none
 *     brands          0 Ash   1 Birch   2 Cedar   3 Dogwood; item i has brand i % 4; item 11 none
 *     prices          1000 + 100 i; item 12 unknown; item 5 is reduced from 9900
 *     stock           all but items 7 and 17; item 13 is not listed
 *     viewed next     i is followed by i+1, i+2, i+3, i+7 (modulo 40), weights 900 300 100 100,
 *                     normalised; item 39 is followed by nothing
 *     together        even items with i+1 and i+20 (modulo 40), weight 32768, not normalised
 *     popularity      200 - 5 i, not below 0; popular: 0, 1, 2 ... 19; trending: 25, 24 ... 20
 *     attributes      every third item: colour red, blue or green; every sixth also size small
 *     slots           home: for-you then popular, 6 items; product: similar; cart: cart-cross-sell;
 *                     again: recently-viewed; shelf: manual, with pins, exclusions, price ranges
 *     rules           item 33, category "Home > Garden", brand "Dogwood" are never shown
 */
#ifndef SOTTO_SAMPLE_BUNDLE_H
#define SOTTO_SAMPLE_BUNDLE_H

#include "format/write.h"
#include "model/bundle.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    SAMPLE_ITEMS = 40,
    SAMPLE_NEW_ITEMS = 2,
    SAMPLE_ALL_ITEMS = SAMPLE_ITEMS + SAMPLE_NEW_ITEMS
};

#define SAMPLE_NOW 1750000000u

typedef struct sample {
    sotto_bytes  model, catalogue, campaigns, manifest;
    sotto_bundle bundle;
} sample;

static inline sotto_string sample_text(const char *terminated)
{
    return (sotto_string){terminated, strlen(terminated)};
}

static inline uint64_t sample_key(const char *terminated)
{
    return sotto_hash(terminated, strlen(terminated));
}

/* The id of an item, as long as the program runs. */
static inline sotto_string sample_id(uint32_t item)
{
    static char ids[SAMPLE_ALL_ITEMS][512];
    char *id = ids[item];
    if (item == 0) {
        return sample_text("0");
    }
    if (item == 1) {
        return sample_text("T\xC3\xBCr-1");
    }
    if (item == 2) {
        memset(id, 'x', 500);
        return (sotto_string){id, 500};
    }
    snprintf(id, sizeof ids[0], item < SAMPLE_ITEMS ? "sku-%02u" : "new-%u", (unsigned)item);
    return sample_text(id);
}

static inline uint64_t sample_hash(uint32_t item)
{
    sotto_string id = sample_id(item);
    return sotto_hash(id.bytes, id.size);
}

static inline void sample_must(sotto_status status, const char *why)
{
    if (status != SOTTO_OK) {
        fprintf(stderr, "the sample could not be made: %s\n", why);
        abort();
    }
}

/* Adds a link of row i to a table under construction, keeping the row in ascending order. */
static inline void sample_link(uint32_t *items, uint8_t *codes, uint32_t start, uint32_t *end,
                               uint32_t target, uint8_t code)
{
    uint32_t place = (*end)++;
    for (; place > start && items[place - 1] > target; place--) {
        items[place] = items[place - 1];
        codes[place] = codes[place - 1];
    }
    items[place] = target;
    codes[place] = code;
}

static inline sotto_bytes sample_model(void)
{
    static const uint32_t steps[] = {1, 2, 3, 7};
    static const uint8_t step_codes[] = {0, 1, 2, 2};
    sotto_string ids[SAMPLE_ITEMS];
    uint8_t popularity[SAMPLE_ITEMS];
    uint32_t next_starts[SAMPLE_ITEMS + 1] = {0}, together_starts[SAMPLE_ITEMS + 1] = {0};
    uint32_t next_items[4 * SAMPLE_ITEMS], together_items[2 * SAMPLE_ITEMS];
    uint8_t next_codes[4 * SAMPLE_ITEMS], together_codes[2 * SAMPLE_ITEMS];
    uint32_t next_count = 0, together_count = 0;
    for (uint32_t i = 0; i < SAMPLE_ITEMS; i++) {
        ids[i] = sample_id(i);
        popularity[i] = (uint8_t)(200 - 5 * i);
        for (uint32_t k = 0; k < SOTTO_ARRAY_COUNT(steps) && i != SAMPLE_ITEMS - 1; k++) {
            sample_link(next_items, next_codes, next_starts[i], &next_count,
                        (i + steps[k]) % SAMPLE_ITEMS, step_codes[k]);
        }
        for (uint32_t k = 0; k < 2 && i % 2 == 0; k++) {
            sample_link(together_items, together_codes, together_starts[i], &together_count,
                        (i + (k == 0 ? 1 : 20)) % SAMPLE_ITEMS, 0);
        }
        next_starts[i + 1] = next_count;
        together_starts[i + 1] = together_count;
    }
    uint32_t popular[20], trending[6];
    for (uint32_t i = 0; i < 20; i++) {
        popular[i] = i;
    }
    for (uint32_t i = 0; i < 6; i++) {
        trending[i] = 25 - i;
    }
    const sotto_link_table_content tables[] = {
        {.relation = SOTTO_NEXT, .max_links = 4, .group_bits = 3, .normalise = true,
         .weight_count = 3, .weights = {900, 300, 100},
         .row_starts = next_starts, .items = next_items, .codes = next_codes},
        {.relation = SOTTO_TOGETHER, .max_links = 2, .group_bits = 2, .weight_count = 1,
         .weights = {32768}, .row_starts = together_starts, .items = together_items,
         .codes = together_codes},
    };
    const sotto_parameter parameters[] = {{3, 16}, {6, 6554}, {999, 1}};
    const sotto_model_content content = {
        .item_count = SAMPLE_ITEMS, .ids = ids, .popularity = popularity,
        .popular = popular, .popular_count = 20, .trending = trending, .trending_count = 6,
        .tables = tables, .table_count = 2,
        .history_count = 4, .position_weight = {65536, 32768, 16384, 8192},
        .repeat_weight = {0, 6554, 3277, 1638}, .parameters = parameters, .parameter_count = 3,
    };
    sotto_bytes out = {NULL, 0};
    const char *why = NULL;
    sotto_status status = sotto_model_write(&content, &out, &why);
    sample_must(status, why);
    return out;
}

static inline sotto_bytes sample_catalogue(uint64_t identity)
{
    static const uint32_t values[] = {0, 1, 2, 3};
    static char titles[SAMPLE_ALL_ITEMS][32];
    sotto_catalogue_item items[SAMPLE_ALL_ITEMS];
    for (uint32_t i = 0; i < SAMPLE_ALL_ITEMS; i++) {
        snprintf(titles[i], sizeof titles[i], "Item number %u", (unsigned)i);
        items[i] = (sotto_catalogue_item){
            .title = sample_text(titles[i]),
            .url = i == 3 ? sample_text("/special/three") : sample_text(""),
            .image = sample_text(""),
            .price = i == 12 ? SOTTO_NO_PRICE : 1000 + 100 * i,
            .list_price = i == 5 ? 9900 : SOTTO_NO_PRICE,
            .category = i == 10 || i == 20 || i == 30 ? SOTTO_NONE : i % 5,
            .brand = i == 11 ? SOTTO_NONE : i % 4,
            .listed = i != 13,
            .in_stock = i != 7 && i != 17,
        };
        if (i % 3 == 0) {
            items[i].values = i % 6 == 0 ? &values[2] : &values[i % 2];
            items[i].value_count = i % 6 == 0 ? 2 : 1;
        }
    }
    const sotto_string new_ids[] = {sample_id(40), sample_id(41)};
    const sotto_string categories[] = {
        sample_text("Home"), sample_text("Home > Kitchen"), sample_text("Home > Garden"),
        sample_text("Sport"), sample_text("Sport > Running"),
    };
    const uint32_t parents[] = {SOTTO_NONE, 0, 0, SOTTO_NONE, 3};
    const sotto_string brands[] = {
        sample_text("Ash"), sample_text("Birch"), sample_text("Cedar"), sample_text("Dogwood"),
    };
    const sotto_string names[] = {sample_text("colour"), sample_text("size")};
    const sotto_string value_texts[] = {
        sample_text("red"), sample_text("blue"), sample_text("green"), sample_text("small"),
    };
    const uint32_t value_names[] = {0, 0, 0, 1};
    const uint32_t top_starts[] = {0, 4, 6, 8, 10, 11};
    const uint32_t tops[] = {0, 1, 2, 5, 1, 6, 2, 22, 3, 4, 4};
    const sotto_catalogue_content content = {
        .identity = identity, .model_item_count = SAMPLE_ITEMS, .item_count = SAMPLE_ALL_ITEMS,
        .new_ids = new_ids, .items = items,
        .url_template = sample_text("/p/{id}"), .image_template = sample_text("/i/{id}.svg"),
        .categories = categories, .category_parents = parents, .category_count = 5,
        .brands = brands, .brand_count = 4,
        .attribute_names = names, .attribute_name_count = 2,
        .attribute_values = value_texts, .attribute_value_names = value_names,
        .attribute_value_count = 4,
        .category_top_starts = top_starts, .category_top = tops,
    };
    sotto_bytes out = {NULL, 0};
    const char *why = NULL;
    sotto_status status = sotto_catalogue_write(&content, &out, &why);
    sample_must(status, why);
    return out;
}

/* The campaigns, with a plan (format/plan_write.h) or NULL. */
static inline sotto_bytes sample_campaigns_with(const struct sotto_plan_content *plan)
{
    static const uint8_t home[] = {SOTTO_FOR_YOU, SOTTO_POPULAR};
    static const uint8_t product[] = {SOTTO_SIMILAR};
    static const uint8_t cart[] = {SOTTO_CART_CROSS_SELL, SOTTO_BOUGHT_TOGETHER};
    static const uint8_t again[] = {SOTTO_RECENTLY_VIEWED};
    static const uint8_t shelf[] = {SOTTO_MANUAL};
    const uint64_t manual[] = {sample_hash(4), sample_hash(8), sample_hash(9)};
    const uint64_t excluded[] = {sample_hash(8)};
    const sotto_pin pins[] = {{0, sample_hash(21)}, {2, sample_hash(22)}};
    const uint32_t filters = 0x1F;
    const sotto_slot_content slots[] = {
        {.name = sample_text("home"), .heading = sample_text("For you"), .strategies = home,
         .strategy_count = 2, .count = 6, .min = 2, .filters = filters, .max_per_brand = 3,
         .price_high = UINT32_MAX},
        {.name = sample_text("product"), .strategies = product, .strategy_count = 1, .count = 4,
         .min = 1, .filters = filters, .price_high = UINT32_MAX},
        {.name = sample_text("cart"), .strategies = cart, .strategy_count = 2, .count = 3,
         .min = 1, .filters = filters, .price_high = UINT32_MAX},
        {.name = sample_text("again"), .strategies = again, .strategy_count = 1, .count = 8,
         .min = 1, .filters = SOTTO_SKIP_EXCLUDED, .price_high = UINT32_MAX},
        {.name = sample_text("shelf"), .heading = sample_text("Unser Regal: T\xC3\xBCren"),
         .strategies = shelf, .strategy_count = 1, .count = 32, .min = 1, .filters = 0,
         .max_per_brand = 2, .pinned = pins, .pinned_count = 2, .manual = manual,
         .manual_count = 3, .excluded = excluded, .excluded_count = 1,
         .price_low_percent = 50, .price_high_percent = 200, .price_low = 500,
         .price_high = 90000},
    };
    const uint64_t rule_items[] = {sample_hash(33)};
    const uint64_t rule_categories[] = {sample_key("Home > Garden")};
    const uint64_t rule_brands[] = {sample_key("Dogwood")};
    const sotto_campaigns_content content = {
        .shop_id = sample_text("sample"), .shop_name = sample_text("The Sample Shop"),
        .currency = sample_text("GBP"), .locale = sample_text("en-GB"), .price_decimals = 2,
        .just_bought_s = 86400, .session_gap_s = 1200, .retention_s = 864000,
        .interest_half_life_s = 3600,
        .excluded_items = rule_items, .excluded_item_count = 1,
        .excluded_categories = rule_categories, .excluded_category_count = 1,
        .excluded_brands = rule_brands, .excluded_brand_count = 1,
        .slots = slots, .slot_count = 5, .plan = plan,
    };
    sotto_bytes out = {NULL, 0};
    const char *why = NULL;
    sotto_status status = sotto_campaigns_write(&content, &out, &why);
    sample_must(status, why);
    return out;
}

static inline sotto_bytes sample_campaigns(void)
{
    return sample_campaigns_with(NULL);
}

/* Stands in for a signature: the core only checks that these bytes are as they were written. */
static inline bool sample_sign(void *context, const uint8_t *message, size_t message_size,
                               uint8_t signature[64])
{
    (void)context;
    uint64_t hash = sotto_hash(message, message_size);
    for (uint32_t i = 0; i < 64; i++) {
        signature[i] = (uint8_t)(hash >> (i % 8 * 8));
    }
    return true;
}

static inline sotto_bytes sample_manifest(const sample *shop, uint64_t identity)
{
    sotto_manifest_part_content parts[] = {
        {.kind = SOTTO_MODEL, .size = (uint32_t)shop->model.size, .sha256 = {1, 2, 3}},
        {.kind = SOTTO_CATALOGUE, .size = (uint32_t)shop->catalogue.size, .sha256 = {4, 5, 6}},
        {.kind = SOTTO_CAMPAIGNS, .size = (uint32_t)shop->campaigns.size, .sha256 = {7, 8, 9}},
    };
    const sotto_manifest_content content = {
        .sequence = 77, .created_s = SAMPLE_NOW, .expires_s = SAMPLE_NOW + 86400,
        .shop = sample_key("sample"), .identity = identity, .parts = parts, .part_count = 3,
    };
    sotto_bytes out = {NULL, 0};
    const char *why = NULL;
    sotto_status status = sotto_manifest_write(&content, sample_sign, NULL, 4711, &out, &why);
    sample_must(status, why);
    return out;
}

static inline void sample_open(sample *shop)
{
    sotto_fault fault = {0, ""};
    sotto_bundle *bundle = &shop->bundle;
    sotto_bundle_init(bundle);
    shop->model = sample_model();
    sample_must(sotto_bundle_open(bundle, SOTTO_MODEL, shop->model.bytes, shop->model.size, &fault),
                fault.what);
    shop->catalogue = sample_catalogue(bundle->identity);
    sample_must(sotto_bundle_open(bundle, SOTTO_CATALOGUE, shop->catalogue.bytes,
                                  shop->catalogue.size, &fault), fault.what);
    shop->campaigns = sample_campaigns();
    sample_must(sotto_bundle_open(bundle, SOTTO_CAMPAIGNS, shop->campaigns.bytes,
                                  shop->campaigns.size, &fault), fault.what);
    shop->manifest = sample_manifest(shop, bundle->identity);
}

static inline void sample_close(sample *shop)
{
    free(shop->model.bytes);
    free(shop->catalogue.bytes);
    free(shop->campaigns.bytes);
    free(shop->manifest.bytes);
}

#endif

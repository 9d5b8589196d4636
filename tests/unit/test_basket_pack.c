#include "test.h"

#include "sample_baskets.h"
#include "train/basket_pack.h"

#include <math.h>

enum { SHOPPERS = 200 };

static void count(sotto_basket_counts *counts)
{
    sotto_basket_log log;
    uint8_t used[SHOPPERS];
    sotto_basket_options options = {.max_links = 4, .min_shoppers = 1};
    memset(used, 1, sizeof used);
    grocer_make(&log, SHOPPERS, true);
    REQUIRE(sotto_basket_count(&log, used, &options, counts));
    sotto_basket_log_free(&log);
}

static void pack(const sotto_basket_counts *counts, const uint32_t *order,
                 sotto_section_list *list, sotto_basket_model *model)
{
    sotto_train_fault fault = {{0}, {0}};
    memset(list, 0, sizeof *list);
    REQUIRE(sotto_basket_pack(counts, order, NULL, list, &fault));
    REQUIRE(sotto_basket_unpack(list, counts->item_count, model, &fault));
}

TEST(codes_come_back_as_what_was_counted)
{
    sotto_basket_counts counts;
    sotto_section_list list;
    sotto_basket_model model;
    count(&counts);
    pack(&counts, NULL, &list, &model);
    for (uint32_t item = 0; item < GROCER_ITEMS; item++) {
        ROW("item %u", item);
        double popular = 256 * (log2((counts.finals[item] + 0.02) / counts.shopper_count) + 27);
        CHECK(fabs(sotto_basket_popularity(&model, SOTTO_BASKET_POPULAR, item) - popular) <= 16.5);
        double ever = 256 * (log2((counts.evers[item] + 0.02) / counts.shopper_count) + 27);
        CHECK(fabs(sotto_basket_popularity(&model, SOTTO_BASKET_EVER, item) - ever)
              <= model.before_step / 2.0 + 1);
        CHECK(fabs(sotto_basket_lift(&model, item) - 256 * counts.lifts[item]) <= 64.5);
        if (counts.rhythms[item] > 0) {
            CHECK(fabs(sotto_basket_rhythm(&model, item) - 256 * counts.rhythms[item]) <= 33);
        }
    }
    CHECK_EQ(sotto_basket_spread(&model, GROCER_COFFEE), 0);
    CHECK_EQ(sotto_basket_popular(&model, 0), GROCER_MILK);
    sotto_section_list_free(&list);
    sotto_basket_counts_free(&counts);
}

TEST(an_order_renumbers_everything_alike)
{
    sotto_basket_counts counts;
    sotto_section_list plain_list, turned_list;
    sotto_basket_model plain, turned;
    uint32_t order[GROCER_ITEMS];
    count(&counts);
    for (uint32_t i = 0; i < GROCER_ITEMS; i++) {
        order[i] = GROCER_ITEMS - 1 - i;
    }
    pack(&counts, NULL, &plain_list, &plain);
    pack(&counts, order, &turned_list, &turned);
    for (uint32_t item = 0; item < GROCER_ITEMS; item++) {
        uint32_t index = GROCER_ITEMS - 1 - item;
        sotto_link a[4], b[4];
        uint32_t links = sotto_links_get(&plain.links, item, a, 4);
        ROW("item %u", item);
        CHECK_EQ(sotto_basket_popularity(&plain, SOTTO_BASKET_POPULAR, item),
                 sotto_basket_popularity(&turned, SOTTO_BASKET_POPULAR, index));
        CHECK_EQ(sotto_basket_lift(&plain, item), sotto_basket_lift(&turned, index));
        CHECK_EQ(sotto_basket_rhythm(&plain, item), sotto_basket_rhythm(&turned, index));
        REQUIRE(sotto_links_get(&turned.links, index, b, 4) == links);
        for (uint32_t k = 0; k < links; k++) {
            CHECK_EQ(a[k].item, GROCER_ITEMS - 1 - b[links - 1 - k].item);
            CHECK_EQ(a[k].weight, b[links - 1 - k].weight);
        }
    }
    sotto_section_list_free(&plain_list);
    sotto_section_list_free(&turned_list);
    sotto_basket_counts_free(&counts);
}

#include "log_rows.h"

#include "train/order.h"
#include "train/pack.h"

enum { ITEMS = 3000 };

static sotto_intern items;
static sotto_links next, together;
static sotto_popular popular;
static sotto_recipe recipe;
static uint32_t order[ITEMS];

/* Sessions among neighbours on a ring, with popular items and rare ones. */
static sotto_learned learn(void)
{
    static bool learned;
    if (!learned) {
        sotto_sequences sessions = {0};
        sotto_pairs pairs;
        recipe = sotto_recipe_defaults();
        for (uint32_t i = 0; i < ITEMS; i++) {
            char text[16];
            uint32_t index;
            int size = snprintf(text, sizeof text, "item-%u", i);
            REQUIRE(sotto_intern_add(&items, (sotto_text){text, (size_t)size}, &index));
        }
        uint32_t state = 1;
        for (int i = 0; i < 20000; i++) {
            state = state * 1664525u + 1013904223u;
            uint32_t at = (uint32_t)((uint64_t)(state >> 16) * (state >> 16) * ITEMS >> 32);
            SEQUENCE(&sessions, (uint32_t)i, (int)at, (int)((at + 7 + state % 5) % ITEMS),
                     (int)((at + 14 + state % 9) % ITEMS));
        }
        REQUIRE(sotto_pairs_of_sessions(&sessions, 0, sessions.count, ITEMS, 1, &pairs));
        REQUIRE(sotto_links_next(&pairs, &recipe, 20, NULL, &next));
        sotto_pairs_free(&pairs);
        REQUIRE(sotto_pairs_of_baskets(&sessions, 0, sessions.count, ITEMS, 1, &pairs));
        REQUIRE(sotto_links_together(&pairs, 20, &together));
        sotto_pairs_free(&pairs);
        const sotto_links *tables[2] = {&next, &together};
        REQUIRE(sotto_order_items(ITEMS, tables, 2, order));
        REQUIRE(sotto_popular_make(&sessions, ITEMS, items.hashes, &popular));
        sotto_sequences_free(&sessions);
        learned = true;
    }
    return (sotto_learned){
        .items = &items,
        .item_count = ITEMS,
        .order = order,
        .tables = {[SOTTO_TABLE_NEXT] = &next, [SOTTO_TABLE_TOGETHER] = &together},
        .popular = &popular,
        .recipe = &recipe,
        .packing = {20, 8, 0.6},
    };
}

static sotto_bundle *open_packed(const sotto_packed *packed)
{
    sotto_fault where = {0};
    sotto_bundle *bundle = malloc(sotto_bundle_size());
    sotto_bundle_init(bundle);
    CHECK_EQ(
        sotto_bundle_open(bundle, SOTTO_MODEL, packed->model.bytes, packed->model.size, &where),
        SOTTO_OK);
    return bundle;
}

TEST(what_is_packed_is_what_the_core_reads)
{
    sotto_learned learned = learn();
    sotto_packed packed;
    sotto_train_fault fault = {0};
    REQUIRE(sotto_pack(&learned, &(sotto_budget){0, 0}, &packed, &fault));
    CHECK_EQ(packed.links[SOTTO_TABLE_NEXT], sotto_links_total(&next));
    CHECK_EQ(packed.links[SOTTO_TABLE_TOGETHER], sotto_links_total(&together));
    sotto_bundle *bundle = open_packed(&packed);
    sotto_codes codes;
    REQUIRE(sotto_quantise_rows(&next, 8, 0.6, &codes));
    for (uint32_t index = 0; index < ITEMS; index++) {
        uint32_t item = order[index], weights[20];
        sotto_link links[SOTTO_MAX_LINKS];
        ROW("item %u", item);
        sotto_text id = sotto_item_id(bundle, index);
        sotto_text expected = sotto_intern_get(&items, item);
        CHECK(id.size == expected.size && memcmp(id.bytes, expected.bytes, id.size) == 0);
        CHECK_EQ(sotto_item_popularity(bundle, index), popular.codes[item]);
        CHECK_EQ(sotto_item_links(bundle, SOTTO_NEXT, index, links), next.counts[item]);
        sotto_row_weights(&codes, &next, item, true, weights);
        for (uint32_t k = 0; k < next.counts[item]; k++) {
            uint32_t target = order[links[k].item], at = 0;
            while (at < next.counts[item] && sotto_links_row(&next, item)[at].item != target) {
                at++;
            }
            REQUIRE(at < next.counts[item]);
            CHECK_EQ(links[k].weight, weights[at]);
        }
        CHECK_EQ(sotto_item_links(bundle, SOTTO_TOGETHER, index, links), together.counts[item]);
    }
    CHECK_EQ(order[sotto_top_get(bundle, SOTTO_TOP_POPULAR, 0)], popular.popular[0]);
    sotto_codes_free(&codes);
    free(bundle);
    free(packed.model.bytes);
}

TEST(a_budget_is_kept_and_nearly_used_and_spent_on_what_is_met_most)
{
    sotto_learned learned = learn();
    sotto_train_fault fault = {0};
    sotto_packed full, packed;
    REQUIRE(sotto_pack(&learned, &(sotto_budget){0, 0}, &full, &fault));
    uint64_t full_size = full.model.size - full.ids_size;
    free(full.model.bytes);
    for (uint64_t budget = full_size; budget > 12000; budget -= full_size / 7) {
        ROW("budget %d of %d", (int)budget, (int)full_size);
        REQUIRE(sotto_pack(&learned, &(sotto_budget){budget, 0}, &packed, &fault));
        uint64_t size = packed.model.size - packed.ids_size;
        CHECK(size <= budget);
        CHECK(size + budget / 50 >= budget);
        sotto_bundle *bundle = open_packed(&packed);
        sotto_link links[SOTTO_MAX_LINKS];
        uint32_t best = popular.popular[0], index = 0;
        while (order[index] != best) {
            index++;
        }
        CHECK(sotto_item_links(bundle, SOTTO_NEXT, index, links) > 3);
        free(bundle);
        free(packed.model.bytes);
    }
}

TEST(companions_have_a_share_of_a_tight_budget_and_no_more_than_they_need)
{
    sotto_learned learned = learn(), without = learned;
    sotto_train_fault fault = {0};
    sotto_packed full, packed, alone;
    without.tables[SOTTO_TABLE_TOGETHER] = NULL;
    REQUIRE(sotto_pack(&learned, &(sotto_budget){0, 0}, &full, &fault));
    uint64_t full_size = full.model.size - full.ids_size;
    for (uint64_t part = 2; part <= 4; part++) {
        uint64_t budget = 12000 + (full_size - 12000) / part;
        ROW("budget %d of %d", (int)budget, (int)full_size);
        REQUIRE(sotto_pack(&learned, &(sotto_budget){budget, 0}, &packed, &fault));
        REQUIRE(sotto_pack(&without, &(sotto_budget){budget, 0}, &alone, &fault));
        CHECK(packed.links[SOTTO_TABLE_TOGETHER] > 0);
        CHECK(packed.links[SOTTO_TABLE_TOGETHER] * 2 * part
              > full.links[SOTTO_TABLE_TOGETHER]); /* a quarter of what is free */
        CHECK(packed.links[SOTTO_TABLE_NEXT] < alone.links[SOTTO_TABLE_NEXT]);
        CHECK(packed.links[SOTTO_TABLE_NEXT] * 5 > alone.links[SOTTO_TABLE_NEXT] * 3);
        free(packed.model.bytes);
        free(alone.model.bytes);
    }
    free(full.model.bytes);
}

TEST(a_budget_too_small_for_the_items_is_refused)
{
    sotto_learned learned = learn();
    sotto_packed packed;
    sotto_train_fault fault = {0};
    CHECK(!sotto_pack(&learned, &(sotto_budget){500, 0}, &packed, &fault));
    CHECK(strstr(fault.message, "a budget of 500 bytes is too small") != NULL);
    CHECK(packed.model.bytes == NULL);
}

TEST(a_model_of_what_was_met_so_far_has_no_other_items)
{
    sotto_learned learned = learn();
    sotto_packed packed;
    sotto_train_fault fault = {0};
    static const sotto_links *no_tables[SOTTO_LEARNED_TABLES];
    memcpy(learned.tables, no_tables, sizeof no_tables);
    static sotto_popular none;
    none = popular;
    none.popular_count = none.trending_count = 0;
    learned.popular = &none;
    learned.item_count = 100;
    REQUIRE(sotto_pack(&learned, &(sotto_budget){0, 0}, &packed, &fault));
    sotto_bundle *bundle = open_packed(&packed);
    CHECK_EQ(sotto_item_count(bundle), 100);
    free(bundle);
    free(packed.model.bytes);
}

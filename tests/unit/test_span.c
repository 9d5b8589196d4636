#include "named_items.h"

#include "train/span.h"

enum { SHELVES = 30, ITEMS = SHELVES * SHELF + 1, SESSIONS = 2000 };

static const sotto_packing packing = {10, 4, 1.3};

TEST(a_span_of_the_older_sessions_has_what_was_met_in_them_alone)
{
    sotto_intern items = {0};
    sotto_sequences sessions = {0};
    sotto_span_model older, all;
    sotto_train_fault fault;
    sotto_recipe recipe = sotto_recipe_defaults();
    add_clicks(&sessions, SHELVES, SESSIONS - 1, 8);
    SEQUENCE(&sessions, SESSIONS, 5, ITEMS - 1, 6); /* an item of the last session alone */
    name_items(&items, ITEMS);
    sotto_material material = {.items = &items, .sessions = &sessions};
    REQUIRE(sotto_span_learn(&material, SOTTO_SPAN_OLDER, 1, &recipe, &packing, NULL, NULL, &older,
                             &fault));
    REQUIRE(sotto_span_learn(&material, SOTTO_SPAN_ALL, 1, &recipe, &packing, NULL, NULL, &all,
                             &fault));
    CHECK_EQ(all.item_count, ITEMS);
    CHECK_EQ(older.item_count, ITEMS - 1);
    CHECK_EQ(older.session_count, sotto_material_tail(&material));
    uint8_t seen[ITEMS] = {0};
    for (uint32_t index = 0; index < older.item_count; index++) {
        CHECK_EQ(seen[older.order[index]]++, 0);
        CHECK(older.order[index] != ITEMS - 1);
    }
    CHECK(older.tables[SOTTO_TABLE_TOGETHER].links == NULL);
    CHECK(older.popular.counts[5] > 0 && older.popular.counts[ITEMS - 1] == 0);
    sotto_span_free(&older);
    sotto_span_free(&all);
    sotto_sequences_free(&sessions);
    sotto_intern_free(&items);
}

static double distance_of(const sotto_span_model *model)
{
    const sotto_links *links = &model->tables[SOTTO_TABLE_NEXT];
    uint32_t index_of[ITEMS] = {0};
    double sum = 0;
    for (uint32_t index = 0; index < model->item_count; index++) {
        index_of[model->order[index]] = index;
    }
    for (uint32_t i = 0; i < links->item_count; i++) {
        for (uint32_t k = 0; k < links->counts[i]; k++) {
            uint32_t j = sotto_links_row(links, i)[k].item;
            int distance = (int)index_of[i] - (int)index_of[j];
            sum += distance < 0 ? -distance : distance;
        }
    }
    return sum / (double)sotto_links_total(links);
}

TEST(locality_makes_links_shorter_and_not_fewer)
{
    sotto_intern items = {0};
    sotto_sequences sessions = {0};
    sotto_span_model model;
    sotto_train_fault fault;
    sotto_recipe recipe = sotto_recipe_defaults();
    static const sotto_packing narrow = {4, 4, 1.3};
    add_browsing(&sessions, 10, 30, SESSIONS, 8);
    name_items(&items, ITEMS);
    sotto_material material = {.items = &items, .sessions = &sessions};
    REQUIRE(sotto_span_learn(&material, SOTTO_SPAN_ALL, 1, &recipe, &narrow, NULL, NULL, &model,
                             &fault));
    uint64_t links = sotto_links_total(&model.tables[SOTTO_TABLE_NEXT]);
    double before = distance_of(&model);
    REQUIRE(sotto_span_localise(&model, 0.5, 4));
    CHECK_EQ(sotto_links_total(&model.tables[SOTTO_TABLE_NEXT]), links);
    CHECK(distance_of(&model) < before);
    sotto_span_free(&model);
    sotto_sequences_free(&sessions);
    sotto_intern_free(&items);
}

#include "test.h"

#include "format/write.h"
#include "model/bundle.h"

enum { ITEMS = 100, NEW_ITEMS = 10, ALL = ITEMS + NEW_ITEMS };

/* Tables of `rows` rows: row r has the links of targets[r], ascending, all of weight code r % 2. */
typedef struct made_table {
    uint32_t                 starts[ALL + 1], items[ALL * 64];
    uint8_t                  codes[ALL * 64];
    sotto_link_table_content content;
} made_table;

/* Every row r leads to first .. first + count - 1. */
static void make_table(made_table *made, sotto_relation relation, uint32_t rows, uint32_t first,
                       uint32_t count)
{
    uint32_t at = 0;
    memset(made, 0, sizeof *made);
    for (uint32_t row = 0; row < rows; row++) {
        made->starts[row] = at;
        for (uint32_t k = 0; k < count; k++, at++) {
            made->items[at] = first + k;
            made->codes[at] = (uint8_t)(row % 2);
        }
    }
    made->starts[rows] = at;
    made->content = (sotto_link_table_content){
        .relation = relation, .max_links = 64, .group_bits = 2, .weight_count = 2,
        .weights = {60000, 500}, .row_starts = made->starts, .items = made->items,
        .codes = made->codes,
    };
}

typedef struct shop {
    sotto_string            ids[ALL];
    sotto_catalogue_item    items[ALL];
    sotto_catalogue_content catalogue;
    sotto_bytes             model, part;
    sotto_bundle            bundle;
} shop;

static void open_shop(shop *made, const sotto_link_table_content *next)
{
    static char names[ALL][8];
    uint8_t popularity[ITEMS] = {0};
    memset(made, 0, sizeof *made);
    for (uint32_t i = 0; i < ALL; i++) {
        snprintf(names[i], sizeof names[i], "i%u", (unsigned)i);
        made->ids[i] = (sotto_string){names[i], strlen(names[i])};
        made->items[i] = (sotto_catalogue_item){
            .title = {"", 0}, .url = {"", 0}, .image = {"", 0}, .price = SOTTO_NO_PRICE,
            .list_price = SOTTO_NO_PRICE, .category = SOTTO_NONE, .brand = SOTTO_NONE,
            .listed = true, .in_stock = true,
        };
    }
    sotto_model_content content = {
        .item_count = ITEMS, .ids = made->ids, .popularity = popularity, .tables = next,
        .table_count = 1, .history_count = 1, .position_weight = {65536},
    };
    REQUIRE(sotto_model_write(&content, &made->model, NULL) == SOTTO_OK);
    sotto_bundle_init(&made->bundle);
    REQUIRE(sotto_bundle_open(&made->bundle, SOTTO_MODEL, made->model.bytes, made->model.size,
                              NULL) == SOTTO_OK);
    static const uint32_t no_tops[1] = {0};
    made->catalogue = (sotto_catalogue_content){
        .identity = made->bundle.identity, .model_item_count = ITEMS, .item_count = ALL,
        .new_ids = made->ids + ITEMS, .items = made->items, .category_top_starts = no_tops,
        .title_template = {"", 0}, .url_template = {"", 0}, .image_template = {"", 0},
    };
}

static void publish(shop *made)
{
    free(made->part.bytes);
    REQUIRE(sotto_catalogue_write(&made->catalogue, &made->part, NULL) == SOTTO_OK);
    REQUIRE(sotto_bundle_open(&made->bundle, SOTTO_CATALOGUE, made->part.bytes, made->part.size,
                              NULL) == SOTTO_OK);
}

static void close_shop(shop *made)
{
    free(made->model.bytes);
    free(made->part.bytes);
}

static made_table next, more, looks;
static shop made;

TEST(the_catalogues_links_go_on_where_the_models_end)
{
    sotto_link links[SOTTO_MAX_LINKS];
    make_table(&next, SOTTO_NEXT, ITEMS, 5, 3);
    make_table(&more, SOTTO_NEXT, ALL, ITEMS, 2);
    make_table(&looks, SOTTO_LOOKS, ALL, 7, 4);
    open_shop(&made, &next.content);
    CHECK_EQ(sotto_item_links(&made.bundle, SOTTO_NEXT, 50, links), 3);
    CHECK_EQ(sotto_item_links(&made.bundle, SOTTO_LOOKS, 50, links), 0);
    sotto_link_table_content tables[] = {more.content, looks.content};
    static const uint32_t newest[] = {ALL - 1, 3};
    made.catalogue.tables = tables;
    made.catalogue.table_count = 2;
    made.catalogue.newest = newest;
    made.catalogue.newest_count = 2;
    publish(&made);
    REQUIRE(sotto_item_links(&made.bundle, SOTTO_NEXT, 50, links) == 5);
    CHECK_EQ(links[2].item, 7);
    CHECK_EQ(links[3].item, ITEMS);
    CHECK_EQ(links[4].weight, 60000);
    REQUIRE(sotto_item_links(&made.bundle, SOTTO_NEXT, ALL - 1, links) == 2); /* of a new item */
    CHECK_EQ(links[0].item, ITEMS);
    CHECK_EQ(links[0].weight, 500);
    CHECK_EQ(sotto_item_links(&made.bundle, SOTTO_LOOKS, ALL - 1, links), 4);
    CHECK_EQ(sotto_item_links(&made.bundle, SOTTO_LOOKS, ALL, links), 0);
    CHECK_EQ(sotto_item_links(&made.bundle, (sotto_relation)5, 1, links), 0);
    CHECK_EQ(sotto_top_get(&made.bundle, SOTTO_TOP_NEW, 0), ALL - 1);
    CHECK_EQ(sotto_top_get(&made.bundle, SOTTO_TOP_NEW, 1), 3);
    CHECK_EQ(sotto_top_get(&made.bundle, SOTTO_TOP_NEW, 2), SOTTO_NO_ITEM);
    close_shop(&made);
}

TEST(both_rows_together_have_room_for_64)
{
    sotto_link links[SOTTO_MAX_LINKS + 1];
    links[SOTTO_MAX_LINKS] = (sotto_link){12345, 54321};
    make_table(&next, SOTTO_NEXT, ITEMS, 0, 60);
    make_table(&more, SOTTO_NEXT, ALL, ITEMS - 30, 40);
    open_shop(&made, &next.content);
    made.catalogue.tables = &more.content;
    made.catalogue.table_count = 1;
    publish(&made);
    for (uint32_t item = 0; item < ALL; item++) {
        ROW("item %u", (unsigned)item);
        uint32_t expected = item < ITEMS ? 64 : 40;
        REQUIRE(sotto_item_links(&made.bundle, SOTTO_NEXT, item, links) == expected);
        CHECK_EQ(links[0].item, item < ITEMS ? 0u : ITEMS - 30);
        CHECK_EQ(links[expected - 1].item, item < ITEMS ? ITEMS - 30 + 3u : ALL - 1);
    }
    CHECK_EQ(links[SOTTO_MAX_LINKS].item, 12345);
    close_shop(&made);
}

TEST(another_catalogue_takes_its_links_with_it)
{
    sotto_link links[SOTTO_MAX_LINKS];
    static const uint32_t newest[] = {1};
    make_table(&next, SOTTO_NEXT, ITEMS, 5, 3);
    make_table(&looks, SOTTO_LOOKS, ALL, 7, 4);
    open_shop(&made, &next.content);
    made.catalogue.tables = &looks.content;
    made.catalogue.table_count = 1;
    made.catalogue.newest = newest;
    made.catalogue.newest_count = 1;
    publish(&made);
    CHECK_EQ(sotto_item_links(&made.bundle, SOTTO_LOOKS, 1, links), 4);
    made.catalogue.table_count = 0;
    made.catalogue.newest_count = 0;
    publish(&made);
    CHECK_EQ(sotto_item_links(&made.bundle, SOTTO_LOOKS, 1, links), 0);
    CHECK_EQ(sotto_top_get(&made.bundle, SOTTO_TOP_NEW, 0), SOTTO_NO_ITEM);
    CHECK_EQ(sotto_item_links(&made.bundle, SOTTO_NEXT, 1, links), 3);
    close_shop(&made);
}

TEST(what_cannot_be_is_not_written)
{
    const char *why = NULL;
    sotto_bytes part = {NULL, 0};
    static const uint32_t newest[] = {ALL};
    make_table(&next, SOTTO_NEXT, ITEMS, 5, 3);
    make_table(&looks, SOTTO_LOOKS, ALL, 7, 4);
    open_shop(&made, &next.content);
    made.catalogue.newest = newest;
    made.catalogue.newest_count = 1;
    CHECK_EQ(sotto_catalogue_write(&made.catalogue, &part, &why), SOTTO_INVALID);
    CHECK_STR(why, "one of the newest is no item");
    made.catalogue.newest_count = 0;
    sotto_link_table_content twice[] = {looks.content, looks.content};
    made.catalogue.tables = twice;
    made.catalogue.table_count = 2;
    CHECK_EQ(sotto_catalogue_write(&made.catalogue, &part, &why), SOTTO_INVALID);
    CHECK_STR(why, "link tables are not in order, or of no known relation");
    sotto_model_content content = {
        .item_count = ITEMS, .ids = made.ids, .popularity = next.codes, .tables = &looks.content,
        .table_count = 1, .history_count = 1, .position_weight = {65536},
    };
    CHECK_EQ(sotto_model_write(&content, &part, &why), SOTTO_INVALID); /* looks are no model's */
    close_shop(&made);
}

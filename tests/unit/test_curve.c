#include "named_items.h"

#include "train/curve.h"

enum { SHELVES = 20, PLACES = 80, ITEMS = SHELVES * PLACES };

static sotto_intern items;
static sotto_train_fault fault;

static bool make(uint32_t session_count, sotto_curve *curve)
{
    sotto_sequences sessions = {0};
    sotto_train_options options = sotto_train_defaults();
    options.min_shoppers = 1;
    options.effort = SOTTO_EFFORT_LOW;
    add_browsing(&sessions, SHELVES, PLACES, session_count, 3);
    name_items(&items, ITEMS);
    sotto_material material = {.items = &items, .sessions = &sessions};
    bool good = sotto_curve_make(&material, &options, curve, &fault);
    sotto_sequences_free(&sessions);
    return good;
}

TEST(each_budget_is_kept_and_more_bytes_buy_more)
{
    sotto_curve curve = {.count = 2, .points = {{.wanted = 25}, {.wanted = 45}}};
    REQUIRE(make(7500, &curve));
    CHECK(curve.points[0].dimensions == 64 && curve.points[1].dimensions == 64);
    CHECK(curve.points[0].bytes_per_item > 22 && curve.points[0].bytes_per_item <= 25);
    CHECK(curve.points[1].bytes_per_item > curve.points[0].bytes_per_item + 5);
    CHECK(curve.points[1].links_per_item > curve.points[0].links_per_item);
    CHECK(curve.points[1].hr20 > 20 && curve.points[1].hr20 + 3 > curve.points[0].hr20);
    CHECK(curve.query_count > 400);
}

TEST(too_few_sessions_have_no_curve)
{
    sotto_curve curve = {.count = 1, .points = {{.wanted = 20}}};
    CHECK(!make(300, &curve));
    CHECK(strstr(fault.message, "too few to tell what bytes are worth") != NULL);
}

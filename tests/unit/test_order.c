#include "test.h"

#include "train/order.h"

enum { GROUPS = 16, SIZE = 32, ITEMS = GROUPS * SIZE };

/* Items i, i + 16, i + 32 ... go together and are strewn over the whole range. */
static void make_groups(sotto_links *links)
{
    REQUIRE(sotto_links_init(links, ITEMS, 6));
    for (uint32_t i = 0; i < ITEMS; i++) {
        for (uint32_t k = 0; k < 6; k++) {
            uint32_t step = 1 + (i * 5 + k * 7) % (SIZE - 1);
            links->links[i * 6 + k] = (sotto_weighted){(i + step * GROUPS) % ITEMS, 1};
        }
        links->counts[i] = 6;
    }
}

static double mean_distance(const sotto_links *links, const uint32_t *order)
{
    static uint32_t index_of[ITEMS];
    double sum = 0;
    for (uint32_t i = 0; i < ITEMS; i++) {
        index_of[order[i]] = i;
    }
    for (uint32_t i = 0; i < ITEMS; i++) {
        for (uint32_t k = 0; k < 6; k++) {
            sum += abs((int)index_of[i] - (int)index_of[sotto_links_row(links, i)[k].item]);
        }
    }
    return sum / (ITEMS * 6);
}

TEST(linked_items_end_up_close_and_twice_the_same)
{
    sotto_links links;
    static uint32_t order[ITEMS], again[ITEMS], plain[ITEMS];
    static uint8_t seen[ITEMS];
    make_groups(&links);
    const sotto_links *tables[2] = {&links, NULL};
    REQUIRE(sotto_order_items(ITEMS, tables, 2, order));
    REQUIRE(sotto_order_items(ITEMS, tables, 2, again));
    CHECK_MEM(order, again, sizeof order);
    for (uint32_t i = 0; i < ITEMS; i++) {
        plain[i] = i;
        REQUIRE(order[i] < ITEMS);
        CHECK_EQ(seen[order[i]]++, 0);
    }
    CHECK(mean_distance(&links, plain) > 100);
    CHECK(mean_distance(&links, order) < (double)SIZE);
    sotto_links_free(&links);
}

TEST(no_items_one_item_and_no_links_have_an_order_too)
{
    uint32_t order[20] = {9};
    REQUIRE(sotto_order_items(0, NULL, 0, order));
    REQUIRE(sotto_order_items(1, NULL, 0, order));
    CHECK_EQ(order[0], 0);
    REQUIRE(sotto_order_items(20, NULL, 0, order));
    uint32_t sum = 0;
    for (int i = 0; i < 20; i++) {
        sum += order[i];
    }
    CHECK_EQ(sum, 190);
}

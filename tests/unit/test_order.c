#include "test.h"

#include "train/order.h"

#include <math.h>

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

/* ---- the plain way: every turn asks every item ---------------------------------------------- */

enum { MANY = 2500, ROW = 5, TURNS = 12, HUBS = 7 };

typedef struct asked_item {
    float    gain;
    uint32_t item;
} asked_item;

static uint32_t edges[MANY * ROW][2], edge_count;
static uint32_t starts[MANY + 1], neighbours[MANY * (2 * ROW + 1)];

/* Near ones, a few that everybody is linked to, and chance. */
static void make_shop(sotto_links *links)
{
    REQUIRE(sotto_links_init(links, MANY, ROW));
    uint32_t chance = 1;
    for (uint32_t i = 0; i < MANY; i++) {
        for (uint32_t k = 0; k < ROW; k++) {
            chance = chance * 1664525 + 1013904223;
            uint32_t any = chance >> 8;
            uint32_t j = k == 0 ? any % HUBS : k == 1 ? any % MANY : (i + any % 400 * 7) % MANY;
            j = j == i ? (j + 1) % MANY : j;
            links->links[i * ROW + k] = (sotto_weighted){j, 1};
            edges[edge_count][0] = i;
            edges[edge_count++][1] = j;
        }
        links->counts[i] = ROW;
    }
}

static void list_neighbours(void)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < MANY; i++) {
        starts[i] = count;
        for (uint32_t e = 0; e < edge_count; e++) {
            if (edges[e][0] == i || edges[e][1] == i) {
                neighbours[count++] = edges[e][0] == i ? edges[e][1] : edges[e][0];
            }
        }
        neighbours[count++] = i;
    }
    starts[MANY] = count;
}

static float gap_cost(uint32_t a, uint32_t b, float left, float right)
{
    return (float)a * (left - log2f((float)(a + 1))) + (float)b * (right - log2f((float)(b + 1)));
}

static int compare_asked(const void *a, const void *b)
{
    const asked_item *x = a, *y = b;
    return x->gain > y->gain   ? -1
           : x->gain < y->gain ? 1
           : x->item < y->item ? -1 : 1;
}

static uint32_t plain_turn(uint32_t *order, uint32_t size)
{
    static uint32_t ends[2][MANY];
    static asked_item asked[MANY];
    uint32_t middle = size / 2, swapped = 0;
    float left = log2f((float)middle), right = log2f((float)(size - middle));
    memset(ends, 0, sizeof ends);
    for (uint32_t at = 0; at < size; at++) {
        for (uint32_t k = starts[order[at]]; k < starts[order[at] + 1]; k++) {
            ends[at >= middle][neighbours[k]]++;
        }
    }
    for (uint32_t at = 0; at < size; at++) {
        asked[at] = (asked_item){0, order[at]};
        for (uint32_t k = starts[order[at]]; k < starts[order[at] + 1]; k++) {
            uint32_t a = ends[0][neighbours[k]], b = ends[1][neighbours[k]];
            float moved = at < middle ? gap_cost(a - 1, b + 1, left, right)
                                      : gap_cost(a + 1, b - 1, left, right);
            asked[at].gain += gap_cost(a, b, left, right) - moved;
        }
    }
    qsort(asked, middle, sizeof *asked, compare_asked);
    qsort(asked + middle, size - middle, sizeof *asked, compare_asked);
    while (swapped < middle && asked[swapped].gain + asked[middle + swapped].gain > 0) {
        asked_item held = asked[swapped];
        asked[swapped] = asked[middle + swapped];
        asked[middle + swapped++] = held;
    }
    for (uint32_t at = 0; at < size; at++) {
        order[at] = asked[at].item;
    }
    return swapped;
}

static void order_plainly(uint32_t *order, uint32_t size)
{
    if (size > 8) {
        for (int turn = 0; turn < TURNS && plain_turn(order, size) > 0; turn++) {
        }
        order_plainly(order, size / 2);
        order_plainly(order + size / 2, size - size / 2);
    }
}

TEST(asking_only_those_whose_neighbours_moved_gives_the_same_order)
{
    static uint32_t order[MANY], plain[MANY];
    sotto_links links;
    make_shop(&links);
    list_neighbours();
    const sotto_links *tables[1] = {&links};
    REQUIRE(sotto_order_items(MANY, tables, 1, order));
    for (uint32_t i = 0; i < MANY; i++) {
        plain[i] = i;
    }
    order_plainly(plain, MANY);
    CHECK_MEM(order, plain, sizeof order);
    sotto_links_free(&links);
}

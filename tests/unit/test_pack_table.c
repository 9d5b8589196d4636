#include "test.h"

#include "format/layout.h"
#include "train/pack_table.h"

enum { ITEMS = 4 };

/* Item i stands at index 3 - i. Two links of item 0, one of item 3. */
static const uint32_t order[ITEMS] = {3, 2, 1, 0};
static const uint32_t index_of[ITEMS] = {3, 2, 1, 0};
static const sotto_item_places places = {ITEMS, ITEMS, order, index_of};
static sotto_weighted links_of[2 * ITEMS] = {[0] = {1, 0.75f}, [1] = {3, 0.25f}, [6] = {0, 1.0f}};
static uint32_t counts[ITEMS] = {2, 0, 0, 1};
static const sotto_links links = {ITEMS, 2, counts, links_of};
static const uint32_t met[ITEMS] = {10, 1, 1, 1};

static sotto_packed_table open_table(void)
{
    sotto_packed_table table = {0};
    REQUIRE(sotto_quantise_rows(&links, 2, 0.5, &table.codes));
    REQUIRE(sotto_packed_table_open(&table, &links, &places, met));
    return table;
}

TEST(rows_are_those_of_the_model_sorted_by_target)
{
    sotto_packed_table table = open_table();
    CHECK_EQ(sotto_packed_table_fill(&table, &places), 3);
    static const uint32_t starts[ITEMS + 1] = {0, 1, 1, 1, 3}, items[3] = {3, 0, 2};
    static const uint8_t codes[3] = {0, 1, 0};
    CHECK_MEM(table.row_starts, starts, sizeof starts);
    CHECK_MEM(table.items, items, sizeof items);
    CHECK_MEM(table.row_codes, codes, sizeof codes);
    sotto_link_table_content content =
        sotto_packed_table_content(&table, SOTTO_NEXT, true, ITEMS);
    CHECK_EQ(content.max_links, 2);
    CHECK_EQ(content.weight_count, 2);
    CHECK(content.normalise);
    CHECK_EQ(content.group_bits, SOTTO_LINKS_MAX_GROUP_BITS); /* hardly a link in a row */
    sotto_packed_table_free(&table);
}

TEST(what_is_not_worth_it_is_left_out)
{
    sotto_packed_table table = open_table();
    CHECK(table.worths[0] > table.worths[1] && table.worths[1] > table.worths[6]);
    table.least_worth = table.worths[1];
    CHECK_EQ(sotto_packed_table_fill(&table, &places), 2); /* item 3 is met too rarely */
    CHECK_EQ(table.row_starts[1], 0);
    table.least_worth = SOTTO_NO_LINK_WORTH;
    CHECK_EQ(sotto_packed_table_fill(&table, &places), 0);
    CHECK_EQ(sotto_packed_table_content(&table, SOTTO_NEXT, true, ITEMS).max_links, 1);
    sotto_packed_table_free(&table);
}

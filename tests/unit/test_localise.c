#include "test.h"

#include "train/linking.h"

static sotto_weighted places[8] = {{1, 0.4f}, {2, 0.35f}, {3, 0.25f}, {0, 0},
                                   {0, 1.0f}, {0, 0}, {0, 0}, {0, 0}};
static uint32_t counts[4] = {3, 1, 0, 0};
static sotto_links wide = {2, 4, counts, places};
static const uint32_t index_of[4] = {0, 1000, 1, 500};

TEST(without_locality_the_strongest_stay)
{
    sotto_links links;
    REQUIRE(sotto_links_localise(&wide, index_of, 0, 2, &links));
    const sotto_weighted *row = sotto_links_row(&links, 0);
    CHECK_EQ(links.counts[0], 2);
    CHECK_EQ(row[0].item, 1);
    CHECK_EQ(row[1].item, 2);
    CHECK(row[0].weight > 0.53f && row[0].weight < 0.534f); /* 0.4 of 0.75 */
    CHECK_EQ(links.counts[1], 1);
    sotto_links_free(&links);
}

TEST(with_locality_the_near_come_first_and_a_row_still_sums_to_one)
{
    sotto_links links;
    REQUIRE(sotto_links_localise(&wide, index_of, 0.3, 2, &links));
    const sotto_weighted *row = sotto_links_row(&links, 0);
    CHECK_EQ(row[0].item, 2);
    CHECK_EQ(row[1].item, 1);
    CHECK(row[0].weight + row[1].weight > 0.9999f && row[0].weight + row[1].weight < 1.0001f);
    sotto_links_free(&links);
}

#include "log_rows.h"

#include "train/linking.h"

static bool is_linked(const sotto_links *links, uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < links->counts[from]; k++) {
        if (sotto_links_row(links, from)[k].item == to) {
            return true;
        }
    }
    return false;
}

/* 0 is in every second basket, 1 and 2 go together, 3 and 4 met once, by accident. */
TEST(what_goes_together_is_linked_and_accidents_and_best_sellers_are_not)
{
    sotto_sequences baskets = {0};
    sotto_pairs pairs;
    sotto_links links;
    for (int i = 0; i < 400; i++) {
        bool both = i % 20 == 0;
        if (both && i % 40 == 0) {
            SEQUENCE(&baskets, (uint32_t)i, 0, 1, 2);
        } else if (both) {
            SEQUENCE(&baskets, (uint32_t)i, 1, 2);
        } else if (i % 2 == 0) {
            SEQUENCE(&baskets, (uint32_t)i, 0, 5 + i % 7);
        } else {
            SEQUENCE(&baskets, (uint32_t)i, 5 + i % 7, i == 13 ? 4 : 3);
        }
    }
    REQUIRE(sotto_pairs_of_baskets(&baskets, 0, baskets.count, 12, 1, &pairs));
    REQUIRE(sotto_links_together(&pairs, 5, &links));
    CHECK(is_linked(&links, 1, 2));
    CHECK(is_linked(&links, 2, 1));
    CHECK(!is_linked(&links, 1, 0)); /* half of all baskets hold 0 anyway */
    CHECK(!is_linked(&links, 4, 11)); /* once is no evidence */
    CHECK(sotto_links_row(&links, 1)[0].item == 2);
    CHECK(sotto_links_row(&links, 1)[0].weight > 0.8f
          && sotto_links_row(&links, 1)[0].weight <= 1.0f);
    sotto_links_free(&links);
    sotto_pairs_free(&pairs);
    sotto_sequences_free(&baskets);
}

TEST(an_item_in_every_basket_goes_with_nothing)
{
    sotto_sequences baskets = {0};
    sotto_pairs pairs;
    sotto_links links;
    for (int i = 0; i < 100; i++) {
        SEQUENCE(&baskets, (uint32_t)i, 0, 1 + i % 4);
    }
    REQUIRE(sotto_pairs_of_baskets(&baskets, 0, baskets.count, 5, 1, &pairs));
    REQUIRE(sotto_links_together(&pairs, 5, &links));
    CHECK_EQ(sotto_links_total(&links), 0);
    sotto_links_free(&links);
    sotto_pairs_free(&pairs);
    sotto_sequences_free(&baskets);
}

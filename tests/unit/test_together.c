#include "log_rows.h"

#include "train/linking.h"
#include "train/random.h"

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
    float weight = sotto_links_row(&links, 1)[0].weight; /* (20 + 10 * 20/400) / (20 + 10) */
    CHECK(weight > 0.683f && weight < 0.684f);
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

/* 40 best sellers in every third basket each, and four accessories that go with item 40, rarely. */
TEST(a_link_that_is_less_likely_than_twenty_best_sellers_is_left_out)
{
    for (int often = 0; often < 2; often++) {
        sotto_sequences baskets = {0};
        sotto_pairs pairs;
        sotto_links links;
        sotto_random random = sotto_random_start(2);
        for (int i = 0; i < 1200; i++) {
            REQUIRE(sotto_sequences_open(&baskets, (uint32_t)i, 0));
            for (int seller = 0; seller < 40; seller++) {
                if (sotto_random_below(&random, 3) == 0) {
                    REQUIRE(sotto_sequences_push(&baskets, (uint32_t)seller));
                }
            }
            if (i % 6 == 0) { /* 200 baskets: with one accessory out of four, or with most */
                REQUIRE(sotto_sequences_push(&baskets, 40));
                for (int k = 0; k < 4; k++) {
                    if (often || (i / 6) % 4 == k) {
                        REQUIRE(sotto_sequences_push(&baskets, (uint32_t)(41 + k)));
                    }
                }
            }
        }
        ROW("often %d", often);
        REQUIRE(sotto_pairs_of_baskets(&baskets, 0, baskets.count, 45, 1, &pairs));
        REQUIRE(sotto_links_together(&pairs, 12, &links));
        for (uint32_t k = 41; k < 45; k++) {
            CHECK_EQ(is_linked(&links, 40, k), often == 1);
            CHECK(is_linked(&links, k, 40)); /* always together with it */
        }
        sotto_links_free(&links);
        REQUIRE(sotto_links_viewed_bought(&pairs, 12, &links)); /* of these all are published */
        CHECK(is_linked(&links, 40, 41));
        sotto_links_free(&links);
        sotto_pairs_free(&pairs);
        sotto_sequences_free(&baskets);
    }
}

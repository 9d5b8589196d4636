#include "test.h"

#include "train/bridge.h"

#include <math.h>

static void link_to(sotto_links *links, uint32_t from, uint32_t to, float weight)
{
    links->links[(size_t)from * links->max_links + links->counts[from]++] =
        (sotto_weighted){to, weight};
}

static float weight_of(const sotto_links *links, uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < links->counts[from]; k++) {
        if (sotto_links_row(links, from)[k].item == to) {
            return sotto_links_row(links, from)[k].weight;
        }
    }
    return 0;
}

/*
 * Items 0 to 3 are met: 0 leads to 1 (0.6) and 2 (0.4), 1 leads to 3 (1.0). 4 and 5 are new; 4
 * looks like 1 (0.9) and like 2 (0.3), 5 like the new 4 alone.
 */
static void make(sotto_links *looks, sotto_links *learned)
{
    REQUIRE(sotto_links_init(looks, 6, 4) && sotto_links_init(learned, 6, 4));
    link_to(learned, 0, 1, 0.6f);
    link_to(learned, 0, 2, 0.4f);
    link_to(learned, 1, 3, 1.0f);
    link_to(learned, 2, 0, 0.5f);
    link_to(looks, 4, 1, 0.9f);
    link_to(looks, 4, 2, 0.3f);
    link_to(looks, 5, 4, 0.8f);
    link_to(looks, 3, 1, 0.7f);
}

TEST(a_new_item_is_linked_as_what_it_looks_like)
{
    sotto_links looks, learned, bridge;
    make(&looks, &learned);
    REQUIRE(sotto_bridge_make(&looks, &learned, 4, false, 8, 2, &bridge));
    /* Shares of 4: 0.81 / 1.2 in 1 and 0.09 / 1.2 in 2. */
    CHECK(fabsf(weight_of(&bridge, 0, 4) - (0.6f * 0.675f + 0.4f * 0.075f)) < 1e-5f);
    CHECK(fabsf(weight_of(&bridge, 1, 4) - 1.0f * 0.675f) < 1e-5f); /* it is what 1 looks like */
    CHECK(fabsf(weight_of(&bridge, 4, 3) - 0.675f) < 1e-5f);
    CHECK(fabsf(weight_of(&bridge, 4, 1) - 0.675f) < 1e-5f);
    CHECK(fabsf(weight_of(&bridge, 4, 0) - 0.075f * 0.5f) < 1e-5f);
    CHECK_EQ(bridge.counts[5], 0); /* all it looks like is new as well */
    CHECK_EQ(bridge.counts[3], 0);
    sotto_links_free(&looks);
    sotto_links_free(&learned);
    sotto_links_free(&bridge);
}

TEST(met_items_lead_to_new_ones_only)
{
    sotto_links looks, learned, bridge;
    make(&looks, &learned);
    REQUIRE(sotto_bridge_make(&looks, &learned, 4, true, 8, 2, &bridge));
    for (uint32_t i = 0; i < 3; i++) {
        for (uint32_t k = 0; k < bridge.counts[i]; k++) {
            CHECK(sotto_links_row(&bridge, i)[k].item >= 4);
        }
    }
    CHECK(weight_of(&bridge, 3, 1) > 0); /* an empty row is filled if that is wanted */
    sotto_links_free(&looks);
    sotto_links_free(&learned);
    sotto_links_free(&bridge);
}

TEST(nothing_learned_makes_no_bridge)
{
    sotto_links looks, learned, bridge;
    make(&looks, &learned);
    memset(learned.counts, 0, 6 * sizeof *learned.counts);
    REQUIRE(sotto_bridge_make(&looks, &learned, 4, true, 8, 2, &bridge));
    CHECK_EQ(sotto_links_total(&bridge), 0);
    sotto_links_free(&looks);
    sotto_links_free(&learned);
    sotto_links_free(&bridge);
}

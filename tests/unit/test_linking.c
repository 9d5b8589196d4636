#include "log_rows.h"

#include "train/linking.h"

static sotto_links links;

static float weight_of(uint32_t from, uint32_t to)
{
    for (uint32_t k = 0; k < links.counts[from]; k++) {
        if (sotto_links_row(&links, from)[k].item == to) {
            return sotto_links_row(&links, from)[k].weight;
        }
    }
    return 0;
}

/* Links the sessions with a recipe that has no smoothing unless `hop` says so. */
static void link_sessions(sotto_sequences *sessions, uint32_t item_count, double hop)
{
    sotto_pairs pairs;
    sotto_recipe recipe = sotto_recipe_defaults();
    recipe.knobs[SOTTO_HOP] = hop;
    sotto_links_free(&links);
    REQUIRE(sotto_pairs_of_sessions(sessions, 0, sessions->count, item_count, 1, &pairs));
    REQUIRE(sotto_links_next(&pairs, &recipe, 3, NULL, &links));
    sotto_pairs_free(&pairs);
    sotto_sequences_free(sessions);
}

TEST(what_comes_next_and_near_and_often_weighs_most)
{
    sotto_sequences sessions = {0};
    SEQUENCE(&sessions, 0, 0, 1, 2);
    SEQUENCE(&sessions, 1, 0, 1);
    SEQUENCE(&sessions, 2, 3, 0);
    link_sessions(&sessions, 4, 0);
    CHECK_EQ(sotto_links_row(&links, 0)[0].item, 1);
    CHECK(weight_of(0, 1) > weight_of(0, 2));
    CHECK(weight_of(0, 3) > 0); /* before it, but near */
    float sum = weight_of(0, 1) + weight_of(0, 2) + weight_of(0, 3);
    CHECK(sum > 0.999f && sum < 1.001f);
}

TEST(a_row_keeps_no_more_links_than_allowed)
{
    sotto_sequences sessions = {0};
    for (int i = 1; i < 30; i++) {
        SEQUENCE(&sessions, (uint32_t)i, 0, i);
    }
    link_sessions(&sessions, 30, 2);
    CHECK_EQ(links.counts[0], 3);
    CHECK_EQ(sotto_links_total(&links), 3 + 29 * 3);
}

TEST(neighbours_of_neighbours_are_lent)
{
    for (int hop = 0; hop < 2; hop++) {
        sotto_sequences sessions = {0};
        SEQUENCE(&sessions, 0, 0, 1);
        SEQUENCE(&sessions, 1, 1, 2);
        link_sessions(&sessions, 3, hop);
        ROW("hop %d", hop);
        CHECK_EQ(weight_of(0, 2) > 0, hop > 0);
        CHECK(weight_of(0, 1) > weight_of(0, 2));
    }
}

TEST(rows_that_nobody_wants_are_not_made_and_others_do_not_change)
{
    sotto_sequences sessions = {0};
    sotto_pairs pairs;
    sotto_links all;
    static const uint8_t wanted[4] = {1, 0, 0, 1};
    sotto_recipe recipe = sotto_recipe_defaults();
    SEQUENCE(&sessions, 0, 0, 1, 2, 3);
    SEQUENCE(&sessions, 1, 3, 1);
    REQUIRE(sotto_pairs_of_sessions(&sessions, 0, 2, 4, 1, &pairs));
    sotto_links_free(&links);
    REQUIRE(sotto_links_next(&pairs, &recipe, 3, NULL, &all));
    REQUIRE(sotto_links_next(&pairs, &recipe, 3, wanted, &links));
    CHECK(links.counts[1] == 0 && links.counts[2] == 0);
    for (uint32_t i = 0; i < 4; i += 3) {
        CHECK_EQ(links.counts[i], all.counts[i]);
        CHECK_MEM(sotto_links_row(&links, i), sotto_links_row(&all, i),
                  all.counts[i] * sizeof(sotto_weighted));
    }
    sotto_links_free(&all);
    sotto_pairs_free(&pairs);
    sotto_sequences_free(&sessions);
}

TEST(items_without_pairs_have_empty_rows)
{
    sotto_sequences sessions = {0};
    SEQUENCE(&sessions, 0, 0);
    SEQUENCE(&sessions, 1, 1, 1, 1);
    link_sessions(&sessions, 2, 2);
    CHECK_EQ(sotto_links_total(&links), 0);
    sotto_links_free(&links);
}

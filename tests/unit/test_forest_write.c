/*
 * test_forest_write.c - trees that cannot be written, and why
 */
#include "test.h"

#include "sample_ranker.h"

static sample_ranking shop;
static sotto_ranker_content content;

static void expect_refusal(const char *part_of_why)
{
    sotto_section_list list = {0};
    const char *why = "";
    CHECK_EQ(sotto_ranker_sections(&content, &list, &why), SOTTO_INVALID);
    CHECK(strstr(why, part_of_why) != NULL);
    CHECK_EQ(list.count, 0);
    content = shop.content;
}

TEST(each_limit_is_told)
{
    sample_ranking_wish wish = sample_ranking_usual;
    wish.items = 100;
    wish.trees = 3;
    sample_ranking_open(&shop, &wish);
    content = shop.content;
    sotto_tree_content *trees = sample_keep(&shop, 3 * sizeof *trees);
    memcpy(trees, shop.content.trees, 3 * sizeof *trees);
    shop.content.trees = content.trees = trees;
    sotto_tree_content before = trees[1];

    content.session_count = 21;
    expect_refusal("too many candidates");
    content.tree_count = 513;
    expect_refusal("too many trees");
    content.tree_shift = 25;
    expect_refusal("too large a shift");
    trees[1].scale = 13;
    expect_refusal("too large a scale");
    trees[1] = before;
    trees[1].split_count = 64;
    expect_refusal("1 to 63 splits");
    trees[1].split_count = 0;
    expect_refusal("1 to 63 splits");
    trees[1] = before;
    trees[1].splits[0].left_count = (uint8_t)before.split_count;
    expect_refusal("more on its left");
    trees[1] = before;
    trees[1].splits[before.split_count - 1].left_count = 1;
    expect_refusal("more on its left");
    trees[1] = before;
    trees[1].splits[0].feature = 64;
    expect_refusal("unknown feature");
    trees[1] = before;

    content.feature_count = 1; /* a network besides, which would be written first */
    sotto_section_list list = {0};
    CHECK_EQ(sotto_ranker_sections(&content, &list, NULL), SOTTO_INVALID);
    sample_ranking_close(&shop);
}

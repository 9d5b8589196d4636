/*
 * test_trees.c - going down trees, and what each answer was worth
 */
#include "test.h"

#include "ranking/trees.h"
#include "sample_ranker.h"

static sample_ranking shop;

static void open_trees(uint32_t count, uint32_t seed)
{
    sample_ranking_wish wish = sample_ranking_usual;
    wish.items = 70;
    wish.trees = count;
    wish.seed = seed;
    sample_ranking_open(&shop, &wish);
}

/* A split and all below it, by the content as it was written. */
typedef struct subtree {
    const sotto_tree_content *tree;
    uint32_t                  split, leaf, count;
} subtree;

static int32_t value_of(subtree at)
{
    int32_t value = at.count > 0 ? at.tree->splits[at.split].value : at.tree->leaves[at.leaf];
    return value * (1 << at.tree->scale);
}

/* The score; each step to a child is added to its feature's term. */
static int32_t go_down(subtree at, const int32_t *features, int64_t *terms)
{
    if (at.count == 0) {
        return value_of(at);
    }
    const sotto_tree_split *split = &at.tree->splits[at.split];
    uint32_t left = split->left_count;
    subtree next = features[split->feature] <= split->threshold
                       ? (subtree){at.tree, at.split + 1, at.leaf, left}
                       : (subtree){at.tree, at.split + 1 + left, at.leaf + left + 1,
                                   at.count - 1 - left};
    terms[split->feature] += value_of(next) - value_of(at);
    return go_down(next, features, terms);
}

TEST(as_a_tree_is_drawn)
{
    for (uint32_t turn = 0; turn < 200; turn++) {
        open_trees(1 + turn % 12, turn);
        int32_t features[SOTTO_FEATURES];
        for (uint32_t i = 0; i < SOTTO_FEATURES; i++) {
            features[i] = turn % 9 == 8 ? (turn % 2 ? INT32_MAX : INT32_MIN)
                                        : sample_spread(&shop, turn % 5 == 0 ? 60000 : 9000);
        }
        int64_t expected[SOTTO_FEATURES] = {0}, terms[SOTTO_FEATURES];
        int64_t score = 0, constant = 0, sum = 0;
        for (uint32_t i = 0; i < shop.content.tree_count; i++) {
            const sotto_tree_content *tree = &shop.content.trees[i];
            subtree whole = {tree, 0, 0, tree->split_count};
            score += go_down(whole, features, expected);
            constant += value_of(whole);
        }
        ROW("turn %u", turn);
        CHECK_EQ(sotto_trees_ask(&shop.ranker.forest, features), score);
        sotto_trees_explain(&shop.ranker.forest, features, terms);
        for (uint32_t i = 0; i < SOTTO_FEATURES; i++) {
            CHECK_EQ(terms[i], expected[i]);
            sum += terms[i];
        }
        CHECK_EQ(sum + constant, score);
        sample_ranking_close(&shop);
    }
}

/* price <= 20 goes left, 21 goes right: the drawing of trees.c's head. */
TEST(at_most_is_left)
{
    static const uint8_t tree[] = {
        2, 1,
        0, 1, 20, 0, 5,  1, 0, 0, 8, 9,
        100, 30, (uint8_t)-4,
    };
    const sotto_forest forest = {1, 0, tree};
    int32_t features[SOTTO_FEATURES] = {20, 2049};
    int64_t terms[SOTTO_FEATURES];
    CHECK_EQ(sotto_trees_ask(&forest, features), 60);
    sotto_trees_explain(&forest, features, terms);
    CHECK_EQ(terms[0], 2 * 4);
    CHECK_EQ(terms[1], 2 * 21);
    features[1] = 2048;
    CHECK_EQ(sotto_trees_ask(&forest, features), 200);
    features[0] = 21;
    CHECK_EQ(sotto_trees_ask(&forest, features), -8);
}

/* The largest sum that opens stays in 31 bits. */
TEST(the_largest_trees)
{
    uint8_t *trees = malloc(512 * 9);
    REQUIRE(trees != NULL);
    for (uint32_t i = 0; i < 512; i++) {
        static const uint8_t lowest[9] = {1, 12, 0, 0, 0, 0, 0x80, 0x80, 0x7F};
        memcpy(trees + 9 * i, lowest, 9);
    }
    const sotto_forest forest = {512, 24, trees};
    int32_t features[SOTTO_FEATURES] = {0};
    CHECK_EQ(sotto_trees_ask(&forest, features), -128 * 4096 * 512);
    features[0] = 1;
    CHECK_EQ(sotto_trees_ask(&forest, features), 127 * 4096 * 512);
    free(trees);
}

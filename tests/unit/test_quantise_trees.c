/*
 * test_quantise_trees.c - the integers of trees say what the trees said
 */
#include "test.h"

#include "model/reranker.h"
#include "train/quantise_trees.h"
#include "train/random.h"

#include <math.h>

static sotto_boosted_tree trees[40];
static sotto_random chance;

static double between(double low, double high)
{
    return low + (high - low) * (double)sotto_random_share(&chance);
}

/* A random tree: leaves are split until there are enough, as LightGBM does it. */
static void grow(sotto_boosted_tree *tree, uint32_t splits, double size)
{
    *tree = (sotto_boosted_tree){.split_count = splits};
    for (uint32_t split = 0; split < splits; split++) {
        uint32_t leaf = sotto_random_below(&chance, split + 1);
        for (uint32_t i = 0; i < split; i++) { /* who led to this leaf leads to the split */
            tree->left[i] = (int8_t)(tree->left[i] == ~(int)leaf ? (int)split : tree->left[i]);
            tree->right[i] = (int8_t)(tree->right[i] == ~(int)leaf ? (int)split : tree->right[i]);
        }
        tree->left[split] = (int8_t)~(int)leaf;
        tree->right[split] = (int8_t)~(int)(split + 1);
        tree->features[split] = (uint8_t)sotto_random_below(&chance, SOTTO_FEATURES);
        tree->thresholds[split] = floor(between(-900, 900)) + 0.5;
    }
    for (uint32_t leaf = 0; leaf <= splits; leaf++) {
        tree->values[leaf] = between(-size, size);
        tree->counts[leaf] = 1 + (double)sotto_random_below(&chance, 1000);
    }
}

static double ask(const sotto_boosted_tree *tree, const double *features)
{
    int at = 0;
    while (at >= 0) {
        bool left = features[tree->features[at]] <= tree->thresholds[at];
        at = left ? tree->left[at] : tree->right[at];
    }
    return tree->values[~at];
}

static double ask_quantised(const sotto_quantised_trees *quantised, uint32_t number,
                            const double *features)
{
    const sotto_tree_content *tree = &quantised->trees[number];
    uint32_t split = 0, leaf = 0, below = tree->split_count;
    while (below > 0) {
        uint32_t left = tree->splits[split].left_count;
        if (features[tree->splits[split].feature] <= tree->splits[split].threshold) {
            split += 1;
            below = left;
        } else {
            split += 1 + left;
            leaf += left + 1;
            below -= 1 + left;
        }
    }
    return ldexp(tree->leaves[leaf], (int)tree->scale - (int)quantised->shift);
}

/* Later trees say less; each is as exact as seven bits allow. */
TEST(each_tree_says_what_it_said)
{
    chance = sotto_random_start(7);
    double size = 2;
    for (uint32_t i = 0; i < 40; i++, size *= 0.85) {
        grow(&trees[i], 1 + i % 63, size);
    }
    sotto_quantised_trees quantised;
    REQUIRE(sotto_quantise_trees(&(sotto_boosted){trees, 40}, &quantised));
    CHECK_EQ(quantised.count, 40);
    uint64_t bytes = 8;
    size = 2;
    for (uint32_t i = 0; i < 40; i++, size *= 0.85) {
        ROW("tree %u", i);
        CHECK_EQ(quantised.trees[i].split_count, trees[i].split_count);
        CHECK(quantised.trees[i].scale <= 12);
        bytes += 3 + 6 * trees[i].split_count;
        for (uint32_t turn = 0; turn < 200; turn++) {
            double features[SOTTO_FEATURES];
            for (uint32_t k = 0; k < SOTTO_FEATURES; k++) {
                features[k] = floor(between(-1000, 1000));
            }
            double error = ask_quantised(&quantised, i, features) - ask(&trees[i], features);
            CHECK(fabs(error) <= size / 120);
        }
    }
    CHECK_EQ(sotto_quantised_trees_size(&quantised), bytes);
    sotto_quantised_trees_free(&quantised);
}

/* Two leaves of 1 and 3 examples: what would be said without asking is nearer to the second. */
TEST(a_split_is_the_mean_of_what_is_below)
{
    const sotto_boosted_tree tree = {
        1, {5}, {7.9}, {-1}, {-2}, {-0.4, 0.8}, {100, 300},
    };
    sotto_quantised_trees quantised;
    REQUIRE(sotto_quantise_trees(&(sotto_boosted){(sotto_boosted_tree *)&tree, 1}, &quantised));
    const sotto_tree_content *got = &quantised.trees[0];
    CHECK_EQ(quantised.shift - got->scale, 7);
    CHECK_EQ(got->splits[0].threshold, 7);
    CHECK_EQ(got->splits[0].value, 64);  /* 0.5 */
    CHECK_EQ(got->leaves[0], -51);
    CHECK_EQ(got->leaves[1], 102);
    sotto_quantised_trees_free(&quantised);
}

TEST(thresholds_and_values_beyond_all_measure)
{
    sotto_boosted_tree extreme[3] = {
        {1, {0}, {-1e9}, {-1}, {-2}, {5e5, -5e5}, {0, 0}},
        {1, {0}, {1e9}, {-1}, {-2}, {1e-12, 0}, {1, 1}},
        {1, {0}, {-0.5}, {-1}, {-2}, {0.3, -0.3}, {1, 1}},
    };
    sotto_quantised_trees quantised;
    REQUIRE(sotto_quantise_trees(&(sotto_boosted){extreme, 3}, &quantised));
    CHECK_EQ(quantised.trees[0].splits[0].threshold, INT16_MIN);
    CHECK_EQ(quantised.trees[1].splits[0].threshold, INT16_MAX);
    CHECK_EQ(quantised.trees[2].splits[0].threshold, -1);
    CHECK_EQ(quantised.trees[0].leaves[0], 122); /* times 4,096 */
    CHECK_EQ(quantised.trees[0].leaves[1], -122);
    CHECK_EQ(quantised.trees[0].scale, 12);
    CHECK(quantised.shift <= 24);
    sotto_quantised_trees_free(&quantised);
}

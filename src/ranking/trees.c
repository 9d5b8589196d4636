/*
 * trees.c - the boosted trees that order candidates
 *
 * A tree is a game of questions: is this feature at most so much? Each answer leads to the next
 * question, until there is none and a number is given. The score is the sum of those numbers.
 *
 * What did a feature add? A split has a value of its own, the mean of what is below it over the
 * candidates of training. Each answer takes the candidate from one such mean to another, and the
 * step is due to the feature that was asked:
 *
 *     +5 --- price <= 20? ---> +9 --- seen? ---> +30      price: +4, seen: +21
 *
 * The steps lead from the mean of the whole tree, a constant, to the number it gives, so that the
 * terms are what the score is the sum of, as they are for a network (rerank.c).
 */
#include "ranking/trees.h"

enum { SPLIT_SIZE = 5, VALUE = 4 };

/* Where a walk down a tree has got to. */
typedef struct tree_walk {
    const uint8_t *split, *leaf; /* the first ones below here */
    uint32_t       below;        /* splits there; 0: it is a leaf */
    uint32_t       scale;
    const uint8_t *end;          /* of the tree */
} tree_walk;

static tree_walk begin(const uint8_t *tree)
{
    uint32_t count = tree[0];
    const uint8_t *leaves = tree + 2 + SPLIT_SIZE * count;
    return (tree_walk){tree + 2, leaves, count, tree[1], leaves + count + 1};
}

/* What is on the right stands behind what is on the left. Without a branch: it would be a guess. */
static void answer(tree_walk *walk, const int32_t *features)
{
    const uint8_t *split = walk->split;
    bool is_right = features[split[0]] > (int16_t)sotto_load_u16(split + 2);
    uint32_t left = split[1];
    uint32_t passed = is_right ? left : 0;
    walk->split = split + SPLIT_SIZE * (1 + passed);
    walk->leaf += is_right ? left + 1 : 0;
    walk->below = is_right ? walk->below - 1 - left : left;
}

/* What the walk is worth where it is. */
static int32_t value_at(const tree_walk *walk)
{
    const uint8_t *value = walk->below > 0 ? walk->split + VALUE : walk->leaf;
    return (int8_t)*value * (1 << walk->scale);
}

int32_t sotto_trees_ask(const sotto_forest *forest, const int32_t *features)
{
    int32_t score = 0;
    const uint8_t *tree = forest->trees;
    for (uint32_t i = 0; i < forest->tree_count; i++) {
        tree_walk walk = begin(tree);
        while (walk.below > 0) {
            answer(&walk, features);
        }
        score += value_at(&walk);
        tree = walk.end;
    }
    return score;
}

void sotto_trees_explain(const sotto_forest *forest, const int32_t *features,
                         int64_t terms[SOTTO_FEATURES])
{
    const uint8_t *tree = forest->trees;
    memset(terms, 0, SOTTO_FEATURES * sizeof *terms);
    for (uint32_t i = 0; i < forest->tree_count; i++) {
        tree_walk walk = begin(tree);
        while (walk.below > 0) {
            int32_t before = value_at(&walk);
            uint32_t feature = *walk.split;
            answer(&walk, features);
            terms[feature] += value_at(&walk) - before;
        }
        tree = walk.end;
    }
}

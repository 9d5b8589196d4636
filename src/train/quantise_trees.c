/*
 * quantise_trees.c - boosted trees as the integers that are published
 *
 * Features are whole numbers, so "at most 8114.5" is "at most 8114" and nothing is lost. Values get
 * eight bits and, for each tree, a power of two of its own: what the later trees add becomes smaller
 * and smaller, and should not be rounded as coarsely as what the first ones say.
 *
 *     value = code * 2^scale / 2^shift       code -127 to 127, scale 0 to 12 by tree, one shift
 *
 * A split is given the mean of the leaves below it, weighted by how many examples ended there: what
 * would have been said without asking further.
 */
#include "train/quantise_trees.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHIFT_MAX 24
#define SCALE_MAX 12
#define CODE_MAX  127.0

/* The finest power of two in which the values of a tree fit into a code: they are times 2^this. */
static int finest(const sotto_boosted_tree *tree)
{
    double most = 1e-9;
    for (uint32_t i = 0; i <= tree->split_count; i++) {
        double size = fabs(tree->values[i]);
        most = size > most ? size : most;
    }
    return (int)floor(log2(CODE_MAX / most));
}

static int8_t code_of(double value, int bits)
{
    double code = floor(ldexp(value, bits) + 0.5);
    return (int8_t)(code > CODE_MAX ? CODE_MAX : code < -CODE_MAX ? -CODE_MAX : code);
}

static int16_t whole_threshold(double threshold)
{
    double whole = floor(threshold);
    return (int16_t)(whole > INT16_MAX ? INT16_MAX : whole < INT16_MIN ? INT16_MIN : whole);
}

/* What has been written of a tree. */
typedef struct tree_writer {
    const sotto_boosted_tree *from;
    sotto_tree_content       *to;
    uint32_t                  splits, leaves;
    int                       bits; /* values are times 2^this */
} tree_writer;

/* The sum of values below a child, each times its weight; and the weight. */
typedef struct weighted {
    double sum, weight;
} weighted;

/* Writes a child and all below it; at most 63 deep. */
static weighted write_below(tree_writer *writer, int child)
{
    const sotto_boosted_tree *from = writer->from;
    if (child < 0) {
        double weight = from->counts[~child] + 1e-3; /* a leaf that nothing fell into is one, too */
        writer->to->leaves[writer->leaves++] = code_of(from->values[~child], writer->bits);
        return (weighted){from->values[~child] * weight, weight};
    }
    sotto_tree_split *split = &writer->to->splits[writer->splits++];
    uint32_t before = writer->splits;
    weighted left = write_below(writer, from->left[child]);
    split->feature = from->features[child];
    split->threshold = whole_threshold(from->thresholds[child]);
    split->left_count = (uint8_t)(writer->splits - before);
    weighted right = write_below(writer, from->right[child]);
    weighted both = {left.sum + right.sum, left.weight + right.weight};
    split->value = code_of(both.sum / both.weight, writer->bits);
    return both;
}

bool sotto_quantise_trees(const sotto_boosted *boosted, sotto_quantised_trees *quantised)
{
    int most = 0, least = SHIFT_MAX;
    *quantised = (sotto_quantised_trees){calloc(boosted->count + 1, sizeof *quantised->trees), 0, 0};
    if (quantised->trees == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < boosted->count; i++) {
        int bits = finest(&boosted->trees[i]);
        most = bits > most ? bits : most;
        least = bits < least ? bits : least;
    }
    /* Between the finest and the coarsest tree there can be so much and no more. */
    int shift = most > least + SCALE_MAX ? least + SCALE_MAX : most;
    shift = shift > SHIFT_MAX ? SHIFT_MAX : shift < 0 ? 0 : shift;
    for (uint32_t i = 0; i < boosted->count; i++) {
        sotto_tree_content *tree = &quantised->trees[i];
        int scale = shift - finest(&boosted->trees[i]);
        scale = scale < 0 ? 0 : scale > SCALE_MAX ? SCALE_MAX : scale;
        tree_writer writer = {&boosted->trees[i], tree, 0, 0, shift - scale};
        write_below(&writer, 0);
        tree->split_count = writer.splits;
        tree->scale = (uint32_t)scale;
    }
    quantised->count = boosted->count;
    quantised->shift = (uint32_t)shift;
    return true;
}

void sotto_quantised_trees_free(sotto_quantised_trees *quantised)
{
    free(quantised->trees);
    *quantised = (sotto_quantised_trees){NULL, 0, 0};
}

uint64_t sotto_quantised_trees_size(const sotto_quantised_trees *quantised)
{
    uint64_t size = 8;
    for (uint32_t i = 0; i < quantised->count; i++) {
        size += 2 + 6ull * quantised->trees[i].split_count + 1;
    }
    return size;
}

/*
 * forest.c - opening the trees that order candidates
 *
 * A tree is stored in the order in which one would draw it: a split, all that is left of it, all
 * that is right of it. Each split says how many splits there are on its left, and what remains is
 * on its right:
 *
 *         0               split        0  1  2  3
 *       /   \             left_count   2  0  0  0
 *      1     3
 *     / \   / \           leaves stand from left to right: a b c d e
 *    a   2 d   e
 *       / \
 *      b   c
 *
 * So there are no pointers, and nothing that could lead in a circle or out of the tree: it is enough
 * that no split claims more for its left than there is below it.
 */
#include "model/forest.h"

static void read_tree(sotto_reader *reader, uint32_t known)
{
    uint32_t below[SOTTO_TREE_MAX_SPLITS + 1]; /* by split: how many splits it is the first of */
    uint32_t count = sotto_reader_number(reader, 1, 1, SOTTO_TREE_MAX_SPLITS);
    sotto_reader_number(reader, 1, 0, SOTTO_TREE_MAX_SCALE);
    below[0] = count;
    for (uint32_t i = 0; i < count && reader->status == SOTTO_OK; i++) {
        sotto_reader_number(reader, 1, 0, known - 1);
        uint32_t left = sotto_reader_number(reader, 1, 0, below[i] - 1);
        uint32_t right = below[i] - 1 - left;
        sotto_reader_take(reader, 3); /* threshold and value may be anything */
        if (left > 0) {
            below[i + 1] = left;
        }
        if (right > 0) {
            below[i + 1 + left] = right;
        }
    }
    sotto_reader_take(reader, count + 1);
}

void sotto_forest_open(sotto_forest *forest, sotto_reranker *reranker, sotto_reader *reader,
                       uint32_t known)
{
    sotto_reranker_open_counts(reranker, reader);
    forest->shift = sotto_reader_number(reader, 1, 0, SOTTO_FOREST_MAX_SHIFT);
    forest->tree_count = sotto_reader_number(reader, 2, 1, SOTTO_FOREST_MAX_TREES);
    forest->trees = sotto_reader_take(reader, 0);
    for (uint32_t i = 0; i < forest->tree_count; i++) {
        read_tree(reader, known);
    }
    sotto_reader_finish(reader);
}

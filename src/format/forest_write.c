/*
 * forest_write.c - the trees that order candidates (native only)
 *
 * A tree comes as it is stored: splits from the first down, always all that is left of one before
 * what is right of it. The limits are those that the reader checks.
 */
#include "format/ranker_write.h"

enum { TREES_MAX = 512, SCALE_MAX = 12, SHIFT_MAX = 24, FEATURES_MAX = 64 };

static const char *refuse_tree(const sotto_tree_content *tree)
{
    uint32_t below[SOTTO_TREE_SPLITS + 1] = {tree->split_count}; /* splits it is the first of */
    if (tree->split_count < 1 || tree->split_count > SOTTO_TREE_SPLITS || tree->scale > SCALE_MAX) {
        return "a tree does not have 1 to 63 splits, or too large a scale";
    }
    for (uint32_t i = 0; i < tree->split_count; i++) {
        const sotto_tree_split *split = &tree->splits[i];
        if (split->left_count >= below[i] || split->feature >= FEATURES_MAX) {
            return "a split of a tree has more on its left than there is, or an unknown feature";
        }
        uint32_t right = below[i] - 1 - split->left_count;
        if (split->left_count > 0) {
            below[i + 1] = split->left_count;
        }
        if (right > 0) {
            below[i + 1 + split->left_count] = right;
        }
    }
    return NULL;
}

const char *sotto_forest_write(sotto_buffer *buffer, const sotto_ranker_content *content)
{
    if (content->vector_count > 256 || content->table_count > 256 || content->session_count > 20) {
        return "the re-ranker is to take too many candidates";
    }
    if (content->feature_count > 0 || content->tree_count > TREES_MAX ||
        content->tree_shift > SHIFT_MAX) {
        return "there are too many trees, too large a shift, or a network besides";
    }
    sotto_buffer_u16(buffer, content->vector_count);
    sotto_buffer_u16(buffer, content->table_count);
    sotto_buffer_u8(buffer, content->session_count);
    sotto_buffer_u8(buffer, content->tree_shift);
    sotto_buffer_u16(buffer, content->tree_count);
    for (uint32_t i = 0; i < content->tree_count; i++) {
        const sotto_tree_content *tree = &content->trees[i];
        const char *refusal = refuse_tree(tree);
        if (refusal != NULL) {
            return refusal;
        }
        sotto_buffer_u8(buffer, tree->split_count);
        sotto_buffer_u8(buffer, tree->scale);
        for (uint32_t k = 0; k < tree->split_count; k++) {
            sotto_buffer_u8(buffer, tree->splits[k].feature);
            sotto_buffer_u8(buffer, tree->splits[k].left_count);
            sotto_buffer_u16(buffer, (uint16_t)tree->splits[k].threshold);
            sotto_buffer_u8(buffer, (uint8_t)tree->splits[k].value);
        }
        sotto_buffer_add(buffer, tree->leaves, tree->split_count + 1);
    }
    return NULL;
}

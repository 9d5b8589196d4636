/*
 * tree_file.c - boosted trees as LightGBM writes them
 *
 *     tree                          what kind of model it is, then a block for each tree:
 *     version=v4
 *     num_class=1                       Tree=0
 *     num_tree_per_iteration=1          num_leaves=3
 *     max_feature_idx=37                num_cat=0
 *     ...                               split_feature=21 0
 *                                       threshold=-2407.5 8114.5
 *                                       decision_type=2 2
 *                                       left_child=-1 -2
 *                                       right_child=1 -3
 *                                       leaf_value=-0.11 -0.02 0.3
 *                                       leaf_count=910 400 72
 *                                       ...
 *     end of trees
 *
 * A child of 0 or more is a split, one below 0 is the leaf ~child. What asks otherwise than "at
 * most?" is refused: categories, zeros that stand for missing values, linear leaves. (Missing values
 * that are no number do not matter; there are none.) Lines that nobody needs here are passed over.
 */
#include "train/tree_file.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE_LIMIT (64u << 20)
#define ROOM       (SOTTO_BOOSTED_SPLITS + 1)

enum { FEATURE, THRESHOLD, DECISION, LEFT, RIGHT, VALUE, COUNT, FIELDS };

/* Lists of a tree: one number for each split, or for each leaf. */
static const struct {
    const char *key;
    bool        of_leaves, whole;
    double      least, most;
} fields[FIELDS] = {
    [FEATURE] = {"split_feature", false, true, 0, 254},
    [THRESHOLD] = {"threshold", false, false, -1e300, 1e300},
    [DECISION] = {"decision_type", false, true, 0, 255},
    [LEFT] = {"left_child", false, true, -(double)ROOM, SOTTO_BOOSTED_SPLITS - 1},
    [RIGHT] = {"right_child", false, true, -(double)ROOM, SOTTO_BOOSTED_SPLITS - 1},
    [VALUE] = {"leaf_value", true, false, -5e5, 5e5},
    [COUNT] = {"leaf_count", true, true, 0, 1e15},
};

typedef struct tree_reader {
    const char        *path;
    char              *text, *next; /* owned; what has not been read of it */
    char              *line;        /* the last one read */
    uint32_t           line_number;
    uint32_t           feature_count, tree_room;
    sotto_boosted     *boosted;
    sotto_train_fault *fault;
} tree_reader;

/* A tree as far as it has been read. */
typedef struct tree_block {
    uint32_t leaf_count; /* 0: not said yet */
    bool     given[FIELDS];
    double   numbers[FIELDS][ROOM];
} tree_block;

/* ---- lines ----------------------------------------------------------------------------------- */

static bool refuse(const tree_reader *reader, const char *why)
{
    sotto_fault_set(reader->fault, "%s:%u: %s", reader->path, reader->line_number, why);
    return sotto_fault_hint(reader->fault, "trees are read as LightGBM 4 saves them, learned from "
                                           "what --examples writes");
}

static bool load(tree_reader *reader)
{
    FILE *file = fopen(reader->path, "rb");
    if (file == NULL) {
        return sotto_fault_set(reader->fault, "%s: cannot be opened: %s", reader->path,
                               strerror(errno));
    }
    size_t size = 0, room = 1u << 16, got = 1;
    while (got > 0 && size <= SIZE_LIMIT) {
        char *grown = size + 1 >= room || reader->text == NULL
                          ? realloc(reader->text, room *= 2) : reader->text;
        if (grown == NULL) {
            break;
        }
        reader->text = grown;
        got = fread(reader->text + size, 1, room - size - 1, file);
        size += got;
    }
    bool failed = ferror(file) != 0;
    fclose(file);
    if (failed || got > 0) {
        return sotto_fault_set(reader->fault, "%s: %s", reader->path,
                               failed ? "cannot be read" : "too large for a file of trees");
    }
    reader->text[size] = '\0';
    reader->next = reader->text;
    return true;
}

/* Ends the next line with a zero; false if there is none. */
static bool next_line(tree_reader *reader)
{
    reader->line = reader->next;
    if (reader->line == NULL || *reader->line == '\0') {
        return false;
    }
    reader->line_number++;
    char *end = strchr(reader->line, '\n');
    reader->next = end != NULL ? end + 1 : NULL;
    if (end != NULL) {
        *end = '\0';
        if (end > reader->line && end[-1] == '\r') {
            end[-1] = '\0';
        }
    }
    return true;
}

/* What stands behind "key=" in the line, or NULL. */
static const char *value_of(const tree_reader *reader, const char *key)
{
    size_t size = strlen(key);
    bool is_key = strncmp(reader->line, key, size) == 0 && reader->line[size] == '=';
    return is_key ? reader->line + size + 1 : NULL;
}

static bool read_number(const char **text, double *number)
{
    char *end;
    *number = strtod(*text, &end);
    bool good = end != *text && isfinite(*number) && (*end == ' ' || *end == '\0');
    *text = *end == ' ' ? end + 1 : end;
    return good;
}

/* ---- the head -------------------------------------------------------------------------------- */

/* If the line has this key: whether what it says is one of two texts; true for other lines. */
static bool is_allowed(const tree_reader *reader, const char *key, const char *a, const char *b)
{
    const char *value = value_of(reader, key);
    return value == NULL || strcmp(value, a) == 0 || strcmp(value, b) == 0;
}

/* Up to the first "Tree=0". */
static bool read_head(tree_reader *reader)
{
    bool version = false;
    if (!next_line(reader) || strcmp(reader->line, "tree") != 0) {
        reader->line_number = 1;
        return refuse(reader, "this is no file of trees: its first line is not \"tree\"");
    }
    while (next_line(reader) && value_of(reader, "Tree") == NULL) {
        version = version || value_of(reader, "version") != NULL;
        const char *features = value_of(reader, "max_feature_idx");
        double last = 0;
        if (!is_allowed(reader, "version", "v3", "v4")) {
            return refuse(reader, "not version v3 or v4 of the file");
        }
        if (!is_allowed(reader, "num_class", "1", "1")
            || !is_allowed(reader, "num_tree_per_iteration", "1", "1")) {
            return refuse(reader, "the trees give more than one score");
        }
        if (strcmp(reader->line, "average_output") == 0) {
            return refuse(reader, "the trees are to be averaged (a random forest), not added up");
        }
        if (features != NULL && (!read_number(&features, &last) || last < 0
                                 || last >= reader->feature_count)) {
            return refuse(reader, "there are features that the core does not have");
        }
    }
    return (version && reader->line != NULL && value_of(reader, "Tree") != NULL)
           || refuse(reader, "the file ends before the first tree, or says no version");
}

/* ---- a tree ---------------------------------------------------------------------------------- */

static bool read_field(const tree_reader *reader, tree_block *block, int field, const char *text)
{
    uint32_t count = block->leaf_count - (fields[field].of_leaves ? 0 : 1);
    if (block->leaf_count == 0 || block->given[field]) {
        return refuse(reader, "a list stands before num_leaves, or twice");
    }
    for (uint32_t i = 0; i < count; i++) {
        double number;
        if (!read_number(&text, &number) || number < fields[field].least
            || number > fields[field].most || (fields[field].whole && number != floor(number))) {
            return refuse(reader, "a number is missing, none, or out of its range");
        }
        block->numbers[field][i] = number;
    }
    block->given[field] = true;
    return *text == '\0' || refuse(reader, "there are more numbers than splits or leaves");
}

static bool read_line(const tree_reader *reader, tree_block *block)
{
    const char *leaves = value_of(reader, "num_leaves");
    double count;
    if (leaves != NULL) {
        if (!read_number(&leaves, &count) || count < 1 || count > ROOM || count != floor(count)) {
            return refuse(reader, "a tree has more than 64 leaves, or none");
        }
        block->leaf_count = (uint32_t)count;
    }
    if (!is_allowed(reader, "num_cat", "0", "0")) {
        return refuse(reader, "a tree splits by categories; all features are numbers");
    }
    if (!is_allowed(reader, "is_linear", "0", "0")) {
        return refuse(reader, "a tree has linear leaves");
    }
    for (int field = 0; field < FIELDS && block->leaf_count != 1; field++) {
        const char *text = value_of(reader, fields[field].key);
        if (text != NULL && !read_field(reader, block, field, text)) {
            return false;
        }
    }
    return true;
}

static bool check_decisions(const tree_reader *reader, const tree_block *block)
{
    for (uint32_t i = 0; i + 1 < block->leaf_count; i++) {
        unsigned type = (unsigned)block->numbers[DECISION][i];
        if ((type & 1) != 0) {
            return refuse(reader, "a tree splits by categories; all features are numbers");
        }
        if ((type >> 2 & 3) == 1) {
            return refuse(reader, "a tree takes 0 for a missing value; learn with "
                                  "zero_as_missing=false");
        }
        if (block->numbers[FEATURE][i] >= reader->feature_count) {
            return refuse(reader, "a tree asks for a feature that the core does not have");
        }
    }
    return true;
}

/* Every split and every leaf must be met exactly once on the ways down from the first split. */
static bool is_tree(const tree_block *block)
{
    bool met_splits[ROOM] = {true}, met_leaves[ROOM] = {false};
    uint32_t waiting[ROOM] = {0}, count = 1, met = 1;
    while (count > 0) {
        uint32_t split = waiting[--count];
        for (int field = LEFT; field <= RIGHT; field++) {
            int child = (int)block->numbers[field][split];
            uint32_t number = (uint32_t)(child < 0 ? ~child : child);
            bool *seen = child < 0 ? met_leaves : met_splits;
            if (number >= block->leaf_count - (child < 0 ? 0 : 1) || seen[number]) {
                return false;
            }
            seen[number] = true;
            met++;
            if (child >= 0) {
                waiting[count++] = number;
            }
        }
    }
    return met == 2 * block->leaf_count - 1;
}

static bool keep(tree_reader *reader, const tree_block *block)
{
    sotto_boosted *boosted = reader->boosted;
    if (boosted->count == SOTTO_BOOSTED_TREES) {
        return refuse(reader, "there are more than 512 trees");
    }
    if (boosted->count == reader->tree_room) {
        uint32_t room = 2 * reader->tree_room + 16;
        sotto_boosted_tree *trees = realloc(boosted->trees, room * sizeof *trees);
        if (trees == NULL) {
            return refuse(reader, "not enough memory for more trees");
        }
        boosted->trees = trees;
        reader->tree_room = room;
    }
    sotto_boosted_tree *tree = &boosted->trees[boosted->count++];
    *tree = (sotto_boosted_tree){.split_count = block->leaf_count - 1};
    for (uint32_t i = 0; i < tree->split_count; i++) {
        tree->features[i] = (uint8_t)block->numbers[FEATURE][i];
        tree->thresholds[i] = block->numbers[THRESHOLD][i];
        tree->left[i] = (int8_t)block->numbers[LEFT][i];
        tree->right[i] = (int8_t)block->numbers[RIGHT][i];
    }
    memcpy(tree->values, block->numbers[VALUE], sizeof tree->values);
    memcpy(tree->counts, block->numbers[COUNT], sizeof tree->counts);
    return true;
}

/* At the end of a block. */
static bool finish_tree(tree_reader *reader, const tree_block *block)
{
    if (block->leaf_count == 1) {
        return true; /* the same for all: it orders nothing */
    }
    for (int field = 0; field < FIELDS; field++) {
        if (!block->given[field]) {
            return refuse(reader, "the tree that ends here lacks one of its lists");
        }
    }
    if (!check_decisions(reader, block)) {
        return false;
    }
    return is_tree(block) ? keep(reader, block)
                          : refuse(reader, "the tree that ends here is none: a child is met twice, "
                                           "never, or does not exist");
}

static bool read_trees(tree_reader *reader)
{
    tree_block *block = calloc(1, sizeof *block);
    bool good = block != NULL || refuse(reader, "not enough memory");
    bool ended = false;
    while (good && !ended && next_line(reader)) {
        ended = strcmp(reader->line, "end of trees") == 0;
        if (ended || value_of(reader, "Tree") != NULL) {
            good = finish_tree(reader, block);
            memset(block, 0, sizeof *block);
        } else {
            good = read_line(reader, block);
        }
    }
    free(block);
    return good && (ended || refuse(reader, "the file ends before its \"end of trees\""));
}

bool sotto_tree_file_read(const char *path, uint32_t feature_count, sotto_boosted *boosted,
                          sotto_train_fault *fault)
{
    tree_reader reader = {.path = path, .feature_count = feature_count, .boosted = boosted,
                          .fault = fault};
    *boosted = (sotto_boosted){NULL, 0};
    bool good = load(&reader) && read_head(&reader) && read_trees(&reader);
    good = good
           && (boosted->count > 0
               || sotto_fault_set(fault, "%s: there is no tree that asks anything", path));
    free(reader.text);
    if (!good) {
        sotto_boosted_free(boosted);
    }
    return good;
}

void sotto_boosted_free(sotto_boosted *boosted)
{
    free(boosted->trees);
    *boosted = (sotto_boosted){NULL, 0};
}

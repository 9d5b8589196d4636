/*
 * test_tree_file.c - trees as LightGBM writes them, and what else a file may say
 */
#include "temp_file.h"
#include "test.h"

#include "train/tree_file.h"

/* Two trees and, between them, one of a single leaf, as LightGBM 4.6 wrote them (shortened). */
static const char head[] = "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n"
                           "max_feature_idx=3\nobjective=lambdarank\n"
                           "feature_names=Column_0 Column_1 Column_2 Column_3\n"
                           "feature_infos=[0:9] none [-5:5] [0:1]\ntree_sizes=300 100 200\n\n";
static const char first[] =
    "Tree=0\nnum_leaves=3\nnum_cat=0\nsplit_feature=2 0\nsplit_gain=9.1 2\n"
    "threshold=-2407.5000000000005 1.0000000180025095e-35\ndecision_type=2 8\n"
    "left_child=-1 -2\nright_child=1 -3\nleaf_value=-0.11 -0.02 3.0000000000000004e-01\n"
    "leaf_weight=1 2 3\nleaf_count=910 400 72\ninternal_value=0 0.1\ninternal_weight=0 1\n"
    "internal_count=1382 472\nis_linear=0\nshrinkage=0.1\n\n\n";
static const char single[] = "Tree=1\nnum_leaves=1\nnum_cat=0\nsplit_feature=\nleaf_value=0\n\n\n";
static const char second[] =
    "Tree=2\r\nnum_leaves=2\r\nnum_cat=0\r\nsplit_feature=3\r\nthreshold=0.5\r\n"
    "decision_type=0\r\nleft_child=-1\r\nright_child=-2\r\nleaf_value=0.25 -1\r\n"
    "leaf_count=3 4\r\nshrinkage=0.1\r\n\r\n";
static const char tail[] = "end of trees\n\nfeature_importances:\nColumn_2=1\n\nparameters:\n[a: b]\n";

static sotto_boosted boosted;
static sotto_train_fault fault;

static bool read_text(const char *text, size_t size)
{
    const char *path = temp_file("trees.txt", text, size);
    return sotto_tree_file_read(path, 4, &boosted, &fault);
}

static const char *whole(void)
{
    static char text[4096];
    snprintf(text, sizeof text, "%s%s%s%s%s", head, first, single, second, tail);
    return text;
}

TEST(what_is_asked_and_said)
{
    REQUIRE(read_text(whole(), strlen(whole())));
    REQUIRE(boosted.count == 2);
    const sotto_boosted_tree *tree = &boosted.trees[0];
    CHECK_EQ(tree->split_count, 2);
    CHECK_EQ(tree->features[0], 2);
    CHECK_EQ(tree->features[1], 0);
    CHECK(tree->thresholds[0] < -2407.4 && tree->thresholds[0] > -2407.6);
    CHECK(tree->thresholds[1] > 0 && tree->thresholds[1] < 1e-30);
    CHECK_EQ(tree->left[0], -1);
    CHECK_EQ(tree->right[0], 1);
    CHECK_EQ(tree->right[1], -3);
    CHECK(tree->values[2] > 0.29 && tree->values[2] < 0.31);
    CHECK(tree->counts[0] == 910.0);
    CHECK_EQ(boosted.trees[1].split_count, 1);
    CHECK_EQ(boosted.trees[1].features[0], 3);
    CHECK(boosted.trees[1].values[1] == -1.0);
    sotto_boosted_free(&boosted);
}

/* One text of the file replaced by another: what is said then, and of which line. */
TEST(what_cannot_be_read)
{
    static const struct {
        const char *was, *is, *message;
    } rows[] = {
        {"tree\n", "forest\n", ":1: this is no file of trees"},
        {"version=v4", "version=v5", ":2: not version"},
        {"version=v4", "version=v2", ":2: not version"},
        {"version=v4\n", "", "says no version"},
        {"num_class=1", "num_class=3", "more than one score"},
        {"iteration=1", "iteration=2", "more than one score"},
        {"label_index=0", "average_output", "averaged"},
        {"feature_idx=3", "feature_idx=4", "features that the core does not have"},
        {"feature_idx=3", "feature_idx=", "features that the core does not have"},
        {"split_feature=2 0", "split_feature=4 0", "a feature that the core does not have"},
        {"split_feature=2 0", "split_feature=-1 0", ":15: a number is missing"},
        {"num_leaves=3", "num_leaves=65", "more than 64 leaves"},
        {"num_leaves=3", "num_leaves=0", "more than 64 leaves"},
        {"num_leaves=3", "num_leaves=99999999999", "more than 64 leaves"},
        {"num_leaves=3\n", "", "before num_leaves"},
        {"num_leaves=3", "num_leaves=2", "more numbers"},
        {"num_leaves=3", "num_leaves=4", "a number is missing"},
        {"num_cat=0", "num_cat=1", "by categories"},
        {"decision_type=2 8", "decision_type=2 9", "by categories"},
        {"decision_type=2 8", "decision_type=2 4", "missing value"},
        {"decision_type=2 8\n", "", "lacks one of its lists"},
        {"is_linear=0", "is_linear=1", "linear leaves"},
        {"-2407.5000000000005", "nan", "a number is missing"},
        {"-2407.5000000000005", "inf", "a number is missing"},
        {"-2407.5000000000005", "1e400", "a number is missing"},
        {"-2407.5000000000005", "x", "a number is missing"},
        {"-0.11 -0.02", "-0.11 NAN", "a number is missing"},
        {"-0.11 -0.02", "-0.11 6e5", "a number is missing"},
        {"leaf_count=910 400 72", "leaf_count=910 400 -1", "a number is missing"},
        {"leaf_count=910 400 72", "leaf_count=910 400 72\nleaf_count=910 400 72", "or twice"},
        {"left_child=-1 -2", "left_child=0 -2", "met twice"},       /* itself */
        {"left_child=-1 -2", "left_child=-1 0", "met twice"},       /* back up: a circle */
        {"left_child=-1 -2", "left_child=1 -2", "met twice"},       /* both ways to one split */
        {"left_child=-1 -2", "left_child=-1 -3", "met twice"},      /* both ways to one leaf */
        {"left_child=-1 -2", "left_child=2 -2", "does not exist"},
        {"left_child=-1 -2", "left_child=-4 -2", "does not exist"},
        {"right_child=1 -3", "right_child=-3 -2", "met twice, never"},
        {"left_child=-1 -2", "left_child=-1 -200", "a number is missing"},
        {"left_child=-1 -2", "left_child=-1 0.5", "a number is missing"},
        {"end of trees", "end of tre", "ends before its \"end of trees\""},
    };
    for (uint32_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[4096];
        const char *at = strstr(whole(), rows[i].was);
        REQUIRE(at != NULL);
        int size = snprintf(text, sizeof text, "%.*s%s%s", (int)(at - whole()), whole(), rows[i].is,
                            at + strlen(rows[i].was));
        ROW("%s", rows[i].is);
        CHECK(!read_text(text, (size_t)size));
        CHECK(boosted.trees == NULL);
        CHECK(strstr(fault.message, rows[i].message) != NULL);
    }
}

/* Wherever it is cut, there is an answer in words; only behind "end of trees" it is whole. */
TEST(a_file_that_was_cut)
{
    size_t size = strlen(whole());
    size_t enough = (size_t)(strstr(whole(), "end of trees") - whole()) + strlen("end of trees");
    for (size_t cut = 0; cut <= size; cut++) {
        ROW("%zu bytes", cut);
        CHECK_EQ(read_text(whole(), cut), cut >= enough);
        sotto_boosted_free(&boosted);
    }
}

TEST(bytes_of_any_kind)
{
    uint32_t random = 1;
    for (uint32_t turn = 0; turn < 20000; turn++) {
        char text[4096];
        size_t size = strlen(whole());
        memcpy(text, whole(), size);
        for (uint32_t i = 0; i < 1 + turn % 3; i++) {
            random = random * 1664525u + 1013904223u;
            static const char likely[] = "0123456789-. =\n\0eT";
            text[(random >> 8) % size] = likely[(random >> 3) % (sizeof likely - 1)];
        }
        ROW("turn %u", turn);
        if (read_text(text, size)) {
            for (uint32_t i = 0; i < boosted.count; i++) {
                CHECK(boosted.trees[i].split_count >= 1 && boosted.trees[i].split_count <= 63);
                CHECK(boosted.trees[i].features[0] < 4);
            }
            sotto_boosted_free(&boosted);
        }
    }
}

TEST(too_many_trees_and_none)
{
    size_t room = strlen(head) + 513 * strlen(second) + strlen(tail) + 1;
    char *text = malloc(room);
    REQUIRE(text != NULL);
    for (uint32_t count = 512; count <= 513; count++) {
        size_t size = (size_t)snprintf(text, room, "%s", head);
        for (uint32_t i = 0; i < count; i++) {
            size += (size_t)snprintf(text + size, room - size, "%s", second);
        }
        size += (size_t)snprintf(text + size, room - size, "%s", tail);
        CHECK_EQ(read_text(text, size), count == 512);
        CHECK_EQ(boosted.count, count == 512 ? 512 : 0);
        sotto_boosted_free(&boosted);
    }
    CHECK(strstr(fault.message, "more than 512 trees") != NULL);
    int size = snprintf(text, room, "%s%s%s", head, single, tail);
    CHECK(!read_text(text, (size_t)size));
    CHECK(strstr(fault.message, "no tree that asks anything") != NULL);
    CHECK(!sotto_tree_file_read("/nowhere/at/all", 4, &boosted, &fault));
    CHECK(strstr(fault.message, "cannot be opened") != NULL);
    free(text);
}

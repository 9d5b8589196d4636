/*
 * test_examples.c - the text of examples, and that nothing half-written is left
 */
#include "temp_file.h"
#include "test.h"

#include "train/examples.h"

#include <sys/stat.h>

static sotto_train_fault fault;

static const char *path_of(const char *end)
{
    static char path[160];
    snprintf(path, sizeof path, "%s/examples.txt%s", temp_folder(), end);
    return path;
}

static bool exists(const char *end)
{
    struct stat about;
    return stat(path_of(end), &about) == 0;
}

static const char *text_of(const char *end)
{
    static char text[512];
    FILE *file = fopen(path_of(end), "rb");
    size_t size = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;
    text[size] = '\0';
    if (file != NULL) {
        fclose(file);
    }
    return text;
}

static void add_two(sotto_examples *examples)
{
    static const int32_t features[2][12] = {
        {0, -1, 256, [11] = 40}, {INT32_MIN, [10] = INT32_MAX},
    };
    static const int32_t nothing[12] = {0};
    sotto_examples_add(examples, features[0], 12, 2, 1);
    sotto_examples_add(examples, nothing, 12, 1, 0);
}

TEST(a_line_for_each_candidate)
{
    sotto_examples examples;
    char path[160];
    snprintf(path, sizeof path, "%s", path_of(""));
    REQUIRE(sotto_examples_begin(&examples, path, &fault));
    add_two(&examples);
    CHECK(!exists(""));
    REQUIRE(sotto_examples_finish(&examples, true, &fault));
    CHECK_STR(text_of(""), "0 1:-1 2:256 11:40\n1 0:-2147483648 10:2147483647\n1\n");
    CHECK_STR(text_of(".query"), "2\n1\n");
    CHECK(!exists(".unfinished") && !exists(".query.unfinished"));
    unlink(path_of(""));
    unlink(path_of(".query"));
}

TEST(nothing_is_left_of_what_failed)
{
    sotto_examples examples;
    char path[160];
    snprintf(path, sizeof path, "%s", path_of(""));
    REQUIRE(sotto_examples_begin(&examples, path, &fault));
    add_two(&examples);
    CHECK(sotto_examples_finish(&examples, false, &fault));
    CHECK(!exists("") && !exists(".query"));
    CHECK(!exists(".unfinished") && !exists(".query.unfinished"));
    CHECK(!sotto_examples_begin(&examples, "/nowhere/at/all", &fault));
    CHECK(strstr(fault.message, "/nowhere/at/all: cannot be written") != NULL);
    REQUIRE(sotto_examples_begin(&examples, "/dev/full/not", &fault) == false);
}

TEST(no_path_no_files)
{
    sotto_examples examples;
    REQUIRE(sotto_examples_begin(&examples, NULL, &fault));
    add_two(&examples);
    CHECK(sotto_examples_finish(&examples, true, &fault));
}

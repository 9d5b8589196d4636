/*
 * examples.c - what a re-ranker learns from, as text that other programs read
 *
 * The form is LibSVM's, as LightGBM and its like take it: a candidate a line, in front 1 for what
 * came next and 0 for all others, then the features that are not 0 by their numbers (RANKING.md
 * 8.4), as the core computes them: whole numbers, not scaled. Which lines belong to one question is
 * in a file beside it: how many candidates each has.
 *
 *     FILE   0 0:9120 1:8811 2:4512 ...       FILE.query   171
 *            1 0:9003 1:9740 2:6208 ...                    164
 *
 * Both are written under other names and get theirs when they are whole.
 */
#include "train/examples.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX 1536u /* 64 features of " 63:-2147483648", and a little */

/* What the file is called; NULL without memory. */
static char *name_of(const sotto_examples *examples, int number, bool finished)
{
    char *name = NULL;
    int size = asprintf(&name, "%s%s%s", examples->path, number == 0 ? "" : ".query",
                        finished ? "" : ".unfinished");
    return size < 0 ? NULL : name;
}

bool sotto_examples_begin(sotto_examples *examples, const char *path, sotto_train_fault *fault)
{
    *examples = (sotto_examples){.path = path};
    for (int i = 0; path != NULL && i < 2; i++) {
        char *name = name_of(examples, i, false);
        examples->files[i] = name != NULL ? fopen(name, "wb") : NULL;
        free(name);
        if (examples->files[i] == NULL) {
            sotto_fault_set(fault, "%s: cannot be written: %s", path, strerror(errno));
            sotto_examples_finish(examples, false, NULL);
            return false;
        }
    }
    return true;
}

/* Writes " 17:-256". A file has hundreds of millions of digits; printf would take most of the time. */
static char *put_feature(char *to, uint32_t feature, int32_t value)
{
    char digits[12];
    uint32_t count = 0, left = value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
    *to++ = ' ';
    if (feature >= 10) {
        *to++ = (char)('0' + feature / 10);
    }
    *to++ = (char)('0' + feature % 10);
    *to++ = ':';
    if (value < 0) {
        *to++ = '-';
    }
    do {
        digits[count++] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    while (count > 0) {
        *to++ = digits[--count];
    }
    return to;
}

void sotto_examples_add(sotto_examples *examples, const int32_t *features, uint32_t feature_count,
                        uint32_t count, uint32_t right)
{
    if (examples->path == NULL) {
        return;
    }
    for (uint32_t row = 0; row < count; row++) {
        char line[LINE_MAX];
        char *end = line;
        *end++ = row == right ? '1' : '0';
        for (uint32_t i = 0; i < feature_count; i++) {
            int32_t value = features[(size_t)row * feature_count + i];
            end = value != 0 ? put_feature(end, i, value) : end;
        }
        *end++ = '\n';
        size_t size = (size_t)(end - line);
        bool written = fwrite(line, 1, size, examples->files[0]) == size;
        examples->failed = examples->failed || !written;
    }
    bool written = fprintf(examples->files[1], "%u\n", count) > 0;
    examples->failed = examples->failed || !written;
}

bool sotto_examples_finish(sotto_examples *examples, bool good, sotto_train_fault *fault)
{
    bool placed = good && !examples->failed;
    for (int i = 0; i < 2; i++) { /* closed before anything is renamed: that may fail, too */
        placed = examples->files[i] != NULL && fclose(examples->files[i]) == 0 && placed;
    }
    for (int i = 0; examples->path != NULL && i < 2; i++) {
        char *from = name_of(examples, i, false), *to = name_of(examples, i, true);
        bool named = from != NULL && to != NULL;
        placed = placed && named && rename(from, to) == 0;
        if (!placed && from != NULL && examples->files[i] != NULL) {
            remove(from);
        }
        free(from);
        free(to);
    }
    return !good || examples->path == NULL || placed
           || sotto_fault_set(fault, "%s: cannot be written: %s", examples->path, strerror(errno));
}

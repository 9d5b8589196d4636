/*
 * temp_file.h - files for tests that read files
 *
 * They stand in a folder of their own, which goes when the program ends.
 */
#ifndef SOTTO_TEST_TEMP_FILE_H
#define SOTTO_TEST_TEMP_FILE_H

#include "test.h"

#include <stdlib.h>
#include <unistd.h>

static char temp_names[64][128];
static unsigned temp_count;
static char temp_path[96];

static inline void temp_remove(void)
{
    for (unsigned i = 0; i < temp_count; i++) {
        unlink(temp_names[i]);
    }
    rmdir(temp_path);
}

/* The folder, made at the first call. */
static inline const char *temp_folder(void)
{
    if (temp_path[0] == '\0') {
        const char *base = getenv("TMPDIR");
        snprintf(temp_path, sizeof temp_path, "%.60s/sotto-test-XXXXXX", base ? base : "/tmp");
        if (mkdtemp(temp_path) == NULL) {
            perror(temp_path);
            exit(1);
        }
        atexit(temp_remove);
    }
    return temp_path;
}

/* Writes a file and returns its path, good until the program ends. */
static inline const char *temp_file(const char *name, const void *bytes, size_t size)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", temp_folder(), name);
    unsigned at = 0;
    while (at < temp_count && strcmp(temp_names[at], path) != 0) {
        at++;
    }
    if (at == sizeof temp_names / sizeof *temp_names) {
        fprintf(stderr, "too many files in one test program\n");
        exit(1);
    }
    memcpy(temp_names[at], path, sizeof path);
    temp_count = at == temp_count ? temp_count + 1 : temp_count;
    FILE *file = fopen(path, "wb");
    if (file == NULL || (size > 0 && fwrite(bytes, 1, size, file) != size) || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
    return temp_names[at];
}

static inline const char *temp_text(const char *name, const char *text)
{
    return temp_file(name, text, strlen(text));
}

#endif

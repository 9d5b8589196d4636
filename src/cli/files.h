/*
 * Files - whole files in, whole files out
 *
 * Reading refuses with a sentence. Writing goes beside the target and is renamed when every byte
 * is on the disk, so that nobody ever sees half a file and a full disk changes nothing.
 */
#ifndef SOTTO_CLI_FILES_H
#define SOTTO_CLI_FILES_H

#include "cli/pool.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Reads a file of at most `limit` bytes into the pool, with a zero after the end and aligned to
 * 16. On failure says why and returns NULL.
 */
const uint8_t *cli_file_read(cli_pool *pool, const char *path, size_t limit, size_t *size);

/* Whether something is there, and what. Says nothing. */
bool cli_file_exists(const char *path);
bool cli_folder_exists(const char *path);

/* Makes a folder and those above it; says why if it cannot. */
bool cli_folder_make(const char *path);

/*
 * Waits until nobody else has this folder locked, and says so if that is not at once. What is
 * answered goes to cli_folder_unlock; the program's end unlocks as well. Where the file system has no
 * locks it says so and goes on.
 */
int  cli_folder_lock(const char *path);
void cli_folder_unlock(int lock);

/* "a/b" + "c" is "a/b/c"; an absolute `name` stays as it is. */
char *cli_path_join(cli_pool *pool, const char *folder, const char *name);

/* The folder a path stands in ("." if none is written), and its last name. */
char *cli_path_folder(cli_pool *pool, const char *path);
const char *cli_path_name(const char *path);

/*
 * Batch - several files that appear together
 *
 * Each is written under another name beside its place. Committing renames them in the order they
 * were added; dropping removes them. An interrupted program drops its batch too.
 */
#define CLI_BATCH_MAX 64

typedef struct cli_batch {
    size_t count;
    struct {
        char *beside; /* NULL once renamed */
        char *path;
    } files[CLI_BATCH_MAX];
} cli_batch;

/* Writes one more file beside its place. On failure says why, drops the batch and returns false. */
bool cli_batch_add(cli_batch *batch, cli_pool *pool, const char *path, const void *bytes,
                   size_t size);

/* Puts all in their places. On failure says why and drops what is left. */
bool cli_batch_commit(cli_batch *batch);

void cli_batch_drop(cli_batch *batch);

/* A batch of one. `mode` as in chmod: 0666 (less the umask), or 0600 for a secret. */
bool cli_file_write(cli_pool *pool, const char *path, const void *bytes, size_t size);
bool cli_file_write_secret(cli_pool *pool, const char *path, const void *bytes, size_t size);

/* Catches SIGINT, SIGTERM and SIGHUP, so that files beside their place go away with the program. */
void cli_files_guard(void);

#endif

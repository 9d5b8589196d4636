/*
 * publish_runtime.c - the files a page runs: sotto.js, sotto.wasm and what they load later
 *
 * They come from --runtime, from $SOTTO_RUNTIME, from where they are built (beside the program,
 * and in wasm-out beside its folder) or from where they are installed (../share/sotto). The first
 * place that has a file wins, file by file.
 */
#include "cli/publish.h"

#include "cli/report.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PLACE_COUNT       4
#define RUNTIME_MAX_SIZE  (16u << 20)

typedef struct runtime_places {
    const char *folders[PLACE_COUNT];
    size_t      count;
} runtime_places;

static runtime_places find_places(cli_pool *pool, const char *wanted)
{
    runtime_places places = {{0}, 0};
    char program[PATH_MAX];
    const char *from_environment = getenv("SOTTO_RUNTIME");
    if (wanted || (from_environment && from_environment[0])) {
        places.folders[places.count++] = wanted ? wanted : from_environment;
        return places;
    }
    ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
    if (size > 0) {
        program[size] = '\0';
        const char *folder = cli_path_folder(pool, program);
        places.folders[places.count++] = cli_path_join(pool, folder, "web");
        places.folders[places.count++] = cli_path_join(pool, folder, "../wasm-out");
        places.folders[places.count++] = cli_path_join(pool, folder, "../share/sotto");
    }
    return places;
}

static const char *find_file(cli_pool *pool, const runtime_places *places, const char *name)
{
    for (size_t i = 0; i < places->count; i++) {
        const char *file = cli_path_join(pool, places->folders[i], name);
        if (cli_file_exists(file)) {
            return file;
        }
    }
    cli_error("%s: is not found, and a page needs it", name);
    for (size_t i = 0; i < places->count; i++) {
        cli_hint("looked in %s", places->folders[i]);
    }
    cli_hint("--runtime DIR says where it is; --no-runtime publishes without");
    return NULL;
}

static bool copy(cli_batch *batch, cli_pool *pool, const char *from, const char *folder,
                 uint64_t *bytes)
{
    size_t size;
    const uint8_t *content = cli_file_read(pool, from, RUNTIME_MAX_SIZE, &size);
    *bytes += content ? size : 0;
    const char *to = cli_path_join(pool, folder, cli_path_name(from));
    return content && cli_batch_add(batch, pool, to, content, size);
}

static bool ends_with(const char *name, const char *end)
{
    size_t size = strlen(name);
    size_t end_size = strlen(end);
    return size > end_size && strcmp(name + size - end_size, end) == 0;
}

/* What stands beside a file and is loaded by it only when it is asked for. */
static bool is_chunk(const char *name)
{
    return ends_with(name, ".js") && strcmp(name, "sotto.js") != 0;
}

/* The module for servers (WASI) is no page's. */
static bool is_later_module(const char *name)
{
    return strncmp(name, "sotto-", 6) == 0 && ends_with(name, ".wasm") && !strstr(name, "wasi");
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool copy_beside(cli_batch *batch, cli_pool *pool, const char *file, const char *folder,
                        bool (*is_wanted)(const char *), uint64_t *bytes)
{
    const char *names[CLI_BATCH_MAX];
    size_t count = 0;
    const char *from = cli_path_folder(pool, file);
    DIR *listing = opendir(from);
    for (struct dirent *entry; listing && (entry = readdir(listing)) != NULL;) {
        if (is_wanted(entry->d_name) && count < CLI_BATCH_MAX) {
            names[count++] = cli_path_join(pool, from, entry->d_name);
        }
    }
    if (listing) {
        closedir(listing);
    }
    qsort(names, count, sizeof names[0], by_name);
    for (size_t i = 0; i < count; i++) {
        if (!copy(batch, pool, names[i], folder, bytes)) {
            return false;
        }
    }
    return true;
}

bool cli_publish_runtime(cli_batch *batch, cli_pool *pool, const char *wanted, const char *folder,
                         uint64_t *bytes)
{
    runtime_places places = find_places(pool, wanted);
    const char *script = find_file(pool, &places, "sotto.js");
    const char *module = script ? find_file(pool, &places, "sotto.wasm") : NULL;
    *bytes = 0;
    return module && copy_beside(batch, pool, script, folder, is_chunk, bytes)
        && copy_beside(batch, pool, module, folder, is_later_module, bytes)
        && copy(batch, pool, module, folder, bytes) && copy(batch, pool, script, folder, bytes);
}

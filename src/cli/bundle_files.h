/*
 * Bundle files - a published folder, or one of its files, opened for asking
 */
#ifndef SOTTO_CLI_BUNDLE_FILES_H
#define SOTTO_CLI_BUNDLE_FILES_H

#include "cli/pool.h"
#include "model/bundle.h"

#include <stdbool.h>

#define CLI_MANIFEST_NAME  "manifest.sotto"
#define CLI_KIND_COUNT     (SOTTO_PICTURES + 1)
#define CLI_PART_MAX_SIZE  ((size_t)UINT32_MAX)
#define CLI_PART_NAME_SIZE 64

typedef struct cli_part_file {
    const char    *path;           /* NULL: there is no such part */
    const uint8_t *bytes;
    size_t         size;
} cli_part_file;

typedef struct cli_bundle_files {
    const char    *folder;
    bool           has_manifest;
    sotto_manifest manifest;
    const char    *manifest_path;
    cli_part_file  parts[CLI_KIND_COUNT];   /* by kind */
    sotto_bundle  *bundle;
    sotto_pictures pictures;       /* count 0: there are none */
} cli_bundle_files;

/* "model", "catalogue", "campaigns", "ranker" or "pictures". */
const char *cli_kind_name(sotto_kind kind);

/* "model.0123456789abcdef.sotto" */
void cli_part_name(char name[CLI_PART_NAME_SIZE], sotto_kind kind, const uint8_t sha256[32]);

/* Whether a file name looks like that. */
bool cli_part_name_is_ours(const char *name);

/* Reads and opens a manifest; says why if it cannot. */
bool cli_manifest_read(cli_pool *pool, const char *path, sotto_manifest *manifest);

/* Reads the parts a manifest names and compares sizes and SHA-256. */
bool cli_parts_read(cli_pool *pool, cli_bundle_files *files);

/* Opens what was read as one bundle. */
bool cli_bundle_open(cli_pool *pool, cli_bundle_files *files);

/* Whether a model file holds the sections of a ranker as well, as those of `sotto train` do. */
bool cli_has_ranker(const uint8_t *bytes, size_t size);

/* All three, for a folder that sotto publish wrote (or its manifest). */
bool cli_bundle_load(cli_pool *pool, const char *folder, cli_bundle_files *files);

/*
 * A bundle of a model file alone, with its ranker if a trainer left one in it; `name` is for
 * messages. NULL, having said why, if it does not open.
 */
sotto_bundle *cli_bundle_from_model(cli_pool *pool, const char *name, const void *bytes,
                                    size_t size);

#endif

/*
 * bundle_files.c - a published folder, or one of its files, opened for asking
 *
 * What a page does, a program does as well: the manifest first, then each part it names, by name,
 * size and hash, then all of them together.
 */
#include "cli/bundle_files.h"

#include "cli/files.h"
#include "cli/report.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

const char *cli_kind_name(sotto_kind kind)
{
    switch (kind) {
    case SOTTO_MODEL: return "model";
    case SOTTO_CATALOGUE: return "catalogue";
    case SOTTO_CAMPAIGNS: return "campaigns";
    case SOTTO_RANKER: return "ranker";
    case SOTTO_PICTURES: return "pictures";
    }
    return "unknown";
}

void cli_part_name(char name[CLI_PART_NAME_SIZE], sotto_kind kind, const uint8_t sha256[32])
{
    char hash[17];
    sodium_bin2hex(hash, sizeof hash, sha256, 8);
    snprintf(name, CLI_PART_NAME_SIZE, "%s.%s.sotto", cli_kind_name(kind), hash);
}

bool cli_part_name_is_ours(const char *name)
{
    for (int kind = SOTTO_MODEL; kind < CLI_KIND_COUNT; kind++) {
        const char *kind_name = cli_kind_name((sotto_kind)kind);
        size_t size = strlen(kind_name);
        if (strncmp(name, kind_name, size) == 0 && name[size] == '.') {
            const char *hash = name + size + 1;
            return strspn(hash, "0123456789abcdef") == 16 && strcmp(hash + 16, ".sotto") == 0;
        }
    }
    return false;
}

bool cli_manifest_read(cli_pool *pool, const char *path, sotto_manifest *manifest)
{
    size_t size;
    sotto_fault fault = {0};
    const uint8_t *bytes = cli_file_read(pool, path, SOTTO_MANIFEST_MAX_SIZE, &size);
    if (!bytes) {
        return false;
    }
    sotto_status status = sotto_manifest_open(manifest, bytes, size, &fault);
    return status == SOTTO_OK || cli_error_at(path, status, &fault);
}

static bool check_part(const cli_part_file *file, const sotto_manifest_part *part)
{
    uint8_t sha256[crypto_hash_sha256_BYTES];
    if (file->size != part->size) {
        cli_error("%s: %zu bytes, but the manifest promises %u", file->path, file->size,
                  part->size);
        cli_hint("the copy may be incomplete; publish or copy it again");
        return false;
    }
    crypto_hash_sha256(sha256, file->bytes, file->size);
    if (memcmp(sha256, part->sha256, sizeof sha256) != 0) {
        cli_error("%s: its SHA-256 is not the one in the manifest", file->path);
        cli_hint("the bytes changed after they were published; publish or copy it again");
        return false;
    }
    return true;
}

bool cli_parts_read(cli_pool *pool, cli_bundle_files *files)
{
    for (uint32_t i = 0; i < files->manifest.part_count; i++) {
        char name[CLI_PART_NAME_SIZE];
        sotto_manifest_part part = sotto_manifest_get(&files->manifest, i);
        if (part.kind < SOTTO_MODEL || part.kind >= CLI_KIND_COUNT) {
            continue;
        }
        cli_part_file *file = &files->parts[part.kind];
        cli_part_name(name, part.kind, part.sha256);
        file->path = cli_path_join(pool, files->folder, name);
        file->bytes = cli_file_read(pool, file->path, CLI_PART_MAX_SIZE, &file->size);
        if (!file->bytes || !check_part(file, &part)) {
            return false;
        }
    }
    return true;
}

static sotto_status open_part(cli_pool *pool, cli_bundle_files *files, sotto_kind kind,
                              sotto_fault *fault)
{
    const cli_part_file *file = &files->parts[kind];
    switch (kind) {
    case SOTTO_RANKER:
        return sotto_ranker_open(cli_pool_alloc(pool, 1, sotto_ranker_size()), files->bundle,
                                 file->bytes, file->size, fault);
    case SOTTO_PICTURES:
        return sotto_pictures_open(&files->pictures, files->bundle, file->bytes, file->size, fault);
    default:
        return sotto_bundle_open(files->bundle, kind, file->bytes, file->size, fault);
    }
}

bool cli_bundle_open(cli_pool *pool, cli_bundle_files *files)
{
    files->bundle = cli_pool_alloc(pool, 1, sotto_bundle_size());
    sotto_bundle_init(files->bundle);
    for (int kind = SOTTO_MODEL; kind < CLI_KIND_COUNT; kind++) {
        const cli_part_file *file = &files->parts[kind];
        sotto_fault fault = {0};
        if (!file->path) {
            continue;
        }
        sotto_status status = open_part(pool, files, (sotto_kind)kind, &fault);
        if (status != SOTTO_OK) {
            return cli_error_at(file->path, status, &fault);
        }
    }
    return true;
}

bool cli_has_ranker(const uint8_t *bytes, size_t size)
{
    uint32_t count = size > SOTTO_HEAD_SIZE ? bytes[SOTTO_HEAD_SECTION_COUNT] : 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t row = SOTTO_HEAD_SIZE + (size_t)i * SOTTO_ROW_ROW_SIZE;
        if (row < size && bytes[row] >= 'a' && bytes[row] <= 'z') {
            return true;
        }
    }
    return false;
}

bool cli_bundle_load(cli_pool *pool, const char *folder, cli_bundle_files *files)
{
    *files = (cli_bundle_files){.folder = folder};
    if (cli_file_exists(folder) && strcmp(cli_path_name(folder), CLI_MANIFEST_NAME) == 0) {
        files->folder = cli_path_folder(pool, folder);
    } else if (!cli_folder_exists(folder)) {
        cli_error("%s: no folder", folder);
        cli_hint("sotto publish SITE -o DIR writes one");
        return false;
    }
    files->manifest_path = cli_path_join(pool, files->folder, CLI_MANIFEST_NAME);
    if (!cli_file_exists(files->manifest_path)) {
        cli_error("%s: nothing is published here, there is no %s", files->folder,
                  CLI_MANIFEST_NAME);
        cli_hint("sotto publish SITE -o DIR writes one");
        return false;
    }
    files->has_manifest = cli_manifest_read(pool, files->manifest_path, &files->manifest);
    return files->has_manifest && cli_parts_read(pool, files) && cli_bundle_open(pool, files);
}

sotto_bundle *cli_bundle_from_model(cli_pool *pool, const char *name, const void *bytes,
                                    size_t size)
{
    cli_bundle_files files = {.folder = "."};
    files.parts[SOTTO_MODEL] = (cli_part_file){name, bytes, size};
    if (cli_has_ranker(bytes, size)) {
        files.parts[SOTTO_RANKER] = files.parts[SOTTO_MODEL];
    }
    return cli_bundle_open(pool, &files) ? files.bundle : NULL;
}

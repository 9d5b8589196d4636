/*
 * publish_folder.c - parts, manifest and runtime files in one folder
 *
 * Parts are named by their content, so a new one never disturbs an old one; only the manifest
 * changes in place, and it is renamed last. A page that has just read the old manifest must still
 * find the old parts: those stay until the publish after this one.
 *
 * Two runs at once take turns: the manifest's number follows the one before it, and what that one
 * names must not be removed.
 */
#include "cli/publish.h"

#include "cli/bundle_files.h"
#include "cli/report.h"

#include <dirent.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The manifest there is, if there is one. False if it cannot be read and so cannot be followed. */
static bool read_last(cli_pool *pool, const cli_publication *publication, const char *path,
                      sotto_manifest *last)
{
    *last = (sotto_manifest){0};
    if (!cli_file_exists(path)) {
        return true;
    }
    if (!cli_manifest_read(pool, path, last)) {
        *last = (sotto_manifest){0};
        if (publication->sequence) {
            cli_note("%s: is replaced", path);
            return true;
        }
        cli_hint("its sequence has to be followed; --sequence N goes on from your own records");
        return false;
    }
    if (last->shop != publication->shop) {
        cli_error("%s: another shop's bundle is published here", publication->folder);
        cli_hint("publish to a folder of its own, or mend shop.id in the site file");
        return false;
    }
    if (publication->sequence && publication->sequence <= last->sequence) {
        cli_error("--sequence %llu: the folder has %llu already, and pages never go back",
                  (unsigned long long)publication->sequence, (unsigned long long)last->sequence);
        return false;
    }
    return true;
}

static bool add_parts(cli_batch *batch, cli_pool *pool, cli_publication *publication,
                      sotto_manifest_part_content *parts, uint32_t *part_count)
{
    for (int kind = SOTTO_MODEL; kind < CLI_KIND_COUNT; kind++) {
        const sotto_bytes *bytes = &publication->parts[kind];
        sotto_manifest_part_content *part = &parts[*part_count];
        if (!bytes->bytes) {
            continue;
        }
        part->kind = (sotto_kind)kind;
        part->size = (uint32_t)bytes->size;
        crypto_hash_sha256(part->sha256, bytes->bytes, bytes->size);
        cli_part_name(publication->names[kind], part->kind, part->sha256);
        const char *path = cli_path_join(pool, publication->folder, publication->names[kind]);
        if (!cli_batch_add(batch, pool, path, bytes->bytes, bytes->size)) {
            return false;
        }
        (*part_count)++;
    }
    return true;
}

static bool add_manifest(cli_batch *batch, cli_pool *pool, const cli_publication *publication,
                         const sotto_manifest_part_content *parts, uint32_t part_count,
                         const char *path)
{
    const char *why = NULL;
    sotto_bytes bytes = {0};
    cli_key_pair *key = publication->key;
    sotto_manifest_content content = {
        .sequence = publication->sequence,
        .created_s = publication->created_s,
        .expires_s = publication->expires_s,
        .shop = publication->shop,
        .identity = publication->identity,
        .parts = parts,
        .part_count = part_count,
    };
    uint64_t key_id = key ? sotto_hash(key->public_key, sizeof key->public_key) : 0;
    sotto_status status = sotto_manifest_write(&content, key ? cli_keys_sign : NULL, key, key_id,
                                               &bytes, &why);
    bool good = status == SOTTO_OK
             || cli_error("no manifest can be written: %s", why ? why : "it cannot be signed");
    if (good) {
        good = cli_batch_add(batch, pool, path, bytes.bytes, bytes.size);
    } else {
        cli_batch_drop(batch);
    }
    free(bytes.bytes);
    return good;
}

static bool is_named_by(const sotto_manifest *manifest, const char *name)
{
    for (uint32_t i = 0; i < manifest->part_count; i++) {
        char named[CLI_PART_NAME_SIZE];
        sotto_manifest_part part = sotto_manifest_get(manifest, i);
        cli_part_name(named, part.kind, part.sha256);
        if (strcmp(named, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Removes parts that neither this manifest nor the last one names. That it fails harms nobody. */
static void remove_old_parts(cli_pool *pool, const cli_publication *publication,
                             const sotto_manifest *last)
{
    DIR *listing = opendir(publication->folder);
    for (struct dirent *entry; listing && (entry = readdir(listing)) != NULL;) {
        const char *name = entry->d_name;
        bool named = is_named_by(last, name);
        for (int kind = SOTTO_MODEL; kind < CLI_KIND_COUNT; kind++) {
            named = named || strcmp(publication->names[kind], name) == 0;
        }
        if (!named && cli_part_name_is_ours(name)) {
            unlink(cli_path_join(pool, publication->folder, name));
        }
    }
    if (listing) {
        closedir(listing);
    }
}

/* The folder is there, and nobody else's. */
static bool write_folder(cli_pool *pool, cli_publication *publication)
{
    cli_batch batch = {0};
    sotto_manifest last;
    sotto_manifest_part_content parts[CLI_KIND_COUNT];
    uint32_t part_count = 0;
    const char *path = cli_path_join(pool, publication->folder, CLI_MANIFEST_NAME);
    if (!read_last(pool, publication, path, &last)) {
        return false;
    }
    if (!publication->sequence) {
        publication->sequence = last.sequence + 1;
    }
    bool good = (!publication->with_runtime
                 || cli_publish_runtime(&batch, pool, publication->runtime, publication->folder,
                                        &publication->page_bytes))
             && add_parts(&batch, pool, publication, parts, &part_count)
             && add_manifest(&batch, pool, publication, parts, part_count, path)
             && cli_batch_commit(&batch);
    if (good) {
        remove_old_parts(pool, publication, &last);
    } else {
        cli_batch_drop(&batch);
    }
    return good;
}

bool cli_publish_folder(cli_pool *pool, cli_publication *publication)
{
    bool made = !cli_folder_exists(publication->folder);
    if (!cli_folder_make(publication->folder)) {
        return false;
    }
    int lock = cli_folder_lock(publication->folder);
    bool good = write_folder(pool, publication);
    if (!good && made) {
        rmdir(publication->folder);
    }
    cli_folder_unlock(lock);
    return good;
}

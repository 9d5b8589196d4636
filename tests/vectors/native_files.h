/*
 * native_files.h - opening files, whole and spoiled
 *
 * A spoiled file lies in memory of exactly its size, so that a sanitizer sees the first byte too
 * far.
 */
#ifndef SOTTO_VECTORS_NATIVE_FILES_H
#define SOTTO_VECTORS_NATIVE_FILES_H

#include "native.h"

#include <dirent.h>

enum { FLIP_ALL_SIZE = 1024 };     /* up to here every bit is flipped, above one in each byte */

static file read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) {
        fail("%s: cannot be read", path);
    }
    fseek(in, 0, SEEK_END);
    file read = {NULL, (size_t)ftell(in)};
    rewind(in);
    read.bytes = room(read.size);
    if (fread(read.bytes, 1, read.size, in) != read.size) {
        fail("%s: cannot be read", path);
    }
    fclose(in);
    return read;
}

/* The place a file of a bundle belongs to by its name, or -1. */
static int place_of(const char *name)
{
    for (int kind = 0; kind < PART_COUNT; kind++) {
        size_t size = strlen(kinds[kind]);
        if (strncmp(name, kinds[kind], size) == 0 && name[size] == '.') {
            return kind;
        }
    }
    return -1;
}

static sotto_status open_part(sotto_bundle *into, sotto_ranker *ranking, int kind, file part,
                              sotto_fault *fault)
{
    return kind == SOTTO_RANKER
               ? sotto_ranker_open(ranking, into, part.bytes, part.size, fault)
               : sotto_bundle_open(into, (sotto_kind)kind, part.bytes, part.size, fault);
}

static void open_bundle(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", golden, name);
    DIR *folder = opendir(path);
    if (!folder) {
        fail("%s: no such folder", path);
    }
    for (int kind = 0; kind < PART_COUNT; kind++) {
        free(files[kind].bytes);
        files[kind] = (file){NULL, 0};
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        int kind = place_of(entry->d_name);
        if (kind >= 0) {
            snprintf(path, sizeof path, "%s/%s/%s", golden, name, entry->d_name);
            files[kind] = read_file(path);
        }
    }
    closedir(folder);
    sotto_bundle_init(bundle);
    for (int kind = 1; kind < PART_COUNT; kind++) {
        sotto_fault fault = {0, ""};
        file part = files[kind];
        if (part.bytes && open_part(bundle, ranker, kind, part, &fault) != SOTTO_OK) {
            fail("%s: %s: %s at %zu", name, kinds[kind], fault.what, fault.offset);
        }
    }
    answer("items %u slots %u categories %u brands %u", sotto_item_count(bundle),
           sotto_slot_count(bundle), sotto_category_count(bundle), sotto_brand_count(bundle));
}

static void show_manifest(void)
{
    sotto_manifest manifest;
    if (sotto_manifest_open(&manifest, files[0].bytes, files[0].size, NULL) != SOTTO_OK) {
        fail("the manifest does not open");
    }
    answer("sequence %016" PRIx64, manifest.sequence);
    answer("created %016" PRIx64, manifest.created_s);
    answer("expires %016" PRIx64, manifest.expires_s);
    answer("shop %016" PRIx64, manifest.shop);
    answer("identity %016" PRIx64, manifest.identity);
    answer("signed %zu", manifest.signed_size);
    printf("> signature ");
    for (int i = 0; manifest.signature && i < 64; i++) {
        printf("%02x", manifest.signature[i]);
    }
    printf(manifest.signature ? "\n" : "-\n");
    if (manifest.signature) {
        answer("key %016" PRIx64, manifest.key_id);
    } else {
        answer("key -");
    }
    for (uint32_t i = 0; i < manifest.part_count; i++) {
        sotto_manifest_part part = sotto_manifest_get(&manifest, i);
        printf("> part %u %" PRIu32 " ", (unsigned)part.kind, part.size);
        for (int k = 0; k < 32; k++) {
            printf("%02x", part.sha256[k]);
        }
        printf("\n");
    }
}

typedef struct mutation {
    const char *kind;              /* cut, flip, longer, version */
    size_t      a, b;
} mutation;

static file spoil(file whole, mutation how)
{
    size_t size = strcmp(how.kind, "cut") == 0 ? how.a
                : strcmp(how.kind, "longer") == 0 ? whole.size + how.a
                                                  : whole.size;
    file spoiled = {room(size), size};
    memset(spoiled.bytes, 0, size);
    memcpy(spoiled.bytes, whole.bytes, size < whole.size ? size : whole.size);
    if (strcmp(how.kind, "flip") == 0) {
        spoiled.bytes[how.a] ^= (uint8_t)(1u << how.b);
    } else if (strcmp(how.kind, "version") == 0) {
        spoiled.bytes[4] = (uint8_t)how.a;
        spoiled.bytes[5] = (uint8_t)(how.a >> 8);
    }
    return spoiled;
}

static sotto_status refuse(uint32_t place, file whole, mutation how, size_t *offset)
{
    file spoiled = spoil(whole, how);
    sotto_fault fault = {0, ""};
    sotto_status status;
    if (place == 0) {
        sotto_manifest manifest;
        status = sotto_manifest_open(&manifest, spoiled.bytes, spoiled.size, &fault);
    } else if (place == PART_COUNT) {
        status = sotto_profile_open(spoiled.bytes, spoiled.size, &fault);
    } else {
        sotto_bundle *other = room(sotto_bundle_size());
        sotto_ranker *ranking = room(sotto_ranker_size());
        sotto_bundle_init(other);
        if (place == SOTTO_CATALOGUE || place == SOTTO_RANKER) {
            sotto_bundle_open(other, SOTTO_MODEL, files[1].bytes, files[1].size, NULL);
        }
        status = open_part(other, ranking, (int)place, spoiled, &fault);
        free(ranking);
        free(other);
    }
    free(spoiled.bytes);
    *offset = status == SOTTO_OK ? 0 : fault.offset;
    return status;
}

static uint32_t place_named(const char *name)
{
    for (uint32_t place = 0; place < PLACE_COUNT; place++) {
        if (strcmp(name, kinds[place]) == 0) {
            return place;
        }
    }
    fail("no such kind of file: %s", name);
    return 0;
}

static file file_at(uint32_t place)
{
    if (place < PART_COUNT) {
        return files[place];
    }
    sotto_profile_seal(profile);
    return (file){block, sizeof block};
}

/* Every mutation of mutations.mjs in its order, with what came of it, as one text to be hashed. */
typedef struct tally {
    char  *lines;
    size_t size, capacity, count, refused;
} tally;

static void tally_one(tally *all, uint32_t place, file whole, mutation how, int numbers)
{
    char line[128];
    size_t offset;
    sotto_status status = refuse(place, whole, how, &offset);
    int size = numbers == 2 ? snprintf(line, sizeof line, "%s %zu %zu %s %zu\n", how.kind, how.a,
                                       how.b, statuses[status], offset)
                            : snprintf(line, sizeof line, "%s %zu %s %zu\n", how.kind, how.a,
                                       statuses[status], offset);
    if (all->size + (size_t)size > all->capacity) {
        all->capacity = 2 * all->capacity + sizeof line;
        all->lines = realloc(all->lines, all->capacity);
        if (!all->lines) {
            fail("no memory");
        }
    }
    memcpy(all->lines + all->size, line, (size_t)size);
    all->size += (size_t)size;
    all->count++;
    all->refused += status != SOTTO_OK;
}

static void refuse_all(uint32_t place)
{
    static const size_t longer[] = {1, 4, 1000};
    static const size_t versions[] = {0, 2, 255, 65535};
    file whole = file_at(place);
    tally all = {NULL, 0, 0, 0, 0};
    for (size_t size = 0; size < whole.size; size++) {
        tally_one(&all, place, whole, (mutation){"cut", size, 0}, 1);
    }
    for (size_t byte = 0; byte < whole.size; byte++) {
        bool every = whole.size <= FLIP_ALL_SIZE;
        for (size_t bit = every ? 0 : byte % 8; bit <= (every ? 7 : byte % 8); bit++) {
            tally_one(&all, place, whole, (mutation){"flip", byte, bit}, 2);
        }
    }
    for (size_t i = 0; i < sizeof longer / sizeof longer[0]; i++) {
        tally_one(&all, place, whole, (mutation){"longer", longer[i], 0}, 1);
    }
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        tally_one(&all, place, whole, (mutation){"version", versions[i], 0}, 1);
    }
    answer("%zu of %zu refused %016" PRIx64, all.refused, all.count,
           sotto_hash(all.lines, all.size));
    free(all.lines);
}

#endif

/*
 * document.c - any one file of Sotto's, opened
 *
 * The magic says what a file is; then it goes through the core's own checks, as in a page.
 */
#include "cli/document.h"

#include "base/bytes.h"
#include "base/fixed.h"
#include "cli/bundle_files.h"
#include "cli/files.h"
#include "cli/report.h"
#include "format/part.h"

#include <string.h>

const char *cli_document_name(cli_document_kind kind)
{
    return kind == CLI_DOCUMENT_MANIFEST  ? "manifest"
           : kind == CLI_DOCUMENT_PROFILE ? "profile"
                                          : cli_kind_name((sotto_kind)kind);
}

static bool starts_with(const uint8_t *bytes, size_t size, const char magic[5])
{
    return size >= 4 && memcmp(bytes, magic, 4) == 0;
}

/*
 * How many of a catalogue's items are the model's, from bytes that are not checked yet: all but
 * those of its own section of ids. What is wrong here, opening finds.
 */
static uint32_t items_before_own(const uint8_t *bytes, size_t size)
{
    uint32_t count = sotto_load_u32(bytes + SOTTO_HEAD_ITEM_COUNT);
    uint32_t sections = bytes[SOTTO_HEAD_SECTION_COUNT];
    for (uint32_t i = 0; i < sections; i++) {
        size_t row = SOTTO_HEAD_SIZE + (size_t)i * SOTTO_ROW_ROW_SIZE;
        if (row + SOTTO_ROW_ROW_SIZE > size || memcmp(bytes + row, "IDS ", 4) != 0) {
            continue;
        }
        uint32_t offset = sotto_load_u32(bytes + row + SOTTO_ROW_OFFSET);
        if (offset <= size && size - offset >= 4) {
            uint32_t own = sotto_load_u32(bytes + offset);
            return own <= count ? count - own : 0;
        }
    }
    return count;
}

/* Its container; what is in the sections takes the model to understand. */
static sotto_status open_ranker(const cli_document *document, sotto_fault *fault)
{
    static const sotto_part_shape shape = {.kind = SOTTO_RANKER};
    sotto_part part;
    sotto_reader reader = sotto_reader_over(document->bytes, 0, sotto_u32_saturate(document->size));
    sotto_part_open(&part, &shape, &reader);
    if (fault) {
        *fault = reader.fault;
    }
    return reader.status;
}

static sotto_status open_part(cli_pool *pool, cli_document *document, sotto_fault *fault)
{
    document->bundle = cli_pool_alloc(pool, 1, sotto_bundle_size());
    sotto_bundle_init(document->bundle);
    if (document->kind == CLI_DOCUMENT_RANKER) {
        return open_ranker(document, fault);
    }
    if (document->kind == CLI_DOCUMENT_PICTURES) {
        return sotto_pictures_open(&document->pictures, NULL, document->bytes, document->size,
                                   fault);
    }
    if (document->kind == CLI_DOCUMENT_CATALOGUE && document->size >= SOTTO_HEAD_SIZE) {
        document->model_item_count = items_before_own(document->bytes, document->size);
        document->bundle->item_count = document->model_item_count;
        document->bundle->identity = sotto_load_u64(document->bytes + SOTTO_HEAD_IDENTITY);
    }
    sotto_status status = sotto_bundle_open(document->bundle, (sotto_kind)document->kind,
                                            document->bytes, document->size, fault);
    if (status == SOTTO_OK && document->kind == CLI_DOCUMENT_CAMPAIGNS) {
        void *plan = cli_pool_alloc(pool, 1, sotto_plan_size());
        bool good = sotto_plan_open(plan, document->bundle, &document->plan_fault) == SOTTO_OK;
        document->plan = good ? plan : NULL;
    }
    return status;
}

/* A saved profile may have shelf and ledger behind it, which are for the page alone. */
static sotto_status open_profile(cli_pool *pool, cli_document *document, sotto_fault *fault)
{
    size_t room = document->size < SOTTO_PROFILE_SIZE ? SOTTO_PROFILE_SIZE : document->size;
    void *block = cli_pool_alloc(pool, room, 1);
    memcpy(block, document->bytes, document->size);
    document->profile = block;
    size_t more = document->size - SOTTO_PROFILE_SIZE;
    bool has_more = more == SOTTO_SHELF_SIZE || more == SOTTO_SHELF_SIZE + SOTTO_LEDGER_SIZE;
    return sotto_profile_open(block, has_more ? SOTTO_PROFILE_SIZE : document->size, fault);
}

sotto_status cli_document_open(cli_pool *pool, const uint8_t *bytes, size_t size,
                               cli_document *document, sotto_fault *fault)
{
    document->bytes = bytes;
    document->size = size;
    if (starts_with(bytes, size, "SOTM")) {
        document->kind = CLI_DOCUMENT_MANIFEST;
        return sotto_manifest_open(&document->manifest, bytes, size, fault);
    }
    if (starts_with(bytes, size, "SOTP")) {
        document->kind = CLI_DOCUMENT_PROFILE;
        return open_profile(pool, document, fault);
    }
    uint8_t kind = size > SOTTO_HEAD_KIND ? bytes[SOTTO_HEAD_KIND] : SOTTO_MODEL;
    document->kind = kind >= SOTTO_MODEL && kind <= SOTTO_PICTURES ? (cli_document_kind)kind
                                                                   : CLI_DOCUMENT_MODEL;
    return open_part(pool, document, fault);
}

bool cli_document_read(cli_pool *pool, const char *path, cli_document *document)
{
    size_t size;
    sotto_fault fault = {0};
    *document = (cli_document){.path = path};
    const uint8_t *bytes = cli_file_read(pool, path, CLI_PART_MAX_SIZE, &size);
    if (!bytes) {
        return false;
    }
    sotto_status status = cli_document_open(pool, bytes, size, document, &fault);
    return status == SOTTO_OK || cli_error_at(path, status, &fault);
}

uint32_t cli_section_count(const cli_document *part)
{
    return part->bytes[SOTTO_HEAD_SECTION_COUNT];
}

cli_section cli_section_get(const cli_document *part, uint32_t index)
{
    const uint8_t *row = part->bytes + SOTTO_HEAD_SIZE + (size_t)index * SOTTO_ROW_ROW_SIZE;
    cli_section section = {
        .offset = sotto_load_u32(row + SOTTO_ROW_OFFSET),
        .size = sotto_load_u32(row + SOTTO_ROW_SIZE),
        .check = sotto_load_u32(row + SOTTO_ROW_CHECK),
    };
    memcpy(section.tag, row + SOTTO_ROW_TAG, 4);
    section.bytes = part->bytes + section.offset;
    return section;
}

cli_section cli_section_find(const cli_document *part, const char *tag)
{
    for (uint32_t i = 0; i < cli_section_count(part); i++) {
        cli_section section = cli_section_get(part, i);
        if (strcmp(section.tag, tag) == 0) {
            return section;
        }
    }
    return (cli_section){.bytes = NULL};
}

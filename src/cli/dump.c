/*
 * dump.c - the whole content of a file as JSON: what all parts share, manifests and profiles
 *
 * The schema is that of tests/reference/README.md, where a second reader, written from FORMAT.md
 * alone, prints the same. When the two differ, one of document, core and reference is wrong.
 */
#include "base/bytes.h"
#include "cli/document.h"

#include <stdio.h>
#include <stdlib.h>

void cli_dump_head(cli_json *json, const cli_document *part)
{
    cli_json_text(json, "file", cli_document_name(part->kind));
    cli_json_number(json, "version", sotto_load_u16(part->bytes + SOTTO_HEAD_VERSION));
    cli_json_number(json, "size", part->size);
    cli_json_number(json, "item_count", sotto_load_u32(part->bytes + SOTTO_HEAD_ITEM_COUNT));
    cli_json_hash(json, "identity", sotto_load_u64(part->bytes + SOTTO_HEAD_IDENTITY));
    cli_json_array(json, "sections");
    for (uint32_t i = 0; i < cli_section_count(part); i++) {
        char check[9];
        cli_section section = cli_section_get(part, i);
        snprintf(check, sizeof check, "%08x", section.check);
        cli_json_object(json, NULL);
        cli_json_text(json, "tag", section.tag);
        cli_json_number(json, "offset", section.offset);
        cli_json_number(json, "size", section.size);
        cli_json_text(json, "check", check);
        cli_json_end(json);
    }
    cli_json_end(json);
}

void cli_dump_ids(cli_json *json, const cli_section *ids)
{
    if (!ids->bytes) {
        cli_json_null(json, "ids");
        return;
    }
    cli_json_object(json, "ids");
    cli_json_number(json, "bucket_bits", ids->bytes[SOTTO_IDS_BUCKET_BITS]);
    cli_json_number(json, "index_bits", ids->bytes[SOTTO_IDS_INDEX_BITS]);
    cli_json_number(json, "strings_size", sotto_load_u32(ids->bytes + SOTTO_IDS_STRINGS_SIZE));
    cli_json_end(json);
}

static void dump_manifest(cli_json *json, const cli_document *document)
{
    const sotto_manifest *manifest = &document->manifest;
    cli_json_text(json, "file", "manifest");
    cli_json_number(json, "version", sotto_load_u16(document->bytes + SOTTO_MANIFEST_VERSION));
    cli_json_number(json, "size", document->size);
    cli_json_hash(json, "sequence", manifest->sequence);
    cli_json_hash(json, "created_s", manifest->created_s);
    cli_json_hash(json, "expires_s", manifest->expires_s);
    cli_json_hash(json, "shop", manifest->shop);
    cli_json_hash(json, "identity", manifest->identity);
    cli_json_array(json, "parts");
    for (uint32_t i = 0; i < manifest->part_count; i++) {
        sotto_manifest_part part = sotto_manifest_get(manifest, i);
        if (part.kind < SOTTO_MODEL || part.kind > SOTTO_PICTURES) {
            continue;
        }
        cli_json_object(json, NULL);
        cli_json_number(json, "kind", (uint64_t)part.kind);
        cli_json_number(json, "size", part.size);
        cli_json_hex(json, "sha256", part.sha256, 32);
        cli_json_end(json);
    }
    cli_json_end(json);
    cli_json_number(json, "signed_size", manifest->signed_size);
    if (manifest->signature) {
        cli_json_hex(json, "signature", manifest->signature, 64);
        cli_json_hash(json, "key_id", manifest->key_id);
    } else {
        cli_json_null(json, "signature");
        cli_json_null(json, "key_id");
    }
}

/* One row of any table of a profile; sorted by key. */
typedef struct profile_row {
    uint64_t key;
    uint32_t time_s, a, b;
} profile_row;

static int by_key(const void *left, const void *right)
{
    const profile_row *a = left;
    const profile_row *b = right;
    return a->key < b->key ? -1 : a->key > b->key;
}

#define ROWS_MAX 256

static void dump_cart(cli_json *json, const sotto_profile *profile)
{
    profile_row rows[ROWS_MAX];
    size_t count = 0;
    sotto_cart_line line;
    while (count < ROWS_MAX && sotto_profile_cart(profile, (uint32_t)count, &line)) {
        rows[count++] = (profile_row){line.item, line.time_s, line.quantity, 0};
    }
    qsort(rows, count, sizeof rows[0], by_key);
    cli_json_array(json, "cart");
    for (size_t i = 0; i < count; i++) {
        cli_json_object(json, NULL);
        cli_json_hash(json, "item", rows[i].key);
        cli_json_number(json, "time_s", rows[i].time_s);
        cli_json_number(json, "quantity", rows[i].a);
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_purchases(cli_json *json, const sotto_profile *profile)
{
    profile_row rows[ROWS_MAX];
    size_t count = 0;
    sotto_purchase purchase;
    while (count < ROWS_MAX && sotto_profile_purchase(profile, (uint32_t)count, &purchase)) {
        rows[count++] =
            (profile_row){purchase.item, purchase.time_s, purchase.times, purchase.quantity};
    }
    qsort(rows, count, sizeof rows[0], by_key);
    cli_json_array(json, "purchases");
    for (size_t i = 0; i < count; i++) {
        cli_json_object(json, NULL);
        cli_json_hash(json, "item", rows[i].key);
        cli_json_number(json, "time_s", rows[i].time_s);
        cli_json_number(json, "times", rows[i].a);
        cli_json_number(json, "quantity", rows[i].b);
        cli_json_end(json);
    }
    cli_json_end(json);
}

typedef bool interest_reader(const sotto_profile *, uint32_t, uint32_t, uint32_t, sotto_interest *);

/* Seen from the beginning of time all interests are from the future, and so have not faded. */
static void dump_interests(cli_json *json, const char *key, const sotto_profile *profile,
                           interest_reader *read)
{
    profile_row rows[ROWS_MAX];
    size_t count = 0;
    sotto_interest interest;
    while (count < ROWS_MAX && read(profile, (uint32_t)count, 0, 1, &interest)) {
        rows[count++] = (profile_row){interest.key, interest.time_s, interest.value, 0};
    }
    qsort(rows, count, sizeof rows[0], by_key);
    cli_json_array(json, key);
    for (size_t i = 0; i < count; i++) {
        cli_json_object(json, NULL);
        cli_json_hash(json, "key", rows[i].key);
        cli_json_number(json, "value", rows[i].a);
        cli_json_number(json, "time_s", rows[i].time_s);
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_profile(cli_json *json, const cli_document *document)
{
    const sotto_profile *profile = document->profile;
    sotto_profile_summary summary = sotto_profile_get(profile);
    sotto_event event;
    cli_json_text(json, "file", "profile");
    cli_json_number(json, "version", sotto_load_u16(document->bytes + 4));
    cli_json_number(json, "size", document->size);
    cli_json_hash(json, "seed", summary.seed);
    cli_json_number(json, "created_s", summary.created_s);
    cli_json_number(json, "updated_s", summary.updated_s);
    cli_json_number(json, "session_start_s", summary.session_start_s);
    cli_json_number(json, "session_count", summary.session_count);
    cli_json_number(json, "event_total", summary.event_total);
    cli_json_array(json, "events");
    for (uint32_t age = 0; sotto_profile_event(profile, age, &event); age++) {
        cli_json_object(json, NULL);
        cli_json_hash(json, "item", event.item);
        cli_json_number(json, "time_s", event.time_s);
        cli_json_number(json, "kind", (uint64_t)event.kind);
        cli_json_number(json, "quantity", event.quantity);
        cli_json_end(json);
    }
    cli_json_end(json);
    dump_cart(json, profile);
    dump_purchases(json, profile);
    dump_interests(json, "categories", profile, sotto_profile_category);
    dump_interests(json, "brands", profile, sotto_profile_brand);
}

void cli_dump(cli_json *json, const char *key, const cli_document *document)
{
    cli_json_object(json, key);
    switch (document->kind) {
    case CLI_DOCUMENT_MODEL: cli_dump_model(json, document); break;
    case CLI_DOCUMENT_CATALOGUE: cli_dump_catalogue(json, document); break;
    case CLI_DOCUMENT_CAMPAIGNS: cli_dump_campaigns(json, document); break;
    case CLI_DOCUMENT_RANKER: cli_dump_ranker(json, document); break;
    case CLI_DOCUMENT_PICTURES: cli_dump_pictures(json, document); break;
    case CLI_DOCUMENT_MANIFEST: dump_manifest(json, document); break;
    case CLI_DOCUMENT_PROFILE: dump_profile(json, document); break;
    }
    cli_json_end(json);
}

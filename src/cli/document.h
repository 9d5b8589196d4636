/*
 * Document - any one file of Sotto's, opened: a part, a manifest or a saved profile
 *
 * A catalogue is made for a model and a page never opens it without. For looking at it, it is
 * opened by itself here: it says how many of its items are the model's.
 */
#ifndef SOTTO_CLI_DOCUMENT_H
#define SOTTO_CLI_DOCUMENT_H

#include "cli/json.h"
#include "cli/pool.h"
#include "format/layout.h"
#include "model/bundle.h"
#include "model/plan.h"

typedef enum cli_document_kind {
    CLI_DOCUMENT_MODEL = SOTTO_MODEL,
    CLI_DOCUMENT_CATALOGUE = SOTTO_CATALOGUE,
    CLI_DOCUMENT_CAMPAIGNS = SOTTO_CAMPAIGNS,
    CLI_DOCUMENT_RANKER = SOTTO_RANKER,
    CLI_DOCUMENT_PICTURES = SOTTO_PICTURES,
    CLI_DOCUMENT_MANIFEST,
    CLI_DOCUMENT_PROFILE
} cli_document_kind;

typedef struct cli_document {
    const char       *path;
    cli_document_kind kind;
    const uint8_t    *bytes;
    size_t            size;
    sotto_bundle     *bundle;           /* with this part alone; empty for a ranker, which only a */
                                        /* model opens, and pictures; NULL for the others */
    const sotto_plan *plan;             /* of campaigns; NULL if it does not open: plan_fault */
    sotto_fault       plan_fault;
    sotto_pictures    pictures;
    uint32_t          model_item_count; /* of a catalogue: the items before its own */
    sotto_manifest    manifest;
    sotto_profile    *profile;
} cli_document;

typedef struct cli_section {
    char           tag[5];
    uint32_t       offset, size, check;
    const uint8_t *bytes;
} cli_section;

/* Reads and opens a file; says why if it cannot. */
bool cli_document_read(cli_pool *pool, const char *path, cli_document *document);

/* Opens bytes; the status says why if they do not open. */
sotto_status cli_document_open(cli_pool *pool, const uint8_t *bytes, size_t size,
                               cli_document *document, sotto_fault *fault);

/* "model", "catalogue", "campaigns", "ranker", "pictures", "manifest" or "profile". */
const char *cli_document_name(cli_document_kind kind);

/* The sections of a part that opened: how many, and each. */
uint32_t    cli_section_count(const cli_document *part);
cli_section cli_section_get(const cli_document *part, uint32_t index);

/* The section with a tag such as "LNK1"; bytes NULL if there is none. */
cli_section cli_section_find(const cli_document *part, const char *tag);

/* The whole content as JSON, by the schema of tests/reference/README.md. */
void cli_dump(cli_json *json, const char *key, const cli_document *document);

/* Of cli_dump, by kind. */
void cli_dump_head(cli_json *json, const cli_document *part);
void cli_dump_ids(cli_json *json, const cli_section *ids);
void cli_dump_links(cli_json *json, const char *key, const sotto_bundle *bundle,
                    sotto_relation relation, uint32_t item);
void cli_dump_tables(cli_json *json, const cli_document *part, const char *prefix);
void cli_dump_model(cli_json *json, const cli_document *document);
void cli_dump_catalogue(cli_json *json, const cli_document *document);
void cli_dump_campaigns(cli_json *json, const cli_document *document);
void cli_dump_ranker(cli_json *json, const cli_document *document);

/* Segments, campaigns and so on; null where they do not open. */
void cli_dump_plan(cli_json *json, const sotto_plan *plan);

/* What ranks, of a part that may hold it: how many, how wide, how large. */
void cli_dump_ranking(cli_json *json, const cli_document *part);
void cli_dump_pictures(cli_json *json, const cli_document *document);

#endif

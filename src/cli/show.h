/*
 * Show - where the bytes went, and what stands beside an item
 */
#ifndef SOTTO_CLI_SHOW_H
#define SOTTO_CLI_SHOW_H

#include "cli/bundle_files.h"
#include "cli/document.h"

/* How small bytes get on their way to a browser; 0 if that cannot be told. */
size_t cli_brotli_size(const uint8_t *bytes, size_t size);

/* The sections of a part, as a table or as JSON; of a ranker's bundle, its clusters as well. */
void cli_show_sections(const cli_document *part);
void cli_json_sections(cli_json *json, const cli_document *part, const sotto_bundle *bundle);

/*
 * Segments and campaigns with their expressions, experiments and offers, if there is a plan. `bundle` is
 * the one it was opened in.
 */
void cli_show_plan(const sotto_plan *plan, const sotto_bundle *bundle);

/* The kinds of shoppers, if the bundle (which may be NULL) knows any; JSON into the open object. */
void cli_show_clusters(const sotto_bundle *bundle);
void cli_json_clusters(cli_json *json, const sotto_bundle *bundle);

/* What a manifest says, in a few lines. */
void cli_show_manifest(const sotto_manifest *manifest, const sotto_bundle *bundle);

/* Items with their neighbours. False, having said so, if there is none of that name. */
bool cli_show_neighbours(const sotto_bundle *bundle, const char *word);
bool cli_json_neighbours(cli_json *json, const sotto_bundle *bundle, const char *word);

/*
 * What is bought together by a statistics file, the most surprising first, at most `most` pairs.
 * False, having said why, if the file does not open.
 */
bool cli_show_pairs(const char *path, uint32_t min_shoppers, size_t most, bool as_json);

#endif

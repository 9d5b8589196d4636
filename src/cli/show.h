/*
 * Show - where the bytes went, and what stands beside an item
 */
#ifndef SOTTO_CLI_SHOW_H
#define SOTTO_CLI_SHOW_H

#include "cli/bundle_files.h"
#include "cli/document.h"

/* The sections of a part, as a table or as JSON. */
void cli_show_sections(const cli_document *part);
void cli_json_sections(cli_json *json, const cli_document *part);

/* What a manifest says, in a few lines. */
void cli_show_manifest(const sotto_manifest *manifest, const sotto_bundle *bundle);

/* Items with their neighbours. False, having said so, if there is none of that name. */
bool cli_show_neighbours(const sotto_bundle *bundle, const char *word);
bool cli_json_neighbours(cli_json *json, const sotto_bundle *bundle, const char *word);

#endif

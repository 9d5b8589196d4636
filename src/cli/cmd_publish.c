/*
 * cmd_publish.c - sotto publish: site, feed and model to a folder any web server serves
 */
#include "cli/bundle_files.h"
#include "cli/clock.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/number.h"
#include "cli/plan_missing.h"
#include "cli/publish.h"
#include "cli/report.h"
#include "cli/trained_items.h"
#include "format/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: sotto publish [OPTIONS] SITE -o DIR\n"
    "\n"
    "Makes a bundle from site file, product feed and model, and writes it with what a\n"
    "page runs (sotto.js, sotto.wasm) to a folder. Pages that still read the bundle\n"
    "before find its parts; older parts are removed. A site file without logs needs\n"
    "no model: its feed alone is published.\n"
    "\n"
    "  -o, --output DIR    the folder; required\n"
    "      --model FILE    default train.output of the site file, or model.sotto\n"
    "      --key FILE      sign with this key of sotto keygen; default unsigned\n"
    "      --sequence N    the manifest's number; default one more than the last\n"
    "      --expires SPAN  pages stop using the bundle after 30d, say; default never\n"
    "      --runtime DIR   where sotto.js and sotto.wasm are; default $SOTTO_RUNTIME,\n"
    "                      or beside the program\n"
    "      --no-runtime    only the bundle\n"
    "  -q, --quiet         no report of a run that went well\n"
    "      --json          the report as JSON on standard output\n"
    "\n"
    "The manifest's time is now, or SOURCE_DATE_EPOCH. Example: publish, signed\n"
    "\n"
    "  $ sotto publish site.json -o public/sotto --key shop.key\n";

typedef struct publish_options {
    const char *output, *model, *key, *expires, *runtime;
    uint64_t    sequence;
    bool        no_runtime, quiet, json;
} publish_options;

/* The products: from the feed, or from what training found in the logs. */
static bool read_products(cli_pool *pool, const cli_site *site, const char *model_file,
                          cli_feed_source *source, cli_feed *feed)
{
    *source = site->feed;
    if (!site->has_feed) {
        *source = cli_trained_items_feed(cli_trained_items_file(pool, model_file));
        if (!cli_file_exists(source->file)) {
            cli_error("%s: is not there, and the site file has no \"feed\"", source->file);
            cli_hint("sotto train writes it beside the model");
            return false;
        }
    }
    return cli_feed_read(pool, source, site->price_decimals, feed);
}

/*
 * The model: the trained one or, for a shop without logs, one that knows the ids alone and is a
 * part already.
 */
static bool read_model(cli_pool *pool, const cli_site *site, const char *wanted,
                       const cli_feed *feed, cli_part_file *model, sotto_bytes *part)
{
    model->path = wanted ? wanted : site->model;
    if (!wanted && site->log_count == 0) {
        bool good = cli_publish_bare_model(pool, feed, part);
        model->bytes = part->bytes;
        model->size = part->size;
        return good;
    }
    if (!cli_file_exists(model->path)) {
        cli_error("%s: there is no model", model->path);
        cli_hint("sotto train %s makes it", site->file);
        return false;
    }
    model->bytes = cli_file_read(pool, model->path, CLI_PART_MAX_SIZE, &model->size);
    return model->bytes != NULL;
}

/* What the first decision needs of a model that opened becomes one part, the ranker another. */
static bool split_model(const cli_part_file *model, cli_publication *publication)
{
    const char *why = NULL;
    sotto_bytes *parts = publication->parts;
    return model->bytes == parts[SOTTO_MODEL].bytes
        || sotto_model_split(model->bytes, model->size, &parts[SOTTO_MODEL], &parts[SOTTO_RANKER],
                             &why) == SOTTO_OK
        || cli_error("%s: cannot be split: %s", model->path, why ? why : "there is no memory");
}

/* Opens what is about to be published, as a page will. */
static const sotto_bundle *check_parts(cli_pool *pool, const cli_publication *publication)
{
    static const char *const names[] = {
        "", "the new model", "the new catalogue", "the new campaigns", "the new ranker",
    };
    cli_bundle_files files = {.folder = publication->folder};
    for (int kind = SOTTO_MODEL; kind <= SOTTO_RANKER; kind++) {
        const sotto_bytes *part = &publication->parts[kind];
        if (part->bytes) {
            files.parts[kind] = (cli_part_file){names[kind], part->bytes, part->size};
        }
    }
    sotto_fault fault = {0};
    if (!cli_bundle_open(pool, &files)) {
        return NULL;
    }
    void *plan = cli_pool_alloc(pool, 1, sotto_plan_size());
    sotto_status status = sotto_plan_open(plan, files.bundle, &fault);
    if (status != SOTTO_OK) {
        cli_error_at(names[SOTTO_CAMPAIGNS], status, &fault);
        return NULL;
    }
    return files.bundle;
}

static bool make_parts(cli_pool *pool, const cli_site *site, const publish_options *options,
                       cli_feed_source *source, cli_feed *feed, cli_ids *ids, cli_looks *looks,
                       cli_pictures *pictures, cli_publication *publication)
{
    const char *model_file = options->model ? options->model : site->model;
    cli_part_file model;
    if (!read_products(pool, site, model_file, source, feed)
        || !read_model(pool, site, options->model, feed, &model,
                       &publication->parts[SOTTO_MODEL])) {
        return false;
    }
    bool inside = site->pictures.inside;
    const sotto_bundle *bundle = cli_bundle_from_model(pool, model.path, model.bytes, model.size);
    if (!bundle || !split_model(&model, publication)) {
        return false;
    }
    publication->identity = bundle->identity;
    *ids = cli_publish_ids(pool, feed, bundle);
    if (!cli_ids_meet(ids, source->file)) {
        return false;
    }
    if (!cli_publish_catalogue(pool, source, feed, bundle, !inside,
                               &publication->parts[SOTTO_CATALOGUE], looks)
        || !cli_publish_campaigns(site, model.bytes,
                                  &publication->parts[SOTTO_CAMPAIGNS])) {
        return false;
    }
    bundle = check_parts(pool, publication);
    return bundle && (!inside || cli_publish_pictures(pool, site, source, feed, bundle,
                                                      &publication->parts[SOTTO_PICTURES],
                                                      pictures));
}

/* What it tells to whom if pages ask for the pictures of what they show. */
static void report_pictures(const cli_feed_source *source, const cli_feed *feed,
                            const cli_pictures *pictures)
{
    bool asked = source->image_template && source->image_template[0];
    for (uint32_t i = 0; !asked && i < feed->count; i++) {
        asked = feed->products[i].image.size > 0;
    }
    if (pictures->budget) {
        cli_pictures_report(pictures);
    } else if (asked) {
        cli_note("  pictures by address: who serves them can tell what was recommended "
                 "(docs/PRIVACY.md)");
    }
}

static void report_to_people(const cli_publication *publication, const cli_feed_source *source,
                             const cli_feed *feed)
{
    char number[CLI_NUMBER_SIZE];
    cli_feed_report(source, feed);
    cli_note("%s: publication %llu, %s, products: %s", publication->folder,
             (unsigned long long)publication->sequence, publication->key ? "signed" : "not signed",
             cli_number_group(number, feed->count));
    for (int kind = SOTTO_MODEL; kind < CLI_KIND_COUNT; kind++) {
        if (!publication->parts[kind].bytes) {
            continue;
        }
        cli_note("  %-36s %12s bytes", publication->names[kind],
                 cli_number_group(number, publication->parts[kind].size));
    }
    if (publication->with_runtime) {
        cli_note("  %-36s %12s bytes", "sotto.js and sotto.wasm, all chunks",
                 cli_number_group(number, publication->page_bytes));
    }
}

/* What the plan may not mean, and what it names that is not there. */
static void report_warnings(cli_pool *pool, const cli_site *site, const cli_feed *feed)
{
    cli_mistakes missing = {0};
    cli_plan_missing(pool, site, feed, &missing);
    cli_warnings_report(site->file, &site->warnings);
    cli_warnings_report(site->file, &missing);
}

static void report_to_machines(const cli_publication *publication, const cli_feed *feed,
                               const cli_ids *ids, const cli_looks *looks,
                               const cli_pictures *pictures)
{
    cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
    cli_json_object(&json, NULL);
    cli_json_text(&json, "folder", publication->folder);
    cli_json_number(&json, "sequence", publication->sequence);
    cli_json_number(&json, "created_s", publication->created_s);
    cli_json_number(&json, "expires_s", publication->expires_s);
    cli_json_bool(&json, "signed", publication->key != NULL);
    cli_json_number(&json, "products", feed->count);
    cli_json_number(&json, "bad_rows", feed->bad);
    cli_json_number(&json, "model_products", ids->model);
    cli_json_number(&json, "products_of_both", ids->both);
    cli_looks_json(&json, looks);
    cli_pictures_json(&json, pictures);
    cli_json_array(&json, "parts");
    for (int kind = SOTTO_MODEL; kind < CLI_KIND_COUNT; kind++) {
        if (!publication->parts[kind].bytes) {
            continue;
        }
        cli_json_object(&json, NULL);
        cli_json_text(&json, "kind", cli_kind_name((sotto_kind)kind));
        cli_json_text(&json, "file", publication->names[kind]);
        cli_json_number(&json, "bytes", publication->parts[kind].size);
        cli_json_end(&json);
    }
    cli_json_end(&json);
    cli_json_end(&json);
    cli_json_finish(&json);
}

static bool publish(cli_pool *pool, const cli_site *site, const publish_options *options,
                    cli_publication *publication)
{
    cli_feed feed;
    cli_feed_source source;
    cli_ids ids;
    cli_looks looks;
    cli_pictures pictures = {0};
    cli_key_pair key;
    if (!cli_keys_start() || (options->key && !cli_keys_read(pool, options->key, &key))) {
        return false;
    }
    publication->key = options->key ? &key : NULL;
    bool good = make_parts(pool, site, options, &source, &feed, &ids, &looks, &pictures, publication)
             && cli_publish_folder(pool, publication);
    if (good && options->json) {
        report_to_machines(publication, &feed, &ids, &looks, &pictures);
    }
    if (good && !options->quiet) {
        report_to_people(publication, &source, &feed);
        cli_ids_report(&ids, source.file);
        report_warnings(pool, site, &feed);
        report_pictures(&source, &feed, &pictures);
        cli_looks_report(&looks);
    }
    sodium_memzero(&key, sizeof key);
    return good;
}

static int publish_site(const cli_command *command, cli_pool *pool, const char *site_file,
                        const publish_options *options)
{
    cli_site site;
    uint32_t span_s = 0;
    if (!options->output) {
        return cli_misuse(command, "-o DIR is missing: where to publish");
    }
    if (options->expires && !cli_number_read_span(options->expires, &span_s)) {
        return cli_misuse(command, "--expires takes a span such as 30d, not \"%s\"",
                          options->expires);
    }
    if (!cli_site_load(pool, site_file, &site)) {
        return CLI_REFUSED;
    }
    uint64_t now_s = cli_clock_now();
    cli_publication publication = {
        .folder = options->output,
        .shop = sotto_hash(site.shop_id, strlen(site.shop_id)),
        .sequence = options->sequence,
        .created_s = now_s,
        .expires_s = options->expires ? now_s + span_s : 0,
        .runtime = options->runtime,
        .with_runtime = !options->no_runtime,
    };
    bool good = publish(pool, &site, options, &publication);
    for (int kind = SOTTO_MODEL; kind < CLI_KIND_COUNT; kind++) {
        free(publication.parts[kind].bytes);
    }
    return good ? CLI_DONE : CLI_REFUSED;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    publish_options options = {0};
    const cli_option known[] = {
        {"output", 'o', CLI_TEXT, &options.output},
        {"model", 0, CLI_TEXT, &options.model},
        {"key", 0, CLI_TEXT, &options.key},
        {"sequence", 0, CLI_NUMBER, &options.sequence},
        {"expires", 0, CLI_TEXT, &options.expires},
        {"runtime", 0, CLI_TEXT, &options.runtime},
        {"no-runtime", 0, CLI_SWITCH, &options.no_runtime},
        {"quiet", 'q', CLI_SWITCH, &options.quiet},
        {"json", 0, CLI_SWITCH, &options.json},
    };
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc,
                                           argv, &pool, 1, 1, &operands);
    int status = result == CLI_ARGS_GO_ON
                     ? publish_site(command, &pool, operands.texts[0], &options)
                     : cli_args_status(result);
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_publish = {"publish", "site, feed and model to a folder for any web server",
                                 "the site file", help, run};

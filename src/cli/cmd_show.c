/*
 * cmd_show.c - sotto show: where the bytes went, and what stands beside an item
 */
#include "cli/commands.h"
#include "cli/eval_kinds.h"
#include "cli/files.h"
#include "cli/replay_player.h"
#include "cli/report.h"
#include "cli/show.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "Usage: sotto show [OPTIONS] FILE|DIR [ITEM...]\n"
    "\n"
    "Shows what a part, a manifest, a saved profile or a whole published folder\n"
    "holds, and where its bytes went, section by section. With items, named by id or\n"
    "by a piece of the title, shows their neighbours: what is viewed next, what is\n"
    "bought with them, what is near by its vector, with weights from 0 to 1.\n"
    "\n"
    "  --curve  quality against bytes, from the logs of a SITE in place of FILE;\n"
    "           the same as sotto eval curve, and takes its options\n"
    "  --json   as JSON; default a table\n"
    "  --all    with --json: the whole content, to the last link\n"
    "  --pairs  of a statistics file: what is bought together, with support,\n"
    "           confidence, lift and significance; the first 50, or --all\n"
    "\n"
    "Titles are in the catalogue: a published folder knows them, a model alone knows\n"
    "ids. Segments and campaigns come with their expressions as the site file has\n"
    "them; --json --all has the instructions that they became.\n"
    "\n"
    "Example: what the model is made of, and what goes with a product\n"
    "\n"
    "  $ sotto show model.sotto\n"
    "  $ sotto show public/sotto 'hanging heart'\n";

#define SHOWN_PAIRS    50u
#define SHOWN_SHOPPERS 3u /* that a pair must rest on */

typedef struct show_options {
    bool json, all, pairs;
} show_options;

/* A published folder, or a part in one, with all its parts. */
typedef struct shown_thing {
    cli_bundle_files files;        /* bundle NULL if it is no folder */
    cli_document     documents[1 + CLI_KIND_COUNT];
    size_t           document_count;
} shown_thing;

static bool read_folder(cli_pool *pool, const char *path, shown_thing *thing)
{
    if (!cli_bundle_load(pool, path, &thing->files)) {
        return false;
    }
    thing->documents[thing->document_count++] = (cli_document){
        .path = thing->files.manifest_path,
        .kind = CLI_DOCUMENT_MANIFEST,
        .manifest = thing->files.manifest,
        .bytes = thing->files.manifest.bytes,
        .size = thing->files.manifest.size,
    };
    for (int kind = SOTTO_MODEL; kind < CLI_KIND_COUNT; kind++) {
        const cli_part_file *part = &thing->files.parts[kind];
        cli_document *document = &thing->documents[thing->document_count];
        if (!part->path) {
            continue;
        }
        document->path = part->path;
        if (cli_document_open(pool, part->bytes, part->size, document, NULL) == SOTTO_OK) {
            thing->document_count++;
        }
    }
    return true;
}

/* With the ranker: the folder's, or that of a model file a trainer wrote. NULL if there is none. */
static const sotto_bundle *bundle_with_ranker(cli_pool *pool, const shown_thing *thing)
{
    const cli_document *document = &thing->documents[0];
    if (thing->files.bundle) {
        return thing->files.bundle;
    }
    return document->kind == CLI_DOCUMENT_MODEL && cli_has_ranker(document->bytes, document->size)
         ? cli_bundle_from_model(pool, document->path, document->bytes, document->size) : NULL;
}

/* For items of a single file: the folder it was published in, if it still belongs there. */
static const sotto_bundle *bundle_around(cli_pool *pool, const shown_thing *thing,
                                         cli_bundle_files *around)
{
    const cli_document *document = &thing->documents[0];
    if (thing->files.bundle) {
        return thing->files.bundle;
    }
    const char *folder = cli_path_folder(pool, document->path);
    if (document->kind == CLI_DOCUMENT_MODEL
        && cli_part_name_is_ours(cli_path_name(document->path))
        && cli_file_exists(cli_path_join(pool, folder, CLI_MANIFEST_NAME))
        && cli_bundle_load(pool, folder, around) && around->parts[SOTTO_MODEL].path
        && strcmp(cli_path_name(around->parts[SOTTO_MODEL].path),
                  cli_path_name(document->path)) == 0) {
        return around->bundle;
    }
    const sotto_bundle *ranked = bundle_with_ranker(pool, thing);
    return ranked ? ranked : document->bundle;
}

static bool show_items(cli_pool *pool, const shown_thing *thing, const show_options *options,
                       const cli_texts *words)
{
    cli_bundle_files around = {0};
    bool good = true;
    const sotto_bundle *bundle = bundle_around(pool, thing, &around);
    if (!bundle || !sotto_bundle_has(bundle, SOTTO_MODEL)) {
        cli_error("%s: items are in a model, and this is none", words->texts[0]);
        cli_hint("sotto show DIR ITEM looks in a published folder");
        return false;
    }
    cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
    if (options->json) {
        cli_json_array(&json, NULL);
    }
    for (size_t i = 1; i < words->count; i++) {
        good = (options->json ? cli_json_neighbours(&json, bundle, words->texts[i])
                              : cli_show_neighbours(bundle, words->texts[i])) && good;
    }
    if (options->json) {
        cli_json_end(&json);
        cli_json_finish(&json);
    }
    return good;
}

static void show_profile(const sotto_profile *profile)
{
    sotto_profile_summary summary = sotto_profile_get(profile);
    printf("profile: %u of %u events kept; sessions: %u; in the cart: %u; items bought: %u; "
           "interests: %u categories, %u brands\n",
           summary.event_count, summary.event_total, summary.session_count, summary.cart_count,
           summary.purchase_count, summary.category_count, summary.brand_count);
}

/* Where the clusters are shown: once, with the part that holds them. */
static bool holds_ranker(const cli_document *document)
{
    return document->kind == CLI_DOCUMENT_RANKER
        || (document->kind == CLI_DOCUMENT_MODEL
            && cli_has_ranker(document->bytes, document->size));
}

/* In a folder, opened with the catalogue, which knows the names of what the plan asks for. */
static void show_plan(cli_pool *pool, const shown_thing *thing, const cli_document *document)
{
    const sotto_bundle *bundle = thing->files.bundle;
    if (document->plan && bundle) {
        cli_show_plan(cli_plan_open(pool, bundle, document->path), bundle);
    } else {
        cli_show_plan(document->plan, document->bundle);
    }
}

static void show_overview(cli_pool *pool, const shown_thing *thing)
{
    for (size_t i = 0; i < thing->document_count; i++) {
        const cli_document *document = &thing->documents[i];
        if (document->kind == CLI_DOCUMENT_MANIFEST) {
            cli_show_manifest(&document->manifest, thing->files.bundle);
        } else if (document->kind == CLI_DOCUMENT_PROFILE) {
            show_profile(document->profile);
        } else {
            cli_show_sections(document);
            show_plan(pool, thing, document);
        }
    }
    cli_show_clusters(bundle_with_ranker(pool, thing));
}

static void print_json(cli_pool *pool, const shown_thing *thing, bool all)
{
    const sotto_bundle *bundle = bundle_with_ranker(pool, thing);
    bool list = thing->document_count > 1;
    cli_json json = cli_json_to(stdout, all ? CLI_JSON_DENSE : CLI_JSON_LINES);
    if (list) {
        cli_json_array(&json, NULL);
    }
    for (size_t i = 0; i < thing->document_count; i++) {
        const cli_document *document = &thing->documents[i];
        if (all || document->kind >= CLI_DOCUMENT_MANIFEST) {
            cli_dump(&json, NULL, document);
        } else {
            cli_json_sections(&json, document, holds_ranker(document) ? bundle : NULL);
        }
    }
    if (list) {
        cli_json_end(&json);
    }
    cli_json_finish(&json);
}

static int show(cli_pool *pool, const show_options *options, const cli_texts *words)
{
    shown_thing thing = {0};
    if (options->pairs) {
        return cli_show_pairs(words->texts[0], SHOWN_SHOPPERS, options->all ? SIZE_MAX : SHOWN_PAIRS,
                              options->json) ? CLI_DONE : CLI_REFUSED;
    }
    if (cli_folder_exists(words->texts[0])) {
        if (!read_folder(pool, words->texts[0], &thing)) {
            return CLI_REFUSED;
        }
    } else {
        if (!cli_document_read(pool, words->texts[0], &thing.documents[0])) {
            return CLI_REFUSED;
        }
        thing.document_count = 1;
    }
    if (words->count > 1) {
        return show_items(pool, &thing, options, words) ? CLI_DONE : CLI_REFUSED;
    }
    if (options->json) {
        print_json(pool, &thing, options->all);
    } else {
        show_overview(pool, &thing);
    }
    return CLI_DONE;
}

static int run(const cli_command *command, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--curve") == 0) {
            argv[i] = argv[0]; /* which is left behind */
            return cli_eval_curve.run(&cli_eval_curve, argc - 1, argv + 1);
        }
    }
    cli_pool pool = {0};
    cli_texts operands;
    show_options options = {0};
    const cli_option known[] = {
        {"json", 0, CLI_SWITCH, &options.json},
        {"all", 0, CLI_SWITCH, &options.all},
        {"pairs", 0, CLI_SWITCH, &options.pairs},
    };
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc,
                                           argv, &pool, 1, SIZE_MAX, &operands);
    int status = result != CLI_ARGS_GO_ON ? cli_args_status(result)
               : options.all && !options.json ? cli_misuse(command, "--all goes with --json")
                                              : show(&pool, &options, &operands);
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_show = {"show", "where the bytes went; the neighbours of an item",
                              "the file or folder", help, run};

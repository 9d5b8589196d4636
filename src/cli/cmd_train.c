/*
 * cmd_train.c - sotto train: from the shop's logs to the model part
 */
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/json.h"
#include "cli/log_report.h"
#include "cli/number.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/site.h"
#include "cli/trained_items.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "Usage: sotto train [OPTIONS] SITE\n"
    "\n"
    "Reads the logs that the site file names, learns which items follow each other\n"
    "and which are bought together, tunes on the latest sessions, writes the model.\n"
    "What was read, and what was dropped and why, goes to standard error.\n"
    "\n"
    "  -o, --output FILE  the model; default train.output of the site file, or\n"
    "                     model.sotto beside it\n"
    "      --budget SIZE  bytes the model may take besides the ids, such as 300KB;\n"
    "                     default train.budget of the site file, or no limit\n"
    "      --no-tune      the built-in parameters: quicker, and less fitting\n"
    "  -q, --quiet        no report of a run that went well\n"
    "      --json         the report as JSON on standard output\n"
    "\n"
    "A shop without a feed gets FILE.items.ndjson besides: titles, prices and so on\n"
    "from the logs, for sotto publish.\n"
    "\n"
    "Example: train at night, then see what there is to see\n"
    "\n"
    "  $ sotto train site.json\n"
    "  $ sotto show model.sotto\n";

typedef struct train_options {
    const char *output;
    uint64_t    budget;
    bool        no_tune, quiet, json;
} train_options;

static void report_to_people(const sotto_trained *trained, const char *output)
{
    char a[CLI_NUMBER_SIZE];
    char b[CLI_NUMBER_SIZE];
    char c[CLI_NUMBER_SIZE];
    char d[CLI_NUMBER_SIZE];
    const sotto_train_summary *summary = &trained->summary;
    cli_log_report_print(&trained->report);
    cli_note("%s events of %s shoppers in %s sessions, %s baskets",
             cli_number_group(a, summary->event_count), cli_number_group(b, summary->shopper_count),
             cli_number_group(c, summary->session_count),
             cli_number_group(d, summary->basket_count));
    cli_note("%s items, %s links to what is viewed next, %s to what is bought together",
             cli_number_group(a, summary->item_count),
             cli_number_group(b, summary->next_link_count),
             cli_number_group(c, summary->together_link_count));
    if (summary->unsupported_pair_count) {
        cli_note("%s pairs were left out: too few shoppers stand behind them",
                 cli_number_group(a, summary->unsupported_pair_count));
    }
    if (summary->large_basket_count) {
        cli_note("%s baskets were so large that only their first 256 items were paired",
                 cli_number_group(a, summary->large_basket_count));
    }
    if (summary->tuned_query_count) {
        cli_note("tuned on the latest sessions: HR@20 %.2f %%, MRR@20 %.2f %% of %s clicks",
                 summary->tuned_hr20, summary->tuned_mrr20,
                 cli_number_group(a, summary->tuned_query_count));
    }
    cli_note("%s: %s bytes, %s of them ids, %.1f an item", output,
             cli_number_group(a, summary->model_size), cli_number_group(b, summary->ids_size),
             summary->item_count ? (double)summary->model_size / summary->item_count : 0.0);
}

static void report_to_machines(const sotto_trained *trained, const char *output)
{
    const sotto_train_summary *summary = &trained->summary;
    cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
    cli_json_object(&json, NULL);
    cli_json_text(&json, "model", output);
    cli_json_number(&json, "model_bytes", summary->model_size);
    cli_json_number(&json, "ids_bytes", summary->ids_size);
    cli_json_number(&json, "events", summary->event_count);
    cli_json_number(&json, "shoppers", summary->shopper_count);
    cli_json_number(&json, "sessions", summary->session_count);
    cli_json_number(&json, "baskets", summary->basket_count);
    cli_json_number(&json, "items", summary->item_count);
    cli_json_number(&json, "next_links", summary->next_link_count);
    cli_json_number(&json, "together_links", summary->together_link_count);
    cli_json_number(&json, "unsupported_pairs", summary->unsupported_pair_count);
    cli_json_number(&json, "max_links", summary->max_links_used);
    cli_json_number(&json, "tuned_queries", summary->tuned_query_count);
    cli_json_real(&json, "tuned_hr20", summary->tuned_hr20, 3);
    cli_json_real(&json, "tuned_mrr20", summary->tuned_mrr20, 3);
    cli_json_text(&json, "recipe", summary->recipe);
    cli_log_report_json(&json, "log", &trained->report);
    cli_json_end(&json);
    cli_json_finish(&json);
}

/* Writes the model and, for a shop without a feed, what the logs say of its items. */
static bool write_results(cli_pool *pool, const cli_site *site, const sotto_trained *trained,
                          const char *output)
{
    cli_batch batch = {0};
    const char *items_file = cli_trained_items_file(pool, output);
    if (!site->has_feed && !cli_trained_items_add(&batch, pool, items_file, trained)) {
        return false;
    }
    return cli_batch_add(&batch, pool, output, trained->model.bytes, trained->model.size)
        && cli_batch_commit(&batch);
}

static int train(cli_pool *pool, const cli_site *site, const train_options *wanted)
{
    const char *output = wanted->output ? wanted->output : site->model;
    sotto_train_fault fault = {{0}, {0}};
    sotto_trained trained = {0};
    sotto_train_options options = cli_site_train_options(site);
    options.tune = !wanted->no_tune;
    options.budget = wanted->budget ? wanted->budget : options.budget;
    options.progress_fn = cli_progress_phase;
    bool good = sotto_train(site->logs, site->log_count, &options, &trained, &fault);
    cli_progress_clear();
    if (!good) {
        cli_log_report_print(&trained.report);
        cli_error_fault(&fault);
    } else {
        good = write_results(pool, site, &trained, output);
    }
    if (good && wanted->json) {
        report_to_machines(&trained, output);
    }
    if (good && !wanted->quiet) {
        report_to_people(&trained, output);
    }
    sotto_trained_free(&trained);
    return good ? CLI_DONE : CLI_REFUSED;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    cli_site site;
    train_options options = {0};
    const cli_option known[] = {
        {"output", 'o', CLI_TEXT, &options.output},  {"budget", 0, CLI_SIZE, &options.budget},
        {"no-tune", 0, CLI_SWITCH, &options.no_tune}, {"quiet", 'q', CLI_SWITCH, &options.quiet},
        {"json", 0, CLI_SWITCH, &options.json},
    };
    int status = CLI_REFUSED;
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc,
                                           argv, &pool, 1, 1, &operands);
    if (result != CLI_ARGS_GO_ON) {
        status = cli_args_status(result);
    } else if (cli_site_load(&pool, operands.texts[0], &site)) {
        if (site.log_count == 0) {
            cli_error("%s: there are no \"logs\" to train from", site.file);
            cli_hint("a feed alone can be published without a model: sotto publish %s", site.file);
        } else {
            status = train(&pool, &site, &options);
        }
    }
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_train = {"train", "logs to a model", "the site file", help, run};

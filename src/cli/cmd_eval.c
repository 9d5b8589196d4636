/*
 * cmd_eval.c - sotto eval: how good is what would be published?
 */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/log_report.h"
#include "cli/number.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/site.h"
#include "train/eval.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "Usage: sotto eval [OPTIONS] SITE\n"
    "       sotto eval next-click --train SESSIONS --test TSV [OPTIONS]\n"
    "\n"
    "Trains, writes the model, opens its bytes with the very core a page runs, and\n"
    "asks it for the next click. For a site: of the last tenth of its sessions, after\n"
    "training on the rest. For next-click: SESSIONS has a session a line, items\n"
    "separated by blanks; TSV has a session so far, a tab, the item that came next.\n"
    "\n"
    "  --budget SIZE     bytes the model may take besides the ids; default no limit\n"
    "  --max-links N     links an item; default 20, or that of the site file\n"
    "  --min-shoppers N  shoppers a link must rest on; default 1, or the site file's\n"
    "  --no-tune         the built-in parameters\n"
    "  --json            as JSON; default a table\n"
    "\n"
    "HR@20 is how often the item that came next is among the first 20, MRR@20 the\n"
    "mean of one divided by its place.\n"
    "\n"
    "Example: what half a megabyte buys\n"
    "\n"
    "  $ sotto eval site.json --budget 500KB\n";

typedef struct eval_options {
    const char *train, *test;
    uint64_t    budget, max_links, min_shoppers;
    bool        no_tune, json;
} eval_options;

static void print_row(const char *name, const char *value)
{
    printf("  %-28s %14s\n", name, value);
}

static void print_count(const char *name, uint64_t count)
{
    char text[CLI_NUMBER_SIZE];
    print_row(name, cli_number_group(text, count));
}

static void print_real(const char *name, double value, int decimals, const char *unit)
{
    char text[64];
    snprintf(text, sizeof text, "%.*f%s", decimals, value, unit);
    print_row(name, text);
}

static double share_of(uint64_t part, uint64_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static void print_table(const sotto_eval_result *result)
{
    print_real("HR@20", result->hr20, 2, " %");
    print_real("MRR@20", result->mrr20, 2, " %");
    print_count("queries", result->queries);
    print_real("answered", share_of(result->answered, result->queries), 1, " %");
    print_count("items", result->items);
    print_real("shown at least once", share_of(result->covered, result->items), 1, " %");
    print_count("links", result->links);
    print_count("model bytes", result->model_bytes);
    print_count("  as brotli", result->model_brotli_bytes);
    print_count("ids bytes", result->ids_bytes);
    double bytes = (double)(result->model_bytes + result->ids_bytes);
    print_real("bytes an item, ids and all", result->items ? bytes / result->items : 0, 1, "");
    print_real("a decision takes", result->us_per_decision, 2, " us");
    print_real("training took", result->train_s, 1, " s");
    print_real("memory at its peak", result->peak_mb, 0, " MB");
}

static void print_json(const sotto_eval_result *result, const sotto_log_report *report)
{
    cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
    cli_json_object(&json, NULL);
    cli_json_real(&json, "hr20", result->hr20, 4);
    cli_json_real(&json, "mrr20", result->mrr20, 4);
    cli_json_number(&json, "queries", result->queries);
    cli_json_number(&json, "answered", result->answered);
    cli_json_number(&json, "items", result->items);
    cli_json_number(&json, "covered", result->covered);
    cli_json_number(&json, "links", result->links);
    cli_json_number(&json, "model_bytes", result->model_bytes);
    cli_json_number(&json, "ids_bytes", result->ids_bytes);
    cli_json_number(&json, "model_brotli_bytes", result->model_brotli_bytes);
    cli_json_real(&json, "us_per_decision", result->us_per_decision, 3);
    cli_json_real(&json, "train_s", result->train_s, 3);
    cli_json_real(&json, "peak_mb", result->peak_mb, 1);
    cli_json_text(&json, "recipe", result->recipe);
    if (report) {
        cli_log_report_json(&json, "log", report);
    }
    cli_json_end(&json);
    cli_json_finish(&json);
}

static void apply(const eval_options *wanted, sotto_train_options *options)
{
    options->tune = !wanted->no_tune;
    options->budget = wanted->budget ? wanted->budget : options->budget;
    options->max_links = wanted->max_links ? (uint32_t)wanted->max_links : options->max_links;
    options->min_shoppers =
        wanted->min_shoppers ? (uint32_t)wanted->min_shoppers : options->min_shoppers;
    options->progress_fn = cli_progress_phase;
}

static int eval_next_click(const eval_options *wanted)
{
    sotto_eval_result result = {0};
    sotto_train_fault fault = {{0}, {0}};
    sotto_train_options options = sotto_train_defaults();
    options.min_shoppers = 1;
    apply(wanted, &options);
    bool good = sotto_eval_next_click(wanted->train, wanted->test, &options, &result, &fault);
    cli_progress_clear();
    if (!good) {
        cli_error_fault(&fault);
        return CLI_REFUSED;
    }
    if (wanted->json) {
        print_json(&result, NULL);
    } else {
        print_table(&result);
    }
    return CLI_DONE;
}

static int eval_site(cli_pool *pool, const char *site_file, const eval_options *wanted)
{
    cli_site site;
    sotto_log_report report = {0};
    sotto_eval_result result = {0};
    sotto_train_fault fault = {{0}, {0}};
    if (!cli_site_load(pool, site_file, &site)) {
        return CLI_REFUSED;
    }
    if (site.log_count == 0) {
        cli_error("%s: there are no \"logs\" to learn from", site_file);
        return CLI_REFUSED;
    }
    sotto_train_options options = cli_site_train_options(&site);
    apply(wanted, &options);
    bool good = sotto_eval_logs(site.logs, site.log_count, &options, &report, &result, &fault);
    cli_progress_clear();
    if (!good) {
        cli_log_report_print(&report);
        cli_error_fault(&fault);
    } else if (wanted->json) {
        print_json(&result, &report);
    } else {
        print_table(&result);
    }
    sotto_log_report_free(&report);
    return good ? CLI_DONE : CLI_REFUSED;
}

static int evaluate(const cli_command *command, cli_pool *pool, const cli_texts *operands,
                    const eval_options *options)
{
    bool next_click = strcmp(operands->texts[0], "next-click") == 0;
    if (options->max_links > SOTTO_MAX_LINKS) {
        return cli_misuse(command, "--max-links goes to %d", SOTTO_MAX_LINKS);
    }
    if (options->min_shoppers > UINT32_MAX) {
        return cli_misuse(command, "--min-shoppers goes to %u", UINT32_MAX);
    }
    if (!next_click && (options->train || options->test)) {
        return cli_misuse(command, "--train and --test go with next-click");
    }
    if (next_click && (!options->train || !options->test)) {
        return cli_misuse(command, "next-click needs --train SESSIONS and --test TSV");
    }
    return next_click ? eval_next_click(options) : eval_site(pool, operands->texts[0], options);
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    eval_options options = {0};
    const cli_option known[] = {
        {"train", 0, CLI_TEXT, &options.train},
        {"test", 0, CLI_TEXT, &options.test},
        {"budget", 0, CLI_SIZE, &options.budget},
        {"max-links", 0, CLI_NUMBER, &options.max_links},
        {"min-shoppers", 0, CLI_NUMBER, &options.min_shoppers},
        {"no-tune", 0, CLI_SWITCH, &options.no_tune},
        {"json", 0, CLI_SWITCH, &options.json},
    };
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc,
                                           argv, &pool, 1, 1, &operands);
    int status = result == CLI_ARGS_GO_ON ? evaluate(command, &pool, &operands, &options)
                                          : cli_args_status(result);
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_eval = {"eval", "how good is what would be published?",
                              "the site file, or next-click,", help, run};

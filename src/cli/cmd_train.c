/*
 * cmd_train.c - sotto train: from the shop's logs to the model part
 *
 *     logs --count--> statistics --make--> model          sotto train SITE
 *                     statistics --make--> model          sotto train --from FILE [SITE]
 *     logs --count--> statistics                          sotto train --count FILE SITE
 *     statistics + statistics --merge--> statistics       sotto train --merge A B -o C
 */
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/json.h"
#include "cli/log_report.h"
#include "cli/number.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/site.h"
#include "cli/train_report.h"
#include "cli/trained_items.h"
#include "cli/wishes.h"
#include "train/eval_cost.h"
#include "train/statistics.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#define MERGE_MAX 1000u /* files at once */

static const char help[] =
    "Usage: sotto train [OPTIONS] SITE\n"
    "       sotto train --from STATISTICS [OPTIONS] [SITE]\n"
    "       sotto train --merge STATISTICS... -o FILE\n"
    "\n"
    "Logs to a model that tunes itself; or to statistics, which merge and become one.\n"
    "\n"
    "  -o, --output FILE  the model; default train.output of SITE, or model.sotto\n"
    "      --budget SIZE  of all but the ids: 300KB, 28/item; default train.budget\n"
    "      --effort WORD  how much tuning: low, normal or high; default normal\n"
    "      --seed N       of all chance; default 1\n"
    "      --no-tune      the built-in parameters and links alone: quicker\n"
    "      --statistics FILE  keep what was counted; --count FILE: and make no model\n"
    "      --sample N     events of shoppers that are kept whole; default 2000000\n"
    "      --memory SIZE  for counting, about; default 1GiB\n"
    "      --examples FILE  what a re-ranker learns from; --trees FILE: trees as one\n"
    "  -q, --quiet        no report of a run that went well;  --json: it as JSON\n"
    "\n"
    "Without a feed, FILE.items.ndjson gets titles and prices, for sotto publish.\n"
    "\n"
    "Example: tonight's logs, added to those of a year\n"
    "\n"
    "  $ sotto train --count tonight.statistics site.json\n"
    "  $ sotto train --merge year.statistics tonight.statistics -o year.statistics\n"
    "  $ sotto train --from year.statistics site.json\n";

typedef struct train_options {
    const char *output, *statistics, *count, *from;
    uint64_t    sample, memory;
    cli_wishes  wishes;
    bool        merge, no_tune, quiet, json;
} train_options;

/* What the logs say of shoppers is the shop's own: nobody else may read the file. */
static bool write_statistics(cli_pool *pool, FILE *statistics, const char *path)
{
    fseeko(statistics, 0, SEEK_END);
    size_t size = (size_t)ftello(statistics);
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fileno(statistics), 0);
    if (bytes == MAP_FAILED) {
        return cli_error("%s: cannot be written: %s", path, strerror(errno));
    }
    bool written = cli_file_write_secret(pool, path, bytes, size);
    munmap(bytes, size);
    return written;
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

static void report_count(FILE *statistics, const sotto_log_report *report,
                         const train_options *wanted, double seconds)
{
    char text[CLI_NUMBER_SIZE];
    fseeko(statistics, 0, SEEK_END);
    uint64_t size = (uint64_t)ftello(statistics);
    if (wanted->json) {
        cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
        cli_json_object(&json, NULL);
        cli_json_text(&json, "statistics", wanted->count);
        cli_json_number(&json, "statistics_bytes", size);
        cli_json_real(&json, "count_s", seconds, 3);
        cli_json_real(&json, "cpu_s", (double)clock() / CLOCKS_PER_SEC, 3);
        cli_json_real(&json, "peak_mb", sotto_eval_peak_mb(), 1);
        cli_log_report_json(&json, "log", report);
        cli_json_end(&json);
        cli_json_finish(&json);
    }
    if (!wanted->quiet) {
        cli_log_report_print(report);
        cli_note("%s: %s bytes", wanted->count, cli_number_group(text, size));
    }
}

/* The statistics of the logs, or those that are there already. */
static bool get_statistics(cli_pool *pool, const cli_site *site, const train_options *wanted,
                           const sotto_train_options *options, sotto_log_report *report,
                           FILE **statistics)
{
    sotto_train_fault fault = {{0}, {0}};
    const char *path = wanted->count ? wanted->count : wanted->statistics;
    if (wanted->from) {
        *statistics = fopen(wanted->from, "rb");
        return *statistics || cli_error("%s: cannot be opened: %s", wanted->from, strerror(errno));
    }
    bool counted = sotto_train_count(site->logs, site->log_count, options, !path, report,
                                     statistics, &fault);
    cli_progress_clear();
    if (!counted) {
        cli_log_report_print(report);
        cli_error_fault(&fault);
    }
    return counted && (!path || write_statistics(pool, *statistics, path));
}

static int make_model(cli_pool *pool, const cli_site *site, const train_options *wanted,
                      const sotto_train_options *options, FILE *statistics,
                      const sotto_log_report *report)
{
    const char *output = wanted->output ? wanted->output : site->model;
    sotto_train_fault fault = {{0}, {0}};
    sotto_trained trained = {0};
    bool good = sotto_train_make(statistics, wanted->from ? wanted->from : "statistics", options,
                                 &trained, &fault);
    cli_progress_clear();
    if (!good) {
        cli_log_report_print(report);
        cli_error_fault(&fault);
        return CLI_REFUSED;
    }
    trained.report = *report;
    good = write_results(pool, site, &trained, output);
    if (good && wanted->json) {
        cli_train_report_json(&trained, output, wanted->statistics);
    }
    if (good && !wanted->quiet) {
        cli_train_report_print(&trained, output);
    }
    trained.report = (sotto_log_report){0}; /* the caller's */
    sotto_trained_free(&trained);
    return good ? CLI_DONE : CLI_REFUSED;
}

static int train(cli_pool *pool, const cli_site *site, const train_options *wanted,
                 const sotto_train_options *options)
{
    sotto_log_report report = {0};
    FILE *statistics = NULL;
    int status = CLI_REFUSED;
    double begun_s = sotto_eval_now_s();
    if (get_statistics(pool, site, wanted, options, &report, &statistics)) {
        if (wanted->count) {
            report_count(statistics, &report, wanted, sotto_eval_now_s() - begun_s);
            status = CLI_DONE;
        } else {
            status = make_model(pool, site, wanted, options, statistics, &report);
            statistics = NULL; /* closed by then */
        }
    }
    if (statistics) {
        fclose(statistics);
    }
    sotto_log_report_free(&report);
    return status;
}

static int merge(cli_pool *pool, const cli_texts *files, const train_options *wanted)
{
    sotto_train_fault fault = {{0}, {0}};
    size_t memory = wanted->memory ? (size_t)wanted->memory : SOTTO_MEMORY_DEFAULT;
    FILE *merged = sotto_temp_file(&fault);
    bool good = merged
             && sotto_statistics_merge(files->texts, files->count, memory, false, merged, &fault);
    if (!good) {
        cli_error_fault(&fault);
    }
    good = good && write_statistics(pool, merged, wanted->output);
    if (merged) {
        fclose(merged);
    }
    return good ? CLI_DONE : CLI_REFUSED;
}

/* Which options go together. */
static const char *misuse_of(const train_options *wanted, size_t operand_count)
{
    if (wanted->merge) {
        return wanted->from || wanted->count || wanted->statistics
                   ? "--merge takes nothing but files and -o"
               : operand_count == 0 ? "--merge needs statistics files"
               : !wanted->output    ? "--merge needs -o FILE"
                                    : NULL;
    }
    return operand_count == 0 && !wanted->from ? "the site file is missing"
           : wanted->from && (wanted->count || wanted->statistics)
               ? "--from reads no logs: there is nothing to count"
           : wanted->count && wanted->statistics
               ? "--count already keeps the statistics"
               : NULL;
}

/* A shop of which nothing is known but its statistics. */
static cli_site site_without_file(void)
{
    sotto_train_options options = sotto_train_defaults();
    return (cli_site){.model = "model.sotto", .max_links = options.max_links,
                      .min_shoppers = options.min_shoppers,
                      .session_gap_s = options.session_gap_s, .bot_clicks = options.bot_clicks,
                      .bot_per_minute = options.bot_per_minute};
}

static int load_and_train(const cli_command *command, cli_pool *pool, const cli_texts *operands,
                          const train_options *wanted)
{
    cli_site site = site_without_file();
    sotto_train_options options = sotto_train_defaults();
    if (operands->count > 1) {
        return cli_misuse(command, "\"%s\" is one too many", operands->texts[1]);
    }
    if (!cli_wishes_apply(command, &wanted->wishes, &options)) { /* before anything is read */
        return CLI_MISUSED;
    }
    if (operands->count > 0 && !cli_site_load(pool, operands->texts[0], &site)) {
        return CLI_REFUSED;
    }
    if (site.log_count == 0 && !wanted->from) {
        cli_error("%s: there are no \"logs\" to train from", site.file);
        cli_hint("a feed alone can be published without a model: sotto publish %s", site.file);
        return CLI_REFUSED;
    }
    options = cli_site_train_options(&site);
    options.tune = !wanted->no_tune;
    options.progress_fn = cli_progress_phase;
    options.memory = wanted->memory ? (size_t)wanted->memory : options.memory;
    options.sample_events = wanted->sample ? wanted->sample : options.sample_events;
    if (!cli_wishes_apply(command, &wanted->wishes, &options)) {
        return CLI_MISUSED;
    }
    return train(pool, &site, wanted, &options);
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    train_options wanted = {0};
    const cli_option known[] = {
        {"output", 'o', CLI_TEXT, &wanted.output},
        {"statistics", 0, CLI_TEXT, &wanted.statistics},
        {"count", 0, CLI_TEXT, &wanted.count},
        {"from", 0, CLI_TEXT, &wanted.from},
        {"merge", 0, CLI_SWITCH, &wanted.merge},
        {"sample", 0, CLI_NUMBER, &wanted.sample},
        {"memory", 0, CLI_SIZE, &wanted.memory},
        {"no-tune", 0, CLI_SWITCH, &wanted.no_tune},
        {"quiet", 'q', CLI_SWITCH, &wanted.quiet},
        {"json", 0, CLI_SWITCH, &wanted.json},
        CLI_WISH_OPTIONS(&wanted.wishes),
        CLI_TREE_OPTIONS(&wanted.wishes),
    };
    int status;
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc,
                                           argv, &pool, 0, MERGE_MAX, &operands);
    const char *misuse = result == CLI_ARGS_GO_ON ? misuse_of(&wanted, operands.count) : NULL;
    if (result != CLI_ARGS_GO_ON) {
        status = cli_args_status(result);
    } else if (misuse) {
        status = cli_misuse(command, "%s", misuse);
    } else if (wanted.merge) {
        status = merge(&pool, &operands, &wanted);
    } else {
        status = load_and_train(command, &pool, &operands, &wanted);
    }
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_train = {"train", "logs to a model", "the site file", help, run};

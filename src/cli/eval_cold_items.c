/*
 * eval_cold_items.c - sotto eval cold-items: what of items that nobody has met yet?
 */
#include "cli/eval_cold.h"
#include "cli/eval_kinds.h"
#include "cli/eval_options.h"
#include "cli/log_report.h"
#include "cli/number.h"
#include "cli/progress.h"
#include "cli/report.h"

#include <stdio.h>

static const char help[] =
    "Usage: sotto eval cold-items [OPTIONS] SITE\n"
    "\n"
    "Hides all that happened to every tenth item, trains on the rest, publishes model\n"
    "and feed, and asks the published bytes about the hidden ones in the last tenth\n"
    "of the sessions (of the baskets, where nothing was viewed): what goes with one\n"
    "of them, and whether it is found after what is known. Best sellers, the best of\n"
    "the category and chance answer too. Without a feed products come from the logs.\n"
    "\n"
    "  --budget SIZE     bytes of the model besides the ids, as 1MB or 28/item\n"
    "  --max-links N     links an item; default that of the site file\n"
    "  --effort EFFORT   low, normal or high: how much tuning; default normal\n"
    "  --min-shoppers N  shoppers a link must rest on; default that of the site file\n"
    "  --no-tune         the built-in parameters\n"
    "  --json            as JSON; default a table\n"
    "\n"
    "Example:\n"
    "\n"
    "  $ sotto eval cold-items site.json\n";

static const struct {
    const char *key, *words, *heading;
} methods[CLI_COLD_METHODS] = {
    {"from", "similar", "on the page of a new item: what goes with it"},
    {"from_category_tops", "best of its category", NULL},
    {"from_popular", "best sellers", NULL},
    {"to", "for-you, among all items", "after items that are known: the new one"},
    {"to_new", "for-you, among new items", NULL},
    {"to_category", "same category, among new", NULL},
    {"to_chance", "chance, among new items", NULL},
    {"met", "with new items", "what is known after what is known"},
    {"met_alone", "without", NULL},
};

static double mean_of(const sotto_eval_quality *quality, sotto_eval_metric metric)
{
    return quality->means[metric][SOTTO_EVAL_AT20].mean;
}

static void print_method(const char *words, const sotto_eval_quality *quality)
{
    const sotto_eval_mean *hr = &quality->means[SOTTO_EVAL_HR][SOTTO_EVAL_AT20];
    printf("  %-28s %8.2f %8.2f %8.2f %8.2f   %.2f to %.2f\n", words, hr->mean,
           mean_of(quality, SOTTO_EVAL_MRR), mean_of(quality, SOTTO_EVAL_NDCG),
           mean_of(quality, SOTTO_EVAL_RECALL), hr->low, hr->high);
}

static void print_table(const cli_cold_result *result)
{
    char items[CLI_NUMBER_SIZE], hidden[CLI_NUMBER_SIZE], number[CLI_NUMBER_SIZE];
    printf("cold items: %s of %s made new\n", cli_number_group(hidden, result->hidden),
           cli_number_group(items, result->items));
    for (int i = 0; i < CLI_COLD_METHODS; i++) {
        const sotto_eval_quality *quality = &result->methods[i];
        if (methods[i].heading) {
            printf("\n%s (%s questions)\n", methods[i].heading,
                   cli_number_group(number, quality->questions));
            printf("  %-28s %8s %8s %8s %8s   %s\n", "percent, at 20", "HR", "MRR", "NDCG",
                   "recall", "95 % of HR");
        }
        print_method(methods[i].words, quality);
    }
    printf("\n  %-28s %14s\n", "links of the catalogue, bytes",
           cli_number_group(number, result->link_bytes));
    printf("  %-28s %14.1f s\n", "training took", result->train_s);
    printf("  %-28s %14.1f s\n", "publishing took", result->publish_s);
}

static void json_method(cli_json *json, const char *key, const sotto_eval_quality *quality)
{
    static const char *const keys[] = {"hr20", "mrr20", "ndcg20", "recall20"};
    cli_json_object(json, key);
    cli_json_number(json, "questions", quality->questions);
    for (sotto_eval_metric metric = SOTTO_EVAL_HR; metric <= SOTTO_EVAL_RECALL; metric++) {
        cli_json_real(json, keys[metric], mean_of(quality, metric), 4);
    }
    const sotto_eval_mean *hr = &quality->means[SOTTO_EVAL_HR][SOTTO_EVAL_AT20];
    cli_json_array(json, "hr20_ci");
    cli_json_real(json, NULL, hr->low, 4);
    cli_json_real(json, NULL, hr->high, 4);
    cli_json_end(json);
    cli_json_end(json);
}

static void print_json(const cli_cold_result *result)
{
    cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
    cli_json_object(&json, NULL);
    cli_json_number(&json, "items", result->items);
    cli_json_number(&json, "hidden", result->hidden);
    for (int i = 0; i < CLI_COLD_METHODS; i++) {
        json_method(&json, methods[i].key, &result->methods[i]);
    }
    cli_looks_json(&json, &result->looks);
    cli_json_number(&json, "catalogue_bytes", result->catalogue_bytes);
    cli_json_number(&json, "catalogue_link_bytes", result->link_bytes);
    cli_json_real(&json, "train_s", result->train_s, 3);
    cli_json_real(&json, "publish_s", result->publish_s, 3);
    cli_json_end(&json);
    cli_json_finish(&json);
}

static int evaluate(const cli_command *command, cli_pool *pool, const char *site_file,
                    const cli_eval_wanted *wanted)
{
    cli_site site;
    sotto_eval_options options;
    sotto_log_report report = {0};
    cli_cold_result result = {0};
    cli_cold_shop shop = {.pool = pool, .site = &site, .result = &result};
    if (!cli_eval_options(command, wanted, sotto_train_defaults(), false, &options)) {
        return CLI_MISUSED;
    }
    if (!cli_site_load(pool, site_file, &site)) {
        return CLI_REFUSED;
    }
    if (site.log_count == 0) {
        cli_error("%s: there are no \"logs\" to learn from", site_file);
        return CLI_REFUSED;
    }
    (void)cli_eval_options(command, wanted, cli_site_train_options(&site), false, &options);
    bool good = cli_cold_open(&shop, &options.train, &report);
    cli_progress_clear();
    if (!good) {
        cli_log_report_print(&report);
    }
    good = good && cli_cold_ask(&shop);
    if (good && wanted->json) {
        print_json(&result);
    } else if (good) {
        print_table(&result);
        cli_looks_report(&result.looks);
    }
    cli_cold_close(&shop);
    sotto_log_report_free(&report);
    return good ? CLI_DONE : CLI_REFUSED;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    cli_eval_wanted wanted = {0};
    const cli_option known[] = {CLI_EVAL_OPTIONS(&wanted)};
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc, argv,
                                           &pool, 1, 1, &operands);
    int status = result == CLI_ARGS_GO_ON ? evaluate(command, &pool, operands.texts[0], &wanted)
                                          : cli_args_status(result);
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_eval_cold_items = {"eval cold-items", "items that nobody has met yet",
                                         "the site file", help, run};

/*
 * eval_next_basket.c - sotto eval next-basket: what will somebody buy next, given what they bought?
 */
#include "cli/basket_files.h"
#include "cli/eval_kinds.h"
#include "cli/json.h"
#include "cli/number.h"
#include "cli/report.h"
#include "train/eval_basket.h"
#include "train/eval_scores.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char help[] =
    "Usage: sotto eval next-basket --history FILE --future FILE --keyset FILE ...\n"
    "       sotto eval next-basket --baskets FILE [OPTIONS]\n"
    "\n"
    "Learns from the baskets of training shoppers, publishes, and asks the published\n"
    "bytes for the last basket of test shoppers, given the ones before.\n"
    "\n"
    "  --history FILE    {\"shopper\": [[item, ...], ...]}, oldest first, and\n"
    "  --future FILE     the basket after those, likewise\n"
    "  --keyset FILE     {\"train\": [\"shopper\", ...], \"val\": [...], \"test\": [...]};\n"
    "                    may stand more than once: figures are means over all\n"
    "  --baskets FILE    {\"train\": {\"shopper\": [...]}, \"validate\": ..., \"test\": ...}\n"
    "  --validate        ask the shoppers of \"val\" or \"validate\", not of \"test\"\n"
    "  --max-links N     links an item, 1 to 16; default 6\n"
    "  --min-shoppers N  shoppers a link must rest on; default 1\n"
    "  --json            as JSON; default a table\n"
    "\n"
    "NDCG divides by the best there could be: the whole basket first with --history,\n"
    "as much of it as fits with --baskets, as the papers behind these files have it.\n"
    "Intervals are by bootstrap over the shoppers asked.\n"
    "\n"
    "Example:\n"
    "\n"
    "  $ sotto eval next-basket --baskets TaFeng.json --json\n";

typedef struct basket_wanted {
    const char *history, *future, *baskets;
    cli_texts   keysets;
    uint64_t    max_links, min_shoppers;
    bool        validate, json;
} basket_wanted;

enum { RECALL, NDCG, PHR, BASKET_METRICS };

static const struct {
    const char *key, *name;
} metric_names[BASKET_METRICS] = {{"recall", "recall"}, {"ndcg", "NDCG"}, {"phr", "PHR"}};

/* Sums over keysets, and how many those are. */
typedef struct basket_totals {
    uint32_t keysets;
    double   means[BASKET_METRICS][SOTTO_BASKET_CUTS];
    double   model_bytes, brotli_bytes, ids_bytes, lookup_bytes, links, items, us, train_s;
    double   peak_mb;
    uint64_t queries, answered;
    sotto_basket_metrics *each; /* by shopper: whoever is in several keysets counts as one group */
    uint32_t              shopper_count;
} basket_totals;

static double sum_of(const sotto_basket_metrics *metrics, int metric, uint32_t cut)
{
    return metric == RECALL ? metrics->recall[cut]
         : metric == NDCG   ? metrics->ndcg[cut]
                            : metrics->phr[cut];
}

static void add_result(basket_totals *totals, const sotto_eval_basket_result *result)
{
    const sotto_basket_metrics *metrics = &result->metrics;
    totals->keysets++;
    for (int metric = 0; metric < BASKET_METRICS; metric++) {
        for (uint32_t cut = 0; cut < SOTTO_BASKET_CUTS; cut++) {
            totals->means[metric][cut] +=
                sotto_basket_mean(metrics, sum_of(metrics, metric, cut));
        }
    }
    totals->model_bytes += (double)result->cost.model_bytes;
    totals->brotli_bytes += (double)result->cost.model_brotli_bytes;
    totals->ids_bytes += (double)result->cost.ids_bytes;
    totals->lookup_bytes += (double)result->cost.id_lookup_bytes;
    totals->links += (double)result->links;
    totals->items += result->items;
    totals->us += result->us_per_decision;
    totals->train_s += result->train_s;
    totals->peak_mb = result->peak_mb > totals->peak_mb ? result->peak_mb : totals->peak_mb;
    totals->queries += metrics->baskets;
    totals->answered += result->answered;
}

/* ---- results --------------------------------------------------------------------------------- */

/* The interval of one mean, by drawing shoppers. False without memory. */
static bool find_interval(const basket_totals *totals, int metric, uint32_t cut,
                          sotto_eval_mean *mean)
{
    double *gains = malloc(((size_t)totals->shopper_count + 1) * sizeof *gains);
    double *questions = malloc(((size_t)totals->shopper_count + 1) * sizeof *questions);
    size_t count = 0;
    bool good = gains != NULL && questions != NULL;
    for (uint32_t i = 0; good && i < totals->shopper_count; i++) {
        if (totals->each[i].baskets > 0) {
            gains[count] = sum_of(&totals->each[i], metric, cut);
            questions[count++] = (double)totals->each[i].baskets;
        }
    }
    if (good) {
        *mean = sotto_eval_mean_of(gains, questions, count);
    }
    free(gains);
    free(questions);
    return good || cli_error("there is not enough memory for %u shoppers", totals->shopper_count);
}

static void print_json(const basket_totals *totals,
                       sotto_eval_mean intervals[BASKET_METRICS][SOTTO_BASKET_CUTS])
{
    double n = totals->keysets;
    cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
    cli_json_object(&json, NULL);
    for (uint32_t cut = 0; cut < SOTTO_BASKET_CUTS; cut++) {
        for (int metric = 0; metric < BASKET_METRICS; metric++) {
            char key[32];
            const sotto_eval_mean *interval = &intervals[metric][cut];
            snprintf(key, sizeof key, "%s%u", metric_names[metric].key, sotto_basket_cuts[cut]);
            cli_json_real(&json, key, totals->means[metric][cut] / n, 5);
            snprintf(key, sizeof key, "%s%u_ci", metric_names[metric].key,
                     sotto_basket_cuts[cut]);
            cli_json_array(&json, key);
            cli_json_real(&json, NULL, interval->low, 5);
            cli_json_real(&json, NULL, interval->high, 5);
            cli_json_end(&json);
        }
    }
    cli_json_number(&json, "keysets", totals->keysets);
    cli_json_number(&json, "queries", totals->queries);
    cli_json_number(&json, "answered", totals->answered);
    cli_json_number(&json, "items", (uint64_t)(totals->items / n));
    cli_json_number(&json, "links", (uint64_t)(totals->links / n));
    cli_json_number(&json, "model_bytes", (uint64_t)(totals->model_bytes / n));
    cli_json_number(&json, "ids_bytes", (uint64_t)(totals->ids_bytes / n));
    cli_json_number(&json, "id_lookup_bytes", (uint64_t)(totals->lookup_bytes / n));
    cli_json_number(&json, "model_brotli_bytes", (uint64_t)(totals->brotli_bytes / n));
    cli_json_real(&json, "bytes_per_item", totals->model_bytes / totals->items, 3);
    cli_json_real(&json, "us_per_decision", totals->us / n, 3);
    cli_json_real(&json, "train_s", totals->train_s / n, 3);
    cli_json_real(&json, "peak_mb", totals->peak_mb, 1);
    cli_json_end(&json);
    cli_json_finish(&json);
}

static void print_row(const char *name, double value, int decimals, const char *unit)
{
    printf("  %-28s %14.*f%s\n", name, decimals, value, unit);
}

static void print_count(const char *name, double count)
{
    char text[CLI_NUMBER_SIZE];
    printf("  %-28s %14s\n", name, cli_number_group(text, (uint64_t)count));
}

static void print_table(const basket_totals *totals,
                        sotto_eval_mean intervals[BASKET_METRICS][SOTTO_BASKET_CUTS])
{
    double n = totals->keysets;
    char text[CLI_NUMBER_SIZE];
    printf("next basket: %s shoppers", cli_number_group(text, totals->queries));
    if (totals->keysets > 1) {
        printf(" in %u keysets, whose means these are", totals->keysets);
    }
    printf("\n\n  %-10s %10s %10s   %s\n", "", "at 10", "at 20", "95 % interval at 10");
    for (int metric = 0; metric < BASKET_METRICS; metric++) {
        const double *means = totals->means[metric];
        printf("  %-10s %10.4f %10.4f   %.4f to %.4f\n", metric_names[metric].name, means[0] / n,
               means[1] / n, intervals[metric][0].low, intervals[metric][0].high);
    }
    printf("\n");
    print_count("items", totals->items / n);
    print_count("links", totals->links / n);
    print_count("model bytes", totals->model_bytes / n);
    print_count("  as brotli", totals->brotli_bytes / n);
    print_row("  an item", totals->model_bytes / totals->items, 1, "");
    print_count("the shop's own ids", totals->ids_bytes / n);
    print_row("a decision takes", totals->us / n, 2, " us");
    print_row("training took", totals->train_s / n, 1, " s");
    print_row("memory at its peak", totals->peak_mb, 0, " MB");
}

static bool print_totals(const basket_totals *totals, bool json)
{
    sotto_eval_mean intervals[BASKET_METRICS][SOTTO_BASKET_CUTS];
    for (int metric = 0; metric < BASKET_METRICS; metric++) {
        for (uint32_t cut = 0; cut < SOTTO_BASKET_CUTS; cut++) {
            if (!find_interval(totals, metric, cut, &intervals[metric][cut])) {
                return false;
            }
        }
    }
    if (json) {
        print_json(totals, intervals);
    } else {
        print_table(totals, intervals);
    }
    return true;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static bool evaluate_keyset(const cli_basket_files *files, const basket_wanted *wanted,
                            basket_totals *totals)
{
    uint32_t count = files->log.shopper_count;
    uint8_t *roles = calloc((size_t)count + 1, 1);
    cli_basket_part asked = wanted->validate ? CLI_PART_VALIDATE : CLI_PART_TEST;
    if (!roles) {
        return cli_error("there is not enough memory for %u shoppers", count);
    }
    for (uint32_t shopper = 0; shopper < count; shopper++) {
        roles[shopper] = files->parts[shopper] == CLI_PART_TRAIN ? SOTTO_BASKET_TRAIN
                       : files->parts[shopper] == asked          ? SOTTO_BASKET_ASK
                                                                 : SOTTO_BASKET_UNUSED;
    }
    sotto_basket_exam exam = {&files->log, &files->items, roles, wanted->history != NULL,
                              totals->each};
    sotto_basket_options options = sotto_basket_defaults();
    options.max_links = wanted->max_links ? (uint32_t)wanted->max_links : options.max_links;
    options.min_shoppers =
        wanted->min_shoppers ? (uint32_t)wanted->min_shoppers : options.min_shoppers;
    sotto_eval_basket_result result;
    sotto_train_fault fault = {{0}, {0}};
    bool good = sotto_eval_basket(&exam, &options, &result, &fault);
    if (good) {
        add_result(totals, &result);
    } else {
        cli_error_fault(&fault);
    }
    free(roles);
    return good;
}

static int evaluate(cli_pool *pool, const basket_wanted *wanted)
{
    cli_basket_files files = {.parts = NULL};
    basket_totals totals = {.keysets = 0};
    bool good = wanted->baskets ? cli_basket_read_split(&files, pool, wanted->baskets)
                                : cli_basket_read_history(&files, pool, wanted->history,
                                                          wanted->future);
    if (good && files.log.repeated > 0) {
        cli_note("%" PRIu64 " items stood in a basket twice and count once", files.log.repeated);
    }
    if (good) {
        totals.shopper_count = files.log.shopper_count;
        totals.each = calloc((size_t)totals.shopper_count + 1, sizeof *totals.each);
        good = totals.each != NULL
               || cli_error("there is not enough memory for %u shoppers", totals.shopper_count);
    }
    if (wanted->baskets) {
        good = good && evaluate_keyset(&files, wanted, &totals);
    }
    for (size_t i = 0; good && i < wanted->keysets.count; i++) {
        good = cli_basket_read_keyset(&files, pool, wanted->keysets.texts[i])
               && evaluate_keyset(&files, wanted, &totals);
    }
    cli_basket_files_free(&files);
    good = good && print_totals(&totals, wanted->json);
    free(totals.each);
    return good ? CLI_DONE : CLI_REFUSED;
}

static int check(const cli_command *command, cli_pool *pool, const basket_wanted *wanted)
{
    bool parts = wanted->history || wanted->future || wanted->keysets.count > 0;
    if (wanted->max_links > SOTTO_BASKET_LINKS_MAX) {
        return cli_misuse(command, "--max-links goes to %u", SOTTO_BASKET_LINKS_MAX);
    }
    if (wanted->min_shoppers > UINT32_MAX) {
        return cli_misuse(command, "--min-shoppers goes to %u", UINT32_MAX);
    }
    if (wanted->baskets && parts) {
        return cli_misuse(command, "--baskets stands alone: it has history, future and keyset");
    }
    if (!wanted->baskets
        && (!wanted->history || !wanted->future || wanted->keysets.count == 0)) {
        return cli_misuse(command, "needs --history, --future and --keyset, or --baskets");
    }
    return evaluate(pool, wanted);
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    basket_wanted wanted = {0};
    const cli_option known[] = {
        {"history", 0, CLI_TEXT, &wanted.history},
        {"future", 0, CLI_TEXT, &wanted.future},
        {"keyset", 0, CLI_TEXTS, &wanted.keysets},
        {"baskets", 0, CLI_TEXT, &wanted.baskets},
        {"validate", 0, CLI_SWITCH, &wanted.validate},
        {"max-links", 0, CLI_NUMBER, &wanted.max_links},
        {"min-shoppers", 0, CLI_NUMBER, &wanted.min_shoppers},
        {"json", 0, CLI_SWITCH, &wanted.json},
    };
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc, argv,
                                           &pool, 0, 0, &operands);
    int status = result == CLI_ARGS_GO_ON ? check(command, &pool, &wanted)
                                          : cli_args_status(result);
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_eval_next_basket = {"eval next-basket", "the next basket, of test files",
                                          NULL, help, run};

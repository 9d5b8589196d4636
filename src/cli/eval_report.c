/*
 * eval_report.c - what an evaluation found, for people and for machines
 *
 *     next click: 55,898 questions in 15,322 sessions
 *
 *       percent          at 5      at 10      at 20   95 % interval at 20
 *       HR              47.19      60.39      70.95   70.39 to 71.57
 *       MRR             27.75      29.52      30.27   29.86 to 30.69
 *
 * In JSON a mean is a number under the name it always had,
 * as "hr20", and its interval stands beside it, as "hr20_ci".
 */
#include "cli/eval_report.h"

#include "cli/log_report.h"
#include "cli/number.h"
#include "cli/ranker_report.h"

#include <stdio.h>

static const char *const metric_names[SOTTO_EVAL_METRICS] = {"HR", "MRR", "NDCG", "recall"};
static const char *const metric_keys[SOTTO_EVAL_METRICS] = {"hr", "mrr", "ndcg", "recall"};
static const unsigned cuts[SOTTO_EVAL_CUTS] = {5, 10, 20};

/* ---- for people ------------------------------------------------------------------------------ */

static void print_row(const char *name, const char *value, const char *remark)
{
    printf("  %-28s %14s%s%s\n", name, value, remark[0] ? "   " : "", remark);
}

static void print_count(const char *name, uint64_t count, const char *remark)
{
    char text[CLI_NUMBER_SIZE];
    print_row(name, cli_number_group(text, count), remark);
}

static void print_real(const char *name, double value, int decimals, const char *unit,
                       const char *remark)
{
    char text[64];
    snprintf(text, sizeof text, "%.*f%s", decimals, value, unit);
    print_row(name, text, remark);
}

static double share_of(uint64_t part, uint64_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

void cli_eval_print_quality(const sotto_eval_quality *quality)
{
    printf("  %-10s %10s %10s %10s   %s\n", "percent", "at 5", "at 10", "at 20",
           "95 % interval at 20");
    for (size_t metric = 0; metric < SOTTO_EVAL_METRICS; metric++) {
        const sotto_eval_mean *means = quality->means[metric];
        if (metric == SOTTO_EVAL_RECALL && !quality->many_answers) {
            continue; /* the same as HR */
        }
        printf("  %-10s %10.2f %10.2f %10.2f   %.2f to %.2f\n", metric_names[metric],
               means[SOTTO_EVAL_AT5].mean, means[SOTTO_EVAL_AT10].mean, means[SOTTO_EVAL_AT20].mean,
               means[SOTTO_EVAL_AT20].low, means[SOTTO_EVAL_AT20].high);
    }
}

static void print_best_sellers(const sotto_eval_quality *quality)
{
    const sotto_eval_mean *means = quality->means[SOTTO_EVAL_HR];
    printf("  %-10s %10.2f %10.2f %10.2f   HR if the best sellers were shown to all\n", "",
           means[SOTTO_EVAL_AT5].mean, means[SOTTO_EVAL_AT10].mean, means[SOTTO_EVAL_AT20].mean);
}

void cli_eval_print_shown(const sotto_eval_result *result)
{
    const sotto_eval_beyond *beyond = &result->beyond;
    char remark[64];
    print_real("questions answered", 100 * share_of(result->answered, result->quality.questions), 1,
               " %", "");
    snprintf(remark, sizeof remark, "of %u items", result->items);
    print_real("shown at least once", 100 * share_of(beyond->covered, result->items), 1, " %",
               remark);
    snprintf(remark, sizeof remark, "percentile; of what was right %.1f", beyond->right_percentile);
    print_real("popularity of what is shown", beyond->shown_percentile, 1, "", remark);
    print_real("Gini of how often", beyond->gini, 3, "", "0 all items alike, 1 always the same");
    print_real("diversity within a list", beyond->diversity, 3, "", "1 - cosine of sessions");
}

void cli_eval_print_cost(const sotto_eval_result *result)
{
    const sotto_eval_cost *cost = &result->cost;
    char remark[64];
    snprintf(remark, sizeof remark, "%.2f bits each",
             share_of(8 * result->summary.link_size, result->links));
    print_count("links", result->links, remark);
    snprintf(remark, sizeof remark, "%.1f an item", share_of(cost->model_bytes, result->items));
    print_count("model bytes", cost->model_bytes, remark);
    snprintf(remark, sizeof remark, "%.1f an item",
             share_of(cost->model_brotli_bytes, result->items));
    print_count("  as brotli", cost->model_brotli_bytes, remark);
    snprintf(remark, sizeof remark, "%.1f an item; finding them %.1f",
             share_of(cost->ids_bytes, result->items),
             share_of(cost->id_lookup_bytes, result->items));
    print_count("the shop's own ids", cost->ids_bytes, remark);
    print_real("a decision takes", result->us_per_decision, 2, " us", "");
    snprintf(remark, sizeof remark, "%.1f s of the processor", result->train_cpu_s);
    print_real("training took", result->train_s, 1, " s", remark);
    print_real("memory at its peak", result->peak_mb, 0, " MB", "");
}

static void print_support(const sotto_eval_result *result)
{
    puts("\n  the price of min_shoppers      HR@20      MRR@20          links    model bytes");
    for (size_t i = 0; i < 2; i++) {
        const sotto_eval_support *one = &result->support[i];
        char links[CLI_NUMBER_SIZE], bytes[CLI_NUMBER_SIZE], name[32];
        snprintf(name, sizeof name, "%u shopper%s", one->min_shoppers,
                 one->min_shoppers == 1 ? "" : "s");
        printf("  %-25s %10.2f  %10.2f %14s %14s\n", name,
               one->quality.means[SOTTO_EVAL_HR][SOTTO_EVAL_AT20].mean,
               one->quality.means[SOTTO_EVAL_MRR][SOTTO_EVAL_AT20].mean,
               cli_number_group(links, one->links), cli_number_group(bytes, one->model_bytes));
    }
}

static void print_all(const sotto_eval_result *result, const char *what, const char *groups)
{
    char question_count[CLI_NUMBER_SIZE], group_count[CLI_NUMBER_SIZE];
    printf("%s: %s questions in %s %s\n\n", what,
           cli_number_group(question_count, result->quality.questions),
           cli_number_group(group_count, result->quality.groups), groups);
    cli_eval_print_quality(&result->quality);
    print_best_sellers(&result->best_sellers);
    puts("");
    cli_eval_print_shown(result);
    puts("");
    cli_eval_print_cost(result);
    if (result->has_support) {
        print_support(result);
    }
}

/* ---- for machines ---------------------------------------------------------------------------- */

static void json_mean(cli_json *json, const char *key, unsigned cut, const sotto_eval_mean *mean)
{
    char name[32];
    snprintf(name, sizeof name, "%s%u", key, cut);
    cli_json_real(json, name, mean->mean, 4);
    snprintf(name, sizeof name, "%s%u_ci", key, cut);
    cli_json_array(json, name);
    cli_json_real(json, NULL, mean->low, 4);
    cli_json_real(json, NULL, mean->high, 4);
    cli_json_end(json);
}

static void json_quality(cli_json *json, const sotto_eval_quality *quality)
{
    for (size_t metric = 0; metric < SOTTO_EVAL_METRICS; metric++) {
        for (size_t cut = SOTTO_EVAL_CUTS; cut-- > 0;) {
            json_mean(json, metric_keys[metric], cuts[cut], &quality->means[metric][cut]);
        }
    }
}

static void json_best_sellers(cli_json *json, const sotto_eval_quality *quality)
{
    cli_json_object(json, "best_sellers");
    for (sotto_eval_metric metric = SOTTO_EVAL_HR; metric <= SOTTO_EVAL_RECALL; metric++) {
        json_mean(json, metric_keys[metric], 20, &quality->means[metric][SOTTO_EVAL_AT20]);
    }
    cli_json_end(json);
}

static void json_support(cli_json *json, const sotto_eval_support *support)
{
    cli_json_object(json, NULL);
    cli_json_number(json, "min_shoppers", support->min_shoppers);
    json_mean(json, "hr", 20, &support->quality.means[SOTTO_EVAL_HR][SOTTO_EVAL_AT20]);
    json_mean(json, "mrr", 20, &support->quality.means[SOTTO_EVAL_MRR][SOTTO_EVAL_AT20]);
    cli_json_number(json, "links", support->links);
    cli_json_number(json, "model_bytes", support->model_bytes);
    cli_json_end(json);
}

void cli_eval_json(cli_json *json, const sotto_eval_result *result)
{
    json_quality(json, &result->quality);
    json_best_sellers(json, &result->best_sellers);
    cli_json_number(json, "queries", result->quality.questions);
    cli_json_number(json, "groups", result->quality.groups);
    cli_json_number(json, "answered", result->answered);
    cli_json_number(json, "items", result->items);
    cli_json_number(json, "covered", result->beyond.covered);
    cli_json_real(json, "coverage20", 100 * share_of(result->beyond.covered, result->items), 3);
    cli_json_real(json, "popularity_shown", result->beyond.shown_percentile, 3);
    cli_json_real(json, "popularity_right", result->beyond.right_percentile, 3);
    cli_json_real(json, "gini", result->beyond.gini, 4);
    cli_json_real(json, "diversity", result->beyond.diversity, 4);
    cli_json_number(json, "min_shoppers", result->min_shoppers);
    cli_json_number(json, "links", result->links);
    cli_json_number(json, "link_bytes", result->summary.link_size);
    cli_json_real(json, "bits_per_link",
                  share_of(8 * result->summary.link_size, result->links), 3);
    cli_json_number(json, "vector_bytes", result->summary.vector_size);
    cli_json_number(json, "model_bytes", result->cost.model_bytes);
    cli_json_number(json, "ids_bytes", result->cost.ids_bytes);
    cli_json_number(json, "id_lookup_bytes", result->cost.id_lookup_bytes);
    cli_json_number(json, "model_brotli_bytes", result->cost.model_brotli_bytes);
    cli_json_real(json, "bytes_per_item", share_of(result->cost.model_bytes, result->items), 3);
    cli_json_real(json, "us_per_decision", result->us_per_decision, 3);
    cli_json_real(json, "train_s", result->train_s, 3);
    cli_json_real(json, "train_cpu_s", result->train_cpu_s, 3);
    cli_json_real(json, "peak_mb", result->peak_mb, 1);
    cli_json_text(json, "recipe", result->summary.recipe);
    cli_ranker_report_json(json, &result->summary);
    if (result->has_support) {
        cli_json_array(json, "support");
        json_support(json, &result->support[0]);
        json_support(json, &result->support[1]);
        cli_json_end(json);
    }
}

void cli_eval_report(const sotto_eval_result *result, const sotto_log_report *report,
                     const char *what, const char *groups, bool as_json)
{
    if (!as_json) {
        print_all(result, what, groups);
        return;
    }
    cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
    cli_json_object(&json, NULL);
    cli_eval_json(&json, result);
    if (report) {
        cli_log_report_json(&json, "log", report);
    }
    cli_json_end(&json);
    cli_json_finish(&json);
}

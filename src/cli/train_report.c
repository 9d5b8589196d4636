/*
 * train_report.c - what training found, chose and wrote
 */
#include "cli/train_report.h"

#include "cli/json.h"
#include "cli/log_report.h"
#include "cli/number.h"
#include "cli/ranker_report.h"
#include "cli/report.h"
#include "train/eval_cost.h"

#include <stdio.h>

/* ---- to people ------------------------------------------------------------------------------- */

/* `what` is of more than so many: "clicks in one visit: a bot". */
static void print_bots(const sotto_left_out *bots, const char *what)
{
    char visits[CLI_NUMBER_SIZE];
    char events[CLI_NUMBER_SIZE];
    char most[CLI_NUMBER_SIZE];
    char clicks[CLI_NUMBER_SIZE];
    char from[CLI_NUMBER_SIZE];
    if (bots->visits == 0) {
        return;
    }
    cli_note("left out %s %s of %s events: more than %s %s", cli_number_group(visits, bots->visits),
             bots->visits == 1 ? "visit" : "visits", cli_number_group(events, bots->events),
             cli_number_group(most, bots->most), what);
    cli_number_group(clicks, bots->example_clicks);
    if (bots->example_to_s > 0) {
        unsigned minutes = (bots->example_to_s - bots->example_from_s) / 60 + 1;
        cli_note("  one of them: %s clicks within %u %s from %s on", clicks, minutes,
                 minutes == 1 ? "minute" : "minutes",
                 cli_number_time(from, bots->example_from_s));
    } else {
        cli_note("  one of them: %s clicks", clicks);
    }
}

static void print_counts(const sotto_train_summary *summary)
{
    char a[CLI_NUMBER_SIZE];
    char b[CLI_NUMBER_SIZE];
    char c[CLI_NUMBER_SIZE];
    char d[CLI_NUMBER_SIZE];
    cli_note("%s events of %s%s shoppers in %s sessions, %s baskets",
             cli_number_group(a, summary->event_count), summary->shoppers_estimated ? "about " : "",
             cli_number_group(b, summary->shopper_count),
             cli_number_group(c, summary->session_count),
             cli_number_group(d, summary->basket_count));
    print_bots(&summary->clicks, "clicks in one visit: a bot");
    print_bots(&summary->fast, "clicks within a minute: a bot");
    print_bots(&summary->crowds, "rows in one visit: a crowd under one name");
    cli_note("%s items, %s links to what is viewed next, %s to what is bought together",
             cli_number_group(a, summary->item_count),
             cli_number_group(b, summary->next_link_count),
             cli_number_group(c, summary->together_link_count));
    if (summary->unsupported_pair_count) {
        cli_note("%s pairs were left out: too few shoppers stand behind them",
                 cli_number_group(a, summary->unsupported_pair_count));
    }
    if (summary->large_basket_count) {
        cli_note("%s baskets were so large that only 256 of their items were paired",
                 cli_number_group(a, summary->large_basket_count));
    }
}

static void print_tuning(const sotto_train_summary *summary)
{
    char a[CLI_NUMBER_SIZE];
    if (summary->tuned_query_count) {
        cli_note("tuned on the latest sessions: HR@20 %.2f %%, MRR@20 %.2f %% of %s clicks",
                 summary->tuned_hr20, summary->tuned_mrr20,
                 cli_number_group(a, summary->tuned_query_count));
    }
    cli_ranker_report_print(summary);
}

static void print_basket(const sotto_basket_summary *basket)
{
    char count[CLI_NUMBER_SIZE];
    if (basket->shoppers == 0) {
        return;
    }
    cli_note("next basket: %s shoppers came back; of what they bought last, %.0f %% they had bought "
             "before", cli_number_group(count, basket->shoppers), basket->repeat_share);
    if (basket->recall10 > 0) {
        cli_note("  of last baskets that were held back %.1f %% is among the first 10, %.1f %% "
                 "among best sellers", basket->recall10, basket->popular_recall10);
    }
    if (!basket->published) {
        cli_note("  none is published: %s", basket->recall10 > 0 ? "best sellers do as well"
                                                                 : "that is too few, or too little");
    }
}

void cli_train_report_print(const sotto_trained *trained, const char *output)
{
    char a[CLI_NUMBER_SIZE];
    char b[CLI_NUMBER_SIZE];
    const sotto_train_summary *summary = &trained->summary;
    cli_log_report_print(&trained->report);
    print_counts(summary);
    print_tuning(summary);
    print_basket(&summary->basket);
    cli_note("%s: %s bytes, %s of them ids, %.1f an item", output,
             cli_number_group(a, summary->model_size), cli_number_group(b, summary->ids_size),
             summary->item_count ? (double)summary->model_size / summary->item_count : 0.0);
}

/* ---- to machines ----------------------------------------------------------------------------- */

static void json_bots(cli_json *json, const char *key, const sotto_left_out *bots)
{
    cli_json_object(json, key);
    cli_json_number(json, "visits", bots->visits);
    cli_json_number(json, "events", bots->events);
    cli_json_end(json);
}

static void json_basket(cli_json *json, const sotto_basket_summary *basket)
{
    cli_json_object(json, "next_basket");
    cli_json_bool(json, "published", basket->published);
    cli_json_number(json, "shoppers", basket->shoppers);
    cli_json_real(json, "repeat_share", basket->repeat_share, 2);
    cli_json_real(json, "recall10", basket->recall10, 3);
    cli_json_real(json, "popular_recall10", basket->popular_recall10, 3);
    cli_json_bool(json, "timed", basket->timed);
    cli_json_end(json);
}

void cli_train_report_json(const sotto_trained *trained, const char *output,
                           const char *statistics)
{
    const sotto_train_summary *summary = &trained->summary;
    cli_json json = cli_json_to(stdout, CLI_JSON_LINES);
    cli_json_object(&json, NULL);
    cli_json_text(&json, "model", output);
    cli_json_number(&json, "model_bytes", summary->model_size);
    cli_json_number(&json, "ids_bytes", summary->ids_size);
    if (statistics) {
        cli_json_text(&json, "statistics", statistics);
        cli_json_number(&json, "statistics_bytes", summary->statistics_size);
    }
    cli_json_real(&json, "peak_mb", sotto_eval_peak_mb(), 1);
    cli_json_number(&json, "events", summary->event_count);
    cli_json_number(&json, "sample_events", summary->sample_event_count);
    cli_json_number(&json, "shoppers", summary->shopper_count);
    cli_json_bool(&json, "shoppers_estimated", summary->shoppers_estimated);
    cli_json_number(&json, "sessions", summary->session_count);
    cli_json_number(&json, "baskets", summary->basket_count);
    cli_json_object(&json, "left_out");
    json_bots(&json, "clicks", &summary->clicks);
    json_bots(&json, "per_minute", &summary->fast);
    json_bots(&json, "crowds", &summary->crowds);
    cli_json_end(&json);
    cli_json_number(&json, "items", summary->item_count);
    cli_json_number(&json, "next_links", summary->next_link_count);
    cli_json_number(&json, "together_links", summary->together_link_count);
    cli_json_number(&json, "unsupported_pairs", summary->unsupported_pair_count);
    cli_json_number(&json, "max_links", summary->max_links_used);
    cli_json_number(&json, "tuned_queries", summary->tuned_query_count);
    cli_json_real(&json, "tuned_hr20", summary->tuned_hr20, 3);
    cli_json_real(&json, "tuned_mrr20", summary->tuned_mrr20, 3);
    cli_ranker_report_json(&json, summary);
    json_basket(&json, &summary->basket);
    cli_json_text(&json, "recipe", summary->recipe);
    cli_log_report_json(&json, "log", &trained->report);
    cli_json_end(&json);
    cli_json_finish(&json);
}

/*
 * Eval options - what all kinds of sotto eval can be told, and how they begin
 */
#ifndef SOTTO_CLI_EVAL_OPTIONS_H
#define SOTTO_CLI_EVAL_OPTIONS_H

#include "cli/args.h"
#include "cli/site.h"
#include "cli/wishes.h"
#include "train/eval.h"

typedef struct cli_eval_wanted {
    cli_wishes wishes;
    uint64_t   max_links, min_shoppers; /* 0: as the site or the defaults have it */
    bool       price, no_tune, json;
} cli_eval_wanted;

#define CLI_EVAL_OPTIONS(wanted)                                                              \
    CLI_WISH_OPTIONS(&(wanted)->wishes),                                                      \
        {"max-links", 0, CLI_NUMBER, &(wanted)->max_links},                                   \
        {"min-shoppers", 0, CLI_NUMBER, &(wanted)->min_shoppers},                             \
        {"price", 0, CLI_SWITCH, &(wanted)->price},                                           \
        {"no-tune", 0, CLI_SWITCH, &(wanted)->no_tune}, {"json", 0, CLI_SWITCH, &(wanted)->json}

/*
 * Puts what is wanted over `train`; --price or `price` asks for the price of min_shoppers. False,
 * having said so, if something cannot be had.
 */
bool cli_eval_options(const cli_command *command, const cli_eval_wanted *wanted,
                      sotto_train_options train, bool price, sotto_eval_options *options);

/* One of sotto_eval_logs and its like. */
typedef bool (*cli_eval_logs_fn)(const sotto_log_source *sources, size_t source_count,
                                 const sotto_eval_options *options, sotto_log_report *report,
                                 sotto_eval_result *result, sotto_train_fault *fault);

/* Reads the site, evaluates its logs, prints; an exit status. Titles as in eval_report.h. */
int cli_eval_site(const cli_command *command, cli_pool *pool, const char *site_file,
                  const cli_eval_wanted *wanted, bool price, cli_eval_logs_fn evaluate,
                  const char *what, const char *groups);

#endif

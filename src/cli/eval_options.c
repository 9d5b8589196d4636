/*
 * eval_options.c - what all kinds of sotto eval can be told, and how they begin
 */
#include "cli/eval_options.h"

#include "cli/eval_report.h"
#include "cli/log_report.h"
#include "cli/progress.h"
#include "cli/report.h"

bool cli_eval_options(const cli_command *command, const cli_eval_wanted *wanted,
                      sotto_train_options train, bool price, sotto_eval_options *options)
{
    if (wanted->max_links > SOTTO_MAX_LINKS) {
        cli_misuse(command, "--max-links goes to %d", SOTTO_MAX_LINKS);
        return false;
    }
    if (wanted->min_shoppers > UINT32_MAX) {
        cli_misuse(command, "--min-shoppers goes to %u", UINT32_MAX);
        return false;
    }
    train.tune = !wanted->no_tune;
    train.max_links = wanted->max_links ? (uint32_t)wanted->max_links : train.max_links;
    train.min_shoppers = wanted->min_shoppers ? (uint32_t)wanted->min_shoppers : train.min_shoppers;
    train.progress_fn = cli_progress_phase;
    *options = (sotto_eval_options){.train = train, .compare_support = wanted->price || price};
    return cli_wishes_apply(command, &wanted->wishes, &options->train);
}

int cli_eval_site(const cli_command *command, cli_pool *pool, const char *site_file,
                  const cli_eval_wanted *wanted, bool price, cli_eval_logs_fn evaluate,
                  const char *what, const char *groups)
{
    cli_site site;
    sotto_eval_options options;
    sotto_log_report report = {0};
    sotto_eval_result result = {0};
    sotto_train_fault fault = {{0}, {0}};
    if (!cli_eval_options(command, wanted, sotto_train_defaults(), price, &options)) {
        return CLI_MISUSED;
    }
    if (!cli_site_load(pool, site_file, &site)) {
        return CLI_REFUSED;
    }
    if (site.log_count == 0) {
        cli_error("%s: there are no \"logs\" to learn from", site_file);
        return CLI_REFUSED;
    }
    (void)cli_eval_options(command, wanted, cli_site_train_options(&site), price, &options);
    bool good = evaluate(site.logs, site.log_count, &options, &report, &result, &fault);
    cli_progress_clear();
    if (!good) {
        cli_log_report_print(&report);
        cli_error_fault(&fault);
    } else {
        cli_eval_report(&result, &report, what, groups, wanted->json);
    }
    sotto_log_report_free(&report);
    return good ? CLI_DONE : CLI_REFUSED;
}

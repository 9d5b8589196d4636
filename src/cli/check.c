/*
 * check.c - findings, and the two kinds of them that are not about bundles: site files and logs
 */
#include "cli/check.h"

#include "cli/feed.h"
#include "cli/files.h"
#include "cli/log_report.h"
#include "cli/number.h"
#include "cli/plan_missing.h"
#include "cli/progress.h"
#include "cli/publish.h"
#include "cli/report.h"
#include "cli/show.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cli_check_start(cli_checking *checking, cli_pool *pool, bool as_json)
{
    *checking = (cli_checking){pool, as_json, cli_json_to(stdout, CLI_JSON_LINES)};
    if (as_json) {
        cli_json_object(&checking->json, NULL);
        cli_json_array(&checking->json, "findings");
    }
}

/* The list of findings ends where logs begin or at the end, whichever comes first. */
static void end_findings(cli_checking *checking)
{
    if (checking->as_json && checking->json.depth == 2) {
        cli_json_end(&checking->json);
    }
}

void cli_check_end(cli_checking *checking, bool good)
{
    end_findings(checking);
    if (checking->as_json) {
        cli_json_bool(&checking->json, "good", good);
        cli_json_end(&checking->json);
        cli_json_finish(&checking->json);
    }
}

static void json_mistake(cli_checking *checking, const char *file, const cli_mistake *mistake,
                         bool warning)
{
    cli_json *json = &checking->json;
    cli_json_object(json, NULL);
    cli_json_text(json, "file", file);
    if (mistake->line) {
        cli_json_number(json, "line", mistake->line);
    }
    if (mistake->path[0]) {
        cli_json_text(json, "path", mistake->path);
    }
    cli_json_text(json, "what", mistake->what);
    if (mistake->excerpt) {
        cli_json_text(json, "text", mistake->excerpt);
        cli_json_number(json, "column", mistake->column);
    }
    if (mistake->near) {
        cli_json_text(json, "nearest", mistake->near);
    }
    if (warning) {
        cli_json_bool(json, "warning", true);
    }
    cli_json_end(json);
}

static void json_finding(cli_checking *checking, const char *file, unsigned line, const char *path,
                         const char *what, const char *near)
{
    json_mistake(checking, file,
                 &(cli_mistake){.line = line, .path = path, .what = what, .near = near}, false);
}

void cli_check_mistake(cli_checking *checking, const char *file, const cli_mistake *mistake,
                       bool warning)
{
    cli_mistake copy = *mistake;
    cli_mistakes one = {.list = &copy, .count = 1};
    if (checking->as_json) {
        json_mistake(checking, file, mistake, warning);
    } else if (warning) {
        cli_warnings_report(file, &one);
    } else {
        cli_mistakes_report(file, &one);
    }
}

static void check_warnings(cli_checking *checking, const char *file, const cli_mistakes *warnings)
{
    for (size_t i = 0; i < warnings->count; i++) {
        cli_check_mistake(checking, file, &warnings->list[i], true);
    }
}

void cli_check_finding(cli_checking *checking, const char *file, unsigned line, const char *path,
                       const char *what, const char *near)
{
    cli_mistake mistake = {.line = line, .path = path, .what = what, .near = near};
    cli_check_mistake(checking, file, &mistake, false);
}

bool cli_check_failed(cli_checking *checking, const char *file)
{
    if (checking->as_json) {
        json_finding(checking, file, 0, "", "cannot be opened; standard error says why", NULL);
    }
    return false;
}

/* The campaigns part as it will be: whether it can be written, and how large it is on its way. */
static bool check_part(cli_checking *checking, cli_site *site)
{
    char packed[CLI_NUMBER_SIZE];
    char budget[CLI_NUMBER_SIZE];
    sotto_bytes part = {NULL, 0};
    if (!site->plan) {
        return true;
    }
    if (!cli_publish_campaigns(site, NULL, &part)) {
        return false;
    }
    size_t size = cli_brotli_size(part.bytes, part.size);
    free(part.bytes);
    if (size > CLI_CAMPAIGNS_BUDGET) {
        cli_mistakes_add(checking->pool, &site->warnings, (cli_mistake){
            .path = "campaigns",
            .what = cli_pool_print(checking->pool,
                                   "every page fetches what is made of this: %s bytes as brotli, "
                                   "and %s are meant to be enough",
                                   cli_number_group(packed, size),
                                   cli_number_group(budget, CLI_CAMPAIGNS_BUDGET)),
        });
    }
    return true;
}

bool cli_check_site(cli_checking *checking, const char *file)
{
    cli_site site;
    cli_mistakes mistakes;
    bool good = cli_site_read(checking->pool, file, &site, &mistakes);
    for (size_t i = 0; i < mistakes.count; i++) {
        cli_check_mistake(checking, file, &mistakes.list[i], false);
    }
    if (mistakes.more) {
        cli_check_finding(checking, file, 0, "",
                          cli_pool_print(checking->pool, "and %zu mistakes more", mistakes.more),
                          NULL);
    }
    good = good && check_part(checking, &site);
    check_warnings(checking, file, &site.warnings);
    return good || (mistakes.count == 0 ? cli_check_failed(checking, file) : false);
}

/* The source of the site whose patterns name this file; the first one if none does. */
static const sotto_log_source *source_for(cli_pool *pool, const cli_site *site, const char *file)
{
    for (size_t i = 0; i < site->log_count; i++) {
        for (size_t j = 0; j < site->logs[i].file_count; j++) {
            const char *pattern = site->logs[i].files[j];
            const char *whole = cli_path_join(pool, site->folder, pattern);
            if (fnmatch(whole, file, 0) == 0
                || fnmatch(cli_path_name(pattern), cli_path_name(file), 0) == 0) {
                return &site->logs[i];
            }
        }
    }
    return &site->logs[0];
}

/* What to read: the site's own sources, or for each log given one of them with that file alone. */
static const sotto_log_source *choose_sources(cli_pool *pool, const cli_site *site,
                                              const cli_texts *logs, size_t *count)
{
    if (logs->count == 0) {
        *count = site->log_count;
        return site->logs;
    }
    sotto_log_source *sources = cli_pool_alloc(pool, logs->count, sizeof *sources);
    for (size_t i = 0; i < logs->count; i++) {
        sources[i] = *source_for(pool, site, logs->texts[i]);
        sources[i].files = &logs->texts[i];
        sources[i].file_count = 1;
        sources[i].folder = NULL;
    }
    *count = logs->count;
    return sources;
}

static bool read_logs(cli_checking *checking, const cli_site *site, const cli_texts *logs)
{
    size_t count;
    sotto_log_report report = {0};
    sotto_train_fault fault = {{0}, {0}};
    const sotto_log_source *sources = choose_sources(checking->pool, site, logs, &count);
    cli_progress_start("reading");
    bool good = sotto_logs_read(sources, count, NULL, NULL, cli_progress_tell, NULL, &report,
                                &fault);
    cli_progress_clear();
    if (!good && checking->as_json) {
        json_finding(checking, site->file, 0, "", fault.message, NULL);
    }
    end_findings(checking);
    if (checking->as_json) {
        cli_log_report_json(&checking->json, "log", &report);
    } else {
        cli_log_report_print(&report);
    }
    if (!good) {
        cli_error_fault(&fault);
    }
    sotto_log_report_free(&report);
    return good;
}

static bool read_feed(cli_checking *checking, const cli_site *site)
{
    cli_feed feed;
    char count[CLI_NUMBER_SIZE];
    cli_mistakes missing = {0};
    bool good = cli_feed_read(checking->pool, &site->feed, site->price_decimals, &feed);
    if (good) {
        cli_plan_missing(checking->pool, site, &feed, &missing);
    }
    end_findings(checking);
    if (checking->as_json) {
        cli_json_object(&checking->json, "feed");
        cli_json_number(&checking->json, "rows", feed.rows);
        cli_json_number(&checking->json, "bad", feed.bad);
        cli_json_bool(&checking->json, "good", good);
        if (missing.count) {
            cli_json_array(&checking->json, "warnings");
            check_warnings(checking, site->file, &missing);
            cli_json_end(&checking->json);
        }
        cli_json_end(&checking->json);
    } else if (good) {
        cli_feed_report(&site->feed, &feed);
        cli_note("%s: products: %s", site->feed.file, cli_number_group(count, feed.count));
        check_warnings(checking, site->file, &missing);
    }
    return good;
}

bool cli_check_logs(cli_checking *checking, const char *site_file, const cli_texts *logs)
{
    cli_site site;
    bool good = true;
    if (!cli_site_load(checking->pool, site_file, &site)) {
        return cli_check_failed(checking, site_file);
    }
    if (site.log_count) {
        good = read_logs(checking, &site, logs);
    } else if (logs->count) {
        cli_check_finding(checking, site_file, 0, "", "there are no \"logs\" to read by", NULL);
        return false;
    }
    if (site.has_feed && logs->count == 0) {
        good = read_feed(checking, &site) && good;
    }
    return good;
}

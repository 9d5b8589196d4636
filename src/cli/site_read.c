/*
 * site_read.c - the site file as a whole
 *
 * The top level, the shop, training and profile are read here; logs, feed, rules, slots, consent and
 * pictures have files of their own.
 */
#include "cli/site_node.h"

#include "cli/files.h"
#include "cli/report.h"
#include "cli/site_syntax.h"
#include "cli/site_where.h"
#include "cli/utf8.h"
#include "train/statistics_sums.h"
#include "train/values.h"

#include <stdio.h>
#include <string.h>

/* Words of at most 8 letters and digits with hyphens between, the first of letters. */
static bool is_language(const char *tag)
{
    size_t size = strspn(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (bool first = true; size >= (first ? 2 : 1) && size <= 8; first = false) {
        tag += size;
        if (*tag != '-') {
            return *tag == '\0';
        }
        tag++;
        size = strspn(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    }
    return false;
}

static void read_shop(const cli_node *top, cli_site *site)
{
    static const char *const keys[] = {"id", "name", "currency", "locale", "price_decimals"};
    cli_node shop;
    cli_node id;
    if (!cli_node_need(top, "shop", &shop)
        || !cli_node_object(&shop, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    if (cli_node_need(&shop, "id", &id)) {
        site->shop_id = cli_node_text(&id, "");
        if (cJSON_IsString(id.json) && (!site->shop_id[0] || strlen(site->shop_id) > 256)) {
            cli_node_mistake(&id, NULL, "expected 1 to 256 bytes");
        }
    }
    site->shop_name = cli_member_text(&shop, "name", site->shop_id);
    site->currency = cli_member_text(&shop, "currency", "EUR");
    site->locale = cli_member_text(&shop, "locale", "en");
    cli_node locale;
    if (cli_node_get(&shop, "locale", &locale) && cJSON_IsString(locale.json)
        && !is_language(site->locale)) {
        cli_node_expected(&locale, "a language as in BCP 47, such as en or de-CH");
    }
    site->price_decimals = cli_member_number(&shop, "price_decimals", 0, 4, 2);
    bool code = strlen(site->currency) == 3;
    for (const char *at = site->currency; code && *at; at++) {
        code = *at >= 'A' && *at <= 'Z';
    }
    if (!code) {
        cli_node currency;
        cli_node_get(&shop, "currency", &currency);
        cli_node_expected(&currency, "three capital letters as in ISO 4217, such as EUR");
    }
}

/* What gives a machine away; 0 switches a rule off. */
static void read_bots(const cli_node *train, cli_site *site)
{
    static const char *const keys[] = {"clicks", "per_minute"};
    cli_node bots;
    if (cli_node_get(train, "bots", &bots)
        && cli_node_object(&bots, keys, SOTTO_ARRAY_COUNT(keys))) {
        site->bot_clicks = cli_member_number(&bots, "clicks", 0, UINT32_MAX, site->bot_clicks);
        site->bot_per_minute =
            cli_member_number(&bots, "per_minute", 0, UINT32_MAX, site->bot_per_minute);
    }
}

static void read_train(const cli_node *top, cli_site *site)
{
    static const char *const keys[] = {"output", "max_links", "min_shoppers", "budget", "bots"};
    sotto_train_options options = sotto_train_defaults();
    cli_node train = {top->reader, top, "train", 0, NULL};
    site->model = cli_node_path(&train, "model.sotto");
    site->max_links = options.max_links;
    site->min_shoppers = options.min_shoppers;
    site->bot_clicks = options.bot_clicks;
    site->bot_per_minute = options.bot_per_minute;
    if (!cli_node_get(top, "train", &train)
        || !cli_node_object(&train, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    const char *output = cli_member_text(&train, "output", "model.sotto");
    site->model = cli_node_path(&train, output);
    if (!output[0]) {
        cli_node_mistake(&train, NULL, "\"output\" is empty");
    }
    site->max_links = cli_member_number(&train, "max_links", 1, SOTTO_MAX_LINKS, site->max_links);
    site->min_shoppers = cli_member_number(&train, "min_shoppers", 1, SOTTO_SUPPORT_MOST,
                                           site->min_shoppers);
    site->budget = cli_member_number(&train, "budget", 0, UINT32_MAX, 0);
    read_bots(&train, site);
}

static void read_profile(const cli_node *top, cli_site *site)
{
    static const char *const keys[] = {"session_gap", "just_bought", "retention",
                                       "interest_half_life"};
    site->session_gap_s = 1800;
    site->just_bought_s = 2592000;
    site->retention_s = 7776000;
    site->interest_half_life_s = 604800;
    cli_node profile;
    if (!cli_node_get(top, "profile", &profile)
        || !cli_node_object(&profile, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    site->session_gap_s = cli_member_span(&profile, "session_gap", 1, site->session_gap_s);
    site->just_bought_s = cli_member_span(&profile, "just_bought", 0, site->just_bought_s);
    site->retention_s = cli_member_span(&profile, "retention", 1, site->retention_s);
    if (site->retention_s > CLI_RETENTION_MOST_S) {
        cli_node retention;
        cli_node_get(&profile, "retention", &retention);
        cli_node_expected(&retention, "at most 395d");
    }
    site->interest_half_life_s =
        cli_member_span(&profile, "interest_half_life", 1, site->interest_half_life_s);
}

static void check_version(const cli_node *top)
{
    cli_node version;
    if (cli_node_need(top, "sotto", &version)
        && !(cJSON_IsNumber(version.json) && version.json->valueint == 1)) {
        cli_node_mistake(&version, NULL, "expected 1, the version of the site file");
    }
}

static void read_top(const cli_node *top, cli_site *site)
{
    static const char *const keys[] = {"sotto", "shop", "logs", "feed", "train",
                                       "rules", "slots", "profile", "consent",
                                       "pictures", "segments", "campaigns", "campaign_rules",
                                       "experiments", "offers", "account", "hand_offs",
                                       "clusters", "$schema"};
    if (!cli_node_object(top, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    check_version(top);
    read_shop(top, site);
    read_profile(top, site);
    read_train(top, site);
    cli_node logs;
    cli_node feed;
    cli_node member;
    bool has_logs = cli_node_get(top, "logs", &logs);
    site->has_feed = cli_node_get(top, "feed", &feed);
    if (!has_logs && !site->has_feed) {
        cli_node_mistake(top, NULL, "neither \"logs\" nor \"feed\" is there, expected one of them");
    }
    if (has_logs) {
        cli_site_read_logs(&logs, site);
    }
    if (site->has_feed) {
        cli_site_read_feed(&feed, site);
    }
    if (cli_node_get(top, "rules", &member)) {
        cli_site_read_rules(&member, site);
    }
    if (cli_node_get(top, "slots", &member)) {
        cli_site_read_slots(&member, site);
    }
    if (cli_node_get(top, "consent", &member)) {
        cli_site_read_consent(&member, site);
    }
    site->pictures = (cli_pictures_source){.budget = 1000000, .max = 16000};
    if (cli_node_get(top, "pictures", &member)) {
        cli_site_read_pictures(&member, site);
    }
    cli_site_read_plan(top, site);
}

/* A mistake that is about the text, before there are nodes. */
static void mistake_in_text(cli_pool *pool, cli_mistakes *mistakes, unsigned line, const char *what)
{
    mistakes->list = cli_pool_alloc(pool, 1, sizeof *mistakes->list);
    mistakes->list[0] = (cli_mistake){.line = line, .path = "", .what = what};
    mistakes->count = mistakes->room = 1;
}

/*
 * cJSON takes its memory from the pool, so that the strings it read live as long as the site. Its
 * hooks have no context, hence the static.
 */
static cli_pool *parse_pool;

static void *take_from_pool(size_t size)
{
    return cli_pool_alloc(parse_pool, size, 1);
}

static void leave_to_pool(void *memory)
{
    (void)memory;
}

static cJSON *parse_into(cli_pool *pool, const char *text, const char **end)
{
    cJSON_Hooks hooks = {take_from_pool, leave_to_pool};
    parse_pool = pool;
    cJSON_InitHooks(&hooks);
    cJSON *json = cJSON_ParseWithOpts(text, end, true);
    cJSON_InitHooks(NULL);
    return json;
}

/* Whether as many lists and objects are open there as the reader takes. */
static bool nested_deep(const char *text, size_t size)
{
    size_t depth = 0;
    bool in_text = false;
    for (size_t i = 0; i < size; i++) {
        if (in_text && text[i] == '\\') {
            i++;
        } else if (text[i] == '"') {
            in_text = !in_text;
        } else if (!in_text) {
            depth += text[i] == '[' || text[i] == '{' ? 1 : 0;
            depth -= depth > 0 && (text[i] == ']' || text[i] == '}') ? 1 : 0;
        }
    }
    return depth >= CJSON_NESTING_LIMIT;
}

static cJSON *parse(cli_pool *pool, const char *text, size_t size, cli_mistakes *mistakes)
{
    unsigned line;
    unsigned column;
    size_t valid = cli_utf8_prefix(text, strlen(text));
    if (valid < size) {
        cli_where_offset(text, valid, &line, &column);
        mistake_in_text(pool, mistakes, line,
                        cli_pool_print(pool, "column %u: the file is not text in UTF-8", column));
        return NULL;
    }
    const char *zero = sotto_json_zero_byte(text, size);
    if (zero) {
        cli_where_offset(text, (size_t)(zero - text), &line, &column);
        mistake_in_text(pool, mistakes, line,
                        cli_pool_print(pool, "column %u: a zero byte in a text: \\u0000", column));
        return NULL;
    }
    const char *end = text;
    cJSON *json = parse_into(pool, text, &end);
    if (json) {
        return json;
    }
    size_t at = (size_t)(end - text);
    cli_where_offset(text, at, &line, &column);
    if (nested_deep(text, at)) {
        mistake_in_text(pool, mistakes, line,
                        cli_pool_print(pool, "column %u: nested more than %d deep", column,
                                       CJSON_NESTING_LIMIT));
        return NULL;
    }
    size_t found = at;
    const char *why = cli_site_syntax(pool, text, &found);
    at = why ? found : at;
    cli_where_offset(text, at, &line, &column);
    size_t shown = strcspn(text + at, "\r\n");
    shown = cli_utf8_prefix(text + at, shown > 40 ? 40 : shown);
    mistake_in_text(pool, mistakes, line,
                    cli_pool_print(pool, "column %u: not JSON: %s%s%.*s", column,
                                   why ? why : "from here on", shown ? ": " : "", (int)shown,
                                   text + at));
    return NULL;
}

/* In the order of the file: the reader asks in an order of its own. */
static void sort_by_line(cli_mistakes *mistakes)
{
    for (size_t i = 1; i < mistakes->count; i++) {
        cli_mistake mistake = mistakes->list[i];
        size_t at = i;
        for (; at > 0 && mistakes->list[at - 1].line > mistake.line; at--) {
            mistakes->list[at] = mistakes->list[at - 1];
        }
        mistakes->list[at] = mistake;
    }
}

bool cli_site_read(cli_pool *pool, const char *file, cli_site *site, cli_mistakes *mistakes)
{
    size_t size;
    *site = (cli_site){.file = file, .folder = cli_path_folder(pool, file)};
    *mistakes = (cli_mistakes){0};
    site->shop_id = site->shop_name = "";
    const char *text = (const char *)cli_file_read(pool, file, CLI_SITE_MAX_SIZE, &size);
    cJSON *json = text ? parse(pool, text, size, mistakes) : NULL;
    if (!json) {
        return false;
    }
    cli_site_reader reader = {.pool = pool, .folder = site->folder, .text = text,
                              .mistakes = mistakes, .warnings = &site->warnings};
    cli_node top = {&reader, NULL, NULL, 0, json};
    read_top(&top, site);
    sort_by_line(mistakes);
    sort_by_line(&site->warnings);
    return mistakes->count == 0;
}

static void report(const char *file, const cli_mistake *mistake, bool warning)
{
    char line[16] = "";
    if (mistake->line) {
        snprintf(line, sizeof line, ":%u", mistake->line);
    }
    const char *joint = mistake->path[0] ? ": " : "";
    if (warning) {
        cli_warning("%s%s: %s%s%s", file, line, mistake->path, joint, mistake->what);
    } else {
        cli_error("%s%s: %s%s%s", file, line, mistake->path, joint, mistake->what);
    }
    if (mistake->excerpt) {
        cli_note("    %s", mistake->excerpt);
        cli_note("    %s", mistake->marker);
    }
    if (mistake->near) {
        cli_hint("did you mean \"%s\"?", mistake->near);
    }
}

void cli_mistakes_report(const char *file, const cli_mistakes *mistakes)
{
    for (size_t i = 0; i < mistakes->count; i++) {
        report(file, &mistakes->list[i], false);
    }
    if (mistakes->more) {
        cli_error("%s: and %zu mistakes more", file, mistakes->more);
    }
}

void cli_warnings_report(const char *file, const cli_mistakes *warnings)
{
    for (size_t i = 0; i < warnings->count; i++) {
        report(file, &warnings->list[i], true);
    }
    if (warnings->more) {
        cli_warning("%s: and %zu warnings more", file, warnings->more);
    }
}

bool cli_site_load(cli_pool *pool, const char *file, cli_site *site)
{
    cli_mistakes mistakes;
    bool good = cli_site_read(pool, file, site, &mistakes);
    cli_mistakes_report(file, &mistakes);
    return good;
}

sotto_train_options cli_site_train_options(const cli_site *site)
{
    sotto_train_options options = sotto_train_defaults();
    options.max_links = site->max_links;
    options.min_shoppers = site->min_shoppers;
    options.session_gap_s = site->session_gap_s;
    options.budget = site->budget;
    options.bot_clicks = site->bot_clicks;
    options.bot_per_minute = site->bot_per_minute;
    return options;
}

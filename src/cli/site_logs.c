/*
 * site_logs.c - where the logs are and what their columns mean
 *
 * Turns the list `logs` of the site file into the sources that src/train reads. A drop rule with a
 * list of texts becomes a rule for each of them, under one name.
 */
#include "cli/site_node.h"

#include <regex.h>
#include <string.h>
#include <strings.h>

/* The kinds of event a site file may name, and what each means for training. */
static const char *const event_names[] = {
    "view", "click", "cart_add", "purchase", "search", "cart_remove", "checkout", "wishlist",
    "category_view", "dismiss",
};

static const sotto_log_kind event_kinds[] = {
    SOTTO_LOG_VIEW, SOTTO_LOG_VIEW, SOTTO_LOG_CART, SOTTO_LOG_PURCHASE, SOTTO_LOG_IGNORE,
    SOTTO_LOG_IGNORE, SOTTO_LOG_IGNORE, SOTTO_LOG_IGNORE, SOTTO_LOG_IGNORE, SOTTO_LOG_IGNORE,
};

static bool ends_with(const char *name, size_t size, const char *end)
{
    size_t end_size = strlen(end);
    return size >= end_size && strncasecmp(name + size - end_size, end, end_size) == 0;
}

static bool format_by_name(const char *file, sotto_log_format *format)
{
    static const struct {
        const char      *end;
        sotto_log_format format;
    } ends[] = {
        {".csv", SOTTO_LOG_CSV}, {".tsv", SOTTO_LOG_TSV}, {".tab", SOTTO_LOG_TSV},
        {".ndjson", SOTTO_LOG_NDJSON}, {".jsonl", SOTTO_LOG_NDJSON},
    };
    size_t size = strlen(file);
    size -= ends_with(file, size, ".gz") ? 3 : ends_with(file, size, ".zst") ? 4 : 0;
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(ends); i++) {
        if (ends_with(file, size, ends[i].end)) {
            *format = ends[i].format;
            return true;
        }
    }
    return false;
}

void cli_site_read_format(const cli_node *node, const char *file, sotto_log_format *format,
                          char *delimiter)
{
    static const char *const names[] = {"csv", "tsv", "ndjson"};
    static const sotto_log_format formats[] = {SOTTO_LOG_CSV, SOTTO_LOG_TSV, SOTTO_LOG_NDJSON};
    cli_node member;
    *format = SOTTO_LOG_CSV;
    if (cli_node_get(node, "format", &member)) {
        size_t choice = cli_node_choice(&member, names, SOTTO_ARRAY_COUNT(names));
        *format = formats[choice < SOTTO_ARRAY_COUNT(names) ? choice : 0];
    } else if (file && !format_by_name(file, format)) {
        cli_node_mistake(node, NULL, "\"format\" is missing, and the name \"%s\" does not tell it",
                         file);
    }
    const char *text = cli_member_text(node, "delimiter", "");
    *delimiter = text[0];
    if (text[0] && (text[1] || strchr("\"\r\n", text[0]))) {
        cli_node_get(node, "delimiter", &member);
        cli_node_mistake(&member, NULL, "expected one character, such as \";\"");
    }
}

static void read_files(const cli_node *node, sotto_log_source *source)
{
    cli_node files;
    uint32_t count;
    if (!cli_node_need(node, "files", &files)) {
        return;
    }
    if (cJSON_IsString(files.json)) {
        const char **one = cli_pool_alloc(node->reader->pool, 1, sizeof *one);
        one[0] = files.json->valuestring;
        source->files = one;
        source->file_count = 1;
        return;
    }
    if (!cli_node_list(&files, &count)) {
        return;
    }
    const char **list = cli_pool_alloc(node->reader->pool, count + 1, sizeof *list);
    for (uint32_t i = 0; i < count; i++) {
        cli_node file = cli_node_at(&files, i);
        list[i] = cli_node_text(&file, "");
    }
    source->files = list;
    source->file_count = count;
    if (count == 0) {
        cli_node_mistake(&files, NULL, "the list is empty, expected at least one file name");
    }
}

static void read_columns(const cli_node *node, sotto_log_columns *columns)
{
    static const char *const keys[] = {
        "item", "shopper", "session", "order", "event", "time", "quantity", "title", "price",
        "category", "brand", "url", "image",
    };
    const char **const places[] = {
        &columns->item, &columns->shopper, &columns->session, &columns->order, &columns->event,
        &columns->time, &columns->quantity, &columns->title, &columns->price, &columns->category,
        &columns->brand, &columns->url, &columns->image,
    };
    _Static_assert(SOTTO_ARRAY_COUNT(keys) == SOTTO_ARRAY_COUNT(places), "a place for each key");
    cli_node member;
    cli_node item;
    if (!cli_node_need(node, "columns", &member)
        || !cli_node_object(&member, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(keys); i++) {
        *places[i] = cli_member_text(&member, keys[i], NULL);
    }
    cli_node_need(&member, "item", &item);
}

static sotto_log_kind read_kind(const cli_node *node)
{
    size_t choice = cli_node_choice(node, event_names, SOTTO_ARRAY_COUNT(event_names));
    return choice < SOTTO_ARRAY_COUNT(event_names) ? event_kinds[choice] : SOTTO_LOG_IGNORE;
}

/* The events as the site maps them, or our own names. */
static void read_events(const cli_node *node, sotto_log_source *source)
{
    cli_node events;
    size_t room = SOTTO_ARRAY_COUNT(event_names);
    bool mapped = cli_node_get(node, "events", &events);
    if (mapped && !cJSON_IsObject(events.json)) {
        cli_node_mistake(&events, NULL, "expected an object from their value to our kind");
        return;
    }
    if (mapped) {
        cli_node_unique(&events);
        room = (size_t)cJSON_GetArraySize(events.json);
    }
    sotto_log_event *list = cli_pool_alloc(node->reader->pool, room + 1, sizeof *list);
    if (mapped) {
        const cJSON *at = NULL;
        cli_node event;
        while (cli_node_next(&events, &at, &event)) {
            list[source->event_count++] = (sotto_log_event){event.key, read_kind(&event)};
        }
    } else {
        for (size_t i = 0; i < room; i++) {
            list[source->event_count++] = (sotto_log_event){event_names[i], event_kinds[i]};
        }
    }
    source->events = list;
}

static void read_kinds(const cli_node *node, sotto_log_source *source)
{
    cli_node event;
    bool given = cli_node_get(node, "event", &event);
    if (source->columns.event) {
        read_events(node, source);
        if (given) {
            cli_node_mistake(&event, NULL,
                             "columns.event is mapped already; leave one of them out");
        }
    } else if (given) {
        source->kind = read_kind(&event);
    } else {
        cli_node_mistake(node, NULL, "\"event\" is missing: the kind of every row (such as "
                         "\"purchase\"), as columns.event is not mapped");
    }
    if (!source->columns.event && cli_node_get(node, "events", &event)) {
        cli_node_mistake(&event, NULL, "\"events\" needs columns.event");
    }
}

static void read_time(const cli_node *node, sotto_log_source *source)
{
    const char *format = cli_member_text(node, "time_format", "iso");
    source->time = SOTTO_LOG_TIME_ISO8601;
    if (strcmp(format, "s") == 0) {
        source->time = SOTTO_LOG_TIME_EPOCH_S;
    } else if (strcmp(format, "ms") == 0) {
        source->time = SOTTO_LOG_TIME_EPOCH_MS;
    } else if (strchr(format, '%')) {
        source->time = SOTTO_LOG_TIME_STRPTIME;
        source->time_pattern = format;
    } else if (strcmp(format, "iso") != 0) {
        cli_node member;
        cli_node_get(node, "time_format", &member);
        cli_node_mistake(&member, NULL,
                         "expected iso, s, ms or a pattern such as %%d/%%m/%%Y %%H:%%M");
    }
}

static bool check_pattern(const cli_node *node, const char *pattern)
{
    regex_t regex;
    int fault = regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB);
    if (fault) {
        char why[128];
        regerror(fault, &regex, why, sizeof why);
        return cli_node_mistake(node, NULL, "no POSIX extended regular expression: %s", why);
    }
    regfree(&regex);
    return true;
}

/* A list of growing rules; each drop of the site file adds one or more. */
typedef struct rule_list {
    sotto_log_rule *rules;
    size_t          count, room;
    cli_pool       *pool;
} rule_list;

static void add_rule(rule_list *list, sotto_log_rule rule)
{
    if (list->count == list->room) {
        size_t room = list->room ? 2 * list->room : 16;
        sotto_log_rule *rules = cli_pool_alloc(list->pool, room, sizeof *rules);
        if (list->count) {
            memcpy(rules, list->rules, list->count * sizeof *rules);
        }
        list->rules = rules;
        list->room = room;
    }
    list->rules[list->count++] = rule;
}

static void add_texts(rule_list *list, sotto_log_rule rule, const cli_node *test)
{
    uint32_t count;
    if (cJSON_IsString(test->json)) {
        rule.text = test->json->valuestring;
        add_rule(list, rule);
        return;
    }
    if (!cJSON_IsArray(test->json)) {
        cli_node_mistake(test, NULL, "expected a text or a list of texts");
        return;
    }
    cli_node_list(test, &count);
    for (uint32_t i = 0; i < count; i++) {
        cli_node text = cli_node_at(test, i);
        rule.text = cli_node_text(&text, "");
        add_rule(list, rule);
    }
}

static void add_test(rule_list *list, sotto_log_rule rule, const cli_node *test)
{
    bool is_number = cJSON_IsNumber(test->json) != 0;
    rule.number = test->json->valuedouble;
    if (strcmp(test->key, "starts_with") == 0) {
        rule.test = SOTTO_LOG_STARTS_WITH;
        add_texts(list, rule, test);
    } else if (strcmp(test->key, "equals") == 0) {
        rule.test = SOTTO_LOG_EQUALS;
        add_texts(list, rule, test);
    } else if (strcmp(test->key, "matches") == 0) {
        rule.test = SOTTO_LOG_MATCHES;
        rule.text = cli_node_text(test, "");
        if (check_pattern(test, rule.text)) {
            add_rule(list, rule);
        }
    } else if (strcmp(test->key, "empty") == 0) {
        if (!cJSON_IsBool(test->json)) {
            cli_node_mistake(test, NULL, "expected true or false");
        }
        rule.test = cJSON_IsTrue(test->json) ? SOTTO_LOG_EMPTY : SOTTO_LOG_MATCHES;
        rule.text = "[^[:space:]]";
        add_rule(list, rule);
    } else if (!is_number) {
        cli_node_mistake(test, NULL, "expected a number");
    } else {
        rule.test = strcmp(test->key, "at_most") == 0 ? SOTTO_LOG_AT_MOST : SOTTO_LOG_AT_LEAST;
        add_rule(list, rule);
    }
}

static void read_drop(const cli_node *drop, rule_list *list)
{
    static const char *const keys[] = {"name", "column", "starts_with", "equals", "matches",
                                       "empty", "at_most", "at_least"};
    cli_node member;
    sotto_log_rule rule = {.name = "", .column = ""};
    if (!cli_node_object(drop, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    if (cli_node_need(drop, "column", &member)) {
        rule.column = cli_node_text(&member, "");
    }
    rule.name = cli_member_text(drop, "name", rule.column);
    unsigned tests = 0;
    for (size_t i = 2; i < SOTTO_ARRAY_COUNT(keys); i++) {
        if (cli_node_get(drop, keys[i], &member)) {
            add_test(list, rule, &member);
            tests++;
        }
    }
    if (tests != 1) {
        cli_node_mistake(drop, NULL, "expected exactly one of starts_with, equals, matches, empty, "
                         "at_most and at_least, found %u", tests);
    }
}

static void read_drops(const cli_node *node, sotto_log_source *source)
{
    cli_node drops;
    uint32_t count;
    if (!cli_node_get(node, "drop", &drops) || !cli_node_list(&drops, &count)) {
        return;
    }
    rule_list list = {.pool = node->reader->pool};
    for (uint32_t i = 0; i < count; i++) {
        cli_node drop = cli_node_at(&drops, i);
        read_drop(&drop, &list);
    }
    source->rules = list.rules;
    source->rule_count = list.count;
}

static void read_source(const cli_node *node, cli_site *site, sotto_log_source *source)
{
    static const char *const keys[] = {
        "files", "format", "delimiter", "header", "columns", "events", "event", "time_format",
        "drop", "duplicates", "max_bad",
    };
    static const char *const duplicates[] = {"keep", "drop"};
    cli_node member;
    if (!cli_node_object(node, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    source->folder = strcmp(site->folder, ".") == 0 ? NULL : site->folder;
    read_files(node, source);
    cli_site_read_format(node, source->file_count ? source->files[0] : NULL, &source->format,
                         &source->delimiter);
    source->headless = !cli_member_bool(node, "header", true);
    read_columns(node, &source->columns);
    read_kinds(node, source);
    read_time(node, source);
    read_drops(node, source);
    if (cli_node_get(node, "duplicates", &member)) {
        size_t choice = cli_node_choice(&member, duplicates, SOTTO_ARRAY_COUNT(duplicates));
        source->drop_duplicates = choice == 1;
    }
    source->max_bad = cli_member_real(node, "max_bad", 0, 1, SOTTO_LOG_MAX_BAD_DEFAULT);
}

void cli_site_read_logs(const cli_node *node, cli_site *site)
{
    uint32_t count;
    if (!cli_node_list(node, &count)) {
        return;
    }
    if (count == 0 && !site->has_feed) {
        cli_node_mistake(node, NULL, "the list is empty and there is no feed");
    }
    site->logs = cli_pool_alloc(node->reader->pool, count + 1, sizeof *site->logs);
    site->log_count = count;
    for (uint32_t i = 0; i < count; i++) {
        cli_node source = cli_node_at(node, i);
        read_source(&source, site, &site->logs[i]);
    }
}

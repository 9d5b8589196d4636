/*
 * site_plan.c - segments, campaigns and what they name, from the site file
 */
#include "cli/site_plan.h"

#include "cli/nearest.h"

#include <string.h>

/* ---- For all parts --------------------------------------------------------------------------- */

uint32_t cli_plan_string(cli_plan_builder *builder, const cli_node *node, const char *text)
{
    size_t size = strlen(text);
    uint32_t string = cli_plan_pool_string(&builder->pool, text, size);
    if (string != SOTTO_NONE) {
        return string;
    }
    if (size > SOTTO_PLAN_MAX_STRING_SIZE) {
        cli_node_mistake(node, NULL, "%zu bytes, expected at most %d", size,
                         SOTTO_PLAN_MAX_STRING_SIZE);
    } else {
        cli_node_mistake(node, NULL, "there are more than %d different texts in the site file",
                         SOTTO_PLAN_MAX_STRINGS);
    }
    return 0;
}

void cli_plan_name_key(cli_plan_builder *builder, uint32_t key, cli_mistake where)
{
    cli_named_key *named = &builder->keys[key];
    if (!named->text.bytes) {
        *named = (cli_named_key){builder->pool.key_kinds[key], builder->pool.key_texts[key], where};
    }
}

bool cli_plan_compile(cli_plan_builder *builder, const cli_node *node, const char *text,
                      cli_expression *expression)
{
    sotto_text whole = {text, strlen(text)};
    if (strspn(text, " \t\r\n") == whole.size) {
        *expression = (cli_expression){0};
        return cli_node_mistake(node, NULL, "expected an expression such as visits > 1, and this "
                                            "is empty");
    }
    bool good = cli_expression_compile(&builder->scope, text, whole.size, expression);
    for (uint32_t i = 0; i < expression->note_count; i++) {
        const cli_expression_note *note = &expression->notes[i];
        if (note->warning) {
            cli_node_warning_in(node, whole, note->at, note->size, note->near, "%s", note->what);
        } else {
            cli_node_mistake_in(node, whole, note->at, note->size, note->near, "%s", note->what);
        }
    }
    for (uint32_t i = 0; good && i < expression->key_count; i++) {
        const cli_expression_key *key = &expression->keys[i];
        if (!builder->keys[key->key].text.bytes) {
            cli_plan_name_key(builder, key->key, cli_node_where(node, whole, key->at, key->size));
        }
    }
    return good;
}

uint32_t cli_node_reference(const cli_node *node, const char *what,
                            const cli_expression_names *names)
{
    const char *word = cli_node_text(node, NULL);
    for (uint32_t i = 0; word && i < names->count; i++) {
        if (strcmp(names->names[i], word) == 0) {
            return i;
        }
    }
    if (word) {
        char list[256];
        const char *near = cli_nearest(word, names->names, names->count);
        bool has_any = !near && names->count > 0;
        cli_node_mistake(node, near, "there is no %s \"%.64s\"%s%s", what, word,
                         has_any ? ", only " : "",
                         has_any ? cli_nearest_list(list, sizeof list, names->names, names->count)
                                 : "");
    }
    return SOTTO_NONE;
}

/* ---- Names ----------------------------------------------------------------------------------- */

/* The names of an object's members; none, with a mistake, if it is no object or has too many. */
static cli_expression_names names_of(const cli_node *top, const char *key, uint32_t most,
                                     const char *what, cli_node *list, cli_node **nodes)
{
    cli_expression_names names = {NULL, 0};
    if (!cli_node_get(top, key, list)) {
        return names;
    }
    if (!cJSON_IsObject(list->json)) {
        cli_node_mistake(list, NULL, "expected an object from a name to %s", what);
        return names;
    }
    uint32_t count = (uint32_t)cJSON_GetArraySize(list->json);
    if (count > most) {
        cli_node_mistake(list, NULL, "%u of them, expected at most %u", count, most);
        return names;
    }
    cli_node_unique(list);
    const char **texts = cli_pool_alloc(top->reader->pool, count + 1, sizeof *texts);
    *nodes = cli_pool_alloc(top->reader->pool, count + 1, sizeof **nodes);
    const cJSON *at = NULL;
    cli_node member;
    while (cli_node_next(list, &at, &member)) {
        cli_node_named(&member);
        (*nodes)[names.count] = member;
        texts[names.count++] = member.key;
    }
    names.names = texts;
    return names;
}

/* The questions that quizzes ask, whatever else is wrong with them. */
static cli_expression_names questions_of(const cli_plan_builder *builder)
{
    uint32_t count = builder->scope.campaigns.count;
    const char **questions = cli_pool_alloc(builder->memory, count + 1, sizeof *questions);
    cli_expression_names names = {questions, 0};
    for (uint32_t i = 0; i < count; i++) {
        const cJSON *question = cJSON_GetObjectItemCaseSensitive(builder->campaign_nodes[i].json,
                                                                 "question");
        if (cJSON_IsString(question)) {
            questions[names.count++] = question->valuestring;
        }
    }
    return names;
}

static cli_expression_names slots_of(const cli_plan_builder *builder)
{
    const cli_site *site = builder->site;
    const char **slots = cli_pool_alloc(builder->memory, site->slot_count + 1, sizeof *slots);
    for (uint32_t i = 0; i < site->slot_count; i++) {
        slots[i] = site->slots[i].name.bytes ? site->slots[i].name.bytes : "";
    }
    return (cli_expression_names){slots, site->slot_count};
}

typedef struct plan_nodes {
    cli_node segments, campaigns, experiments, offers, hand_offs, account, clusters, rules;
} plan_nodes;

static void read_names(cli_plan_builder *builder, const cli_node *top, plan_nodes *nodes)
{
    cli_expression_scope *scope = &builder->scope;
    cli_node *account_nodes = NULL;
    scope->segments = names_of(top, "segments", SOTTO_MAX_SEGMENTS, "the segment",
                               &nodes->segments, &builder->segment_nodes);
    scope->campaigns = names_of(top, "campaigns", SOTTO_MAX_CAMPAIGNS, "the campaign",
                                &nodes->campaigns, &builder->campaign_nodes);
    builder->experiments = names_of(top, "experiments", SOTTO_MAX_EXPERIMENTS, "the experiment",
                                    &nodes->experiments, &builder->experiment_nodes);
    builder->offers = names_of(top, "offers", SOTTO_MAX_OFFERS, "the offer", &nodes->offers,
                               &builder->offer_nodes);
    builder->hand_offs = names_of(top, "hand_offs", 64, "its address", &nodes->hand_offs,
                                  &builder->hand_off_nodes);
    scope->account = names_of(top, "account", 64, "its type: text, number or truth",
                              &nodes->account, &account_nodes);
    scope->questions = questions_of(builder);
    builder->slots = slots_of(builder);
    builder->segment_used = cli_pool_alloc(builder->memory, SOTTO_MAX_SEGMENTS, sizeof(bool));
    builder->offer_used = cli_pool_alloc(builder->memory, SOTTO_MAX_OFFERS, sizeof(bool));
    builder->hand_off_used = cli_pool_alloc(builder->memory, 64, sizeof(bool));
    builder->arms_shown = cli_pool_alloc(builder->memory, SOTTO_MAX_EXPERIMENTS, sizeof(uint32_t));
}

/* ---- All of it ------------------------------------------------------------------------------- */

static void finish(cli_plan_builder *builder, cli_site *site)
{
    sotto_plan_content *content = builder->content;
    content->strings = builder->pool.strings;
    content->string_count = builder->pool.string_count;
    content->keys = builder->pool.keys;
    content->key_kinds = builder->pool.key_kinds;
    content->key_count = builder->pool.key_count;
    content->segments = builder->segments;
    content->segment_count = builder->scope.segments.count;
    content->experiments = builder->experiment_list;
    content->experiment_count = builder->experiments.count;
    content->offers = builder->offer_list;
    content->offer_count = builder->offers.count;
    content->campaigns = builder->campaigns;
    content->campaign_count = builder->scope.campaigns.count;
    site->plan = content;
    site->keys = builder->keys;
    site->key_count = builder->pool.key_count;
}

void cli_site_read_plan(const cli_node *top, cli_site *site)
{
    static const char *const keys[] = {"segments", "campaigns", "campaign_rules", "experiments",
                                       "offers", "account", "hand_offs", "clusters"};
    cli_node member;
    plan_nodes nodes;
    cli_pool *memory = top->reader->pool;
    bool any = false;
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(keys); i++) {
        any = cli_node_get(top, keys[i], &member) || any;
    }
    if (!any) {
        return;
    }
    cli_plan_builder *builder = cli_pool_alloc(memory, 1, sizeof *builder);
    builder->site = site;
    builder->memory = memory;
    builder->content = cli_pool_alloc(memory, 1, sizeof *builder->content);
    *builder->content = sotto_plan_defaults();
    builder->keys = cli_pool_alloc(memory, SOTTO_PLAN_MAX_KEYS, sizeof *builder->keys);
    builder->scope.pool = &builder->pool;
    builder->scope.price_decimals = site->price_decimals;
    cli_plan_pool_start(&builder->pool, memory);
    read_names(builder, top, &nodes);
    size_t mistakes = top->reader->mistakes->count;
    if (cli_node_get(top, "account", &nodes.account)) {
        cli_plan_read_account(builder, &nodes.account);
    }
    if (cli_node_get(top, "clusters", &nodes.clusters)) {
        cli_plan_read_clusters(builder, &nodes.clusters);
    }
    cli_plan_read_segments(builder, &nodes.segments);
    cli_plan_read_experiments(builder, &nodes.experiments);
    cli_plan_read_offers(builder, &nodes.offers);
    cli_plan_read_hand_offs(builder, &nodes.hand_offs);
    cli_plan_read_campaigns(builder, &nodes.campaigns);
    if (cli_node_get(top, "campaign_rules", &nodes.rules)) {
        cli_plan_read_rules(builder, &nodes.rules);
    }
    finish(builder, site);
    if (top->reader->mistakes->count == mistakes) {
        cli_plan_lint(builder);
    }
}

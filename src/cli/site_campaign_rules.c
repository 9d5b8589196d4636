/*
 * site_campaign_rules.c - what holds for all campaigns; what the shop says of its shoppers
 */
#include "cli/site_plan.h"

#include "cli/nearest.h"

#include <string.h>

#define CLUSTER_MAX_SIZE 64u
#define PLACES_MOST      64u

static void read_ceiling(const cli_node *rules, sotto_plan_content *content)
{
    static const char *const keys[] = {"session", "day"};
    cli_node ceiling;
    if (cli_node_get(rules, "ceiling", &ceiling)
        && cli_node_object(&ceiling, keys, SOTTO_ARRAY_COUNT(keys))) {
        content->ceiling_session =
            cli_member_number(&ceiling, "session", 0, 65535, content->ceiling_session);
        content->ceiling_day = cli_member_number(&ceiling, "day", 0, 65535, content->ceiling_day);
    }
}

/* The places that campaigns fill, each once. */
static cli_expression_names places_of(const cli_plan_builder *builder)
{
    uint32_t count = builder->scope.campaigns.count;
    const char **places = cli_pool_alloc(builder->memory, count + 1, sizeof *places);
    cli_expression_names names = {places, 0};
    for (uint32_t i = 0; i < count; i++) {
        const char *place = builder->pool.strings[builder->campaigns[i].place].bytes;
        bool known = !place[0];
        for (uint32_t j = 0; j < names.count && !known; j++) {
            known = strcmp(places[j], place) == 0;
        }
        if (!known) {
            places[names.count++] = place;
        }
    }
    return names;
}

static void read_places(cli_plan_builder *builder, const cli_node *rules)
{
    static const char *const keys[] = {"session", "day"};
    cli_node list;
    if (!cli_node_get(rules, "places", &list)) {
        return;
    }
    if (!cJSON_IsObject(list.json)) {
        cli_node_mistake(&list, NULL, "expected an object from a place to its caps");
        return;
    }
    uint32_t count = (uint32_t)cJSON_GetArraySize(list.json);
    if (count > PLACES_MOST) {
        cli_node_mistake(&list, NULL, "%u of them, expected at most %u", count, PLACES_MOST);
        return;
    }
    cli_node_unique(&list);
    cli_expression_names known = places_of(builder);
    sotto_place_content *places = cli_pool_alloc(builder->memory, count + 1, sizeof *places);
    const cJSON *at = NULL;
    cli_node place;
    for (uint32_t i = 0; cli_node_next(&list, &at, &place); i++) {
        bool filled = false;
        for (uint32_t j = 0; j < known.count; j++) {
            filled = filled || strcmp(known.names[j], place.key) == 0;
        }
        if (cli_node_named(&place) && !filled) {
            cli_node_warning(&place, cli_nearest(place.key, known.names, known.count),
                             "no campaign fills this place");
        }
        places[i].name = cli_plan_string(builder, &place, place.key);
        if (cli_node_object(&place, keys, SOTTO_ARRAY_COUNT(keys))) {
            places[i].session = cli_member_number(&place, "session", 0, 65535, 0);
            places[i].day = cli_member_number(&place, "day", 0, 65535, 0);
        }
    }
    builder->content->places = places;
    builder->content->place_count = count;
}

void cli_plan_read_rules(cli_plan_builder *builder, const cli_node *rules)
{
    static const char *const keys[] = {"holdout", "ceiling", "gap", "quiet", "after_purchase",
                                       "idle", "places"};
    sotto_plan_content *content = builder->content;
    cli_node idle;
    if (!cli_node_object(rules, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    content->holdout = cli_member_share(rules, "holdout", content->holdout);
    read_ceiling(rules, content);
    content->gap_s = cli_member_span(rules, "gap", 0, content->gap_s);
    cli_member_hours(rules, "quiet", &content->quiet_from, &content->quiet_to);
    content->after_purchase_s =
        cli_member_span(rules, "after_purchase", 0, content->after_purchase_s);
    content->idle_s = cli_member_span(rules, "idle", 1, content->idle_s);
    if (content->idle_s > UINT16_MAX && cli_node_get(rules, "idle", &idle)) {
        cli_node_mistake(&idle, NULL, "expected at most %d seconds", UINT16_MAX);
    }
    read_places(builder, rules);
}

void cli_plan_read_account(cli_plan_builder *builder, const cli_node *account)
{
    static const char *const types[] = {"number", "text", "truth"};
    uint32_t count = builder->scope.account.count;
    sotto_account_content *list = cli_pool_alloc(builder->memory, count + 1, sizeof *list);
    uint8_t *kinds = cli_pool_alloc(builder->memory, count + 1, 1);
    for (uint32_t i = 0; i < count; i++) {
        cli_node type;
        cli_node_get(account, builder->scope.account.names[i], &type);
        size_t kind = cli_node_choice(&type, types, SOTTO_ARRAY_COUNT(types));
        kind = kind < SOTTO_ARRAY_COUNT(types) ? kind : 0;
        kinds[i] = (uint8_t)(SOTTO_ACCOUNT_NUMBER + kind);
        list[i].name = cli_plan_string(builder, &type, type.key);
        list[i].kind = kinds[i];
    }
    builder->scope.account_kinds = kinds;
    builder->content->account = list;
    builder->content->account_count = count;
}

void cli_plan_read_clusters(cli_plan_builder *builder, const cli_node *clusters)
{
    uint32_t count;
    if (!cli_node_list(clusters, &count)) {
        return;
    }
    if (count > SOTTO_PLAN_MAX_CLUSTERS) {
        cli_node_mistake(clusters, NULL, "%u clusters, expected at most %d", count,
                         SOTTO_PLAN_MAX_CLUSTERS);
        return;
    }
    sotto_string *list = cli_pool_alloc(builder->memory, count + 1, sizeof *list);
    const char **names = cli_pool_alloc(builder->memory, count + 1, sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        cli_node name = cli_node_at(clusters, i);
        names[i] = cli_node_short_text(&name, CLUSTER_MAX_SIZE);
        list[i] = (sotto_string){names[i], strlen(names[i])};
        for (uint32_t j = 0; j < i; j++) {
            if (strcmp(names[j], names[i]) == 0) {
                cli_node_mistake(&name, NULL, "the name stands twice");
            }
        }
    }
    builder->scope.clusters = (cli_expression_names){names, count};
    builder->content->clusters = list;
    builder->content->cluster_count = count;
}

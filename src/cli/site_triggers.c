/*
 * site_triggers.c - when a campaign fires
 *
 * A trigger is a word ("exit") or an object with the key of its kind ({ "dwell": "20s" }).
 */
#include "cli/site_plan.h"

#include "cli/nearest.h"

#include <string.h>

typedef enum operand { NO_OPERAND, SPAN, MONEY, COUNT, PERCENT, TEXT } operand;

static const struct {
    const char *name;
    uint32_t    kind;
    operand     operand;
    uint32_t    b;
} triggers[] = {
    {"page", SOTTO_ON_PAGE, NO_OPERAND, 0},
    {"exit", SOTTO_ON_EXIT, NO_OPERAND, 0},
    {"back_in_stock", SOTTO_ON_BACK_IN_STOCK, NO_OPERAND, 0},
    {"no_results", SOTTO_ON_NO_RESULTS, NO_OPERAND, 0},
    {"dwell", SOTTO_ON_DWELL, SPAN, 0},
    {"viewed_not_added", SOTTO_ON_VIEWED_NOT_ADDED, SPAN, 0},
    {"cart_idle", SOTTO_ON_CART_IDLE, SPAN, 0},
    {"cart_value", SOTTO_ON_CART_VALUE, MONEY, 0},
    {"scroll", SOTTO_ON_SCROLL, PERCENT, 0},
    {"inactive", SOTTO_ON_INACTIVE, SPAN, 0},
    {"visit", SOTTO_ON_VISIT, COUNT, 0},
    {"every_visit", SOTTO_ON_VISIT, COUNT, 1},
    {"return", SOTTO_ON_RETURN, SPAN, 0},
    {"price_drop", SOTTO_ON_PRICE_DROP, PERCENT, 0},
    {"event", SOTTO_ON_EVENT, TEXT, 0},
};

#define TRIGGER_COUNT SOTTO_ARRAY_COUNT(triggers)

static bool read_word(const cli_node *node, sotto_trigger *trigger)
{
    const char *names[TRIGGER_COUNT];
    size_t count = 0;
    for (; triggers[count].operand == NO_OPERAND; count++) {
        names[count] = triggers[count].name;
    }
    for (size_t i = count; i < TRIGGER_COUNT; i++) {
        if (strcmp(triggers[i].name, node->json->valuestring) == 0) {
            return cli_node_mistake(node, NULL, "%s says how much: { \"%s\": ... }",
                                    triggers[i].name, triggers[i].name);
        }
    }
    size_t choice = cli_node_choice(node, names, count);
    trigger->kind = triggers[choice % count].kind;
    return choice < count;
}

static void read_operand(cli_plan_builder *builder, const cli_node *node, size_t index,
                         sotto_trigger *trigger)
{
    const char *key = triggers[index].name;
    cli_node member;
    cli_node_get(node, key, &member);
    trigger->b = triggers[index].b;
    switch (triggers[index].operand) {
    case SPAN:
        trigger->a = cli_member_span(node, key, 1, 1);
        break;
    case MONEY:
        trigger->a = cli_member_money(node, key, builder->site->price_decimals);
        break;
    case COUNT:
        trigger->a = cli_member_number(node, key, 1, 65535, 1);
        break;
    case PERCENT:
        trigger->a = cli_member_number(node, key, 1, 100, 1);
        break;
    case TEXT:
        trigger->b = cli_plan_string(builder, &member,
                                     cli_node_short_text(&member, 64));
        break;
    case NO_OPERAND:
        break;
    }
}

static void read_object(cli_plan_builder *builder, const cli_node *node,
                        sotto_trigger *trigger)
{
    static const char *const places[] = {"page", "item", "session"};
    const char *keys[TRIGGER_COUNT + 1];
    size_t count = 0;
    size_t found = TRIGGER_COUNT;
    size_t found_count = 0;
    cli_node member;
    char list[256];
    for (size_t i = 0; i < TRIGGER_COUNT; i++) {
        if (triggers[i].operand != NO_OPERAND) {
            keys[count++] = triggers[i].name;
            if (cli_node_get(node, triggers[i].name, &member)) {
                found = i;
                found_count++;
            }
        }
    }
    cli_nearest_list(list, sizeof list, keys, count);
    keys[count++] = "on";
    size_t mistakes = node->reader->mistakes->count;
    if (!cli_node_object(node, keys, count)) {
        return;
    }
    if (found_count != 1) {
        if (found_count || node->reader->mistakes->count == mistakes) {
            cli_node_mistake(node, NULL, "expected exactly one of %s, found %zu", list,
                             found_count);
        }
        return;
    }
    trigger->kind = triggers[found].kind;
    read_operand(builder, node, found, trigger);
    if (!cli_node_get(node, "on", &member)) {
        return;
    }
    if (trigger->kind != SOTTO_ON_DWELL) {
        cli_node_mistake(&member, NULL, "only dwell is on page, item or session");
        return;
    }
    trigger->b = (uint32_t)cli_node_choice(&member, places, SOTTO_ARRAY_COUNT(places))
               % SOTTO_ARRAY_COUNT(places);
}

static void read_trigger(cli_plan_builder *builder, const cli_node *node,
                         sotto_campaign_content *content)
{
    sotto_trigger *trigger = &content->triggers[content->trigger_count++];
    trigger->kind = SOTTO_ON_PAGE;
    if (cJSON_IsString(node->json)) {
        read_word(node, trigger);
    } else {
        read_object(builder, node, trigger);
    }
}

void cli_plan_read_triggers(cli_plan_builder *builder, const cli_node *campaign,
                            sotto_campaign_content *content)
{
    cli_node node;
    uint32_t count;
    if (!cli_node_get(campaign, "trigger", &node)) {
        return;
    }
    if (!cJSON_IsArray(node.json)) {
        read_trigger(builder, &node, content);
        return;
    }
    cli_node_list(&node, &count);
    if (count < 1 || count > SOTTO_PLAN_MAX_TRIGGERS) {
        cli_node_mistake(&node, NULL, "%u triggers, expected 1 to %d", count,
                         SOTTO_PLAN_MAX_TRIGGERS);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        cli_node element = cli_node_at(&node, i);
        read_trigger(builder, &element, content);
    }
}

/*
 * site_campaigns.c - campaigns: what, where, when, how often
 */
#include "cli/site_plan.h"

#include "model/program.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400u

static const char *const blocks[] = {
    "carousel", "grid", "hero", "inline", "popup", "slide-in", "bar", "shipping-bar", "countdown",
    "proof", "cart-reminder", "recent", "quiz",
};

bool cli_plan_interrupts(const sotto_campaign_content *content)
{
    return (content->block == SOTTO_POPUP || content->block == SOTTO_SLIDE_IN
            || (content->block == SOTTO_QUIZ && content->place == 0))
        && (content->flags & SOTTO_FREE_OF_CEILING) == 0;
}

/* Whether a program asks for something of the page's item. */
static bool asks_for_item(const sotto_program_content *program)
{
    uint32_t at = 0;
    cli_instruction instruction;
    while (cli_instruction_read(program->bytes, program->size, &at, &instruction)) {
        uint32_t fact = (uint32_t)instruction.operands[0];
        if (instruction.op == SOTTO_OP_PAGE_IS
            || (instruction.op == SOTTO_OP_FACT_NUMBER && fact >= SOTTO_ITEM_PRICE
                && fact <= SOTTO_ITEM_SEEN)
            || (instruction.op == SOTTO_OP_FACT_TRUTH && fact == SOTTO_ITEM_IN_STOCK)
            || (instruction.op == SOTTO_OP_FACT_TEXT && fact == SOTTO_PAGE_TYPE)
            || (instruction.op >= SOTTO_OP_COUNT && instruction.op <= SOTTO_OP_MOST
                && (instruction.operands[1] & SOTTO_FILTER_HERE))) {
            return true;
        }
    }
    return false;
}

bool cli_plan_has_subject(const cli_plan_builder *builder, const sotto_campaign_content *content)
{
    (void)builder;
    for (uint32_t i = 0; i < content->trigger_count; i++) {
        const sotto_trigger *trigger = &content->triggers[i];
        if (trigger->kind == SOTTO_ON_VIEWED_NOT_ADDED || trigger->kind == SOTTO_ON_CART_IDLE
            || trigger->kind == SOTTO_ON_BACK_IN_STOCK || trigger->kind == SOTTO_ON_PRICE_DROP
            || (trigger->kind == SOTTO_ON_DWELL && trigger->b == 1)) {
            return true;
        }
    }
    return content->block == SOTTO_PROOF || asks_for_item(&content->when);
}

/* ---- Where ----------------------------------------------------------------------------------- */

/* False, with a mistake, if there is none; it counts as a bar then, which needs nothing more. */
static bool read_block(const cli_node *campaign, sotto_campaign_content *content)
{
    cli_node block;
    size_t choice = SOTTO_ARRAY_COUNT(blocks);
    if (cli_node_need(campaign, "block", &block)) {
        choice = cli_node_choice(&block, blocks, SOTTO_ARRAY_COUNT(blocks));
    }
    bool good = choice < SOTTO_ARRAY_COUNT(blocks);
    content->block = good ? (uint32_t)choice + 1 : (uint32_t)SOTTO_BAR;
    return good;
}

/* A popup lies over the page and has no place; a quiz or a bar may have one; all else must. */
static void read_place(cli_plan_builder *builder, const cli_node *campaign,
                       sotto_campaign_content *content)
{
    cli_node place;
    uint32_t block = content->block;
    bool never = block == SOTTO_POPUP || block == SOTTO_SLIDE_IN;
    bool may = never || block == SOTTO_BAR || block == SOTTO_SHIPPING_BAR || block == SOTTO_QUIZ;
    if (!cli_node_get(campaign, "place", &place)) {
        if (!may) {
            cli_node_mistake(campaign, NULL,
                             "\"place\" is missing: the name of the <sotto-place> it fills");
        }
        return;
    }
    const char *name = cli_node_text(&place, "-");
    if (never) {
        cli_node_mistake(&place, NULL, "a %s lies over the page and has no place",
                         blocks[block - 1]);
    } else if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(name) || !name[0]
               || strlen(name) > 64) {
        cli_node_mistake(&place, NULL,
                         "expected a name of 1 to 64 of the letters a-z, 0-9 and -");
    } else {
        content->place = cli_plan_string(builder, &place, name);
    }
}

/* ---- When ------------------------------------------------------------------------------------ */

static void read_when(cli_plan_builder *builder, const cli_node *campaign,
                      sotto_campaign_content *content)
{
    cli_node when;
    cli_expression expression;
    if (!cli_node_get(campaign, "when", &when)) {
        return;
    }
    const char *text = cli_node_text(&when, NULL);
    if (text && cli_plan_compile(builder, &when, text, &expression)) {
        content->when = (sotto_program_content){expression.bytes, expression.size};
        for (uint32_t i = 0; i < expression.segment_count; i++) {
            builder->segment_used[expression.segments[i]] = true;
        }
    }
}

static void read_dates(const cli_node *campaign, sotto_campaign_content *content)
{
    cli_node ends;
    content->starts_s = cli_member_date(campaign, "starts", false);
    content->ends_s = cli_member_date(campaign, "ends", true);
    if (content->ends_s && content->starts_s >= content->ends_s
        && cli_node_get(campaign, "ends", &ends)) {
        cli_node_mistake(&ends, NULL, "it ends before it starts");
    }
}

/* ---- How often ------------------------------------------------------------------------------- */

static void read_caps(const cli_node *campaign, sotto_campaign_content *content)
{
    static const char *const keys[] = {"session", "day", "ever"};
    cli_node caps;
    uint32_t block = content->block;
    if (block == SOTTO_POPUP || block == SOTTO_SLIDE_IN || block == SOTTO_QUIZ) {
        content->cap_session = content->cap_day = 1;
        content->cap_ever = 10;
    }
    if (cli_node_get(campaign, "caps", &caps)
        && cli_node_object(&caps, keys, SOTTO_ARRAY_COUNT(keys))) {
        content->cap_session = cli_member_number(&caps, "session", 0, 255, content->cap_session);
        content->cap_day = cli_member_number(&caps, "day", 0, 255, content->cap_day);
        content->cap_ever = cli_member_number(&caps, "ever", 0, 65535, content->cap_ever);
    }
}

static void read_pauses(const cli_node *campaign, sotto_campaign_content *content)
{
    static const char *const keys[] = {"dismissed", "purchase", "shown"};
    cli_node pause;
    uint32_t block = content->block;
    if (block == SOTTO_POPUP || block == SOTTO_SLIDE_IN || block == SOTTO_BAR
        || block == SOTTO_QUIZ) {
        content->pause_dismissed_s = 7 * DAY_S;
    }
    if (cli_node_get(campaign, "pause", &pause)
        && cli_node_object(&pause, keys, SOTTO_ARRAY_COUNT(keys))) {
        content->pause_dismissed_s =
            cli_member_span(&pause, "dismissed", 0, content->pause_dismissed_s);
        content->pause_purchase_s = cli_member_span(&pause, "purchase", 0, 0);
        content->pause_shown_s = cli_member_span(&pause, "shown", 0, 0);
    }
}

/* Groups are numbered in the order in which they are met. */
static void read_group(cli_plan_builder *builder, const cli_node *campaign,
                       sotto_campaign_content *content)
{
    cli_node group;
    if (!cli_node_get(campaign, "group", &group)) {
        return;
    }
    const char *name = cli_node_short_text(&group, 64);
    uint32_t index = 0;
    while (index < builder->groups.count && strcmp(builder->groups.names[index], name) != 0) {
        index++;
    }
    if (index == builder->groups.count) {
        const char **names = cli_pool_alloc(builder->memory, index + 1, sizeof *names);
        if (index) {
            memcpy(names, builder->groups.names, index * sizeof *names);
        }
        names[index] = name;
        builder->groups = (cli_expression_names){names, index + 1};
    }
    content->group = index + 1;
    if (content->group > UINT8_MAX) {
        cli_node_mistake(&group, NULL, "there are more than %d groups", UINT8_MAX);
    }
}

static void read_flags(const cli_node *campaign, sotto_campaign_content *content)
{
    cli_node interrupts;
    if (cli_node_get(campaign, "interrupts", &interrupts)) {
        bool yes = cli_member_bool(campaign, "interrupts", true);
        if (!cli_plan_interrupts(content)) {
            cli_node_mistake(&interrupts, NULL,
                             "only popup, slide-in and a quiz without a place interrupt");
        }
        content->flags |= yes ? 0 : SOTTO_FREE_OF_CEILING;
    }
    content->flags |= cli_member_bool(campaign, "without_consent", false) ? SOTTO_WITHOUT_CONSENT
                                                                          : 0;
    content->flags |= cli_member_bool(campaign, "once_per_item", false) ? SOTTO_ONCE_A_SUBJECT : 0;
}

/* ---- With what ------------------------------------------------------------------------------- */

static void read_offer(cli_plan_builder *builder, const cli_node *campaign,
                       sotto_campaign_content *content)
{
    cli_node offer;
    content->offer = SOTTO_NONE;
    if (!cli_node_get(campaign, "offer", &offer)) {
        return;
    }
    content->offer = cli_node_reference(&offer, "offer", &builder->offers);
    if (content->offer != SOTTO_NONE) {
        builder->offer_used[content->offer] = true;
    }
}

static void read_experiment(cli_plan_builder *builder, const cli_node *campaign,
                            sotto_campaign_content *content)
{
    static const char *const keys[] = {"name", "arms"};
    cli_node experiment;
    cli_node name;
    cli_node arms;
    uint32_t count = 0;
    content->experiment = SOTTO_NONE;
    if (!cli_node_get(campaign, "experiment", &experiment)
        || !cli_node_object(&experiment, keys, SOTTO_ARRAY_COUNT(keys))
        || !cli_node_need(&experiment, "name", &name)) {
        return;
    }
    content->experiment = cli_node_reference(&name, "experiment", &builder->experiments);
    if (content->experiment == SOTTO_NONE || !cli_node_need(&experiment, "arms", &arms)
        || !cli_node_list(&arms, &count)) {
        return;
    }
    const sotto_experiment_content *chosen = &builder->experiment_list[content->experiment];
    const char *names[SOTTO_MAX_ARMS];
    for (uint32_t i = 0; i < chosen->arm_count; i++) {
        names[i] = builder->pool.strings[chosen->arms[i].name].bytes;
    }
    if (count == 0) {
        cli_node_mistake(&arms, NULL, "the list is empty, expected the arms that see it");
    }
    for (uint32_t i = 0; i < count && chosen->arm_count; i++) {
        cli_node arm = cli_node_at(&arms, i);
        size_t choice = cli_node_choice(&arm, names, chosen->arm_count);
        content->arms |= choice < chosen->arm_count ? 1u << choice : 0;
    }
    builder->arms_shown[content->experiment] |= content->arms;
}

static void read_slot(cli_plan_builder *builder, const cli_node *campaign,
                      sotto_campaign_content *content)
{
    cli_node slot;
    cli_node min;
    bool has_min = cli_node_get(campaign, "min", &min);
    if (cli_node_get(campaign, "slot", &slot)) {
        uint32_t index = cli_node_reference(&slot, "slot", &builder->slots);
        if (index != SOTTO_NONE) {
            content->slot = cli_plan_string(builder, &slot, builder->slots.names[index]);
            content->least_items =
                cli_member_number(campaign, "min", 0, builder->site->slots[index].count, 1);
        }
    } else if (has_min) {
        cli_node_mistake(&min, NULL, "\"min\" needs a \"slot\", whose items it counts");
    }
}

/* What a kind of block cannot do without. */
static void check_block(const cli_plan_builder *builder, const cli_node *campaign,
                        const sotto_campaign_content *content)
{
    cli_node slot;
    const sotto_offer_content *offer =
        content->offer == SOTTO_NONE ? NULL : &builder->offer_list[content->offer];
    bool lists = content->block == SOTTO_CAROUSEL || content->block == SOTTO_GRID;
    if (lists && !cli_node_get(campaign, "slot", &slot) && !(offer && offer->item_count)
        && !cli_plan_has_subject(builder, content)) {
        cli_node_mistake(campaign, NULL, "\"slot\" is missing: whose items the %s shows",
                         blocks[content->block - 1]);
    }
    if (content->block == SOTTO_SHIPPING_BAR && !(offer && offer->kind == SOTTO_FREE_SHIPPING)) {
        cli_node_mistake(campaign, NULL,
                         "a shipping-bar needs an \"offer\" of the kind free-shipping");
    }
}

static void read_campaign(cli_plan_builder *builder, const cli_node *campaign,
                          sotto_campaign_content *content)
{
    static const char *const keys[] = {
        "block", "place", "when", "trigger", "priority", "starts", "ends", "caps", "pause", "hours",
        "group", "interrupts", "without_consent", "once_per_item", "offer", "experiment", "slot",
        "min", "heading", "text", "button", "url", "image", "alt", "close", "notice", "thanks",
        "tone", "question", "options", "hand_off", "template",
    };
    content->name = cli_plan_string(builder, campaign, campaign->key);
    content->experiment = content->offer = SOTTO_NONE;
    if (!cli_node_object(campaign, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    bool good = read_block(campaign, content);
    read_place(builder, campaign, content);
    content->priority = cli_member_number(campaign, "priority", 0, SOTTO_PLAN_MAX_PRIORITY, 50);
    read_when(builder, campaign, content);
    cli_plan_read_triggers(builder, campaign, content);
    read_dates(campaign, content);
    read_caps(campaign, content);
    read_pauses(campaign, content);
    cli_member_hours(campaign, "hours", &content->from_minute, &content->to_minute);
    read_group(builder, campaign, content);
    read_flags(campaign, content);
    read_offer(builder, campaign, content);
    read_experiment(builder, campaign, content);
    read_slot(builder, campaign, content);
    if (!good) {
        return;
    }
    cli_plan_read_texts(builder, campaign, content);
    check_block(builder, campaign, content);
}

void cli_plan_read_campaigns(cli_plan_builder *builder, const cli_node *campaigns)
{
    uint32_t count = builder->scope.campaigns.count;
    (void)campaigns;
    builder->campaigns = cli_pool_alloc(builder->memory, count + 1, sizeof *builder->campaigns);
    for (uint32_t i = 0; i < count; i++) {
        read_campaign(builder, &builder->campaign_nodes[i], &builder->campaigns[i]);
    }
}

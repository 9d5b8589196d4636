/*
 * site_lints.c - what may not be meant
 *
 * A plan without mistakes may still do what nobody wants: starve a campaign, nag, promise an end
 * that there is none of. Each of these is a warning, and changes nothing.
 */
#include "cli/site_plan.h"

#include "cli/clock.h"
#include "model/program.h"

#include <string.h>

enum { FIELD_IMAGE = 5, FIELD_ALT = 6, FIELD_NOTICE = 8 };

/* Every page fetches all images of campaigns; past so many it is worth a thought. */
#define MANY_IMAGES 16u

/* ---- Starvation ------------------------------------------------------------------------------ */

/* Whether nothing of a campaign ever says no: then what is below it at its place never shows. */
static bool always_applies(const sotto_campaign_content *campaign)
{
    for (uint32_t i = 0; i < campaign->trigger_count; i++) {
        if (campaign->triggers[i].kind == SOTTO_ON_PAGE) {
            break;
        }
        if (i + 1 == campaign->trigger_count) {
            return false;
        }
    }
    return !campaign->when.bytes && !campaign->starts_s && !campaign->ends_s
        && !campaign->cap_session && !campaign->cap_day && !campaign->cap_ever
        && !campaign->pause_dismissed_s && !campaign->pause_purchase_s && !campaign->pause_shown_s
        && campaign->from_minute == campaign->to_minute && !campaign->group
        && campaign->experiment == SOTTO_NONE && campaign->offer == SOTTO_NONE
        && (!campaign->slot || !campaign->least_items);
}

/* A place by a number: its name's, or one of two for what has none. */
static uint32_t place_of(const sotto_campaign_content *campaign)
{
    bool top = campaign->block == SOTTO_BAR || campaign->block == SOTTO_SHIPPING_BAR;
    return campaign->place ? campaign->place : top ? UINT32_MAX : UINT32_MAX - 1;
}

static void lint_starvation(const cli_plan_builder *builder, uint32_t index)
{
    const sotto_campaign_content *upper = &builder->campaigns[index];
    const char *starved = NULL;
    uint32_t more = 0;
    for (uint32_t i = 0; i < builder->scope.campaigns.count && always_applies(upper); i++) {
        const sotto_campaign_content *lower = &builder->campaigns[i];
        bool below = lower->priority < upper->priority && place_of(lower) == place_of(upper);
        more += below && starved;
        starved = below && !starved ? builder->scope.campaigns.names[i] : starved;
    }
    if (starved && more) {
        cli_node_warning(&builder->campaign_nodes[index], NULL,
                         "always applies and has no caps, so \"%s\" and %u more below it at its "
                         "place are never shown", starved, more);
    } else if (starved) {
        cli_node_warning(&builder->campaign_nodes[index], NULL,
                         "always applies and has no caps, so \"%s\" below it at its place is never "
                         "shown", starved);
    }
}

/* ---- Campaigns ------------------------------------------------------------------------------- */

/* Whether a program asks who the shopper is or what they did, not only where and when this is. */
static bool is_personal(const sotto_program_content *program)
{
    uint32_t at = 0;
    cli_instruction instruction;
    while (cli_instruction_read(program->bytes, program->size, &at, &instruction)) {
        uint32_t op = instruction.op;
        uint32_t fact = (uint32_t)instruction.operands[0];
        bool about_page = fact >= SOTTO_ITEM_PRICE && fact <= SOTTO_PAGE_SCROLL
                       && fact != SOTTO_ITEM_SEEN;
        bool about_person =
            op == SOTTO_OP_FACT_NUMBER ? !about_page && fact < SOTTO_HOUR
            : op == SOTTO_OP_FACT_TEXT ? fact >= SOTTO_RFM && fact <= SOTTO_CLUSTER_NAME
            : op == SOTTO_OP_FACT_TRUTH ? fact == SOTTO_FIRST_VISIT || fact == SOTTO_RETURNING
                                       || fact == SOTTO_REMEMBERED
            : (op >= SOTTO_OP_SEGMENT && op <= SOTTO_OP_SINCE && op != SOTTO_OP_QUERY
               && op != SOTTO_OP_PAGE_IS) || op == SOTTO_OP_MOST;
        if (about_person) {
            return true;
        }
    }
    return false;
}

/* Whether a trigger waits for something that this shopper did before, and others did not. */
static bool has_personal_trigger(const sotto_campaign_content *campaign)
{
    for (uint32_t i = 0; i < campaign->trigger_count; i++) {
        uint32_t kind = campaign->triggers[i].kind;
        if (kind == SOTTO_ON_VIEWED_NOT_ADDED || kind == SOTTO_ON_CART_IDLE
            || (kind >= SOTTO_ON_VISIT && kind <= SOTTO_ON_PRICE_DROP)) {
            return true;
        }
    }
    return false;
}

/* Why only some see a campaign; NULL if everybody may. */
static const char *why_only_some(const cli_plan_builder *builder,
                                 const sotto_campaign_content *campaign)
{
    if (is_personal(&campaign->when) || has_personal_trigger(campaign)) {
        return "by what they did";
    }
    if (campaign->experiment == SOTTO_NONE) {
        return NULL;
    }
    uint32_t all = (1u << builder->experiment_list[campaign->experiment].arm_count) - 1;
    return (campaign->arms & all) == all ? NULL : "by chance";
}

static void lint_offer(const cli_plan_builder *builder, const cli_node *node,
                       const sotto_campaign_content *campaign)
{
    cli_node member;
    if (campaign->offer == SOTTO_NONE) {
        return;
    }
    const sotto_offer_content *offer = &builder->offer_list[campaign->offer];
    const char *why = why_only_some(builder, campaign);
    if (offer->kind != SOTTO_FREE_SHIPPING && why && !cli_plan_field(builder, campaign, FIELD_NOTICE)[0]
        && cli_node_get(node, "offer", &member)) {
        cli_node_warning(&member, NULL, "only some see this offer, %s: a \"notice\" has to say so",
                         why);
    }
}

static void lint_end(const cli_plan_builder *builder, const cli_node *node,
                     const sotto_campaign_content *campaign, uint64_t now_s)
{
    cli_node ends;
    bool offer_ends = campaign->offer != SOTTO_NONE
                   && builder->offer_list[campaign->offer].ends_s != 0;
    if (campaign->block == SOTTO_COUNTDOWN && !campaign->ends_s && !offer_ends) {
        cli_node_warning(node, NULL, "a countdown without a real end: neither the campaign nor an "
                                     "offer of it \"ends\"");
    }
    if (campaign->ends_s && campaign->ends_s <= now_s && cli_node_get(node, "ends", &ends)) {
        cli_node_warning(&ends, NULL, "is in the past, so it is never shown");
    }
}

static void lint_caps(const cli_node *node, const sotto_campaign_content *campaign)
{
    cli_node caps;
    cli_node member;
    uint32_t day = campaign->cap_day;
    uint32_t ever = campaign->cap_ever;
    if (!cli_node_get(node, "caps", &caps)) {
        return;
    }
    if (cli_node_get(&caps, "session", &member)
        && ((day && campaign->cap_session > day) || (ever && campaign->cap_session > ever))) {
        bool by_day = day && campaign->cap_session > day;
        cli_node_warning(&member, NULL, "%u a session is never reached: the cap is %u %s",
                         campaign->cap_session, by_day ? day : ever, by_day ? "a day" : "ever");
    }
    if (cli_node_get(&caps, "day", &member) && ever && day > ever) {
        cli_node_warning(&member, NULL, "%u a day is never reached: the cap is %u ever", day, ever);
    }
}

/* Whether an address names a host, which may be another than the shop's. */
static bool names_host(const char *address)
{
    const char *slashes = strstr(address, "//");
    return slashes == address || (slashes && slashes[-1] == ':');
}

static void lint_image(const cli_plan_builder *builder, const cli_node *node,
                       const sotto_campaign_content *campaign)
{
    cli_node image;
    cli_node alt;
    if (!cli_plan_field(builder, campaign, FIELD_IMAGE)[0]
        || !cli_node_get(node, "image", &image)) {
        return;
    }
    if (!cli_node_get(node, "alt", &alt)) {
        cli_node_warning(&image, NULL, "without \"alt\" those who do not see the image get nothing "
                                       "of it (\"\": it says nothing)");
    }
    if (names_host(cli_plan_field(builder, campaign, FIELD_IMAGE))) {
        cli_node_warning(&image, NULL, "every page fetches it ahead, which another host than the "
                                       "shop's has to allow (Access-Control-Allow-Origin); without "
                                       "a host it is the shop's own");
    }
}

/* All images that pages fetch, each once. */
static void lint_images(const cli_plan_builder *builder, uint64_t now_s)
{
    const char *images[MANY_IMAGES];
    uint32_t count = 0;
    cli_node image;
    for (uint32_t i = 0; i < builder->scope.campaigns.count; i++) {
        const sotto_campaign_content *campaign = &builder->campaigns[i];
        const char *address = cli_plan_field(builder, campaign, FIELD_IMAGE);
        bool known = !address[0] || (campaign->ends_s && campaign->ends_s <= now_s);
        for (uint32_t j = 0; j < count && !known; j++) {
            known = strcmp(images[j], address) == 0;
        }
        if (!known && count == MANY_IMAGES
            && cli_node_get(&builder->campaign_nodes[i], "image", &image)) {
            cli_node_warning(&image, NULL, "campaigns have more than %u different images, and every "
                                           "page fetches all of them, whatever it shows",
                             MANY_IMAGES);
            return;
        }
        if (!known && count < MANY_IMAGES) {
            images[count++] = address;
        }
    }
}

/* Showing it is what it asks for: its expression is then another, and takes it off. */
static void lint_when(const cli_plan_builder *builder, uint32_t index)
{
    const sotto_program_content *when = &builder->campaigns[index].when;
    uint32_t name = builder->campaigns[index].name;
    uint32_t at = 0;
    cli_instruction instruction;
    cli_node member;
    while (cli_instruction_read(when->bytes, when->size, &at, &instruction)) {
        if (instruction.op == SOTTO_OP_SEEN_CAMPAIGN && instruction.operands[0] == name
            && cli_node_get(&builder->campaign_nodes[index], "when", &member)) {
            cli_node_warning(&member, NULL, "it asks how often it was shown itself, which showing "
                                            "it changes, so it may be taken off at once: "
                                            "\"caps\" say how often");
            return;
        }
    }
}

/* Of what is longer ago than the device remembers nothing fires; what stays so fires again. */
static void lint_triggers(const cli_plan_builder *builder, const cli_node *node,
                          const sotto_campaign_content *campaign)
{
    uint32_t retention_s = builder->site->retention_s;
    cli_node member;
    for (uint32_t i = 0; i < campaign->trigger_count; i++) {
        const sotto_trigger *trigger = &campaign->triggers[i];
        bool looks_back = trigger->kind == SOTTO_ON_RETURN
                       || trigger->kind == SOTTO_ON_VIEWED_NOT_ADDED
                       || trigger->kind == SOTTO_ON_CART_IDLE;
        if (looks_back && trigger->a > retention_s && cli_node_get(node, "trigger", &member)) {
            cli_node_warning(&member, NULL, "nothing is remembered for longer than "
                                            "profile.retention (%u days), so it never fires",
                             retention_s / 86400);
        }
        bool stays = trigger->kind == SOTTO_ON_BACK_IN_STOCK
                  || trigger->kind == SOTTO_ON_PRICE_DROP;
        if (stays && cli_plan_interrupts(campaign) && !(campaign->flags & SOTTO_ONCE_A_SUBJECT)
            && cli_node_get(node, "trigger", &member)) {
            cli_node_warning(&member, NULL, "it stays so until the product is looked at again, and "
                                            "so interrupts for it again: \"once_per_item\": true "
                                            "tells of it once");
            return;
        }
    }
}

static void lint_campaign(const cli_plan_builder *builder, uint32_t index, uint64_t now_s)
{
    const cli_node *node = &builder->campaign_nodes[index];
    const sotto_campaign_content *campaign = &builder->campaigns[index];
    cli_node member;
    lint_starvation(builder, index);
    lint_offer(builder, node, campaign);
    lint_end(builder, node, campaign, now_s);
    lint_caps(node, campaign);
    lint_when(builder, index);
    lint_triggers(builder, node, campaign);
    if ((campaign->flags & SOTTO_WITHOUT_CONSENT) && cli_plan_interrupts(campaign)
        && cli_node_get(node, "without_consent", &member)) {
        cli_node_warning(&member, NULL, "it interrupts, and without consent nothing is remembered: "
                                        "shoppers who agreed to nothing see it on every page");
    }
    lint_image(builder, node, campaign);
}

/* ---- The rest -------------------------------------------------------------------------------- */

static void lint_unused(const cli_plan_builder *builder, uint64_t now_s)
{
    cli_node ends;
    for (uint32_t i = 0; i < builder->scope.segments.count; i++) {
        if (!builder->segment_used[i]) {
            cli_node_warning(&builder->segment_nodes[i], NULL,
                             "no campaign and no other segment asks for it");
        }
    }
    for (uint32_t i = 0; i < builder->offers.count; i++) {
        const sotto_offer_content *offer = &builder->offer_list[i];
        if (!builder->offer_used[i]) {
            cli_node_warning(&builder->offer_nodes[i], NULL, "no campaign has this offer");
        }
        if (offer->ends_s && offer->ends_s <= now_s
            && cli_node_get(&builder->offer_nodes[i], "ends", &ends)) {
            cli_node_warning(&ends, NULL, "is in the past, so it is never shown");
        }
    }
    for (uint32_t i = 0; i < builder->hand_offs.count; i++) {
        if (!builder->hand_off_used[i]) {
            cli_node_warning(&builder->hand_off_nodes[i], NULL, "no campaign has this form");
        }
    }
}

/* One arm without a campaign is what the others are compared with; two are the same to shoppers. */
static void lint_arms(const cli_plan_builder *builder, uint32_t index)
{
    const sotto_experiment_content *experiment = &builder->experiment_list[index];
    const cli_node *node = &builder->experiment_nodes[index];
    const char *unseen[SOTTO_MAX_ARMS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < experiment->arm_count; i++) {
        if ((builder->arms_shown[index] >> i & 1) == 0) {
            unseen[count++] = builder->pool.strings[experiment->arms[i].name].bytes;
        }
    }
    if (builder->arms_shown[index] == 0) {
        cli_node_warning(node, NULL, "no campaign is part of it");
    } else if (count > 1) {
        cli_node_warning(node, NULL, "no campaign shows the arms %s and %s, so they are the same "
                                     "to shoppers", unseen[0], unseen[1]);
    }
}

void cli_plan_lint(cli_plan_builder *builder)
{
    uint64_t now_s = cli_clock_now();
    for (uint32_t i = 0; i < builder->scope.campaigns.count; i++) {
        lint_campaign(builder, i, now_s);
    }
    cli_plan_lint_never(builder);
    lint_images(builder, now_s);
    lint_unused(builder, now_s);
    for (uint32_t i = 0; i < builder->experiments.count; i++) {
        lint_arms(builder, i);
    }
}

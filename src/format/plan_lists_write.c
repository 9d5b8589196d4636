/*
 * plan_lists_write.c - segments, experiments, offers, campaigns: things of different sizes
 *
 * What a campaign does not say takes no byte but the bit that says so, so that hundreds of them
 * stay small.
 */
#include "format/plan_lists_write.h"

#include "format/layout_plan.h"

#include <stdlib.h>

static int compare_hashes(const void *a, const void *b)
{
    uint64_t first = *(const uint64_t *)a;
    uint64_t second = *(const uint64_t *)b;
    return first < second ? -1 : first > second;
}

bool sotto_hashes_repeat(uint64_t *hashes, uint32_t count)
{
    qsort(hashes, count, sizeof *hashes, compare_hashes);
    for (uint32_t i = 1; i < count; i++) {
        if (hashes[i - 1] == hashes[i]) {
            return true;
        }
    }
    return false;
}

static const char *write_program(sotto_buffer *buffer, sotto_program_content program)
{
    if (program.size < 1 || program.size > 2048) {
        return "an expression compiles to no byte, or to more than 2,048";
    }
    sotto_buffer_varint(buffer, program.size);
    sotto_buffer_add(buffer, program.bytes, program.size);
    return NULL;
}

const char *sotto_plan_segments_write(sotto_buffer *buffer, const sotto_plan_content *content)
{
    const char *refusal = NULL;
    if (content->segment_count > SOTTO_MAX_SEGMENTS) {
        return "there are more than 256 segments";
    }
    sotto_buffer_u32(buffer, content->segment_count);
    for (uint32_t i = 0; i < content->segment_count && refusal == NULL; i++) {
        bool nameless = content->segments[i].name == 0;
        if (!nameless && !sotto_plan_has_name(content, content->segments[i].name)) {
            return "a segment has no name of 1 to 128 bytes";
        }
        if (!nameless && i > 0 && content->segments[i - 1].name == 0) {
            return "a segment with a name stands behind one without";
        }
        sotto_buffer_varint(buffer, content->segments[i].name);
        refusal = write_program(buffer, content->segments[i].program);
    }
    return refusal;
}

static const char *refuse_experiment(const sotto_plan_content *content,
                                     const sotto_experiment_content *experiment)
{
    uint32_t total = 0;
    if (!sotto_plan_has_name(content, experiment->name) ||
        experiment->seed >= content->string_count ||
        (experiment->has_space && !sotto_plan_has_name(content, experiment->space))) {
        return "an experiment, or its namespace, has no name of 1 to 128 bytes";
    }
    if (experiment->arm_count < 2 || experiment->arm_count > SOTTO_MAX_ARMS) {
        return "an experiment does not have 2 to 8 arms";
    }
    for (uint32_t i = 0; i < experiment->arm_count; i++) {
        const sotto_arm_content *arm = &experiment->arms[i];
        total += sotto_min_u32(arm->weight, SOTTO_PLAN_WHOLE + 1);
        if (!sotto_plan_has_name(content, arm->name)) {
            return "an arm of an experiment has no name of 1 to 128 bytes";
        }
        if (experiment->allocation != SOTTO_FIXED &&
            (arm->won - 1 >= SOTTO_PLAN_MAX_KNOWN || arm->lost - 1 >= SOTTO_PLAN_MAX_KNOWN)) {
            return "what is known of an arm is not 1 to 128";
        }
    }
    if (total != SOTTO_PLAN_WHOLE) {
        return "the weights of an experiment do not sum to 10,000";
    }
    if (experiment->allocation > SOTTO_THOMPSON || experiment->win_by > 2 ||
        experiment->hash_version - 1 >= 2 || experiment->coverage > SOTTO_PLAN_WHOLE ||
        experiment->epsilon > SOTTO_PLAN_WHOLE || experiment->space_to > SOTTO_PLAN_WHOLE ||
        experiment->space_from > experiment->space_to) {
        return "an experiment has an allocation or a share beyond those there are";
    }
    return NULL;
}

static void write_experiment(sotto_buffer *buffer, const sotto_experiment_content *experiment)
{
    uint32_t how = experiment->allocation | experiment->win_by << SOTTO_EXPT_WIN_SHIFT;
    how |= experiment->has_space ? SOTTO_EXPT_HAS_SPACE : 0;
    how |= experiment->hash_version == 1 ? SOTTO_EXPT_HASH_1 : 0;
    sotto_buffer_varint(buffer, experiment->name);
    sotto_buffer_u8(buffer, how);
    sotto_buffer_varint(buffer, experiment->seed);
    sotto_buffer_u16(buffer, experiment->coverage);
    sotto_buffer_u8(buffer, experiment->arm_count);
    for (uint32_t i = 0; i < experiment->arm_count; i++) {
        sotto_buffer_varint(buffer, experiment->arms[i].name);
        sotto_buffer_u16(buffer, experiment->arms[i].weight);
    }
    if (experiment->allocation == SOTTO_EPSILON_GREEDY) {
        sotto_buffer_u16(buffer, experiment->epsilon);
    }
    for (uint32_t i = 0; experiment->allocation != SOTTO_FIXED && i < experiment->arm_count; i++) {
        sotto_buffer_u8(buffer, experiment->arms[i].won);
        sotto_buffer_u8(buffer, experiment->arms[i].lost);
    }
    if (experiment->has_space) {
        sotto_buffer_varint(buffer, experiment->space);
        sotto_buffer_u16(buffer, experiment->space_from);
        sotto_buffer_u16(buffer, experiment->space_to);
    }
}

static const char *write_offer(sotto_buffer *buffer, const sotto_plan_content *content,
                               const sotto_offer_content *offer)
{
    if (!sotto_plan_has_name(content, offer->name) || offer->label >= content->string_count) {
        return "an offer has no name of 1 to 128 bytes";
    }
    if (offer->kind < SOTTO_CODE || offer->kind > SOTTO_EARLY_ACCESS ||
        offer->code_count > SOTTO_PLAN_MAX_CODES ||
        offer->item_count > SOTTO_PLAN_MAX_OFFER_ITEMS) {
        return "an offer is of no kind, or has more than 64 codes or 16 items";
    }
    sotto_buffer_varint(buffer, offer->name);
    sotto_buffer_u8(buffer, offer->kind);
    sotto_buffer_u32(buffer, offer->ends_s);
    sotto_buffer_varint(buffer, offer->threshold);
    sotto_buffer_varint(buffer, offer->label);
    sotto_buffer_u8(buffer, offer->code_count);
    for (uint32_t i = 0; i < offer->code_count; i++) {
        if (offer->codes[i] >= content->string_count) {
            return "a code of an offer is not there";
        }
        sotto_buffer_varint(buffer, offer->codes[i]);
    }
    sotto_buffer_u8(buffer, offer->item_count);
    for (uint32_t i = 0; i < offer->item_count; i++) {
        if (offer->items[i] >= content->key_count || content->key_kinds[offer->items[i]] != 1) {
            return "an item of an offer is not there";
        }
        sotto_buffer_varint(buffer, offer->items[i]);
    }
    return NULL;
}

/* Puts a thing into a list, after its size. `thing` is emptied. */
static void add_sized(sotto_buffer *buffer, sotto_buffer *thing)
{
    sotto_buffer_varint(buffer, (uint32_t)thing->size);
    sotto_buffer_add(buffer, thing->bytes, thing->size);
    buffer->failed |= thing->failed;
    thing->size = 0;
}

const char *sotto_plan_experiments_write(sotto_buffer *buffer, const sotto_plan_content *content)
{
    sotto_buffer thing = {0};
    const char *refusal = NULL;
    if (content->experiment_count > SOTTO_MAX_EXPERIMENTS) {
        return "there are more than 64 experiments";
    }
    sotto_buffer_u32(buffer, content->experiment_count);
    for (uint32_t i = 0; i < content->experiment_count && refusal == NULL; i++) {
        refusal = refuse_experiment(content, &content->experiments[i]);
        if (refusal == NULL) {
            write_experiment(&thing, &content->experiments[i]);
            add_sized(buffer, &thing);
        }
    }
    sotto_buffer_free(&thing);
    return refusal;
}

const char *sotto_plan_offers_write(sotto_buffer *buffer, const sotto_plan_content *content)
{
    sotto_buffer thing = {0};
    const char *refusal = NULL;
    if (content->offer_count > SOTTO_MAX_OFFERS) {
        return "there are more than 64 offers";
    }
    sotto_buffer_u32(buffer, content->offer_count);
    for (uint32_t i = 0; i < content->offer_count && refusal == NULL; i++) {
        refusal = write_offer(&thing, content, &content->offers[i]);
        add_sized(buffer, &thing);
    }
    sotto_buffer_free(&thing);
    return refusal;
}

/* ---- Campaigns ------------------------------------------------------------------------------- */

static const char *refuse_campaign(const sotto_plan_content *content,
                                   const sotto_campaign_content *campaign)
{
    if (!sotto_plan_has_name(content, campaign->name) || campaign->place >= content->string_count ||
        campaign->slot >= content->string_count) {
        return "a campaign has no name, or its place or slot is not there";
    }
    if (campaign->block < SOTTO_CAROUSEL || campaign->block > SOTTO_QUIZ ||
        campaign->priority > SOTTO_PLAN_MAX_PRIORITY || campaign->flags > UINT8_MAX ||
        campaign->group > UINT8_MAX || campaign->least_items > UINT8_MAX ||
        campaign->from_minute > SOTTO_PLAN_DAY_MINUTES ||
        campaign->to_minute > SOTTO_PLAN_DAY_MINUTES) {
        return "a campaign has a block, a priority, a group or hours beyond those there are";
    }
    if (campaign->trigger_count > SOTTO_PLAN_MAX_TRIGGERS) {
        return "a campaign has more than 4 triggers";
    }
    for (uint32_t i = 0; i < campaign->trigger_count; i++) {
        const sotto_trigger *trigger = &campaign->triggers[i];
        if (trigger->kind > SOTTO_TRIGGER_KIND ||
            (trigger->kind == SOTTO_ON_EVENT && trigger->b >= content->string_count)) {
            return "a trigger is of no kind, or its event is not there";
        }
    }
    if (campaign->experiment != SOTTO_NONE &&
        (campaign->experiment >= content->experiment_count ||
         campaign->arms >> content->experiments[campaign->experiment].arm_count != 0)) {
        return "an experiment of a campaign, or an arm of it, is not there";
    }
    if (campaign->offer != SOTTO_NONE && campaign->offer >= content->offer_count) {
        return "the offer of a campaign is not there";
    }
    return NULL;
}

/* The bits of what the campaign says. */
static uint32_t contents_of(const sotto_campaign_content *campaign)
{
    uint32_t has = 0;
    has |= campaign->when.bytes != NULL ? SOTTO_CAMP_WHEN : 0;
    has |= campaign->trigger_count != 0 ? SOTTO_CAMP_TRIGGERS : 0;
    has |= (campaign->starts_s | campaign->ends_s) != 0 ? SOTTO_CAMP_DATES : 0;
    has |= (campaign->cap_session | campaign->cap_day | campaign->cap_ever) != 0
               ? SOTTO_CAMP_CAPS : 0;
    has |= (campaign->pause_dismissed_s | campaign->pause_purchase_s |
            campaign->pause_shown_s) != 0 ? SOTTO_CAMP_PAUSES : 0;
    has |= campaign->from_minute != campaign->to_minute ? SOTTO_CAMP_HOURS : 0;
    has |= campaign->group != 0 ? SOTTO_CAMP_GROUP : 0;
    has |= campaign->experiment != SOTTO_NONE ? SOTTO_CAMP_EXPERIMENT : 0;
    has |= campaign->offer != SOTTO_NONE ? SOTTO_CAMP_OFFER : 0;
    has |= campaign->slot != 0 ? SOTTO_CAMP_SLOT : 0;
    has |= campaign->field_count != 0 ? SOTTO_CAMP_FIELDS : 0;
    has |= campaign->flags != 0 ? SOTTO_CAMP_FLAGS : 0;
    return has;
}

static void write_triggers(sotto_buffer *buffer, const sotto_campaign_content *campaign)
{
    for (uint32_t i = 0; i < campaign->trigger_count; i++) {
        const sotto_trigger *trigger = &campaign->triggers[i];
        sotto_buffer_u8(buffer, trigger->kind | (trigger->a != 0 ? SOTTO_TRIGGER_HAS_A : 0u)
                                    | (trigger->b != 0 ? SOTTO_TRIGGER_HAS_B : 0u)
                                    | (i + 1 < campaign->trigger_count ? SOTTO_TRIGGER_MORE : 0u));
        if (trigger->a != 0) {
            sotto_buffer_varint(buffer, trigger->a);
        }
        if (trigger->b != 0) {
            sotto_buffer_varint(buffer, trigger->b);
        }
    }
}

/* The span in the largest unit there is of which it is a whole number; false if that is too many. */
static bool write_span(sotto_buffer *buffer, uint32_t seconds)
{
    uint32_t unit = seconds != 0 ? SOTTO_SPAN_DAYS : 0;
    while (seconds % sotto_span_unit_s(unit) != 0) {
        unit--;
    }
    uint32_t number = seconds / sotto_span_unit_s(unit);
    sotto_buffer_varint(buffer, number << SOTTO_SPAN_BITS | unit);
    return number >> (32 - SOTTO_SPAN_BITS) == 0;
}

/* How often it is shown. */
static const char *write_rhythm(sotto_buffer *buffer, const sotto_campaign_content *campaign,
                                uint32_t has)
{
    bool fits = true;
    if ((has & SOTTO_CAMP_CAPS) != 0) {
        sotto_buffer_varint(buffer, campaign->cap_session);
        sotto_buffer_varint(buffer, campaign->cap_day);
        sotto_buffer_varint(buffer, campaign->cap_ever);
    }
    if ((has & SOTTO_CAMP_PAUSES) != 0) {
        fits &= write_span(buffer, campaign->pause_dismissed_s);
        fits &= write_span(buffer, campaign->pause_purchase_s);
        fits &= write_span(buffer, campaign->pause_shown_s);
    }
    return fits ? NULL : "a pause of more than 34 years is no whole number of minutes";
}

/* Texts by their keys, the lowest first. */
static const char *write_fields(sotto_buffer *buffer, const sotto_plan_content *content,
                                const sotto_campaign_content *campaign)
{
    uint32_t values[SOTTO_PLAN_MAX_FIELD];
    uint32_t keys = 0;
    for (uint32_t i = 0; i < campaign->field_count; i++) {
        uint32_t place = campaign->fields[i].key - 1;
        if (place >= SOTTO_PLAN_MAX_FIELD || (keys >> place & 1) != 0 ||
            campaign->fields[i].value >= content->string_count) {
            return "a text of a campaign is not there, or of a kind that it has already";
        }
        keys |= 1u << place;
        values[place] = campaign->fields[i].value;
    }
    sotto_buffer_varint(buffer, keys);
    for (; keys != 0; keys &= keys - 1) {
        sotto_buffer_varint(buffer, values[__builtin_ctz(keys)]);
    }
    return NULL;
}

/* What few campaigns have: when it is shown and to whom. */
static void write_rare(sotto_buffer *buffer, const sotto_campaign_content *campaign, uint32_t has)
{
    if ((has & SOTTO_CAMP_DATES) != 0) {
        sotto_buffer_u32(buffer, campaign->starts_s);
        sotto_buffer_u32(buffer, campaign->ends_s);
    }
    if ((has & SOTTO_CAMP_HOURS) != 0) {
        sotto_buffer_u16(buffer, campaign->from_minute);
        sotto_buffer_u16(buffer, campaign->to_minute);
    }
    if ((has & SOTTO_CAMP_EXPERIMENT) != 0) {
        sotto_buffer_u8(buffer, campaign->experiment);
        sotto_buffer_u8(buffer, campaign->arms);
    }
    if ((has & SOTTO_CAMP_OFFER) != 0) {
        sotto_buffer_u8(buffer, campaign->offer);
    }
}

static const char *write_campaign(sotto_buffer *buffer, const sotto_plan_content *content,
                                  const sotto_campaign_content *campaign)
{
    uint32_t has = contents_of(campaign);
    const char *refusal = NULL;
    sotto_buffer_varint(buffer, campaign->name);
    sotto_buffer_u8(buffer, campaign->block);
    sotto_buffer_varint(buffer, campaign->place);
    sotto_buffer_u8(buffer, campaign->priority);
    sotto_buffer_varint(buffer, has);
    if ((has & SOTTO_CAMP_WHEN) != 0) {
        refusal = write_program(buffer, campaign->when);
    }
    if ((has & SOTTO_CAMP_TRIGGERS) != 0) {
        write_triggers(buffer, campaign);
    }
    if (refusal == NULL) {
        refusal = write_rhythm(buffer, campaign, has);
    }
    if ((has & SOTTO_CAMP_SLOT) != 0) {
        sotto_buffer_varint(buffer, campaign->slot);
        sotto_buffer_u8(buffer, campaign->least_items);
    }
    if ((has & SOTTO_CAMP_GROUP) != 0) {
        sotto_buffer_u8(buffer, campaign->group);
    }
    if ((has & SOTTO_CAMP_FIELDS) != 0 && refusal == NULL) {
        refusal = write_fields(buffer, content, campaign);
    }
    if ((has & SOTTO_CAMP_FLAGS) != 0) {
        sotto_buffer_u8(buffer, campaign->flags);
    }
    write_rare(buffer, campaign, has);
    return refusal;
}

static bool campaigns_repeat(const sotto_plan_content *content)
{
    uint64_t names[SOTTO_MAX_CAMPAIGNS];
    for (uint32_t i = 0; i < content->campaign_count; i++) {
        names[i] = content->campaigns[i].name;
    }
    return sotto_hashes_repeat(names, content->campaign_count);
}

const char *sotto_plan_campaigns_write(sotto_buffer *buffer, const sotto_plan_content *content)
{
    sotto_buffer thing = {0};
    const char *refusal = NULL;
    if (content->campaign_count > SOTTO_MAX_CAMPAIGNS) {
        return "there are more than 256 campaigns";
    }
    if (campaigns_repeat(content)) {
        return "two campaigns have the same name";
    }
    sotto_buffer_u32(buffer, content->campaign_count);
    for (uint32_t i = 0; i < content->campaign_count && refusal == NULL; i++) {
        refusal = refuse_campaign(content, &content->campaigns[i]);
        if (refusal == NULL) {
            refusal = write_campaign(&thing, content, &content->campaigns[i]);
            add_sized(buffer, &thing);
        }
    }
    sotto_buffer_free(&thing);
    return refusal;
}

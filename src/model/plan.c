/*
 * plan.c - asking the plan: what opening found sound is read again where it lies
 *
 * A thing of a list is a few dozen bytes, of which most campaigns leave out most. Reading it again
 * is quicker than it would be to keep it spread out, and a plan of 256 campaigns stays 16 KB. Texts
 * are steps through a block of sixteen; who decides over all campaigns works with their numbers and
 * asks for no text (sotto_campaign_read).
 */
#include "model/plan.h"

#include "format/layout_plan.h"

size_t sotto_plan_size(void)
{
    return sizeof(sotto_plan);
}

uint32_t sotto_segment_count(const sotto_plan *plan)
{
    return plan->named_count;
}

uint32_t sotto_campaign_count(const sotto_plan *plan)
{
    return plan->campaign_count;
}

uint32_t sotto_experiment_count(const sotto_plan *plan)
{
    return plan->experiment_count;
}

uint32_t sotto_offer_count(const sotto_plan *plan)
{
    return plan->offer_count;
}

sotto_text sotto_plan_text(const sotto_plan *plan, uint32_t string)
{
    return string < plan->string_count ? sotto_strings_get(&plan->strings, string)
                                       : (sotto_text){"", 0};
}

/* ---- Bytes that were checked ----------------------------------------------------------------- */

uint32_t sotto_plan_long_varint(const uint8_t **at)
{
    uint32_t value = 0;
    uint32_t shift = 0;
    uint8_t byte;
    do {
        byte = *(*at)++;
        value |= (byte & 0x7Fu) << shift;
        shift += 7;
    } while (byte >= 0x80);
    return value;
}

static uint32_t next_u8(const uint8_t **at)
{
    return *(*at)++;
}

static uint32_t next_u16(const uint8_t **at)
{
    *at += 2;
    return sotto_load_u16(*at - 2);
}

static uint32_t next_u32(const uint8_t **at)
{
    *at += 4;
    return sotto_load_u32(*at - 4);
}

static void skip_varints(const uint8_t **at, uint32_t count)
{
    for (; count > 0; count--) {
        sotto_plan_varint(at);
    }
}

static sotto_program next_program(const uint8_t **at)
{
    uint32_t size = sotto_plan_varint(at);
    *at += size;
    return (sotto_program){*at - size, size};
}

/* ---- Segments -------------------------------------------------------------------------------- */

sotto_text sotto_segment_name(const sotto_plan *plan, uint32_t index)
{
    SOTTO_ASSERT(index < plan->segment_count);
    const uint8_t *at = plan->segments[index];
    return sotto_plan_text(plan, sotto_plan_varint(&at));
}

sotto_program sotto_segment_program(const sotto_plan *plan, uint32_t index)
{
    SOTTO_ASSERT(index < plan->segment_count);
    const uint8_t *at = plan->segments[index];
    sotto_plan_varint(&at);
    return next_program(&at);
}

/* ---- Campaigns ------------------------------------------------------------------------------- */

static uint32_t next_span(const uint8_t **at)
{
    uint32_t span = sotto_plan_varint(at);
    return (span >> SOTTO_SPAN_BITS) * sotto_span_unit_s(span);
}

static void read_triggers(sotto_campaign *campaign, const uint8_t **at)
{
    uint32_t head;
    do {
        sotto_trigger *trigger = &campaign->triggers[campaign->trigger_count++];
        head = next_u8(at);
        trigger->kind = head & SOTTO_TRIGGER_KIND;
        trigger->a = (head & SOTTO_TRIGGER_HAS_A) != 0 ? sotto_plan_varint(at) : 0;
        trigger->b = (head & SOTTO_TRIGGER_HAS_B) != 0 ? sotto_plan_varint(at) : 0;
    } while ((head & SOTTO_TRIGGER_MORE) != 0);
}

static void read_fields(sotto_campaign *campaign, const uint8_t **at)
{
    campaign->field_keys = sotto_plan_varint(at);
    campaign->fields = *at;
    skip_varints(at, (uint32_t)__builtin_popcount(campaign->field_keys));
}

/* How often it is shown. */
static void read_rhythm(sotto_campaign *campaign, uint32_t has, const uint8_t **at)
{
    if ((has & SOTTO_CAMP_CAPS) != 0) {
        campaign->cap_session = sotto_plan_varint(at);
        campaign->cap_day = sotto_plan_varint(at);
        campaign->cap_ever = sotto_plan_varint(at);
    }
    if ((has & SOTTO_CAMP_PAUSES) != 0) {
        campaign->pause_dismissed_s = next_span(at);
        campaign->pause_purchase_s = next_span(at);
        campaign->pause_shown_s = next_span(at);
    }
}

/* What few campaigns have: when it is shown and to whom. */
static void read_rare(sotto_campaign *campaign, uint32_t has, const uint8_t **at)
{
    if ((has & SOTTO_CAMP_DATES) != 0) {
        campaign->starts_s = next_u32(at);
        campaign->ends_s = next_u32(at);
    }
    if ((has & SOTTO_CAMP_HOURS) != 0) {
        campaign->from_minute = next_u16(at);
        campaign->to_minute = next_u16(at);
    }
    if ((has & SOTTO_CAMP_EXPERIMENT) != 0) {
        campaign->experiment = next_u8(at);
        campaign->arms = next_u8(at);
    }
    if ((has & SOTTO_CAMP_OFFER) != 0) {
        campaign->offer = next_u8(at);
    }
}

void sotto_campaign_read(const sotto_plan *plan, uint32_t index, sotto_campaign *campaign,
                         sotto_campaign_strings *strings)
{
    SOTTO_ASSERT(index < plan->campaign_count);
    memset(campaign, 0, sizeof *campaign);
    const uint8_t *at = plan->campaigns[index];
    sotto_plan_varint(&at);
    campaign->key = plan->campaign_keys[index];
    campaign->experiment = SOTTO_NONE;
    campaign->offer = SOTTO_NONE;
    strings->name = sotto_plan_varint(&at);
    campaign->block = (sotto_block_kind)next_u8(&at);
    strings->place = sotto_plan_varint(&at);
    strings->slot = 0;
    campaign->priority = next_u8(&at);
    uint32_t has = sotto_plan_varint(&at);
    if ((has & SOTTO_CAMP_WHEN) != 0) {
        campaign->when = next_program(&at);
    }
    if ((has & SOTTO_CAMP_TRIGGERS) != 0) {
        read_triggers(campaign, &at);
    }
    read_rhythm(campaign, has, &at);
    if ((has & SOTTO_CAMP_SLOT) != 0) {
        strings->slot = sotto_plan_varint(&at);
        campaign->least_items = next_u8(&at);
    }
    if ((has & SOTTO_CAMP_GROUP) != 0) {
        campaign->group = next_u8(&at);
    }
    if ((has & SOTTO_CAMP_FIELDS) != 0) {
        read_fields(campaign, &at);
    }
    if ((has & SOTTO_CAMP_FLAGS) != 0) {
        campaign->flags = next_u8(&at);
    }
    read_rare(campaign, has, &at);
}

sotto_campaign sotto_campaign_get(const sotto_plan *plan, uint32_t index)
{
    sotto_campaign campaign;
    sotto_campaign_strings strings;
    sotto_campaign_read(plan, index, &campaign, &strings);
    campaign.name = sotto_plan_text(plan, strings.name);
    campaign.place = sotto_plan_text(plan, strings.place);
    campaign.slot = sotto_plan_text(plan, strings.slot);
    return campaign;
}

uint32_t sotto_campaign_place(const sotto_plan *plan, uint32_t index)
{
    SOTTO_ASSERT(index < plan->campaign_count);
    const uint8_t *at = plan->campaigns[index];
    skip_varints(&at, 2);
    uint32_t block = next_u8(&at);
    uint32_t place = sotto_plan_varint(&at);
    if (block == SOTTO_POPUP || block == SOTTO_SLIDE_IN) {
        return SOTTO_PLACE_OVER;
    }
    if (place != 0) {
        return place;
    }
    return block == SOTTO_BAR || block == SOTTO_SHIPPING_BAR ? SOTTO_PLACE_TOP
                                                             : SOTTO_PLACE_NOWHERE;
}

uint32_t sotto_campaign_find(const sotto_plan *plan, uint64_t key)
{
    for (uint32_t i = 0; i < plan->campaign_count; i++) {
        if (plan->campaign_keys[i] == key) {
            return i;
        }
    }
    return SOTTO_NONE;
}

sotto_text sotto_campaign_field(const sotto_plan *plan, const sotto_campaign *campaign,
                                uint32_t key)
{
    if (key - 1 >= SOTTO_PLAN_MAX_FIELD || (campaign->field_keys >> (key - 1) & 1) == 0) {
        return (sotto_text){"", 0};
    }
    const uint8_t *at = campaign->fields;
    uint32_t before = campaign->field_keys & ((1u << (key - 1)) - 1);
    skip_varints(&at, (uint32_t)__builtin_popcount(before));
    return sotto_plan_text(plan, sotto_plan_varint(&at));
}

bool sotto_campaign_interrupts(const sotto_campaign *campaign)
{
    return (campaign->block == SOTTO_POPUP || campaign->block == SOTTO_SLIDE_IN ||
            campaign->block == SOTTO_QUIZ) &&
           (campaign->flags & SOTTO_FREE_OF_CEILING) == 0;
}

/* ---- Experiments ----------------------------------------------------------------------------- */

static void read_known(sotto_experiment *experiment, const uint8_t **at)
{
    if (experiment->allocation == SOTTO_EPSILON_GREEDY) {
        experiment->epsilon = next_u16(at);
    }
    for (uint32_t i = 0; i < experiment->arm_count; i++) {
        bool bandit = experiment->allocation != SOTTO_FIXED;
        experiment->arms[i].won = bandit ? next_u8(at) : 1;
        experiment->arms[i].lost = bandit ? next_u8(at) : 1;
    }
}

sotto_experiment sotto_experiment_get(const sotto_plan *plan, uint32_t index)
{
    SOTTO_ASSERT(plan->experiments[index] != NULL);
    sotto_experiment experiment = {.space = {"", 0}};
    const uint8_t *at = plan->experiments[index];
    sotto_plan_varint(&at);
    experiment.name = sotto_plan_text(plan, sotto_plan_varint(&at));
    uint32_t how = next_u8(&at);
    experiment.allocation = (sotto_allocation)(how & SOTTO_EXPT_ALLOCATION);
    experiment.hash_version = (how & SOTTO_EXPT_HASH_1) != 0 ? 1 : 2;
    experiment.win_by = how >> SOTTO_EXPT_WIN_SHIFT;
    experiment.seed = sotto_plan_text(plan, sotto_plan_varint(&at));
    if (experiment.seed.size == 0) {
        experiment.seed = experiment.name;
    }
    experiment.coverage = next_u16(&at);
    experiment.arm_count = next_u8(&at);
    for (uint32_t i = 0; i < experiment.arm_count; i++) {
        experiment.arms[i].name = sotto_plan_text(plan, sotto_plan_varint(&at));
        experiment.arms[i].weight = next_u16(&at);
    }
    read_known(&experiment, &at);
    if ((how & SOTTO_EXPT_HAS_SPACE) != 0) {
        experiment.space = sotto_plan_text(plan, sotto_plan_varint(&at));
        experiment.space_from = next_u16(&at);
        experiment.space_to = next_u16(&at);
    }
    return experiment;
}

uint64_t sotto_arm_key(const sotto_experiment *experiment, uint32_t arm)
{
    char bytes[2 * SOTTO_PLAN_MAX_NAME_SIZE + 1];
    sotto_text name = experiment->arms[arm].name;
    memcpy(bytes, experiment->name.bytes, experiment->name.size);
    bytes[experiment->name.size] = 0;
    memcpy(bytes + experiment->name.size + 1, name.bytes, name.size);
    return sotto_hash(bytes, experiment->name.size + 1 + name.size);
}

uint32_t sotto_arm_find(const sotto_plan *plan, uint64_t key, uint32_t *arm)
{
    for (uint32_t i = 0; i < plan->experiment_count; i++) {
        sotto_experiment experiment = sotto_experiment_get(plan, i);
        for (*arm = 0; *arm < experiment.arm_count; ++*arm) {
            if (sotto_arm_key(&experiment, *arm) == key) {
                return i;
            }
        }
    }
    return SOTTO_NONE;
}

/* ---- Offers ---------------------------------------------------------------------------------- */

sotto_offer sotto_offer_get(const sotto_plan *plan, uint32_t index)
{
    SOTTO_ASSERT(index < plan->offer_count);
    const uint8_t *at = plan->offers[index];
    sotto_offer offer;
    sotto_plan_varint(&at);
    offer.name = sotto_plan_text(plan, sotto_plan_varint(&at));
    offer.key = sotto_hash(offer.name.bytes, offer.name.size);
    offer.kind = (sotto_offer_kind)next_u8(&at);
    offer.ends_s = next_u32(&at);
    offer.threshold = sotto_plan_varint(&at);
    offer.label = sotto_plan_text(plan, sotto_plan_varint(&at));
    offer.code_count = next_u8(&at);
    offer.codes = at;
    skip_varints(&at, offer.code_count);
    offer.item_count = next_u8(&at);
    offer.items = at;
    return offer;
}

uint32_t sotto_offer_find(const sotto_plan *plan, uint64_t key)
{
    for (uint32_t i = 0; i < plan->offer_count; i++) {
        if (sotto_offer_get(plan, i).key == key) {
            return i;
        }
    }
    return SOTTO_NONE;
}

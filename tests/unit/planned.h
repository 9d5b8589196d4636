/*
 * planned.h - campaigns in the sample shop, and a shopper who meets them
 *
 *     planned_enter();                                the sample shop, no campaigns yet
 *     planned_campaign("hello", SOTTO_POPUP)->cap_day = 1;
 *     planned_publish();                              written, opened, an empty profile and ledger
 *     planned_did(SOTTO_VIEW, 5);                     item 5, a second after whatever was before
 *     planned_look();                                 planned.verdicts
 *     CHECK_EQ(planned_rule("hello"), SOTTO_SHOWN);
 *     planned_show();                                 what is shown makes its impression
 *     planned_leave();
 *
 * The clock of the shop stands at noon of a Sunday in UTC.
 */
#ifndef SOTTO_PLANNED_H
#define SOTTO_PLANNED_H

#include "decisions/moment.h"
#include "decisions/round.h"
#include "format/layout_plan.h"
#include "format/plan_write.h"
#include "profile/ledger.h"
#include "profile/profile.h"
#include "ranking/ranking.h"
#include "sample_bundle.h"

enum { PLANNED_NOON = 1750593600 };

static struct {
    sample                   shop;
    sotto_plan_content       content;
    sotto_string             strings[1024];
    char                     texts[1024][132];
    uint64_t                 keys[64];
    uint8_t                  key_kinds[64];
    sotto_segment_content    segments[SOTTO_MAX_SEGMENTS];
    sotto_experiment_content experiments[SOTTO_MAX_EXPERIMENTS];
    sotto_offer_content      offers[SOTTO_MAX_OFFERS];
    sotto_campaign_content   campaigns[SOTTO_MAX_CAMPAIGNS + 1];
    sotto_place_content      places[8];
    struct sotto_plan        plan;
    struct sotto_profile     profile;
    struct sotto_ledger      ledger;
    bool                     unknown;      /* look without profile and ledger */
    struct sotto_moment      moment;
    sotto_scene              scene;
    uint32_t                 page_item;
    uint32_t                 showing[SOTTO_MAX_CAMPAIGNS];
    uint32_t                 showing_count;
    sotto_verdicts           verdicts;
    sotto_ranking_scratch    scratch;
} planned;

/* The number of a text, which is added if it is new. */
static inline uint32_t planned_text(const char *text)
{
    sotto_plan_content *content = &planned.content;
    for (uint32_t i = 0; i < content->string_count; i++) {
        if (strcmp(planned.texts[i], text) == 0) {
            return i;
        }
    }
    uint32_t number = content->string_count++;
    snprintf(planned.texts[number], sizeof planned.texts[0], "%s", text);
    planned.strings[number] = sample_text(planned.texts[number]);
    return number;
}

static inline uint32_t planned_key(sotto_key_kind kind, uint64_t hash)
{
    uint32_t number = planned.content.key_count++;
    planned.keys[number] = hash;
    planned.key_kinds[number] = (uint8_t)kind;
    return number;
}

static inline void planned_enter(void)
{
    memset(&planned, 0, sizeof planned);
    sample_open(&planned.shop);
    planned.content = sotto_plan_defaults();
    planned.content.strings = planned.strings;
    planned.content.keys = planned.keys;
    planned.content.key_kinds = planned.key_kinds;
    planned.content.segments = planned.segments;
    planned.content.experiments = planned.experiments;
    planned.content.offers = planned.offers;
    planned.content.campaigns = planned.campaigns;
    planned.content.places = planned.places;
    planned_text("");
    planned.scene.now_s = PLANNED_NOON;
    planned.scene.stored = true;
}

static inline sotto_campaign_content *planned_campaign(const char *name, sotto_block_kind block)
{
    sotto_campaign_content *campaign = &planned.campaigns[planned.content.campaign_count++];
    *campaign = (sotto_campaign_content){
        .name = planned_text(name), .block = block, .priority = 50,
        .experiment = SOTTO_NONE, .offer = SOTTO_NONE,
    };
    return campaign;
}

static inline sotto_campaign_content *planned_at(const char *name, const char *place)
{
    sotto_campaign_content *campaign = planned_campaign(name, SOTTO_INLINE);
    campaign->place = planned_text(place);
    return campaign;
}

static inline void planned_trigger(sotto_campaign_content *campaign, uint32_t kind, uint32_t a,
                                   uint32_t b)
{
    campaign->triggers[campaign->trigger_count++] = (sotto_trigger){kind, a, b};
}

/* An experiment with so many arms a, b, ... of about equal weight. */
static inline sotto_experiment_content *planned_experiment(const char *name, uint32_t arm_count)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    sotto_experiment_content *experiment =
        &planned.experiments[planned.content.experiment_count++];
    *experiment = (sotto_experiment_content){
        .name = planned_text(name), .hash_version = 2, .coverage = 10000, .epsilon = 1000,
        .arm_count = arm_count,
    };
    for (uint32_t i = 0; i < arm_count; i++) {
        uint32_t weight = 10000 / arm_count + (i < 10000 % arm_count);
        experiment->arms[i] = (sotto_arm_content){planned_text(names[i]), weight, 1, 1};
    }
    return experiment;
}

static inline sotto_offer_content *planned_offer(const char *name, sotto_offer_kind kind)
{
    sotto_offer_content *offer = &planned.offers[planned.content.offer_count++];
    *offer = (sotto_offer_content){.name = planned_text(name), .kind = kind};
    return offer;
}

/* Writes and opens the plan; the shopper stays who they are. */
static inline void planned_republish(void)
{
    sotto_fault fault = {0, ""};
    free(planned.shop.campaigns.bytes);
    planned.shop.campaigns = sample_campaigns_with(&planned.content);
    sample_must(sotto_bundle_open(&planned.shop.bundle, SOTTO_CAMPAIGNS,
                                  planned.shop.campaigns.bytes, planned.shop.campaigns.size,
                                  &fault), fault.what);
    sample_must(sotto_plan_open(&planned.plan, &planned.shop.bundle, &fault), fault.what);
}

static inline void planned_publish(void)
{
    planned_republish();
    sotto_profile_init(&planned.profile, 1, planned.scene.now_s);
    sotto_ledger_init(&planned.ledger, &planned.profile, &planned.shop.bundle);
}

static inline void planned_leave(void)
{
    sample_close(&planned.shop);
}

/* Something happens now: to the shopper (kinds 1 to 10) or to a campaign. */
static inline void planned_event(uint32_t kind, uint64_t item, uint32_t quantity)
{
    sotto_event event = {item, planned.scene.now_s, (sotto_event_kind)kind, quantity};
    sotto_profile_fold(&planned.profile, &planned.shop.bundle, &event);
    sotto_ledger_fold(&planned.ledger, &planned.plan, &planned.shop.bundle, &planned.profile,
                      &event, planned.scene.utc_offset_min);
}

static inline void planned_did(sotto_event_kind kind, uint32_t item)
{
    planned.scene.now_s++;
    planned_event(kind, sample_hash(item), 1);
}

static inline void planned_name_event(uint32_t kind, const char *name)
{
    planned_event(kind, sample_key(name), 1);
}

static inline void planned_page(uint32_t item)
{
    planned.page_item = item;
    planned.scene.page_items = &planned.page_item;
    planned.scene.page_item_count = item == SOTTO_NO_ITEM ? 0 : 1;
}

static inline sotto_moment *planned_moment(void)
{
    return sotto_moment_init(&planned.moment, &planned.plan, &planned.shop.bundle,
                             planned.unknown ? NULL : &planned.profile,
                             planned.unknown ? NULL : &planned.ledger, &planned.scene);
}

static inline void planned_look(void)
{
    sample_must(sotto_arbitrate(planned_moment(), planned.showing, planned.showing_count,
                                &planned.scratch, sizeof planned.scratch, &planned.verdicts),
                "the arbiter has too little room");
}

static inline uint32_t planned_index(const char *name)
{
    uint32_t index = sotto_campaign_find(&planned.plan, sample_key(name));
    if (index == SOTTO_NONE) {
        sample_must(SOTTO_INVALID, name);
    }
    return index;
}

static inline const sotto_verdict *planned_verdict(const char *name)
{
    return &planned.verdicts.list[planned_index(name)];
}

static inline uint32_t planned_rule(const char *name)
{
    return planned_verdict(name)->rule;
}

/* Looks, and puts on the page what is shown: impressions and exposures of what was not there. */
static inline void planned_show(void)
{
    planned_look();
    uint32_t before = planned.showing_count;
    uint32_t count = 0;
    uint32_t shown[SOTTO_MAX_CAMPAIGNS];
    for (uint32_t i = 0; i < planned.verdicts.count; i++) {
        const sotto_verdict *verdict = &planned.verdicts.list[i];
        bool there = false;
        for (uint32_t k = 0; k < before; k++) {
            there |= planned.showing[k] == i;
        }
        if (verdict->rule == SOTTO_SHOWN) {
            shown[count++] = i;
            if (!there) {
                planned_event(SOTTO_IMPRESSION, planned.plan.campaign_keys[i], 1);
            }
        }
        if (verdict->exposed) {
            sotto_campaign campaign = sotto_campaign_get(&planned.plan, i);
            sotto_experiment experiment = sotto_experiment_get(&planned.plan, campaign.experiment);
            planned_event(SOTTO_EXPOSURE, sotto_arm_key(&experiment, verdict->arm), 1);
        }
    }
    memcpy(planned.showing, shown, count * sizeof *shown);
    planned.showing_count = count;
}

/* Nothing is on the next page yet. */
static inline void planned_go_on(void)
{
    planned.showing_count = 0;
}

#endif

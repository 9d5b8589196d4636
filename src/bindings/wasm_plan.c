/*
 * wasm_plan.c - what a page calls for its campaigns
 *
 *     | fixed: ledger, scene and its room, verdicts | plan | moment |     in pages of their own
 *
 * A page that has no plan never calls any of this, so it takes nothing.
 */
#include "bindings/wasm_plan.h"

#include "bindings/wasm_memory.h"
#include "decisions/moment.h"

typedef struct fixed_part {
    struct sotto_ledger ledger;
    sotto_scene         scene;     /* with its room right behind it */
    uint8_t             room[SOTTO_WASM_SCENE_ROOM];
    sotto_verdicts      verdicts;
} fixed_part;

_Static_assert(offsetof(fixed_part, room) == offsetof(fixed_part, scene) + sizeof(sotto_scene),
               "the room begins where the scene ends");

#ifdef __wasm__
/* web/campaigns/core.js writes and reads these by their words. */
#define WORD(type, field, word)                                                                   \
    _Static_assert(offsetof(type, field) == 4 * (word), "word of " #type ": " #field)
WORD(sotto_scene, path, 2);
WORD(sotto_scene, touch, 16);
WORD(sotto_scene, page_items, 17);
WORD(sotto_scene, category, 19);
WORD(sotto_scene, cart_items, 21);
WORD(sotto_scene, page_active_s, 24);
WORD(sotto_scene, signals, 28);
WORD(sotto_scene, events, 29);
WORD(sotto_scene, account, 31);
WORD(sotto_scene, forced, 33);
WORD(sotto_scene, unplaced, 35);
WORD(sotto_scene, shelf, 36);
WORD(sotto_account_entry, number, 6);
WORD(sotto_campaign, key, 4);
WORD(sotto_campaign, triggers, 11);
WORD(sotto_campaign, starts_s, 24);
WORD(sotto_campaign, cap_session, 26);
WORD(sotto_campaign, group, 34);
WORD(sotto_campaign, slot, 38);
WORD(sotto_campaign, field_keys, 42);
WORD(sotto_experiment, win_by, 8);
WORD(sotto_experiment, arm_count, 13);
WORD(sotto_offer, kind, 6);
WORD(sotto_offer, item_count, 12);
WORD(sotto_verdicts, list, 3);
_Static_assert(sizeof(sotto_scene) == 37 * 4 && sizeof(sotto_account_entry) == 32
                   && sizeof(sotto_forced) == 16 && sizeof(sotto_verdict) == 20
                   && sizeof(sotto_arm) == 20,
               "what the page writes and reads by its words");
#endif

/* NULL until a plan was opened. */
static fixed_part *fixed;
static sotto_plan *plan;
static void *moment_block;
static sotto_moment *moment;
static bool has_ledger;

static sotto_wasm_state *page(void)
{
    return sotto_wasm_attached();
}

static size_t aligned(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

static bool take_room(void)
{
    if (fixed) {
        return true;
    }
    size_t plan_size = aligned(sotto_plan_size());
    size_t size = aligned(sizeof(fixed_part)) + plan_size + sotto_moment_size();
    uint8_t *bytes = sotto_wasm_memory_take((uint32_t)(size >> 16) + 1);
    if (!bytes) {
        return false;
    }
    fixed = (fixed_part *)(void *)bytes;
    plan = (sotto_plan *)(void *)(bytes + aligned(sizeof(fixed_part)));
    moment_block = bytes + aligned(sizeof(fixed_part)) + plan_size;
    return true;
}

uint32_t sotto_wasm_plan_open(void)
{
    moment = NULL;
    return take_room() ? sotto_plan_open(plan, &page()->bundle, &page()->fault) : SOTTO_NO_ROOM;
}

const uint32_t *sotto_wasm_plan_counts(void)
{
    static uint32_t counts[6];
    if (!fixed) {
        return NULL;
    }
    counts[0] = sotto_segment_count(plan);
    counts[1] = sotto_campaign_count(plan);
    counts[2] = sotto_experiment_count(plan);
    counts[3] = sotto_offer_count(plan);
    counts[4] = plan->rules.idle_s;
    counts[5] = page()->bundle.campaigns.site.session_gap_s;
    return counts;
}

/* ---- The ledger ---- */

static sotto_event event_of(uint32_t kind, uint32_t item_lo, uint32_t item_hi, uint32_t quantity,
                            uint32_t time_s)
{
    uint64_t item = (uint64_t)item_hi << 32 | item_lo;
    return (sotto_event){item, time_s, (sotto_event_kind)kind, quantity};
}

uint8_t *sotto_wasm_ledger(void)
{
    return (uint8_t *)(void *)fixed;
}

bool sotto_wasm_ledger_is_open(void)
{
    return has_ledger;
}

uint32_t sotto_wasm_ledger_init(void)
{
    has_ledger = fixed && page()->has_profile;
    if (!has_ledger) {
        return SOTTO_INVALID;
    }
    sotto_ledger_init(&fixed->ledger, &page()->profile, &page()->bundle);
    return SOTTO_OK;
}

/* The host has written over the ledger, so one that does not open is gone, not kept. */
uint32_t sotto_wasm_ledger_open(uint32_t size)
{
    if (!fixed || !page()->has_profile) {
        return SOTTO_INVALID;
    }
    sotto_status status = sotto_ledger_open(&fixed->ledger, size, &page()->profile, &page()->fault);
    has_ledger = true;
    if (status != SOTTO_OK) {
        sotto_wasm_ledger_init();
    }
    return status;
}

void sotto_wasm_ledger_seal(void)
{
    if (has_ledger) {
        sotto_ledger_seal(&fixed->ledger);
    }
}

void sotto_wasm_ledger_drop(void)
{
    if (fixed) {
        memset(&fixed->ledger, 0, sizeof fixed->ledger);
    }
    has_ledger = false;
}

uint32_t sotto_wasm_ledger_fold(uint32_t kind, uint32_t item_lo, uint32_t item_hi,
                                uint32_t quantity, uint32_t now_s, int32_t utc_offset_min)
{
    if (!has_ledger || !page()->has_profile) {
        return SOTTO_INVALID;
    }
    sotto_event event = event_of(kind, item_lo, item_hi, quantity, now_s);
    sotto_ledger_fold(&fixed->ledger, plan, &page()->bundle, &page()->profile, &event,
                      utc_offset_min);
    return SOTTO_OK;
}

void sotto_wasm_ledger_forget_item(uint32_t lo, uint32_t hi)
{
    if (has_ledger) {
        sotto_ledger_forget_item(&fixed->ledger, (uint64_t)hi << 32 | lo);
    }
}

/* ---- The moment ---- */

sotto_scene *sotto_wasm_scene(void)
{
    return fixed ? &fixed->scene : NULL;
}

uint32_t sotto_wasm_moment(void)
{
    moment = NULL;
    if (!fixed) {
        return SOTTO_INVALID;
    }
    fixed->scene.shelf = &page()->shelf;
    bool known = page()->has_profile && has_ledger;
    moment = sotto_moment_init(moment_block, plan, &page()->bundle, known ? &page()->profile : NULL,
                               known ? &fixed->ledger : NULL, &fixed->scene);
    return SOTTO_OK;
}

struct sotto_moment *sotto_wasm_gathered(void)
{
    return moment;
}

const uint32_t *sotto_wasm_segments(void)
{
    return moment ? sotto_segments(moment) : NULL;
}

const sotto_verdicts *sotto_wasm_arbitrate(const uint32_t *showing, uint32_t count)
{
    void *scratch = sotto_wasm_rank_scratch();
    return moment && scratch
                   && sotto_arbitrate(moment, showing, count, scratch, sotto_rank_scratch_size(),
                                      &fixed->verdicts) == SOTTO_OK
               ? &fixed->verdicts
               : NULL;
}

const sotto_wasm_cart_sum *sotto_wasm_cart(void)
{
    static sotto_wasm_cart_sum sum;
    if (!moment) {
        return NULL;
    }
    sum = (sotto_wasm_cart_sum){(uint32_t)moment->cart_total, (uint32_t)(moment->cart_total >> 32),
                                moment->cart_quantity};
    return &sum;
}

uint32_t sotto_wasm_arm(uint32_t experiment)
{
    return moment ? sotto_experiment_arm(moment, experiment) : SOTTO_NO_ARM;
}

/* ---- Reading the plan ---- */

static sotto_text answered;

static const sotto_text *answer(sotto_text text)
{
    answered = text;
    return &answered;
}

const sotto_text *sotto_wasm_shop_name(void)
{
    return answer(page()->bundle.campaigns.site.shop_name);
}

const sotto_text *sotto_wasm_segment_name(uint32_t index)
{
    return answer(sotto_segment_name(plan, index));
}

const sotto_campaign *sotto_wasm_campaign(uint32_t index)
{
    static sotto_campaign campaign;
    campaign = sotto_campaign_get(plan, index);
    return &campaign;
}

const sotto_text *sotto_wasm_campaign_field(uint32_t index, uint32_t key)
{
    return answer(sotto_campaign_field(plan, sotto_wasm_campaign(index), key));
}

const sotto_experiment *sotto_wasm_experiment(uint32_t index)
{
    static sotto_experiment experiment;
    experiment = sotto_experiment_get(plan, index);
    return &experiment;
}

const sotto_offer *sotto_wasm_offer(uint32_t index)
{
    static sotto_offer offer;
    offer = sotto_offer_get(plan, index);
    return &offer;
}

const sotto_text *sotto_wasm_offer_code(uint32_t index)
{
    uint64_t seed = page()->has_profile ? page()->profile.seed : 0;
    return answer(sotto_offer_code(plan, sotto_wasm_offer(index), seed));
}

const sotto_text *sotto_wasm_offer_code_at(uint32_t index, uint32_t number)
{
    const sotto_offer *offer = sotto_wasm_offer(index);
    /* A seed of that number chooses it. */
    return number < offer->code_count ? answer(sotto_offer_code(plan, offer, number)) : NULL;
}

uint32_t sotto_wasm_offer_item(uint32_t index, uint32_t number)
{
    return sotto_offer_item(plan, sotto_wasm_offer(index), number);
}

const sotto_text *sotto_wasm_hand_off(uint32_t index)
{
    static sotto_text texts[2];
    const uint8_t *at = plan->rules.hand_offs + 4 * (size_t)index;
    if (index >= plan->rules.hand_off_count) {
        return NULL;
    }
    texts[0] = sotto_plan_text(plan, sotto_load_u16(at));
    texts[1] = sotto_plan_text(plan, sotto_load_u16(at + 2));
    return texts;
}

const sotto_wasm_account_attribute *sotto_wasm_account(uint32_t index)
{
    static sotto_wasm_account_attribute attribute;
    const uint8_t *at = plan->rules.account + 3 * (size_t)index;
    if (index >= plan->rules.account_count) {
        return NULL;
    }
    attribute = (sotto_wasm_account_attribute){sotto_plan_text(plan, sotto_load_u16(at)), at[2]};
    return &attribute;
}

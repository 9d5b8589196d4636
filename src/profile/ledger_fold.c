/*
 * ledger_fold.c - one thing that happened to a campaign, folded into the ledger
 *
 * Counts are kept next to the time at which they last grew. A count is about the present session,
 * or day, if that time is in it; else it begins again from 0:
 *
 *     shown_s 14:02, session 2        session begins 14:00: shown twice in it
 *                                     session begins 19:30: not yet
 *
 * Times only go forward. A clock that was set back leaves them ahead of it, and then counts go on:
 * what was shown today stays shown today, however often today comes. All counts stay at their top.
 */
#include "base/fixed.h"
#include "model/bundle.h"
#include "model/plan.h"
#include "profile/ledger_tables.h"
#include "profile/profile.h"

enum { SAME_ORDER_S = 1800, IN_STOCK = 1 };

typedef struct folding {
    sotto_ledger        *ledger;
    const sotto_plan    *plan;
    const sotto_bundle  *bundle;
    const sotto_profile *profile;
    const sotto_event   *event;
    uint32_t             time_s;   /* of the event, never 0: that is never */
    uint32_t             day;
} folding;

static uint8_t grow_u8(uint32_t count)
{
    return (uint8_t)sotto_min_u32(count + 1, UINT8_MAX);
}

static uint16_t grow_u16(uint32_t count)
{
    return (uint16_t)sotto_min_u32(count + 1, UINT16_MAX);
}

/* ---- Making room ----------------------------------------------------------------------------- */

/* When an entry was last touched. */
static uint32_t touched_s(sotto_ledger_table table, const void *entry)
{
    switch (table) {
    case SOTTO_LEDGER_OF_CAMPAIGNS: {
        const sotto_ledger_campaign *campaign = entry;
        return sotto_max_u32(campaign->shown_s, campaign->dismissed_s);
    }
    case SOTTO_LEDGER_OF_ANSWERS:
        return ((const sotto_ledger_answer *)entry)->time_s;
    case SOTTO_LEDGER_OF_WATCHED:
        return ((const sotto_ledger_watched *)entry)->time_s;
    case SOTTO_LEDGER_OF_DWELL:
        return ((const sotto_ledger_dwell *)entry)->time_s;
    case SOTTO_LEDGER_OF_ARMS:
        return ((const sotto_ledger_arm *)entry)->exposed_s;
    default: {
        const sotto_ledger_offer *offer = entry;
        return sotto_max_u32(offer->given_s, offer->redeemed_s);
    }
    }
}

/* Whether the plan has what a key names; of answers and items it has no list. */
static bool is_planned(const sotto_plan *plan, sotto_ledger_table table, uint64_t key)
{
    uint32_t arm;
    switch (table) {
    case SOTTO_LEDGER_OF_CAMPAIGNS:
        return sotto_campaign_find(plan, key) != SOTTO_NONE;
    case SOTTO_LEDGER_OF_ARMS:
        return sotto_arm_find(plan, key, &arm) != SOTTO_NONE;
    case SOTTO_LEDGER_OF_OFFERS:
        return sotto_offer_find(plan, key) != SOTTO_NONE;
    default:
        return true;
    }
}

/*
 * An entry to give up: one that the plan does not know before all others, then the one touched
 * longest ago, then the first. NULL if that would give up what is planned for what is not.
 */
static void *find_room(const folding *fold, sotto_ledger_table table)
{
    uint32_t count = sotto_ledger_shape_get(table)->count;
    const void *best = NULL;
    uint64_t best_rank = UINT64_MAX;
    for (uint32_t i = 0; i < count; i++) {
        const void *entry = sotto_ledger_entry(fold->ledger, table, i);
        uint64_t key = sotto_load_u64(entry);
        if (key == 0) {
            return (void *)(uintptr_t)entry;
        }
        uint64_t rank = touched_s(table, entry);
        rank |= (uint64_t)is_planned(fold->plan, table, key) << 32;
        if (rank < best_rank) {
            best_rank = rank;
            best = entry;
        }
    }
    bool gives_up_planned = best_rank >> 32 != 0;
    if (gives_up_planned && !is_planned(fold->plan, table, fold->event->item)) {
        return NULL;
    }
    return (void *)(uintptr_t)best;
}

/* The entry with this key; a new one, zero but for the key, if there is none. */
static void *touch(const folding *fold, sotto_ledger_table table)
{
    uint64_t key = fold->event->item;
    const void *found = sotto_ledger_find(fold->ledger, table, key);
    if (found != NULL || key == 0) {
        return (void *)(uintptr_t)found;
    }
    void *entry = find_room(fold, table);
    if (entry != NULL) {
        memset(entry, 0, sotto_ledger_shape_get(table)->size);
        memcpy(entry, &key, sizeof key);
    }
    return entry;
}

static void drop(const folding *fold, sotto_ledger_table table)
{
    const void *found = sotto_ledger_find(fold->ledger, table, fold->event->item);
    if (found != NULL) {
        memset((void *)(uintptr_t)found, 0, sotto_ledger_shape_get(table)->size);
    }
}

/* What a shop does not want to know any more: items looked at long ago. */
static void drop_old(const folding *fold)
{
    uint32_t retention_s = fold->bundle->campaigns.site.retention_s;
    sotto_ledger *ledger = fold->ledger;
    for (uint32_t i = 0; i < SOTTO_LEDGER_WATCHED; i++) {
        if (sotto_age_s(ledger->watched[i].time_s, fold->time_s) > retention_s) {
            memset(&ledger->watched[i], 0, sizeof ledger->watched[i]);
        }
    }
    for (uint32_t i = 0; i < SOTTO_LEDGER_DWELL; i++) {
        if (sotto_age_s(ledger->dwell[i].time_s, fold->time_s) > retention_s) {
            memset(&ledger->dwell[i], 0, sizeof ledger->dwell[i]);
        }
    }
}

/* ---- What the shopper does ------------------------------------------------------------------- */

/* Remembers what an item was like when it was looked at, to tell when that changes. */
static void watch(const folding *fold)
{
    uint32_t item = sotto_item_find_hash(fold->bundle, fold->event->item);
    if (item == SOTTO_NO_ITEM) {
        return;
    }
    sotto_item_facts facts = sotto_item_get(fold->bundle, item);
    sotto_ledger_watched *watched = touch(fold, SOTTO_LEDGER_OF_WATCHED);
    if (watched != NULL) {
        watched->price = facts.price;
        watched->time_s = (fold->time_s & ~(uint32_t)IN_STOCK) | (facts.in_stock ? IN_STOCK : 0);
    }
}

static void buy(const folding *fold)
{
    sotto_ledger *ledger = fold->ledger;
    uint32_t apart_s = sotto_max_u32(sotto_age_s(ledger->order_s, fold->time_s),
                                     sotto_age_s(fold->time_s, ledger->order_s));
    ledger->spent = sotto_ledger_spend(ledger->spent, fold->bundle, fold->event->item,
                                       sotto_max_u32(fold->event->quantity, 1));
    if (ledger->order_s == 0 || apart_s > SAME_ORDER_S) {
        ledger->order_count = sotto_u32_saturate((uint64_t)ledger->order_count + 1);
    }
    ledger->order_s = sotto_max_u32(ledger->order_s, fold->time_s);
    drop(fold, SOTTO_LEDGER_OF_WATCHED);
    drop(fold, SOTTO_LEDGER_OF_DWELL);
}

/* What the head counts is about the session that the profile is in. */
static void enter_session(const folding *fold)
{
    sotto_ledger *ledger = fold->ledger;
    if (ledger->session_start_s != fold->profile->session_start_s) {
        ledger->session_start_s = fold->profile->session_start_s;
        ledger->session_active_s = 0;
        ledger->session_count = 0;
    }
}

static void dwell(const folding *fold)
{
    uint32_t seconds = fold->event->quantity;
    enter_session(fold);
    fold->ledger->session_active_s =
        sotto_u32_saturate((uint64_t)fold->ledger->session_active_s + seconds);
    sotto_ledger_dwell *entry = touch(fold, SOTTO_LEDGER_OF_DWELL);
    if (entry != NULL) {
        entry->active_s = sotto_u32_saturate((uint64_t)entry->active_s + seconds);
        entry->time_s = fold->time_s;
    }
}

/* ---- What campaigns do ----------------------------------------------------------------------- */

/* An interrupting campaign counts against the ceiling of all of them as well. */
static void interrupt(const folding *fold)
{
    sotto_ledger *ledger = fold->ledger;
    enter_session(fold);
    if (ledger->day < fold->day) {
        ledger->day = fold->day;
        ledger->day_count = 0;
    }
    ledger->session_count = grow_u16(ledger->session_count);
    ledger->day_count = grow_u16(ledger->day_count);
    ledger->interrupted_s = sotto_max_u32(ledger->interrupted_s, fold->time_s);
}

static void impress(const folding *fold, int32_t utc_offset_min)
{
    sotto_ledger_campaign *entry = touch(fold, SOTTO_LEDGER_OF_CAMPAIGNS);
    uint32_t index = sotto_campaign_find(fold->plan, fold->event->item);
    if (entry != NULL) {
        uint32_t session = sotto_ledger_session_showings(entry, fold->profile);
        uint32_t day = sotto_ledger_day_showings(entry, fold->day, utc_offset_min);
        entry->session = grow_u8(session);
        entry->day = grow_u8(day);
        entry->ever = grow_u16(entry->ever);
        uint32_t shown_s = sotto_max_u32(fold->time_s, fold->profile->session_start_s);
        entry->shown_s = sotto_max_u32(entry->shown_s, shown_s);
    }
    if (index != SOTTO_NONE) {
        sotto_campaign campaign;
        sotto_campaign_strings strings;
        sotto_campaign_read(fold->plan, index, &campaign, &strings);
        if (sotto_campaign_interrupts(&campaign)) {
            interrupt(fold);
        }
    }
}

static void dismiss(const folding *fold)
{
    sotto_ledger_campaign *entry = touch(fold, SOTTO_LEDGER_OF_CAMPAIGNS);
    if (entry != NULL) {
        entry->dismissed_s = sotto_max_u32(entry->dismissed_s, fold->time_s);
    }
    fold->ledger->dismissed_s = sotto_max_u32(fold->ledger->dismissed_s, fold->time_s);
}

static void click(const folding *fold)
{
    sotto_ledger_campaign *entry = touch(fold, SOTTO_LEDGER_OF_CAMPAIGNS);
    if (entry != NULL) {
        entry->clicked = grow_u8(entry->clicked);
    }
}

static void give(const folding *fold)
{
    sotto_ledger_offer *entry = touch(fold, SOTTO_LEDGER_OF_OFFERS);
    if (entry != NULL && entry->given_s == 0) {
        entry->given_s = fold->time_s;
    }
}

static void redeem(const folding *fold)
{
    sotto_ledger_offer *entry = touch(fold, SOTTO_LEDGER_OF_OFFERS);
    if (entry != NULL) {
        entry->redeemed_s = sotto_max_u32(entry->redeemed_s, fold->time_s);
    }
}

bool sotto_exposure_is_new(const sotto_ledger_arm *arm, const sotto_profile *profile,
                           sotto_allocation allocation)
{
    return arm == NULL || arm->exposed_s == 0 ||
           (allocation != SOTTO_FIXED && arm->exposed_s < profile->session_start_s);
}

static void expose(const folding *fold)
{
    uint32_t arm;
    uint32_t index = sotto_arm_find(fold->plan, fold->event->item, &arm);
    sotto_allocation allocation = SOTTO_FIXED;
    if (index != SOTTO_NONE) {
        allocation = sotto_experiment_get(fold->plan, index).allocation;
    }
    sotto_ledger_arm *entry = touch(fold, SOTTO_LEDGER_OF_ARMS);
    if (entry != NULL && sotto_exposure_is_new(entry, fold->profile, allocation)) {
        uint32_t exposed_s = sotto_max_u32(fold->time_s, fold->profile->session_start_s);
        entry->exposed_s = sotto_max_u32(entry->exposed_s, exposed_s);
        entry->tries = grow_u16(entry->tries);
    }
}

/* A win counts once for each exposure. */
static void win(const folding *fold)
{
    const void *found = sotto_ledger_find(fold->ledger, SOTTO_LEDGER_OF_ARMS, fold->event->item);
    sotto_ledger_arm *entry = (sotto_ledger_arm *)(uintptr_t)found;
    if (entry != NULL && entry->wins < entry->tries) {
        entry->wins = grow_u16(entry->wins);
    }
}

static void answer(const folding *fold)
{
    sotto_ledger_answer *entry = touch(fold, SOTTO_LEDGER_OF_ANSWERS);
    if (entry != NULL) {
        entry->time_s = fold->time_s;
    }
}

/* ---- All of it ------------------------------------------------------------------------------- */

void sotto_ledger_fold(sotto_ledger *ledger, const sotto_plan *plan, const sotto_bundle *bundle,
                       const sotto_profile *profile, const sotto_event *event,
                       int32_t utc_offset_min)
{
    const folding fold = {
        .ledger = ledger, .plan = plan, .bundle = bundle, .profile = profile, .event = event,
        .time_s = sotto_max_u32(event->time_s, 1),
        .day = sotto_day_of(event->time_s, utc_offset_min),
    };
    if (sotto_event_is_known(event->kind) && event->time_s == profile->session_start_s) {
        drop_old(&fold);
    }
    switch ((uint32_t)event->kind) {
    case SOTTO_VIEW:
    case SOTTO_CLICK:            watch(&fold); break;
    case SOTTO_PURCHASE:         buy(&fold); break;
    case SOTTO_IMPRESSION:       impress(&fold, utc_offset_min); break;
    case SOTTO_CAMPAIGN_DISMISS: dismiss(&fold); break;
    case SOTTO_CAMPAIGN_CLICK:   click(&fold); break;
    case SOTTO_GIVEN:            give(&fold); break;
    case SOTTO_REDEEMED:         redeem(&fold); break;
    case SOTTO_EXPOSURE:         expose(&fold); break;
    case SOTTO_WIN:              win(&fold); break;
    case SOTTO_ANSWER:           answer(&fold); break;
    case SOTTO_UNANSWER:         drop(&fold, SOTTO_LEDGER_OF_ANSWERS); break;
    case SOTTO_DWELL:            dwell(&fold); break;
    default:                     break;
    }
}

void sotto_ledger_forget_item(sotto_ledger *ledger, uint64_t item)
{
    const sotto_event event = {.item = item};
    const folding fold = {.ledger = ledger, .event = &event};
    drop(&fold, SOTTO_LEDGER_OF_WATCHED);
    drop(&fold, SOTTO_LEDGER_OF_DWELL);
}

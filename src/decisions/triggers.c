/*
 * triggers.c - deadlines without timers
 *
 * A trigger is a statement about what has happened, to be looked at whenever somebody asks:
 *
 *     viewed 13:00                    13:10 and still not in the cart
 *     |------------- 10 minutes -------------|
 *                                            fires, whoever asks, on whatever page
 *
 * So nothing has to run in between, a page that sleeps or is closed loses nothing, and it cannot
 * fire early. It fires once because what was shown moves `last`, and what happened before that is
 * done with. What has not fired says when it will if nothing else happens, for who wants to wait.
 */
#include "decisions/triggers.h"

#include "base/fixed.h"
#include "base/hash.h"
#include "decisions/decimal.h"
#include "profile/ledger_tables.h"

enum { PAGE, ITEM, SESSION };      /* what a dwell is about */

static const sotto_firing not_fired = {.subject = SOTTO_NO_ITEM};

static sotto_firing fired_if(bool fired)
{
    return (sotto_firing){.fired = fired, .subject = SOTTO_NO_ITEM};
}

static sotto_firing fired_about(uint32_t subject)
{
    return (sotto_firing){.fired = subject != SOTTO_NO_ITEM, .subject = subject};
}

/* Fires once `time_s` is so long ago. */
static sotto_firing after(const sotto_moment *moment, uint32_t time_s, uint32_t wait_s,
                          uint32_t subject)
{
    if (sotto_age_s(time_s, moment->now_s) >= wait_s) {
        return (sotto_firing){.fired = true, .subject = subject};
    }
    sotto_firing firing = not_fired;
    firing.at_s = sotto_u32_saturate((uint64_t)time_s + wait_s);
    return firing;
}

bool sotto_item_is_showable(const sotto_bundle *bundle, uint32_t item)
{
    if (item == SOTTO_NO_ITEM) {
        return false;
    }
    sotto_item_facts facts = sotto_item_get(bundle, item);
    return facts.listed && facts.in_stock && !sotto_rules_exclude(bundle, item);
}

/* ---- Active time ----------------------------------------------------------------------------- */

static uint32_t session_active_s(const sotto_moment *moment)
{
    uint32_t told_s = 0;
    if (moment->ledger != NULL && moment->profile != NULL &&
        moment->ledger->session_start_s == moment->profile->session_start_s) {
        told_s = moment->ledger->session_active_s;
    }
    return sotto_u32_saturate((uint64_t)told_s + moment->scene->session_active_s);
}

static uint32_t item_active_s(const sotto_moment *moment)
{
    const sotto_ledger_dwell *told = NULL;
    if (moment->ledger != NULL) {
        uint64_t item = sotto_item_hash(moment->bundle, moment->page_item);
        told = sotto_ledger_dwell_find(moment->ledger, item);
    }
    return sotto_u32_saturate((uint64_t)(told != NULL ? told->active_s : 0) +
                              moment->scene->session_active_s);
}

static sotto_firing fire_dwell(const sotto_moment *moment, const sotto_trigger *trigger)
{
    uint32_t active_s = moment->scene->page_active_s;
    uint32_t subject = SOTTO_NO_ITEM;
    if (trigger->b == ITEM) {
        subject = moment->page_item;
        if (subject == SOTTO_NO_ITEM) {
            return not_fired;
        }
        active_s = item_active_s(moment);
    } else if (trigger->b == SESSION) {
        active_s = session_active_s(moment);
    }
    sotto_firing firing = {.fired = active_s >= trigger->a, .subject = subject};
    if (!firing.fired) {
        firing.active_s = trigger->a - active_s;
        firing.subject = SOTTO_NO_ITEM;
    }
    return firing;
}

/* ---- Looked at, and then nothing ------------------------------------------------------------- */

static bool ends_interest(uint32_t kind)
{
    return kind == SOTTO_CART_ADD || kind == SOTTO_PURCHASE || kind == SOTTO_DISMISS;
}

static bool is_in_cart(const sotto_moment *moment, uint32_t item)
{
    sotto_moment_line line;
    for (uint32_t i = 0; sotto_moment_cart_line(moment, i, &line); i++) {
        if (line.item == item) {
            return true;
        }
    }
    return false;
}

/* From the latest event on, the first of an item that says anything decides about the item. */
static void gather_looks(const sotto_moment *moment, sotto_looks *looks)
{
    sotto_event_set decided = {{0}};
    looks->gathered = true;
    looks->count = 0;
    for (uint32_t age = 0; age < moment->event_count; age++) {
        uint32_t kind = sotto_history_get(moment->profile, age)->kind;
        uint32_t item = moment->event_items[age];
        if (item == SOTTO_NO_ITEM || !(sotto_event_is_view(kind) || ends_interest(kind)) ||
            sotto_event_set_has(&decided, moment->event_same_item[age])) {
            continue;
        }
        sotto_event_set_add(&decided, moment->event_same_item[age]);
        if (sotto_event_is_view(kind) && sotto_item_is_showable(moment->bundle, item) &&
            !is_in_cart(moment, item)) {
            looks->ages[looks->count++] = (uint8_t)age;
        }
    }
}

static sotto_firing fire_viewed(const sotto_moment *moment, sotto_looks *looks,
                                const sotto_trigger *trigger, uint32_t last_s, bool by_subject)
{
    sotto_firing next = not_fired;
    if (!looks->gathered) {
        gather_looks(moment, looks);
    }
    for (uint32_t i = 0; i < looks->count; i++) {
        uint32_t age = looks->ages[i];
        uint32_t look_s = moment->event_times_s[age];
        uint64_t done_s = by_subject ? (uint64_t)look_s + trigger->a : look_s;
        if (done_s <= last_s && last_s != 0) {
            continue;
        }
        sotto_firing firing = after(moment, look_s, trigger->a, moment->event_items[age]);
        if (firing.fired) {
            return firing;
        }
        if (next.at_s == 0 || firing.at_s < next.at_s) {
            next.at_s = firing.at_s;
        }
    }
    return next;
}

/* ---- The cart -------------------------------------------------------------------------------- */

/* The item put into the cart last: lines of a profile come newest first, those of a scene last. */
static uint32_t newest_in_cart(const sotto_moment *moment)
{
    const sotto_scene *scene = moment->scene;
    sotto_moment_line line = {.item = SOTTO_NO_ITEM};
    sotto_moment_cart_line(moment, scene->cart_given ? scene->cart_item_count - 1 : 0, &line);
    return line.item;
}

static sotto_firing fire_cart_idle(const sotto_moment *moment, const sotto_trigger *trigger,
                                   uint32_t last_s)
{
    uint32_t touched_s;
    if (!sotto_moment_cart_touched(moment, &touched_s) || (last_s != 0 && touched_s <= last_s)) {
        return not_fired;
    }
    return after(moment, touched_s, trigger->a, newest_in_cart(moment));
}

/* ---- Watched items --------------------------------------------------------------------------- */

static bool is_back(const sotto_ledger_watched *watched, const sotto_item_facts *facts)
{
    return (watched->time_s & 1) == 0 && facts->in_stock;
}

static bool is_cheaper(const sotto_ledger_watched *watched, const sotto_item_facts *facts,
                       uint32_t percent)
{
    if (watched->price == SOTTO_NO_PRICE || facts->price == SOTTO_NO_PRICE ||
        facts->price >= watched->price) {
        return false;
    }
    return 100 * (uint64_t)(watched->price - facts->price) >= percent * (uint64_t)watched->price;
}

/* The item watched last that has changed so, the first of equals. Times are even (ledger.h). */
static sotto_firing fire_watched(const sotto_moment *moment, const sotto_trigger *trigger,
                                 uint32_t last_s, bool by_subject)
{
    uint32_t best = SOTTO_NO_ITEM;
    uint32_t best_s = 0;
    for (uint32_t i = 0; moment->ledger != NULL && i < SOTTO_LEDGER_WATCHED; i++) {
        const sotto_ledger_watched *watched = &moment->ledger->watched[i];
        uint32_t time_s = watched->time_s & ~1u;
        if (watched->item == 0 || (best != SOTTO_NO_ITEM && time_s <= best_s) ||
            (by_subject && last_s != 0 && time_s <= last_s)) {
            continue;
        }
        uint32_t item = sotto_item_find_hash(moment->bundle, watched->item);
        sotto_item_facts facts = sotto_item_get(moment->bundle, item);
        bool changed = trigger->kind == SOTTO_ON_BACK_IN_STOCK
                           ? is_back(watched, &facts) : is_cheaper(watched, &facts, trigger->a);
        if (changed && sotto_item_is_showable(moment->bundle, item)) {
            best = item;
            best_s = time_s;
        }
    }
    return fired_about(best);
}

/* ---- Visits and signals ---------------------------------------------------------------------- */

static bool is_visit(const sotto_moment *moment, const sotto_trigger *trigger)
{
    if (moment->profile == NULL || trigger->a == 0) {
        return false;
    }
    uint32_t visits = moment->profile->session_count;
    return visits == trigger->a || (trigger->b == 1 && visits != 0 && visits % trigger->a == 0);
}

static bool is_return(sotto_moment *moment, const sotto_trigger *trigger)
{
    int64_t away = sotto_fact_number_get(moment, SOTTO_SINCE_VISIT);
    return away != SOTTO_NOTHING && away >= sotto_decimal(sotto_decimal_whole(trigger->a));
}

static bool has_happened(const sotto_moment *moment, const sotto_trigger *trigger)
{
    sotto_text name = sotto_plan_text(moment->plan, trigger->b);
    uint64_t key = sotto_hash(name.bytes, name.size);
    for (uint32_t i = 0; i < moment->scene->event_count; i++) {
        if (moment->scene->events[i] == key) {
            return true;
        }
    }
    return false;
}

/* ---- All of them ----------------------------------------------------------------------------- */

static sotto_firing fire(sotto_moment *moment, sotto_looks *looks, const sotto_trigger *trigger,
                         uint32_t last_s, bool by_subject)
{
    const sotto_scene *scene = moment->scene;
    switch (trigger->kind) {
    case SOTTO_ON_PAGE:
        return fired_if(true);
    case SOTTO_ON_DWELL:
        return fire_dwell(moment, trigger);
    case SOTTO_ON_VIEWED_NOT_ADDED:
        return fire_viewed(moment, looks, trigger, last_s, by_subject);
    case SOTTO_ON_CART_IDLE:
        return fire_cart_idle(moment, trigger, last_s);
    case SOTTO_ON_CART_VALUE:
        return fired_if(sotto_moment_cart_total(moment) >= trigger->a);
    case SOTTO_ON_SCROLL:
        return fired_if(scene->scroll_percent >= trigger->a);
    case SOTTO_ON_EXIT:
        return fired_if((scene->signals & SOTTO_SIGNAL_EXIT) != 0);
    case SOTTO_ON_INACTIVE:
        return after(moment, moment->now_s - sotto_min_u32(scene->idle_s, moment->now_s),
                     trigger->a, SOTTO_NO_ITEM);
    case SOTTO_ON_VISIT:
        return fired_if(is_visit(moment, trigger));
    case SOTTO_ON_RETURN:
        return fired_if(is_return(moment, trigger));
    case SOTTO_ON_BACK_IN_STOCK:
    case SOTTO_ON_PRICE_DROP:
        return fire_watched(moment, trigger, last_s, by_subject);
    case SOTTO_ON_NO_RESULTS:
        return fired_if((scene->signals & SOTTO_SIGNAL_NO_RESULTS) != 0);
    case SOTTO_ON_EVENT:
        return fired_if(scene->event_count != 0 && has_happened(moment, trigger));
    default:
        return not_fired;
    }
}

sotto_firing sotto_triggers_fire(sotto_moment *moment, sotto_looks *looks,
                                 const sotto_campaign *campaign, uint32_t last_s)
{
    bool by_subject = (campaign->flags & SOTTO_ONCE_A_SUBJECT) != 0;
    sotto_firing next = fired_if(campaign->trigger_count == 0);
    for (uint32_t i = 0; i < campaign->trigger_count; i++) {
        sotto_firing firing = fire(moment, looks, &campaign->triggers[i], last_s, by_subject);
        if (firing.fired) {
            return firing;
        }
        if (firing.at_s != 0 && (next.at_s == 0 || firing.at_s < next.at_s)) {
            next.at_s = firing.at_s;
        }
        if (firing.active_s != 0 && (next.active_s == 0 || firing.active_s < next.active_s)) {
            next.active_s = firing.active_s;
        }
    }
    return next;
}

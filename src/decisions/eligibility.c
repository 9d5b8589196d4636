/*
 * eligibility.c - rules 1 to 14: whether a campaign may be shown to this shopper now
 *
 * Rules are asked in the order of docs/CAMPAIGNS.md, and the first that says no is the answer to
 * "why not?". Those that cost little come first, by and large. What is on the page already is asked
 * only whether it still applies at all: it would be odd to take off what somebody reads because a
 * minute is over.
 *
 * A campaign whose experiment gave the shopper another arm goes on through the rules as if it had
 * not, since whether they would have seen it is what an exposure is.
 */
#include "decisions/round.h"

#include "base/fixed.h"
#include "decisions/experiments.h"
#include "decisions/local_time.h"
#include "decisions/offers.h"
#include "format/layout_plan.h"

/* What a rule says: it may have something to say about when, or which. */
typedef struct answer {
    sotto_rule rule;               /* SOTTO_SHOWN: nothing against it */
    uint32_t   detail;
} answer;

static const answer passes = {SOTTO_SHOWN, 0};

static answer refuse(sotto_rule rule, uint32_t detail)
{
    return (answer){rule, detail};
}

/* A campaign while it is asked about. */
typedef struct applying {
    uint32_t                     index;
    sotto_campaign               campaign;
    sotto_campaign_strings       strings;
    const sotto_ledger_campaign *entry;      /* NULL: it was never shown */
    sotto_offer                  offer;      /* if the campaign has one */
    bool                         showing;
} applying;

/* ---- 1 to 3: dates, consent, holdout --------------------------------------------------------- */

static answer ask_dates(sotto_round *round, const applying *applicant)
{
    uint32_t now_s = round->moment->now_s;
    const sotto_campaign *campaign = &applicant->campaign;
    if (campaign->ends_s != 0 && now_s >= campaign->ends_s) {
        return refuse(SOTTO_VERDICT_DATES, 0);
    }
    if (now_s < campaign->starts_s) {
        return refuse(SOTTO_VERDICT_DATES, campaign->starts_s);
    }
    return passes;
}

static bool trigger_remembers(uint32_t kind)
{
    return kind == SOTTO_ON_VIEWED_NOT_ADDED || kind == SOTTO_ON_CART_IDLE ||
           kind == SOTTO_ON_VISIT || kind == SOTTO_ON_RETURN || kind == SOTTO_ON_BACK_IN_STOCK ||
           kind == SOTTO_ON_PRICE_DROP;
}

/* Whether a campaign means something only where showings and history are remembered. */
static bool needs_memory(const sotto_campaign *campaign)
{
    bool needs = (campaign->cap_session | campaign->cap_day | campaign->cap_ever |
                  campaign->pause_dismissed_s | campaign->pause_purchase_s |
                  campaign->pause_shown_s | campaign->group) != 0 ||
                 campaign->experiment != SOTTO_NONE || sotto_campaign_interrupts(campaign);
    for (uint32_t i = 0; i < campaign->trigger_count; i++) {
        needs |= trigger_remembers(campaign->triggers[i].kind);
    }
    return needs;
}

static answer ask_consent(const sotto_round *round, const applying *applicant)
{
    if (round->moment->ledger == NULL &&
        (applicant->campaign.flags & SOTTO_WITHOUT_CONSENT) == 0 &&
        needs_memory(&applicant->campaign)) {
        return refuse(SOTTO_VERDICT_CONSENT, 0);
    }
    return passes;
}

/* ---- 5 to 7: trigger, offer, experiment ------------------------------------------------------ */

static answer ask_trigger(sotto_round *round, const applying *applicant, sotto_verdict *verdict)
{
    uint32_t last_s = applicant->entry != NULL ? applicant->entry->shown_s : 0;
    sotto_firing firing = sotto_triggers_fire(round->moment, &round->looks, &applicant->campaign,
                                              last_s);
    if (firing.fired) {
        verdict->subject = firing.subject;
        return passes;
    }
    sotto_verdicts *verdicts = round->verdicts;
    if (firing.active_s != 0 &&
        (verdicts->next_active_s == 0 || firing.active_s < verdicts->next_active_s)) {
        verdicts->next_active_s = firing.active_s;
    }
    return refuse(SOTTO_VERDICT_TRIGGER, firing.at_s);
}

static answer ask_offer(const sotto_round *round, applying *applicant)
{
    if (applicant->campaign.offer == SOTTO_NONE) {
        return passes;
    }
    applicant->offer = sotto_offer_get(round->moment->plan, applicant->campaign.offer);
    return sotto_offer_stands(round->moment, &applicant->offer) ? passes
                                                                : refuse(SOTTO_VERDICT_OFFER, 0);
}

/* Which arm the shopper is in is worked out once for all campaigns of the experiment. */
static uint32_t arm_in(sotto_round *round, uint32_t experiment)
{
    enum { NOT_ASKED = 0, NONE = UINT8_MAX };
    uint8_t *known = &round->asked_arms[experiment];
    if (*known == NOT_ASKED) {
        uint32_t arm = sotto_experiment_arm(round->moment, experiment);
        *known = arm == SOTTO_NO_ARM ? NONE : (uint8_t)(arm + 1);
    }
    return *known == NONE ? SOTTO_NO_ARM : *known - 1u;
}

static answer ask_experiment(sotto_round *round, const applying *applicant,
                             sotto_verdict *verdict)
{
    if (applicant->campaign.experiment == SOTTO_NONE) {
        return passes;
    }
    verdict->arm = arm_in(round, applicant->campaign.experiment);
    if (verdict->arm == SOTTO_NO_ARM || (applicant->campaign.arms >> verdict->arm & 1) == 0) {
        return refuse(SOTTO_VERDICT_EXPERIMENT, verdict->arm);
    }
    return passes;
}

/* ---- 8 to 13: hours, pauses, caps ------------------------------------------------------------ */

static answer ask_hours(sotto_round *round, const applying *applicant)
{
    const sotto_moment *moment = round->moment;
    uint32_t from = applicant->campaign.from_minute;
    uint32_t to = applicant->campaign.to_minute;
    if (sotto_minute_within(moment->minute_of_day, from, to)) {
        return passes;
    }
    return refuse(SOTTO_VERDICT_HOURS,
                  sotto_minute_next_s(moment->now_s, moment->scene->utc_offset_min, from));
}

/* Until when a pause lasts that began at `time_s`, 0 if it is over, or never began. */
static uint32_t pause_end_s(const sotto_moment *moment, uint32_t time_s, uint32_t pause_s)
{
    if (time_s == 0 || sotto_age_s(time_s, moment->now_s) >= pause_s) {
        return 0;
    }
    return sotto_u32_saturate((uint64_t)time_s + pause_s);
}

static answer ask_pause(const sotto_round *round, const applying *applicant)
{
    const sotto_campaign *campaign = &applicant->campaign;
    const sotto_moment *moment = round->moment;
    uint32_t until_s = 0;
    if (moment->ledger != NULL) {
        until_s = pause_end_s(moment, moment->ledger->order_s, campaign->pause_purchase_s);
    }
    if (applicant->entry != NULL) {
        uint32_t dismissed_s = pause_end_s(moment, applicant->entry->dismissed_s,
                                           campaign->pause_dismissed_s);
        uint32_t shown_s = pause_end_s(moment, applicant->entry->shown_s,
                                       campaign->pause_shown_s);
        until_s = sotto_max_u32(until_s, sotto_max_u32(dismissed_s, shown_s));
    }
    return until_s == 0 ? passes : refuse(SOTTO_VERDICT_PAUSE, until_s);
}

/* When a day with a cap ends; one behind the last that was counted is full until that begins. */
static uint32_t day_cap_end_s(const sotto_moment *moment, uint32_t last_day)
{
    uint32_t day = last_day > moment->day ? last_day - 1 : moment->day;
    return sotto_day_end_s(day, moment->scene->utc_offset_min);
}

/* A count that is at its top has reached every cap. */
static bool is_reached(uint32_t count, uint32_t cap, uint32_t top)
{
    return cap != 0 && count >= sotto_min_u32(cap, top);
}

static answer ask_caps(const sotto_round *round, const applying *applicant)
{
    const sotto_campaign *campaign = &applicant->campaign;
    const sotto_ledger_campaign *entry = applicant->entry;
    const sotto_moment *moment = round->moment;
    if (entry == NULL) {
        return passes;
    }
    int32_t offset_min = moment->scene->utc_offset_min;
    uint32_t session = sotto_ledger_session_showings(entry, moment->profile);
    if (is_reached(session, campaign->cap_session, UINT8_MAX)) {
        return refuse(SOTTO_VERDICT_CAP_SESSION, 0);
    }
    uint32_t day = sotto_ledger_day_showings(entry, moment->day, offset_min);
    uint32_t last_day = sotto_day_of(entry->shown_s, offset_min);
    if (is_reached(last_day > moment->day ? UINT32_MAX : day, campaign->cap_day, UINT8_MAX)) {
        return refuse(SOTTO_VERDICT_CAP_DAY, day_cap_end_s(moment, last_day));
    }
    if (is_reached(entry->ever, campaign->cap_ever, UINT16_MAX)) {
        return refuse(SOTTO_VERDICT_CAP_EVER, 0);
    }
    return passes;
}

/* How often campaigns of a place were shown in this session, and today; see day_cap_end_s. */
static sotto_round_place sum_showings(const sotto_round *round, uint32_t place)
{
    const sotto_moment *moment = round->moment;
    int32_t offset_min = moment->scene->utc_offset_min;
    sotto_round_place sums = {.known = true};
    for (uint32_t i = 0; i < moment->plan->campaign_count; i++) {
        const sotto_ledger_campaign *entry = sotto_round_entry(round, i);
        if (entry != NULL && sotto_campaign_place(moment->plan, i) == place) {
            bool ahead = sotto_day_of(entry->shown_s, offset_min) > moment->day;
            sums.session += sotto_ledger_session_showings(entry, moment->profile);
            sums.day += ahead ? UINT16_MAX
                              : sotto_ledger_day_showings(entry, moment->day, offset_min);
        }
    }
    return sums;
}

/* The same, once for each of the first places that have a cap. */
static sotto_round_place showings_at(sotto_round *round, uint32_t number, uint32_t place)
{
    if (number >= SOTTO_ROUND_PLACES) {
        return sum_showings(round, place);
    }
    if (!round->places[number].known) {
        round->places[number] = sum_showings(round, place);
    }
    return round->places[number];
}

static answer ask_place_caps(sotto_round *round, const applying *applicant)
{
    const sotto_plan *plan = round->moment->plan;
    const sotto_plan_rules *rules = &plan->rules;
    if (rules->place_count == 0) {
        return passes;
    }
    uint32_t place = sotto_campaign_place(plan, applicant->index);
    for (uint32_t i = 0; i < rules->place_count; i++) {
        const uint8_t *row = rules->places + SOTTO_DECI_PLACE_SIZE * (size_t)i;
        if (sotto_load_u16(row) != place) {
            continue;
        }
        sotto_round_place sums = showings_at(round, i, place);
        if (is_reached(sums.session, sotto_load_u16(row + 2), UINT16_MAX) ||
            is_reached(sums.day, sotto_load_u16(row + 4), UINT16_MAX)) {
            return refuse(SOTTO_VERDICT_PLACE_CAP, 0);
        }
    }
    return passes;
}

/* ---- 14: items ------------------------------------------------------------------------------- */

static sotto_status count_items(sotto_round *round, uint32_t slot_string, uint32_t *count)
{
    const sotto_moment *moment = round->moment;
    const sotto_scene *scene = moment->scene;
    sotto_slot slot;
    sotto_answer picks = {.count = 0};
    sotto_status status = SOTTO_OK;
    sotto_text name = sotto_plan_text(moment->plan, slot_string);
    if (sotto_slot_find(moment->bundle, name.bytes, name.size, &slot) == SOTTO_OK) {
        const sotto_context context = {
            .now_s = moment->now_s,
            .page_items = scene->page_items, .page_item_count = scene->page_item_count,
            .cart_items = scene->cart_items, .cart_item_count = scene->cart_item_count,
            .cart_given = scene->cart_given, .shelf = scene->shelf,
        };
        status = sotto_decide(moment->bundle, moment->profile, &context, &slot, round->scratch,
                              round->scratch_size, &picks);
    }
    *count = picks.count;
    return status;
}

/* Slots are decided once, however many campaigns show them. */
static sotto_status items_of(sotto_round *round, uint32_t slot_string, uint32_t *count)
{
    for (uint32_t i = 0; i < round->slot_count; i++) {
        if (round->slots[i].string == slot_string) {
            *count = round->slots[i].count;
            return SOTTO_OK;
        }
    }
    sotto_status status = count_items(round, slot_string, count);
    if (status == SOTTO_OK && round->slot_count < SOTTO_ROUND_SLOTS) {
        round->slots[round->slot_count++] =
            (sotto_round_slot){(uint16_t)slot_string, (uint16_t)*count};
    }
    return status;
}

static sotto_status ask_items(sotto_round *round, const applying *applicant,
                              const sotto_verdict *verdict, answer *said)
{
    const sotto_campaign *campaign = &applicant->campaign;
    bool has_own = verdict->subject != SOTTO_NO_ITEM ||
                   (campaign->offer != SOTTO_NONE && applicant->offer.item_count != 0);
    *said = passes;
    if (applicant->strings.slot == 0 || campaign->least_items == 0 || has_own) {
        return SOTTO_OK;
    }
    uint32_t count = 0;
    sotto_status status = items_of(round, applicant->strings.slot, &count);
    if (count < campaign->least_items) {
        *said = refuse(SOTTO_VERDICT_ITEMS, 0);
    }
    return status;
}

/* ---- All of them ----------------------------------------------------------------------------- */

/* Rules 1 to 7, which say whether the campaign is for this shopper and this moment. */
static answer ask_whether(sotto_round *round, applying *applicant, sotto_verdict *verdict)
{
    answer said = ask_dates(round, applicant);
    if (said.rule == SOTTO_SHOWN) {
        said = ask_consent(round, applicant);
    }
    if (said.rule == SOTTO_SHOWN && round->held_out) {
        said = refuse(SOTTO_VERDICT_HOLDOUT, 0);
    }
    if (said.rule == SOTTO_SHOWN && applicant->campaign.when.bytes != NULL &&
        !sotto_program_run(round->moment, applicant->campaign.when)) {
        said = refuse(SOTTO_VERDICT_WHEN, 0);
    }
    if (said.rule == SOTTO_SHOWN && !applicant->showing) {
        said = ask_trigger(round, applicant, verdict);
    }
    if (said.rule == SOTTO_SHOWN) {
        said = ask_offer(round, applicant);
    }
    if (said.rule == SOTTO_SHOWN) {
        said = ask_experiment(round, applicant, verdict);
    }
    return said;
}

/* Rules 8 to 14, which say whether it is not too much. */
static sotto_status ask_how_much(sotto_round *round, const applying *applicant,
                                 const sotto_verdict *verdict, answer *said)
{
    *said = ask_hours(round, applicant);
    if (said->rule == SOTTO_SHOWN) {
        *said = ask_pause(round, applicant);
    }
    if (said->rule == SOTTO_SHOWN) {
        *said = ask_caps(round, applicant);
    }
    if (said->rule == SOTTO_SHOWN) {
        *said = ask_place_caps(round, applicant);
    }
    if (said->rule != SOTTO_SHOWN) {
        return SOTTO_OK;
    }
    return ask_items(round, applicant, verdict, said);
}

/*
 * The order of docs/CAMPAIGNS.md section 5 as one number: showing, priority, how often, when,
 * which.
 *
 *     1 | 7 | 16 | 32 | 8 bits
 */
static uint64_t order_of(const applying *applicant, bool showing)
{
    const sotto_ledger_campaign *entry = applicant->entry;
    uint64_t order = (showing ? 0 : 1);
    order = order << 7 | (SOTTO_PLAN_MAX_PRIORITY - applicant->campaign.priority);
    order = order << 16 | (entry != NULL ? entry->ever : 0);
    order = order << 32 | (entry != NULL ? entry->shown_s : 0);
    return order << 8 | applicant->index;
}

static void add_contender(sotto_round *round, const applying *applicant, bool absent)
{
    const sotto_campaign *campaign = &applicant->campaign;
    bool showing = applicant->showing && !absent;
    round->contenders[round->contender_count++] = (sotto_contender){
        .order = order_of(applicant, showing),
        .place = sotto_campaign_place(round->moment->plan, applicant->index),
        .group = (uint8_t)campaign->group,
        .showing = showing,
        .interrupts = sotto_campaign_interrupts(campaign),
        .absent = absent,
    };
}

static bool is_unplaced(const sotto_moment *moment, uint32_t index)
{
    const uint32_t *unplaced = moment->scene->unplaced;
    return unplaced != NULL && (unplaced[index / 32] >> index % 32 & 1) != 0;
}

/* What ends by itself may be taken off then. */
static void wake_at_ends(sotto_round *round, const applying *applicant)
{
    sotto_round_wake(round, applicant->campaign.ends_s);
    if (applicant->campaign.offer != SOTTO_NONE) {
        sotto_round_wake(round, applicant->offer.ends_s);
    }
}

sotto_status sotto_eligibility_ask(sotto_round *round, uint32_t index)
{
    applying applicant;
    sotto_verdict *verdict = &round->verdicts->list[index];
    *verdict = (sotto_verdict){.arm = SOTTO_NO_ARM, .subject = SOTTO_NO_ITEM};
    sotto_campaign_read(round->moment->plan, index, &applicant.campaign, &applicant.strings);
    applicant.index = index;
    applicant.entry = sotto_round_entry(round, index);
    applicant.showing = sotto_round_is_showing(round, index);

    answer said = ask_whether(round, &applicant, verdict);
    bool absent = said.rule == SOTTO_VERDICT_EXPERIMENT && verdict->arm != SOTTO_NO_ARM;
    bool goes_on = said.rule == SOTTO_SHOWN || absent;
    answer more = passes;
    if (goes_on && (absent || !applicant.showing)) {
        sotto_status status = ask_how_much(round, &applicant, verdict, &more);
        if (status != SOTTO_OK) {
            return status;
        }
        if (more.rule == SOTTO_SHOWN && is_unplaced(round->moment, index)) {
            more = refuse(SOTTO_VERDICT_PLACE, SOTTO_NONE);
        }
    }
    if (!absent && goes_on) {
        said = more;
    }
    verdict->rule = said.rule;
    verdict->detail = said.detail;
    if (said.rule == SOTTO_VERDICT_DATES || said.rule == SOTTO_VERDICT_TRIGGER ||
        (said.rule >= SOTTO_VERDICT_HOURS && said.rule <= SOTTO_VERDICT_CAP_DAY)) {
        sotto_round_wake(round, said.detail);
    }
    if (goes_on && more.rule == SOTTO_SHOWN) {
        wake_at_ends(round, &applicant);
        add_contender(round, &applicant, absent);
    }
    return SOTTO_OK;
}

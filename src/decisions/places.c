/*
 * places.c - rules 15 to 18: campaigns that may be shown, against each other
 *
 * They stand in line, and each in turn is asked whether there is room for it beside those that went
 * before:
 *
 *     showing | priority 80 | 50, shown 3 times | 50, shown 4 times, Monday | 50, 4 times, Friday
 *
 * So campaigns of equal priority take turns: whoever was shown goes behind those that were shown
 * less often. What is on the page stays in front, or campaigns would push each other off it.
 */
#include "decisions/round.h"

#include "base/fixed.h"
#include "decisions/experiments.h"
#include "decisions/local_time.h"

/* What was taken so far. */
typedef struct takings {
    uint32_t count;
    uint8_t  contenders[SOTTO_MAX_CAMPAIGNS];
    uint32_t interrupting;         /* of those that were not showing already */
} takings;

/* Few pass, and mostly in the order of the site file. */
static void line_up(sotto_round *round)
{
    sotto_contender *line = round->contenders;
    for (uint32_t i = 1; i < round->contender_count; i++) {
        sotto_contender one = line[i];
        uint32_t at = i;
        for (; at > 0 && one.order < line[at - 1].order; at--) {
            line[at] = line[at - 1];
        }
        line[at] = one;
    }
}

/* ---- The rules ------------------------------------------------------------------------------- */

/* Until when interrupting has to wait, UINT32_MAX if time alone does not help; 0 if it need not. */
static uint32_t ceiling_s(const sotto_round *round, const takings *taken)
{
    const sotto_moment *moment = round->moment;
    const sotto_plan_rules *rules = &moment->plan->rules;
    const sotto_ledger *ledger = moment->ledger;
    uint32_t session = taken->interrupting;
    uint32_t day = taken->interrupting;
    int32_t offset_min = moment->scene->utc_offset_min;
    if (ledger != NULL) {
        bool same = ledger->session_start_s == moment->profile->session_start_s;
        session += same ? ledger->session_count : 0;
        day += ledger->day == moment->day ? ledger->day_count : 0;
    }
    if (rules->ceiling_session != 0 && session >= rules->ceiling_session) {
        return UINT32_MAX;
    }
    if (rules->ceiling_day != 0 && ledger != NULL && ledger->day > moment->day) {
        return sotto_day_end_s(ledger->day - 1, offset_min);
    }
    if (rules->ceiling_day != 0 && day >= rules->ceiling_day) {
        return sotto_day_end_s(moment->day, offset_min);
    }
    if (taken->interrupting != 0 && rules->gap_s != 0) {
        return sotto_u32_saturate((uint64_t)moment->now_s + rules->gap_s);
    }
    if (ledger == NULL) {
        return 0;
    }
    if (ledger->interrupted_s != 0 &&
        sotto_age_s(ledger->interrupted_s, moment->now_s) < rules->gap_s) {
        return sotto_u32_saturate((uint64_t)ledger->interrupted_s + rules->gap_s);
    }
    if (ledger->order_s != 0 &&
        sotto_age_s(ledger->order_s, moment->now_s) < rules->after_purchase_s) {
        return sotto_u32_saturate((uint64_t)ledger->order_s + rules->after_purchase_s);
    }
    return 0;
}

/* The campaign that has taken a contender's group, or its place; SOTTO_NONE if none has. */
static uint32_t find_taken(const sotto_round *round, const takings *taken,
                           const sotto_contender *contender, bool by_group)
{
    for (uint32_t i = 0; i < taken->count; i++) {
        const sotto_contender *other = &round->contenders[taken->contenders[i]];
        if (by_group ? contender->group != 0 && other->group == contender->group
                     : other->place == contender->place) {
            return sotto_contender_index(other);
        }
    }
    return SOTTO_NONE;
}

static sotto_rule ask(const sotto_round *round, const takings *taken,
                      const sotto_contender *contender, uint32_t *detail)
{
    const sotto_moment *moment = round->moment;
    const sotto_plan_rules *rules = &moment->plan->rules;
    if (contender->interrupts && !contender->showing) {
        if (rules->quiet_from != rules->quiet_to &&
            sotto_minute_within(moment->minute_of_day, rules->quiet_from, rules->quiet_to)) {
            *detail = sotto_minute_next_s(moment->now_s, moment->scene->utc_offset_min,
                                          rules->quiet_to);
            return SOTTO_VERDICT_QUIET;
        }
        *detail = ceiling_s(round, taken);
        if (*detail != 0) {
            *detail = *detail == UINT32_MAX ? 0 : *detail;
            return SOTTO_VERDICT_CEILING;
        }
    }
    *detail = find_taken(round, taken, contender, true);
    if (*detail != SOTTO_NONE) {
        return SOTTO_VERDICT_GROUP;
    }
    *detail = find_taken(round, taken, contender, false);
    if (*detail != SOTTO_NONE) {
        return SOTTO_VERDICT_PLACE;
    }
    *detail = 0;
    return SOTTO_SHOWN;
}

/* Whether seeing this, or that it would have been seen, is an exposure that counts. */
static bool is_exposure(const sotto_round *round, uint32_t index, uint32_t arm)
{
    const sotto_moment *moment = round->moment;
    sotto_campaign campaign;
    sotto_campaign_strings strings;
    uint32_t forced;
    sotto_campaign_read(moment->plan, index, &campaign, &strings);
    if (moment->ledger == NULL || arm == SOTTO_NO_ARM || campaign.experiment == SOTTO_NONE) {
        return false;
    }
    sotto_experiment experiment = sotto_experiment_get(moment->plan, campaign.experiment);
    const sotto_ledger_arm *known =
        sotto_ledger_arm_find(moment->ledger, sotto_arm_key(&experiment, arm));
    return !sotto_experiment_is_forced(moment, &experiment, &forced) &&
           sotto_exposure_is_new(known, moment->profile, experiment.allocation);
}

void sotto_places_take(sotto_round *round)
{
    takings taken = {.count = 0};
    line_up(round);
    for (uint32_t i = 0; i < round->contender_count; i++) {
        const sotto_contender *contender = &round->contenders[i];
        uint32_t index = sotto_contender_index(contender);
        sotto_verdict *verdict = &round->verdicts->list[index];
        uint32_t detail;
        sotto_rule rule = ask(round, &taken, contender, &detail);
        verdict->exposed = rule == SOTTO_SHOWN && verdict->arm != SOTTO_NO_ARM &&
                           is_exposure(round, index, verdict->arm);
        if (contender->absent) {
            continue;
        }
        verdict->rule = rule;
        verdict->detail = detail;
        if (rule == SOTTO_SHOWN) {
            taken.contenders[taken.count++] = (uint8_t)i;
            taken.interrupting += contender->interrupts && !contender->showing;
        } else if (rule == SOTTO_VERDICT_QUIET || rule == SOTTO_VERDICT_CEILING) {
            sotto_round_wake(round, detail);
        }
    }
}

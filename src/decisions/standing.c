/*
 * standing.c - recency, frequency, lifecycle
 *
 * RFM puts those who bought into nine cells, by when they bought last and how much; the bounds are
 * the shop's own thirds. Lifecycle looks at visits as well: somebody who usually comes every other
 * day is at risk after three weeks, somebody who comes twice a year is not.
 *
 *     created    visit     visit          last event       now
 *        |---------|---------|---------------|--------------|
 *         typical pause = (last event - created) / pauses       age
 */
#include "decisions/standing.h"

enum { DAY_S = 86400, LOYAL_ORDERS = 3, LOYAL_VISITS = 10 };

static sotto_text word(const char *terminated)
{
    sotto_text text = {terminated, 0};
    while (terminated[text.size] != '\0') {
        text.size++;
    }
    return text;
}

static uint32_t orders_of(const sotto_moment *moment)
{
    return moment->ledger ? moment->ledger->order_count : 0;
}

uint32_t sotto_recency_cell(const sotto_moment *moment)
{
    const uint32_t *most_s = moment->plan->rules.recency_s;
    if (orders_of(moment) == 0) {
        return 0;
    }
    uint32_t age_s = sotto_age_s(moment->ledger->order_s, moment->now_s);
    return age_s <= most_s[0] ? 3 : age_s <= most_s[1] ? 2 : 1;
}

uint32_t sotto_frequency_cell(const sotto_moment *moment)
{
    const sotto_plan_rules *rules = &moment->plan->rules;
    const uint32_t *least = rules->by_spent ? rules->spent : rules->orders;
    if (orders_of(moment) == 0) {
        return 0;
    }
    uint32_t value = rules->by_spent ? moment->ledger->spent : moment->ledger->order_count;
    return value >= least[1] ? 3 : value >= least[0] ? 2 : 1;
}

sotto_text sotto_rfm_name(const sotto_moment *moment)
{
    /* By recency, then frequency, from 1 on. */
    static const char names[3][3][16] = {
        {"lost", "fading", "cannot-lose"},
        {"curious", "regular", "loyal"},
        {"new-customer", "promising", "champion"},
    };
    uint32_t recency = sotto_recency_cell(moment);
    return recency == 0 ? word("") : word(names[recency - 1][sotto_frequency_cell(moment) - 1]);
}

bool sotto_last_visit(const sotto_moment *moment, uint32_t *time_s)
{
    for (uint32_t age = 0; age < moment->event_count; age++) {
        if (moment->event_times_s[age] < moment->session_start_s) {
            *time_s = moment->event_times_s[age];
            return true;
        }
    }
    return false;
}

/* Between the visits before this one, on average; of one visit nothing is known. */
static uint64_t typical_pause_s(const sotto_profile *profile, uint32_t last_s)
{
    uint32_t pause_s = 7 * DAY_S;
    if (profile->session_count <= 2) {
        return pause_s;
    }
    return sotto_max_u32(pause_s,
                         sotto_age_s(profile->created_s, last_s) / (profile->session_count - 2));
}

sotto_text sotto_lifecycle_name(const sotto_moment *moment)
{
    uint32_t visits = moment->profile ? moment->profile->session_count : 0;
    uint32_t last_s;
    if (sotto_last_visit(moment, &last_s)) {
        uint64_t age_s = moment->now_s - last_s;
        uint64_t pause_s = typical_pause_s(moment->profile, last_s);
        if (age_s > 60 * DAY_S && age_s > 2 * pause_s) {
            return word("lost");
        }
        if (age_s > 21 * DAY_S && 2 * age_s > 3 * pause_s) {
            return word("at-risk");
        }
    }
    if (orders_of(moment) >= LOYAL_ORDERS || visits >= LOYAL_VISITS) {
        return word("loyal");
    }
    return visits <= 1 && orders_of(moment) == 0 ? word("new") : word("active");
}

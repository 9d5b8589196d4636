/*
 * standing.c - recency, frequency, lifecycle
 *
 * RFM puts those who bought into nine cells, by when they bought last and how much; the bounds are
 * the shop's own thirds. Lifecycle looks at visits as well: somebody who usually comes every week
 * is at risk after three, somebody who comes twice a year is not.
 *
 *     created    visit     visit          last event       now
 *        |---------|---------|---------------|--------------|
 *                    pauses                        age
 *
 * Of one or two pauses little can be told, so the shop's own rhythm, which was learned from its
 * logs, counts as one more of them: typical = (last event - created + rhythm) / (pauses + 1). Six
 * such pauses, and half of that, were found on the logs of two shops (docs/QUALITY.md).
 */
#include "decisions/standing.h"

enum { DAY_S = 86400, LOYAL_ORDERS = 3, LOYAL_VISITS = 10, LEAST_PAUSE_S = 7 * DAY_S,
       LOST_PAUSES = 6 };

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

/*
 * A profile older than the shop's retention that remembers nothing of before this session: when
 * this began, all was older than that and was dropped. A full history may have dropped it for room.
 */
static bool is_forgotten(const sotto_moment *moment, uint32_t *time_s)
{
    uint32_t retention_s = moment->bundle->campaigns.site.retention_s;
    uint32_t start_s = moment->session_start_s;
    if (moment->profile == NULL || moment->profile->session_count <= 1
        || moment->event_count == SOTTO_PROFILE_EVENTS || start_s <= retention_s
        || moment->profile->created_s >= start_s - retention_s) {
        return false;
    }
    *time_s = start_s - retention_s - 1;
    return true;
}

bool sotto_last_visit(const sotto_moment *moment, uint32_t *time_s)
{
    for (uint32_t age = 0; age < moment->event_count; age++) {
        if (moment->event_times_s[age] < moment->session_start_s) {
            *time_s = moment->event_times_s[age];
            return true;
        }
    }
    return is_forgotten(moment, time_s);
}

/* Between the visits before this one, on average, and one pause of the shop's. */
static uint64_t typical_pause_s(const sotto_moment *moment, uint32_t last_s)
{
    const sotto_profile *profile = moment->profile;
    uint64_t sum_s = moment->plan->rules.rhythm_s;
    uint32_t count = 1;
    if (profile->session_count > 2) {
        sum_s += sotto_age_s(profile->created_s, last_s);
        count = profile->session_count - 1;
    }
    uint64_t pause_s = sum_s / count;
    return pause_s > LEAST_PAUSE_S ? pause_s : LEAST_PAUSE_S;
}

/* Six such pauses, but no longer than the device remembers. */
static uint64_t lost_after_s(const sotto_moment *moment, uint32_t last_s)
{
    uint64_t lost_s = LOST_PAUSES * typical_pause_s(moment, last_s);
    uint64_t retention_s = moment->bundle->campaigns.site.retention_s;
    return lost_s < retention_s ? lost_s : retention_s;
}

sotto_text sotto_lifecycle_name(const sotto_moment *moment)
{
    uint32_t visits = moment->profile ? moment->profile->session_count : 0;
    uint32_t last_s;
    if (sotto_last_visit(moment, &last_s)) {
        uint64_t age_s = moment->now_s - last_s;
        uint64_t lost_s = lost_after_s(moment, last_s);
        if (age_s > lost_s) {
            return word("lost");
        }
        if (age_s > lost_s / 2) {
            return word("at-risk");
        }
    }
    if (orders_of(moment) >= LOYAL_ORDERS || visits >= LOYAL_VISITS) {
        return word("loyal");
    }
    return visits <= 1 && orders_of(moment) == 0 ? word("new") : word("active");
}

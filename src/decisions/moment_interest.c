/*
 * moment_interest.c - how much of a shopper's interest something has
 *
 * What an event gives to a category it gives to the parent by half, to its parent by a quarter. So
 * a category's value, halved once for each category above it, is what it gave to the one at the
 * top, and all interest there is is what the top ones have:
 *
 *     share = value / 2^(categories above) / sum of the top categories' values
 *
 * Brands stand side by side: a brand's share is its value by the sum of all.
 */
#include "decisions/decimal.h"
#include "decisions/moment.h"
#include "profile/decay.h"

static uint32_t faded(const sotto_moment *moment, const sotto_profile_interest_entry *entry)
{
    uint32_t half_life_s = moment->bundle->campaigns.site.interest_half_life_s;
    return sotto_decay(entry->value, sotto_age_s(entry->time_s, moment->now_s), half_life_s);
}

static uint32_t interest_in(const sotto_moment *moment, sotto_profile_table table, uint64_t key)
{
    const sotto_profile_interest_entry *entry = sotto_profile_find(moment->profile, table, key);
    return entry ? faded(moment, entry) : 0;
}

static void sum_up(sotto_moment *moment)
{
    const sotto_bundle *bundle = moment->bundle;
    const sotto_profile *profile = moment->profile;
    uint32_t count = profile->category_count == 0 ? 0 : sotto_category_count(bundle);
    for (uint32_t category = 0; category < count; category++) {
        if (sotto_category_parent(bundle, category) == SOTTO_NONE) {
            uint64_t key = sotto_category_key(bundle, category);
            moment->category_interest += interest_in(moment, SOTTO_CATEGORY_TABLE, key);
        }
    }
    for (uint32_t i = 0; i < profile->brand_count; i++) {
        moment->brand_interest += faded(moment, &profile->brands[i]);
    }
    moment->has_interest = true;
}

int64_t sotto_interest_share(sotto_moment *moment, uint32_t key)
{
    const sotto_plan *plan = moment->plan;
    uint64_t hash = sotto_plan_key_hash(plan, key);
    bool is_brand = plan->key_kinds[key] == SOTTO_KEY_BRAND;
    uint32_t category = is_brand ? SOTTO_NONE : plan->key_indexes[key];
    if (!moment->profile || (!is_brand && category == SOTTO_NONE)) {
        return 0;
    }
    if (!moment->has_interest) {
        sum_up(moment);
    }
    uint64_t all = is_brand ? moment->brand_interest : moment->category_interest;
    uint64_t value = interest_in(moment, is_brand ? SOTTO_BRAND_TABLE : SOTTO_CATEGORY_TABLE, hash);
    while (category != SOTTO_NONE
           && (category = sotto_category_parent(moment->bundle, category)) != SOTTO_NONE) {
        value /= 2;
    }
    if (value == 0 || value >= all) {
        return value == 0 ? 0 : SOTTO_DECIMAL_ONE;
    }
    return sotto_decimal_share(value, all);
}

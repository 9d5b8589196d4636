/*
 * interests.c - which categories and brands a shopper cares about
 *
 * Each event that meets an item adds to its category and its brand; looking adds one, buying four.
 * A category's parent gets half of what the category gets, its parent a quarter, and so on: who
 * looks at hiking boots cares a little about shoes. Between events an interest fades (decay.c).
 *
 *     value = min(64, faded value + gain)
 *
 * A table that is full forgets the interest that has faded most.
 */
#include "model/bundle.h"
#include "profile/decay.h"
#include "profile/profile.h"

/* By event kind; 0 for those that say nothing about taste. */
static const uint8_t gains[SOTTO_EVENT_KIND_LAST + 1] = {
    [SOTTO_VIEW] = 1, [SOTTO_CLICK] = 1, [SOTTO_CATEGORY_VIEW] = 1,
    [SOTTO_WISHLIST] = 2, [SOTTO_CART_ADD] = 3, [SOTTO_PURCHASE] = 4,
};

static uint32_t faded(const sotto_profile_interest_entry *entry, uint32_t now_s,
                      uint32_t half_life_s)
{
    return sotto_decay(entry->value, sotto_age_s(entry->time_s, now_s), half_life_s);
}

/* The entry to forget for a new one. */
static uint32_t most_faded(const sotto_entries *table, uint32_t now_s, uint32_t half_life_s)
{
    const sotto_profile_interest_entry *entries = table->entries;
    uint32_t least = 0;
    for (uint32_t i = 1; i < *table->count; i++) {
        if (faded(&entries[i], now_s, half_life_s) < faded(&entries[least], now_s, half_life_s)) {
            least = i;
        }
    }
    return least;
}

static void grow(const sotto_entries *table, uint64_t key, uint32_t gain, uint32_t now_s,
                 uint32_t half_life_s)
{
    sotto_profile_interest_entry *entry =
        sotto_entries_touch(table, key, most_faded(table, now_s, half_life_s));
    entry->value = sotto_min_u32(faded(entry, now_s, half_life_s) + gain, SOTTO_INTEREST_MAX);
    entry->time_s = now_s;
}

/* A category by its key: a walk over all names, taken only when a category page is looked at. */
static uint32_t category_find(const sotto_bundle *bundle, uint64_t key)
{
    uint32_t count = sotto_category_count(bundle);
    for (uint32_t category = 0; category < count; category++) {
        if (sotto_category_key(bundle, category) == key) {
            return category;
        }
    }
    return SOTTO_NONE;
}

void sotto_interests_grow(sotto_profile *profile, const sotto_bundle *bundle,
                          const sotto_event *event, uint32_t half_life_s)
{
    uint32_t gain = (uint32_t)gains[event->kind] << 16;
    sotto_entries categories = sotto_profile_entries(profile, SOTTO_CATEGORY_TABLE);
    uint32_t category = SOTTO_NONE;
    uint32_t brand = SOTTO_NONE;
    if (gain == 0) {
        return;
    }
    if (event->kind == SOTTO_CATEGORY_VIEW) {
        grow(&categories, event->item, gain, event->time_s, half_life_s);
        category = category_find(bundle, event->item);
        if (category != SOTTO_NONE) {
            category = sotto_category_parent(bundle, category);
            gain /= 2;
        }
    } else {
        uint32_t item = sotto_item_find_hash(bundle, event->item);
        if (item != SOTTO_NO_ITEM) {
            sotto_item_facts facts = sotto_item_get(bundle, item);
            category = facts.category;
            brand = facts.brand;
        }
    }
    if (brand != SOTTO_NONE) {
        sotto_entries brands = sotto_profile_entries(profile, SOTTO_BRAND_TABLE);
        grow(&brands, sotto_brand_key(bundle, brand), gain, event->time_s, half_life_s);
    }
    for (; category != SOTTO_NONE && gain > 0; gain /= 2) {
        grow(&categories, sotto_category_key(bundle, category), gain, event->time_s,
             half_life_s);
        category = sotto_category_parent(bundle, category);
    }
}

static bool read(const sotto_profile *profile, sotto_profile_table table, uint32_t number,
                 uint32_t now_s, uint32_t half_life_s, sotto_interest *interest)
{
    const sotto_profile_interest_entry *entry = sotto_profile_entry(profile, table, number);
    if (!entry) {
        return false;
    }
    *interest = (sotto_interest){entry->key, faded(entry, now_s, half_life_s), entry->time_s};
    return true;
}

bool sotto_profile_category(const sotto_profile *profile, uint32_t number, uint32_t now_s,
                            uint32_t half_life_s, sotto_interest *interest)
{
    return read(profile, SOTTO_CATEGORY_TABLE, number, now_s, half_life_s, interest);
}

bool sotto_profile_brand(const sotto_profile *profile, uint32_t number, uint32_t now_s,
                         uint32_t half_life_s, sotto_interest *interest)
{
    return read(profile, SOTTO_BRAND_TABLE, number, now_s, half_life_s, interest);
}

/*
 * purchases.c - what the shopper bought: when last, how often, how much
 */
#include "profile/profile.h"

void sotto_purchases_add(sotto_profile *profile, uint64_t item, uint32_t quantity,
                         uint32_t now_s)
{
    sotto_entries purchases = sotto_profile_entries(profile, SOTTO_PURCHASE_TABLE);
    sotto_profile_purchase_entry *entry = sotto_entries_touch(&purchases, item, 0);
    entry->times = (uint16_t)sotto_min_u32(entry->times + 1u, UINT16_MAX);
    entry->quantity = (uint16_t)sotto_min_u32(entry->quantity + quantity, SOTTO_QUANTITY_MAX);
    entry->time_s = now_s;
}

bool sotto_profile_purchase(const sotto_profile *profile, uint32_t number,
                            sotto_purchase *purchase)
{
    const sotto_profile_purchase_entry *entry =
        sotto_profile_entry(profile, SOTTO_PURCHASE_TABLE, number);
    if (!entry) {
        return false;
    }
    *purchase = (sotto_purchase){entry->item, entry->time_s, entry->times, entry->quantity};
    return true;
}

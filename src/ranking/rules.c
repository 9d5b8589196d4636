/*
 * rules.c - what the shop does not want shown in this slot
 *
 * A rule that cannot be applied does nothing: a range relative to a price nobody knows, the
 * category of a page without an item. An item that cannot be shown to keep a rule that does apply
 * (no price, no category) is left out. Without a catalogue no rule on facts applies.
 *
 * Percents need no rounding: both sides are compared in hundredths of the smallest unit of money.
 */
#include "ranking/rules.h"

/* Both ends are in the range. */
static bool in_range(uint64_t value, uint64_t low, uint64_t high)
{
    return value >= low && value <= high;
}

static bool admits_price(const sotto_slot *slot, uint32_t price, uint32_t page_price)
{
    bool absolute = slot->price_low > 0 || (slot->price_high > 0 && slot->price_high < UINT32_MAX);
    bool relative = slot->price_high_percent > 0 && page_price != SOTTO_NO_PRICE;
    if (price == SOTTO_NO_PRICE) {
        return !absolute && !relative && !(slot->filters & SOTTO_KEEP_PRICED);
    }
    return (!absolute || in_range(price, slot->price_low, slot->price_high))
        && (!relative || in_range((uint64_t)price * 100,
                                  (uint64_t)page_price * slot->price_low_percent,
                                  (uint64_t)page_price * slot->price_high_percent));
}

bool sotto_slot_rules_admit_facts(const sotto_request *request, uint32_t item)
{
    const sotto_slot *slot = request->slot;
    const sotto_bundle *bundle = request->bundle;
    if (!sotto_bundle_has(bundle, SOTTO_CATALOGUE)) {
        return true;
    }
    sotto_item_facts facts = sotto_item_get(bundle, item);
    if (!facts.listed || (!facts.in_stock && (slot->filters & SOTTO_SKIP_SOLD_OUT))) {
        return false;
    }
    sotto_item_facts page = sotto_request_page(request);
    return admits_price(slot, facts.price, page.price)
        && (!(slot->filters & SOTTO_KEEP_CATEGORY) || page.category == SOTTO_NONE
            || sotto_category_root(bundle, facts.category)
                   == sotto_category_root(bundle, page.category));
}

bool sotto_slot_rules_admit_item(const sotto_request *request, uint32_t item, uint64_t hash)
{
    const sotto_slot *slot = request->slot;
    return !(slot->filters & SOTTO_SKIP_EXCLUDED)
        || !(sotto_hashes_hold(slot->excluded, slot->excluded_count, hash)
             || sotto_rules_exclude(request->bundle, item));
}

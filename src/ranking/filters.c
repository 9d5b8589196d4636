/*
 * filters.c - what this shopper should not be shown again here
 *
 * The profile knows items by hash, and at most a few hundred of them; a slot shows at most 32. So
 * nothing is prepared or marked: each item that is about to be picked is held against the short
 * lists where they lie. An item the shopper dismissed, and has not touched since, is never shown,
 * whatever the bits say.
 */
#include "ranking/filters.h"

#include "profile/profile.h"

static bool holds(const uint32_t *items, uint32_t count, uint32_t item)
{
    for (uint32_t i = 0; i < count; i++) {
        if (items[i] == item) {
            return true;
        }
    }
    return false;
}

bool sotto_filters_admit_item(uint32_t bits, const sotto_request *request, uint32_t item)
{
    const sotto_context *context = request->context;
    if ((bits & SOTTO_SKIP_PAGE) && holds(context->page_items, context->page_item_count, item)) {
        return false;
    }
    return !(bits & SOTTO_SKIP_CART) || !context->cart_given
        || !holds(context->cart_items, context->cart_item_count, item);
}

static bool just_bought(const sotto_request *request, uint64_t hash)
{
    const sotto_profile_purchase_entry *purchase =
        sotto_profile_find(request->profile, SOTTO_PURCHASE_TABLE, hash);
    return purchase && sotto_age_s(purchase->time_s, request->context->now_s)
                           <= sotto_request_site(request)->just_bought_s;
}

static bool viewed(const sotto_request *request, uint64_t hash)
{
    uint32_t count = sotto_history_session(request->profile, request->context->now_s,
                                           sotto_request_site(request)->session_gap_s);
    for (uint32_t age = 0; age < count; age++) {
        const sotto_profile_event_entry *event = sotto_history_get(request->profile, age);
        if (event->item == hash && sotto_event_is_view(event->kind)) {
            return true;
        }
    }
    return false;
}

bool sotto_filters_admit_hash(uint32_t bits, const sotto_request *request, uint64_t hash)
{
    const sotto_profile *profile = request->profile;
    return !profile
        || (!((bits & SOTTO_SKIP_CART) && !request->context->cart_given
              && sotto_profile_find(profile, SOTTO_CART_TABLE, hash))
            && !((bits & SOTTO_SKIP_BOUGHT) && just_bought(request, hash))
            && !((bits & SOTTO_SKIP_VIEWED) && viewed(request, hash))
            && !sotto_history_dismissed(profile, hash));
}

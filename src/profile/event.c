/*
 * event.c - one thing the shopper did, folded into the profile
 *
 * Folding is the only way a profile changes by itself: the same events in the same order, with the
 * same bundle, give the same block. Each event goes into the history, and some of them elsewhere
 * too:
 *
 *     cart_add, cart_remove     the cart
 *     purchase                  out of the cart, into the purchases
 *     those that show a taste   interests in category and brand
 *
 * Time is what the event says. A gap to the event before, in either direction, begins a session,
 * and at the beginning of a session everything older than the shop's retention is dropped.
 */
#include "model/bundle.h"
#include "profile/profile.h"

/* Names by kind, as logs and pages write them: one text, so that no table of pointers is needed. */
static const char event_names[][14] = {
    "",         "view",     "click",    "search",        "cart_add", "cart_remove",
    "checkout", "purchase", "wishlist", "category_view", "dismiss",
};
_Static_assert(SOTTO_ARRAY_COUNT(event_names) == SOTTO_EVENT_KIND_LAST + 1, "a name for each kind");

const char *sotto_event_name(sotto_event_kind kind)
{
    return sotto_event_is_known(kind) ? event_names[kind] : NULL;
}

sotto_event_kind sotto_event_find(const char *name, size_t name_size)
{
    for (uint32_t kind = SOTTO_VIEW; kind <= SOTTO_EVENT_KIND_LAST; kind++) {
        const char *known = event_names[kind];
        if (name_size > 0 && name_size < sizeof event_names[kind] && known[name_size - 1] != '\0'
            && known[name_size] == '\0' && memcmp(name, known, name_size) == 0) {
            return (sotto_event_kind)kind;
        }
    }
    return (sotto_event_kind)0;
}

static void drop_all_old(sotto_profile *profile, uint32_t now_s, uint32_t retention_s)
{
    sotto_history_drop(profile, 0, now_s, retention_s);
    for (uint32_t table = 0; table < SOTTO_TABLE_COUNT; table++) {
        sotto_entries entries = sotto_profile_entries(profile, (sotto_profile_table)table);
        sotto_entries_drop_old(&entries, now_s, retention_s);
    }
}

static void begin_session_after_gap(sotto_profile *profile, uint32_t now_s,
                                    const sotto_site *site)
{
    uint32_t gap_s = now_s > profile->updated_s ? now_s - profile->updated_s
                                                : profile->updated_s - now_s;
    if (profile->event_total != 0 && gap_s <= site->session_gap_s) {
        return;
    }
    profile->session_start_s = now_s;
    profile->session_count++;
    drop_all_old(profile, now_s, site->retention_s);
}

void sotto_profile_fold(sotto_profile *profile, const sotto_bundle *bundle,
                        const sotto_event *event)
{
    if (!sotto_event_is_known(event->kind)) {
        return;
    }
    const sotto_site *site = &bundle->campaigns.site;
    begin_session_after_gap(profile, event->time_s, site);
    profile->updated_s = event->time_s;
    profile->event_total++;
    sotto_history_add(profile, event);

    uint32_t quantity = sotto_min_u32(event->quantity, SOTTO_QUANTITY_MAX);
    if (event->item != 0) {
        if (event->kind == SOTTO_CART_ADD) {
            sotto_cart_add(profile, event->item, sotto_max_u32(quantity, 1), event->time_s);
        } else if (event->kind == SOTTO_CART_REMOVE) {
            sotto_cart_remove(profile, event->item, quantity);
        } else if (event->kind == SOTTO_PURCHASE) {
            sotto_cart_remove(profile, event->item, 0);
            sotto_purchases_add(profile, event->item, sotto_max_u32(quantity, 1), event->time_s);
        }
        sotto_interests_grow(profile, bundle, event, site->interest_half_life_s);
    }
}

/*
 * arbiter_names.c - rules, blocks and triggers as site files and people name them
 */
#include "base/base.h"
#include "sotto.h"

const char *sotto_rule_name(uint32_t rule)
{
    static const char *const names[] = {
        [SOTTO_SHOWN] = "shown",
        [SOTTO_VERDICT_DATES] = "dates",
        [SOTTO_VERDICT_CONSENT] = "consent",
        [SOTTO_VERDICT_HOLDOUT] = "holdout",
        [SOTTO_VERDICT_WHEN] = "when",
        [SOTTO_VERDICT_TRIGGER] = "trigger",
        [SOTTO_VERDICT_OFFER] = "offer",
        [SOTTO_VERDICT_EXPERIMENT] = "experiment",
        [SOTTO_VERDICT_HOURS] = "hours",
        [SOTTO_VERDICT_PAUSE] = "pause",
        [SOTTO_VERDICT_CAP_SESSION] = "cap-session",
        [SOTTO_VERDICT_CAP_DAY] = "cap-day",
        [SOTTO_VERDICT_CAP_EVER] = "cap-ever",
        [SOTTO_VERDICT_PLACE_CAP] = "place-cap",
        [SOTTO_VERDICT_ITEMS] = "items",
        [SOTTO_VERDICT_QUIET] = "quiet",
        [SOTTO_VERDICT_CEILING] = "ceiling",
        [SOTTO_VERDICT_GROUP] = "group",
        [SOTTO_VERDICT_PLACE] = "place",
    };
    return rule < SOTTO_ARRAY_COUNT(names) ? names[rule] : NULL;
}

const char *sotto_block_name(uint32_t block)
{
    static const char *const names[] = {
        [SOTTO_CAROUSEL] = "carousel",
        [SOTTO_GRID] = "grid",
        [SOTTO_HERO] = "hero",
        [SOTTO_INLINE] = "inline",
        [SOTTO_POPUP] = "popup",
        [SOTTO_SLIDE_IN] = "slide-in",
        [SOTTO_BAR] = "bar",
        [SOTTO_SHIPPING_BAR] = "shipping-bar",
        [SOTTO_COUNTDOWN] = "countdown",
        [SOTTO_PROOF] = "proof",
        [SOTTO_CART_REMINDER] = "cart-reminder",
        [SOTTO_RECENT] = "recent",
        [SOTTO_QUIZ] = "quiz",
    };
    return block < SOTTO_ARRAY_COUNT(names) ? names[block] : NULL;
}

const char *sotto_trigger_name(uint32_t trigger)
{
    static const char *const names[] = {
        [SOTTO_ON_PAGE] = "page",
        [SOTTO_ON_DWELL] = "dwell",
        [SOTTO_ON_VIEWED_NOT_ADDED] = "viewed_not_added",
        [SOTTO_ON_CART_IDLE] = "cart_idle",
        [SOTTO_ON_CART_VALUE] = "cart_value",
        [SOTTO_ON_SCROLL] = "scroll",
        [SOTTO_ON_EXIT] = "exit",
        [SOTTO_ON_INACTIVE] = "inactive",
        [SOTTO_ON_VISIT] = "visit",
        [SOTTO_ON_RETURN] = "return",
        [SOTTO_ON_BACK_IN_STOCK] = "back_in_stock",
        [SOTTO_ON_PRICE_DROP] = "price_drop",
        [SOTTO_ON_NO_RESULTS] = "no_results",
        [SOTTO_ON_EVENT] = "event",
    };
    return trigger < SOTTO_ARRAY_COUNT(names) ? names[trigger] : NULL;
}

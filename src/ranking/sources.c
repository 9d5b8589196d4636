/*
 * sources.c - what a ranking starts from: items, and how much each of them counts
 *
 * The session of a shopper is made of the events that name an item and speak for it, the latest
 * first:
 *
 *     view, click               1.0
 *     cart_add, wishlist        event_weight_cart
 *     purchase                  event_weight_purchase
 *
 * A click that led to a view of the same item is that view. Items the bundle no longer knows, and
 * items the shopper dismissed afterwards, are passed over and take no place. Where the events end
 * before the model's history does, older purchases go on.
 */
#include "ranking/sources.h"

#include "profile/profile.h"

static sotto_source *find(sotto_sources *sources, uint32_t item)
{
    for (uint32_t i = 0; i < sources->count; i++) {
        if (sources->list[i].item == item) {
            return &sources->list[i];
        }
    }
    return NULL;
}

/* The source for an item, made if need be; NULL if there is no room. */
static sotto_source *find_or_add(sotto_sources *sources, uint32_t item)
{
    sotto_source *source = find(sources, item);
    if (!source && sources->count < SOTTO_MAX_SOURCES) {
        source = &sources->list[sources->count++];
        *source = (sotto_source){.item = item};
    }
    return source;
}

void sotto_sources_add_event(sotto_sources *sources, const sotto_parameters *parameters,
                             uint32_t item, uint32_t age, uint32_t weight)
{
    uint32_t before = sources->count;
    sotto_source *source = find_or_add(sources, item);
    if (sources->count > before) {
        source->repeat = parameters->repeat_weight[age];
    }
    uint64_t factor = ((uint64_t)parameters->position_weight[age] * weight) >> 16;
    source->factor[SOTTO_NEXT - 1] += (factor * parameters->next_mix) >> 16;
    source->factor[SOTTO_TOGETHER - 1] += (factor * parameters->together_mix) >> 16;
}

/* How many views an event counts as, Q16; 0 for events that do not speak for an item. */
static uint32_t event_weight(const sotto_parameters *parameters, uint32_t kind)
{
    return sotto_event_is_view(kind)                        ? SOTTO_Q16_ONE
         : kind == SOTTO_CART_ADD || kind == SOTTO_WISHLIST ? parameters->cart_weight
         : kind == SOTTO_PURCHASE                           ? parameters->purchase_weight
                                                            : 0;
}

static bool led_to_view(const sotto_profile *profile, uint32_t age)
{
    const sotto_profile_event_entry *event = sotto_history_get(profile, age);
    const sotto_profile_event_entry *after = sotto_history_get(profile, age - 1);
    return event->kind == SOTTO_CLICK && after && after->kind == SOTTO_VIEW
        && after->item == event->item;
}

/* The index of an item that may be a source; SOTTO_NO_ITEM if it is unknown, old or dismissed. */
static uint32_t source_item(const sotto_request *request, uint64_t hash, uint32_t time_s)
{
    if (sotto_request_is_old(request, time_s) || sotto_history_dismissed(request->profile, hash)) {
        return SOTTO_NO_ITEM;
    }
    return sotto_item_find_hash(request->bundle, hash);
}

uint32_t sotto_sources_event_item(const sotto_request *request, uint32_t age, uint32_t *weight)
{
    const sotto_profile_event_entry *event = sotto_history_get(request->profile, age);
    *weight = event_weight(sotto_bundle_parameters(request->bundle), event->kind);
    return *weight == 0 || led_to_view(request->profile, age)
               ? SOTTO_NO_ITEM
               : source_item(request, event->item, event->time_s);
}

void sotto_sources_from_profile(sotto_sources *sources, const sotto_request *request)
{
    const sotto_profile *profile = request->profile;
    const sotto_parameters *parameters = sotto_bundle_parameters(request->bundle);
    uint32_t place = 0;

    uint32_t weight;
    for (uint32_t age = 0; place < parameters->history_count
                           && sotto_history_get(profile, age) != NULL; age++) {
        uint32_t item = sotto_sources_event_item(request, age, &weight);
        if (item != SOTTO_NO_ITEM) {
            sotto_sources_add_event(sources, parameters, item, place++, weight);
        }
    }

    const sotto_profile_purchase_entry *purchase;
    weight = parameters->purchase_weight;
    for (uint32_t number = 0; weight > 0 && place < parameters->history_count
                              && (purchase = sotto_profile_entry(profile, SOTTO_PURCHASE_TABLE,
                                                                 number)) != NULL; number++) {
        uint32_t item = source_item(request, purchase->item, purchase->time_s);
        if (item != SOTTO_NO_ITEM && !find(sources, item)) {
            sotto_sources_add_event(sources, parameters, item, place++, weight);
        }
    }
}

/* An item that counts by one relation: the first in full, the others as much as `others`. */
static void add_item(sotto_sources *sources, uint32_t item, sotto_relation relation,
                     uint32_t others)
{
    uint32_t before = sources->count;
    sotto_source *source = item != SOTTO_NO_ITEM ? find_or_add(sources, item) : NULL;
    if (sources->count > before) {
        source->factor[relation - 1] = before == 0 ? SOTTO_Q16_ONE : others;
    }
}

void sotto_sources_from_page(sotto_sources *sources, const sotto_request *request,
                             sotto_relation relation, uint32_t others)
{
    const sotto_context *context = request->context;
    for (uint32_t i = 0; i < context->page_item_count; i++) {
        add_item(sources, context->page_items[i], relation, others);
    }
}

void sotto_sources_from_cart(sotto_sources *sources, const sotto_request *request)
{
    const sotto_context *context = request->context;
    const sotto_profile_cart_entry *line;
    for (uint32_t i = 0; context->cart_given && i < context->cart_item_count; i++) {
        add_item(sources, context->cart_items[i], SOTTO_TOGETHER, SOTTO_Q16_ONE);
    }
    for (uint32_t i = 0; request->profile && !context->cart_given
                         && (line = sotto_profile_entry(request->profile, SOTTO_CART_TABLE, i))
                                != NULL; i++) {
        add_item(sources, sotto_item_find_hash(request->bundle, line->item), SOTTO_TOGETHER,
                 SOTTO_Q16_ONE);
    }
}

/*
 * moment_cart.c - what is in the cart, and what the page is about
 *
 * The shop's own cart is the truth where the page knows it; else it is the one the events say. A
 * page gives items, each as often as it likes, but not how many pieces: those are as many as the
 * profile knows of, or as often as the item is given, whichever is more. The first lines, of nearly
 * every cart all, are worked out once.
 */
#include "decisions/moment.h"

#include "base/hash.h"

static uint32_t count_lines(const sotto_moment *moment)
{
    return moment->scene->cart_given ? moment->scene->cart_item_count
           : moment->profile         ? moment->profile->cart_count
                                     : 0;
}

/* Pieces of an item that the scene gives. */
static uint32_t pieces_of(const sotto_moment *moment, uint32_t item)
{
    const sotto_profile_cart_entry *line = NULL;
    uint32_t given = 0;
    for (uint32_t i = 0; i < moment->scene->cart_item_count; i++) {
        given += moment->scene->cart_items[i] == item ? 1 : 0;
    }
    if (moment->profile && moment->profile->cart_count > 0) {
        line = sotto_profile_find(moment->profile, SOTTO_CART_TABLE,
                                  sotto_item_hash(moment->bundle, item));
    }
    return line ? sotto_max_u32(given, line->quantity) : given;
}

/* Whether the scene gave the item of a line before. */
static bool is_repeated(const sotto_moment *moment, uint32_t number)
{
    const uint32_t *items = moment->scene->cart_items;
    for (uint32_t i = 0; i < number; i++) {
        if (items[i] == items[number]) {
            return true;
        }
    }
    return false;
}

bool sotto_moment_cart_line(const sotto_moment *moment, uint32_t number, sotto_moment_line *line)
{
    if (number < moment->line_count) {
        *line = moment->lines[number];
        return true;
    }
    if (number >= count_lines(moment)) {
        return false;
    }
    if (moment->scene->cart_given) {
        uint32_t item = moment->scene->cart_items[number];
        *line = (sotto_moment_line){item, 0, 0};
        line->quantity = is_repeated(moment, number) ? 0 : pieces_of(moment, item);
    } else {
        const sotto_profile_cart_entry *entry =
            sotto_profile_entry(moment->profile, SOTTO_CART_TABLE, number);
        *line = (sotto_moment_line){sotto_item_find_hash(moment->bundle, entry->item),
                                    entry->quantity, entry->item};
    }
    return true;
}

void sotto_moment_cart_gather(sotto_moment *moment)
{
    sotto_moment_line line;
    for (uint32_t i = 0; sotto_moment_cart_line(moment, i, &line); i++) {
        uint32_t price = sotto_item_get(moment->bundle, line.item).price;
        moment->cart_total += price == SOTTO_NO_PRICE ? 0 : (uint64_t)price * line.quantity;
        moment->cart_item_count += line.quantity > 0 ? 1 : 0;
        moment->cart_quantity += line.quantity;
        if (i < SOTTO_MOMENT_LINES) {
            moment->lines[i] = line;
            moment->line_count = i + 1;
        }
    }
}

bool sotto_moment_cart_touched(const sotto_moment *moment, uint32_t *time_s)
{
    sotto_event_set events = moment->kinds[SOTTO_CART_ADD - 1];
    sotto_event_set_join(&events, &moment->kinds[SOTTO_CART_REMOVE - 1]);
    bool known = sotto_event_set_count(&events) > 0;
    *time_s = known ? sotto_moment_latest_s(moment, &events) : 0;
    for (uint32_t i = 0; moment->profile && i < moment->profile->cart_count; i++) {
        uint32_t line_s = sotto_min_u32(moment->profile->cart[i].time_s, moment->now_s);
        *time_s = sotto_max_u32(*time_s, line_s);
        known = true;
    }
    return known && count_lines(moment) > 0;
}

/*
 * Whether an item, or where it is, is what a key names. The item may be unknown but for its
 * hash.
 */
static bool item_is(const sotto_moment *moment, uint32_t item, uint64_t hash, uint32_t key)
{
    const sotto_plan *plan = moment->plan;
    uint32_t index = plan->key_indexes[key];
    sotto_item_facts facts = sotto_item_get(moment->bundle, item);
    switch (plan->key_kinds[key]) {
    case SOTTO_KEY_CATEGORY:
        return sotto_category_within(moment->bundle, facts.category, index);
    case SOTTO_KEY_BRAND:
        return index != SOTTO_NONE && facts.brand == index;
    default:
        return item != SOTTO_NO_ITEM ? item == index : hash == sotto_plan_key_hash(plan, key);
    }
}

bool sotto_moment_in_cart(const sotto_moment *moment, uint32_t key)
{
    const sotto_scene *scene = moment->scene;
    sotto_moment_line line = {SOTTO_NO_ITEM, 0, 0};
    for (uint32_t i = 0; scene->cart_given && i < scene->cart_item_count; i++) {
        if (item_is(moment, scene->cart_items[i], 0, key)) {
            return true;
        }
    }
    for (uint32_t i = 0; !scene->cart_given && sotto_moment_cart_line(moment, i, &line); i++) {
        if (item_is(moment, line.item, line.hash, key)) {
            return true;
        }
    }
    return false;
}

/* The category that the page is about, by its name. */
static uint32_t page_category(sotto_moment *moment)
{
    sotto_text name = moment->scene->category;
    uint32_t count = name.size == 0 ? 0 : sotto_category_count(moment->bundle);
    if (moment->has_page_category) {
        return moment->page_category;
    }
    moment->has_page_category = true;
    moment->page_category = SOTTO_NONE;
    for (uint32_t i = 0; i < count && moment->page_category == SOTTO_NONE; i++) {
        sotto_text other = sotto_category_name(moment->bundle, i);
        if (other.size == name.size && memcmp(other.bytes, name.bytes, name.size) == 0) {
            moment->page_category = i;
        }
    }
    return moment->page_category;
}

bool sotto_moment_page_is(sotto_moment *moment, uint32_t key)
{
    const sotto_plan *plan = moment->plan;
    sotto_text category = moment->scene->category;
    if (moment->page_item != SOTTO_NO_ITEM && item_is(moment, moment->page_item, 0, key)) {
        return true;
    }
    if (plan->key_kinds[key] != SOTTO_KEY_CATEGORY || category.size == 0) {
        return false;
    }
    return sotto_category_within(moment->bundle, page_category(moment), plan->key_indexes[key])
        || sotto_hash(category.bytes, category.size) == sotto_plan_key_hash(plan, key);
}

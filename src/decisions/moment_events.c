/*
 * moment_events.c - the history, resolved
 *
 * Each event's item is looked up once, however many expressions ask. Which events are of a kind, on
 * sale, in a category or of a brand stands in sets of bits. Categories and brands are groups, and
 * an event is in the groups of its category and of all above it:
 *
 *     events      0    1    2    3    4    5  ...
 *     category   Boots Hats Boots  -  Boots Hats
 *     groups     Boots {0, 2, 4}   Hats {1, 5}   Shoes {0, 2, 4}   Clothing {0, 1, 2, 4, 5}
 *
 * So "Shoes and what is below" is there to be looked up, whoever asks.
 *
 * A history is nearly always in order of time, and then what lies within a span is its latest so
 * many events. Where a clock was set back it is gone over one by one.
 */
#include "decisions/moment.h"

enum { SLOT_COUNT = 512 };

/* Finds the latest event with the same item: a table of ages + 1, 0 is free. */
typedef struct item_table {
    uint16_t slots[SLOT_COUNT];
    uint64_t items[SOTTO_PROFILE_EVENTS];
} item_table;

static uint32_t latest_of(item_table *table, uint64_t item, uint32_t age)
{
    uint32_t slot = (uint32_t)item % SLOT_COUNT;
    while (table->slots[slot] != 0 && table->items[table->slots[slot] - 1] != item) {
        slot = (slot + 1) % SLOT_COUNT;
    }
    if (table->slots[slot] == 0) {
        table->slots[slot] = (uint16_t)(age + 1);
        table->items[age] = item;
    }
    return table->slots[slot] - 1u;
}

/* The slot of a category or brand: where its group stands, or would. */
static uint32_t slot_of(const sotto_event_groups *groups, uint32_t value)
{
    uint32_t slot = value * 2654435761u / (UINT32_MAX / SOTTO_MOMENT_SLOTS + 1);
    while (groups->slots[slot] != 0 && groups->values[groups->slots[slot] - 1] != value) {
        slot = (slot + 1) % SOTTO_MOMENT_SLOTS;
    }
    return slot;
}

/* Its group, which is made if there is none; SOTTO_MOMENT_GROUPS if there is no room. */
static uint32_t group_of(sotto_event_groups *groups, uint32_t value)
{
    uint32_t slot = slot_of(groups, value);
    if (groups->slots[slot] != 0) {
        return groups->slots[slot] - 1u;
    }
    if (groups->count == SOTTO_MOMENT_GROUPS) {
        groups->overflowed = true;
        return SOTTO_MOMENT_GROUPS;
    }
    groups->values[groups->count] = (uint16_t)value;
    groups->slots[slot] = (uint16_t)(groups->count + 1);
    return groups->count++;
}

static void group_add(sotto_event_groups *groups, uint32_t age, uint32_t value)
{
    uint32_t group = group_of(groups, value);
    if (group < SOTTO_MOMENT_GROUPS) {
        sotto_event_set_add(&groups->sets[group], age);
    }
}

static void add_brand(sotto_moment *moment, uint32_t age, uint32_t brand)
{
    moment->brands.of[age] = brand == SOTTO_NONE ? SOTTO_LIST_NONE : (uint16_t)brand;
    if (brand != SOTTO_NONE) {
        group_add(&moment->brands, age, brand);
    }
}

static void add_category(sotto_moment *moment, uint32_t age, uint32_t category)
{
    moment->categories.of[age] = category == SOTTO_NONE ? SOTTO_LIST_NONE : (uint16_t)category;
    while (category != SOTTO_NONE) {
        group_add(&moment->categories, age, category);
        category = sotto_category_parent(moment->bundle, category);
    }
}

/* The item of an event, which may be the one of a later event. */
static void add_item(sotto_moment *moment, uint32_t age, uint64_t hash, uint32_t latest)
{
    uint32_t item = latest == age ? sotto_item_find_hash(moment->bundle, hash)
                                  : moment->event_items[latest];
    sotto_item_facts facts = sotto_item_get(moment->bundle, item);
    sotto_event_set_add(&moment->about_items, age);
    moment->event_same_item[age] = (uint8_t)latest;
    moment->event_items[age] = item;
    moment->event_prices[age] = facts.price;
    if (facts.list_price != SOTTO_NO_PRICE && facts.price < facts.list_price) {
        sotto_event_set_add(&moment->on_sale, age);
    }
    add_category(moment, age, facts.category);
    add_brand(moment, age, facts.brand);
}

static void add_no_item(sotto_moment *moment, uint32_t age)
{
    moment->event_same_item[age] = (uint8_t)age;
    moment->event_items[age] = SOTTO_NO_ITEM;
    moment->event_prices[age] = SOTTO_NO_PRICE;
    add_category(moment, age, SOTTO_NONE);
    add_brand(moment, age, SOTTO_NONE);
}

/* The latest event of the same day: the one before, or where the clock went back any of them. */
static uint32_t latest_of_day(const sotto_moment *moment, uint32_t age)
{
    int32_t offset_min = moment->scene->utc_offset_min;
    uint32_t day = sotto_day_of(moment->event_times_s[age], offset_min);
    if (age > 0 && sotto_day_of(moment->event_times_s[age - 1], offset_min) == day) {
        return moment->event_same_day[age - 1];
    }
    for (uint32_t other = 0; other < age && !moment->ordered; other++) {
        if (sotto_day_of(moment->event_times_s[other], offset_min) == day) {
            return other;
        }
    }
    return age;
}

void sotto_moment_gather(sotto_moment *moment)
{
    item_table table;
    memset(table.slots, 0, sizeof table.slots);
    moment->ordered = true;
    const sotto_profile_event_entry *event;
    for (uint32_t age = 0; (event = sotto_history_get(moment->profile, age)) != NULL; age++) {
        uint32_t time_s = sotto_min_u32(event->time_s, moment->now_s);
        moment->event_times_s[age] = time_s;
        if (age > 0 && time_s > moment->event_times_s[age - 1]) {
            moment->ordered = false;
        }
        moment->event_same_day[age] = (uint8_t)latest_of_day(moment, age);
        moment->event_quantities[age] = event->quantity == 0 ? 1 : event->quantity;
        /* A view of nothing only says that a session began. */
        if (event->item != 0 || !sotto_event_is_view(event->kind)) {
            sotto_event_set_add(&moment->kinds[event->kind - 1], age);
        }
        if (event->item != 0 && event->kind != SOTTO_CATEGORY_VIEW) {
            add_item(moment, age, event->item, latest_of(&table, event->item, age));
        } else {
            add_no_item(moment, age);
        }
        moment->event_count = age + 1;
    }
}

/* ---- Asking ---------------------------------------------------------------------------------- */

static uint32_t latest_from(const sotto_moment *moment, uint32_t time_s)
{
    uint32_t low = 0, high = moment->event_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (moment->event_times_s[middle] >= time_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

sotto_event_set sotto_moment_from(const sotto_moment *moment, uint32_t time_s)
{
    if (moment->ordered) {
        return sotto_event_set_latest(latest_from(moment, time_s));
    }
    sotto_event_set set = {{0}};
    for (uint32_t age = 0; age < moment->event_count; age++) {
        if (moment->event_times_s[age] >= time_s) {
            sotto_event_set_add(&set, age);
        }
    }
    return set;
}

uint32_t sotto_moment_latest_s(const sotto_moment *moment, const sotto_event_set *events)
{
    uint32_t age = SOTTO_EVENT_FIRST;
    uint32_t latest = 0;
    while (sotto_event_set_next(events, &age)) {
        latest = sotto_max_u32(latest, moment->event_times_s[age]);
        if (moment->ordered) {
            break;
        }
    }
    return latest;
}

sotto_event_set sotto_moment_of_item(const sotto_moment *moment, uint32_t item)
{
    sotto_event_set set = {{0}};
    for (uint32_t age = 0; age < moment->event_count && item != SOTTO_NO_ITEM; age++) {
        set.words[age >> 6] |= (uint64_t)(moment->event_items[age] == item) << (age & 63);
    }
    return set;
}

/* The events that carry a hash, those of categories or the others. */
static sotto_event_set of_hash(const sotto_moment *moment, uint64_t hash, bool categories)
{
    sotto_event_set set = {{0}};
    const sotto_event_set *views = &moment->kinds[SOTTO_CATEGORY_VIEW - 1];
    for (uint32_t age = 0; age < moment->event_count; age++) {
        if (sotto_history_get(moment->profile, age)->item == hash
            && sotto_event_set_has(views, age) == categories) {
            sotto_event_set_add(&set, age);
        }
    }
    return set;
}

/*
 * Finds the categories that category_view events name by their hashes. All names are hashed for it,
 * so it is done for the first expression that counts such events.
 */
static void name_category_views(sotto_moment *moment)
{
    const sotto_event_set *views = &moment->kinds[SOTTO_CATEGORY_VIEW - 1];
    sotto_event_set low_bytes = {{0}};     /* of the hashes: most names can be none of these */
    uint32_t count = sotto_event_set_count(views) == 0 ? 0 : sotto_category_count(moment->bundle);
    uint32_t age = SOTTO_EVENT_FIRST;
    while (sotto_event_set_next(views, &age)) {
        sotto_event_set_add(&low_bytes, sotto_history_get(moment->profile, age)->item & 255);
    }
    for (uint32_t category = 0; category < count; category++) {
        uint64_t key = sotto_category_key(moment->bundle, category);
        age = sotto_event_set_has(&low_bytes, key & 255) ? SOTTO_EVENT_FIRST : SOTTO_EVENT_LAST;
        while (sotto_event_set_next(views, &age)) {
            if (sotto_history_get(moment->profile, age)->item == key) {
                add_category(moment, age, category);
            }
        }
    }
    moment->has_named = true;
}

/* The group of a value; NULL if there is none, whether or not there was room for it. */
static const sotto_event_set *group_find(const sotto_event_groups *groups, uint32_t value)
{
    uint32_t slot = slot_of(groups, value);
    return groups->slots[slot] != 0 ? &groups->sets[groups->slots[slot] - 1] : NULL;
}

static sotto_event_set of_category(const sotto_moment *moment, uint32_t category)
{
    sotto_event_set set = {{0}};
    const sotto_event_groups *groups = &moment->categories;
    const sotto_event_set *found = group_find(groups, category);
    if (found != NULL) {
        return *found;
    }
    for (uint32_t age = 0; age < moment->event_count && groups->overflowed; age++) {
        uint32_t own = groups->of[age] == SOTTO_LIST_NONE ? SOTTO_NONE : groups->of[age];
        if (sotto_category_within(moment->bundle, own, category)) {
            sotto_event_set_add(&set, age);
        }
    }
    return set;
}

/* There are no more brands than events, so each has its group. */
static sotto_event_set of_brand(const sotto_moment *moment, uint32_t brand)
{
    const sotto_event_set *found = group_find(&moment->brands, brand);
    return found ? *found : (sotto_event_set){{0}};
}

sotto_event_set sotto_moment_about(sotto_moment *moment, uint32_t key)
{
    const sotto_plan *plan = moment->plan;
    uint32_t index = plan->key_indexes[key];
    switch (plan->key_kinds[key]) {
    case SOTTO_KEY_CATEGORY:
        if (index == SOTTO_NONE) {
            return of_hash(moment, sotto_plan_key_hash(plan, key), true);
        }
        if (!moment->has_named) {
            name_category_views(moment);
        }
        return of_category(moment, index);
    case SOTTO_KEY_BRAND:
        return of_brand(moment, index);
    default:
        return index != SOTTO_NONE ? sotto_moment_of_item(moment, index)
                                   : of_hash(moment, sotto_plan_key_hash(plan, key), false);
    }
}

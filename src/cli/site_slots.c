/*
 * site_slots.c - rules and slots: what merchandisers write
 *
 * The result is what the writer of the campaigns part takes. Items are named by the hash of their
 * id; whether the shop has them is not known here, and a slot may name what is not in stock yet.
 */
#include "cli/site_node.h"

#include "cli/category.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define STRATEGY_COUNT SOTTO_VIEWED_THEN_BOUGHT
#define STRATEGY_MOST  8 /* of one slot */
#define SLOT_MAX       256

static uint64_t hash_text(const cli_node *node)
{
    const char *text = cli_node_text(node, "");
    if (cJSON_IsString(node->json) && !text[0]) {
        cli_node_mistake(node, NULL, "expected a text that is not empty");
    }
    return sotto_hash(text, strlen(text));
}

static uint64_t hash_category(const cli_node *node)
{
    const char *text = cli_node_text(node, "");
    sotto_text path = cli_category_path(node->reader->pool, (sotto_text){text, strlen(text)});
    return sotto_hash(path.bytes, path.size);
}

static void read_hashes(const cli_node *object, const char *key, uint64_t (*hash)(const cli_node *),
                        cli_hashes *hashes)
{
    cli_node list;
    uint32_t count;
    *hashes = (cli_hashes){NULL, 0};
    if (!cli_node_get(object, key, &list) || !cli_node_list(&list, &count)) {
        return;
    }
    if (count > 8000) {
        cli_node_mistake(&list, NULL, "%u entries, expected at most 8000", count);
        return;
    }
    hashes->hashes = cli_pool_alloc(object->reader->pool, count + 1, sizeof *hashes->hashes);
    for (uint32_t i = 0; i < count; i++) {
        cli_node element = cli_node_at(&list, i);
        hashes->hashes[hashes->count++] = hash(&element);
    }
}

void cli_site_read_rules(const cli_node *node, cli_site *site)
{
    static const char *const keys[] = {"exclude", "max_per_brand"};
    static const char *const exclude_keys[] = {"items", "categories", "brands"};
    cli_node exclude;
    if (!cli_node_object(node, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    site->max_per_brand = cli_member_number(node, "max_per_brand", 0, 255, 0);
    if (cli_node_get(node, "exclude", &exclude)
        && cli_node_object(&exclude, exclude_keys, SOTTO_ARRAY_COUNT(exclude_keys))) {
        read_hashes(&exclude, "items", hash_text, &site->excluded_items);
        read_hashes(&exclude, "categories", hash_category, &site->excluded_categories);
        read_hashes(&exclude, "brands", hash_text, &site->excluded_brands);
    }
}

/* Strategies */

static void read_strategy(const cli_node *node, sotto_slot_content *slot, uint8_t *strategies)
{
    const char *names[STRATEGY_COUNT];
    for (unsigned i = 0; i < STRATEGY_COUNT; i++) {
        names[i] = sotto_strategy_name((sotto_strategy)(i + 1));
    }
    size_t choice = cli_node_choice(node, names, STRATEGY_COUNT);
    if (choice == STRATEGY_COUNT) {
        return;
    }
    uint8_t strategy = (uint8_t)(choice + 1);
    if (memchr(strategies, strategy, slot->strategy_count)) {
        cli_node_mistake(node, NULL, "the strategy stands twice");
        return;
    }
    strategies[slot->strategy_count++] = strategy;
}

static void read_strategies(const cli_node *node, sotto_slot_content *slot)
{
    cli_node member;
    uint32_t count;
    uint8_t *strategies = cli_pool_alloc(node->reader->pool, STRATEGY_MOST, 1);
    slot->strategies = strategies;
    if (!cli_node_need(node, "strategy", &member)) {
        return;
    }
    if (!cJSON_IsArray(member.json)) {
        read_strategy(&member, slot, strategies);
        return;
    }
    cli_node_list(&member, &count);
    for (uint32_t i = 0; i < count && slot->strategy_count < STRATEGY_MOST; i++) {
        cli_node element = cli_node_at(&member, i);
        read_strategy(&element, slot, strategies);
    }
    if (count == 0) {
        cli_node_mistake(&member, NULL, "the list is empty, expected at least one strategy");
    }
    if (count > STRATEGY_MOST) {
        cli_node_mistake(&member, NULL, "%u strategies, expected at most %d", count, STRATEGY_MOST);
    }
}

/* Filters */

/* Where the point is to buy again, what was just bought is not left out unless that is said. */
static uint32_t read_filters(const cli_node *node, bool again)
{
    static const char *const names[] = {"cart", "bought", "sold-out", "page", "viewed"};
    static const uint32_t bits[] = {SOTTO_SKIP_CART, SOTTO_SKIP_BOUGHT, SOTTO_SKIP_SOLD_OUT,
                                    SOTTO_SKIP_PAGE, SOTTO_SKIP_VIEWED};
    uint32_t filters = SOTTO_SKIP_EXCLUDED;
    cli_node skip;
    uint32_t count;
    if (!cli_node_get(node, "skip", &skip)) {
        filters |= SOTTO_SKIP_CART | SOTTO_SKIP_SOLD_OUT | SOTTO_SKIP_PAGE;
        filters |= again ? 0 : SOTTO_SKIP_BOUGHT;
    } else if (cli_node_list(&skip, &count)) {
        for (uint32_t i = 0; i < count; i++) {
            cli_node element = cli_node_at(&skip, i);
            size_t choice = cli_node_choice(&element, names, SOTTO_ARRAY_COUNT(names));
            filters |= choice < SOTTO_ARRAY_COUNT(names) ? bits[choice] : 0;
        }
    }
    filters |= cli_member_bool(node, "same_category", false) ? SOTTO_KEEP_CATEGORY : 0;
    filters |= cli_member_bool(node, "priced", false) ? SOTTO_KEEP_PRICED : 0;
    return filters;
}

static uint32_t minor_units(const cli_node *price, const char *key, uint32_t decimals,
                            uint32_t otherwise)
{
    cli_node member;
    double factor = pow(10, decimals);
    double value = cli_member_real(price, key, 0, 4294967294.0 / factor, -1);
    if (value < 0 || !cli_node_get(price, key, &member)) {
        return otherwise;
    }
    return (uint32_t)llround(value * factor);
}

static void read_price(const cli_node *node, uint32_t decimals, sotto_slot_content *slot)
{
    static const char *const keys[] = {"min", "max", "from_percent", "to_percent"};
    cli_node price;
    cli_node member;
    slot->price_high = UINT32_MAX;
    if (!cli_node_get(node, "price", &price)
        || !cli_node_object(&price, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    slot->price_low = minor_units(&price, "min", decimals, 0);
    slot->price_high = minor_units(&price, "max", decimals, UINT32_MAX);
    bool relative = cli_node_get(&price, "from_percent", &member);
    relative = cli_node_get(&price, "to_percent", &member) || relative;
    if (relative) {
        slot->price_low_percent = cli_member_number(&price, "from_percent", 0, 65535, 0);
        slot->price_high_percent = cli_member_number(&price, "to_percent", 1, 65535, 65535);
    }
    if (slot->price_low > slot->price_high
        || slot->price_low_percent > slot->price_high_percent) {
        cli_node_mistake(&price, NULL,
                         "the lower end is above the upper one: nothing would be shown");
    }
}

/* Pins */

/* By position; where two pins want the same place, the first one written has it. */
static void add_pin(sotto_slot_content *slot, sotto_pin *pins, sotto_pin pin)
{
    uint32_t at = slot->pinned_count++;
    for (; at > 0 && pins[at - 1].position > pin.position; at--) {
        pins[at] = pins[at - 1];
    }
    pins[at] = pin;
}

static void read_pins(const cli_node *node, sotto_slot_content *slot)
{
    static const char *const keys[] = {"item", "position"};
    cli_node list;
    uint32_t count;
    if (!cli_node_get(node, "pin", &list) || !cli_node_list(&list, &count)) {
        return;
    }
    if (count > slot->count) {
        cli_node_mistake(&list, NULL, "%u pins, expected at most as many as \"count\" (%u)", count,
                         slot->count);
        return;
    }
    sotto_pin *pins = cli_pool_alloc(node->reader->pool, count + 1, sizeof *pins);
    for (uint32_t i = 0; i < count; i++) {
        cli_node pin = cli_node_at(&list, i);
        cli_node item;
        if (cli_node_object(&pin, keys, SOTTO_ARRAY_COUNT(keys))
            && cli_node_need(&pin, "item", &item)) {
            uint32_t position = cli_member_number(&pin, "position", 1, slot->count, i + 1);
            add_pin(slot, pins, (sotto_pin){(uint8_t)(position - 1), hash_text(&item)});
        }
    }
    slot->pinned = pins;
}

static bool has_strategy(const sotto_slot_content *slot, sotto_strategy strategy)
{
    return memchr(slot->strategies, (int)strategy, slot->strategy_count) != NULL;
}

static void read_slot(const cli_node *node, const cli_site *site, sotto_slot_content *slot)
{
    static const char *const keys[] = {
        "strategy", "count", "min", "heading", "skip", "same_category", "priced", "price",
        "max_per_brand", "pin", "manual", "exclude",
    };
    cli_hashes manual;
    cli_hashes exclude;
    cli_node_named(node);
    if (!cli_node_object(node, keys, SOTTO_ARRAY_COUNT(keys))) {
        return;
    }
    const char *heading = cli_member_text(node, "heading", "");
    slot->name = (sotto_text){node->key, strlen(node->key)};
    slot->heading = (sotto_text){heading, strlen(heading)};
    read_strategies(node, slot);
    slot->count = cli_member_number(node, "count", 1, SOTTO_MAX_PICKS, 8);
    slot->min = cli_member_number(node, "min", 0, slot->count, 1);
    slot->filters = read_filters(node, slot->strategy_count > 0
                                           && slot->strategies[0] == SOTTO_BUY_AGAIN);
    slot->max_per_brand = cli_member_number(node, "max_per_brand", 0, 255, site->max_per_brand);
    read_price(node, site->price_decimals, slot);
    read_pins(node, slot);
    read_hashes(node, "manual", hash_text, &manual);
    read_hashes(node, "exclude", hash_text, &exclude);
    slot->manual = manual.hashes;
    slot->manual_count = manual.count;
    slot->excluded = exclude.hashes;
    slot->excluded_count = exclude.count;
    if ((manual.count > 0) != has_strategy(slot, SOTTO_MANUAL)) {
        cli_node_mistake(node, NULL, manual.count ? "\"manual\" needs the strategy manual"
                                                  : "the strategy manual needs a list \"manual\"");
    }
}

void cli_site_read_slots(const cli_node *node, cli_site *site)
{
    if (!cJSON_IsObject(node->json)) {
        cli_node_mistake(node, NULL, "expected an object from a slot's name to the slot");
        return;
    }
    uint32_t count = (uint32_t)cJSON_GetArraySize(node->json);
    if (count > SLOT_MAX) {
        cli_node_mistake(node, NULL, "%u slots, expected at most %d", count, SLOT_MAX);
        return;
    }
    cli_node_unique(node);
    site->slots = cli_pool_alloc(node->reader->pool, count + 1, sizeof *site->slots);
    const cJSON *at = NULL;
    cli_node slot;
    while (cli_node_next(node, &at, &slot)) {
        read_slot(&slot, site, &site->slots[site->slot_count++]);
    }
}

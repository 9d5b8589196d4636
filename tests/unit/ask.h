/*
 * ask.h - asks a bundle every question there is
 *
 * For bytes that nobody trusts: whatever the answers are, they must come from inside the file and
 * keep the promises of sotto.h. Every byte an answer points to is read, so that a sanitizer sees
 * a wrong one.
 */
#ifndef SOTTO_ASK_H
#define SOTTO_ASK_H

#include "model/bundle.h"

#include <stdlib.h>

/* Keeps the compiler from dropping what is only read. */
static volatile uint64_t ask_sink;

static inline void ask_promise(bool holds)
{
    if (!holds) {
        abort();
    }
}

static inline void ask_text(sotto_text text)
{
    ask_sink += sotto_hash(text.bytes, text.size);
}

static inline void ask_item(const sotto_bundle *bundle, uint32_t item)
{
    sotto_text id = sotto_item_id(bundle, item);
    ask_promise(id.size <= SOTTO_MAX_ID_SIZE);
    ask_text(id);
    uint64_t hash = sotto_item_hash(bundle, item);
    uint32_t found = sotto_item_find(bundle, id.bytes, id.size);
    ask_promise(found == SOTTO_NO_ITEM || found < sotto_item_count(bundle));
    found = sotto_item_find_hash(bundle, hash + 1);
    ask_promise(found == SOTTO_NO_ITEM || found < sotto_item_count(bundle));
    ask_sink += sotto_item_popularity(bundle, item);
    for (uint32_t relation = 0; relation <= 3; relation++) {
        sotto_link links[SOTTO_MAX_LINKS];
        uint32_t count = sotto_item_links(bundle, (sotto_relation)relation, item, links);
        ask_promise(count <= SOTTO_MAX_LINKS);
        for (uint32_t i = 0; i < count; i++) {
            ask_promise(links[i].item < sotto_item_count(bundle));
            ask_promise(links[i].weight <= 65536);
        }
    }
    sotto_item_facts facts = sotto_item_get(bundle, item);
    ask_promise(facts.category == SOTTO_NONE || facts.category < sotto_category_count(bundle));
    ask_promise(facts.brand == SOTTO_NONE || facts.brand < sotto_brand_count(bundle));
    ask_sink += facts.price ^ sotto_rules_exclude(bundle, item);
    for (uint32_t field = 0; field <= 3; field++) {
        ask_text(sotto_item_text(bundle, (sotto_field)field, item));
    }
    uint32_t attributes = sotto_item_attribute_count(bundle, item);
    for (uint32_t i = 0; i <= attributes && i < 100; i++) {
        sotto_text name, value;
        if (sotto_item_attribute(bundle, item, i, &name, &value)) {
            ask_text(name);
            ask_text(value);
        }
    }
}

static inline void ask_lists(const sotto_bundle *bundle)
{
    for (uint32_t list = 0; list <= 3; list++) {
        for (uint32_t i = 0; i < 4100; i++) {
            uint32_t item = sotto_top_get(bundle, (sotto_top)list, i);
            ask_promise(item == SOTTO_NO_ITEM || item < sotto_item_count(bundle));
        }
    }
    for (uint32_t i = 0; i < sotto_category_count(bundle); i++) {
        ask_text(sotto_category_name(bundle, i));
        uint32_t root = sotto_category_root(bundle, i);
        ask_promise(root <= i);
        for (uint32_t k = 0; k <= 65; k++) {
            uint32_t item = sotto_category_top(bundle, i, k);
            ask_promise(item == SOTTO_NO_ITEM || item < sotto_item_count(bundle));
        }
    }
    for (uint32_t i = 0; i < sotto_brand_count(bundle); i++) {
        ask_text(sotto_brand_name(bundle, i));
    }
    for (uint32_t field = 0; field <= 3; field++) {
        ask_text(sotto_item_template(bundle, (sotto_field)field));
    }
}

static inline void ask_campaigns(const sotto_bundle *bundle)
{
    sotto_site site = sotto_bundle_site(bundle);
    ask_text(site.shop_id);
    ask_text(site.shop_name);
    ask_text(site.currency);
    ask_text(site.locale);
    ask_promise(site.price_decimals <= 4 && site.interest_half_life_s > 0);
    for (uint32_t i = 0; i < sotto_slot_count(bundle); i++) {
        sotto_slot slot = sotto_slot_get(bundle, i);
        ask_text(slot.name);
        ask_text(slot.heading);
        ask_promise(slot.name.size >= 1 && slot.name.size <= 64);
        ask_promise(slot.count >= 1 && slot.count <= SOTTO_MAX_PICKS);
        ask_promise(slot.strategy_count >= 1 && slot.strategy_count <= 8);
        ask_sink += sotto_hash(slot.strategies, slot.strategy_count);
        ask_sink += sotto_hash(slot.pinned, slot.pinned_count * (size_t)9);
        ask_sink += sotto_hash(slot.manual, slot.manual_count * (size_t)8);
        ask_sink += sotto_hash(slot.excluded, slot.excluded_count * (size_t)8);
        sotto_slot found;
        ask_promise(sotto_slot_find(bundle, slot.name.bytes, slot.name.size, &found) == SOTTO_OK);
    }
}

/* At most the first 1,000 items, and the last. */
static inline void ask_everything(const sotto_bundle *bundle)
{
    uint32_t count = sotto_item_count(bundle);
    for (uint32_t item = 0; item < count && item < 1000; item++) {
        ask_item(bundle, item);
    }
    if (count > 0) {
        ask_item(bundle, count - 1);
    }
    ask_lists(bundle);
    ask_campaigns(bundle);
}

#endif

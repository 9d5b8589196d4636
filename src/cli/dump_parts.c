/*
 * dump_parts.c - the content of a catalogue and of campaigns as JSON
 */
#include "base/bytes.h"
#include "cli/document.h"
#include "model/consent.h"

#include <string.h>

static void dump_index(cli_json *json, const char *key, uint32_t index)
{
    if (index == UINT32_MAX) {
        cli_json_null(json, key);
    } else {
        cli_json_number(json, key, index);
    }
}

static void dump_categories(cli_json *json, const sotto_bundle *bundle)
{
    cli_json_array(json, "categories");
    for (uint32_t i = 0; i < sotto_category_count(bundle); i++) {
        uint32_t item;
        sotto_text name = sotto_category_name(bundle, i);
        cli_json_object(json, NULL);
        cli_json_number(json, "index", i);
        cli_json_bytes(json, "name", name);
        cli_json_hash(json, "hash", sotto_hash(name.bytes, name.size));
        dump_index(json, "parent", sotto_category_parent(bundle, i));
        cli_json_array(json, "top");
        for (uint32_t j = 0; (item = sotto_category_top(bundle, i, j)) != SOTTO_NO_ITEM; j++) {
            cli_json_number(json, NULL, item);
        }
        cli_json_end(json);
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_brands(cli_json *json, const sotto_bundle *bundle)
{
    cli_json_array(json, "brands");
    for (uint32_t i = 0; i < sotto_brand_count(bundle); i++) {
        sotto_text name = sotto_brand_name(bundle, i);
        cli_json_object(json, NULL);
        cli_json_number(json, "index", i);
        cli_json_bytes(json, "name", name);
        cli_json_hash(json, "hash", sotto_hash(name.bytes, name.size));
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_attributes(cli_json *json, const sotto_bundle *bundle, uint32_t item)
{
    sotto_text name;
    sotto_text value;
    cli_json_array(json, "attributes");
    for (uint32_t i = 0; sotto_item_attribute(bundle, item, i, &name, &value); i++) {
        cli_json_array(json, NULL);
        cli_json_bytes(json, NULL, name);
        cli_json_bytes(json, NULL, value);
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_item(cli_json *json, const cli_document *document, uint32_t item)
{
    const sotto_bundle *bundle = document->bundle;
    sotto_item_facts facts = sotto_item_get(bundle, item);
    cli_json_object(json, NULL);
    cli_json_number(json, "index", item);
    if (item < document->model_item_count) {
        cli_json_null(json, "id");
        cli_json_null(json, "hash");
    } else {
        cli_json_bytes(json, "id", sotto_item_id(bundle, item));
        cli_json_hash(json, "hash", sotto_item_hash(bundle, item));
    }
    cli_json_bytes(json, "title", sotto_item_text(bundle, SOTTO_TITLE, item));
    cli_json_bytes(json, "url", sotto_item_text(bundle, SOTTO_URL, item));
    cli_json_bytes(json, "image", sotto_item_text(bundle, SOTTO_IMAGE, item));
    dump_index(json, "price", facts.price);
    dump_index(json, "list_price", facts.list_price);
    dump_index(json, "category", facts.category);
    dump_index(json, "brand", facts.brand);
    cli_json_bool(json, "listed", facts.listed);
    cli_json_bool(json, "in_stock", facts.in_stock);
    dump_attributes(json, bundle, item);
    cli_dump_links(json, "next", bundle, SOTTO_NEXT, item);
    cli_dump_links(json, "together", bundle, SOTTO_TOGETHER, item);
    cli_dump_links(json, "viewed_bought", bundle, SOTTO_VIEWED_BOUGHT, item);
    cli_dump_links(json, "looks", bundle, SOTTO_LOOKS, item);
    cli_json_end(json);
}

void cli_dump_catalogue(cli_json *json, const cli_document *document)
{
    const sotto_bundle *bundle = document->bundle;
    cli_section ids = cli_section_find(document, "IDS ");
    uint32_t item_count = sotto_load_u32(document->bytes + SOTTO_HEAD_ITEM_COUNT);
    cli_dump_head(json, document);
    cli_dump_ids(json, &ids);
    cli_json_number(json, "own_item_count", item_count - document->model_item_count);
    cli_json_object(json, "templates");
    cli_json_bytes(json, "title", sotto_item_template(bundle, SOTTO_TITLE));
    cli_json_bytes(json, "url", sotto_item_template(bundle, SOTTO_URL));
    cli_json_bytes(json, "image", sotto_item_template(bundle, SOTTO_IMAGE));
    cli_json_end(json);
    dump_categories(json, bundle);
    dump_brands(json, bundle);
    cli_json_array(json, "items");
    for (uint32_t i = 0; i < item_count; i++) {
        dump_item(json, document, i);
    }
    cli_json_end(json);
    cli_json_array(json, "news");
    uint32_t newest;
    for (uint32_t i = 0; (newest = sotto_top_get(bundle, SOTTO_TOP_NEW, i)) != SOTTO_NO_ITEM;
         i++) {
        cli_json_number(json, NULL, newest);
    }
    cli_json_end(json);
    cli_dump_tables(json, document, "lnk");
}

/* Campaigns */

static void dump_site(cli_json *json, const sotto_site *site)
{
    cli_json_object(json, "site");
    cli_json_bytes(json, "shop_id", site->shop_id);
    cli_json_bytes(json, "shop_name", site->shop_name);
    cli_json_bytes(json, "currency", site->currency);
    cli_json_bytes(json, "locale", site->locale);
    cli_json_number(json, "price_decimals", site->price_decimals);
    cli_json_number(json, "just_bought_s", site->just_bought_s);
    cli_json_number(json, "session_gap_s", site->session_gap_s);
    cli_json_number(json, "retention_s", site->retention_s);
    cli_json_number(json, "interest_half_life_s", site->interest_half_life_s);
    cli_json_number(json, "standing_yes", site->standing_yes);
    cli_json_end(json);
}

static void dump_hashes(cli_json *json, const char *key, const uint8_t *hashes, uint32_t count)
{
    cli_json_array(json, key);
    for (uint32_t i = 0; i < count; i++) {
        cli_json_hash(json, NULL, sotto_load_u64(hashes + 8 * (size_t)i));
    }
    cli_json_end(json);
}

static void dump_rules(cli_json *json, const sotto_field_bytes *rules)
{
    static const char *const names[] = {"excluded_items", "excluded_categories", "excluded_brands"};
    cli_json_object(json, "rules");
    for (uint32_t i = 0; i < 3; i++) {
        const sotto_field_bytes *rule = &rules[SOTTO_RULE_ITEMS + i];
        dump_hashes(json, names[i], rule->bytes, rule->size / 8);
    }
    cli_json_end(json);
}

static void dump_slot(cli_json *json, const sotto_slot *slot)
{
    cli_json_object(json, NULL);
    cli_json_bytes(json, "name", slot->name);
    cli_json_bytes(json, "heading", slot->heading);
    cli_json_array(json, "strategies");
    for (uint32_t i = 0; i < slot->strategy_count; i++) {
        cli_json_number(json, NULL, slot->strategies[i]);
    }
    cli_json_end(json);
    cli_json_number(json, "count", slot->count);
    cli_json_number(json, "min", slot->min);
    cli_json_number(json, "filters", slot->filters);
    cli_json_number(json, "max_per_brand", slot->max_per_brand);
    cli_json_array(json, "pinned");
    for (uint32_t i = 0; i < slot->pinned_count; i++) {
        const uint8_t *pin = slot->pinned + SOTTO_PIN_SIZE * (size_t)i;
        cli_json_object(json, NULL);
        cli_json_number(json, "position", pin[0]);
        cli_json_hash(json, "item", sotto_load_u64(pin + 1));
        cli_json_end(json);
    }
    cli_json_end(json);
    dump_hashes(json, "manual", slot->manual, slot->manual_count);
    dump_hashes(json, "excluded", slot->excluded, slot->excluded_count);
    cli_json_number(json, "price_low_percent", slot->price_low_percent);
    cli_json_number(json, "price_high_percent", slot->price_high_percent);
    cli_json_number(json, "price_low", slot->price_low);
    cli_json_number(json, "price_high", slot->price_high);
    cli_json_end(json);
}

/* A list of names with a zero byte after each; null where the source's usual ones count. */
static void dump_names(cli_json *json, const char *key, sotto_text names)
{
    if (names.bytes == NULL) {
        cli_json_null(json, key);
        return;
    }
    cli_json_array(json, key);
    for (size_t at = 0; at < names.size;) {
        size_t size = strlen(names.bytes + at);
        cli_json_bytes(json, NULL, (sotto_text){names.bytes + at, size});
        at += size + 1;
    }
    cli_json_end(json);
}

static void dump_consent(cli_json *json, const cli_document *document)
{
    static const char *const purposes[] = {"store", "personalise", "measure"};
    sotto_consent consent;
    if (sotto_consent_open(&consent, document->bytes, document->size, NULL) != SOTTO_OK) {
        cli_json_null(json, "consent");
        return;
    }
    cli_json_object(json, "consent");
    cli_json_number(json, "source", consent.source);
    cli_json_number(json, "flags", consent.flags);
    cli_json_bytes(json, "policy", consent.policy);
    for (uint32_t i = 0; i < SOTTO_CONSENT_PURPOSES; i++) {
        dump_names(json, purposes[i], consent.names[i]);
    }
    cli_json_end(json);
}

void cli_dump_campaigns(cli_json *json, const cli_document *document)
{
    const sotto_bundle *bundle = document->bundle;
    sotto_site site = sotto_bundle_site(bundle);
    cli_dump_head(json, document);
    dump_site(json, &site);
    dump_rules(json, bundle->campaigns.rules);
    cli_json_array(json, "slots");
    for (uint32_t i = 0; i < sotto_slot_count(bundle); i++) {
        sotto_slot slot = sotto_slot_get(bundle, i);
        dump_slot(json, &slot);
    }
    cli_json_end(json);
    dump_consent(json, document);
    cli_dump_plan(json, document->plan);
}

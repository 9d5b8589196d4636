/*
 * campaigns.c - settings, rules and slots, read from their records
 *
 * Merchants write a site file; publishing compiles it into records (format/record.h), which name
 * items, categories and brands by hash. So campaigns may change on their own: they never refer to
 * an index of a model or catalogue that is about to be replaced.
 *
 * Opening reads every record once. Asking reads a slot's record again, which is a dozen small
 * steps.
 */
#include "model/bundle.h"

#include "base/hash.h"
#include "format/part.h"

enum { SITE, RULE, SLOT, KNOWN };

static const sotto_part_shape part_shape = {
    SOTTO_CAMPAIGNS, KNOWN, KNOWN,
    {SOTTO_TAG('S', 'I', 'T', 'E'), SOTTO_TAG('R', 'U', 'L', 'E'), SOTTO_TAG('S', 'L', 'O', 'T')},
};

/* Unit, least and most, by key. A text may be as long as a field. */
static const sotto_field_shape site_shape[SOTTO_SITE_KEYS] = {
    [SOTTO_SITE_SHOP_ID] = {1, 0, SOTTO_ANY_COUNT},
    [SOTTO_SITE_SHOP_NAME] = {1, 0, SOTTO_ANY_COUNT},
    [SOTTO_SITE_CURRENCY] = {1, 0, SOTTO_ANY_COUNT},
    [SOTTO_SITE_LOCALE] = {1, 0, SOTTO_ANY_COUNT},
    [SOTTO_SITE_PRICE_DECIMALS] = {1, 1, 1},
    [SOTTO_SITE_JUST_BOUGHT] = {4, 1, 1},
    [SOTTO_SITE_SESSION_GAP] = {4, 1, 1},
    [SOTTO_SITE_RETENTION] = {4, 1, 1},
    [SOTTO_SITE_HALF_LIFE] = {4, 1, 1},
    [SOTTO_SITE_STANDING_YES] = {4, 1, 1},
};

static const sotto_field_shape rule_shape[SOTTO_RULE_KEYS] = {
    [SOTTO_RULE_ITEMS] = {8, 0, SOTTO_ANY_COUNT},
    [SOTTO_RULE_CATEGORIES] = {8, 0, SOTTO_ANY_COUNT},
    [SOTTO_RULE_BRANDS] = {8, 0, SOTTO_ANY_COUNT},
};

static const sotto_field_shape slot_shape[SOTTO_SLOT_KEYS] = {
    [SOTTO_SLOT_NAME] = {1, 1, SOTTO_MAX_SLOT_NAME_SIZE},
    [SOTTO_SLOT_STRATEGIES] = {1, 1, SOTTO_MAX_SLOT_STRATEGIES},
    [SOTTO_SLOT_COUNT] = {1, 1, 1},
    [SOTTO_SLOT_MIN] = {1, 1, 1},
    [SOTTO_SLOT_FILTERS] = {4, 1, 1},
    [SOTTO_SLOT_MAX_PER_BRAND] = {1, 1, 1},
    [SOTTO_SLOT_PINNED] = {SOTTO_PIN_SIZE, 0, SOTTO_ANY_COUNT},
    [SOTTO_SLOT_MANUAL] = {8, 0, SOTTO_ANY_COUNT},
    [SOTTO_SLOT_EXCLUDED] = {8, 0, SOTTO_ANY_COUNT},
    [SOTTO_SLOT_PRICE_PERCENT] = {2, 2, 2},
    [SOTTO_SLOT_PRICE] = {4, 2, 2},
    [SOTTO_SLOT_HEADING] = {1, 0, SOTTO_ANY_COUNT},
};

/* Texts that lie side by side, from fields whose keys do. */
static void read_texts(sotto_text *texts, const sotto_field_bytes *fields, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (fields[i].bytes != NULL) {
            texts[i] = (sotto_text){(const char *)fields[i].bytes, fields[i].size};
        }
    }
}

/* Numbers of one or four bytes, as their fields' shapes say; side by side, as the texts. */
static void read_numbers(uint32_t *numbers, const sotto_field_bytes *fields, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *bytes = fields[i].bytes;
        if (bytes != NULL) {
            numbers[i] = fields[i].size == 1 ? *bytes : sotto_load_u32(bytes);
        }
    }
}

/* ---- The site -------------------------------------------------------------------------------- */

static const sotto_site site_defaults = {
    .shop_id = {"", 0},
    .shop_name = {"", 0},
    .currency = {"EUR", 3},
    .locale = {"en", 2},
    .price_decimals = 2,
    .just_bought_s = 2592000,
    .session_gap_s = 1800,
    .retention_s = 7776000,
    .interest_half_life_s = 604800,
    .standing_yes = 3107473469,        /* of "api ": the shop's own code, no policy */
};

void sotto_campaigns_init(sotto_campaigns *campaigns)
{
    memset(campaigns, 0, sizeof *campaigns);
    campaigns->site = site_defaults;
}

static void read_site(sotto_site *site, const uint8_t *bytes, uint32_t size)
{
    sotto_field_bytes fields[SOTTO_SITE_KEYS];
    sotto_record_read(bytes, size, SOTTO_SITE_KEYS, fields);
    read_texts(&site->shop_id, &fields[SOTTO_SITE_SHOP_ID], 4);
    read_numbers(&site->price_decimals, &fields[SOTTO_SITE_PRICE_DECIMALS], 6);
}

sotto_site sotto_bundle_site(const sotto_bundle *bundle)
{
    return bundle->campaigns.site;
}

/* ---- Rules ----------------------------------------------------------------------------------- */

bool sotto_hashes_hold(const uint8_t *hashes, uint32_t count, uint64_t hash)
{
    for (uint32_t i = 0; i < count; i++) {
        if (sotto_load_u64(hashes + 8 * (size_t)i) == hash) {
            return true;
        }
    }
    return false;
}

static bool rule_holds(const sotto_field_bytes *rule, uint64_t hash)
{
    return sotto_hashes_hold(rule->bytes, rule->size / 8, hash);
}

bool sotto_rules_exist(const sotto_bundle *bundle)
{
    const sotto_field_bytes *rules = bundle->campaigns.rules;
    return (rules[SOTTO_RULE_ITEMS].size | rules[SOTTO_RULE_CATEGORIES].size |
            rules[SOTTO_RULE_BRANDS].size) != 0;
}

bool sotto_rules_exclude(const sotto_bundle *bundle, uint32_t item)
{
    const sotto_field_bytes *rules = bundle->campaigns.rules;
    if (!sotto_rules_exist(bundle)) {
        return false;
    }
    if (rules[SOTTO_RULE_ITEMS].size != 0 &&
        rule_holds(&rules[SOTTO_RULE_ITEMS], sotto_item_hash(bundle, item))) {
        return true;
    }
    sotto_item_facts facts = sotto_item_get(bundle, item);
    if (facts.brand != SOTTO_NONE && rules[SOTTO_RULE_BRANDS].size != 0 &&
        rule_holds(&rules[SOTTO_RULE_BRANDS], sotto_brand_key(bundle, facts.brand))) {
        return true;
    }
    if (rules[SOTTO_RULE_CATEGORIES].size == 0) {
        return false;
    }
    uint32_t category = facts.category;
    while (category != SOTTO_NONE) {
        if (rule_holds(&rules[SOTTO_RULE_CATEGORIES], sotto_category_key(bundle, category))) {
            return true;
        }
        category = sotto_category_parent(bundle, category);
    }
    return false;
}

/* ---- Slots ----------------------------------------------------------------------------------- */

static const sotto_slot slot_defaults = {
    .name = {"", 0},
    .heading = {"", 0},
    .count = 8,
    .min = 1,
    .filters = SOTTO_SKIP_CART | SOTTO_SKIP_BOUGHT | SOTTO_SKIP_SOLD_OUT | SOTTO_SKIP_PAGE |
               SOTTO_SKIP_EXCLUDED,
    .price_high = UINT32_MAX,
};

void sotto_slot_init(sotto_slot *slot)
{
    *slot = slot_defaults;
}

static void read_slot(sotto_slot *slot, const sotto_field_bytes *fields)
{
    sotto_slot_init(slot);
    read_texts(&slot->name, &fields[SOTTO_SLOT_NAME], 1);
    read_texts(&slot->heading, &fields[SOTTO_SLOT_HEADING], 1);
    slot->strategies = fields[SOTTO_SLOT_STRATEGIES].bytes;
    slot->strategy_count = fields[SOTTO_SLOT_STRATEGIES].size;
    read_numbers(&slot->count, &fields[SOTTO_SLOT_COUNT], 4);
    slot->pinned = fields[SOTTO_SLOT_PINNED].bytes;
    slot->pinned_count = fields[SOTTO_SLOT_PINNED].size / SOTTO_PIN_SIZE;
    slot->manual = fields[SOTTO_SLOT_MANUAL].bytes;
    slot->manual_count = fields[SOTTO_SLOT_MANUAL].size / 8;
    slot->excluded = fields[SOTTO_SLOT_EXCLUDED].bytes;
    slot->excluded_count = fields[SOTTO_SLOT_EXCLUDED].size / 8;
    const uint8_t *percent = fields[SOTTO_SLOT_PRICE_PERCENT].bytes;
    if (percent != NULL) {
        slot->price_low_percent = sotto_load_u16(percent);
        slot->price_high_percent = sotto_load_u16(percent + 2);
    }
    const uint8_t *price = fields[SOTTO_SLOT_PRICE].bytes;
    if (price != NULL) {
        slot->price_low = sotto_load_u32(price);
        slot->price_high = sotto_load_u32(price + 4);
    }
}

uint32_t sotto_slot_count(const sotto_bundle *bundle)
{
    return bundle->campaigns.slot_count;
}

static sotto_slot slot_at(const sotto_campaigns *campaigns, uint32_t index)
{
    SOTTO_ASSERT(index < campaigns->slot_count);
    uint32_t start = sotto_load_u32(campaigns->slot_offsets + 4 * (size_t)index);
    uint32_t end = sotto_load_u32(campaigns->slot_offsets + 4 * (size_t)index + 4);
    sotto_field_bytes fields[SOTTO_SLOT_KEYS];
    sotto_record_read(campaigns->slots + start, end - start, SOTTO_SLOT_KEYS, fields);
    sotto_slot slot;
    read_slot(&slot, fields);
    return slot;
}

sotto_slot sotto_slot_get(const sotto_bundle *bundle, uint32_t index)
{
    return slot_at(&bundle->campaigns, index);
}

sotto_status sotto_slot_find(const sotto_bundle *bundle, const char *name, size_t name_size,
                             sotto_slot *slot)
{
    for (uint32_t i = 0; i < bundle->campaigns.slot_count; i++) {
        sotto_slot found = sotto_slot_get(bundle, i);
        if (found.name.size == name_size && memcmp(found.name.bytes, name, name_size) == 0) {
            *slot = found;
            return SOTTO_OK;
        }
    }
    return SOTTO_NO_SLOT;
}

const char *sotto_strategy_name(sotto_strategy strategy)
{
    static const char *const names[] = {
        [SOTTO_SIMILAR] = "similar",
        [SOTTO_BOUGHT_TOGETHER] = "bought-together",
        [SOTTO_FOR_YOU] = "for-you",
        [SOTTO_CART_CROSS_SELL] = "cart-cross-sell",
        [SOTTO_RECENTLY_VIEWED] = "recently-viewed",
        [SOTTO_POPULAR] = "popular",
        [SOTTO_TRENDING] = "trending",
        [SOTTO_MANUAL] = "manual",
        [SOTTO_LOOKS_LIKE] = "looks-like",
        [SOTTO_BUY_AGAIN] = "buy-again",
        [SOTTO_NEW] = "new",
        [SOTTO_VIEWED_THEN_BOUGHT] = "viewed-then-bought",
    };
    size_t number = (size_t)strategy;
    return number < SOTTO_ARRAY_COUNT(names) ? names[number] : NULL;
}

/* ---- Opening --------------------------------------------------------------------------------- */

/*
 * Checks the record the reader is at, up to `end`, and returns its bytes; NULL if it was refused.
 */
static const uint8_t *open_record(sotto_reader *reader, const sotto_field_shape *shapes,
                                  uint32_t key_count)
{
    const uint8_t *bytes = sotto_reader_take(reader, 0);
    sotto_record_check(reader, shapes, key_count);
    return reader->status == SOTTO_OK ? bytes : NULL;
}

static void open_slots(sotto_campaigns *campaigns, sotto_reader *reader)
{
    uint32_t count = sotto_reader_number(reader, 4, 0, SOTTO_MAX_SLOTS);
    uint32_t section_end = reader->end;
    uint32_t size = sotto_reader_left(reader) - 4 * (count + 1);
    campaigns->slot_offsets = sotto_reader_span(reader, count + 1, size);
    campaigns->slots = sotto_reader_take(reader, 0);
    uint32_t slots_at = reader->at;
    for (uint32_t i = 0; i < count && reader->status == SOTTO_OK; i++) {
        uint32_t start = reader->at;
        reader->end = slots_at + sotto_load_u32(campaigns->slot_offsets + 4 * (size_t)i + 4);
        if (open_record(reader, slot_shape, SOTTO_SLOT_KEYS) == NULL) {
            return;
        }
        campaigns->slot_count = i + 1;
        sotto_slot slot = slot_at(campaigns, i);
        if (slot.name.size == 0 || slot.strategy_count == 0 || slot.count - 1 >= SOTTO_MAX_PICKS) {
            sotto_reader_refuse(reader, SOTTO_INVALID, start, "slot without name, strategy, count");
        }
        reader->end = section_end;
    }
}

void sotto_campaigns_open(sotto_campaigns *campaigns, sotto_reader *reader)
{
    sotto_part part;
    sotto_part_open(&part, &part_shape, reader);
    if (part.item_count != 0) {
        sotto_reader_refuse(reader, SOTTO_INVALID, SOTTO_HEAD_ITEM_COUNT, "value out of range");
    }
    if (part.identity != 0) {
        sotto_reader_refuse(reader, SOTTO_INVALID, SOTTO_HEAD_IDENTITY, "value out of range");
    }
    sotto_campaigns_init(campaigns);
    campaigns->file = reader->file;

    sotto_reader_enter(reader, &part.sections[SITE]);
    const uint8_t *site = open_record(reader, site_shape, SOTTO_SITE_KEYS);
    if (site != NULL) {
        read_site(&campaigns->site, site, reader->end - reader->start);
        if (campaigns->site.price_decimals > SOTTO_MAX_PRICE_DECIMALS ||
            campaigns->site.interest_half_life_s == 0) {
            sotto_reader_refuse(reader, SOTTO_INVALID, reader->start, "value out of range");
        }
    }
    sotto_reader_enter(reader, &part.sections[RULE]);
    const uint8_t *rules = open_record(reader, rule_shape, SOTTO_RULE_KEYS);
    if (rules != NULL) {
        sotto_record_read(rules, reader->end - reader->start, SOTTO_RULE_KEYS, campaigns->rules);
    }
    sotto_reader_enter(reader, &part.sections[SLOT]);
    open_slots(campaigns, reader);
}

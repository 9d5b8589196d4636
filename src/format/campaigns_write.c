/*
 * campaigns_write.c - the site, the rules, the slots and what is said of consent, as records; the plan
 *
 * A field that has its default is left out where the default is "none"; all others are written,
 * so that a published file says what it means even if a later version changes a default.
 */
#include "format/write.h"

#include "base/bytes.h"
#include "base/hash.h"
#include "format/part_write.h"
#include "format/plan_write.h"

#include <stdlib.h>

/* ---- Fields. Each says whether its value is too large for a field, by returning a refusal. --- */

static const char *field(sotto_buffer *buffer, uint32_t key, const void *bytes, size_t size)
{
    if (size > UINT16_MAX) {
        return "a text or list of the site is longer than 65,535 bytes";
    }
    sotto_buffer_u16(buffer, key);
    sotto_buffer_u16(buffer, (uint32_t)size);
    sotto_buffer_add(buffer, bytes, size);
    return NULL;
}

static const char *text_field(sotto_buffer *buffer, uint32_t key, sotto_string text)
{
    if (!sotto_text_is_utf8(text)) {
        return "a text of the site is not UTF-8";
    }
    return text.size == 0 ? NULL : field(buffer, key, text.bytes, text.size);
}

static void u8_field(sotto_buffer *buffer, uint32_t key, uint32_t value)
{
    field(buffer, key, &(uint8_t){(uint8_t)value}, 1);
}

static void u32_field(sotto_buffer *buffer, uint32_t key, uint32_t value)
{
    uint8_t bytes[4];
    sotto_store_u32(bytes, value);
    field(buffer, key, bytes, sizeof bytes);
}

static const char *hashes_field(sotto_buffer *buffer, uint32_t key, const uint64_t *hashes,
                                uint32_t count)
{
    if (count == 0) {
        return NULL;
    }
    if (count > UINT16_MAX / 8) {
        return "a list of items, categories or brands has more than 8,191 entries";
    }
    field(buffer, key, "", 0);
    if (!buffer->failed) {
        sotto_store_u16(buffer->bytes + buffer->size - 2, (uint16_t)(8 * count));
    }
    for (uint32_t i = 0; i < count; i++) {
        sotto_buffer_u64(buffer, hashes[i]);
    }
    return NULL;
}

/* ---- Site and rules -------------------------------------------------------------------------- */

static const char *write_site(sotto_buffer *buffer, const sotto_campaigns_content *content)
{
    if (content->price_decimals > SOTTO_MAX_PRICE_DECIMALS) {
        return "prices have more than 4 decimals";
    }
    if (content->interest_half_life_s == 0) {
        return "the half-life of an interest is 0";
    }
    const sotto_string texts[] = {content->shop_id, content->shop_name, content->currency,
                                  content->locale};
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(texts); i++) {
        const char *refusal = text_field(buffer, SOTTO_SITE_SHOP_ID + i, texts[i]);
        if (refusal != NULL) {
            return refusal;
        }
    }
    u8_field(buffer, SOTTO_SITE_PRICE_DECIMALS, content->price_decimals);
    u32_field(buffer, SOTTO_SITE_JUST_BOUGHT, content->just_bought_s);
    u32_field(buffer, SOTTO_SITE_SESSION_GAP, content->session_gap_s);
    u32_field(buffer, SOTTO_SITE_RETENTION, content->retention_s);
    u32_field(buffer, SOTTO_SITE_HALF_LIFE, content->interest_half_life_s);
    if (content->consent != NULL) {
        u32_field(buffer, SOTTO_SITE_STANDING_YES, content->consent->standing_yes);
    }
    return NULL;
}

static const char *write_rules(sotto_buffer *buffer, const sotto_campaigns_content *content)
{
    const char *refusal = hashes_field(buffer, SOTTO_RULE_ITEMS, content->excluded_items,
                                       content->excluded_item_count);
    if (refusal == NULL) {
        refusal = hashes_field(buffer, SOTTO_RULE_CATEGORIES, content->excluded_categories,
                               content->excluded_category_count);
    }
    if (refusal == NULL) {
        refusal = hashes_field(buffer, SOTTO_RULE_BRANDS, content->excluded_brands,
                               content->excluded_brand_count);
    }
    return refusal;
}

/* ---- Slots ----------------------------------------------------------------------------------- */

static const char *refuse_slot(const sotto_slot_content *slot)
{
    if (slot->name.size < 1 || slot->name.size > SOTTO_MAX_SLOT_NAME_SIZE) {
        return "the name of a slot is not 1 to 64 bytes long";
    }
    if (slot->strategy_count < 1 || slot->strategy_count > SOTTO_MAX_SLOT_STRATEGIES) {
        return "a slot does not have 1 to 8 strategies";
    }
    if (slot->count < 1 || slot->count > SOTTO_MAX_PICKS) {
        return "a slot does not want 1 to 32 items";
    }
    if (slot->min > UINT8_MAX || slot->max_per_brand > UINT8_MAX) {
        return "a slot's least number of items, or most of a brand, is above 255";
    }
    if (slot->pinned_count > UINT16_MAX / SOTTO_PIN_SIZE) {
        return "a slot has more than 7,281 pinned items";
    }
    if (slot->price_low_percent > UINT16_MAX || slot->price_high_percent > UINT16_MAX) {
        return "a price range is above 65,535 percent";
    }
    return NULL;
}

/* In ascending order of position; of equal positions, as they were given. */
static void write_pins(sotto_buffer *buffer, const sotto_slot_content *slot)
{
    if (slot->pinned_count == 0) {
        return;
    }
    sotto_buffer_u16(buffer, SOTTO_SLOT_PINNED);
    sotto_buffer_u16(buffer, SOTTO_PIN_SIZE * slot->pinned_count);
    for (uint32_t position = 0; position <= UINT8_MAX; position++) {
        for (uint32_t i = 0; i < slot->pinned_count; i++) {
            if (slot->pinned[i].position == position) {
                sotto_buffer_u8(buffer, position);
                sotto_buffer_u64(buffer, slot->pinned[i].item);
            }
        }
    }
}

static void write_prices(sotto_buffer *buffer, const sotto_slot_content *slot)
{
    if (slot->price_low_percent != 0 || slot->price_high_percent != 0) {
        sotto_buffer_u16(buffer, SOTTO_SLOT_PRICE_PERCENT);
        sotto_buffer_u16(buffer, 4);
        sotto_buffer_u16(buffer, slot->price_low_percent);
        sotto_buffer_u16(buffer, slot->price_high_percent);
    }
    if (slot->price_low != 0 || slot->price_high != UINT32_MAX) {
        sotto_buffer_u16(buffer, SOTTO_SLOT_PRICE);
        sotto_buffer_u16(buffer, 8);
        sotto_buffer_u32(buffer, slot->price_low);
        sotto_buffer_u32(buffer, slot->price_high);
    }
}

static const char *write_slot(sotto_buffer *buffer, const sotto_slot_content *slot)
{
    const char *refusal = refuse_slot(slot);
    if (refusal == NULL) {
        refusal = text_field(buffer, SOTTO_SLOT_NAME, slot->name);
    }
    if (refusal != NULL) {
        return refusal;
    }
    field(buffer, SOTTO_SLOT_STRATEGIES, slot->strategies, slot->strategy_count);
    u8_field(buffer, SOTTO_SLOT_COUNT, slot->count);
    u8_field(buffer, SOTTO_SLOT_MIN, slot->min);
    u32_field(buffer, SOTTO_SLOT_FILTERS, slot->filters | SOTTO_SKIP_EXCLUDED);
    u8_field(buffer, SOTTO_SLOT_MAX_PER_BRAND, slot->max_per_brand);
    write_pins(buffer, slot);
    refusal = hashes_field(buffer, SOTTO_SLOT_MANUAL, slot->manual, slot->manual_count);
    if (refusal == NULL) {
        refusal = hashes_field(buffer, SOTTO_SLOT_EXCLUDED, slot->excluded, slot->excluded_count);
    }
    if (refusal == NULL) {
        write_prices(buffer, slot);
        refusal = text_field(buffer, SOTTO_SLOT_HEADING, slot->heading);
    }
    return refusal;
}

typedef struct named_slot {
    uint64_t                  hash;
    const sotto_slot_content *slot;
} named_slot;

static int compare_names(const void *a, const void *b)
{
    uint64_t first = ((const named_slot *)a)->hash;
    uint64_t second = ((const named_slot *)b)->hash;
    return first < second ? -1 : first > second;
}

static const char *write_slots(sotto_buffer *buffer, const sotto_campaigns_content *content)
{
    named_slot order[SOTTO_MAX_SLOTS];
    uint32_t count = content->slot_count;
    if (count > SOTTO_MAX_SLOTS) {
        return "there are more than 256 slots";
    }
    for (uint32_t i = 0; i < count; i++) {
        const sotto_slot_content *slot = &content->slots[i];
        order[i] = (named_slot){sotto_hash(slot->name.bytes, slot->name.size), slot};
    }
    qsort(order, count, sizeof *order, compare_names);

    sotto_buffer_u32(buffer, count);
    size_t offsets_at = buffer->size;
    sotto_buffer_zeros(buffer, 4 * (size_t)(count + 1));
    size_t start = buffer->size;
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && order[i].hash == order[i - 1].hash) {
            return "two slots have the same name";
        }
        const char *refusal = write_slot(buffer, order[i].slot);
        if (refusal != NULL) {
            return refusal;
        }
        sotto_buffer_set_u32(buffer, offsets_at + 4 * (size_t)(i + 1),
                             (uint32_t)(buffer->size - start));
    }
    return NULL;
}

/* ---- Consent --------------------------------------------------------------------------------- */

/* A list of names, a zero byte after each. */
static const char *names_field(sotto_buffer *buffer, uint32_t key, const sotto_string *names,
                               uint32_t count)
{
    char bytes[SOTTO_CONSENT_MAX_NAMES * (SOTTO_CONSENT_MAX_NAME_SIZE + 1)];
    size_t size = 0;
    if (count > SOTTO_CONSENT_MAX_NAMES) {
        return "a purpose has more than 16 names";
    }
    for (uint32_t i = 0; i < count; i++) {
        sotto_string name = names[i];
        if (name.size < 1 || name.size > SOTTO_CONSENT_MAX_NAME_SIZE ||
            memchr(name.bytes, 0, name.size) != NULL || !sotto_text_is_utf8(name)) {
            return "the name of a purpose is not a text of 1 to 64 bytes";
        }
        memcpy(bytes + size, name.bytes, name.size);
        bytes[size + name.size] = 0;
        size += name.size + 1;
    }
    return field(buffer, key, bytes, size);
}

static const char *write_consent(sotto_buffer *buffer, const sotto_consent_content *consent)
{
    if (consent->source > SOTTO_CONSENT_LAST_SOURCE ||
        consent->flags > SOTTO_CONSENT_ALL_FLAGS) {
        return "the source of consent, or its flags, are beyond those there are";
    }
    u8_field(buffer, SOTTO_CONSENT_SOURCE, consent->source);
    u8_field(buffer, SOTTO_CONSENT_FLAGS, consent->flags);
    const char *refusal = text_field(buffer, SOTTO_CONSENT_POLICY, consent->policy);
    for (uint32_t i = 0; i < SOTTO_CONSENT_PURPOSES && refusal == NULL; i++) {
        if (consent->names[i] != NULL) {
            refusal = names_field(buffer, SOTTO_CONSENT_NAMES + i, consent->names[i],
                                  consent->name_counts[i]);
        }
    }
    return refusal;
}

/* The site file's part of the sections, with room announced for those of the plan. */
static sotto_status write_part(const sotto_campaigns_content *content,
                               const sotto_section_list *plan, sotto_bytes *out, const char **why)
{
    sotto_part_writer writer;
    sotto_part_begin(&writer, SOTTO_CAMPAIGNS, 0, (content->consent != NULL ? 4 : 3) + plan->count);
    sotto_part_section(&writer, SOTTO_TAG('S', 'I', 'T', 'E'));
    const char *refusal = write_site(&writer.buffer, content);
    if (refusal == NULL) {
        sotto_part_section(&writer, SOTTO_TAG('R', 'U', 'L', 'E'));
        refusal = write_rules(&writer.buffer, content);
    }
    if (refusal == NULL) {
        sotto_part_section(&writer, SOTTO_TAG('S', 'L', 'O', 'T'));
        refusal = write_slots(&writer.buffer, content);
    }
    if (refusal == NULL && content->consent != NULL) {
        sotto_part_section(&writer, SOTTO_TAG('c', 'n', 's', 't'));
        refusal = write_consent(&writer.buffer, content->consent);
    }
    if (refusal == NULL) {
        sotto_part_sections(&writer, plan);
    }
    return sotto_part_finish(&writer, 0, refusal, out, why);
}

sotto_status sotto_campaigns_write(const sotto_campaigns_content *content, sotto_bytes *out,
                                   const char **why)
{
    sotto_section_list plan = {0};
    sotto_status status = SOTTO_OK;
    if (content->plan != NULL) {
        status = sotto_plan_sections(content->plan, &plan, why);
    }
    if (status == SOTTO_OK) {
        status = write_part(content, &plan, out, why);
    }
    sotto_section_list_free(&plan);
    return status;
}

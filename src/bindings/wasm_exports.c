/*
 * wasm_exports.c - what a page calls up to its first decision
 *
 * The page and the core share one stretch of memory. Answers are left where they are, or in a
 * static place, and read there, so there is nothing to allocate, free or convert.
 *
 * Files come in through places. Each place has two buffers: the one the bundle looks at, and a
 * spare one that the host writes the next version to. Only a version that opens takes the other's
 * part, so a damaged update leaves a page as it was.
 */
#include "bindings/wasm_exports.h"

#include "bindings/wasm_memory.h"
#include "ranking/ranking.h"

typedef struct sotto_buffer {
    uint8_t *bytes;
    uint32_t pages;
} sotto_buffer;

static sotto_buffer used_buffers[SOTTO_WASM_PLACES];
static sotto_buffer spare_buffers[SOTTO_WASM_PLACES];

sotto_wasm_state sotto_wasm_page;

sotto_wasm_state *sotto_wasm_start(uint32_t abi)
{
    if (abi != SOTTO_WASM_ABI) {
        return NULL;
    }
    sotto_wasm_memory_take(1);     /* the part of the later module */
    sotto_bundle_init(&sotto_wasm_page.bundle);
    sotto_wasm_page.build = SOTTO_WASM_BUILD;
    return &sotto_wasm_page;
}

uint8_t *sotto_wasm_reserve(uint32_t place, uint32_t size)
{
    sotto_buffer *buffer = &spare_buffers[place];
    uint32_t pages = size >> 16;
    if (buffer->pages <= pages) {
        /* A little more, so that a file that grows a little with each update fits again. */
        pages += (pages >> 3) + 1;
        uint8_t *bytes = sotto_wasm_memory_take(pages);
        if (!bytes) {
            return NULL;
        }
        *buffer = (sotto_buffer){bytes, pages};
    }
    return buffer->bytes;
}

uint32_t sotto_wasm_open(uint32_t place, uint32_t size)
{
    sotto_wasm_state *state = &sotto_wasm_page;
    sotto_buffer buffer = spare_buffers[place];
    if (place == 0) {
        return sotto_manifest_check(buffer.bytes, size, &state->fault);
    }
    sotto_status status = sotto_bundle_open(&state->bundle, (sotto_kind)place, buffer.bytes, size,
                                            &state->fault);
    if (status == SOTTO_OK) {
        spare_buffers[place] = used_buffers[place];
        used_buffers[place] = buffer;
    }
    return status;
}

const uint64_t *sotto_wasm_hash(const uint8_t *bytes, uint32_t size)
{
    static uint64_t hash;
    hash = sotto_hash(bytes, size);
    return &hash;
}

uint32_t sotto_wasm_item_find(const uint8_t *id, uint32_t size)
{
    return sotto_item_find(&sotto_wasm_page.bundle, (const char *)id, size);
}

const sotto_item_facts *sotto_wasm_item(uint32_t index)
{
    static sotto_item_facts facts;
    facts = sotto_item_get(&sotto_wasm_page.bundle, index);
    return &facts;
}

const sotto_text *sotto_wasm_item_attribute(uint32_t index, uint32_t number)
{
    static sotto_text texts[2];
    return sotto_item_attribute(&sotto_wasm_page.bundle, index, number, &texts[0], &texts[1])
               ? texts
               : NULL;
}

static sotto_text text_of(const sotto_bundle *bundle, uint32_t kind, uint32_t index)
{
    if (kind == SOTTO_WASM_ID) {
        return sotto_item_id(bundle, index);
    }
    if (kind == SOTTO_WASM_CATEGORY) {
        return sotto_category_name(bundle, index);
    }
    if (kind == SOTTO_WASM_BRAND) {
        return sotto_brand_name(bundle, index);
    }
    return kind < SOTTO_WASM_TEMPLATE
               ? sotto_item_text(bundle, (sotto_field)kind, index)
               : sotto_item_template(bundle, (sotto_field)(kind - SOTTO_WASM_TEMPLATE));
}

const sotto_text *sotto_wasm_text(uint32_t kind, uint32_t index)
{
    static sotto_text text;
    text = text_of(&sotto_wasm_page.bundle, kind, index);
    return &text;
}

const sotto_site *sotto_wasm_site(void)
{
    return &sotto_wasm_page.bundle.campaigns.site;
}

/* The host has written over the profile, so one that does not open is gone, not kept. */
uint32_t sotto_wasm_profile_open(uint32_t size)
{
    sotto_wasm_state *state = &sotto_wasm_page;
    sotto_status status = sotto_profile_open(&state->profile, size, &state->fault);
    state->has_profile = status == SOTTO_OK;
    return status;
}

const sotto_wasm_answer *sotto_wasm_decide(const uint8_t *slot_name, uint32_t slot_size,
                                           const uint32_t *page, uint32_t page_count,
                                           const uint32_t *cart, uint32_t cart_count,
                                           uint32_t now_s)
{
    static sotto_ranking_scratch scratch;
    static sotto_wasm_answer result;
    const sotto_wasm_state *state = &sotto_wasm_page;
    sotto_slot slot;
    if (sotto_slot_find(&state->bundle, (const char *)slot_name, slot_size, &slot) != SOTTO_OK) {
        return NULL;
    }
    sotto_context context = {now_s, page, page_count, cart, cart_count, cart_count != UINT32_MAX,
                             &state->shelf};
    sotto_decide(&state->bundle, state->has_profile ? &state->profile : NULL, &context, &slot,
                 &scratch, sizeof scratch, &result.answer);
    result.heading = slot.heading;
    return &result;
}

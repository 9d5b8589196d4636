/*
 * wasm_whole.c - what only sotto-wasi.wasm has: for servers, tools and tests
 */
#include "bindings/wasm_whole.h"

#ifndef SOTTO_WASM_LATER

#include "bindings/wasm_memory.h"
#include "decisions/moment.h"

static const sotto_bundle *bundle = &sotto_wasm_page.bundle;

const char *sotto_wasm_fault_text(void)
{
    return sotto_wasm_page.fault.what ? sotto_wasm_page.fault.what : "";
}

const char *sotto_wasm_status_text(uint32_t status)
{
    return sotto_status_text((sotto_status)status);
}

static uint32_t word_of(const void *pointer)
{
    return (uint32_t)(uintptr_t)pointer;
}

const uint32_t *sotto_wasm_manifest(const uint8_t *bytes, uint32_t size)
{
    enum { NUMBERS = 5, PARTS = 15 };
    _Static_assert(offsetof(sotto_manifest, signed_size) - offsetof(sotto_manifest, sequence)
                       == NUMBERS * sizeof(uint64_t), "sequence to identity lie side by side");
    static uint32_t words[PARTS + 3 * SOTTO_MANIFEST_MAX_PARTS];
    sotto_manifest manifest;
    if (sotto_manifest_open(&manifest, bytes, size, NULL) != SOTTO_OK) {
        return NULL;
    }
    words[0] = manifest.part_count;
    memcpy(&words[1], &manifest.sequence, NUMBERS * sizeof(uint64_t));
    words[11] = (uint32_t)manifest.signed_size;
    words[12] = word_of(manifest.signature);
    memcpy(&words[13], &manifest.key_id, sizeof manifest.key_id);
    for (uint32_t i = 0; i < manifest.part_count; i++) {
        sotto_manifest_part part = sotto_manifest_get(&manifest, i);
        words[PARTS + 3 * i] = part.kind;
        words[PARTS + 3 * i + 1] = part.size;
        words[PARTS + 3 * i + 2] = word_of(part.sha256);
    }
    return words;
}

uint32_t sotto_wasm_item_count(void)
{
    return sotto_item_count(bundle);
}

uint32_t sotto_wasm_item_popularity(uint32_t index)
{
    return sotto_item_popularity(bundle, index);
}

uint32_t sotto_wasm_item_attribute_count(uint32_t index)
{
    return sotto_item_attribute_count(bundle, index);
}

uint32_t sotto_wasm_category_parent(uint32_t category)
{
    return sotto_category_parent(bundle, category);
}

uint32_t sotto_wasm_program(const uint8_t *bytes, uint32_t size)
{
    sotto_moment *moment = sotto_wasm_gathered();
    sotto_reader reader = sotto_reader_over(bytes, 0, size);
    sotto_program_check(&reader, moment->plan, moment->plan->segment_count);
    if (reader.status != SOTTO_OK) {
        sotto_wasm_page.fault = reader.fault;
        return UINT32_MAX;
    }
    return sotto_program_run(moment, (sotto_program){bytes, size}) ? 1 : 0;
}

uint32_t sotto_wasm_slot_count(void)
{
    return sotto_slot_count(bundle);
}

const sotto_slot *sotto_wasm_slot(uint32_t index)
{
    static sotto_slot slot;
    slot = sotto_slot_get(bundle, index);
    return &slot;
}

const uint32_t *sotto_wasm_item_links(uint32_t relation, uint32_t index)
{
    _Static_assert(sizeof(sotto_link) == 2 * sizeof(uint32_t), "a link is two words");
    static struct {
        uint32_t   count;
        sotto_link links[SOTTO_MAX_LINKS];
    } row;
    row.count = sotto_item_links(bundle, (sotto_relation)relation, index, row.links);
    return &row.count;
}

const uint32_t *sotto_wasm_rank_next(const uint32_t *session, uint32_t session_count,
                                     uint32_t count)
{
    enum { MOST = 512 };
    static uint32_t ranked[1 + MOST];
    void *scratch = sotto_wasm_rank_scratch();
    ranked[0] = scratch ? sotto_rank_next(bundle, session, session_count,
                                          sotto_min_u32(count, MOST), scratch,
                                          sotto_rank_scratch_size(), &ranked[1])
                        : 0;
    return ranked;
}

#endif

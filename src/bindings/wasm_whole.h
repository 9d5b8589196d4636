/*
 * wasm_whole.h - what only sotto-wasi.wasm has: for servers, tools and tests
 *
 * Conventions are those of wasm_exports.h.
 */
#ifndef SOTTO_BINDINGS_WASM_WHOLE_H
#define SOTTO_BINDINGS_WASM_WHOLE_H

#include "bindings/wasm_state.h"

const char *sotto_wasm_fault_text(void);             /* terminated */
const char *sotto_wasm_status_text(uint32_t status);

/*
 * A manifest that opened as u32 words: part_count, sequence lo hi, created lo hi, expires lo hi,
 * shop lo hi, identity lo hi, signed_size, signature pointer (0 none), key_id lo hi; then per part:
 * kind, size, pointer to its SHA-256.
 */
const uint32_t *sotto_wasm_manifest(const uint8_t *bytes, uint32_t size);

uint32_t sotto_wasm_item_count(void);
uint32_t sotto_wasm_item_popularity(uint32_t index);
uint32_t sotto_wasm_item_attribute_count(uint32_t index);
uint32_t sotto_wasm_category_parent(uint32_t category);

/*
 * Checks an expression against the plan and asks it about the moment (wasm_plan.h), of which there
 * must be one: 1 or 0. 0xFFFFFFFF if it is not sound; the fault is counted from its first byte.
 */
uint32_t sotto_wasm_program(const uint8_t *bytes, uint32_t size);

uint32_t sotto_wasm_slot_count(void);
const sotto_slot *sotto_wasm_slot(uint32_t index);

/* Links as pairs of words (item, weight); the count is the first word. */
const uint32_t *sotto_wasm_item_links(uint32_t relation, uint32_t index);

/* sotto_rank_next: the count, then the items. */
const uint32_t *sotto_wasm_rank_next(const uint32_t *session, uint32_t session_count,
                                     uint32_t count);

#endif

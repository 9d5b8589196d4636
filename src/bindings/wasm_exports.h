/*
 * wasm_exports.h - what a page calls up to its first decision
 *
 * The module imports nothing. It holds one bundle, one profile and one answer, since a page is one
 * shop and one shopper. Numbers are i32 (u32 read with >>> 0), 64-bit numbers are two i32, low word
 * first. What is more than a number is answered as the address of a struct, which the host reads as
 * words: pointers and sizes are words too, so a text is two of them.
 *
 * memory    After any call to sotto_wasm_reserve the host must take its views again.
 * lifetime  What an address leads to is good until the same function is called again.
 * trust     Pointers, sizes, places and indexes from the host are trusted; the bytes they point to
 *           are not.
 */
#ifndef SOTTO_BINDINGS_WASM_EXPORTS_H
#define SOTTO_BINDINGS_WASM_EXPORTS_H

#include "bindings/wasm_state.h"

/*
 * Marks what sotto.wasm exports, and as what: a page waits for every byte of a name, twice, so
 * these are letters. web/runtime.js has the same list. A letter that is free again is not given
 * anew, since a browser may hold yesterday's script and today's module. The other headers here have
 * the rest, under their own names; sotto-wasi.wasm has all.
 */
#if defined(__wasm__) && !defined(SOTTO_WASM_LATER)
#define SOTTO_PAGE(letter) __attribute__((export_name(#letter)))
#else
#define SOTTO_PAGE(letter)
#endif

enum { SOTTO_WASM_ABI = 3, SOTTO_WASM_PLACES = 16 };

/*
 * Must be called first, with the ABI the host was built for; 0 if this is another one. The address
 * of the state, where the profile's SOTTO_PROFILE_SIZE bytes lie, followed by the shelf's
 * SOTTO_SHELF_SIZE and the offset of the last fault.
 */
SOTTO_PAGE(a) sotto_wasm_state *sotto_wasm_start(uint32_t abi);

/*
 * Memory for a file of `size` bytes, aligned to 8; 0 if there is none. `place` is 0 for the
 * manifest, a sotto_kind for a part, 15 for scratch (strings, item lists; 16 KiB are enough). A
 * place is reused when it is large enough, so reopening does not leak.
 */
SOTTO_PAGE(b) uint8_t *sotto_wasm_reserve(uint32_t place, uint32_t size);

/*
 * Opens what lies at a place; 0, the manifest, is only checked. A sotto_status; on failure see the
 * fault.
 */
SOTTO_PAGE(c) uint32_t sotto_wasm_open(uint32_t place, uint32_t size);

/* XXH64 of bytes in memory. */
SOTTO_PAGE(d) const uint64_t *sotto_wasm_hash(const uint8_t *bytes, uint32_t size);

/* Items: the index of an id, what an item is, and its attributes; 0 where these end. */
SOTTO_PAGE(e) uint32_t sotto_wasm_item_find(const uint8_t *id, uint32_t size);
SOTTO_PAGE(f) const sotto_item_facts *sotto_wasm_item(uint32_t index);
SOTTO_PAGE(g) const sotto_text *sotto_wasm_item_attribute(uint32_t index, uint32_t number);

/* Texts: an item's, the templates for those that have none, an item's id, names. */
typedef enum sotto_wasm_text_kind {
    SOTTO_WASM_TEMPLATE = SOTTO_FIELD_COUNT,         /* before it: SOTTO_TITLE and so on */
    SOTTO_WASM_ID = 2 * SOTTO_FIELD_COUNT, SOTTO_WASM_CATEGORY, SOTTO_WASM_BRAND
} sotto_wasm_text_kind;
SOTTO_PAGE(h) const sotto_text *sotto_wasm_text(uint32_t kind, uint32_t index);

/* The settings of the campaigns that are open, or the defaults. */
SOTTO_PAGE(i) const sotto_site *sotto_wasm_site(void);

/* Checks the profile that the host wrote. If it does not open there is none. */
SOTTO_PAGE(j) uint32_t sotto_wasm_profile_open(uint32_t size);

/*
 * Decides. `page` and `cart` are item indexes in memory; cart_count 0xFFFFFFFF takes the profile's
 * cart. 0 if there is no slot of that name.
 */
typedef struct sotto_wasm_answer {
    sotto_text   heading;
    sotto_answer answer;
} sotto_wasm_answer;
SOTTO_PAGE(k) const sotto_wasm_answer *sotto_wasm_decide(
    const uint8_t *slot_name, uint32_t slot_size, const uint32_t *page, uint32_t page_count,
    const uint32_t *cart, uint32_t cart_count, uint32_t now_s);

#endif

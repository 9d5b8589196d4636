/*
 * wasm_exports.h - every function a page may call, and no other
 *
 * The module imports nothing. It holds one bundle, one profile, one context and one answer, in
 * static memory; the parts' bytes lie in memory that grows by `sotto_wasm_reserve`. Numbers are i32
 * (u32 read with >>> 0), 64-bit numbers are two i32, low word first; a hash is passed as (lo, hi).
 *
 * memory    After any call to sotto_wasm_reserve the host must take its views again.
 * trust     Pointers and sizes from the host are trusted; the bytes they point to are not.
 */
#ifndef SOTTO_BINDINGS_WASM_EXPORTS_H
#define SOTTO_BINDINGS_WASM_EXPORTS_H

#include "sotto.h"

/*
 * Marks what a page needs up to its first decision. The module that pages load, sotto.wasm, exports
 * these alone and is built with SOTTO_NO_TEXTS; the rest is in sotto-wasi.wasm, which has
 * everything.
 */
#define SOTTO_PAGE

/* Must be called first. ABI version, 1: a host that was built for another one must not go on. */
SOTTO_PAGE uint32_t sotto_wasm_abi(void);

/*
 * Memory for a file of `size` bytes, aligned to 8; 0 if there is none. `place` is 0 for the
 * manifest, a sotto_kind for a part, 15 for scratch (strings, item lists; at most 16 KiB are
 * enough). A place is reused when it is large enough, so reopening does not leak.
 */
SOTTO_PAGE uint8_t *sotto_wasm_reserve(uint32_t place, uint32_t size);

/* Opens what lies at a place. A sotto_status; on failure ask the fault. */
SOTTO_PAGE uint32_t sotto_wasm_open_manifest(uint32_t size);
SOTTO_PAGE uint32_t sotto_wasm_open(uint32_t kind, uint32_t size);
SOTTO_PAGE uint32_t sotto_wasm_fault_offset(void);
const char *sotto_wasm_fault_text(void);           /* terminated */
const char *sotto_wasm_status_text(uint32_t status);

/*
 * The manifest as u32 words: part_count, sequence lo hi, created lo hi, expires lo hi, shop lo hi,
 * identity lo hi, signed_size, signature pointer (0 none), key_id lo hi; then per part: kind, size,
 * pointer to its SHA-256.
 */
SOTTO_PAGE const uint32_t *sotto_wasm_manifest(void);

/* XXH64 of bytes in memory, as two words at the pointer returned. */
SOTTO_PAGE const uint32_t *sotto_wasm_hash(const uint8_t *bytes, uint32_t size);

/* Items. Texts come as two words at the pointer returned: pointer, size. */
uint32_t sotto_wasm_item_count(void);
SOTTO_PAGE uint32_t sotto_wasm_item_find(const uint8_t *id, uint32_t size);
SOTTO_PAGE uint32_t sotto_wasm_item_find_hash(uint32_t lo, uint32_t hi);
/*
 * 9 words: price, list_price, category, brand, flags (1 listed, 2 in stock), popularity,
 * hash lo hi, attribute count.
 */
SOTTO_PAGE const uint32_t *sotto_wasm_item(uint32_t index);
/* what: 0 title, 1 url, 2 image, 3 id; 16, 17, 18 the templates of 0, 1, 2 */
SOTTO_PAGE const uint32_t *sotto_wasm_item_text(uint32_t what, uint32_t index);
/* 4 words: name pointer, name size, value pointer, value size */
SOTTO_PAGE const uint32_t *sotto_wasm_item_attribute(uint32_t index, uint32_t number);
/*
 * list: 0 categories, 1 brands. 3 words: pointer, size, parent. Count with index 0xFFFFFFFF in word
 * 0.
 */
SOTTO_PAGE const uint32_t *sotto_wasm_name(uint32_t list, uint32_t index);
/* links as pairs of words (item, weight); the count is the first word */
const uint32_t *sotto_wasm_item_links(uint32_t relation, uint32_t index);

/*
 * The site: 4 texts (pointer, size) shop id, shop name, currency, locale, then price_decimals,
 * just_bought_s, session_gap_s, retention_s, interest_half_life_s. And slots: 0xFFFFFFFF asks for
 * the count (word 0); else name pointer, size, heading pointer, size, count, min.
 */
SOTTO_PAGE const uint32_t *sotto_wasm_site(void);
SOTTO_PAGE const uint32_t *sotto_wasm_slot(uint32_t index);

/* The profile lies at a fixed place of SOTTO_PROFILE_SIZE bytes. */
SOTTO_PAGE uint8_t *sotto_wasm_profile(void);
SOTTO_PAGE void sotto_wasm_profile_init(uint32_t seed_lo, uint32_t seed_hi, uint32_t now_s);
/* Checks what the host wrote at the place. */
SOTTO_PAGE uint32_t sotto_wasm_profile_open(uint32_t size);
SOTTO_PAGE void sotto_wasm_profile_seal(void);
/* Clears it; decisions go on without a profile. */
SOTTO_PAGE void sotto_wasm_profile_drop(void);
/* SOTTO_OK, or SOTTO_INVALID without a profile or with an unknown kind. */
SOTTO_PAGE uint32_t sotto_wasm_track(uint32_t kind, uint32_t item_lo, uint32_t item_hi,
                                     uint32_t quantity, uint32_t now_s);
uint32_t sotto_wasm_profile_forget_item(uint32_t lo, uint32_t hi);
/*
 * Reading back, newest first. what: 0 summary, 1 events, 2 cart, 3 purchases, 4 categories, 5
 * brands. 0 past the end. Words: summary as in sotto_profile_summary (seed lo hi first); event:
 * item lo hi, time_s, kind, quantity; cart: item lo hi, time_s, quantity; purchase: item lo hi,
 * time_s, times, quantity; interest: key lo hi, value, time_s.
 */
const uint32_t *sotto_wasm_profile_read(uint32_t what, uint32_t number, uint32_t now_s);

/*
 * Decides. `page` and `cart` are item indexes (u32) in memory; cart_count 0xFFFFFFFF takes the
 * profile's cart. Returns a status; the answer is words: count, then per pick 20 words: item,
 * score, strategy, reason count, 4 times (kind, item, points), 4 unused (0).
 */
SOTTO_PAGE uint32_t sotto_wasm_decide(const uint8_t *slot_name, uint32_t slot_size,
                                      const uint32_t *page, uint32_t page_count,
                                      const uint32_t *cart, uint32_t cart_count, uint32_t now_s);
SOTTO_PAGE const uint32_t *sotto_wasm_answer(void);

/* sotto_rank_next; returns how many, the items at sotto_wasm_answer() as plain words. */
uint32_t sotto_wasm_rank_next(const uint32_t *session, uint32_t session_count, uint32_t count);

#endif

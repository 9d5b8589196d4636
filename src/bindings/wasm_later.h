/*
 * wasm_later.h - what a page calls after its first decision
 *
 * A module of its own, sotto-later.wasm, that imports the page's memory and nothing else. It works
 * on the page's state, so there is one bundle and one profile, and nothing is opened or copied
 * twice. Conventions are those of wasm_exports.h.
 */
#ifndef SOTTO_BINDINGS_WASM_LATER_H
#define SOTTO_BINDINGS_WASM_LATER_H

#include "bindings/wasm_state.h"
#include "model/consent.h"

/*
 * Marks what sotto-later.wasm exports, and its twin for browsers without SIMD,
 * sotto-later-base.wasm: the same sources, the same answers.
 */
#define SOTTO_LATER

/*
 * Must be called first, with what sotto_wasm_start returned. False if the two modules were not
 * built from the same sources; nothing else may then be called.
 */
SOTTO_LATER bool sotto_wasm_attach(sotto_wasm_state *page);

SOTTO_LATER uint32_t sotto_wasm_item_find_hash(uint32_t lo, uint32_t hi);

/* How many categories (0) or brands (1) have names. */
SOTTO_LATER uint32_t sotto_wasm_name_count(uint32_t list);

/*
 * What the campaigns say of consent: the words of sotto_consent, which are the defaults if they say
 * nothing. NULL if there are no campaigns, or what they say cannot be understood.
 */
SOTTO_LATER const sotto_consent *sotto_wasm_consent(void);

/*
 * Opens a ranker that the host wrote to memory it reserved for place 4, where it stays. A
 * sotto_status; after a failure see the fault, and there is no ranker.
 */
SOTTO_LATER uint32_t sotto_wasm_ranker_open(const uint8_t *bytes, uint32_t size);

/*
 * Ranks for the profile and leaves the result on the shelf, behind it in the state, where decisions
 * find it. The sequence is that of the manifest. SOTTO_INVALID without a profile or a ranker; the
 * shelf is then as it was.
 */
SOTTO_LATER uint32_t sotto_wasm_shelve(uint32_t sequence_lo, uint32_t sequence_hi, uint32_t now_s);

/* Empties the shelf: what it holds came from something that was forgotten since. */
SOTTO_LATER void sotto_wasm_shelf_clear(void);

SOTTO_LATER void sotto_wasm_profile_init(uint32_t seed_lo, uint32_t seed_hi, uint32_t now_s);
/* Brings the checksum up to date, so that the profile's bytes may be saved. */
SOTTO_LATER void sotto_wasm_profile_seal(void);
/* Clears it, and the shelf; decisions go on without a profile. */
SOTTO_LATER void sotto_wasm_profile_drop(void);
/* SOTTO_OK, or SOTTO_INVALID without a profile or with an unknown kind. */
SOTTO_LATER uint32_t sotto_wasm_track(uint32_t kind, uint32_t item_lo, uint32_t item_hi,
                                      uint32_t quantity, uint32_t now_s);
/* Forgets an item everywhere; returns how many entries went. */
SOTTO_LATER uint32_t sotto_wasm_profile_forget_item(uint32_t lo, uint32_t hi);
/*
 * Reading back, newest first. what: 0 summary, 1 events, 2 cart, 3 purchases, 4 categories, 5
 * brands. 0 past the end. Words: summary as in sotto_profile_summary (seed lo hi first); event:
 * item lo hi, time_s, kind, quantity; cart: item lo hi, time_s, quantity; purchase: item lo hi,
 * time_s, times, quantity; interest: key lo hi, value, time_s.
 */
SOTTO_LATER const uint32_t *sotto_wasm_profile_read(uint32_t what, uint32_t number, uint32_t now_s);

#endif

/*
 * wasm_plan.h - what a page calls for its campaigns
 *
 * Part of sotto-later.wasm; conventions are those of wasm_exports.h. Plan, ledger, moment and
 * verdicts lie in pages of their own, which are taken when the first plan is opened: together they
 * would not fit into the 64 KB of the later module.
 */
#ifndef SOTTO_BINDINGS_WASM_PLAN_H
#define SOTTO_BINDINGS_WASM_PLAN_H

#include "bindings/wasm_later.h"

/*
 * Opens the plan of the campaigns that are open; to be called again when model, catalogue or
 * campaigns were replaced. A sotto_status; after a failure see the fault, and the plan is empty.
 */
SOTTO_LATER uint32_t sotto_wasm_plan_open(void);

/*
 * How many there are: segments, campaigns, experiments, offers; then idle_s and session_gap_s. 0
 * without a plan.
 */
SOTTO_LATER const uint32_t *sotto_wasm_plan_counts(void);

/*
 * Ledger. It is the profile's: made anew with it, opened and dropped with it. All but these two
 * need a plan that was opened; SOTTO_INVALID, or nothing, without.
 */
/* Where it lies, for the host to read and write; 0 without a plan. */
SOTTO_LATER uint8_t *sotto_wasm_ledger(void);
/* Whether there is one. */
SOTTO_LATER bool sotto_wasm_ledger_is_open(void);
/* An empty one for the profile. */
SOTTO_LATER uint32_t sotto_wasm_ledger_init(void);
/* Checks what the host wrote there; an empty one takes its place if that does not open. */
SOTTO_LATER uint32_t sotto_wasm_ledger_open(uint32_t size);
SOTTO_LATER void sotto_wasm_ledger_seal(void);
SOTTO_LATER void sotto_wasm_ledger_drop(void);
/* Kinds 1 to 20; those of the profile after sotto_wasm_track. */
SOTTO_LATER uint32_t sotto_wasm_ledger_fold(uint32_t kind, uint32_t item_lo, uint32_t item_hi,
                                            uint32_t quantity, uint32_t now_s,
                                            int32_t utc_offset_min);
SOTTO_LATER void sotto_wasm_ledger_forget_item(uint32_t lo, uint32_t hi);

/*
 * Scene. The host fills the struct as words, and puts lists and texts into the room of
 * SOTTO_WASM_SCENE_ROOM bytes right behind it. 0 without a plan.
 */
enum { SOTTO_WASM_SCENE_ROOM = 24576 };
SOTTO_LATER sotto_scene *sotto_wasm_scene(void);

/* Gathers a moment from the scene, the profile and the ledger: what follows is about it. */
SOTTO_LATER uint32_t sotto_wasm_moment(void);
SOTTO_LATER const uint32_t *sotto_wasm_segments(void);
/* `showing` are campaigns' indexes in memory. 0 if there is no room for the slots' decisions. */
SOTTO_LATER const sotto_verdicts *sotto_wasm_arbitrate(const uint32_t *showing, uint32_t count);
SOTTO_LATER uint32_t sotto_wasm_arm(uint32_t experiment);
/* What is in the cart: its total in minor units, its pieces. */
typedef struct sotto_wasm_cart_sum {
    uint32_t total_lo, total_hi, pieces;
} sotto_wasm_cart_sum;
SOTTO_LATER const sotto_wasm_cart_sum *sotto_wasm_cart(void);

/* What the campaigns say the shop is called. */
SOTTO_LATER const sotto_text *sotto_wasm_shop_name(void);

/* Reading the plan, all by index. */
SOTTO_LATER const sotto_text *sotto_wasm_segment_name(uint32_t index);
SOTTO_LATER const sotto_campaign *sotto_wasm_campaign(uint32_t index);
SOTTO_LATER const sotto_text *sotto_wasm_campaign_field(uint32_t index, uint32_t key);
SOTTO_LATER const sotto_experiment *sotto_wasm_experiment(uint32_t index);
SOTTO_LATER const sotto_offer *sotto_wasm_offer(uint32_t index);
/* The code that this shopper sees; without a profile the first. */
SOTTO_LATER const sotto_text *sotto_wasm_offer_code(uint32_t index);
/* Any of its codes; 0 past the end. */
SOTTO_LATER const sotto_text *sotto_wasm_offer_code_at(uint32_t index, uint32_t number);
SOTTO_LATER uint32_t sotto_wasm_offer_item(uint32_t index, uint32_t number);
/* A hand-off's name and its address; 0 past the end. */
SOTTO_LATER const sotto_text *sotto_wasm_hand_off(uint32_t index);
/* An account attribute: its name, then its kind (a sotto_account_kind); 0 past the end. */
typedef struct sotto_wasm_account_attribute {
    sotto_text name;
    uint32_t   kind;
} sotto_wasm_account_attribute;
SOTTO_LATER const sotto_wasm_account_attribute *sotto_wasm_account(uint32_t index);

#endif

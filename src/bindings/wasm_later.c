/*
 * wasm_later.c - what a page calls after its first decision: keeping and telling the profile
 */
#include "bindings/wasm_later.h"

#include "bindings/wasm_memory.h"
#include "model/ranker.h"
#include "profile/decay.h"

/* The page's, by address; where all is one module there is nothing to wait for. */
#ifdef SOTTO_WASM_LATER
static sotto_wasm_state *state;
#else
static sotto_wasm_state *state = &sotto_wasm_page;
#endif

static sotto_ranker ranker;

sotto_wasm_state *sotto_wasm_attached(void)
{
    return state;
}

void *sotto_wasm_rank_scratch(void)
{
    static void *scratch;
    if (!scratch) {
        scratch = sotto_wasm_memory_take((uint32_t)(sotto_rank_scratch_size() >> 16) + 1);
    }
    return scratch;
}

static uint64_t u64_of(uint32_t lo, uint32_t hi)
{
    return (uint64_t)hi << 32 | lo;
}

bool sotto_wasm_attach(sotto_wasm_state *page)
{
    state = page;
    return page->build == SOTTO_WASM_BUILD;
}

uint32_t sotto_wasm_item_find_hash(uint32_t lo, uint32_t hi)
{
    return sotto_item_find_hash(&state->bundle, u64_of(lo, hi));
}

uint32_t sotto_wasm_name_count(uint32_t list)
{
    return list == 1 ? sotto_brand_count(&state->bundle) : sotto_category_count(&state->bundle);
}

const sotto_consent *sotto_wasm_consent(void)
{
    static sotto_consent consent;
    const uint8_t *file = state->bundle.campaigns.file;
    return file && sotto_consent_open(&consent, file, sotto_load_u32(file + SOTTO_HEAD_FILE_SIZE),
                                      &state->fault) == SOTTO_OK
               ? &consent
               : NULL;
}

/* The host has written over the ranker there was, so one that does not open is gone, not kept. */
uint32_t sotto_wasm_ranker_open(const uint8_t *bytes, uint32_t size)
{
    state->bundle.ranker = NULL;
    return sotto_wasm_rank_scratch()
               ? sotto_ranker_open(&ranker, &state->bundle, bytes, size, &state->fault)
               : SOTTO_NO_ROOM;
}

uint32_t sotto_wasm_shelve(uint32_t sequence_lo, uint32_t sequence_hi, uint32_t now_s)
{
    if (!state->has_profile || !state->bundle.ranker) {
        return SOTTO_INVALID;
    }
    return sotto_shelve(&state->bundle, &state->profile, now_s, u64_of(sequence_lo, sequence_hi),
                        sotto_wasm_rank_scratch(), sotto_rank_scratch_size(), &state->shelf);
}

void sotto_wasm_shelf_clear(void)
{
    memset(&state->shelf, 0, sizeof state->shelf);
}

void sotto_wasm_profile_init(uint32_t seed_lo, uint32_t seed_hi, uint32_t now_s)
{
    sotto_wasm_shelf_clear();
    sotto_profile_init(&state->profile, u64_of(seed_lo, seed_hi), now_s);
    state->has_profile = true;
}

void sotto_wasm_profile_seal(void)
{
    sotto_profile_seal(&state->profile);
}

void sotto_wasm_profile_drop(void)
{
    sotto_wasm_shelf_clear();
    memset(&state->profile, 0, sizeof state->profile);
    state->has_profile = false;
}

uint32_t sotto_wasm_track(uint32_t kind, uint32_t item_lo, uint32_t item_hi, uint32_t quantity,
                          uint32_t now_s)
{
    sotto_event event = {u64_of(item_lo, item_hi), now_s, (sotto_event_kind)kind, quantity};
    if (!state->has_profile || !sotto_event_is_known(kind)) {
        return SOTTO_INVALID;
    }
    sotto_profile_fold(&state->profile, &state->bundle, &event);
    return SOTTO_OK;
}

uint32_t sotto_wasm_profile_forget_item(uint32_t lo, uint32_t hi)
{
    sotto_wasm_shelf_clear();
    return state->has_profile ? sotto_profile_forget_item(&state->profile, u64_of(lo, hi)) : 0;
}

/*
 * Every entry of every table is 16 bytes: a key and two words. Where the last word holds two halves
 * (kind and quantity, times and quantity) they are taken apart.
 */
const uint32_t *sotto_wasm_profile_read(uint32_t what, uint32_t number, uint32_t now_s)
{
    enum { SUMMARY, EVENTS, CART, PURCHASES, CATEGORIES, BRANDS };
    static union {
        sotto_profile_summary summary;
        uint32_t              words[SOTTO_ENTRY_SIZE / 4 + 1];
    } result;
    const sotto_profile *profile = &state->profile;
    uint32_t *words = result.words;
    if (!state->has_profile || what > BRANDS) {
        return NULL;
    }
    if (what == SUMMARY) {
        result.summary = sotto_profile_get(profile);
        return words;
    }
    const void *entry = what == EVENTS
                            ? (const void *)sotto_history_get(profile, number)
                            : sotto_profile_entry(profile, (sotto_profile_table)(what - CART),
                                                  number);
    if (!entry) {
        return NULL;
    }
    memcpy(words, entry, SOTTO_ENTRY_SIZE);
    if (what <= PURCHASES) {
        words[4] = words[3] >> 16;
        words[3] &= UINT16_MAX;
    } else {
        words[2] = sotto_decay(words[2], sotto_age_s(words[3], now_s),
                               state->bundle.campaigns.site.interest_half_life_s);
    }
    return words;
}

/*
 * wasm_exports.c - every function a page may call, and no other
 *
 * The page and the core share one stretch of memory and speak in 32-bit words: arguments are words,
 * and an answer of more than one word is written to a fixed place and its address returned. So
 * there is nothing to allocate, free or convert, and the JavaScript on the other side reads a
 * Uint32Array.
 *
 * The module has one bundle, one profile and one answer, since a page is one shop and one shopper.
 *
 * Files come in through places. Each place has two buffers: the one the bundle looks at, and a
 * spare one that the host writes the next version to. Only a version that opens takes the other's
 * part, so a damaged update leaves a page as it was.
 */
#include "bindings/wasm_exports.h"

#include "base/base.h"
#include "bindings/wasm_memory.h"
#include "model/bundle.h"
#include "profile/decay.h"
#include "profile/profile.h"
#include "ranking/ranking.h"

enum {
    PLACE_COUNT = 16,
    PICK_WORDS = 20,
    ANSWER_WORDS = 1 + SOTTO_MAX_PICKS * PICK_WORDS,
    RESULT_WORDS = 1 + 2 * SOTTO_MAX_LINKS
};

#define COUNT_ONLY UINT32_MAX      /* as an index: how many there are */

typedef struct sotto_place {
    uint8_t *bytes[2];
    uint32_t size[2];
    uint32_t used;                 /* which of the two the bundle looks at */
} sotto_place;

static sotto_place places[PLACE_COUNT];
static sotto_bundle bundle;
static sotto_manifest manifest;
static sotto_fault fault = {0, ""};
static struct sotto_profile profile;
static bool has_profile;
static sotto_ranking_scratch scratch;
static sotto_answer answer;
static uint32_t answer_words[ANSWER_WORDS];

/* What was asked last. Texts and links are written as they are: in WebAssembly they are words. */
static union {
    uint32_t   words[RESULT_WORDS];
    sotto_text texts[2];
} result;

static uint64_t u64_of(uint32_t lo, uint32_t hi)
{
    return (uint64_t)hi << 32 | lo;
}

static uint32_t word_of(const void *pointer)
{
    return (uint32_t)(uintptr_t)pointer;
}

uint32_t sotto_wasm_abi(void)
{
    sotto_bundle_init(&bundle);
    return 1;
}

uint8_t *sotto_wasm_reserve(uint32_t number, uint32_t size)
{
    if (number >= PLACE_COUNT) {
        return NULL;
    }
    sotto_place *place = &places[number];
    uint32_t spare = 1 - place->used;
    if (place->size[spare] < size || !place->bytes[spare]) {
        /* A little more, so that a file that grows a little with each update fits again. */
        uint32_t room = size <= UINT32_MAX / 2 ? size + size / 8 : size;
        uint8_t *bytes = sotto_wasm_memory_take(room);
        if (!bytes) {
            return NULL;
        }
        place->bytes[spare] = bytes;
        place->size[spare] = room;
    }
    return place->bytes[spare];
}

/* The bytes the host has put at a place; NULL if it never reserved that many. */
static const uint8_t *spare_bytes(uint32_t number, uint32_t size)
{
    const sotto_place *place = &places[number];
    uint32_t spare = 1 - place->used;
    return place->size[spare] >= size ? place->bytes[spare] : NULL;
}

uint32_t sotto_wasm_open_manifest(uint32_t size)
{
    return sotto_wasm_open(0, size);
}

uint32_t sotto_wasm_open(uint32_t kind, uint32_t size)
{
    const uint8_t *bytes = kind < PLACE_COUNT ? spare_bytes(kind, size) : NULL;
    if (!bytes) {
        return SOTTO_NO_ROOM;
    }
    sotto_status status = kind == 0
                              ? sotto_manifest_open(&manifest, bytes, size, &fault)
                              : sotto_bundle_open(&bundle, (sotto_kind)kind, bytes, size, &fault);
    if (status == SOTTO_OK) {
        places[kind].used = 1 - places[kind].used;
    }
    return status;
}

uint32_t sotto_wasm_fault_offset(void)
{
    return (uint32_t)fault.offset;
}

const char *sotto_wasm_fault_text(void)
{
    return fault.what;
}

const char *sotto_wasm_status_text(uint32_t status)
{
    return sotto_status_text((sotto_status)status);
}

const uint32_t *sotto_wasm_manifest(void)
{
    enum { NUMBERS = 5, PARTS = 15 };
    _Static_assert(offsetof(sotto_manifest, signed_size) - offsetof(sotto_manifest, sequence)
                       == NUMBERS * sizeof(uint64_t), "sequence to identity lie side by side");
    uint32_t *words = result.words;
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

const uint32_t *sotto_wasm_hash(const uint8_t *bytes, uint32_t size)
{
    uint64_t hash = sotto_hash(bytes, size);
    return memcpy(result.words, &hash, sizeof hash);
}

uint32_t sotto_wasm_item_count(void)
{
    return sotto_item_count(&bundle);
}

uint32_t sotto_wasm_item_find(const uint8_t *id, uint32_t size)
{
    return sotto_item_find(&bundle, (const char *)id, size);
}

uint32_t sotto_wasm_item_find_hash(uint32_t lo, uint32_t hi)
{
    return sotto_item_find_hash(&bundle, u64_of(lo, hi));
}

const uint32_t *sotto_wasm_item(uint32_t index)
{
    sotto_item_facts facts = sotto_item_get(&bundle, index);
    uint64_t hash = sotto_item_hash(&bundle, index);
    uint32_t *words = result.words;
    words[0] = facts.price;
    words[1] = facts.list_price;
    words[2] = facts.category;
    words[3] = facts.brand;
    words[4] = (uint32_t)facts.listed | (uint32_t)facts.in_stock << 1;
    words[5] = sotto_item_popularity(&bundle, index);
    memcpy(&words[6], &hash, sizeof hash);
    words[8] = sotto_item_attribute_count(&bundle, index);
    return words;
}

const uint32_t *sotto_wasm_item_text(uint32_t what, uint32_t index)
{
    enum { ID = 3, TEMPLATES = 16 };
    result.texts[0] = what >= TEMPLATES
                          ? sotto_item_template(&bundle, (sotto_field)(what - TEMPLATES))
                      : what == ID ? sotto_item_id(&bundle, index)
                                   : sotto_item_text(&bundle, (sotto_field)what, index);
    return result.words;
}

const uint32_t *sotto_wasm_item_attribute(uint32_t index, uint32_t number)
{
    memset(result.texts, 0, sizeof result.texts);
    sotto_item_attribute(&bundle, index, number, &result.texts[0], &result.texts[1]);
    return result.words;
}

const uint32_t *sotto_wasm_name(uint32_t list, uint32_t index)
{
    if (index == COUNT_ONLY) {
        result.words[0] = list == 1 ? sotto_brand_count(&bundle) : sotto_category_count(&bundle);
        return result.words;
    }
    result.texts[0] = list == 1 ? sotto_brand_name(&bundle, index)
                                : sotto_category_name(&bundle, index);
    result.words[2] = list == 1 ? SOTTO_NONE : sotto_category_parent(&bundle, index);
    return result.words;
}

const uint32_t *sotto_wasm_item_links(uint32_t relation, uint32_t index)
{
    _Static_assert(sizeof(sotto_link) == 2 * sizeof(uint32_t), "a link is two words");
    result.words[0] = sotto_item_links(&bundle, (sotto_relation)relation, index,
                                       (sotto_link *)(void *)&result.words[1]);
    return result.words;
}

/* The site's texts and numbers lie in the bundle in the order they are read in. */
const uint32_t *sotto_wasm_site(void)
{
    return (const uint32_t *)(const void *)&bundle.campaigns.site;
}

const uint32_t *sotto_wasm_slot(uint32_t index)
{
    if (index == COUNT_ONLY) {
        result.words[0] = sotto_slot_count(&bundle);
        return result.words;
    }
    sotto_slot slot = sotto_slot_get(&bundle, index);
    result.texts[0] = slot.name;
    result.texts[1] = slot.heading;
    uint32_t *after = (uint32_t *)(void *)&result.texts[2];
    after[0] = slot.count;
    after[1] = slot.min;
    return result.words;
}

uint8_t *sotto_wasm_profile(void)
{
    return (uint8_t *)&profile;
}

void sotto_wasm_profile_init(uint32_t seed_lo, uint32_t seed_hi, uint32_t now_s)
{
    sotto_profile_init(&profile, u64_of(seed_lo, seed_hi), now_s);
    has_profile = true;
}

/* The host has written over the profile, so one that does not open is gone, not kept. */
uint32_t sotto_wasm_profile_open(uint32_t size)
{
    sotto_status status = sotto_profile_open(&profile, size, &fault);
    has_profile = status == SOTTO_OK;
    return status;
}

void sotto_wasm_profile_seal(void)
{
    sotto_profile_seal(&profile);
}

void sotto_wasm_profile_drop(void)
{
    memset(&profile, 0, sizeof profile);
    has_profile = false;
}

uint32_t sotto_wasm_track(uint32_t kind, uint32_t item_lo, uint32_t item_hi, uint32_t quantity,
                          uint32_t now_s)
{
    sotto_event event = {u64_of(item_lo, item_hi), now_s, (sotto_event_kind)kind, quantity};
    if (!has_profile || !sotto_event_is_known(kind)) {
        return SOTTO_INVALID;
    }
    sotto_profile_fold(&profile, &bundle, &event);
    return SOTTO_OK;
}

uint32_t sotto_wasm_profile_forget_item(uint32_t lo, uint32_t hi)
{
    return has_profile ? sotto_profile_forget_item(&profile, u64_of(lo, hi)) : 0;
}

/*
 * Every entry of every table is 16 bytes: a key and two words. Where the last word holds two halves
 * (kind and quantity, times and quantity) they are taken apart.
 */
const uint32_t *sotto_wasm_profile_read(uint32_t what, uint32_t number, uint32_t now_s)
{
    enum { SUMMARY, EVENTS, CART, PURCHASES, CATEGORIES, BRANDS };
    uint32_t *words = result.words;
    if (!has_profile || what > BRANDS) {
        return NULL;
    }
    if (what == SUMMARY) {
        sotto_profile_summary summary = sotto_profile_get(&profile);
        return memcpy(words, &summary, sizeof summary);
    }
    const void *entry = what == EVENTS
                            ? (const void *)sotto_history_get(&profile, number)
                            : sotto_profile_entry(&profile, (sotto_profile_table)(what - CART),
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
                               bundle.campaigns.site.interest_half_life_s);
    }
    return words;
}

uint32_t sotto_wasm_decide(const uint8_t *slot_name, uint32_t slot_size, const uint32_t *page,
                           uint32_t page_count, const uint32_t *cart, uint32_t cart_count,
                           uint32_t now_s)
{
    sotto_slot slot;
    sotto_status status = sotto_slot_find(&bundle, (const char *)slot_name, slot_size, &slot);
    if (status != SOTTO_OK) {
        return status;
    }
    bool cart_given = cart_count != UINT32_MAX;
    sotto_context context = {now_s, page, page_count, cart, cart_given ? cart_count : 0,
                             cart_given};
    status = sotto_decide(&bundle, has_profile ? &profile : NULL, &context, &slot, &scratch,
                          sizeof scratch, &answer);
    _Static_assert(sizeof(sotto_pick) == 16 * sizeof(uint32_t), "a pick is words");
    answer_words[0] = answer.count;
    for (uint32_t i = 0; i < answer.count; i++) {
        memcpy(&answer_words[1 + i * PICK_WORDS], &answer.picks[i], sizeof answer.picks[i]);
    }
    return status;
}

const uint32_t *sotto_wasm_answer(void)
{
    return answer_words;
}

uint32_t sotto_wasm_rank_next(const uint32_t *session, uint32_t session_count, uint32_t count)
{
    return sotto_rank_next(&bundle, session, session_count, sotto_min_u32(count, ANSWER_WORDS),
                           &scratch, sizeof scratch, answer_words);
}

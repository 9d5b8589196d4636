/*
 * profile.c - the block: made, checked, sealed, forgotten
 *
 * A saved profile comes back from storage that anything may have written to, so opening it takes
 * the bytes for hostile. After that the block is trusted: every count is within its table, every
 * kind has a name, every interest is within its cap, and no function needs to ask again.
 */
#include "profile/profile.h"

#include "base/bytes.h"
#include "base/hash.h"
#include "base/status.h"

enum { CHECKED_FROM = 16 };

static const uint8_t magic[4] = {'S', 'O', 'T', 'P'};

sotto_profile *sotto_profile_init(void *block, uint64_t seed, uint32_t now_s)
{
    sotto_profile *profile = memset(block, 0, SOTTO_PROFILE_SIZE);
    memcpy(profile->magic, magic, sizeof magic);
    profile->version = 1;
    profile->size = SOTTO_PROFILE_SIZE;
    profile->seed = seed;
    profile->created_s = now_s;
    profile->updated_s = now_s;
    profile->session_start_s = now_s;
    sotto_profile_seal(profile);
    return profile;
}

void sotto_profile_seal(sotto_profile *profile)
{
    profile->check = sotto_check((const uint8_t *)profile + CHECKED_FROM,
                                 SOTTO_PROFILE_SIZE - CHECKED_FROM);
}

static sotto_status check_head(const sotto_profile *profile, sotto_fault *fault)
{
    if (memcmp(profile->magic, magic, sizeof magic) != 0) {
        return sotto_refuse(fault, SOTTO_NOT_SOTTO, 0, "not a profile");
    }
    if (profile->version != 1) {
        return sotto_refuse(fault, SOTTO_WRONG_VERSION, offsetof(sotto_profile, version),
                            "version");
    }
    if (profile->reserved_6 != 0) {
        return sotto_refuse(fault, SOTTO_INVALID, offsetof(sotto_profile, reserved_6),
                            "reserved bytes");
    }
    if (profile->size != SOTTO_PROFILE_SIZE) {
        return sotto_refuse(fault, SOTTO_INVALID, offsetof(sotto_profile, size), "size");
    }
    if (profile->check
        != sotto_check((const uint8_t *)profile + CHECKED_FROM,
                       SOTTO_PROFILE_SIZE - CHECKED_FROM)) {
        return sotto_refuse(fault, SOTTO_DAMAGED, offsetof(sotto_profile, check), "checksum");
    }
    return SOTTO_OK;
}

static sotto_status check_counts(const sotto_profile *profile, sotto_fault *fault)
{
    static const uint8_t most[] = {
        SOTTO_PROFILE_EVENTS - 1, 0, SOTTO_PROFILE_CART, SOTTO_PROFILE_PURCHASES,
        SOTTO_PROFILE_INTERESTS, SOTTO_PROFILE_INTERESTS,
        0, 0, 0, 0,                /* the reserved bytes, where the counts end */
    };
    enum { EVENT_COUNT = 1, COUNTS = 6 };
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(most); i++) {
        const uint8_t *head = (const uint8_t *)profile + offsetof(sotto_profile, event_head);
        uint32_t limit = i == EVENT_COUNT ? SOTTO_PROFILE_EVENTS : most[i];
        if (sotto_load_u16(head + 2 * i) > limit) {
            return sotto_refuse(fault, SOTTO_INVALID,
                                offsetof(sotto_profile, event_head) + 2 * sotto_min_u32(i, COUNTS),
                                "number past its limit");
        }
    }
    return SOTTO_OK;
}

/* Everything that is read later without asking. */
static sotto_status check_entries(const sotto_profile *profile, sotto_fault *fault)
{
    const sotto_profile_event_entry *event;
    for (uint32_t age = 0; (event = sotto_history_get(profile, age)) != NULL; age++) {
        if (!sotto_event_is_known(event->kind)) {
            return sotto_refuse(fault, SOTTO_INVALID,
                                (size_t)(&event->kind - (const uint8_t *)profile), "event kind");
        }
    }
    /* Both tables of interests, one right after the other. */
    for (size_t at = offsetof(sotto_profile, categories); at < SOTTO_PROFILE_SIZE;
         at += SOTTO_ENTRY_SIZE) {
        size_t offset = at + offsetof(sotto_profile_interest_entry, value);
        if (sotto_load_u32((const uint8_t *)profile + offset) > SOTTO_INTEREST_MAX) {
            return sotto_refuse(fault, SOTTO_INVALID, offset, "interest past its cap");
        }
    }
    return SOTTO_OK;
}

sotto_status sotto_profile_open(void *block, size_t size, sotto_fault *fault)
{
    sotto_fault unread;
    if (!fault) {
        fault = &unread;
    }
    if (size < SOTTO_PROFILE_SIZE) {
        return sotto_refuse(fault, SOTTO_TRUNCATED, size, "profile ends early");
    }
    if (size > SOTTO_PROFILE_SIZE) {
        return sotto_refuse(fault, SOTTO_OVERSIZED, SOTTO_PROFILE_SIZE, "bytes past the profile");
    }
    const sotto_profile *profile = block;
    sotto_status status = check_head(profile, fault);
    if (status == SOTTO_OK) {
        status = check_counts(profile, fault);
    }
    if (status == SOTTO_OK) {
        status = check_entries(profile, fault);
    }
    return status;
}

sotto_entries sotto_profile_entries(sotto_profile *profile, sotto_profile_table table)
{
    static const struct {
        uint16_t entries, count, capacity, time_offset;
    } places[SOTTO_TABLE_COUNT] = {
        [SOTTO_CART_TABLE] = {offsetof(sotto_profile, cart), offsetof(sotto_profile, cart_count),
                              SOTTO_PROFILE_CART, offsetof(sotto_profile_cart_entry, time_s)},
        [SOTTO_PURCHASE_TABLE] = {offsetof(sotto_profile, purchases),
                                  offsetof(sotto_profile, purchase_count),
                                  SOTTO_PROFILE_PURCHASES,
                                  offsetof(sotto_profile_purchase_entry, time_s)},
        [SOTTO_CATEGORY_TABLE] = {offsetof(sotto_profile, categories),
                                  offsetof(sotto_profile, category_count),
                                  SOTTO_PROFILE_INTERESTS,
                                  offsetof(sotto_profile_interest_entry, time_s)},
        [SOTTO_BRAND_TABLE] = {offsetof(sotto_profile, brands),
                               offsetof(sotto_profile, brand_count), SOTTO_PROFILE_INTERESTS,
                               offsetof(sotto_profile_interest_entry, time_s)},
    };
    uint8_t *block = (uint8_t *)profile;
    return (sotto_entries){block + places[table].entries,
                           (uint16_t *)(void *)(block + places[table].count),
                           places[table].capacity, places[table].time_offset};
}

/* To read one; that the address has forgotten it was const does no harm. */
static sotto_entries entries_of(const sotto_profile *profile, sotto_profile_table table)
{
    return sotto_profile_entries((sotto_profile *)(uintptr_t)profile, table);
}

const void *sotto_profile_entry(const sotto_profile *profile, sotto_profile_table table,
                                uint32_t number)
{
    sotto_entries entries = entries_of(profile, table);
    uint32_t index = *entries.count - 1u - number;
    return index < *entries.count ? (const uint8_t *)entries.entries
                                        + (size_t)index * SOTTO_ENTRY_SIZE
                                  : NULL;
}

const void *sotto_profile_find(const sotto_profile *profile, sotto_profile_table table,
                               uint64_t key)
{
    sotto_entries entries = entries_of(profile, table);
    uint32_t index = sotto_entries_find(&entries, key);
    return index != SOTTO_NO_ENTRY ? (const uint8_t *)entries.entries
                                         + (size_t)index * SOTTO_ENTRY_SIZE
                                   : NULL;
}

uint32_t sotto_profile_forget_item(sotto_profile *profile, uint64_t item)
{
    sotto_entries cart = sotto_profile_entries(profile, SOTTO_CART_TABLE);
    sotto_entries purchases = sotto_profile_entries(profile, SOTTO_PURCHASE_TABLE);
    return sotto_history_drop(profile, item, 0, UINT32_MAX) + sotto_entries_drop(&cart, item)
         + sotto_entries_drop(&purchases, item);
}

sotto_profile_summary sotto_profile_get(const sotto_profile *profile)
{
    return (sotto_profile_summary){
        .seed = profile->seed,
        .created_s = profile->created_s,
        .updated_s = profile->updated_s,
        .session_start_s = profile->session_start_s,
        .session_count = profile->session_count,
        .event_total = profile->event_total,
        .event_count = profile->event_count,
        .cart_count = profile->cart_count,
        .purchase_count = profile->purchase_count,
        .category_count = profile->category_count,
        .brand_count = profile->brand_count,
    };
}

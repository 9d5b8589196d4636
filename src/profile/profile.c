/*
 * profile.c - the block: made, checked, sealed, forgotten
 *
 * A saved profile comes back from storage that anything may have written to, so opening it takes
 * the bytes for hostile. After that the block is trusted: every count is within its table, every
 * kind has a name, every interest is within its cap, and no function needs to ask again.
 */
#include "profile/profile.h"

#include "base/fixed.h"
#include "base/hash.h"
#include "format/part.h"

enum { CHECKED_FROM = 16 };

static const char magic[4] = {'S', 'O', 'T', 'P'};

static uint32_t check_of(const void *block)
{
    return sotto_check((const uint8_t *)block + CHECKED_FROM, SOTTO_PROFILE_SIZE - CHECKED_FROM);
}

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
    profile->check = check_of(profile);
}

/* Up to the tables; leaves the reader at the first of them. */
static void check_head(sotto_reader *reader)
{
    static const uint16_t most[] = {
        SOTTO_PROFILE_EVENTS - 1, SOTTO_PROFILE_EVENTS, SOTTO_PROFILE_CART, SOTTO_PROFILE_PURCHASES,
        SOTTO_PROFILE_INTERESTS, SOTTO_PROFILE_INTERESTS,
    };
    sotto_size_match(reader, SOTTO_PROFILE_SIZE);
    sotto_start_open(reader, magic, SOTTO_PROFILE_SIZE);
    sotto_reader_number(reader, 2, 0, 0);
    sotto_reader_number(reader, 4, SOTTO_PROFILE_SIZE, SOTTO_PROFILE_SIZE);
    const uint8_t *check = sotto_reader_take(reader, CHECKED_FROM - offsetof(sotto_profile, check));
    if (check && sotto_load_u32(check) != check_of(reader->file)) {
        sotto_reader_refuse(reader, SOTTO_DAMAGED, offsetof(sotto_profile, check), "checksum");
    }
    sotto_reader_take(reader, offsetof(sotto_profile, event_head) - CHECKED_FROM);
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(most); i++) {
        sotto_reader_number(reader, 2, 0, most[i]);
    }
    sotto_reader_zeros(reader, sizeof ((sotto_profile *)NULL)->reserved_56);
}

/* Everything that is read later without asking. */
static void check_entries(const sotto_profile *profile, sotto_reader *reader)
{
    const sotto_profile_event_entry *event;
    for (uint32_t age = 0; (event = sotto_history_get(profile, age)) != NULL; age++) {
        if (!sotto_event_is_known(event->kind)) {
            sotto_reader_refuse(reader, SOTTO_INVALID, (uint32_t)(&event->kind - reader->file),
                                "event kind");
        }
    }
    /* Both tables of interests, one right after the other. */
    reader->at = offsetof(sotto_profile, categories);
    while (sotto_reader_left(reader) != 0) {
        sotto_reader_take(reader, offsetof(sotto_profile_interest_entry, value));
        sotto_reader_number(reader, 4, 0, SOTTO_INTEREST_MAX);
        sotto_reader_u32(reader);
    }
}

sotto_status sotto_profile_open(void *block, size_t size, sotto_fault *fault)
{
    sotto_reader reader = sotto_reader_over(block, 0, sotto_u32_saturate(size));
    check_head(&reader);
    if (reader.status == SOTTO_OK) {
        check_entries(block, &reader);
    }
    if (reader.status != SOTTO_OK && fault) {
        *fault = reader.fault;
    }
    return reader.status;
}

/* Where a table is, how many entries it has, and how many it can have. */
static const struct {
    uint16_t entries, count, capacity, time_offset;
} tables[SOTTO_TABLE_COUNT] = {
    [SOTTO_CART_TABLE] = {offsetof(sotto_profile, cart), offsetof(sotto_profile, cart_count),
                          SOTTO_PROFILE_CART, offsetof(sotto_profile_cart_entry, time_s)},
    [SOTTO_PURCHASE_TABLE] = {offsetof(sotto_profile, purchases),
                              offsetof(sotto_profile, purchase_count), SOTTO_PROFILE_PURCHASES,
                              offsetof(sotto_profile_purchase_entry, time_s)},
    [SOTTO_CATEGORY_TABLE] = {offsetof(sotto_profile, categories),
                              offsetof(sotto_profile, category_count), SOTTO_PROFILE_INTERESTS,
                              offsetof(sotto_profile_interest_entry, time_s)},
    [SOTTO_BRAND_TABLE] = {offsetof(sotto_profile, brands), offsetof(sotto_profile, brand_count),
                           SOTTO_PROFILE_INTERESTS,
                           offsetof(sotto_profile_interest_entry, time_s)},
};

sotto_entries sotto_profile_entries(sotto_profile *profile, sotto_profile_table table)
{
    uint8_t *block = (uint8_t *)profile;
    return (sotto_entries){block + tables[table].entries,
                           (uint16_t *)(void *)(block + tables[table].count),
                           tables[table].capacity, tables[table].time_offset};
}

const void *sotto_profile_entry(const sotto_profile *profile, sotto_profile_table table,
                                uint32_t number)
{
    const uint8_t *block = (const uint8_t *)profile;
    uint32_t count = sotto_load_u16(block + tables[table].count);
    uint32_t index = count - 1 - number;
    return index < count ? block + tables[table].entries + (size_t)index * SOTTO_ENTRY_SIZE : NULL;
}

const void *sotto_profile_find(const sotto_profile *profile, sotto_profile_table table,
                               uint64_t key)
{
    const void *entry;
    uint32_t number = 0;
    do {
        entry = sotto_profile_entry(profile, table, number++);
    } while (entry && sotto_load_u64(entry) != key);
    return entry;
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

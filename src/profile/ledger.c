/*
 * ledger.c - the block: made, checked, asked, sealed, forgotten
 *
 * Six small tables, in which an entry is found by walking over all of them: the longest walk is 256
 * steps, and who asks for many campaigns at once walks once for all (decisions/arbiter.c). As with
 * the profile, opening takes the bytes for hostile and everything after it trusts them.
 */
#include "profile/ledger.h"

#include "base/fixed.h"
#include "base/hash.h"
#include "format/part.h"
#include "model/bundle.h"
#include "profile/ledger_tables.h"
#include "profile/profile.h"

enum { CHECKED_FROM = 16, DAY_S = 86400 };

static const char magic[4] = {'S', 'O', 'T', 'G'};

/* ---- Tables ---------------------------------------------------------------------------------- */

static const sotto_ledger_shape shapes[SOTTO_LEDGER_TABLES] = {
    [SOTTO_LEDGER_OF_CAMPAIGNS] = {offsetof(sotto_ledger, campaigns), SOTTO_LEDGER_CAMPAIGNS,
                                   sizeof(sotto_ledger_campaign)},
    [SOTTO_LEDGER_OF_ANSWERS] = {offsetof(sotto_ledger, answers), SOTTO_LEDGER_ANSWERS,
                                 sizeof(sotto_ledger_answer)},
    [SOTTO_LEDGER_OF_WATCHED] = {offsetof(sotto_ledger, watched), SOTTO_LEDGER_WATCHED,
                                 sizeof(sotto_ledger_watched)},
    [SOTTO_LEDGER_OF_DWELL] = {offsetof(sotto_ledger, dwell), SOTTO_LEDGER_DWELL,
                               sizeof(sotto_ledger_dwell)},
    [SOTTO_LEDGER_OF_ARMS] = {offsetof(sotto_ledger, arms), SOTTO_LEDGER_ARMS,
                              sizeof(sotto_ledger_arm)},
    [SOTTO_LEDGER_OF_OFFERS] = {offsetof(sotto_ledger, offers), SOTTO_LEDGER_OFFERS,
                                sizeof(sotto_ledger_offer)},
};

const sotto_ledger_shape *sotto_ledger_shape_get(sotto_ledger_table table)
{
    return &shapes[table];
}

const void *sotto_ledger_entry(const sotto_ledger *ledger, sotto_ledger_table table,
                               uint32_t index)
{
    const sotto_ledger_shape *shape = &shapes[table];
    SOTTO_ASSERT(index < shape->count);
    return (const uint8_t *)ledger + shape->offset + shape->size * (size_t)index;
}

const void *sotto_ledger_find(const sotto_ledger *ledger, sotto_ledger_table table, uint64_t key)
{
    for (uint32_t i = 0; key != 0 && i < shapes[table].count; i++) {
        const void *entry = sotto_ledger_entry(ledger, table, i);
        if (sotto_load_u64(entry) == key) {
            return entry;
        }
    }
    return NULL;
}

const sotto_ledger_campaign *sotto_ledger_campaign_find(const sotto_ledger *ledger, uint64_t key)
{
    return sotto_ledger_find(ledger, SOTTO_LEDGER_OF_CAMPAIGNS, key);
}

const sotto_ledger_watched *sotto_ledger_watched_find(const sotto_ledger *ledger, uint64_t item)
{
    return sotto_ledger_find(ledger, SOTTO_LEDGER_OF_WATCHED, item);
}

const sotto_ledger_dwell *sotto_ledger_dwell_find(const sotto_ledger *ledger, uint64_t item)
{
    return sotto_ledger_find(ledger, SOTTO_LEDGER_OF_DWELL, item);
}

const sotto_ledger_arm *sotto_ledger_arm_find(const sotto_ledger *ledger, uint64_t key)
{
    return sotto_ledger_find(ledger, SOTTO_LEDGER_OF_ARMS, key);
}

const sotto_ledger_offer *sotto_ledger_offer_find(const sotto_ledger *ledger, uint64_t key)
{
    return sotto_ledger_find(ledger, SOTTO_LEDGER_OF_OFFERS, key);
}

bool sotto_ledger_answered(const sotto_ledger *ledger, uint64_t key)
{
    return sotto_ledger_find(ledger, SOTTO_LEDGER_OF_ANSWERS, key) != NULL;
}

/* ---- Counts ---------------------------------------------------------------------------------- */

uint32_t sotto_ledger_session_showings(const sotto_ledger_campaign *campaign,
                                       const sotto_profile *profile)
{
    return campaign->shown_s >= profile->session_start_s ? campaign->session : 0;
}

uint32_t sotto_ledger_day_showings(const sotto_ledger_campaign *campaign, uint32_t day,
                                   int32_t utc_offset_min)
{
    return sotto_day_of(campaign->shown_s, utc_offset_min) >= day ? campaign->day : 0;
}

/* ---- Made, checked, sealed ------------------------------------------------------------------- */

static uint32_t check_of(const void *block)
{
    return sotto_check((const uint8_t *)block + CHECKED_FROM, SOTTO_LEDGER_SIZE - CHECKED_FROM);
}

void sotto_ledger_seal(sotto_ledger *ledger)
{
    ledger->check = check_of(ledger);
}

/* Whether another purchase before this one, in the table's order, was on the same day. */
static bool is_day_counted(const sotto_profile *profile, uint32_t number)
{
    uint32_t day = profile->purchases[number].time_s / DAY_S;
    for (uint32_t i = 0; i < number; i++) {
        if (profile->purchases[i].time_s / DAY_S == day) {
            return true;
        }
    }
    return false;
}

sotto_ledger *sotto_ledger_init(void *block, const sotto_profile *profile,
                                const sotto_bundle *bundle)
{
    sotto_ledger *ledger = memset(block, 0, SOTTO_LEDGER_SIZE);
    memcpy(ledger->magic, magic, sizeof magic);
    ledger->version = 1;
    ledger->size = SOTTO_LEDGER_SIZE;
    ledger->seed = profile->seed;
    for (uint32_t i = 0; i < profile->purchase_count; i++) {
        const sotto_profile_purchase_entry *purchase = &profile->purchases[i];
        ledger->order_count += !is_day_counted(profile, i);
        ledger->order_s = sotto_max_u32(ledger->order_s, purchase->time_s);
        ledger->spent = sotto_ledger_spend(ledger->spent, bundle, purchase->item,
                                           purchase->quantity);
    }
    sotto_ledger_seal(ledger);
    return ledger;
}

uint32_t sotto_ledger_spend(uint32_t spent, const sotto_bundle *bundle, uint64_t item,
                            uint32_t quantity)
{
    uint32_t index = sotto_item_find_hash(bundle, item);
    uint32_t price = sotto_item_get(bundle, index).price;
    if (price == SOTTO_NO_PRICE) {
        return spent;
    }
    return sotto_u32_saturate(spent + (uint64_t)price * quantity);
}

/* Up to the tables. */
static void check_head(sotto_reader *reader)
{
    sotto_size_match(reader, SOTTO_LEDGER_SIZE);
    sotto_start_open(reader, magic, SOTTO_LEDGER_SIZE);
    sotto_reader_number(reader, 2, 0, 0);
    sotto_reader_number(reader, 4, SOTTO_LEDGER_SIZE, SOTTO_LEDGER_SIZE);
    const uint8_t *check = sotto_reader_take(reader, CHECKED_FROM - offsetof(sotto_ledger, check));
    if (check != NULL && sotto_load_u32(check) != check_of(reader->file)) {
        sotto_reader_refuse(reader, SOTTO_DAMAGED, offsetof(sotto_ledger, check), "checksum");
    }
    sotto_reader_take(reader, offsetof(sotto_ledger, reserved_60) - CHECKED_FROM);
    sotto_reader_zeros(reader, sizeof ((sotto_ledger *)NULL)->reserved_60);
}

static void check_reserved(const sotto_ledger *ledger, sotto_reader *reader)
{
    for (uint32_t i = 0; i < SOTTO_LEDGER_CAMPAIGNS; i++) {
        const uint8_t *bytes = ledger->campaigns[i].reserved;
        reader->at = (uint32_t)(bytes - reader->file);
        sotto_reader_zeros(reader, sizeof ledger->campaigns[i].reserved);
    }
    for (uint32_t i = 0; i < SOTTO_LEDGER_ANSWERS; i++) {
        const void *bytes = &ledger->answers[i].reserved;
        reader->at = (uint32_t)((const uint8_t *)bytes - reader->file);
        sotto_reader_zeros(reader, sizeof ledger->answers[i].reserved);
    }
}

static void check_keys(const sotto_ledger *ledger, sotto_ledger_table table, sotto_reader *reader)
{
    for (uint32_t i = 0; i < shapes[table].count; i++) {
        const uint8_t *entry = sotto_ledger_entry(ledger, table, i);
        uint64_t key = sotto_load_u64(entry);
        if (key != 0 && sotto_ledger_find(ledger, table, key) != entry) {
            sotto_reader_refuse(reader, SOTTO_INVALID, (uint32_t)(entry - reader->file),
                                "key stands twice");
        }
    }
}

sotto_status sotto_ledger_open(void *block, size_t size, const sotto_profile *profile,
                               sotto_fault *fault)
{
    sotto_reader reader = sotto_reader_over(block, 0, sotto_u32_saturate(size));
    check_head(&reader);
    if (reader.status == SOTTO_OK) {
        const sotto_ledger *ledger = block;
        check_reserved(ledger, &reader);
        for (uint32_t i = 0; i < SOTTO_LEDGER_TABLES; i++) {
            check_keys(ledger, (sotto_ledger_table)i, &reader);
        }
        if (ledger->seed != profile->seed) {
            sotto_reader_refuse(&reader, SOTTO_MISMATCH, offsetof(sotto_ledger, seed),
                                "another profile's");
        }
    }
    if (reader.status != SOTTO_OK && fault != NULL) {
        *fault = reader.fault;
    }
    return reader.status;
}

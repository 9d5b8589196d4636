/*
 * profile.h - the block of FORMAT.md section 7, as a struct
 *
 * The struct is the file: every field stands where the format says, which the assertions below hold
 * it to, so that opening is checking and saving is copying. Every target of the core is little-
 * endian.
 *
 * Each of the four tables is a plain array of 16-byte entries that begin with a 64-bit key, in
 * order of last touch, oldest first. That order, and not the clock, says what is newest: a clock
 * may be set back, the order of things that happened may not.
 */
#ifndef SOTTO_PROFILE_PROFILE_H
#define SOTTO_PROFILE_PROFILE_H

#include "base/base.h"
#include "profile/entries.h"
#include "sotto.h"

enum {
    SOTTO_PROFILE_EVENTS = 256,
    SOTTO_PROFILE_CART = 32,
    SOTTO_PROFILE_PURCHASES = 128,
    SOTTO_PROFILE_INTERESTS = 32,
    SOTTO_QUANTITY_MAX = 65535
};

#define SOTTO_INTEREST_MAX (64u << 16)

typedef struct sotto_profile_event_entry {
    uint64_t item;
    uint32_t time_s;
    uint8_t  kind;
    uint8_t  reserved;
    uint16_t quantity;
} sotto_profile_event_entry;

typedef struct sotto_profile_cart_entry {
    uint64_t item;
    uint32_t time_s;
    uint16_t quantity;
    uint16_t reserved;
} sotto_profile_cart_entry;

typedef struct sotto_profile_purchase_entry {
    uint64_t item;
    uint32_t time_s;
    uint16_t times;
    uint16_t quantity;
} sotto_profile_purchase_entry;

typedef struct sotto_profile_interest_entry {
    uint64_t key;
    uint32_t value;
    uint32_t time_s;
} sotto_profile_interest_entry;

struct sotto_profile {
    uint8_t  magic[4];
    uint16_t version;
    uint16_t reserved_6;
    uint32_t size;
    uint32_t check;
    uint64_t seed;
    uint32_t created_s, updated_s;
    uint32_t session_start_s, session_count;
    uint32_t event_total;
    uint16_t event_head, event_count;
    uint16_t cart_count, purchase_count, category_count, brand_count;
    uint32_t reserved_56[2];
    sotto_profile_event_entry    events[SOTTO_PROFILE_EVENTS];
    sotto_profile_cart_entry     cart[SOTTO_PROFILE_CART];
    sotto_profile_purchase_entry purchases[SOTTO_PROFILE_PURCHASES];
    sotto_profile_interest_entry categories[SOTTO_PROFILE_INTERESTS];
    sotto_profile_interest_entry brands[SOTTO_PROFILE_INTERESTS];
};

#define SOTTO_PROFILE_AT(field, offset)                                                           \
    _Static_assert(offsetof(struct sotto_profile, field) == (offset), "FORMAT.md 7: " #field)

SOTTO_PROFILE_AT(version, 4);
SOTTO_PROFILE_AT(size, 8);
SOTTO_PROFILE_AT(check, 12);
SOTTO_PROFILE_AT(seed, 16);
SOTTO_PROFILE_AT(created_s, 24);
SOTTO_PROFILE_AT(session_start_s, 32);
SOTTO_PROFILE_AT(event_total, 40);
SOTTO_PROFILE_AT(event_head, 44);
SOTTO_PROFILE_AT(cart_count, 48);
SOTTO_PROFILE_AT(category_count, 52);
SOTTO_PROFILE_AT(reserved_56, 56);
SOTTO_PROFILE_AT(events, 64);
SOTTO_PROFILE_AT(cart, 4160);
SOTTO_PROFILE_AT(purchases, 4672);
SOTTO_PROFILE_AT(categories, 6720);
SOTTO_PROFILE_AT(brands, 7232);
_Static_assert(sizeof(struct sotto_profile) == SOTTO_PROFILE_SIZE, "FORMAT.md section 7: size");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the block is read where it lies");

#define SOTTO_EVENT_KIND_LAST SOTTO_DISMISS

static inline bool sotto_event_is_known(uint32_t kind)
{
    return kind - 1 < SOTTO_EVENT_KIND_LAST;
}

/* Kinds that say the shopper looked at an item. */
static inline bool sotto_event_is_view(uint32_t kind)
{
    return kind == SOTTO_VIEW || kind == SOTTO_CLICK;
}

/* How long ago something was. What comes from the future is from now. */
static inline uint32_t sotto_age_s(uint32_t time_s, uint32_t now_s)
{
    return now_s > time_s ? now_s - time_s : 0;
}

/* The tables, to go over all of them. */
typedef enum sotto_profile_table {
    SOTTO_CART_TABLE, SOTTO_PURCHASE_TABLE, SOTTO_CATEGORY_TABLE, SOTTO_BRAND_TABLE,
    SOTTO_TABLE_COUNT
} sotto_profile_table;

sotto_entries sotto_profile_entries(sotto_profile *profile, sotto_profile_table table);

/* The entry with this key, or NULL. */
const void *sotto_profile_find(const sotto_profile *profile, sotto_profile_table table,
                               uint64_t key);

/* The number-th entry of a table, newest first; NULL past the end. */
const void *sotto_profile_entry(const sotto_profile *profile, sotto_profile_table table,
                                uint32_t number);

/*
 * History - the ring of events (history.c)
 */

/* Age 0 is the latest; NULL past the oldest. */
const sotto_profile_event_entry *sotto_history_get(const sotto_profile *profile, uint32_t age);
void sotto_history_add(sotto_profile *profile, const sotto_event *event);

/* Drops the events of `item` (0: of none) and those older than the retention; returns how many. */
uint32_t sotto_history_drop(sotto_profile *profile, uint64_t item, uint32_t now_s,
                            uint32_t retention_s);

/* How many of the latest events belong to the session that goes on at `now_s`; 0 if it is over. */
uint32_t sotto_history_session(const sotto_profile *profile, uint32_t now_s, uint32_t gap_s);

/* Whether the latest thing the shopper did with an item was to dismiss it. */
bool sotto_history_dismissed(const sotto_profile *profile, uint64_t item);

/*
 * Cart and purchases (cart.c, purchases.c)
 */
void sotto_cart_add(sotto_profile *profile, uint64_t item, uint32_t quantity, uint32_t now_s);

/* Quantity 0 takes out all of it. */
void sotto_cart_remove(sotto_profile *profile, uint64_t item, uint32_t quantity);
void sotto_purchases_add(sotto_profile *profile, uint64_t item, uint32_t quantity, uint32_t now_s);

/*
 * Interests (interests.c)
 */

/* An event met an item, not 0: its category, the category's parents and its brand gain. */
void sotto_interests_grow(sotto_profile *profile, const sotto_bundle *bundle,
                          const sotto_event *event, uint32_t half_life_s);

#endif

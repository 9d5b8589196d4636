/*
 * ledger.h - the block of FORMAT.md section 9, as a struct
 *
 * As with the profile the struct is the file. Tables are found by key, not by place: a ledger is
 * small, and what is free has key 0.
 */
#ifndef SOTTO_PROFILE_LEDGER_H
#define SOTTO_PROFILE_LEDGER_H

#include "base/base.h"
#include "sotto.h"

enum {
    SOTTO_LEDGER_CAMPAIGNS = 256,
    SOTTO_LEDGER_ANSWERS = 32,
    SOTTO_LEDGER_WATCHED = 32,
    SOTTO_LEDGER_DWELL = 32,
    SOTTO_LEDGER_ARMS = 64,
    SOTTO_LEDGER_OFFERS = 32
};

typedef struct sotto_ledger_campaign {
    uint64_t key;
    uint32_t shown_s, dismissed_s;
    uint16_t ever;
    uint8_t  session, day, clicked;
    uint8_t  reserved[3];
} sotto_ledger_campaign;

typedef struct sotto_ledger_answer {
    uint64_t key;
    uint32_t time_s, reserved;
} sotto_ledger_answer;

typedef struct sotto_ledger_watched {
    uint64_t item;
    uint32_t price;                /* minor units, SOTTO_NO_PRICE if unknown */
    uint32_t time_s;               /* bit 0: in stock then */
} sotto_ledger_watched;

typedef struct sotto_ledger_dwell {
    uint64_t item;
    uint32_t active_s, time_s;
} sotto_ledger_dwell;

typedef struct sotto_ledger_arm {
    uint64_t key;
    uint32_t exposed_s;
    uint16_t tries, wins;
} sotto_ledger_arm;

typedef struct sotto_ledger_offer {
    uint64_t key;
    uint32_t given_s, redeemed_s;
} sotto_ledger_offer;

struct sotto_ledger {
    uint8_t  magic[4];
    uint16_t version, reserved_6;
    uint32_t size, check;
    uint64_t seed;
    uint32_t session_start_s, session_active_s;
    uint16_t session_count, day_count;
    uint32_t day, interrupted_s;
    uint32_t order_count, spent, order_s;
    uint32_t dismissed_s;
    uint32_t reserved_60[9];
    sotto_ledger_campaign campaigns[SOTTO_LEDGER_CAMPAIGNS];
    sotto_ledger_answer   answers[SOTTO_LEDGER_ANSWERS];
    sotto_ledger_watched  watched[SOTTO_LEDGER_WATCHED];
    sotto_ledger_dwell    dwell[SOTTO_LEDGER_DWELL];
    sotto_ledger_arm      arms[SOTTO_LEDGER_ARMS];
    sotto_ledger_offer    offers[SOTTO_LEDGER_OFFERS];
};

#define SOTTO_LEDGER_AT(field, offset)                                                            \
    _Static_assert(offsetof(struct sotto_ledger, field) == (offset), "FORMAT.md 9: " #field)

SOTTO_LEDGER_AT(check, 12);
SOTTO_LEDGER_AT(seed, 16);
SOTTO_LEDGER_AT(session_count, 32);
SOTTO_LEDGER_AT(interrupted_s, 40);
SOTTO_LEDGER_AT(dismissed_s, 56);
SOTTO_LEDGER_AT(campaigns, 96);
SOTTO_LEDGER_AT(answers, 6240);
SOTTO_LEDGER_AT(watched, 6752);
SOTTO_LEDGER_AT(dwell, 7264);
SOTTO_LEDGER_AT(arms, 7776);
SOTTO_LEDGER_AT(offers, 8800);
_Static_assert(sizeof(struct sotto_ledger) == SOTTO_LEDGER_SIZE, "FORMAT.md section 9: size");

/* The entry with this key, or NULL. */
const sotto_ledger_campaign *sotto_ledger_campaign_find(const sotto_ledger *ledger, uint64_t key);
const sotto_ledger_watched *sotto_ledger_watched_find(const sotto_ledger *ledger, uint64_t item);
const sotto_ledger_dwell *sotto_ledger_dwell_find(const sotto_ledger *ledger, uint64_t item);
const sotto_ledger_arm *sotto_ledger_arm_find(const sotto_ledger *ledger, uint64_t key);
const sotto_ledger_offer *sotto_ledger_offer_find(const sotto_ledger *ledger, uint64_t key);
bool sotto_ledger_answered(const sotto_ledger *ledger, uint64_t key);

/* Days since 1970 on a clock that is so many minutes ahead of UTC. */
static inline uint32_t sotto_day_of(uint32_t time_s, int32_t utc_offset_min)
{
    int64_t local = (int64_t)time_s + 60 * (int64_t)utc_offset_min;
    return local < 0 ? 0 : (uint32_t)(local / 86400);
}

/* Whether an exposure counts: the first in an arm; of a bandit, the first in a session. */
bool sotto_exposure_is_new(const sotto_ledger_arm *arm, const sotto_profile *profile,
                           sotto_allocation allocation);

/* How often a campaign was shown in the session that the profile is in, and on a day. */
uint32_t sotto_ledger_session_showings(const sotto_ledger_campaign *campaign,
                                       const sotto_profile *profile);
uint32_t sotto_ledger_day_showings(const sotto_ledger_campaign *campaign, uint32_t day,
                                   int32_t utc_offset_min);

#endif

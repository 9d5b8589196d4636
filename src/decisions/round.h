/*
 * round.h - one asking of the arbiter: what its rules share
 *
 *     eligibility.c   rules 1 to 14: each campaign by itself
 *     places.c        rules 15 to 18: campaigns against each other, in their order
 *     arbiter.c       both, for all campaigns
 *
 * memory    On the stack of sotto_arbitrate, some 5 KB.
 */
#ifndef SOTTO_DECISIONS_ROUND_H
#define SOTTO_DECISIONS_ROUND_H

#include "decisions/triggers.h"

enum { SOTTO_ROUND_SLOTS = 32, SOTTO_ROUND_PLACES = 16 };

/* How often campaigns of a place with a cap were shown. */
typedef struct sotto_round_place {
    bool     known;
    uint32_t session, day;
} sotto_round_place;

/* How many items a slot decides for. */
typedef struct sotto_round_slot {
    uint16_t string;               /* of its name */
    uint16_t count;
} sotto_round_slot;

/* A campaign that passed rules 1 to 14, or would have but for its arm. */
typedef struct sotto_contender {
    uint64_t order;                /* the lowest first; its low byte is the campaign's index */
    uint32_t place;
    uint8_t  group;
    bool     showing, interrupts;
    bool     absent;               /* the shopper is in another arm: it takes no place */
} sotto_contender;

static inline uint32_t sotto_contender_index(const sotto_contender *contender)
{
    return contender->order & 0xFF;
}

typedef struct sotto_round {
    sotto_moment   *moment;
    sotto_verdicts *verdicts;
    void           *scratch;       /* for sotto_decide */
    size_t          scratch_size;
    sotto_looks     looks;
    uint32_t        showing[SOTTO_MAX_CAMPAIGNS / 32];   /* bits */
    uint16_t        entries[SOTTO_MAX_CAMPAIGNS];        /* in the ledger; SOTTO_LIST_NONE */
    uint8_t         asked_arms[SOTTO_MAX_EXPERIMENTS];   /* 0: not asked yet; else arm + 1 */
    bool            held_out;
    sotto_round_place places[SOTTO_ROUND_PLACES];        /* the first of those with a cap */
    uint32_t        slot_count;
    sotto_round_slot slots[SOTTO_ROUND_SLOTS];
    uint32_t        contender_count;
    sotto_contender contenders[SOTTO_MAX_CAMPAIGNS];
} sotto_round;

/* Time alone may change a verdict then; no matter if that is over, or 0. */
void sotto_round_wake(sotto_round *round, uint32_t time_s);

/* The campaign's entry in the ledger, NULL if it has none. */
const sotto_ledger_campaign *sotto_round_entry(const sotto_round *round, uint32_t index);

static inline bool sotto_round_is_showing(const sotto_round *round, uint32_t index)
{
    return (round->showing[index / 32] >> index % 32 & 1) != 0;
}

/*
 * Asks rules 1 to 14 of a campaign and writes its verdict; what passes, SOTTO_SHOWN for now, joins
 * the contenders.
 */
sotto_status sotto_eligibility_ask(sotto_round *round, uint32_t index);

/* Puts the contenders into their order, asks rules 15 to 18 of them, and writes their verdicts. */
void sotto_places_take(sotto_round *round);

#endif

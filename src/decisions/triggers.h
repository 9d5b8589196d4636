/*
 * triggers.h - whether what a campaign waits for has happened
 */
#ifndef SOTTO_DECISIONS_TRIGGERS_H
#define SOTTO_DECISIONS_TRIGGERS_H

#include "decisions/moment.h"

/*
 * Looks at items, the latest first, each item once at its latest look: those that could be reminded
 * of. Gathered by the first trigger that asks.
 */
typedef struct sotto_looks {
    bool     gathered;
    uint32_t count;
    uint8_t  ages[SOTTO_PROFILE_EVENTS];
} sotto_looks;

typedef struct sotto_firing {
    bool     fired;
    uint32_t subject;              /* the item it is about, SOTTO_NO_ITEM if none */
    uint32_t at_s;                 /* else when it fires by time alone, 0 if it does not */
    uint32_t active_s;             /* or by how much more active time on this page; 0 not so */
} sotto_firing;

/* Whether one of a campaign's triggers has fired. `last_s` is when it was last shown, 0 never. */
sotto_firing sotto_triggers_fire(sotto_moment *moment, sotto_looks *looks,
                                 const sotto_campaign *campaign, uint32_t last_s);

/* Whether an item may be shown at all: it is in the feed and in stock, and no rule excludes it. */
bool sotto_item_is_showable(const sotto_bundle *bundle, uint32_t item);

#endif

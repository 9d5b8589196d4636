/*
 * shopper.h - a shopper in the sample shop, for tests of rankings and decisions
 *
 *     shopper_enter();                       the sample shop, an empty profile, an open slot
 *     shopper_did(SOTTO_VIEW, 5);            item 5, a second after whatever was before
 *     shopper.slot.strategies = ...
 *     shopper_asks();                        shopper.answer
 *     shopper_leave();
 *
 * The slot begins without filters or rules of any kind, so that a test adds the one it is about.
 */
#ifndef SOTTO_SHOPPER_H
#define SOTTO_SHOPPER_H

#include "profile/profile.h"
#include "ranking/ranking.h"
#include "sample_bundle.h"

static struct {
    sample                shop;
    struct sotto_profile  profile;
    bool                  unknown;       /* decide without the profile */
    sotto_context         context;
    sotto_slot            slot;
    uint8_t               strategies[8];
    sotto_answer          answer;
    sotto_ranking_scratch scratch;
} shopper;

static inline void shopper_enter(void)
{
    memset(&shopper, 0, sizeof shopper);
    sample_open(&shopper.shop);
    sotto_profile_init(&shopper.profile, 1, SAMPLE_NOW);
    shopper.context.now_s = SAMPLE_NOW;
    sotto_slot_init(&shopper.slot);
    shopper.slot.filters = 0;
    shopper.slot.count = 32;
    shopper.slot.strategies = shopper.strategies;
}

static inline void shopper_leave(void)
{
    sample_close(&shopper.shop);
}

static inline void shopper_did(sotto_event_kind kind, uint32_t item)
{
    sotto_event event = {sample_hash(item), ++shopper.context.now_s, kind, 1};
    sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &event);
}

static inline sotto_request shopper_request(void)
{
    return (sotto_request){&shopper.shop.bundle, shopper.unknown ? NULL : &shopper.profile,
                           &shopper.context, &shopper.slot};
}

/* The item indexes of the answer, in order, as text. */
static inline const char *shopper_items(void)
{
    static char text[256];
    text[0] = '\0';
    for (uint32_t i = 0; i < shopper.answer.count; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%u", i ? " " : "",
                 (unsigned)shopper.answer.picks[i].item);
    }
    return text;
}

/* Answers the slot with one strategy, or with the two of a chain. */
static inline const char *shopper_asks(sotto_strategy first, sotto_strategy then)
{
    shopper.strategies[0] = (uint8_t)first;
    shopper.strategies[1] = (uint8_t)then;
    shopper.slot.strategy_count = 2;
    sotto_status status = sotto_decide(&shopper.shop.bundle,
                                       shopper.unknown ? NULL : &shopper.profile,
                                       &shopper.context, &shopper.slot, &shopper.scratch,
                                       sizeof shopper.scratch, &shopper.answer);
    return status == SOTTO_OK ? shopper_items() : sotto_status_text(status);
}

#define SHOPPER_NO_MORE ((sotto_strategy)0)

/* A page about these items. */
static inline void shopper_looks_at(const uint32_t *items, uint32_t count)
{
    shopper.context.page_items = items;
    shopper.context.page_item_count = count;
}

#endif

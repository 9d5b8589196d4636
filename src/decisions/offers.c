/*
 * offers.c - codes, and whether an offer may still be made
 *
 * A code stands in a published file, so it is no secret; which of many a shopper sees is the seed's
 * choice, so that it is always the same one. An offer that was redeemed is not made again, in
 * whatever campaign; free shipping is not redeemed, it is simply so.
 */
#include "decisions/offers.h"

sotto_text sotto_offer_code(const sotto_plan *plan, const sotto_offer *offer, uint64_t seed)
{
    if (offer->code_count == 0) {
        return (sotto_text){"", 0};
    }
    uint64_t number = offer->kind == SOTTO_VOUCHERS ? seed % offer->code_count : 0;
    const uint8_t *at = offer->codes;
    uint32_t code = sotto_plan_varint(&at);
    for (; number > 0; number--) {
        code = sotto_plan_varint(&at);
    }
    return sotto_plan_text(plan, code);
}

uint32_t sotto_offer_item(const sotto_plan *plan, const sotto_offer *offer, uint32_t number)
{
    const uint8_t *at = offer->items;
    if (number >= offer->item_count) {
        return SOTTO_NO_ITEM;
    }
    uint32_t key = sotto_plan_varint(&at);
    for (; number > 0; number--) {
        key = sotto_plan_varint(&at);
    }
    return plan->key_indexes[key];
}

bool sotto_offer_stands(const sotto_moment *moment, const sotto_offer *offer)
{
    if (offer->ends_s != 0 && moment->now_s >= offer->ends_s) {
        return false;
    }
    if (offer->kind == SOTTO_FREE_SHIPPING) {
        return true;
    }
    const sotto_ledger_offer *known = NULL;
    if (moment->ledger != NULL) {
        known = sotto_ledger_offer_find(moment->ledger, offer->key);
    }
    return (known == NULL || known->redeemed_s == 0) &&
           sotto_moment_cart_total(moment) >= offer->threshold;
}

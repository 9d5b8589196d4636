/*
 * offers.h - whether an offer may still be made
 */
#ifndef SOTTO_DECISIONS_OFFERS_H
#define SOTTO_DECISIONS_OFFERS_H

#include "decisions/moment.h"

/* Whether it is not over, not redeemed yet, and the cart is worth enough for it. */
bool sotto_offer_stands(const sotto_moment *moment, const sotto_offer *offer);

#endif

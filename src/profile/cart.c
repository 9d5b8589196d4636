/*
 * cart.c - what the shopper has put in the cart, as far as the events said
 *
 * The shop's own cart is the truth; a page that knows it hands it to the decision. This one is for
 * pages that do not, and it follows the events: adding raises a line's quantity, removing lowers
 * it.
 */
#include "profile/profile.h"

void sotto_cart_add(sotto_profile *profile, uint64_t item, uint32_t quantity, uint32_t now_s)
{
    sotto_entries cart = sotto_profile_entries(profile, SOTTO_CART_TABLE);
    sotto_profile_cart_entry *line = sotto_entries_touch(&cart, item, 0);
    line->quantity = (uint16_t)sotto_min_u32(line->quantity + quantity, SOTTO_QUANTITY_MAX);
    line->time_s = now_s;
}

void sotto_cart_remove(sotto_profile *profile, uint64_t item, uint32_t quantity)
{
    sotto_entries cart = sotto_profile_entries(profile, SOTTO_CART_TABLE);
    uint32_t index = sotto_entries_find(&cart, item);
    if (index == SOTTO_NO_ENTRY) {
        return;
    }
    sotto_profile_cart_entry *line = &profile->cart[index];
    if (quantity == 0 || quantity >= line->quantity) {
        sotto_entries_remove(&cart, index);
    } else {
        line->quantity = (uint16_t)(line->quantity - quantity);
    }
}

bool sotto_profile_cart(const sotto_profile *profile, uint32_t number, sotto_cart_line *line)
{
    const sotto_profile_cart_entry *entry = sotto_profile_entry(profile, SOTTO_CART_TABLE, number);
    if (!entry) {
        return false;
    }
    *line = (sotto_cart_line){entry->item, entry->time_s, entry->quantity};
    return true;
}

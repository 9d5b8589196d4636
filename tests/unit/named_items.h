/*
 * named_items.h - items of a made-up shop with ids: "item-0", "item-1", ...
 */
#ifndef SOTTO_TEST_NAMED_ITEMS_H
#define SOTTO_TEST_NAMED_ITEMS_H

#include "click_shop.h"

#include "train/intern.h"

static inline void name_items(sotto_intern *items, uint32_t count)
{
    for (uint32_t i = items->count; i < count; i++) {
        char text[16];
        uint32_t index;
        int size = snprintf(text, sizeof text, "item-%u", i);
        REQUIRE(sotto_intern_add(items, (sotto_text){text, (size_t)size}, &index));
    }
}

#endif

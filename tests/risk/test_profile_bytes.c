/*
 * test_profile_bytes.c - a saved profile that somebody else wrote
 *
 * IndexedDB can be edited by any extension and by the shopper. A block whose checksum holds is
 * opened, so these blocks are made wrong and sealed again: whatever opens must then be read, folded
 * into, decided from and forgotten without harm. Run it under the sanitizers.
 */
#include "test.h"

#include "../unit/shopper.h"

static uint64_t state = 88172645463325252u;

static uint32_t random_below(uint32_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(((state >> 32) * limit) >> 32);
}

static void use(void)
{
    sotto_event event;
    sotto_cart_line line;
    sotto_purchase purchase;
    sotto_interest interest;
    sotto_profile *profile = &shopper.profile;
    for (uint32_t i = 0; i < 300; i++) {
        if (sotto_profile_event(profile, i, &event)) {
            CHECK(sotto_event_name(event.kind) != NULL);
        }
        sotto_profile_cart(profile, i, &line);
        sotto_profile_purchase(profile, i, &purchase);
        sotto_profile_category(profile, i, SAMPLE_NOW, 3600, &interest);
        sotto_profile_brand(profile, i, SAMPLE_NOW, 3600, &interest);
    }
    shopper.slot.filters = 0x3F;
    shopper_asks(SOTTO_FOR_YOU, SOTTO_RECENTLY_VIEWED);
    shopper_asks(SOTTO_CART_CROSS_SELL, SOTTO_POPULAR);
    for (uint32_t kind = 1; kind <= 10; kind++) {
        shopper_did((sotto_event_kind)kind, kind);
    }
    sotto_profile_forget_item(profile, sample_hash(3));
    sotto_profile_seal(profile);
    CHECK_EQ(sotto_profile_open(profile, SOTTO_PROFILE_SIZE, NULL), SOTTO_OK);
}

static void fill_profile(void)
{
    for (uint32_t i = 0; i < 400; i++) {
        shopper_did((sotto_event_kind)(1 + i % 10), i % SAMPLE_ALL_ITEMS);
    }
}

TEST(flipped_bits_are_refused)
{
    shopper_enter();
    fill_profile();
    sotto_profile_seal(&shopper.profile);
    struct sotto_profile good = shopper.profile;
    for (uint32_t i = 0; i < 5000; i++) {
        uint32_t at = random_below(SOTTO_PROFILE_SIZE);
        shopper.profile = good;
        ((uint8_t *)&shopper.profile)[at] ^= (uint8_t)(1 << random_below(8));
        ROW("byte %u", at);
        CHECK(sotto_profile_open(&shopper.profile, SOTTO_PROFILE_SIZE, NULL) != SOTTO_OK);
    }
    shopper_leave();
}

TEST(sealed_nonsense_is_refused_or_harmless)
{
    shopper_enter();
    fill_profile();
    sotto_profile_seal(&shopper.profile);
    struct sotto_profile good = shopper.profile;
    uint32_t opened = 0;
    for (uint32_t i = 0; i < 3000; i++) {
        shopper.profile = good;
        for (uint32_t k = random_below(20); k > 0; k--) {
            uint32_t at = 16 + random_below(i % 2 ? 48 : SOTTO_PROFILE_SIZE - 16);
            ((uint8_t *)&shopper.profile)[at] = (uint8_t)random_below(256);
        }
        sotto_profile_seal(&shopper.profile);
        if (sotto_profile_open(&shopper.profile, SOTTO_PROFILE_SIZE, NULL) == SOTTO_OK) {
            opened++;
            use();
        }
    }
    CHECK(opened > 50);
    shopper_leave();
}

TEST(every_entry_the_same_item)
{
    shopper_enter();
    fill_profile();
    for (uint32_t i = 0; i < SOTTO_PROFILE_EVENTS; i++) {
        shopper.profile.events[i].item = sample_hash(5);
    }
    for (uint32_t i = 0; i < SOTTO_PROFILE_PURCHASES; i++) {
        shopper.profile.purchases[i].item = sample_hash(5);
    }
    shopper.profile.purchase_count = SOTTO_PROFILE_PURCHASES;
    shopper.profile.event_count = SOTTO_PROFILE_EVENTS;
    for (uint32_t i = 0; i < SOTTO_PROFILE_EVENTS; i++) {
        shopper.profile.events[i].kind = SOTTO_VIEW;
    }
    use();
    shopper_leave();
}

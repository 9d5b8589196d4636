#include "test.h"

#include "sample_bundle.h"

static const uint8_t similar[] = {SOTTO_SIMILAR};

static sotto_slot_content small_slot(void)
{
    return (sotto_slot_content){
        .name = {"s", 1}, .strategies = similar, .strategy_count = 1, .count = 8, .min = 1,
        .filters = 0x1F, .price_high = UINT32_MAX,
    };
}

static sotto_status write_slots(const sotto_slot_content *slots, uint32_t count)
{
    const sotto_campaigns_content content = {
        .interest_half_life_s = 1, .slots = slots, .slot_count = count,
    };
    sotto_bytes out = {NULL, 0};
    const char *why = NULL;
    sotto_status status = sotto_campaigns_write(&content, &out, &why);
    CHECK_EQ(status == SOTTO_OK, out.bytes != NULL && why == NULL);
    if (status == SOTTO_OK) {
        sotto_bundle bundle;
        sotto_bundle_init(&bundle);
        CHECK_EQ(sotto_bundle_open(&bundle, SOTTO_CAMPAIGNS, out.bytes, out.size, NULL), SOTTO_OK);
        CHECK_EQ(sotto_slot_count(&bundle), count);
    }
    free(out.bytes);
    return status;
}

TEST(slots_that_cannot_be_written_are_refused)
{
    static char long_name[65];
    static const uint8_t nine[9] = {1, 2, 3, 4, 5, 6, 7, 8, 1};
    memset(long_name, 'n', sizeof long_name);
    for (uint32_t i = 0; i < 11; i++) {
        ROW("row %u", (unsigned)i);
        sotto_slot_content slot = small_slot();
        switch (i) {
        case 0: slot.name.size = 0; break;
        case 1: slot.name = (sotto_string){long_name, 65}; break;
        case 2: slot.name = (sotto_string){"\xFF", 1}; break;
        case 3: slot.strategy_count = 0; break;
        case 4: slot.strategies = nine, slot.strategy_count = 9; break;
        case 5: slot.count = 0; break;
        case 6: slot.count = 33; break;
        case 7: slot.min = 256; break;
        case 8: slot.heading = (sotto_string){"\x80", 1}; break;
        case 9: slot.pinned_count = 7282; break;
        default: slot.excluded_count = 8192; break;
        }
        CHECK_EQ(write_slots(&slot, 1), SOTTO_INVALID);
    }
    sotto_slot_content slot = small_slot();
    slot.name = (sotto_string){long_name, 64};
    CHECK_EQ(write_slots(&slot, 1), SOTTO_OK);
}

TEST(two_slots_may_not_have_one_name)
{
    const sotto_slot_content slots[] = {small_slot(), small_slot()};
    CHECK_EQ(write_slots(slots, 2), SOTTO_INVALID);
}

TEST(as_many_slots_as_fit)
{
    static sotto_slot_content slots[257];
    static char names[257][8];
    for (uint32_t i = 0; i < 257; i++) {
        snprintf(names[i], sizeof names[i], "s%u", (unsigned)i);
        slots[i] = small_slot();
        slots[i].name = sample_text(names[i]);
    }
    CHECK_EQ(write_slots(slots, 0), SOTTO_OK);
    CHECK_EQ(write_slots(slots, 256), SOTTO_OK);
    CHECK_EQ(write_slots(slots, 257), SOTTO_INVALID);
}

TEST(pins_are_put_in_order_of_position)
{
    const sotto_pin pins[] = {{5, 50}, {0, 1}, {5, 51}, {2, 20}};
    sotto_slot_content slot = small_slot();
    slot.pinned = pins;
    slot.pinned_count = 4;
    const sotto_campaigns_content content = {
        .interest_half_life_s = 1, .slots = &slot, .slot_count = 1,
    };
    sotto_bytes file = {NULL, 0};
    const char *why = NULL;
    REQUIRE(sotto_campaigns_write(&content, &file, &why) == SOTTO_OK);
    sotto_bundle bundle;
    sotto_bundle_init(&bundle);
    REQUIRE(sotto_bundle_open(&bundle, SOTTO_CAMPAIGNS, file.bytes, file.size, NULL) == SOTTO_OK);
    sotto_slot found = sotto_slot_get(&bundle, 0);
    static const uint8_t positions[] = {0, 2, 5, 5};
    static const uint64_t items[] = {1, 20, 50, 51};
    for (uint32_t i = 0; i < 4; i++) {
        CHECK_EQ(found.pinned[9 * i], positions[i]);
        CHECK(sotto_load_u64(found.pinned + 9 * i + 1) == items[i]);
    }
    free(file.bytes);
}

TEST(consent_that_cannot_be_written_is_refused)
{
    static char long_name[66];
    sotto_string names[17];
    memset(long_name, 'n', sizeof long_name);
    for (uint32_t i = 0; i < 17; i++) {
        names[i] = (sotto_string){"a", 1};
    }
    for (uint32_t i = 0; i < 9; i++) {
        ROW("row %u", (unsigned)i);
        sotto_string one = {"store", 5};
        sotto_consent_content consent = {.names = {&one}, .name_counts = {1}};
        switch (i) {
        case 0: break;
        case 1: consent.name_counts[0] = 0; break;
        case 2: consent.source = 8; break;
        case 3: consent.flags = 4; break;
        case 4: consent.policy = (sotto_string){"\xFF", 1}; break;
        case 5: one.size = 0; break;
        case 6: one = (sotto_string){long_name, 65}; break;
        case 7: one = (sotto_string){"a\0b", 3}; break;
        default: consent.names[2] = names, consent.name_counts[2] = 17; break;
        }
        const sotto_campaigns_content content = {.interest_half_life_s = 1, .consent = &consent};
        sotto_bytes out = {NULL, 0};
        const char *why = NULL;
        CHECK_EQ(sotto_campaigns_write(&content, &out, &why), i < 2 ? SOTTO_OK : SOTTO_INVALID);
        CHECK_EQ(out.bytes != NULL, why == NULL);
        free(out.bytes);
    }
}

TEST(sites_that_cannot_be_written_are_refused)
{
    static char long_text[65536];
    memset(long_text, 'x', sizeof long_text);
    for (uint32_t i = 0; i < 4; i++) {
        ROW("row %u", (unsigned)i);
        sotto_campaigns_content content = {.interest_half_life_s = 1};
        switch (i) {
        case 0: content.interest_half_life_s = 0; break;
        case 1: content.price_decimals = 5; break;
        case 2: content.shop_name = (sotto_string){long_text, 65536}; break;
        default: content.excluded_brand_count = 8192; break;
        }
        sotto_bytes out = {NULL, 0};
        const char *why = NULL;
        CHECK_EQ(sotto_campaigns_write(&content, &out, &why), SOTTO_INVALID);
        CHECK(out.bytes == NULL && why != NULL);
    }
}

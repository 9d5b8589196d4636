/*
 * test_profile.c - the block: made, checked, sealed, forgotten
 */
#include "test.h"

#include "base/hash.h"
#include "model/bundle.h"
#include "profile/profile.h"

static sotto_profile profile;
static sotto_bundle bundle;

static void fold(sotto_event_kind kind, uint64_t item, uint32_t quantity, uint32_t time_s)
{
    sotto_event event = {item, time_s, kind, quantity};
    sotto_profile_fold(&profile, &bundle, &event);
}

/* A profile with something in every table that needs no catalogue. */
static void start(void)
{
    sotto_bundle_init(&bundle);
    sotto_profile_init(&profile, 0x1122334455667788u, 1000);
    fold(SOTTO_VIEW, 1, 0, 1001);
    fold(SOTTO_CART_ADD, 1, 2, 1002);
    fold(SOTTO_CART_ADD, 2, 1, 1003);
    fold(SOTTO_PURCHASE, 2, 1, 1004);
    fold(SOTTO_CATEGORY_VIEW, 77, 0, 1005);
    sotto_profile_seal(&profile);
}

TEST(a_new_profile_is_empty_and_opens)
{
    sotto_profile_init(&profile, 5, 1000);
    sotto_profile_summary summary = sotto_profile_get(&profile);
    CHECK_EQ(summary.seed, 5);
    CHECK_EQ(summary.created_s, 1000);
    CHECK_EQ(summary.updated_s, 1000);
    CHECK_EQ(summary.event_count + summary.cart_count + summary.purchase_count, 0);
    CHECK_EQ(summary.session_count, 0);
    CHECK_EQ(sotto_profile_open(&profile, SOTTO_PROFILE_SIZE, NULL), SOTTO_OK);
}

TEST(a_sealed_profile_opens_and_an_unsealed_one_does_not)
{
    start();
    CHECK_EQ(sotto_profile_open(&profile, SOTTO_PROFILE_SIZE, NULL), SOTTO_OK);
    fold(SOTTO_VIEW, 3, 0, 1006);
    CHECK_EQ(sotto_profile_open(&profile, SOTTO_PROFILE_SIZE, NULL), SOTTO_DAMAGED);
    sotto_profile_seal(&profile);
    CHECK_EQ(sotto_profile_open(&profile, SOTTO_PROFILE_SIZE, NULL), SOTTO_OK);
}

TEST(the_summary_counts_what_there_is)
{
    start();
    sotto_profile_summary summary = sotto_profile_get(&profile);
    CHECK(summary.seed == 0x1122334455667788u);
    CHECK_EQ(summary.updated_s, 1005);
    CHECK_EQ(summary.session_start_s, 1001);
    CHECK_EQ(summary.session_count, 1);
    CHECK_EQ(summary.event_total, 5);
    CHECK_EQ(summary.event_count, 5);
    CHECK_EQ(summary.cart_count, 1);
    CHECK_EQ(summary.purchase_count, 1);
    CHECK_EQ(summary.category_count, 1);
    CHECK_EQ(summary.brand_count, 0);
}

/* One field at a time, checksum made good again where it would hide the rest. */
TEST(each_wrong_field_is_refused_at_its_offset)
{
    static const struct {
        size_t offset;
        uint8_t value;
        bool seal;
        sotto_status status;
        size_t at;
    } cases[] = {
        {0, 'X', false, SOTTO_NOT_SOTTO, 0},
        {4, 2, false, SOTTO_WRONG_VERSION, 4},
        {6, 1, false, SOTTO_INVALID, 6},
        {8, 0, false, SOTTO_INVALID, 8},
        {12, 0xFF, false, SOTTO_DAMAGED, 12},
        {16, 0xFF, false, SOTTO_DAMAGED, 12},
        {7743, 1, false, SOTTO_DAMAGED, 12},
        {45, 1, true, SOTTO_INVALID, 44},
        {47, 2, true, SOTTO_INVALID, 46},
        {48, 33, true, SOTTO_INVALID, 48},
        {50, 129, true, SOTTO_INVALID, 50},
        {52, 33, true, SOTTO_INVALID, 52},
        {54, 33, true, SOTTO_INVALID, 54},
        {56, 1, true, SOTTO_INVALID, 56},
        {63, 1, true, SOTTO_INVALID, 63},
        {64 + 12, 0, true, SOTTO_INVALID, 64 + 12},
        {64 + 12, 11, true, SOTTO_INVALID, 64 + 12},
        {6720 + 8 + 3, 1, true, SOTTO_INVALID, 6720 + 8},
        {7232 + 31 * 16 + 8 + 3, 1, true, SOTTO_INVALID, 7232 + 31 * 16 + 8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ROW("byte %zu", cases[i].offset);
        start();
        ((uint8_t *)&profile)[cases[i].offset] = cases[i].value;
        if (cases[i].seal) {
            sotto_profile_seal(&profile);
        }
        sotto_fault fault = {0, NULL};
        CHECK_EQ(sotto_profile_open(&profile, SOTTO_PROFILE_SIZE, &fault), cases[i].status);
        CHECK_EQ(fault.offset, cases[i].at);
        CHECK(fault.what != NULL);
    }
}

TEST(every_other_size_is_refused)
{
    start();
    for (size_t size = 0; size < SOTTO_PROFILE_SIZE; size++) {
        sotto_fault fault;
        ROW("size %zu", size);
        CHECK_EQ(sotto_profile_open(&profile, size, &fault), SOTTO_TRUNCATED);
        CHECK_EQ(fault.offset, size);
    }
    sotto_fault fault;
    CHECK_EQ(sotto_profile_open(&profile, SOTTO_PROFILE_SIZE + 1, &fault), SOTTO_OVERSIZED);
    CHECK_EQ(fault.offset, SOTTO_PROFILE_SIZE);
}

TEST(opening_changes_nothing)
{
    start();
    sotto_profile copy = profile;
    sotto_profile_open(&profile, SOTTO_PROFILE_SIZE, NULL);
    CHECK_MEM(&profile, &copy, sizeof copy);
}

TEST(a_forgotten_item_is_nowhere)
{
    start();
    CHECK_EQ(sotto_profile_forget_item(&profile, 2), 3);
    CHECK_EQ(profile.event_count, 3);
    CHECK_EQ(profile.purchase_count, 0);
    CHECK_EQ(sotto_profile_forget_item(&profile, 1), 3);
    CHECK_EQ(profile.cart_count, 0);
    CHECK_EQ(sotto_profile_forget_item(&profile, 1), 0);
    sotto_profile_seal(&profile);
    const uint8_t *bytes = (const uint8_t *)&profile;
    for (size_t at = 64; at + 8 <= 6720; at += 8) {
        uint64_t word;
        memcpy(&word, bytes + at, sizeof word);
        CHECK(word != 1 && word != 2);
    }
    CHECK_EQ(sotto_profile_open(&profile, SOTTO_PROFILE_SIZE, NULL), SOTTO_OK);
}

/*
 * test_interests.c - which categories and brands a shopper cares about
 */
#include "test.h"

#include "profile/profile.h"
#include "sample_bundle.h"

enum { HALF_LIFE_S = 3600 };

static sample shop;
static sotto_profile profile;

static void fold(sotto_event_kind kind, uint64_t item, uint32_t time_s)
{
    sotto_event event = {item, time_s, kind, 1};
    sotto_profile_fold(&profile, &shop.bundle, &event);
}

/* What the profile says of a category or brand, in Q16; -1 if nothing. */
static int64_t value_of(bool brand, const char *name, uint32_t now_s)
{
    sotto_interest interest;
    for (uint32_t i = 0; (brand ? sotto_profile_brand : sotto_profile_category)(
             &profile, i, now_s, HALF_LIFE_S, &interest); i++) {
        if (interest.key == sample_key(name)) {
            return interest.value;
        }
    }
    return -1;
}

static void start(void)
{
    sample_open(&shop);
    sotto_profile_init(&profile, 1, SAMPLE_NOW);
}

TEST(a_view_counts_one_for_category_and_brand_and_half_for_the_parent)
{
    start();
    fold(SOTTO_VIEW, sample_hash(6), SAMPLE_NOW);
    CHECK_EQ(value_of(false, "Home > Kitchen", SAMPLE_NOW), 65536);
    CHECK_EQ(value_of(false, "Home", SAMPLE_NOW), 32768);
    CHECK_EQ(value_of(true, "Cedar", SAMPLE_NOW), 65536);
    CHECK_EQ(value_of(false, "Sport", SAMPLE_NOW), -1);
    sample_close(&shop);
}

TEST(each_kind_has_its_weight)
{
    static const struct {
        sotto_event_kind kind;
        int64_t gain;
    } cases[] = {
        {SOTTO_VIEW, 1}, {SOTTO_CLICK, 1}, {SOTTO_WISHLIST, 2}, {SOTTO_CART_ADD, 3},
        {SOTTO_PURCHASE, 4}, {SOTTO_CART_REMOVE, -1}, {SOTTO_DISMISS, -1}, {SOTTO_CHECKOUT, -1},
        {SOTTO_SEARCH, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ROW("%s", sotto_event_name(cases[i].kind));
        start();
        fold(cases[i].kind, sample_hash(3), SAMPLE_NOW);
        int64_t expected = cases[i].gain < 0 ? -1 : cases[i].gain * 65536;
        CHECK_EQ(value_of(false, "Sport", SAMPLE_NOW), expected);
        CHECK_EQ(value_of(true, "Dogwood", SAMPLE_NOW), expected);
        sample_close(&shop);
    }
}

TEST(a_category_page_counts_for_it_and_by_half_for_its_parent)
{
    start();
    fold(SOTTO_CATEGORY_VIEW, sample_key("Sport > Running"), SAMPLE_NOW);
    CHECK_EQ(value_of(false, "Sport > Running", SAMPLE_NOW), 65536);
    CHECK_EQ(value_of(false, "Sport", SAMPLE_NOW), 32768);
    fold(SOTTO_CATEGORY_VIEW, 4711, SAMPLE_NOW);
    CHECK_EQ(profile.category_count, 3);
    CHECK_EQ(profile.brand_count, 0);
    sample_close(&shop);
}

TEST(interest_fades_and_grows_from_what_is_left)
{
    start();
    fold(SOTTO_VIEW, sample_hash(3), SAMPLE_NOW);
    CHECK_EQ(value_of(false, "Sport", SAMPLE_NOW + HALF_LIFE_S), 32768);
    fold(SOTTO_VIEW, sample_hash(3), SAMPLE_NOW + HALF_LIFE_S);
    CHECK_EQ(value_of(false, "Sport", SAMPLE_NOW + HALF_LIFE_S), 98304);
    sample_close(&shop);
}

TEST(a_clock_set_back_fades_nothing)
{
    start();
    fold(SOTTO_VIEW, sample_hash(3), SAMPLE_NOW);
    CHECK_EQ(value_of(false, "Sport", SAMPLE_NOW - 1000), 65536);
    fold(SOTTO_VIEW, sample_hash(3), SAMPLE_NOW - 1000);
    CHECK_EQ(value_of(false, "Sport", SAMPLE_NOW - 1000), 131072);
    sample_close(&shop);
}

TEST(an_interest_stops_at_its_cap)
{
    start();
    for (uint32_t i = 0; i < 100; i++) {
        fold(SOTTO_PURCHASE, sample_hash(3), SAMPLE_NOW);
    }
    CHECK_EQ(value_of(false, "Sport", SAMPLE_NOW), 64 * 65536);
    sotto_profile_seal(&profile);
    CHECK_EQ(sotto_profile_open(&profile, SOTTO_PROFILE_SIZE, NULL), SOTTO_OK);
    sample_close(&shop);
}

TEST(items_nobody_knows_say_nothing)
{
    start();
    fold(SOTTO_VIEW, 123456789, SAMPLE_NOW);
    fold(SOTTO_VIEW, sample_hash(10), SAMPLE_NOW);   /* without a category, with a brand */
    CHECK_EQ(profile.category_count, 0);
    CHECK_EQ(profile.brand_count, 1);
    sample_close(&shop);
}

TEST(a_full_table_forgets_what_has_faded_most)
{
    start();
    for (uint32_t i = 0; i < 32; i++) {
        fold(SOTTO_CATEGORY_VIEW, 1000 + i, SAMPLE_NOW + 10 * i);
        fold(SOTTO_CATEGORY_VIEW, 1000 + i, SAMPLE_NOW + 10 * i + (i == 7 ? 0 : 1));
    }
    profile.categories[7].value = 5;
    uint64_t weakest = profile.categories[7].key;
    fold(SOTTO_CATEGORY_VIEW, 2000, SAMPLE_NOW + 400);
    CHECK_EQ(profile.category_count, 32);
    for (uint32_t i = 0; i < 32; i++) {
        CHECK(profile.categories[i].key != weakest);
    }
    CHECK_EQ(profile.categories[31].key, 2000);
    sample_close(&shop);
}

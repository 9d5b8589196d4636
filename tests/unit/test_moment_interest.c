#include "test.h"

#include "moments.h"

static int64_t share(uint8_t key)
{
    return sotto_interest_share(moment_now(), key);
}

TEST(shares_of_categories_add_up)
{
    moment_enter();
    uint8_t home = moment_key(SOTTO_KEY_CATEGORY, "Home");
    uint8_t kitchen = moment_key(SOTTO_KEY_CATEGORY, "Home > Kitchen");
    uint8_t sport = moment_key(SOTTO_KEY_CATEGORY, "Sport");
    uint8_t running = moment_key(SOTTO_KEY_CATEGORY, "Sport > Running");
    uint8_t coming = moment_key(SOTTO_KEY_CATEGORY, "Coming");
    CHECK_EQ(share(home), 0);
    moment_event(SOTTO_VIEW, 6, SAMPLE_NOW, 1);      /* Home > Kitchen */
    CHECK_EQ(share(home), 10000);
    CHECK_EQ(share(kitchen), 10000);
    moment_event(SOTTO_VIEW, 9, SAMPLE_NOW, 1);      /* Sport > Running */
    CHECK_EQ(share(home), 5000);
    CHECK_EQ(share(kitchen), 5000);
    CHECK_EQ(share(running), 5000);
    /* A view in Sport itself counts twice what one below it does. */
    moment_event(SOTTO_VIEW, 8, SAMPLE_NOW, 1);
    CHECK_EQ(share(home), 2500);
    CHECK_EQ(share(sport), 7500);
    CHECK_EQ(share(running), 2500);
    CHECK_EQ(share(coming), 0);
    /* Some fades as all does; a half-life here is an hour. */
    here.scene.now_s = SAMPLE_NOW + 7200;
    CHECK_EQ(share(sport), 7500);
    here.scene.now_s = SAMPLE_NOW + 3600 * 40;
    CHECK_EQ(share(sport), 0);
    moment_leave();
}

TEST(a_category_viewed_by_name)
{
    moment_enter();
    uint8_t home = moment_key(SOTTO_KEY_CATEGORY, "Home");
    uint8_t coming = moment_key(SOTTO_KEY_CATEGORY, "Coming");
    const char *names[] = {"Home > Garden", "Coming"};
    for (int i = 0; i < 2; i++) {
        sotto_event event = {sample_key(names[i]), SAMPLE_NOW, SOTTO_CATEGORY_VIEW, 1};
        sotto_profile_fold(&shopper.profile, &shopper.shop.bundle, &event);
    }
    CHECK_EQ(share(home), 10000);
    CHECK_EQ(share(coming), 0);
    moment_leave();
}

TEST(shares_of_brands)
{
    moment_enter();
    uint8_t birch = moment_key(SOTTO_KEY_BRAND, "Birch"), elm = moment_key(SOTTO_KEY_BRAND, "Elm");
    CHECK_EQ(share(birch), 0);
    moment_event(SOTTO_VIEW, 5, SAMPLE_NOW, 1);      /* Birch */
    moment_event(SOTTO_VIEW, 6, SAMPLE_NOW, 1);      /* Cedar */
    moment_event(SOTTO_VIEW, 7, SAMPLE_NOW, 1);      /* Dogwood */
    CHECK_EQ(share(birch), 3333);
    CHECK_EQ(share(elm), 0);
    shopper.unknown = true;
    CHECK_EQ(share(birch), 0);
    moment_leave();
}

TEST(more_than_all_is_all)
{
    /* A full table forgot Home, but not what is below it. */
    moment_enter();
    uint8_t kitchen = moment_key(SOTTO_KEY_CATEGORY, "Home > Kitchen");
    shopper.profile.categories[0] = (sotto_profile_interest_entry){sample_key("Home > Kitchen"),
                                                                   65536, SAMPLE_NOW};
    shopper.profile.category_count = 1;
    CHECK_EQ(share(kitchen), 10000);
    moment_leave();
}

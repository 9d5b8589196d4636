#include "test.h"

#include "ranking/again.h"
#include "sample_basket_shop.h"

#define DAY   86400u
#define START 1700000000u

static const int16_t by_gap[1][2] = {{SOTTO_BASKET_OWN_TIMES, 1}};

static sotto_again_scratch scratch;
static uint64_t block[SOTTO_PROFILE_SIZE / 8];

static sotto_profile *new_profile(void)
{
    return sotto_profile_init(block, 1, START);
}

static void buy(sotto_profile *profile, const sotto_bundle *bundle, uint32_t item, uint32_t time_s)
{
    sotto_event event = {sample_basket_hash(item), time_s, SOTTO_PURCHASE, 1};
    sotto_profile_fold(profile, bundle, &event);
}

static bool shelved(const sotto_shelf *shelf, uint32_t item)
{
    for (uint32_t i = 0; i < shelf->again_count; i++) {
        if (shelf->again[i].item == sample_basket_hash(item)) {
            return true;
        }
    }
    return false;
}

static void shelve(sotto_shelf *shelf, const sample_basket_shop *shop,
                   const sotto_profile *profile, uint32_t now_s)
{
    memset(shelf, 0, sizeof *shelf);
    sotto_again_shelve(shelf, &scratch, &shop->bundle, profile, now_s);
}

TEST(purchases_of_one_visit_are_a_basket)
{
    sample_basket_shop shop;
    sample_basket_shop_open(&shop, by_gap, 1);
    sotto_profile *profile = new_profile();
    buy(profile, &shop.bundle, 4, START);
    buy(profile, &shop.bundle, 6, START + 60);
    buy(profile, &shop.bundle, 4, START + DAY);
    buy(profile, &shop.bundle, 99, START + DAY);      /* the model does not know it */
    buy(profile, &shop.bundle, 5, START + DAY + 1700);
    buy(profile, &shop.bundle, 4, START + DAY + 1700);
    sotto_again_baskets_fill(&scratch.baskets, &shop.bundle, profile, START + 2 * DAY);
    const sotto_past_baskets *past = &scratch.baskets.past;
    REQUIRE(past->count == 2);
    CHECK_EQ(past->times_s[0], START + DAY + 1700);
    CHECK_EQ(past->starts[1], 2);                     /* 4 and 5, each once */
    CHECK_EQ(past->starts[2], 4);
    CHECK_EQ(past->items[0], 4);
    CHECK_EQ(past->items[1], 5);
    CHECK_EQ(past->times_s[1], START + 60);
    CHECK_EQ(past->now_s, START + 2 * DAY);
    sample_basket_shop_close(&shop);
}

/* Items of even index last a week, as all shoppers say. */
TEST(a_weekly_item_is_due_after_a_week)
{
    sample_basket_shop shop;
    sotto_shelf shelf;
    sample_basket_shop_open(&shop, by_gap, 1);
    sotto_profile *profile = new_profile();
    buy(profile, &shop.bundle, 4, START);
    buy(profile, &shop.bundle, 5, START);
    shelve(&shelf, &shop, profile, START + DAY);
    CHECK_EQ(shelf.again_count, 0);
    shelve(&shelf, &shop, profile, START + 4 * DAY);
    CHECK_EQ(shelf.again_count, 0);
    shelve(&shelf, &shop, profile, START + 7 * DAY);
    CHECK_EQ(shelf.again_count, 1);
    CHECK(shelved(&shelf, 4));
    CHECK_EQ(shelf.again[0].reason, SOTTO_BECAUSE_BOUGHT_BEFORE);
    CHECK(shelf.again[0].because == sample_basket_hash(4));
    CHECK_EQ(shelf.again[0].score, 65536);
    sample_basket_shop_close(&shop);
}

/* Item 5 has no rhythm of its own, but this shopper buys it every ten days. */
TEST(a_shoppers_own_rhythm_counts)
{
    sample_basket_shop shop;
    sotto_shelf shelf;
    sample_basket_shop_open(&shop, by_gap, 1);
    sotto_profile *profile = new_profile();
    for (uint32_t i = 0; i < 4; i++) {
        buy(profile, &shop.bundle, 5, START + i * 10 * DAY);
    }
    shelve(&shelf, &shop, profile, START + 30 * DAY + DAY / 2);
    CHECK(!shelved(&shelf, 5));
    shelve(&shelf, &shop, profile, START + 39 * DAY);
    CHECK(shelved(&shelf, 5));
    sample_basket_shop_close(&shop);
}

TEST(what_is_due_stands_in_the_order_of_the_network)
{
    sample_basket_shop shop;
    sotto_shelf shelf;
    sample_basket_shop_open(&shop, by_gap, 1);
    sotto_profile *profile = new_profile();
    for (uint32_t week = 0; week < 3; week++) {
        buy(profile, &shop.bundle, 8, START + week * 7 * DAY);
    }
    buy(profile, &shop.bundle, 4, START + 14 * DAY);
    shelve(&shelf, &shop, profile, START + 22 * DAY);
    REQUIRE(shelf.again_count == 2);
    CHECK(shelf.again[0].item == sample_basket_hash(8));
    CHECK(shelf.again[1].item == sample_basket_hash(4));
    CHECK(shelf.again[1].score < 65536 && shelf.again[1].score > 0);
    sample_basket_shop_close(&shop);
}

TEST(due_is_earlier_where_the_rhythm_is_loose)
{
    sotto_own_item own = {.times = 1, .last_s = START, .first_s = START};
    const int32_t week = 4902;                        /* log2(604,800) in Q8 */
    CHECK(!sotto_again_is_due(&own, START + 5 * DAY, week, 0));
    CHECK(sotto_again_is_due(&own, START + 5 * DAY + DAY / 2, week, 1));
    CHECK(!sotto_again_is_due(&own, START + 4 * DAY, week, 1));
    CHECK(sotto_again_is_due(&own, START + 4 * DAY, week, 2));
    CHECK(sotto_again_is_due(&own, START + 3 * DAY, week, 3));
    CHECK(!sotto_again_is_due(&own, START + 700 * DAY, 0, 3));   /* nothing is known */
    CHECK(!sotto_again_is_due(&own, START - 1, week, 3));        /* a clock set back */
}

TEST(a_shelf_holds_no_more_than_it_can)
{
    sample_basket_shop shop;
    sotto_shelf shelf;
    sample_basket_shop_open(&shop, by_gap, 1);
    sotto_profile *profile = new_profile();
    for (uint32_t i = 0; i < 250; i++) {
        buy(profile, &shop.bundle, i % BASKET_ITEMS, START + i / BASKET_ITEMS * 7 * DAY);
    }
    shelve(&shelf, &shop, profile, START + 70 * DAY);
    CHECK(shelf.again_count > 0 && shelf.again_count <= SOTTO_SHELF_AGAIN);
    sample_basket_shop_close(&shop);
}

TEST(without_the_sections_there_is_nothing)
{
    sample_basket_shop shop;
    sotto_shelf shelf;
    sample_basket_shop_open(&shop, by_gap, 1);
    sotto_profile *profile = new_profile();
    buy(profile, &shop.bundle, 4, START);
    shop.ranker.basket.item_count = 0;
    shelve(&shelf, &shop, profile, START + 9 * DAY);
    CHECK_EQ(shelf.again_count, 0);
    shop.bundle.ranker = NULL;
    shelve(&shelf, &shop, profile, START + 9 * DAY);
    CHECK_EQ(shelf.again_count, 0);
    sample_basket_shop_close(&shop);
}

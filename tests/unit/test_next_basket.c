#include "test.h"

#include "base/exponent.h"
#include "ranking/next_basket.h"
#include "ranking/select.h"
#include "sample_basket_model.h"

/* Three baskets, the latest first: [10 12] [12] [10 11 20]. */
static const uint32_t items[] = {10, 12, 12, 10, 11, 20};
static const uint32_t starts[] = {0, 2, 3, 6};
static const uint32_t times_s[] = {3000000, 2000000, 1000000};
static const sotto_past_baskets past = {items, starts, times_s, 3, 3604800};

static const int16_t popular_only[1][2] = {{SOTTO_BASKET_POPULAR, 1}};

static sotto_basket_scratch scratch;

static uint32_t number_of(uint32_t item)
{
    uint32_t number = sotto_candidates_find(&scratch.items, item);
    REQUIRE(number != SOTTO_NO_CANDIDATE);
    return number;
}

TEST(own_items_are_counted)
{
    sample_basket_model sample;
    sample_basket_make(&sample, popular_only, 1);
    sotto_basket_gather(&scratch, &sample.model, &past, false);
    CHECK_EQ(scratch.shopper.own_count, 4);
    const sotto_own_item *own = &scratch.own[number_of(10)];
    CHECK_EQ(own->times, 2);
    CHECK_EQ(own->gap, 0);
    CHECK_EQ(own->oldest, 2);
    CHECK_EQ(own->recency, 65536 + 16384);
    CHECK_EQ(own->last_s, 3000000);
    CHECK_EQ(own->first_s, 1000000);
    own = &scratch.own[number_of(20)];
    CHECK_EQ(own->times, 1);
    CHECK_EQ(own->gap, 2);
    sample_basket_free(&sample);
}

/* Worked out from RANKING.md section 11.3. */
TEST(features_are_those_of_the_page)
{
    sample_basket_model sample;
    int32_t f[SOTTO_BASKET_FEATURES];
    sample_basket_make(&sample, popular_only, 1);
    sotto_basket_gather(&scratch, &sample.model, &past, false);
    sotto_basket_features(&scratch, &sample.model, number_of(10), f);
    CHECK_EQ(f[SOTTO_BASKET_POPULAR], 32 * 190);
    CHECK_EQ(f[SOTTO_BASKET_EVER], 2000);
    CHECK_EQ(f[SOTTO_BASKET_LATELY], 1500);
    CHECK_EQ(f[SOTTO_BASKET_LIFT], 128);
    CHECK_EQ(f[SOTTO_BASKET_OWN_LIFT], 128);
    CHECK_EQ(f[SOTTO_BASKET_OWN], 4096);
    CHECK_EQ(f[SOTTO_BASKET_OWN_TIMES], sotto_log2_q8(3));
    CHECK_EQ(f[SOTTO_BASKET_OWN_RECENCY], (65536 + 16384) * 4096 / (65536 + 32768 + 16384));
    CHECK_EQ(f[SOTTO_BASKET_OWN_GAP], 4096);
    CHECK_EQ(f[SOTTO_BASKET_OWN_LAST], 4096);
    CHECK_EQ(f[SOTTO_BASKET_OWN_OVERDUE], 0 - 256 + 0);
    CHECK_EQ(f[SOTTO_BASKET_COUNT], sotto_log2_q8(3));
    CHECK_EQ(f[SOTTO_BASKET_DISTINCT], 512);
    CHECK_EQ(f[SOTTO_BASKET_SIZE], sotto_log2_q8(6) - sotto_log2_q8(3));
    CHECK_EQ(f[SOTTO_BASKET_LAST_SIZE], 256);
    CHECK_EQ(f[SOTTO_BASKET_REPEATS], 4096 * 2 / 6);
    CHECK_EQ(f[SOTTO_BASKET_OWN_REPEATS], 4096 * 2 / 6);
    int32_t since = sotto_log2_q8(604800 / 2 + 1) + 256;
    int32_t week = 3686 + 64 * BASKET_WEEK_CODE, own = sotto_log2_q8(2000000);
    CHECK_EQ(f[SOTTO_BASKET_OWN_DUE], since - week);
    CHECK_EQ(f[SOTTO_BASKET_OWN_DUE_SELF], since - own);
    CHECK_EQ(f[SOTTO_BASKET_OWN_TIMED], 4096);
    CHECK_EQ(f[SOTTO_BASKET_OWN_REGULAR], 4096 * 2 / 3);
    int32_t off = since - (2 * week + own) / 3;
    CHECK_EQ(f[SOTTO_BASKET_OWN_ON_TIME], off > -128 ? 4096 * (128 + off) / 128 : 0);
    sample_basket_free(&sample);
}

TEST(links_count_by_how_lately_an_item_was_bought)
{
    sample_basket_model sample;
    sample_basket_make(&sample, popular_only, 1);
    sotto_basket_gather(&scratch, &sample.model, &past, false);
    /* 13 is the next but one of 11 and the next of 12. Recencies are those added up here. */
    uint32_t all = 81920 + 98304 + 2 * 16384;
    uint64_t share_11 = (uint64_t)16384 * 65536 / all, share_12 = (uint64_t)98304 * 65536 / all;
    CHECK_EQ(scratch.links[number_of(13)], ((share_11 * 4096) >> 8) + ((share_12 * 16384) >> 8));
    CHECK_EQ(scratch.links_last[number_of(13)], 16384 * 256 / 2);
    CHECK_EQ(scratch.links_last[number_of(21)], 0);
    sample_basket_free(&sample);
}

TEST(candidates_are_own_items_and_the_best_of_the_others)
{
    sample_basket_model sample;
    sample_basket_make(&sample, popular_only, 1);
    uint32_t count = sotto_basket_gather(&scratch, &sample.model, &past, false);
    CHECK_EQ(count, 4 + 8);
    for (uint32_t i = 0; i < count; i++) {
        CHECK(i >= 4 || sotto_key_number(scratch.keys[i]) == i);
    }
    CHECK_EQ(sotto_basket_gather(&scratch, &sample.model, &past, true), 4);
    sample_basket_free(&sample);
}

TEST(the_order_is_that_of_the_network)
{
    sample_basket_model sample;
    uint32_t picks[20];
    sample_basket_make(&sample, popular_only, 1);
    uint32_t found = sotto_basket_rank(&scratch, &sample.model, &past, 20, picks);
    CHECK_EQ(found, 12);
    for (uint32_t i = 1; i < found; i++) {
        CHECK(picks[i] > picks[i - 1]);   /* a smaller index is more popular */
    }
    sample_basket_free(&sample);
    static const int16_t own_only[1][2] = {{SOTTO_BASKET_OWN_GAP, 1}};
    sample_basket_make(&sample, own_only, 1);
    REQUIRE(sotto_basket_rank(&scratch, &sample.model, &past, 4, picks) == 4);
    CHECK_EQ(picks[0], 10);               /* equals: the smaller number */
    CHECK_EQ(picks[1], 12);
    CHECK_EQ(picks[2], 11);
    CHECK_EQ(picks[3], 20);
    sample_basket_free(&sample);
}

TEST(a_life_of_shopping_fits)
{
    enum { BASKETS = 300, EACH = 25 };
    static uint32_t many[BASKETS * EACH], ends[BASKETS + 1];
    sample_basket_model sample;
    sample_basket_make(&sample, popular_only, 1);
    for (uint32_t i = 0; i < BASKETS * EACH; i++) {
        many[i] = i % BASKET_ITEMS;
    }
    for (uint32_t i = 0; i <= BASKETS; i++) {
        ends[i] = i * EACH;
    }
    sotto_past_baskets life = {many, ends, NULL, BASKETS, 0};
    uint32_t picks[20];
    CHECK_EQ(sotto_basket_rank(&scratch, &sample.model, &life, 20, picks), 20);
    CHECK_EQ(scratch.shopper.own_count, BASKET_ITEMS);
    CHECK_EQ(scratch.shopper.item_total, SOTTO_BASKET_MAX_BASKETS * EACH);
    sample_basket_free(&sample);
}

/* The network here turns popularity upside down; who has no past is not asked of it. */
TEST(without_a_past_the_network_is_not_asked)
{
    static const int16_t upside_down[1][2] = {{SOTTO_BASKET_POPULAR, -1}};
    sample_basket_model sample;
    uint32_t picks[5], none[1] = {0};
    sotto_past_baskets nothing = {NULL, none, NULL, 0, 0};
    sample_basket_make(&sample, upside_down, 1);
    REQUIRE(sotto_basket_rank(&scratch, &sample.model, &nothing, 5, picks) == 5);
    for (uint32_t i = 0; i < 5; i++) {
        CHECK_EQ(picks[i], i);
    }
    sample_basket_free(&sample);
}

TEST(nobody_and_nothing)
{
    sample_basket_model sample;
    uint32_t picks[5], none[2] = {0, 0};
    sample_basket_make(&sample, popular_only, 1);
    sotto_past_baskets nothing = {NULL, none, NULL, 0, 0}, empty = {NULL, none, NULL, 1, 0};
    CHECK_EQ(sotto_basket_rank(&scratch, &sample.model, &nothing, 5, picks), 5);
    CHECK_EQ(picks[0], 0);
    CHECK_EQ(sotto_basket_rank(&scratch, &sample.model, &empty, 5, picks), 5);
    CHECK_EQ(sotto_basket_rank(&scratch, &sample.model, &past, 0, picks), 0);
    sotto_bundle *bundle = malloc(sotto_bundle_size());
    REQUIRE(bundle != NULL);
    sotto_bundle_init(bundle);
    CHECK_EQ(sotto_rank_basket(bundle, &past, 5, &scratch, sizeof scratch, picks), 0);
    free(bundle);
    sample_basket_free(&sample);
}

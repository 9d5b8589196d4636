#include "test.h"

#include "shopper.h"

#include "model/ranker.h"
#include "ranking/cluster.h"

TEST(traits_are_roots_of_shares_of_weights)
{
    /* 40 items in 4 stretches; a purchase weighs three views. */
    sotto_shopper_log log = {4, {0, 9, 9, 35},
                             {SOTTO_VIEW, SOTTO_VIEW, SOTTO_CART_ADD, SOTTO_PURCHASE}};
    uint8_t traits[SOTTO_CLUSTER_TRAITS];
    sotto_shopper_measure(&log, 40, 4, traits);
    CHECK_EQ(traits[0], 96); /* sqrt(4 / 7) * 127 = 96.004 */
    CHECK_EQ(traits[1], 0);
    CHECK_EQ(traits[2], 0);
    CHECK_EQ(traits[3], 83); /* sqrt(3 / 7) * 127 = 83.1 */
    CHECK_EQ(traits[4], 8);  /* one of four was bought */
    CHECK_EQ(traits[5], 8);  /* one of four was a repeat */
    CHECK_EQ(traits[6], 16); /* two of four stretches */
    CHECK_EQ(traits[7], 8);  /* 2^2 events */
}

TEST(nobody_is_nothing)
{
    sotto_shopper_log log = {0, {0}, {0}};
    uint8_t traits[SOTTO_CLUSTER_TRAITS];
    sotto_shopper_measure(&log, 1, 1, traits);
    for (int i = 0; i < 5; i++) {
        CHECK_EQ(traits[i], 0);
    }
}

TEST(only_what_tells_taste_counts)
{
    CHECK(sotto_shopper_counts(SOTTO_VIEW) && sotto_shopper_counts(SOTTO_PURCHASE));
    CHECK(!sotto_shopper_counts(SOTTO_SEARCH) && !sotto_shopper_counts(SOTTO_CART_REMOVE));
    CHECK(!sotto_shopper_counts(SOTTO_CATEGORY_VIEW) && !sotto_shopper_counts(SOTTO_DISMISS));
}

/* Two kinds: those who like the first half of the shop, and those who like the second. */
static void open_two_kinds(sotto_ranker *ranker)
{
    static const uint8_t shares[4] = {0, 0x80, 0, 0x80}, counts[2] = {1, 2};
    static const uint8_t centroids[2 * 6] = {127, 0, 0, 0, 16, 8, 0, 127, 0, 0, 16, 8};
    static const uint8_t typical[12] = {1, 0, 0, 0, 9, 0, 0, 0, 8, 0, 0, 0};
    memset(ranker, 0, sizeof *ranker);
    ranker->clusters = (sotto_clusters){
        .count = 2, .item_count = SAMPLE_ITEMS, .block_count = 2, .shares = shares,
        .centroids = centroids, .typical_counts = counts, .typical = typical};
    shopper.shop.bundle.ranker = ranker;
}

TEST(a_device_tells_the_kind_of_its_shopper)
{
    sotto_ranker ranker;
    shopper_enter();
    const sotto_bundle *bundle = &shopper.shop.bundle;
    CHECK_EQ(sotto_cluster_of(bundle, &shopper.profile), SOTTO_NONE); /* no ranker */
    CHECK_EQ(sotto_cluster_count(bundle), 0);
    open_two_kinds(&ranker);
    CHECK_EQ(sotto_cluster_count(bundle), 2);
    shopper_did(SOTTO_VIEW, 0);
    shopper_did(SOTTO_VIEW, 1);
    shopper_did(SOTTO_SEARCH, 1);
    CHECK_EQ(sotto_cluster_of(bundle, &shopper.profile), SOTTO_NONE); /* too little */
    shopper_did(SOTTO_VIEW, 2);
    CHECK_EQ(sotto_cluster_of(bundle, &shopper.profile), 0);
    shopper_did(SOTTO_PURCHASE, SAMPLE_ITEMS - 1);
    shopper_did(SOTTO_PURCHASE, SAMPLE_ITEMS - 2);
    CHECK_EQ(sotto_cluster_of(bundle, &shopper.profile), 1);
    sotto_cluster second = sotto_cluster_get(bundle, 1);
    CHECK_EQ(second.share, 0x8000);
    REQUIRE(second.item_count == 2);
    CHECK_EQ(second.items[0], 9);
    CHECK_EQ(second.items[1], 8);
    shopper_leave();
}

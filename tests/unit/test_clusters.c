#include "test.h"

#include "model/clusters.h"
#include "ranking/cluster.h"
#include "train/shopper_clusters.h"

#include <stdlib.h>

enum { ITEMS = 120, SHOPPERS = 300, KINDS = 3 };

static sotto_train_fault fault;
static uint32_t order[ITEMS];

/*
 * Shoppers of three kinds, each with 40 items of its own, who look at 12 of them, buy two and at
 * times look at something else. The model's order turns the logs' numbers round.
 */
static void make_shoppers(sotto_sequences *sessions, sotto_sequences *baskets)
{
    memset(sessions, 0, sizeof *sessions);
    memset(baskets, 0, sizeof *baskets);
    for (uint32_t i = 0; i < ITEMS; i++) {
        order[i] = ITEMS - 1 - i;
    }
    for (uint32_t shopper = 0; shopper < SHOPPERS; shopper++) {
        uint32_t kind = shopper % KINDS;
        REQUIRE(sotto_sequences_open(sessions, shopper, shopper));
        REQUIRE(sotto_sequences_open(baskets, shopper, shopper));
        for (uint32_t i = 0; i < 12; i++) {
            uint32_t item = i % 6 == 5 ? (shopper * 31 + i * 17) % ITEMS
                                       : kind * 40 + (shopper * 13 + i * 7) % 40;
            REQUIRE(sotto_sequences_push(sessions, item));
        }
        REQUIRE(sotto_sequences_push(baskets, kind * 40 + shopper % 40));
        REQUIRE(sotto_sequences_push(baskets, kind * 40 + shopper * 3 % 40));
    }
}

static sotto_clusters open_section(const sotto_bytes *section)
{
    sotto_clusters clusters = {0};
    sotto_reader reader = sotto_reader_over(section->bytes, 0, (uint32_t)section->size);
    sotto_clusters_open(&clusters, &reader, ITEMS);
    CHECK_EQ(reader.status, SOTTO_OK);
    return clusters;
}

/* The kind a device would find for somebody who looked at these items of the model. */
static uint32_t kind_of(const sotto_clusters *clusters, uint32_t first)
{
    sotto_shopper_log log = {.count = 5};
    uint8_t traits[SOTTO_CLUSTER_TRAITS];
    for (uint32_t i = 0; i < 5; i++) {
        log.items[i] = first + i * 8;
        log.kinds[i] = SOTTO_VIEW;
    }
    sotto_shopper_measure(&log, ITEMS, clusters->block_count, traits);
    return sotto_clusters_nearest(clusters, traits);
}

TEST(planted_kinds_are_found_and_told_apart_on_a_device)
{
    sotto_sequences sessions, baskets;
    sotto_section_list list = {0};
    sotto_clusters_summary summary;
    make_shoppers(&sessions, &baskets);
    REQUIRE(sotto_clusters_learn(&sessions, &baskets, order, ITEMS, ITEMS, 3, &list, &summary,
                                 &fault));
    CHECK_EQ(summary.shopper_count, SHOPPERS);
    CHECK_EQ(summary.chosen, KINDS);
    REQUIRE(list.count == 1);
    CHECK_MEM(list.tags[0], "clus", 4);
    sotto_clusters clusters = open_section(&list.sections[0]);
    REQUIRE(clusters.count == KINDS);
    CHECK(clusters.silhouette > 16384 / 4);
    uint32_t kinds[KINDS];
    for (uint32_t kind = 0; kind < KINDS; kind++) {
        /* The order is turned round, so kind 2 has the model's first 40 items. */
        kinds[kind] = kind_of(&clusters, (KINDS - 1 - kind) * 40);
        uint32_t share = sotto_load_u16(clusters.shares + 2 * kinds[kind]);
        CHECK(share > 65536 * 30 / 100 && share < 65536 * 37 / 100);
    }
    CHECK(kinds[0] != kinds[1] && kinds[1] != kinds[2] && kinds[0] != kinds[2]);
    const uint8_t *typical = clusters.typical;
    for (uint32_t cluster = 0; cluster < KINDS; cluster++) {
        CHECK(clusters.typical_counts[cluster] >= 4);
        for (uint32_t i = 0; i < clusters.typical_counts[cluster]; i++, typical += 4) {
            uint32_t kind = order[sotto_load_u32(typical)] / 40;
            ROW("cluster %u, item %u", cluster, i);
            CHECK_EQ(kinds[kind], cluster);
        }
    }
    sotto_section_list_free(&list);
    sotto_sequences_free(&sessions);
    sotto_sequences_free(&baskets);
}

TEST(no_cluster_and_no_item_stands_for_too_few)
{
    sotto_sequences sessions, baskets;
    sotto_section_list list = {0};
    sotto_clusters_summary summary;
    make_shoppers(&sessions, &baskets);
    /* More shoppers wanted than any of three kinds has: two clusters would do, three do not. */
    REQUIRE(sotto_clusters_learn(&sessions, &baskets, order, ITEMS, ITEMS, 101, &list, &summary,
                                 &fault));
    CHECK_EQ(summary.chosen, 0);
    CHECK_EQ(list.count, 0);
    /* No item was met by 90 of the 100 shoppers of its kind. */
    REQUIRE(sotto_clusters_learn(&sessions, &baskets, order, ITEMS, ITEMS, 90, &list, &summary,
                                 &fault));
    REQUIRE(list.count == 1);
    sotto_clusters clusters = open_section(&list.sections[0]);
    for (uint32_t i = 0; i < clusters.count; i++) {
        CHECK_EQ(clusters.typical_counts[i], 0);
    }
    sotto_section_list_free(&list);
    sotto_sequences_free(&sessions);
    sotto_sequences_free(&baskets);
}

TEST(too_few_shoppers_make_no_kinds)
{
    sotto_sequences sessions, baskets;
    sotto_section_list list = {0};
    make_shoppers(&sessions, &baskets);
    sessions.count = baskets.count = 59;
    REQUIRE(sotto_clusters_learn(&sessions, NULL, order, ITEMS, ITEMS, 1, &list, NULL, &fault));
    CHECK_EQ(list.count, 0);
    sotto_sequences none = {0};
    REQUIRE(sotto_clusters_learn(&none, &none, order, ITEMS, ITEMS, 1, &list, NULL, &fault));
    REQUIRE(sotto_clusters_learn(&none, &none, order, 0, 0, 1, &list, NULL, &fault));
    CHECK_EQ(list.count, 0);
    sotto_sequences_free(&sessions);
    sotto_sequences_free(&baskets);
}

/* ---- the section ----------------------------------------------------------------------------- */

static sotto_bytes write_section(void)
{
    static const uint16_t shares[2] = {30000, 35536};
    static const uint8_t centroids[2 * 7] = {127, 0, 5, 1, 2, 3, 4, 0, 99, 7, 4, 3, 2, 1};
    static const uint8_t counts[2] = {2, 1};
    static const uint32_t typical[3] = {119, 0, 7};
    sotto_clusters_content content = {ITEMS, 2, 3, -100, 300, shares, centroids, counts, typical};
    sotto_section_list list = {0};
    const char *why = NULL;
    REQUIRE(sotto_clusters_section(&content, &list, &why) == SOTTO_OK);
    content.cluster_count = 1;
    CHECK_EQ(sotto_clusters_section(&content, &list, &why), SOTTO_INVALID);
    CHECK_STR(why, "there are not 2 to 16 clusters");
    content.cluster_count = 2;
    content.item_count = 119;
    CHECK_EQ(sotto_clusters_section(&content, &list, &why), SOTTO_INVALID);
    CHECK_STR(why, "a typical item does not exist");
    CHECK_EQ(list.count, 1);
    return list.sections[0];
}

TEST(what_is_written_is_read)
{
    sotto_bytes section = write_section();
    sotto_clusters clusters = open_section(&section);
    CHECK_EQ(clusters.count, 2);
    CHECK_EQ(clusters.block_count, 3);
    CHECK_EQ(clusters.silhouette, -100);
    CHECK_EQ(clusters.davies_bouldin, 300);
    CHECK_EQ(sotto_load_u16(clusters.shares + 2), 35536);
    CHECK_EQ(clusters.centroids[8], 99);
    CHECK_EQ(clusters.typical_counts[0], 2);
    CHECK_EQ(sotto_load_u32(clusters.typical), 119);
    CHECK_EQ(sotto_load_u32(clusters.typical + 8), 7);
    free(section.bytes);
}

TEST(hostile_sections_are_refused)
{
    sotto_bytes section = write_section();
    for (size_t size = 0; size < section.size; size++) {
        sotto_clusters clusters = {0};
        sotto_reader reader = sotto_reader_over(section.bytes, 0, (uint32_t)size);
        sotto_clusters_open(&clusters, &reader, ITEMS);
        ROW("cut at %zu", size);
        CHECK(reader.status != SOTTO_OK);
        CHECK_EQ(clusters.count, 0);
    }
    for (size_t at = 0; at < section.size; at++) {
        for (int value = 0; value < 256; value += 51) {
            uint8_t kept = section.bytes[at];
            sotto_clusters clusters = {0};
            sotto_reader reader = sotto_reader_over(section.bytes, 0, (uint32_t)section.size);
            section.bytes[at] = (uint8_t)value;
            sotto_clusters_open(&clusters, &reader, ITEMS);
            if (reader.status == SOTTO_OK) { /* then all of it can be asked */
                CHECK(kind_of(&clusters, 0) < clusters.count);
            }
            section.bytes[at] = kept;
        }
    }
    free(section.bytes);
}

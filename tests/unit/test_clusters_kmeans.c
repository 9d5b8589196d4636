#include "test.h"

#include "train/clusters_kmeans.h"

#include <math.h>

enum { SIZE = 6, EACH = 40, KINDS = 3 };

static uint8_t rows[KINDS * EACH * SIZE];

/* Three clouds far from each other: kind k is high in coordinates 2k and 2k + 1. */
static sotto_points make_clouds(void)
{
    for (int i = 0; i < KINDS * EACH; i++) {
        for (int d = 0; d < SIZE; d++) {
            int base = d / 2 == i % KINDS ? 90 : 10;
            rows[i * SIZE + d] = (uint8_t)(base + (i * 7 + d * 11) % 9);
        }
    }
    return (sotto_points){KINDS * EACH, SIZE, rows};
}

TEST(clouds_are_told_apart)
{
    sotto_points points = make_clouds();
    sotto_grouping grouping;
    REQUIRE(sotto_grouping_make(&points, KINDS, &grouping));
    for (uint32_t i = 0; i < points.count; i++) {
        ROW("%u", i);
        CHECK_EQ(grouping.groups[i], grouping.groups[i % KINDS]);
    }
    for (int kind = 0; kind < KINDS; kind++) {
        CHECK_EQ(grouping.sizes[kind], EACH);
        const uint8_t *centroid = grouping.centroids + grouping.groups[kind] * SIZE;
        CHECK(centroid[2 * kind] >= 90 && centroid[2 * kind] <= 98);
    }
    sotto_grouping_free(&grouping);
}

TEST(the_right_number_of_groups_has_the_best_indices)
{
    sotto_points points = make_clouds();
    double silhouettes[6], indices[6];
    for (uint32_t count = 2; count <= 5; count++) {
        sotto_grouping grouping;
        REQUIRE(sotto_grouping_make(&points, count, &grouping));
        REQUIRE(sotto_grouping_judge(&points, &grouping));
        silhouettes[count] = grouping.silhouette;
        indices[count] = grouping.davies_bouldin;
        sotto_grouping_free(&grouping);
    }
    for (uint32_t count = 2; count <= 5; count++) {
        ROW("%u groups", count);
        CHECK(count == 3 || silhouettes[count] < silhouettes[3]);
        CHECK(count == 3 || indices[count] > indices[3]);
    }
    CHECK(silhouettes[3] > 0.9);
}

TEST(both_indices_are_those_of_the_definition)
{
    /* Two groups on a line: 0 and 4, 20 and 24; centroids 2 and 22. */
    static const uint8_t line[] = {0, 4, 20, 24};
    sotto_points points = {4, 1, line};
    sotto_grouping grouping;
    REQUIRE(sotto_grouping_make(&points, 2, &grouping));
    REQUIRE(sotto_grouping_judge(&points, &grouping));
    double outer = (22.0 - 4) / 22, inner = (18.0 - 4) / 18; /* 0 and 24; 4 and 20 */
    CHECK(fabs(grouping.silhouette - (outer + inner) / 2) < 1e-12);
    CHECK(fabs(grouping.davies_bouldin - (2.0 + 2) / 20) < 1e-12);
    sotto_grouping_free(&grouping);
}

TEST(equal_points_are_no_trouble)
{
    static const uint8_t same[20 * 3];
    sotto_points points = {20, 3, same};
    sotto_grouping grouping;
    REQUIRE(sotto_grouping_make(&points, 4, &grouping));
    REQUIRE(sotto_grouping_judge(&points, &grouping));
    CHECK(grouping.silhouette == 0);
    CHECK(grouping.spread == 0);
    sotto_grouping_free(&grouping);
}

/*
 * test_scan.c - the nearest items are those that going over all of them one by one finds
 */
#include "test.h"

#include "ranking/scan.h"
#include "ranking/select.h"
#include "sample_ranker.h"

static sotto_scan scan;

static void set_point(sample_ranking *shop, int16_t *point)
{
    for (uint32_t i = 0; i < shop->ranker.vectors.dimensions; i++) {
        point[i] = (int16_t)sample_spread(shop, 4000);
    }
}

static int32_t cosine_of(const sotto_vectors *vectors, const int16_t *point, uint32_t item)
{
    int16_t numbers[SOTTO_VECTOR_MAX_DIMENSIONS];
    uint32_t step = sotto_vectors_numbers(vectors, item, numbers);
    int64_t dot = 0;
    for (uint32_t i = 0; i < vectors->dimensions; i++) {
        dot += numbers[i] * point[i];
    }
    return sotto_dot_cosine(dot, step);
}

/* A better score first; of equal ones the earlier class, then the smaller index. */
static bool is_before(const sotto_vectors *vectors, const int32_t *cosines, uint32_t a, uint32_t b)
{
    uint32_t class_a = sotto_vectors_class(vectors, a);
    uint32_t class_b = sotto_vectors_class(vectors, b);
    return cosines[a] != cosines[b] ? cosines[a] > cosines[b]
         : class_a != class_b ? class_a < class_b : a < b;
}

/* Checks the hits against all items of the blocks for which `visited` is not NULL. */
static void check_hits(sample_ranking *shop, const int16_t *point, uint32_t want,
                       const bool *visited)
{
    const sotto_vectors *vectors = &shop->ranker.vectors;
    uint32_t n = vectors->item_count;
    int32_t *cosines = calloc(n, sizeof *cosines);
    bool *taken = calloc(n, sizeof *taken);
    REQUIRE(cosines != NULL && taken != NULL);
    for (uint32_t i = 0; i < n; i++) {
        cosines[i] = cosine_of(vectors, point, i);
        taken[i] = vectors->classes[sotto_vectors_class(vectors, i)].bits == 0
                || (visited != NULL && !visited[i >> vectors->block_bits]);
    }
    for (uint32_t hit = 0; hit < scan.count; hit++) {
        uint32_t best = UINT32_MAX;
        for (uint32_t i = 0; i < n; i++) {
            if (!taken[i] && (best == UINT32_MAX || is_before(vectors, cosines, i, best))) {
                best = i;
            }
        }
        ROW("want %u, hit %u", want, hit);
        REQUIRE(best != UINT32_MAX);
        CHECK_EQ(scan.hits[hit].item, best);
        CHECK_EQ(scan.hits[hit].cosine, cosines[best]);
        taken[best] = true;
    }
    uint32_t left = 0;
    for (uint32_t i = 0; i < n; i++) {
        left += !taken[i];
    }
    CHECK(scan.count == want || left == 0);
    free(cosines);
    free(taken);
}

TEST(of_all_rows)
{
    static const uint32_t wants[] = {0, 1, 5, 110, 256};
    static const uint32_t dimensions[] = {16, 48, 64, 128};
    for (uint32_t turn = 0; turn < 20; turn++) {
        sample_ranking_wish wish = sample_ranking_usual;
        wish.seed = turn;
        wish.items = turn < 4 ? turn : 100 + 170 * turn;
        wish.dimensions = dimensions[turn % 4];
        wish.class_count = 1 + turn % 3;
        wish.classes[wish.class_count - 1].least = 0;
        sample_ranking shop;
        sample_ranking_open(&shop, &wish);
        int16_t point[SOTTO_VECTOR_MAX_DIMENSIONS];
        set_point(&shop, point);
        sotto_scan_nearest(&scan, &shop.ranker.vectors, point, wants[turn % 5]);
        check_hits(&shop, point, wants[turn % 5], NULL);
        sample_ranking_close(&shop);
    }
}

/* More rows of one score than there is room for: the tie goes by class and index. */
TEST(when_all_are_alike)
{
    sample_ranking_wish wish = sample_ranking_usual;
    wish.items = 5000;
    for (uint32_t i = 0; i < 3; i++) {
        wish.classes[i].step = 0;
    }
    sample_ranking shop;
    sample_ranking_open(&shop, &wish);
    int16_t point[SOTTO_VECTOR_MAX_DIMENSIONS];
    set_point(&shop, point);
    sotto_scan_nearest(&scan, &shop.ranker.vectors, point, 256);
    CHECK_EQ(scan.count, 256);
    check_hits(&shop, point, 256, NULL);
    sample_ranking_close(&shop);
}

/* The blocks whose centroids are nearest, of equal ones the first. */
TEST(of_the_nearest_blocks)
{
    for (uint32_t turn = 0; turn < 8; turn++) {
        sample_ranking_wish wish = sample_ranking_usual;
        wish.seed = 50 + turn;
        wish.items = 3000 + turn;
        wish.block_bits = 6 + turn % 2;
        wish.visit_count = 1 + 5 * turn;
        wish.classes[1].bits = turn % 2 == 0 ? 0 : 3;
        wish.classes[1].step = turn % 2 == 0 ? 0 : 46000;
        sample_ranking shop;
        sample_ranking_open(&shop, &wish);
        const sotto_vectors *vectors = &shop.ranker.vectors;
        int16_t point[SOTTO_VECTOR_MAX_DIMENSIONS];
        set_point(&shop, point);
        bool visited[64] = {false};
        REQUIRE(vectors->block_count <= 64);
        uint32_t visits = sotto_min_u32(wish.visit_count, vectors->block_count);
        for (uint32_t visit = 0; visit < visits; visit++) {
            uint32_t best = UINT32_MAX;
            int32_t best_cosine = 0;
            for (uint32_t block = 0; block < vectors->block_count; block++) {
                const int8_t *centroid = vectors->centroids + block * 64;
                int32_t cosine = sotto_dot_cosine(sotto_dot_i8(centroid, point, 64),
                                                  vectors->centroid_step);
                if (!visited[block] && (best == UINT32_MAX || cosine > best_cosine)) {
                    best = block;
                    best_cosine = cosine;
                }
            }
            visited[best] = true;
        }
        sotto_scan_nearest(&scan, vectors, point, 60);
        check_hits(&shop, point, 60, visited);
        sample_ranking_close(&shop);
    }
}

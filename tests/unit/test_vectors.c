/*
 * test_vectors.c - which class and row an item has, and what stands there
 */
#include "test.h"

#include "sample_ranker.h"

/* The place of every item, by counting; and back. */
TEST(rows_follow_items_class_by_class)
{
    static const uint32_t sizes[] = {0, 1, 63, 64, 65, 128, 700, 5000};
    for (uint32_t turn = 0; turn < 16; turn++) {
        sample_ranking_wish wish = sample_ranking_usual;
        wish.seed = turn;
        wish.items = sizes[turn % 8];
        wish.class_count = 1 + turn / 8 * 2;
        wish.classes[wish.class_count - 1].least = 0;
        sample_ranking shop;
        sample_ranking_open(&shop, &wish);
        const sotto_vectors *vectors = &shop.ranker.vectors;
        uint32_t counts[3] = {0};
        for (uint32_t i = 0; i < wish.items; i++) {
            uint32_t popularity = sotto_item_popularity(&shop.bundle, i);
            uint32_t class = 0;
            while (popularity < wish.classes[class].least) {
                class++;
            }
            sotto_vector_place place = sotto_vectors_place(vectors, i);
            ROW("turn %u, item %u", turn, i);
            CHECK_EQ(sotto_vectors_class(vectors, i), class);
            CHECK_EQ(place.class, class);
            CHECK_EQ(place.row, counts[class]);
            CHECK_EQ(sotto_vectors_item(vectors, class, counts[class]), i);
            for (uint32_t other = 0; other < wish.class_count; other++) {
                CHECK_EQ(sotto_vectors_rank(vectors, other, i), counts[other]);
            }
            counts[class]++;
        }
        for (uint32_t class = 0; class < wish.class_count; class++) {
            CHECK_EQ(vectors->classes[class].row_count, counts[class]);
            CHECK_EQ(sotto_vectors_rank(vectors, class, wish.items), counts[class]);
        }
        sample_ranking_close(&shop);
    }
}

/* Written codes come back as coordinates in Q14, whatever the width. */
TEST(a_vector_is_what_was_written)
{
    for (uint32_t dimensions = 16; dimensions <= 128; dimensions += 16) {
        sample_ranking_wish wish = sample_ranking_usual;
        wish.items = 90;
        wish.dimensions = dimensions;
        wish.class_count = 4;
        wish.classes[2] = (sotto_vector_class){30, 2, 95000};
        wish.classes[3] = (sotto_vector_class){0, 1, 300000};
        sample_ranking shop;
        sample_ranking_open(&shop, &wish);
        for (uint32_t item = 0; item < wish.items; item++) {
            int16_t vector[SOTTO_VECTOR_MAX_DIMENSIONS];
            sotto_vectors_get(&shop.ranker.vectors, item, vector);
            const sotto_vector_class *class =
                &wish.classes[sotto_vectors_class(&shop.ranker.vectors, item)];
            for (uint32_t i = 0; i < dimensions; i++) {
                int32_t code = shop.content.codes[item * dimensions + i];
                int32_t x = 2 * code + 1 - (1 << class->bits);
                ROW("%u dimensions, item %u, coordinate %u", dimensions, item, i);
                CHECK_EQ(vector[i], (x * (int32_t)class->step + 32) >> 6);
            }
        }
        sample_ranking_close(&shop);
    }
}

TEST(an_item_without_bits_is_where_its_block_is)
{
    sample_ranking_wish wish = sample_ranking_usual;
    wish.classes[2] = (sotto_vector_class){0, 0, 0};
    for (uint32_t turn = 0; turn < 2; turn++) {
        wish.block_bits = turn == 0 ? 0 : 6;
        sample_ranking shop;
        sample_ranking_open(&shop, &wish);
        for (uint32_t item = 0; item < wish.items; item++) {
            int16_t vector[64];
            sotto_vectors_get(&shop.ranker.vectors, item, vector);
            if (sotto_vectors_class(&shop.ranker.vectors, item) != 2) {
                continue;
            }
            for (uint32_t i = 0; i < 64; i++) {
                ROW("turn %u, item %u, coordinate %u", turn, item, i);
                CHECK_EQ(vector[i], turn == 0
                                        ? 0 : (shop.content.centroids[item / 64 * 64 + i] * 2000
                                               + 32) >> 6);
            }
        }
        sample_ranking_close(&shop);
    }
}

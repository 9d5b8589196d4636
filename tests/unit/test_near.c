/*
 * test_near.c - blocks of neighbours: how many, and whether a scan of them finds what is near
 */
#include "test.h"

#include "train/near.h"

#include <string.h>

enum { DIMENSIONS = 16 };

static sotto_ranker_content make_content(uint32_t items)
{
    sotto_ranker_content content = {
        .item_count = items, .dimensions = DIMENSIONS, .class_count = 2,
        .classes = {{100, 4, 60000}, {0, 2, 200000}},
    };
    uint8_t *popularity = malloc(items);
    uint8_t *codes = malloc((size_t)items * DIMENSIONS);
    REQUIRE(popularity != NULL && codes != NULL);
    for (uint32_t i = 0; i < items; i++) {
        popularity[i] = i % 3 == 0 ? 150 : 20;
        /* Neighbours differ in few places: block b has its sign pattern, and some noise. */
        for (uint32_t k = 0; k < DIMENSIONS; k++) {
            uint32_t high = (i >> 8) * 2654435761u >> (8 + k) & 1;
            uint32_t flipped = (i * 31 + k * 17) % 11 == 0;
            codes[(size_t)i * DIMENSIONS + k] =
                (uint8_t)((high ^ flipped) * (i % 3 == 0 ? 15 : 3));
        }
    }
    content.popularity = popularity;
    content.codes = codes;
    return content;
}

static void free_content(sotto_ranker_content *content, int8_t *kept)
{
    free((void *)(uintptr_t)content->popularity);
    free((void *)(uintptr_t)content->codes);
    free(kept);
}

TEST(a_small_catalogue_has_none)
{
    sotto_ranker_content content = make_content(1000);
    int8_t *kept;
    CHECK(sotto_near_make(&content, &kept));
    CHECK(content.centroids == NULL);
    CHECK(kept == NULL);
    free_content(&content, kept);
}

TEST(a_centre_is_the_mean_of_its_block)
{
    sotto_ranker_content content = make_content(100001);
    int8_t *kept;
    CHECK(sotto_near_make(&content, &kept));
    CHECK_EQ(content.block_bits, 8);
    CHECK_EQ(content.visit_count, 128);
    REQUIRE(content.centroids != NULL);
    for (uint32_t block = 0; block < 391; block += 13) {
        for (uint32_t k = 0; k < DIMENSIONS; k++) {
            double sum = 0;
            uint32_t count = 0;
            for (uint32_t i = block << 8; i < (block + 1) << 8 && i < 100001; i++, count++) {
                const sotto_vector_class *class = &content.classes[i % 3 == 0 ? 0 : 1];
                int x = 2 * content.codes[(size_t)i * DIMENSIONS + k] + 1 - (1 << class->bits);
                sum += x * (double)class->step;
            }
            double centre = content.centroids[block * DIMENSIONS + k]
                          * (double)content.centroid_step;
            ROW("block %u, coordinate %u", block, k);
            CHECK(centre - sum / count < content.centroid_step);
            CHECK(sum / count - centre < content.centroid_step);
        }
    }
    sotto_section_list list = {0};
    CHECK_EQ(sotto_ranker_sections(&content, &list, NULL), SOTTO_OK);
    CHECK_EQ(list.count, 2);
    sotto_section_list_free(&list);
    free_content(&content, kept);
}

/*
 * sample_ranker.h - rankers made up at random, written by the writers and opened
 *
 *     sample_ranking shop;
 *     sample_ranking_open(&shop, &(sample_ranking_wish){.items = 1000, .dimensions = 64, ...});
 *     ... shop.bundle, shop.ranker, shop.content ...
 *     sample_ranking_close(&shop);
 *
 * Items are called "i0", "i1", ... and have popularity codes and vectors without any meaning; each
 * links to the three after it, or to as many behind it as wished. What is in the content is what was written.
 */
#ifndef SOTTO_SAMPLE_RANKER_H
#define SOTTO_SAMPLE_RANKER_H

#include "format/write.h"
#include "model/ranker.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct sample_ranking_wish {
    uint32_t           items;
    uint32_t           links;          /* of each item; 0: 3 */
    uint32_t           dimensions;
    uint32_t           class_count;
    sotto_vector_class classes[5];
    uint32_t           block_bits;     /* 0: no blocks */
    uint32_t           visit_count;
    uint32_t           encoder_hidden;
    bool               recency;
    uint32_t           hidden;         /* of the re-ranker, which has all features */
    uint32_t           trees;          /* in place of the re-ranker's network */
    uint32_t           vector_count, table_count, session_count;
    uint32_t           seed;
} sample_ranking_wish;

typedef struct sample_ranking {
    sotto_bytes          model, part;
    sotto_bundle         bundle;
    sotto_ranker         ranker;
    sotto_ranker_content content;
    uint32_t             random;
    void                *kept[32];
    uint32_t             kept_count;
} sample_ranking;

static inline uint32_t sample_random(sample_ranking *shop)
{
    uint32_t x = shop->random;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return shop->random = x;
}

/* From -size to size. */
static inline int32_t sample_spread(sample_ranking *shop, int32_t size)
{
    return (int32_t)(sample_random(shop) % (2 * (uint32_t)size + 1)) - size;
}

static inline void *sample_keep(sample_ranking *shop, size_t size)
{
    void *block = calloc(1, size + 1);
    if (block == NULL || shop->kept_count == 32) {
        fprintf(stderr, "sample_ranker.h: no room\n");
        exit(1);
    }
    return shop->kept[shop->kept_count++] = block;
}

static inline void sample_expect(sotto_status status, const char *what)
{
    if (status != SOTTO_OK) {
        fprintf(stderr, "sample_ranker.h: %s: %s\n", sotto_status_text(status), what ? what : "");
        exit(1);
    }
}

static inline void sample_fill_i8(sample_ranking *shop, int8_t *values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        values[i] = (int8_t)sample_spread(shop, 127);
    }
}

static inline void sample_fill_i16(sample_ranking *shop, int16_t *values, uint32_t count,
                                   int32_t size)
{
    for (uint32_t i = 0; i < count; i++) {
        values[i] = (int16_t)sample_spread(shop, size);
    }
}

static inline void sample_write_model(sample_ranking *shop, uint32_t n, uint32_t degree)
{
    uint32_t stride = degree > 3 ? 7 : 1;
    char (*names)[12] = sample_keep(shop, (size_t)n * 12);
    sotto_string *ids = sample_keep(shop, n * sizeof *ids);
    uint8_t *popularity = sample_keep(shop, n);
    uint32_t *starts = sample_keep(shop, (n + 1) * sizeof *starts);
    uint32_t *items = sample_keep(shop, degree * (size_t)n * sizeof *items);
    uint8_t *codes = sample_keep(shop, degree * (size_t)n);
    uint32_t *popular = sample_keep(shop, 64 * sizeof *popular);
    uint32_t links = 0;
    for (uint32_t i = 0; i < n; i++) {
        int size = snprintf(names[i], sizeof names[i], "i%u", (unsigned)i);
        ids[i] = (sotto_string){names[i], (size_t)size};
        popularity[i] = (uint8_t)(sample_random(shop) % 200);
        starts[i] = links;
        for (uint32_t k = 0; k < degree && i + 1 + k * stride < n; k++) {
            codes[links] = (uint8_t)(k % 3);
            items[links++] = i + 1 + k * stride;
        }
    }
    starts[n] = links;
    for (uint32_t i = 0; i < 64; i++) {
        popular[i] = i % (n == 0 ? 1 : n);
    }
    const sotto_link_table_content table = {
        .relation = SOTTO_NEXT, .max_links = degree, .group_bits = 3, .normalise = true,
        .weight_count = 3, .weights = {600, 300, 100}, .row_starts = starts, .items = items,
        .codes = codes,
    };
    const sotto_model_content content = {
        .item_count = n, .ids = ids, .popularity = popularity, .popular = popular,
        .popular_count = n < 64 ? n : 64, .tables = &table, .table_count = 1,
        .history_count = 4, .position_weight = {65536, 32768, 16384, 8192},
    };
    const char *why = NULL;
    sample_expect(sotto_model_write(&content, &shop->model, &why), why);
    shop->content.item_count = n;
    shop->content.popularity = popularity;
}

static inline void sample_add_vectors(sample_ranking *shop, const sample_ranking_wish *wish)
{
    sotto_ranker_content *content = &shop->content;
    uint32_t n = wish->items;
    uint32_t dimensions = content->dimensions = wish->dimensions;
    memcpy(content->classes, wish->classes, sizeof content->classes);
    content->class_count = wish->class_count;
    uint8_t *codes = sample_keep(shop, (size_t)n * dimensions);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t class = 0;
        while (content->popularity[i] < content->classes[class].least) {
            class++;
        }
        for (uint32_t k = 0; k < dimensions; k++) {
            codes[(size_t)i * dimensions + k] =
                (uint8_t)((sample_random(shop) >> 8) & ((1u << content->classes[class].bits) - 1));
        }
    }
    content->codes = codes;
    if (wish->block_bits > 0) {
        uint32_t blocks = (n + (1u << wish->block_bits) - 1) >> wish->block_bits;
        int8_t *centroids = sample_keep(shop, (size_t)blocks * dimensions);
        sample_fill_i8(shop, centroids, blocks * dimensions);
        content->block_bits = wish->block_bits;
        content->visit_count = wish->visit_count;
        content->centroid_step = 2000;
        content->centroids = centroids;
    }
}

static inline void sample_add_encoder(sample_ranking *shop, uint32_t hidden)
{
    sotto_ranker_content *content = &shop->content;
    uint32_t dimensions = content->dimensions;
    int16_t *depth = sample_keep(shop, 6 * (size_t)dimensions * sizeof *depth);
    for (uint32_t i = 0; i < 6 * dimensions; i++) {
        depth[i] = (int16_t)(4096 + sample_spread(shop, 1000));
    }
    content->history_count = 20;
    content->affinity = 98304;
    for (uint32_t k = 0; k < 20; k++) {
        content->position[k] = -26214 * (int32_t)k;
    }
    content->depth_count = 6;
    content->depth = depth;
    content->encoder_hidden = hidden;
    int8_t *weights_1 = sample_keep(shop, (size_t)hidden * 2 * dimensions);
    int8_t *weights_2 = sample_keep(shop, (size_t)hidden * dimensions);
    uint32_t *scale_1 = sample_keep(shop, hidden * sizeof *scale_1);
    uint32_t *scale_2 = sample_keep(shop, dimensions * sizeof *scale_2);
    int32_t *bias = sample_keep(shop, hidden * sizeof *bias);
    sample_fill_i8(shop, weights_1, hidden * 2 * dimensions);
    sample_fill_i8(shop, weights_2, hidden * dimensions);
    for (uint32_t j = 0; j < hidden; j++) {
        scale_1[j] = 60000 + sample_random(shop) % 60000;
        bias[j] = sample_spread(shop, 20000);
    }
    for (uint32_t i = 0; i < dimensions; i++) {
        scale_2[i] = 20000 + sample_random(shop) % 20000;
    }
    content->encoder_weights_1 = weights_1;
    content->encoder_weights_2 = weights_2;
    content->encoder_scale_1 = scale_1;
    content->encoder_scale_2 = scale_2;
    content->encoder_bias = bias;
}

static inline void sample_add_reranker(sample_ranking *shop, const sample_ranking_wish *wish)
{
    sotto_ranker_content *content = &shop->content;
    uint32_t hidden = wish->hidden;
    if (wish->recency) {
        uint8_t *recency = sample_keep(shop, wish->items);
        for (uint32_t i = 0; i < wish->items; i++) {
            recency[i] = (uint8_t)(sample_random(shop) >> 8 & 15);
        }
        content->recency = recency;
        for (int32_t i = 0; i < 16; i++) {
            content->recency_offsets[i] = (int16_t)(100 * (i - 15));
        }
    }
    content->feature_count = SOTTO_FEATURES;
    content->vector_count = wish->vector_count;
    content->table_count = wish->table_count;
    content->session_count = wish->session_count;
    int32_t *bias = sample_keep(shop, hidden * sizeof *bias);
    int16_t *weights_1 = sample_keep(shop, (size_t)hidden * SOTTO_FEATURES * sizeof *weights_1);
    int16_t *weights_2 = sample_keep(shop, hidden * sizeof *weights_2);
    int16_t *skip = sample_keep(shop, SOTTO_FEATURES * sizeof *skip);
    for (uint32_t i = 0; i < SOTTO_FEATURES; i++) {
        content->features[i] = (uint8_t)i;
        content->feature_mean[i] = sample_spread(shop, 2000);
        content->feature_factor[i] = 1 + sample_random(shop) % 65536;
    }
    for (uint32_t j = 0; j < hidden; j++) {
        bias[j] = sample_spread(shop, 3000);
    }
    sample_fill_i16(shop, weights_1, hidden * SOTTO_FEATURES, 3000);
    sample_fill_i16(shop, weights_2, hidden, 900);
    sample_fill_i16(shop, skip, SOTTO_FEATURES, 1500);
    skip[0] = 4000;
    content->hidden = hidden;
    content->shift_1 = 11;
    content->shift_2 = 11;
    content->bias = bias;
    content->weights_1 = weights_1;
    content->weights_2 = weights_2;
    content->skip = skip;
}

/* Of every shape: left_count of each split of a tree is any that it may be. */
static inline void sample_fill_tree(sample_ranking *shop, sotto_tree_content *tree, uint32_t first,
                                    uint32_t count)
{
    if (count == 0) {
        return;
    }
    uint32_t left = sample_random(shop) % count;
    tree->splits[first] = (sotto_tree_split){
        (uint8_t)(sample_random(shop) % SOTTO_FEATURES), (uint8_t)left,
        (int16_t)sample_spread(shop, 9000), (int8_t)sample_spread(shop, 90),
    };
    sample_fill_tree(shop, tree, first + 1, left);
    sample_fill_tree(shop, tree, first + 1 + left, count - 1 - left);
}

static inline void sample_add_trees(sample_ranking *shop, uint32_t count)
{
    sotto_tree_content *trees = sample_keep(shop, count * sizeof *trees);
    for (uint32_t i = 0; i < count; i++) {
        trees[i].split_count = 1 + sample_random(shop) % SOTTO_TREE_SPLITS;
        trees[i].scale = sample_random(shop) % 5;
        sample_fill_tree(shop, &trees[i], 0, trees[i].split_count);
        sample_fill_i8(shop, trees[i].leaves, trees[i].split_count + 1);
    }
    shop->content.feature_count = 0;
    shop->content.trees = trees;
    shop->content.tree_count = count;
    shop->content.tree_shift = 8;
}

static inline void sample_ranking_open(sample_ranking *shop, const sample_ranking_wish *wish)
{
    memset(shop, 0, sizeof *shop);
    shop->random = wish->seed * 2 + 1;
    sample_write_model(shop, wish->items, wish->links ? wish->links : 3);
    sample_add_vectors(shop, wish);
    sample_add_encoder(shop, wish->encoder_hidden);
    sample_add_reranker(shop, wish);
    if (wish->trees > 0) {
        sample_add_trees(shop, wish->trees);
    }
    sotto_fault fault = {0, ""};
    const char *why = NULL;
    sotto_bundle_init(&shop->bundle);
    sample_expect(sotto_bundle_open(&shop->bundle, SOTTO_MODEL, shop->model.bytes,
                                    shop->model.size, &fault), fault.what);
    sotto_section_list list = {0};
    sample_expect(sotto_ranker_sections(&shop->content, &list, &why), why);
    sample_expect(sotto_ranker_write(wish->items, shop->bundle.identity, &list, &shop->part, &why),
                  why);
    sotto_section_list_free(&list);
    sample_expect(sotto_ranker_open(&shop->ranker, &shop->bundle, shop->part.bytes,
                                    shop->part.size, &fault), fault.what);
}

static inline void sample_ranking_close(sample_ranking *shop)
{
    free(shop->model.bytes);
    free(shop->part.bytes);
    while (shop->kept_count > 0) {
        free(shop->kept[--shop->kept_count]);
    }
}

/* A ranker with a bit of everything. */
static const sample_ranking_wish sample_ranking_usual = {
    .items = 700, .dimensions = 64, .class_count = 3,
    .classes = {{120, 4, 22000}, {60, 3, 46000}, {0, 2, 95000}},
    .encoder_hidden = 64, .recency = true, .hidden = 32, .vector_count = 110, .table_count = 60,
    .session_count = 12, .seed = 5,
};

#endif

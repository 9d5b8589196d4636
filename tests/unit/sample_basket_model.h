/*
 * sample_basket_model.h - a small basket model with numbers made up, written and opened
 *
 * n items, of which item i has popularity code 200 - i, links to the two after it, and a rhythm of
 * a week if i is even. The network adds up features with weights the test chooses.
 */
#ifndef SOTTO_SAMPLE_BASKET_MODEL_H
#define SOTTO_SAMPLE_BASKET_MODEL_H

#include "format/write.h"
#include "model/basket.h"

enum { BASKET_ITEMS = 30, BASKET_WEEK_CODE = 19 };   /* 3,686 + 64 * 19: 2^19.2 s, a week */

typedef struct sample_basket_model {
    sotto_section_list list;
    sotto_basket_model model;
} sample_basket_model;

/* `skips` has `count` pairs of feature and weight, features ascending. */
static inline void sample_basket_make(sample_basket_model *sample, const int16_t (*skips)[2],
                                      uint32_t count)
{
    static uint8_t codes[BASKET_ITEMS], before[BASKET_ITEMS], lifts[BASKET_ITEMS],
        rhythm[BASKET_ITEMS], weights[2 * BASKET_ITEMS];
    static uint32_t starts[BASKET_ITEMS + 1], targets[2 * BASKET_ITEMS];
    static int16_t skip[64];
    static const uint32_t popular[5] = {0, 1, 2, 3, 4};
    sotto_ranker_content network = {.table_count = 8, .feature_count = count, .shift_2 = 0,
                                    .skip = skip};
    for (uint32_t i = 0; i < count; i++) {
        network.features[i] = (uint8_t)skips[i][0];
        network.feature_factor[i] = 65536;
        skip[i] = skips[i][1];
    }
    uint32_t links = 0;
    for (uint32_t i = 0; i < BASKET_ITEMS; i++) {
        codes[i] = (uint8_t)(200 - i);
        before[i] = (uint8_t)(i % 16 | (15 - i % 16) << 4);
        lifts[i] = (uint8_t)(i % 16);
        rhythm[i] = i % 2 == 0 ? BASKET_WEEK_CODE << 2 | 1 : 3;
        starts[i] = links;
        for (uint32_t to = i + 1; to < BASKET_ITEMS && to <= i + 2; to++) {
            targets[links] = to;
            weights[links++] = to == i + 1 ? 0 : 1;
        }
    }
    starts[BASKET_ITEMS] = links;
    sotto_link_table_content table = {
        .relation = SOTTO_NEXT, .max_links = 2, .weight_count = 2, .weights = {16384, 4096},
        .row_starts = starts, .items = targets, .codes = weights,
    };
    sotto_basket_content content = {
        .item_count = BASKET_ITEMS, .decay = 32768, .popular = popular, .popular_count = 5,
        .network = &network, .popularity = codes, .before = before, .before_base = 1000,
        .before_step = 100, .lifts = lifts, .lift_base = -512, .lift_step = 64, .rhythm = rhythm,
        .links = &table,
    };
    memset(sample, 0, sizeof *sample);
    REQUIRE(sotto_basket_sections(&content, &sample->list, NULL) == SOTTO_OK);
    REQUIRE(sample->list.count == 5);
    void (*const open[])(sotto_basket_model *, sotto_reader *) = {
        NULL, sotto_basket_open_popularity, sotto_basket_open_lifts, sotto_basket_open_rhythm,
        sotto_basket_open_links,
    };
    for (uint32_t i = 0; i < 5; i++) {
        const sotto_bytes *section = &sample->list.sections[i];
        sotto_reader reader = sotto_reader_over(section->bytes, 0, (uint32_t)section->size);
        if (i == 0) {
            sotto_basket_open(&sample->model, &reader, BASKET_ITEMS);
        } else {
            open[i](&sample->model, &reader);
        }
        REQUIRE(reader.status == SOTTO_OK);
    }
}

static inline void sample_basket_free(sample_basket_model *sample)
{
    sotto_section_list_free(&sample->list);
}

#endif

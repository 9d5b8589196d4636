/*
 * pack_ranker.c - vectors, encoder, recency and re-ranker as sections
 *
 * How wide should a vector be? Each bit more takes the same bytes from everybody, but leaves less
 * error the more bits there are already. At the best step a coordinate keeps this share of its
 * square as error:
 *
 *     bits        1      2      3      4
 *     error     .363   .118   .035   .012
 *     gain     (.637)  .246   .083   .023     over one bit less
 *
 * and an item's error matters as often as the item is met. The most is gained for the bytes if
 * every upgrade that is bought is worth as much as the next one, so an item gets its fourth bit
 * from T meetings on, its third from .28 T and its second from .093 T. Popularity codes are
 * logarithms, eight to a doubling, and there these are distances: 15 and 27 below the code of T.
 * What is left to choose is T: the lowest that fits.
 */
#include "train/pack_ranker.h"

#include "train/near.h"

#include <stdlib.h>
#include <string.h>

#define THIRD_BIT  15
#define SECOND_BIT 27
#define HIGHEST    (255 + SECOND_BIT + 1) /* nobody gets more than one bit */

static void make_widths(int threshold, sotto_widths *widths)
{
    static const struct {
        int     below;
        uint8_t bits;
    } steps[] = {{0, 4}, {THIRD_BIT, 3}, {SECOND_BIT, 2}};
    memset(widths, 0, sizeof *widths);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        int least = threshold - steps[i].below;
        if (least <= 255) {
            sotto_vector_class class = {(uint8_t)(least < 0 ? 0 : least), steps[i].bits, 0};
            widths->classes[widths->class_count++] = class;
        }
        if (least <= 0) {
            return;
        }
    }
    widths->classes[widths->class_count++] = (sotto_vector_class){0, 1, 0};
}

uint64_t sotto_widths_size(const sotto_widths *widths, const uint32_t histogram[256],
                           uint32_t dimensions)
{
    uint64_t size = 0;
    for (uint32_t code = 0; code < 256; code++) {
        uint32_t class = sotto_widths_class(widths, (uint8_t)code);
        size += (uint64_t)histogram[code] * widths->classes[class].bits * dimensions / 8;
    }
    return size;
}

void sotto_widths_choose(const uint32_t histogram[256], uint32_t dimensions, uint64_t bytes,
                         sotto_widths *widths)
{
    for (int threshold = 0; threshold <= HIGHEST; threshold++) {
        make_widths(threshold, widths);
        if (sotto_widths_size(widths, histogram, dimensions) <= bytes) {
            return;
        }
    }
    memset(widths, 0, sizeof *widths);
}

/* ---- the content ----------------------------------------------------------------------------- */

/* By index in the model what was by item. */
typedef struct ranker_rows {
    uint8_t *popularity, *lately, *codes;
} ranker_rows;

static bool make_rows(const sotto_learned *learned, sotto_widths *widths, ranker_rows *rows)
{
    size_t count = learned->item_count, dimensions = learned->vectors->vectors.dimensions;
    size_t all = learned->items->count;
    uint8_t *codes = malloc(all * dimensions + 1);
    rows->popularity = calloc(count + 1, 1);
    rows->lately = calloc(count + 1, 1);
    rows->codes = malloc(count * dimensions + 1);
    bool good = codes != NULL && rows->popularity != NULL && rows->lately != NULL
                && rows->codes != NULL
                && sotto_quantise_vectors(learned->vectors, learned->popular->codes, widths, codes);
    for (uint32_t index = 0; good && index < count; index++) {
        uint32_t item = learned->order[index];
        rows->popularity[index] = learned->popular->codes[item];
        rows->lately[index] = learned->lately->codes[item];
        memcpy(rows->codes + index * dimensions, codes + item * dimensions, dimensions);
    }
    free(codes);
    return good;
}

static void describe_encoder(const sotto_session_encoder *encoder,
                             const sotto_quantised_encoder *quantised,
                             sotto_ranker_content *content)
{
    content->history_count = SOTTO_PREFIX_MAX;
    content->affinity = quantised->affinity;
    memcpy(content->position, quantised->position, sizeof quantised->position);
    content->depth_count = SOTTO_SESSION_GAINS;
    content->depth = quantised->depth;
    content->encoder_hidden = encoder->hidden;
    content->encoder_weights_1 = quantised->weights_1;
    content->encoder_scale_1 = quantised->scale_1;
    content->encoder_bias = quantised->bias;
    content->encoder_weights_2 = quantised->weights_2;
    content->encoder_scale_2 = quantised->scale_2;
}

static void describe_trees(const sotto_quantised_trees *trees, sotto_ranker_content *content)
{
    content->trees = trees->trees;
    content->tree_count = trees->count;
    content->tree_shift = trees->shift;
}

bool sotto_pack_ranker(const sotto_learned *learned, sotto_widths *widths,
                       sotto_section_list *list, sotto_train_fault *fault)
{
    const sotto_vector_model *model = learned->vectors;
    ranker_rows rows = {0};
    sotto_quantised_encoder encoder = {0};
    int8_t *centres = NULL;
    const char *why = "no memory";
    bool good = make_rows(learned, widths, &rows)
                && sotto_quantise_encoder(&model->encoder, &encoder);
    if (good) {
        sotto_ranker_content content = {
            .item_count = learned->item_count,
            .popularity = rows.popularity,
            .dimensions = model->vectors.dimensions,
            .class_count = widths->class_count,
            .codes = rows.codes,
            .recency = rows.lately,
            .vector_count = learned->candidates.by_vector,
            .table_count = learned->candidates.by_table,
            .session_count = learned->candidates.of_session,
        };
        memcpy(content.classes, widths->classes, sizeof widths->classes);
        memcpy(content.recency_offsets, learned->lately->offsets, sizeof learned->lately->offsets);
        describe_encoder(&model->encoder, &encoder, &content);
        if (learned->trees != NULL) {
            describe_trees(learned->trees, &content);
        } else if (learned->reranker != NULL) {
            sotto_quantised_reranker_describe(learned->reranker, &content);
        }
        good = sotto_near_make(&content, &centres)
               && sotto_ranker_sections(&content, list, &why) == SOTTO_OK;
    }
    sotto_quantised_encoder_free(&encoder);
    free(rows.popularity);
    free(rows.lately);
    free(rows.codes);
    free(centres);
    return good
           || sotto_fault_set(fault, "the ranker cannot be written: %s",
                              why != NULL ? why : "no memory");
}

/*
 * basket.c - opening what the next basket needs
 *
 * All of it is a few bytes an item: two of popularity, half a one of how gladly it is bought again,
 * one of how soon, and some links. What makes a ranking of it is a network in the
 * layout of the re-ranker's, with features of its own.
 */
#include "model/basket.h"

#include "base/fixed.h"

enum {
    RHYTHM_SPREAD_BITS = 2,
    RHYTHM_BASE = 3686,            /* log2 of six hours, in seconds, Q8 */
    RHYTHM_STEP = 64               /* a quarter of an octave */
};

void sotto_basket_open(sotto_basket_model *model, sotto_reader *reader, uint32_t item_count)
{
    model->item_count = item_count;
    model->popular_count = sotto_reader_number(reader, 2, 0, SOTTO_BASKET_MAX_POPULAR);
    sotto_reader_zeros(reader, 2);
    model->decay = sotto_reader_number(reader, 4, 0, SOTTO_Q16_ONE);
    model->popular =
        sotto_reader_indexes(reader, 4, model->popular_count, item_count, false);
    sotto_reranker_open(&model->network, reader, SOTTO_BASKET_FEATURES);
}

void sotto_basket_open_popularity(sotto_basket_model *model, sotto_reader *reader)
{
    model->before_base = sotto_reader_number(reader, 2, 0, UINT16_MAX);
    model->before_step = sotto_reader_number(reader, 2, 0, UINT16_MAX);
    model->popularity = sotto_reader_take(reader, model->item_count);
    model->before = sotto_reader_take(reader, model->item_count);
    sotto_reader_finish(reader);
}

void sotto_basket_open_lifts(sotto_basket_model *model, sotto_reader *reader)
{
    model->lift_base = (int16_t)sotto_reader_number(reader, 2, 0, UINT16_MAX);
    model->lift_step = sotto_reader_number(reader, 2, 0, UINT16_MAX);
    model->lifts = sotto_reader_take(reader, (model->item_count + 1) / 2);
    sotto_reader_finish(reader);
}

void sotto_basket_open_rhythm(sotto_basket_model *model, sotto_reader *reader)
{
    model->rhythm = sotto_reader_take(reader, model->item_count);
    sotto_reader_finish(reader);
}

void sotto_basket_open_links(sotto_basket_model *model, sotto_reader *reader)
{
    sotto_links_open(&model->links, reader, model->item_count);
}

int32_t sotto_basket_popularity(const sotto_basket_model *model, sotto_basket_feature feature,
                                uint32_t item)
{
    if (feature == SOTTO_BASKET_POPULAR) {
        return 32 * model->popularity[item];
    }
    uint32_t code = feature == SOTTO_BASKET_EVER ? model->before[item] & 15
                                                 : model->before[item] >> 4;
    return (int32_t)(model->before_base + code * model->before_step);
}

int32_t sotto_basket_lift(const sotto_basket_model *model, uint32_t item)
{
    if (model->lifts == NULL) {
        return 0;
    }
    uint32_t code = model->lifts[item / 2] >> (4 * (item % 2)) & 15;
    return model->lift_base + (int32_t)(code * model->lift_step);
}

int32_t sotto_basket_rhythm(const sotto_basket_model *model, uint32_t item)
{
    uint32_t code = model->rhythm == NULL ? 0 : model->rhythm[item] >> RHYTHM_SPREAD_BITS;
    return code == 0 ? 0 : (int32_t)(RHYTHM_BASE + code * RHYTHM_STEP);
}

uint32_t sotto_basket_spread(const sotto_basket_model *model, uint32_t item)
{
    uint32_t all = (1u << RHYTHM_SPREAD_BITS) - 1;
    return model->rhythm == NULL ? all : model->rhythm[item] & all;
}

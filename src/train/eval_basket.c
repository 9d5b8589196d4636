/*
 * eval_basket.c - how good is the published model at the next basket?
 *
 * Every item of the files is in the model's table of ids, as every product of a shop is in its
 * feed; what is counted of items comes from the shoppers to train on alone.
 */
#include "train/eval_basket.h"

#include "model/ranker.h"
#include "train/order.h"
#include "train/recipe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct basket_examiner {
    const sotto_basket_exam  *exam;
    sotto_eval_basket_result *result;
    sotto_train_fault        *fault;
    uint32_t                 *order, *index_of;
    sotto_bytes               trained, model, ranker_part; /* all, and its two halves */
    sotto_bundle             *bundle;
    sotto_ranker             *ranker;
} basket_examiner;

static bool out_of_memory(const basket_examiner *examiner)
{
    return sotto_fault_set(examiner->fault, "not enough memory for %u items",
                           examiner->exam->log->item_count);
}

/* ---- publishing ------------------------------------------------------------------------------ */

static int by_place(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

static bool order_items(basket_examiner *examiner, const sotto_basket_counts *counts)
{
    uint32_t n = counts->item_count;
    const sotto_links *tables[1] = {&counts->links};
    examiner->order = malloc(((size_t)n + 1) * sizeof *examiner->order);
    examiner->index_of = malloc(((size_t)n + 1) * sizeof *examiner->index_of);
    if (examiner->order == NULL || examiner->index_of == NULL
        || !sotto_order_items(n, tables, 1, examiner->order)) {
        return out_of_memory(examiner);
    }
    for (uint32_t index = 0; index < n; index++) {
        examiner->index_of[examiner->order[index]] = index;
    }
    return true;
}

/* Fills ids, popularity codes and the popular list; `sorted` is scratch of as many u64. */
static uint32_t fill_items(const basket_examiner *examiner, const sotto_basket_counts *counts,
                           sotto_string *ids, uint8_t *codes, uint32_t *popular,
                           uint64_t *sorted)
{
    for (uint32_t index = 0; index < counts->item_count; index++) {
        uint32_t item = examiner->order[index];
        double code = floor(8 * log2(1 + counts->evers[item]));
        ids[index] = sotto_intern_get(examiner->exam->items, item);
        codes[index] = (uint8_t)(code > 255 ? 255 : code);
        sorted[index] = (UINT64_C(0xFFFFFFFF) - (uint32_t)counts->finals[item]) << 32 | index;
    }
    qsort(sorted, counts->item_count, sizeof *sorted, by_place);
    uint32_t count = counts->item_count < SOTTO_BASKET_POPULAR_COUNT ? counts->item_count
                                                                     : SOTTO_BASKET_POPULAR_COUNT;
    for (uint32_t i = 0; i < count; i++) {
        popular[i] = (uint32_t)sorted[i];
    }
    return count;
}

static bool write_model(basket_examiner *examiner, const sotto_basket_counts *counts,
                        const sotto_section_list *sections)
{
    size_t n = (size_t)counts->item_count + 1;
    sotto_string *ids = calloc(n, sizeof *ids);
    uint8_t *codes = calloc(n, 1);
    uint32_t *popular = calloc(n, sizeof *popular);
    uint64_t *sorted = calloc(n, sizeof *sorted);
    bool good = (ids != NULL && codes != NULL && popular != NULL && sorted != NULL)
                || out_of_memory(examiner);
    if (good) {
        sotto_model_content content = {.item_count = counts->item_count, .ids = ids,
                                       .popularity = codes, .popular = popular,
                                       .history_count = 1, .sections = sections};
        const char *why = NULL;
        content.popular_count = fill_items(examiner, counts, ids, codes, popular, sorted);
        good = (sotto_model_write(&content, &examiner->trained, &why) == SOTTO_OK
                && sotto_model_split(examiner->trained.bytes, examiner->trained.size,
                                     &examiner->model, &examiner->ranker_part, &why) == SOTTO_OK)
               || sotto_fault_set(examiner->fault, "the model cannot be written: %s",
                                  why != NULL ? why : "no memory");
    }
    free(ids);
    free(codes);
    free(popular);
    free(sorted);
    return good;
}

static bool publish(basket_examiner *examiner, const sotto_basket_options *options)
{
    const sotto_basket_exam *exam = examiner->exam;
    uint8_t *used = calloc((size_t)exam->log->shopper_count + 1, 1);
    sotto_basket_learned learned = {0};
    sotto_section_list sections = {0};
    double begun_s = sotto_eval_now_s();
    bool good = used != NULL || out_of_memory(examiner);
    for (uint32_t shopper = 0; good && shopper < exam->log->shopper_count; shopper++) {
        used[shopper] = exam->roles[shopper] == SOTTO_BASKET_TRAIN;
    }
    good = good && sotto_basket_learn(exam->log, used, options, &learned, examiner->fault)
           && order_items(examiner, &learned.counts)
           && sotto_basket_pack(&learned.counts, examiner->order, &learned.network, &sections,
                                examiner->fault)
           && write_model(examiner, &learned.counts, &sections);
    examiner->result->train_s = sotto_eval_now_s() - begun_s;
    examiner->result->peak_mb = sotto_eval_peak_mb();
    examiner->result->items = learned.counts.item_count;
    examiner->result->trained = learned.counts.shopper_count;
    examiner->result->links = good ? sotto_links_total(&learned.counts.links) : 0;
    sotto_section_list_free(&sections);
    sotto_basket_learned_free(&learned);
    free(used);
    return good && sotto_eval_cost_measure(&examiner->trained, &examiner->result->cost,
                                           examiner->fault);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static bool open_parts(basket_examiner *examiner)
{
    sotto_fault where = {0};
    examiner->bundle = malloc(sotto_bundle_size());
    examiner->ranker = malloc(sotto_ranker_size());
    if (examiner->bundle == NULL || examiner->ranker == NULL) {
        return out_of_memory(examiner);
    }
    sotto_bundle_init(examiner->bundle);
    sotto_status status = sotto_bundle_open(examiner->bundle, SOTTO_MODEL, examiner->model.bytes,
                                            examiner->model.size, &where);
    if (status == SOTTO_OK) {
        status = sotto_ranker_open(examiner->ranker, examiner->bundle,
                                   examiner->ranker_part.bytes, examiner->ranker_part.size, &where);
    }
    return status == SOTTO_OK
           || sotto_fault_set(examiner->fault, "what was just written does not open: %s (%s at "
                              "byte %zu)", sotto_status_text(status),
                              where.what != NULL ? where.what : "", where.offset);
}

/* Asks for one shopper's last basket. `in_last`, by item, starts and ends zeroed. */
static void ask(basket_examiner *examiner, const sotto_past_baskets *past, uint32_t shopper,
                void *scratch, size_t scratch_size, uint8_t *in_last)
{
    const sotto_basket_log *log = examiner->exam->log;
    uint32_t basket = log->shopper_starts[shopper + 1] - 1;
    size_t from = log->basket_starts[basket], to = log->basket_starts[basket + 1];
    uint32_t picks[SOTTO_BASKET_DEPTH];
    bool right[SOTTO_BASKET_DEPTH];
    double begun_s = sotto_eval_now_s();
    uint32_t found = sotto_rank_basket(examiner->bundle, past, SOTTO_BASKET_DEPTH, scratch,
                                       scratch_size, picks);
    examiner->result->us_per_decision += sotto_eval_now_s() - begun_s;
    for (size_t at = from; at < to; at++) {
        in_last[log->items[at]] = 1;
    }
    for (uint32_t i = 0; i < found; i++) {
        right[i] = in_last[examiner->order[picks[i]]] != 0;
    }
    for (size_t at = from; at < to; at++) {
        in_last[log->items[at]] = 0;
    }
    examiner->result->answered += found > 0 ? 1 : 0;
    sotto_basket_metrics_add(&examiner->result->metrics, right, found, (uint32_t)(to - from),
                             examiner->exam->whole);
    if (examiner->exam->each != NULL) {
        sotto_basket_metrics_add(&examiner->exam->each[shopper], right, found,
                                 (uint32_t)(to - from), examiner->exam->whole);
    }
}

static bool ask_all(basket_examiner *examiner)
{
    const sotto_basket_log *log = examiner->exam->log;
    size_t scratch_size = sotto_rank_scratch_size();
    void *scratch = malloc(scratch_size);
    uint8_t *in_last = calloc((size_t)log->item_count + 1, 1);
    sotto_past_buffer buffer = {0};
    bool good = (scratch != NULL && in_last != NULL) || out_of_memory(examiner);
    for (uint32_t shopper = 0; good && shopper < log->shopper_count; shopper++) {
        uint32_t last = log->shopper_starts[shopper + 1];
        if (examiner->exam->roles[shopper] != SOTTO_BASKET_ASK
            || last == log->shopper_starts[shopper]
            || log->basket_starts[last] == log->basket_starts[last - 1]) {
            continue;
        }
        good = sotto_past_fill(&buffer, log, shopper, 1, examiner->index_of)
               || out_of_memory(examiner);
        if (good) {
            ask(examiner, &buffer.past, shopper, scratch, scratch_size, in_last);
        }
    }
    uint64_t asked = examiner->result->metrics.baskets;
    examiner->result->us_per_decision *= asked == 0 ? 0 : 1e6 / (double)asked;
    if (good && asked == 0) {
        good = sotto_fault_set(examiner->fault, "there is nobody to ask: no test shopper has a "
                               "basket with something in it");
    }
    sotto_past_free(&buffer);
    free(scratch);
    free(in_last);
    return good;
}

bool sotto_eval_basket(const sotto_basket_exam *exam, const sotto_basket_options *options,
                       sotto_eval_basket_result *result, sotto_train_fault *fault)
{
    basket_examiner examiner = {.exam = exam, .result = result, .fault = fault};
    memset(result, 0, sizeof *result);
    bool good = publish(&examiner, options) && open_parts(&examiner) && ask_all(&examiner);
    free(examiner.order);
    free(examiner.index_of);
    free(examiner.trained.bytes);
    free(examiner.model.bytes);
    free(examiner.ranker_part.bytes);
    free(examiner.bundle);
    free(examiner.ranker);
    return good;
}

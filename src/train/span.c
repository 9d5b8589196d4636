/*
 * span.c - what is learned of a stretch of time, all but vectors
 *
 *     sums of sessions --> next links ------------+
 *     sums of baskets ---> together --------------+--> order --> items that were met
 *     sums of both ------> viewed, then bought ---+
 *     counts ------------> popular, trending, lately
 *
 * It is done twice: of all but the latest sessions, for a model that the latest ones can be asked
 * of, and of everything, for the model that is published.
 */
#include "train/span.h"

#include "train/order.h"

#include <stdlib.h>
#include <string.h>

typedef struct span_work {
    const sotto_material *material;
    sotto_span            span;
    uint32_t              min_shoppers;
    const sotto_recipe   *recipe;
    const sotto_packing  *packing;
    sotto_span_progress_fn progress_fn;
    void                  *progress_context;
    sotto_span_model      *model;
    sotto_train_fault     *fault;
} span_work;

static void tell(const span_work *work, const char *phase)
{
    if (work->progress_fn != NULL) {
        work->progress_fn(work->progress_context, phase);
    }
}

static bool out_of_memory(const span_work *work)
{
    return sotto_fault_set(work->fault, "not enough memory for %u items and %u sessions",
                           work->material->items->count, work->material->sessions->count);
}

static bool link_next(span_work *work)
{
    sotto_pairs pairs = {0};
    tell(work, "linking views");
    if (!sotto_material_pairs(work->material, SOTTO_PAIRS_NEXT, work->span, work->min_shoppers,
                              &pairs, work->fault)) {
        return false;
    }
    bool good = sotto_links_next_wide(&pairs, work->recipe, work->packing->max_links,
                                      2 * work->packing->max_links, NULL, &work->model->wide)
                && sotto_span_localise(work->model, 0, work->packing->max_links);
    work->model->unsupported_pairs += pairs.unsupported;
    sotto_pairs_free(&pairs);
    return good || out_of_memory(work);
}

static bool link_baskets(span_work *work, sotto_pairing pairing, int table)
{
    sotto_pairs pairs = {0};
    tell(work, "linking baskets");
    if (!sotto_material_pairs(work->material, pairing, work->span, work->min_shoppers, &pairs,
                              work->fault)) {
        return false;
    }
    bool any = pairs.item_count > 0 && pairs.starts[pairs.item_count] > 0;
    uint32_t max_links = (work->packing->max_links * 3 + 4) / 5;
    sotto_links *links = &work->model->tables[table];
    bool good = !any || (pairing == SOTTO_PAIRS_TOGETHER
                             ? sotto_links_together(&pairs, max_links, links)
                             : sotto_links_viewed_bought(&pairs, max_links, links));
    work->model->unsupported_pairs += pairs.unsupported;
    work->model->large_baskets += pairs.large_baskets;
    sotto_pairs_free(&pairs);
    return good || out_of_memory(work);
}

bool sotto_span_localise(sotto_span_model *model, double locality, uint32_t max_links)
{
    uint32_t count = model->wide.item_count;
    bool ordered = model->order != NULL;
    uint32_t *index_of = ordered ? calloc((size_t)count + 1, sizeof *index_of) : NULL;
    bool good = index_of != NULL || !ordered;
    for (uint32_t index = 0; good && ordered && index < model->item_count; index++) {
        index_of[model->order[index]] = index;
    }
    sotto_links_free(&model->tables[SOTTO_TABLE_NEXT]);
    good = good
           && sotto_links_localise(&model->wide, index_of, locality, max_links,
                                   &model->tables[SOTTO_TABLE_NEXT]);
    free(index_of);
    return good;
}

void sotto_span_settle(sotto_span_model *model)
{
    sotto_links_free(&model->wide);
}

/* Items that were not met in the span are no part of its model. */
static void leave_out_unmet(sotto_span_model *model, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        model->order[model->item_count] = model->order[i];
        model->item_count += model->popular.counts[model->order[i]] > 0 ? 1 : 0;
    }
}

static bool order_items(span_work *work)
{
    sotto_span_model *model = work->model;
    uint32_t count = work->material->items->count;
    const sotto_links *tables[SOTTO_LEARNED_TABLES];
    for (int i = 0; i < SOTTO_LEARNED_TABLES; i++) {
        tables[i] = model->tables[i].links != NULL ? &model->tables[i] : NULL;
    }
    tell(work, "ordering items");
    model->order = malloc(((size_t)count + 1) * sizeof *model->order);
    if (model->order == NULL
        || !sotto_order_items(count, tables, SOTTO_LEARNED_TABLES, model->order)) {
        return out_of_memory(work);
    }
    if (work->span == SOTTO_SPAN_ALL) {
        model->item_count = count;
    } else {
        leave_out_unmet(model, count);
    }
    return true;
}

/* How often items are met: of all that was counted, or of the older sessions of the sample. */
static bool count_items(span_work *work)
{
    sotto_span_model *model = work->model;
    sotto_sequences sessions = *work->material->sessions;
    uint32_t count = work->material->items->count;
    sessions.count = model->session_count;
    if (work->span == SOTTO_SPAN_ALL) {
        work->fault->message[0] = '\0';
        if (!sotto_popular_of_material(work->material, &model->popular, work->fault)) {
            return work->fault->message[0] != '\0' ? false : out_of_memory(work);
        }
    } else if (!sotto_popular_make(&sessions, count, work->material->items->hashes,
                                   &model->popular)) {
        return out_of_memory(work);
    }
    return sotto_lately_make(&sessions, sessions.count, count, model->popular.codes,
                             &model->lately)
           || out_of_memory(work);
}

bool sotto_span_learn(const sotto_material *material, sotto_span span, uint32_t min_shoppers,
                      const sotto_recipe *recipe, const sotto_packing *packing,
                      sotto_span_progress_fn progress_fn, void *progress_context,
                      sotto_span_model *model, sotto_train_fault *fault)
{
    span_work work = {material, span, min_shoppers, recipe, packing, progress_fn,
                      progress_context, model, fault};
    memset(model, 0, sizeof *model);
    model->session_count = span == SOTTO_SPAN_ALL ? material->sessions->count
                                                  : sotto_material_tail(material);
    bool good = link_next(&work)
                && link_baskets(&work, SOTTO_PAIRS_TOGETHER, SOTTO_TABLE_TOGETHER)
                && link_baskets(&work, SOTTO_PAIRS_VIEWED_BOUGHT, SOTTO_TABLE_VIEWED_BOUGHT)
                && count_items(&work) && order_items(&work);
    if (!good) {
        sotto_span_free(model);
    }
    return good;
}

void sotto_span_free(sotto_span_model *model)
{
    sotto_links_free(&model->wide);
    for (int i = 0; i < SOTTO_LEARNED_TABLES; i++) {
        sotto_links_free(&model->tables[i]);
    }
    sotto_popular_free(&model->popular);
    sotto_lately_free(&model->lately);
    free(model->order);
    memset(model, 0, sizeof *model);
}

sotto_learned sotto_span_learned(const sotto_span_model *model, const sotto_material *material,
                                 const sotto_recipe *recipe, const sotto_packing *packing)
{
    sotto_learned learned = {
        .items = material->items,
        .item_count = model->item_count,
        .order = model->order,
        .popular = &model->popular,
        .recipe = recipe,
        .packing = *packing,
        .lately = &model->lately,
        .candidates = {110, 60, 12},
    };
    for (int i = 0; i < SOTTO_LEARNED_TABLES; i++) {
        learned.tables[i] = model->tables[i].links != NULL ? &model->tables[i] : NULL;
    }
    return learned;
}

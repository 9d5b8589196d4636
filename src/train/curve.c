/*
 * curve.c - quality against bytes
 *
 * Links, vectors and their halves are learned once, from the sessions before the tail; then each
 * budget is packed and judged as training would, on the second half of the tail by a re-ranker that
 * has only seen the first. So a shop sees what a kilobyte more would bring before it publishes one.
 */
#include "train/curve.h"

#include "train/choose_links.h"
#include "train/choose_ranker.h"
#include "train/learn_vectors.h"

#include <string.h>

#define LARGE          1000.0 /* bytes an item: for the full dimensions */
#define SMALL          1.0
#define HALF_SIZE_BEST 20.0 /* bytes an item up to which half the dimensions are tried */

typedef struct curve_maker {
    const sotto_material      *material;
    const sotto_train_options *options;
    sotto_packing              packing;
    uint32_t                   tail;
    sotto_link_choice          links;
    sotto_span_model           older;
    sotto_vector_model         full, half;
    sotto_train_fault         *fault;
} curve_maker;

static void tell(void *context, const char *phase)
{
    const curve_maker *maker = context;
    if (maker->options->progress_fn != NULL) {
        maker->options->progress_fn(maker->options->progress_context, phase, 0, 1);
    }
}

static bool learn(curve_maker *maker, double bytes_per_item, sotto_vector_model *model)
{
    sotto_vector_learner learner;
    sotto_vector_task task = {
        .sessions = maker->material->sessions,
        .tail = maker->tail,
        .item_count = maker->material->items->count,
        .min_shoppers = maker->options->min_shoppers,
        .effort = maker->options->effort,
        .seed = maker->options->seed,
        .bytes_per_item = bytes_per_item,
        .progress_fn = maker->options->progress_fn,
        .progress_context = maker->options->progress_context,
    };
    sotto_vectors_start_older(&learner, &task);
    bool good = sotto_vectors_finish_older(&learner);
    *model = learner.older;
    memset(&learner.older, 0, sizeof learner.older);
    sotto_vectors_free(&learner);
    return good || sotto_fault_set(maker->fault, "not enough memory for vectors");
}

/* Judges one size of vectors within a budget; keeps it in `point` if it is the best so far. */
static bool judge(curve_maker *maker, const sotto_vector_model *vectors, sotto_curve *curve,
                  sotto_curve_point *point)
{
    sotto_ranker_choice choice;
    sotto_ranker_task task = {
        .material = maker->material,
        .older = &maker->older,
        .vectors = vectors,
        .recipe = &maker->links.recipe,
        .packing = &maker->packing,
        .effort = maker->options->effort,
        .seed = maker->options->seed,
        .bytes_per_item = point->wanted,
        .progress_fn = tell,
        .progress_context = maker,
    };
    if (!sotto_choose_ranker(&task, &choice, maker->fault)) {
        return false;
    }
    bool judged = choice.part_count >= 3;
    if (judged && choice.parts[2].hr20 + choice.parts[2].mrr20 > point->hr20 + point->mrr20) {
        point->dimensions = vectors->vectors.dimensions;
        point->bytes_per_item = choice.bytes_per_item;
        point->vector_share = choice.vector_share;
        point->links_per_item = choice.links_per_item;
        point->links_hr20 = choice.parts[0].hr20;
        point->links_mrr20 = choice.parts[0].mrr20;
        point->hr20 = choice.parts[2].hr20;
        point->mrr20 = choice.parts[2].mrr20;
        curve->query_count = choice.question_count;
    }
    return true;
}

static bool fill(curve_maker *maker, sotto_curve *curve)
{
    bool good = true;
    for (uint32_t i = 0; good && i < curve->count; i++) {
        sotto_curve_point *point = &curve->points[i];
        *point = (sotto_curve_point){.wanted = point->wanted};
        good = point->wanted > HALF_SIZE_BEST || judge(maker, &maker->half, curve, point);
        good = good && judge(maker, &maker->full, curve, point);
    }
    return good;
}

bool sotto_curve_make(const sotto_material *material, const sotto_train_options *options,
                      sotto_curve *curve, sotto_train_fault *fault)
{
    curve_maker maker = {.material = material, .options = options, .fault = fault};
    const sotto_sequences *sessions = material->sessions;
    maker.packing = sotto_packing_of(options);
    maker.tail = sotto_material_tail(material);
    if (sotto_exam_size(sessions, maker.tail, sessions->count) < SOTTO_LEAST_VECTOR_QUESTIONS) {
        return sotto_fault_set(fault, "%u sessions are too few to tell what bytes are worth",
                               sessions->count);
    }
    sotto_link_task task = {
        .material = material,
        .tail = maker.tail,
        .min_shoppers = options->min_shoppers,
        .packing = &maker.packing,
        .progress_fn = options->progress_fn,
        .progress_context = options->progress_context,
    };
    bool small = curve->count > 0 && curve->points[0].wanted <= HALF_SIZE_BEST;
    bool good = sotto_choose_links(&task, &maker.links, &maker.older, fault)
                && learn(&maker, LARGE, &maker.full)
                && (!small || learn(&maker, SMALL, &maker.half)) && fill(&maker, curve);
    sotto_span_free(&maker.older);
    sotto_vector_model_free(&maker.full);
    sotto_vector_model_free(&maker.half);
    return good;
}

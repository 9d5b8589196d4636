/*
 * build.c - from sessions and baskets to a model
 *
 *     older sessions --> pairs, vectors (several ways) --+
 *                                                        +--> tune --> recipe, way, re-ranker
 *     latest sessions ---- questions --------------------+                  |
 *                                                                           v
 *     all sessions and baskets --> pairs, vectors ------------> links, order, pack
 *
 * Vectors take most of the time and one core each; they are learned in threads of their own while
 * links are tuned, counted and packed here.
 */
#include "train/build.h"

#include "model/reranker.h"
#include "train/choose_links.h"
#include "train/choose_ranker.h"
#include "train/examples.h"
#include "train/shopper_clusters.h"
#include "train/learn_vectors.h"
#include "train/rfm.h"
#include "train/statistics_sequences.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_QUESTIONS        200u  /* fewer tell nothing: the built-in recipe is used */
/*
 * Without a budget: near the knee of the curve, and enough that a small shop keeps every link. The
 * knee is that of for-you alone; the other slots live on links.
 */
#define USUAL_BYTES_PER_ITEM 30.0
#define USUAL_FIXED_BYTES    131072.0
#define USUAL_LOCALITY       0.1 /* of links, where it cannot be chosen */

typedef struct model_builder {
    const sotto_material      *material;
    const sotto_train_options *options;
    uint32_t                   tail; /* its first session */
    sotto_packing              packing;
    sotto_link_choice          links;
    sotto_vector_task          vector_task;
    sotto_vector_learner       vectors;
    sotto_ranker_choice        choice;
    sotto_quantised_trees      trees; /* of another program; count 0: none */
    sotto_span_model           all;
    sotto_train_summary       *summary;
    sotto_train_fault         *fault;
} model_builder;

static void tell(const model_builder *builder, const char *phase, uint64_t done, uint64_t total)
{
    if (builder->options->progress_fn != NULL) {
        builder->options->progress_fn(builder->options->progress_context, phase, done, total);
    }
}

static void tell_phase(void *context, const char *phase)
{
    tell(context, phase, 0, 1);
}

static bool out_of_memory(const model_builder *builder)
{
    return sotto_fault_set(builder->fault, "not enough memory for %u items and %u sessions",
                           builder->material->items->count, builder->material->sessions->count);
}

/* ---- tuning on the tail ---------------------------------------------------------------------- */

/* Without a budget there is one: what a model of links alone would not miss. */
static double bytes_per_item(const model_builder *builder)
{
    const sotto_train_options *options = builder->options;
    double items = builder->material->items->count;
    return options->budget > 0        ? (double)options->budget / items
           : options->item_budget > 0 ? options->item_budget
                                      : USUAL_BYTES_PER_ITEM + USUAL_FIXED_BYTES / items;
}

static bool choose_links(model_builder *builder, sotto_span_model *older)
{
    sotto_link_task task = {
        .material = builder->material,
        .tail = builder->tail,
        .min_shoppers = builder->options->min_shoppers,
        .packing = &builder->packing,
        .progress_fn = builder->options->progress_fn,
        .progress_context = builder->options->progress_context,
    };
    bool good = sotto_choose_links(&task, &builder->links, older, builder->fault);
    builder->summary->tuned_hr20 = sotto_metrics_hr(&builder->links.metrics);
    builder->summary->tuned_mrr20 = sotto_metrics_mrr(&builder->links.metrics);
    builder->summary->tuned_query_count = (uint32_t)builder->links.metrics.queries;
    return good;
}

/* Fits the re-ranker behind a model of the older sessions. */
static bool choose_ranker(model_builder *builder, const sotto_span_model *older)
{
    sotto_ranker_task task = {
        .material = builder->material,
        .older = older,
        .vectors = &builder->vectors.older,
        .recipe = &builder->links.recipe,
        .packing = &builder->packing,
        .effort = builder->options->effort,
        .seed = builder->options->seed,
        .weigh_parts = builder->options->effort != SOTTO_EFFORT_LOW,
        .bytes_per_item = bytes_per_item(builder),
        .examples = builder->options->examples,
        .progress_fn = tell_phase,
        .progress_context = builder,
    };
    return sotto_choose_ranker(&task, &builder->choice, builder->fault);
}

static sotto_vector_task vector_task(const model_builder *builder)
{
    return (sotto_vector_task){
        .sessions = builder->material->sessions,
        .tail = builder->tail,
        .item_count = builder->material->items->count,
        .min_shoppers = builder->options->min_shoppers,
        .effort = builder->options->effort,
        .seed = builder->options->seed,
        .bytes_per_item = bytes_per_item(builder),
        .progress_fn = builder->options->progress_fn,
        .progress_context = builder->options->progress_context,
    };
}

/* Learns all there is to choose. Vectors of everything are still being learned when it is done. */
static bool tune(model_builder *builder)
{
    const sotto_sequences *sessions = builder->material->sessions;
    uint64_t questions = sotto_exam_size(sessions, builder->tail, sessions->count);
    bool vectors = builder->options->tune && builder->tail > 0
                   && questions >= SOTTO_LEAST_VECTOR_QUESTIONS;
    builder->links.recipe = sotto_recipe_defaults();
    builder->links.locality = USUAL_LOCALITY;
    builder->summary->ranker_note = builder->options->tune ? "too few sessions" : "not tuned";
    if (!builder->options->tune || builder->tail == 0 || questions < LEAST_QUESTIONS) {
        return true;
    }
    if (vectors) {
        builder->vector_task = vector_task(builder);
        sotto_vectors_start_older(&builder->vectors, &builder->vector_task);
    }
    sotto_span_model older = {0};
    bool good = choose_links(builder, &older);
    if (good && vectors) {
        good = sotto_vectors_finish_older(&builder->vectors) || out_of_memory(builder);
        if (good) {
            sotto_vectors_start_all(&builder->vectors);
            good = choose_ranker(builder, &older);
        }
        builder->summary->ranker_note = builder->choice.better ? NULL : builder->choice.note;
    }
    sotto_span_free(&older);
    return good;
}

/* ---- the model ------------------------------------------------------------------------------- */

static void summarise(model_builder *builder, const sotto_packed *packed)
{
    sotto_train_summary *summary = builder->summary;
    summary->next_link_count = packed->links[SOTTO_TABLE_NEXT];
    summary->together_link_count = packed->links[SOTTO_TABLE_TOGETHER];
    summary->model_size = packed->model.size;
    summary->ids_size = packed->ids_size;
    summary->link_size = packed->link_size;
    summary->vector_size = packed->vector_size;
    summary->other_size = packed->other_size;
    summary->max_links_used = packed->longest_row;
    summary->has_ranker = packed->widths.class_count > 0;
    summary->width_count = packed->widths.class_count;
    for (uint32_t i = 0; i < packed->widths.class_count; i++) {
        summary->widths[i] =
            (sotto_width_count){packed->widths.classes[i].bits, packed->width_counts[i]};
    }
    summary->unsupported_pair_count = builder->all.unsupported_pairs;
    summary->large_basket_count = builder->all.large_baskets;
    summary->part_count = builder->choice.part_count;
    summary->part_query_count = builder->choice.question_count;
    memcpy(summary->parts, builder->choice.parts, sizeof summary->parts);
    summary->tree_count = builder->trees.count;
    summary->reranker_size = sotto_part_size_of(&packed->model, "rank")
                             + sotto_part_size_of(&packed->model, "tree");
}

/* Where the thirds of those who bought begin, and how long one stays away: for segments. */
static bool learn_rfm(const model_builder *builder, sotto_section_list *more)
{
    const sotto_material *material = builder->material;
    const sotto_statistics *of = material->statistics;
    if (of == NULL || !of->rules.by_time) {
        return true;
    }
    double *prices = malloc(((size_t)of->book.ids.count + 1) * sizeof *prices);
    if (prices == NULL) {
        return out_of_memory(builder);
    }
    for (uint32_t item = 0; item < of->book.ids.count; item++) {
        const sotto_book_entry *entry = &of->book.entries[item];
        prices[item] = entry->has_price ? entry->price : (double)NAN;
    }
    sotto_rfm rfm;
    bool good = sotto_rfm_learn(&of->sample, prices, of->first, of->last, &rfm, builder->fault);
    free(prices);
    bool learned = rfm.orders[0] != 0 || rfm.rhythm_s != 0;
    return good && (!learned || sotto_rfm_section(&rfm, more, builder->fault));
}

/* What does not rank the next click: the next basket, kinds of shoppers. */
static bool learn_more(const model_builder *builder, const sotto_learned *learned,
                       uint64_t budget, sotto_section_list *more)
{
    const sotto_material *material = builder->material;
    tell(builder, "learning the next basket", 0, 1);
    if (!sotto_basket_shop(material->baskets, learned->order, learned->item_count,
                           material->items->count, builder->options->min_shoppers, budget, more,
                           &builder->summary->basket, builder->fault)) {
        return false;
    }
    tell(builder, "grouping shoppers", 0, 1);
    return learn_rfm(builder, more)
           && sotto_clusters_learn(material->sessions, material->baskets, learned->order,
                                   learned->item_count, material->items->count,
                                   builder->options->min_shoppers, more, NULL, builder->fault);
}

static bool pack(model_builder *builder, sotto_bytes *model)
{
    const sotto_train_options *options = builder->options;
    sotto_learned learned = sotto_span_learned(&builder->all, builder->material,
                                               &builder->links.recipe, &builder->packing);
    bool limited = options->budget > 0 || options->item_budget > 0 || builder->choice.better;
    sotto_budget budget = {0, builder->choice.vector_share};
    budget.bytes = limited ? (uint64_t)(bytes_per_item(builder) * learned.item_count + 0.5) : 0;
    if (builder->choice.better) {
        learned.vectors = &builder->vectors.all;
        learned.reranker = &builder->choice.reranker;
        learned.trees = builder->trees.count > 0 ? &builder->trees : NULL;
        builder->summary->dimensions = learned.vectors->vectors.dimensions;
    }
    sotto_section_list more = {0};
    sotto_packed packed;
    learned.more = &more;
    tell(builder, "packing", 0, 1);
    bool good = learn_more(builder, &learned, budget.bytes, &more)
                && sotto_pack(&learned, &budget, &packed, builder->fault);
    sotto_section_list_free(&more);
    if (!good) {
        return false;
    }
    *model = packed.model;
    summarise(builder, &packed);
    tell(builder, "packing", 1, 1);
    return true;
}

static bool check_options(const sotto_train_options *options, sotto_train_fault *fault)
{
    if (options->max_links < 1 || options->max_links > SOTTO_MAX_LINKS) {
        return sotto_fault_set(fault, "max_links is %u, not 1 to %d", options->max_links,
                               SOTTO_MAX_LINKS);
    }
    if (options->min_shoppers < 1) {
        return sotto_fault_set(fault, "min_shoppers is 0, not at least 1");
    }
    return true;
}

/* Files of another program's, before anything that takes long: trees, and where examples go. */
static bool open_files(model_builder *builder)
{
    sotto_boosted boosted = {NULL, 0};
    sotto_examples examples;
    if (!sotto_examples_begin(&examples, builder->options->examples, builder->fault)
        || !sotto_examples_finish(&examples, false, builder->fault)) {
        return false;
    }
    if (builder->options->trees == NULL) {
        return true;
    }
    bool good = sotto_tree_file_read(builder->options->trees, SOTTO_FEATURES, &boosted,
                                     builder->fault)
                && (sotto_quantise_trees(&boosted, &builder->trees) || out_of_memory(builder));
    sotto_boosted_free(&boosted);
    return good;
}

/* What was asked for and cannot be had. */
static bool check_ranker(const model_builder *builder)
{
    const sotto_train_options *options = builder->options;
    const char *note = builder->summary->ranker_note;
    if (options->examples != NULL && builder->choice.question_count == 0) {
        return sotto_fault_set(builder->fault, "%s: there are no examples to write: %s",
                               options->examples, note);
    }
    return options->trees == NULL || builder->choice.better
           || sotto_fault_set(builder->fault, "%s: there is nothing that trees could order: %s",
                              options->trees, note);
}

/* Measured on click logs: four codes, 1.3 apart, are 0.05 HR better and 0.5 bits a link larger. */
sotto_packing sotto_packing_of(const sotto_train_options *options)
{
    return (sotto_packing){options->max_links, 3, 1.2};
}

bool sotto_build(const sotto_material *material, const sotto_train_options *options,
                 sotto_bytes *model, uint32_t **order, sotto_train_summary *summary,
                 sotto_train_fault *fault)
{
    model_builder *builder = calloc(1, sizeof *builder);
    if (builder == NULL) {
        return sotto_fault_set(fault, "not enough memory");
    }
    builder->material = material;
    builder->options = options;
    builder->summary = summary;
    builder->fault = fault;
    builder->packing = sotto_packing_of(options);
    bool good = check_options(options, fault) && open_files(builder);
    if (good) {
        builder->tail = sotto_material_tail(material);
        good = tune(builder) && check_ranker(builder);
        good = good
               && sotto_span_learn(material, SOTTO_SPAN_ALL, options->min_shoppers,
                                   &builder->links.recipe, &builder->packing, tell_phase, builder,
                                   &builder->all, fault)
               && (sotto_span_localise(&builder->all, builder->links.locality, options->max_links)
                   || out_of_memory(builder));
        sotto_span_settle(&builder->all);
    }
    if (good && builder->choice.better) {
        good = sotto_vectors_finish_all(&builder->vectors) || out_of_memory(builder);
    }
    good = good && pack(builder, model);
    summary->item_count = material->items->count;
    summary->reversed = builder->vectors.reversed;
    summary->teachers = builder->vectors.teacher_count;
    summary->vector_hr20 = builder->vectors.hr20;
    summary->vector_mrr20 = builder->vectors.mrr20;
    summary->locality = builder->links.locality;
    sotto_recipe_print(&builder->links.recipe, summary->recipe, sizeof summary->recipe);
    if (builder->vectors.task != NULL) {
        sotto_vectors_free(&builder->vectors);
    }
    if (good && order != NULL) {
        *order = builder->all.order;
        builder->all.order = NULL;
    }
    sotto_span_free(&builder->all);
    sotto_quantised_trees_free(&builder->trees);
    free(builder);
    return good;
}

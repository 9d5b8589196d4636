/*
 * build.c - from sessions and baskets to a model
 *
 *     older sessions --count--> pairs --+
 *                                       +--> tune --> recipe
 *     latest sessions ---- questions ---+               |
 *                                                       v
 *     all sessions ----count--> pairs ------------> next links ---+
 *     all baskets  ----count--> pairs ------------> together -----+--> order --> pack
 *     all sessions ------------------------------> popular lists -+
 */
#include "train/build.h"

#include "train/order.h"

#include <stdlib.h>
#include <string.h>

#define TAIL_SHARE      0.08 /* of the sessions, the latest, to tune on */
#define LEAST_QUESTIONS 200u /* fewer tell nothing: the built-in recipe is used */
/* Measured on four click logs: sixteen finer codes are no better, six coarser ones lose 0.3 HR. */
#define CODE_COUNT 8u
#define CODE_STEP  0.6

typedef struct model_builder {
    const sotto_material      *material;
    const sotto_train_options *options;
    sotto_packing              packing;
    sotto_recipe               recipe;
    sotto_popular              popular;
    sotto_links                next, together;
    uint32_t                  *order;
    sotto_train_summary       *summary;
    sotto_train_fault         *fault;
} model_builder;

static void tell(const model_builder *builder, const char *phase, uint64_t done, uint64_t total)
{
    if (builder->options->progress_fn != NULL) {
        builder->options->progress_fn(builder->options->progress_context, phase, done, total);
    }
}

static void tell_trial(void *context, uint32_t trial, uint32_t expected)
{
    tell(context, "tuning", trial < expected ? trial : expected, expected);
}

static bool out_of_memory(const model_builder *builder)
{
    return sotto_fault_set(builder->fault, "not enough memory for %u items and %u sessions",
                           builder->material->items->count, builder->material->sessions->count);
}

/* Tunes on the latest sessions with pairs of the older ones. */
static bool tune_on_tail(model_builder *builder, uint32_t cut)
{
    const sotto_material *material = builder->material;
    uint32_t item_count = material->items->count;
    sotto_sequences older = *material->sessions;
    sotto_pairs pairs = {0};
    sotto_popular popular = {0};
    sotto_metrics metrics = {0};
    older.count = cut;
    bool good = sotto_pairs_of_sessions(&older, 0, cut, item_count, builder->options->min_shoppers,
                                        &pairs)
                && sotto_popular_make(&older, item_count, material->items->hashes, &popular);
    uint32_t last = material->sessions->count;
    uint64_t questions = sotto_exam_size(material->sessions, cut, last);
    sotto_exam exam = {material->sessions, cut, last, 1, material->items->hashes, popular.codes};
    exam.every = (uint32_t)((questions + SOTTO_EXAM_QUESTIONS - 1) / SOTTO_EXAM_QUESTIONS);
    good = good
           && sotto_tune(&pairs, &exam, &builder->packing, tell_trial, builder, &builder->recipe,
                         &metrics);
    builder->summary->tuned_hr20 = sotto_metrics_hr(&metrics);
    builder->summary->tuned_mrr20 = sotto_metrics_mrr(&metrics);
    builder->summary->tuned_query_count = (uint32_t)metrics.queries;
    sotto_pairs_free(&pairs);
    sotto_popular_free(&popular);
    return good || out_of_memory(builder);
}

static bool choose_recipe(model_builder *builder)
{
    const sotto_sequences *sessions = builder->material->sessions;
    builder->recipe = sotto_recipe_defaults();
    uint32_t cut = sessions->count - (uint32_t)(sessions->count * TAIL_SHARE);
    if (!builder->options->tune || cut == 0
        || sotto_exam_size(sessions, cut, sessions->count) < LEAST_QUESTIONS) {
        return true;
    }
    return tune_on_tail(builder, cut);
}

static bool link_next(model_builder *builder)
{
    const sotto_material *material = builder->material;
    sotto_pairs pairs = {0};
    tell(builder, "counting views", 0, 1);
    bool good =
        sotto_pairs_of_sessions(material->sessions, 0, material->sessions->count,
                                material->items->count, builder->options->min_shoppers, &pairs);
    tell(builder, "linking views", 0, 1);
    good = good && sotto_links_next(&pairs, &builder->recipe, builder->packing.max_links,
                                    builder->packing.direct_only, NULL, &builder->next);
    builder->summary->unsupported_pair_count += pairs.unsupported;
    sotto_pairs_free(&pairs);
    return good || out_of_memory(builder);
}

static bool link_together(model_builder *builder)
{
    const sotto_material *material = builder->material;
    sotto_pairs pairs = {0};
    if (material->baskets == NULL || material->baskets->count == 0) {
        return true;
    }
    tell(builder, "counting baskets", 0, 1);
    bool good =
        sotto_pairs_of_baskets(material->baskets, 0, material->baskets->count,
                               material->items->count, builder->options->min_shoppers, &pairs);
    tell(builder, "linking baskets", 0, 1);
    uint32_t max_links = (builder->packing.max_links * 3 + 4) / 5;
    good = good && sotto_links_together(&pairs, max_links, &builder->together);
    builder->summary->unsupported_pair_count += pairs.unsupported;
    builder->summary->large_basket_count = pairs.large_baskets;
    sotto_pairs_free(&pairs);
    return good || out_of_memory(builder);
}

static bool order_items(model_builder *builder)
{
    uint32_t item_count = builder->material->items->count;
    const sotto_links *tables[2] = {builder->next.links != NULL ? &builder->next : NULL,
                                    builder->together.links != NULL ? &builder->together : NULL};
    tell(builder, "ordering items", 0, 1);
    builder->order = malloc(((size_t)item_count + 1) * sizeof *builder->order);
    return (builder->order != NULL && sotto_order_items(item_count, tables, 2, builder->order)
            && sotto_popular_make(builder->material->sessions, item_count,
                                  builder->material->items->hashes, &builder->popular))
           || out_of_memory(builder);
}

static bool pack(model_builder *builder, sotto_bytes *model)
{
    sotto_learned learned = {
        .items = builder->material->items,
        .next = builder->next.links != NULL ? &builder->next : NULL,
        .together = builder->together.links != NULL ? &builder->together : NULL,
        .popular = &builder->popular,
        .recipe = &builder->recipe,
        .packing = builder->packing,
        .order = builder->order,
    };
    sotto_packed packed;
    tell(builder, "packing", 0, 1);
    if (!sotto_pack(&learned, builder->options->budget, &packed, builder->fault)) {
        return false;
    }
    *model = packed.model;
    builder->summary->next_link_count = packed.next_links;
    builder->summary->together_link_count = packed.together_links;
    builder->summary->model_size = packed.model.size;
    builder->summary->ids_size = packed.ids_size;
    builder->summary->max_links_used = packed.longest_row;
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

bool sotto_build(const sotto_material *material, const sotto_train_options *options,
                 sotto_bytes *model, uint32_t **order, sotto_train_summary *summary,
                 sotto_train_fault *fault)
{
    model_builder builder = {
        .material = material, .options = options, .summary = summary, .fault = fault};
    builder.packing = (sotto_packing){options->max_links, options->min_shoppers > 1, CODE_COUNT,
                                      CODE_STEP};
    bool good = check_options(options, fault) && choose_recipe(&builder) && link_next(&builder)
                && link_together(&builder) && order_items(&builder) && pack(&builder, model);
    summary->item_count = material->items->count;
    sotto_recipe_print(&builder.recipe, summary->recipe, sizeof summary->recipe);
    sotto_links_free(&builder.next);
    sotto_links_free(&builder.together);
    sotto_popular_free(&builder.popular);
    if (good && order != NULL) {
        *order = builder.order;
    } else {
        free(builder.order);
    }
    return good;
}

/*
 * eval.c - how good is the published model?
 *
 *     material --build--> bytes --open--> core <--questions-- ask_fn
 *                           |               |
 *                          cost         scores, shown
 */
#include "train/eval.h"

#include <stdlib.h>
#include <string.h>

#define SHOP_MIN_SHOPPERS 3u /* what a shop publishes unless it says otherwise */

typedef struct eval_turn {
    const sotto_material     *material;
    const sotto_train_options *options;
    sotto_eval_ask_fn         ask_fn;
    const void               *context;
} eval_turn;

static bool finish(const sotto_eval_master *master, sotto_eval_result *result,
                   sotto_train_fault *fault)
{
    if (master->out_of_memory || !sotto_eval_scores_finish(&master->scores, &result->quality)
        || !sotto_eval_scores_finish(&master->best_sellers, &result->best_sellers)) {
        return sotto_fault_set(fault, "not enough memory for the evaluation");
    }
    sotto_eval_shown_finish(&master->shown, &result->beyond);
    double questions = (double)result->quality.questions;
    result->answered = master->answered;
    result->us_per_decision = questions > 0 ? master->seconds * 1e6 / questions : 0;
    return true;
}

static bool run_once(const eval_turn *turn, sotto_eval_result *result, sotto_train_fault *fault)
{
    sotto_train_summary summary = {0};
    sotto_bytes model = {0};
    sotto_eval_master master = {0};
    double begun_s = sotto_eval_now_s(), begun_cpu_s = sotto_eval_process_s();
    bool good = sotto_build(turn->material, turn->options, &model, NULL, &summary, fault);
    result->train_s += sotto_eval_now_s() - begun_s;
    result->train_cpu_s = sotto_eval_process_s() - begun_cpu_s;
    result->peak_mb = sotto_eval_peak_mb(); /* before what is no part of training */
    result->items = summary.item_count;
    result->links = summary.next_link_count + summary.together_link_count;
    result->min_shoppers = turn->options->min_shoppers;
    result->summary = summary;
    good = good && sotto_eval_cost_measure(&model, &result->cost, fault)
           && sotto_eval_master_open(&master, &model, NULL, turn->material->items,
                                     turn->material->sessions, fault);
    if (good) {
        turn->ask_fn(turn->context, &master);
        good = finish(&master, result, fault);
    }
    sotto_eval_master_close(&master);
    free(model.bytes);
    return good;
}

static sotto_eval_support support_of(const sotto_eval_result *result)
{
    return (sotto_eval_support){result->min_shoppers, result->quality, result->links,
                                result->cost.model_bytes};
}

/* The same once more: with 1 where the shop asks for more shoppers, with the default where not. */
static bool compare_support(const eval_turn *turn, sotto_eval_result *result,
                            sotto_train_fault *fault)
{
    sotto_train_options options = *turn->options;
    sotto_eval_result other = {0};
    eval_turn again = *turn;
    again.options = &options;
    bool is_one = options.min_shoppers == 1;
    options.min_shoppers = is_one ? SHOP_MIN_SHOPPERS : 1;
    options.examples = NULL; /* they are the first turn's */
    if (!run_once(&again, &other, fault)) {
        return false;
    }
    result->has_support = true;
    result->support[0] = support_of(is_one ? result : &other);
    result->support[1] = support_of(is_one ? &other : result);
    return true;
}

bool sotto_eval_run(const sotto_material *material, const sotto_eval_options *options,
                    sotto_eval_ask_fn ask_fn, const void *context, sotto_eval_result *result,
                    sotto_train_fault *fault)
{
    eval_turn turn = {material, &options->train, ask_fn, context};
    return run_once(&turn, result, fault)
           && (!options->compare_support || compare_support(&turn, result, fault));
}

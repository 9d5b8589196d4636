/*
 * choose_links.c - how counts become links and links a ranking, by the latest sessions
 *
 * The recipe is tuned first (tune.c), with every item where it happens to stand. Then the older
 * sessions are linked by it and their items ordered, and now that distances are known, it is
 * chosen how much links should keep to their neighbourhood (localise.c).
 */
#include "train/choose_links.h"

#include <stdlib.h>
#include <string.h>

#define LOCALITY_GAIN 0.1 /* points of HR@20 + MRR@20 that smaller links may cost */

static void tell_phase(void *context, const char *phase)
{
    const sotto_link_task *task = context;
    if (task->progress_fn != NULL) {
        task->progress_fn(task->progress_context, phase, 0, 1);
    }
}

static void tell_trial(void *context, uint32_t trial, uint32_t expected)
{
    const sotto_link_task *task = context;
    if (task->progress_fn != NULL) {
        task->progress_fn(task->progress_context, "tuning", trial < expected ? trial : expected,
                          expected);
    }
}

static bool out_of_memory(const sotto_link_task *task, sotto_train_fault *fault)
{
    return sotto_fault_set(fault, "not enough memory for %u items and %u sessions",
                           task->material->items->count, task->material->sessions->count);
}

static sotto_exam make_exam(const sotto_link_task *task, const uint8_t *popularity)
{
    const sotto_sequences *sessions = task->material->sessions;
    uint64_t questions = sotto_exam_size(sessions, task->tail, sessions->count);
    return (sotto_exam){
        .sessions = sessions,
        .first = task->tail,
        .last = sessions->count,
        .every = (uint32_t)((questions + SOTTO_EXAM_QUESTIONS - 1) / SOTTO_EXAM_QUESTIONS),
        .hashes = task->material->items->hashes,
        .popularity = popularity,
    };
}

static bool tune_recipe(const sotto_link_task *task, sotto_link_choice *choice,
                        sotto_train_fault *fault)
{
    const sotto_material *material = task->material;
    sotto_sequences older = *material->sessions;
    sotto_pairs pairs = {0};
    sotto_popular popular = {0};
    older.count = task->tail;
    if (!sotto_material_pairs(material, SOTTO_PAIRS_NEXT, SOTTO_SPAN_OLDER, task->min_shoppers,
                              &pairs, fault)) {
        return false;
    }
    bool good = sotto_popular_make(&older, material->items->count, material->items->hashes,
                                   &popular);
    sotto_exam exam = make_exam(task, popular.codes);
    good = good
           && sotto_tune(&pairs, &exam, task->packing, tell_trial, (void *)task, &choice->recipe,
                         &choice->metrics);
    sotto_pairs_free(&pairs);
    sotto_popular_free(&popular);
    return good || out_of_memory(task, fault);
}

/* What links are worth on the tail, as they would be published. */
static bool rehearse(const sotto_link_task *task, const sotto_recipe *recipe,
                     const sotto_span_model *older, sotto_metrics *metrics)
{
    const sotto_links *links = &older->tables[SOTTO_TABLE_NEXT];
    sotto_ranking_weights ranking = sotto_recipe_weights(recipe);
    sotto_exam exam = make_exam(task, older->popular.codes);
    sotto_codes codes = {0};
    uint32_t *weights = NULL;
    bool good = sotto_quantise_rows(links, task->packing->code_count, task->packing->code_step,
                                    &codes)
                && sotto_rehearse_weights(links, &codes, &weights)
                && sotto_rehearse(links, weights, &ranking, &exam, metrics);
    sotto_codes_free(&codes);
    free(weights);
    return good;
}

static bool choose_locality(const sotto_link_task *task, sotto_link_choice *choice,
                            sotto_span_model *older)
{
    static const double localities[] = {0, 0.1, 0.2, 0.3, 0.45};
    uint32_t max_links = task->packing->max_links;
    double best = 0;
    bool good = true;
    for (size_t i = 0; good && i < sizeof localities / sizeof *localities; i++) {
        sotto_metrics metrics = {0};
        good = sotto_span_localise(older, localities[i], max_links)
               && rehearse(task, &choice->recipe, older, &metrics);
        double worth = sotto_metrics_hr(&metrics) + sotto_metrics_mrr(&metrics);
        if (worth > best - LOCALITY_GAIN) { /* it also saves bytes */
            best = worth > best ? worth : best;
            choice->locality = localities[i];
        }
    }
    good = good && sotto_span_localise(older, choice->locality, max_links);
    sotto_span_settle(older);
    return good;
}

bool sotto_choose_links(const sotto_link_task *task, sotto_link_choice *choice,
                        sotto_span_model *older, sotto_train_fault *fault)
{
    *choice = (sotto_link_choice){.recipe = sotto_recipe_defaults()};
    memset(older, 0, sizeof *older);
    return tune_recipe(task, choice, fault)
           && sotto_span_learn(task->material, SOTTO_SPAN_OLDER, task->min_shoppers,
                               &choice->recipe, task->packing, tell_phase, (void *)task, older,
                               fault)
           && (choose_locality(task, choice, older) || out_of_memory(task, fault));
}

/*
 * choose_ranker.c - fit the re-ranker on the latest sessions, and say what each part is worth
 *
 *     |------------- older sessions -------------|- first half -|- second half -|
 *        tables, vectors, popularity                  fit            judge
 *
 * The model of the older sessions is packed and asked about the tail. What is judged is judged on
 * the second half of the tail, by a network that has only seen the first: how the budget is best
 * divided between vectors and links, whether a ranker is worth having at all, and what would be
 * lost without each kind of knowledge. The network that is published then learns from both halves.
 *
 * The tables and vectors that are published are newer than those the network was fitted behind, by
 * the tail. Only the network's scaling stays as it was.
 */
#include "train/choose_ranker.h"

#include "model/reranker.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_QUESTIONS   600u /* in the tail; fewer decide nothing */
#define TRIAL_QUESTIONS   8000u
#define FINAL_QUESTIONS   24000u
#define THOROUGH_QUESTIONS 60000u
#define LEAST_GAIN        0.2 /* points of HR@20 + MRR@20 that a ranker must bring */
#define BIT(feature)      (1ull << (feature))

/*
 * Ways to divide a budget that are tried; how many depends on the effort. The first did best on
 * most logs, and another must be clearly better. Less than a tenth for links is not considered: a
 * page's first decision has nothing else.
 */
static const double shares[] = {0.84, 0.7, 0.9, 0.6};
static const uint32_t share_counts[] = {
    [SOTTO_EFFORT_LOW] = 1, [SOTTO_EFFORT_NORMAL] = 2, [SOTTO_EFFORT_HIGH] = 4};
#define SHARE_GAIN 0.6 /* points of HR@20 + MRR@20: less may be chance */

/* What is taken away, to see what it brought. */
static const struct {
    const char *name;
    uint64_t    features;
    bool        linear;
} without[] = {
    {"without links", BIT(SOTTO_FEATURE_LINKS_LOG) | BIT(SOTTO_FEATURE_LINKED)
                          | BIT(SOTTO_FEATURE_LINK_RANK_LOG) | BIT(SOTTO_FEATURE_LAST_LINK_LOG)
                          | BIT(SOTTO_FEATURE_BEST_LINKS_LOG)
                          | BIT(SOTTO_FEATURE_SECOND_LINK_LOG)
                          | BIT(SOTTO_FEATURE_THIRD_LINK_LOG) | BIT(SOTTO_FEATURE_VOTES),
     false},
    {"without popularity", BIT(SOTTO_FEATURE_COUNT_LOG) | BIT(SOTTO_FEATURE_LAST_COUNT_LOG)
                               | BIT(SOTTO_FEATURE_COUNT_AGAINST),
     false},
    {"without recency", BIT(SOTTO_FEATURE_RECENT_LOG) | BIT(SOTTO_FEATURE_LAST_RECENT_LOG)
                            | BIT(SOTTO_FEATURE_RECENT_AGAINST),
     false},
    {"without repeats", BIT(SOTTO_FEATURE_REPEAT_0) | BIT(SOTTO_FEATURE_REPEAT_1)
                            | BIT(SOTTO_FEATURE_REPEAT_2) | BIT(SOTTO_FEATURE_REPEAT_OLDER)
                            | BIT(SOTTO_FEATURE_OCCURRENCES) | BIT(SOTTO_FEATURE_LAST_OTHERS)
                            | BIT(SOTTO_FEATURE_REPEAT_AGE_LOG) | BIT(SOTTO_FEATURE_SHARE),
     false},
    {"without the session's length", BIT(SOTTO_FEATURE_LENGTH_LOG) | BIT(SOTTO_FEATURE_DISTINCT)
                                         | BIT(SOTTO_FEATURE_LAST_TWICE)
                                         | BIT(SOTTO_FEATURE_HAS_SECOND)
                                         | BIT(SOTTO_FEATURE_HAS_THIRD),
     false},
    {"without hidden units", 0, true},
};

static void tell(const sotto_ranker_task *task, const char *phase)
{
    if (task->progress_fn != NULL) {
        task->progress_fn(task->progress_context, phase);
    }
}

static double worth(const sotto_metrics *metrics)
{
    return sotto_metrics_hr(metrics) + sotto_metrics_mrr(metrics);
}

static void note(sotto_ranker_choice *choice, const char *name, const sotto_metrics *metrics)
{
    if (choice->part_count < SOTTO_PART_SCORES_MAX) {
        choice->parts[choice->part_count++] =
            (sotto_part_score){name, sotto_metrics_hr(metrics), sotto_metrics_mrr(metrics)};
    }
}

/*
 * Packs the model of the older sessions and asks it about the tail. Where the budget has no room
 * for vectors there are no lists.
 */
static bool gather(const sotto_ranker_task *task, double vector_share, uint32_t questions,
                   const char *examples, sotto_ranker_choice *choice, sotto_gathered *gathered, sotto_train_fault *fault)
{
    memset(gathered, 0, sizeof *gathered);
    const sotto_sequences *sessions = task->material->sessions;
    sotto_learned learned =
        sotto_span_learned(task->older, task->material, task->recipe, task->packing);
    sotto_budget budget = {(uint64_t)(task->bytes_per_item * learned.item_count), vector_share};
    sotto_packed packed;
    learned.vectors = task->vectors;
    sotto_train_fault too_small;
    if (!sotto_pack(&learned, &budget, &packed, &too_small)) {
        return true; /* packing everything will say what is wrong */
    }
    double items = learned.item_count > 0 ? learned.item_count : 1;
    choice->bytes_per_item = (double)(packed.model.size - packed.ids_size) / items;
    choice->links_per_item = (double)packed.links[SOTTO_TABLE_NEXT] / items;
    uint64_t all = sotto_exam_size(sessions, task->older->session_count, sessions->count);
    sotto_list_source source = {
        .model = &packed.model,
        .order = task->older->order,
        .item_count = task->older->item_count,
        .all_items = task->material->items->count,
        .sessions = sessions,
        .first = task->older->session_count,
        .last = sessions->count,
        .every = (uint32_t)((all + questions - 1) / questions),
        .examples = examples,
    };
    bool good = packed.widths.class_count == 0 || sotto_gather_lists(&source, gathered, fault);
    free(packed.model.bytes);
    return good;
}

static sotto_reranker_options options_of(const sotto_ranker_task *task)
{
    sotto_reranker_options options = sotto_reranker_defaults();
    options.seed = task->seed + 101;
    return options;
}

/* Fits on the first half of the lists and asks the second. */
static bool judge(const sotto_gathered *gathered, const sotto_reranker_options *options,
                  sotto_metrics *metrics, sotto_train_fault *fault)
{
    sotto_reranker_net net;
    uint32_t half = gathered->lists.count / 2;
    bool good = sotto_fit_reranker(&gathered->lists, 0, half, options, &net)
                && sotto_ask_reranker(&gathered->lists, half, gathered->lists.count, &net, metrics);
    sotto_reranker_net_free(&net);
    return good || sotto_fault_set(fault, "not enough memory to fit the re-ranker");
}

/* ---- how to divide the budget ---------------------------------------------------------------- */

static bool choose_share(const sotto_ranker_task *task, sotto_ranker_choice *choice,
                         sotto_train_fault *fault)
{
    uint32_t count = task->bytes_per_item > 0 ? share_counts[task->effort] : 1;
    double best = 0;
    choice->vector_share = shares[0];
    for (uint32_t i = 0; count > 1 && i < count; i++) {
        sotto_gathered gathered;
        sotto_metrics metrics = {0};
        sotto_reranker_options options = options_of(task);
        options.epochs = 4;
        tell(task, "dividing the budget");
        if (!gather(task, shares[i], TRIAL_QUESTIONS, NULL, choice, &gathered, fault)) {
            return false;
        }
        bool good =
            gathered.lists.count == 0 || judge(&gathered, &options, &metrics, fault);
        sotto_gathered_free(&gathered);
        if (!good) {
            return false;
        }
        if (i == 0 || worth(&metrics) > best + SHARE_GAIN) {
            best = worth(&metrics);
            choice->vector_share = shares[i];
        }
    }
    return true;
}

/* ---- what each part is worth ----------------------------------------------------------------- */

static bool judge_parts(const sotto_ranker_task *task, const sotto_gathered *gathered,
                        sotto_ranker_choice *choice, sotto_train_fault *fault)
{
    uint32_t half = gathered->lists.count / 2, last = gathered->lists.count;
    sotto_metrics tables = sotto_gathered_metrics(gathered->table_ranks, half, last);
    sotto_metrics vectors = sotto_gathered_metrics(gathered->vector_ranks, half, last);
    sotto_metrics all;
    sotto_reranker_options options = options_of(task);
    tell(task, "fitting the re-ranker");
    if (!judge(gathered, &options, &all, fault)) {
        return false;
    }
    note(choice, "links alone", &tables);
    note(choice, "vectors alone", &vectors);
    note(choice, "both, re-ranked", &all);
    choice->better = worth(&all) > worth(&tables) + LEAST_GAIN;
    choice->question_count = last - half;
    size_t count = task->weigh_parts ? sizeof without / sizeof *without : 0;
    for (size_t i = 0; i < count; i++) {
        sotto_metrics metrics;
        sotto_reranker_options less = options;
        less.features &= ~without[i].features;
        less.hidden = without[i].linear ? 0 : options.hidden;
        tell(task, "weighing the parts");
        if (!judge(gathered, &less, &metrics, fault)) {
            return false;
        }
        note(choice, without[i].name, &metrics);
    }
    return true;
}

static bool fit(const sotto_ranker_task *task, const sotto_gathered *gathered,
                sotto_ranker_choice *choice, sotto_train_fault *fault)
{
    sotto_reranker_net net;
    sotto_reranker_options options = options_of(task);
    tell(task, "fitting the re-ranker");
    if (!sotto_fit_reranker(&gathered->lists, 0, gathered->lists.count, &options, &net)) {
        return sotto_fault_set(fault, "not enough memory to fit the re-ranker");
    }
    sotto_quantise_reranker(&net, &gathered->scaling, &choice->reranker);
    sotto_reranker_net_free(&net);
    return true;
}

bool sotto_choose_ranker(const sotto_ranker_task *task, sotto_ranker_choice *choice,
                         sotto_train_fault *fault)
{
    const sotto_sequences *sessions = task->material->sessions;
    sotto_gathered gathered;
    *choice = (sotto_ranker_choice){.note = "too few sessions"};
    if (task->vectors->supported_count == 0
        || sotto_exam_size(sessions, task->older->session_count, sessions->count)
               < LEAST_QUESTIONS) {
        return true;
    }
    if (!choose_share(task, choice, fault)) {
        return false;
    }
    tell(task, "asking the model");
    uint32_t questions =
        task->effort == SOTTO_EFFORT_HIGH ? THOROUGH_QUESTIONS : FINAL_QUESTIONS;
    if (!gather(task, choice->vector_share, questions, task->examples, choice, &gathered,
                fault)) {
        return false;
    }
    if (gathered.lists.count == 0) {
        choice->note = "no room for vectors in the budget";
        return true;
    }
    choice->note = "no better than links alone";
    bool good = judge_parts(task, &gathered, choice, fault)
                && (!choice->better || fit(task, &gathered, choice, fault));
    choice->note = choice->better ? NULL : choice->note;
    sotto_gathered_free(&gathered);
    return good;
}

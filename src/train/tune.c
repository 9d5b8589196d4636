/*
 * tune.c - choose a recipe on sessions that were not counted
 *
 * Coordinate search: take one knob, go a step up or down, keep what is better, go on in that
 * direction while it stays better, next knob. After each round all steps get smaller. What is
 * maximised is HR@20 + MRR@20: found at all, and found near the top.
 *
 * How strong a repeat must be depends on how large the largest weights of a row are, so links that
 * would be better often look worse until the repeats have followed. New links are therefore asked
 * about with the repeats as they are, weaker and stronger, and judged by the best of the three.
 *
 * Knobs of the ranking need no new links; they are turned first and after each round of the others.
 */
#include "train/tune.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS       3
#define SHRINK       0.6
#define LEAST_GAIN   0.005 /* percentage points; less is noise */
#define MAX_STRIDES  4     /* in one direction, before the next knob */
#define TABLE_TRIALS 64
#define WORK         (12ull << 30) /* additions, about; 64 trials of a shop with 100,000 items */

/* A step is added, or multiplied with where only the order of magnitude is known. */
static const struct {
    double step, least, most;
    bool   factor;
} moves[SOTTO_KNOB_COUNT] = {
    [SOTTO_FORWARD_POWER] = {0.4, 0, 4, false},
    [SOTTO_BACKWARD_WEIGHT] = {0.3, 0, 2, false},
    [SOTTO_BACKWARD_POWER] = {0.4, 0, 4, false},
    [SOTTO_AGE_DECAY] = {0.6, 0, 6, false},
    [SOTTO_POPULARITY_POWER] = {0.12, 0, 1, false},
    [SOTTO_CONTRAST] = {0.2, 0.2, 3, false},
    [SOTTO_HOP] = {1.8, 0.02, 40, true},
    [SOTTO_HOP_SHRINK] = {0.15, 0, 2, false},
    [SOTTO_POSITION_DECAY] = {1.5, 0.05, 6, true},
    [SOTTO_POSITION_FLOOR] = {0.03, 0, 0.5, false},
    [SOTTO_REPEAT_SCALE] = {1.3, 0.05, 20, true},
    [SOTTO_REPEAT_LAST] = {1.6, 0.001, 30, true},
    [SOTTO_REPEAT_SECOND] = {1.6, 0.001, 30, true},
    [SOTTO_REPEAT_OLDER] = {1.6, 0.001, 30, true},
    [SOTTO_REPEAT_DECAY] = {0.15, 0, 1, false},
    [SOTTO_POPULARITY_WEIGHT] = {3, 0.00001526, 0.1, true},
};

typedef struct knob_search {
    const sotto_pairs   *pairs;
    const sotto_exam    *exam;
    const sotto_packing *packing;
    uint8_t             *asked;  /* by item: do questions look at its links? */
    sotto_recipe         recipe; /* the best so far */
    sotto_links          links;  /* and its links */
    uint32_t            *weights;
    sotto_metrics        metrics;
    uint32_t             trial, trials_expected, table_trials_left;
    sotto_tune_progress_fn progress_fn;
    void                  *progress_context;
} knob_search;

static double value_of(const sotto_metrics *metrics)
{
    return sotto_metrics_hr(metrics) + sotto_metrics_mrr(metrics);
}

static bool build(const knob_search *search, const sotto_recipe *recipe, sotto_links *links,
                  uint32_t **weights)
{
    sotto_codes codes = {0};
    *weights = NULL;
    memset(links, 0, sizeof *links);
    bool good = sotto_links_next(search->pairs, recipe, search->packing->max_links,
                                 search->asked, links)
                && sotto_quantise_rows(links, search->packing->code_count,
                                       search->packing->code_step, &codes)
                && sotto_rehearse_weights(links, &codes, weights);
    sotto_codes_free(&codes);
    if (!good) {
        sotto_links_free(links);
        free(*weights);
        *weights = NULL;
    }
    return good;
}

/* Makes the recipe the best so far if it is. `*better` says so. */
static bool try_recipe(knob_search *search, const sotto_recipe *recipe, bool new_links,
                       bool *better)
{
    sotto_links links = search->links;
    uint32_t *weights = search->weights;
    if (new_links && !build(search, recipe, &links, &weights)) {
        return false;
    }
    *better = false;
    bool good = true;
    for (size_t i = 0; good && i < (new_links ? 3 : 1); i++) {
        static const double scales[3] = {1, 0.8, 1.25};
        sotto_recipe scaled = *recipe;
        sotto_metrics metrics;
        scaled.knobs[SOTTO_REPEAT_SCALE] *= scales[i];
        sotto_ranking_weights ranking = sotto_recipe_weights(&scaled);
        good = sotto_rehearse(&links, weights, &ranking, search->exam, &metrics);
        if (good && value_of(&metrics) > value_of(&search->metrics) + LEAST_GAIN) {
            *better = true;
            search->recipe = scaled;
            search->metrics = metrics;
        }
    }
    if (new_links) { /* one of the two sets of links goes */
        sotto_links *loser = *better ? &search->links : &links;
        sotto_links_free(loser);
        free(*better ? search->weights : weights);
        search->links = *better ? links : search->links;
        search->weights = *better ? weights : search->weights;
    }
    search->trial++;
    if (search->progress_fn != NULL) {
        search->progress_fn(search->progress_context, search->trial, search->trials_expected);
    }
    return good;
}

static double moved(double value, size_t knob, double scale, int direction)
{
    double step =
        moves[knob].factor ? 1 + (moves[knob].step - 1) * scale : moves[knob].step * scale;
    double next = !moves[knob].factor ? value + direction * step
                  : direction > 0     ? value * step
                                      : value / step;
    next = next < moves[knob].least ? moves[knob].least : next;
    return next > moves[knob].most ? moves[knob].most : next;
}

static bool turn_knob(knob_search *search, size_t knob, double scale)
{
    bool new_links = knob < SOTTO_FIRST_RANKING_KNOB;
    for (int direction = -1; direction <= 1; direction += 2) {
        bool better = true;
        int strides = 0;
        for (; better && strides < MAX_STRIDES; strides++) {
            sotto_recipe recipe = search->recipe;
            recipe.knobs[knob] = moved(recipe.knobs[knob], knob, scale, direction);
            bool stuck = recipe.knobs[knob] == search->recipe.knobs[knob];
            if (stuck || (new_links && search->table_trials_left == 0)) {
                break;
            }
            search->table_trials_left -= new_links ? 1 : 0;
            if (!try_recipe(search, &recipe, new_links, &better)) {
                return false;
            }
        }
        if (strides > 1) {
            break; /* it went better this way: the other way was worse */
        }
    }
    return true;
}

static bool turn_knobs(knob_search *search, size_t first, size_t last, double scale)
{
    for (size_t knob = first; knob < last; knob++) {
        if (!turn_knob(search, knob, scale)) {
            return false;
        }
    }
    return true;
}

static bool turn_ranking_knobs(knob_search *search)
{
    static const double scales[] = {1.6, 1, 0.5};
    bool good = true;
    for (size_t i = 0; good && i < sizeof scales / sizeof *scales; i++) {
        good = turn_knobs(search, SOTTO_FIRST_RANKING_KNOB, SOTTO_KNOB_COUNT, scales[i]);
    }
    return good;
}

/*
 * What a repeat is worth has two summits: below the best link, or above all links. Climbs the
 * second one too, with the links as they are, and stays on whichever is better.
 */
static bool climb_both_summits(knob_search *search)
{
    if (!turn_ranking_knobs(search)) {
        return false;
    }
    sotto_recipe recipe = search->recipe;
    sotto_metrics metrics = search->metrics;
    search->recipe.knobs[SOTTO_REPEAT_SCALE] = 1;
    search->recipe.knobs[SOTTO_REPEAT_LAST] = 1;
    search->recipe.knobs[SOTTO_REPEAT_SECOND] = 1.3;
    search->recipe.knobs[SOTTO_REPEAT_OLDER] = 0.2;
    search->metrics = (sotto_metrics){0};
    if (!turn_ranking_knobs(search)) {
        return false;
    }
    if (value_of(&metrics) >= value_of(&search->metrics)) {
        search->recipe = recipe;
        search->metrics = metrics;
    }
    return true;
}

static uint32_t affordable_trials(const knob_search *search)
{
    uint64_t rows = search->pairs->item_count;
    uint64_t reach = (uint64_t)search->packing->max_links * search->packing->max_links * 2;
    uint64_t work = search->pairs->starts[rows] * 4 + rows * reach * 2;
    uint64_t trials = WORK / (work + 1);
    return trials > TABLE_TRIALS ? TABLE_TRIALS : trials < 8 ? 8 : (uint32_t)trials;
}

bool sotto_tune(const sotto_pairs *pairs, const sotto_exam *exam, const sotto_packing *packing,
                sotto_tune_progress_fn progress_fn, void *progress_context, sotto_recipe *recipe,
                sotto_metrics *metrics)
{
    knob_search search = {.pairs = pairs, .exam = exam, .packing = packing, .recipe = *recipe,
                     .progress_fn = progress_fn, .progress_context = progress_context};
    search.table_trials_left = affordable_trials(&search);
    search.trials_expected = search.table_trials_left + 100;
    sotto_ranking_weights ranking = sotto_recipe_weights(recipe);
    search.asked = calloc((size_t)pairs->item_count + 1, 1);
    if (search.asked != NULL) {
        sotto_exam_mark(exam, search.asked);
    }
    bool good = search.asked != NULL && build(&search, recipe, &search.links, &search.weights)
                && sotto_rehearse(&search.links, search.weights, &ranking, exam, &search.metrics);
    good = good && climb_both_summits(&search);
    double scale = 1;
    for (int round = 0; good && round < ROUNDS; round++, scale *= SHRINK) {
        good = turn_knobs(&search, 0, SOTTO_FIRST_RANKING_KNOB, scale)
               && climb_both_summits(&search);
    }
    if (good) {
        *recipe = search.recipe;
        *metrics = search.metrics;
    }
    sotto_links_free(&search.links);
    free(search.weights);
    free(search.asked);
    return good;
}

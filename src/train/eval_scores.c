/*
 * eval_scores.c - how good rankings are, and how sure one may be of that
 *
 * A resample only needs the sums of the groups it draws, so a question is forgotten as soon as it
 * is added to those of its group: a thousand resamples of 60,000 questions take about a second.
 */
#include "train/eval_scores.h"

#include "train/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RESAMPLES 1000u
#define SEED      1u
#define LOW_RANK  25u  /* of RESAMPLES sorted: 2.5 % lie below, ... */
#define HIGH_RANK 974u /* ... 2.5 % above */
#define MEANS     (SOTTO_EVAL_METRICS * SOTTO_EVAL_CUTS)

static const uint32_t cuts[SOTTO_EVAL_CUTS] = {5, 10, 20};

/* ---- marking --------------------------------------------------------------------------------- */

bool sotto_eval_scores_open(sotto_eval_scores *scores)
{
    if (scores->count == scores->room) {
        size_t room = scores->room * 2 + 1024;
        sotto_eval_sums *groups = realloc(scores->groups, room * sizeof *groups);
        if (groups == NULL) {
            return false;
        }
        scores->groups = groups;
        scores->room = room;
    }
    memset(&scores->groups[scores->count++], 0, sizeof *scores->groups);
    return true;
}

static double discount(uint32_t place)
{
    return 1.0 / log2(1.0 + place);
}

void sotto_eval_scores_add(sotto_eval_scores *scores, const bool *right, uint32_t found,
                           uint32_t answers)
{
    sotto_eval_sums *sums = &scores->groups[scores->count - 1];
    sums->questions += 1;
    scores->many_answers = scores->many_answers || answers > 1;
    uint32_t hits = 0, first = 0;
    double gain = 0, best = 0;
    for (uint32_t place = 1, cut = 0; place <= SOTTO_EVAL_DEPTH; place++) {
        if (place <= found && right[place - 1]) {
            first = hits == 0 ? place : first;
            hits++;
            gain += discount(place);
        }
        best += place <= answers ? discount(place) : 0;
        if (place == cuts[cut]) {
            sums->gains[SOTTO_EVAL_HR][cut] += hits > 0 ? 1 : 0;
            sums->gains[SOTTO_EVAL_MRR][cut] += first > 0 ? 1.0 / first : 0;
            sums->gains[SOTTO_EVAL_NDCG][cut] += gain / best;
            sums->gains[SOTTO_EVAL_RECALL][cut] += (double)hits / answers;
            cut++;
        }
    }
}

/* ---- resampling ------------------------------------------------------------------------------ */

static void add_sums(sotto_eval_sums *sums, const sotto_eval_sums *more)
{
    for (uint32_t i = 0; i < MEANS; i++) {
        (&sums->gains[0][0])[i] += (&more->gains[0][0])[i];
    }
    sums->questions += more->questions;
}

static double mean_of(const sotto_eval_sums *sums, uint32_t number)
{
    return sums->questions > 0 ? 100.0 * (&sums->gains[0][0])[number] / sums->questions : 0;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

/* `drawn` takes the means of each resample, metric after metric. */
static void resample(const sotto_eval_scores *scores, double *drawn)
{
    sotto_random random = sotto_random_start(SEED);
    for (uint32_t turn = 0; turn < RESAMPLES; turn++) {
        sotto_eval_sums sums = {0};
        for (size_t i = 0; i < scores->count; i++) {
            uint32_t drawn_group = sotto_random_below(&random, (uint32_t)scores->count);
            add_sums(&sums, &scores->groups[drawn_group]);
        }
        for (uint32_t i = 0; i < MEANS; i++) {
            drawn[i * RESAMPLES + turn] = mean_of(&sums, i);
        }
    }
}

bool sotto_eval_scores_finish(const sotto_eval_scores *scores, sotto_eval_quality *quality)
{
    double *drawn = malloc(MEANS * RESAMPLES * sizeof *drawn);
    if (drawn == NULL) {
        return false;
    }
    sotto_eval_sums all = {0};
    for (size_t i = 0; i < scores->count; i++) {
        add_sums(&all, &scores->groups[i]);
    }
    resample(scores, drawn);
    for (uint32_t i = 0; i < MEANS; i++) {
        double *values = drawn + i * RESAMPLES;
        qsort(values, RESAMPLES, sizeof *values, compare_doubles);
        (&quality->means[0][0])[i] =
            (sotto_eval_mean){mean_of(&all, i), values[LOW_RANK], values[HIGH_RANK]};
    }
    quality->questions = (uint64_t)all.questions;
    quality->groups = scores->count;
    quality->many_answers = scores->many_answers;
    free(drawn);
    return true;
}

sotto_eval_mean sotto_eval_mean_of(const double *gains, const double *questions, size_t count)
{
    double drawn[RESAMPLES] = {0}, gained = 0, asked = 0;
    sotto_random random = sotto_random_start(SEED);
    for (size_t i = 0; i < count; i++) {
        gained += gains[i];
        asked += questions[i];
    }
    for (uint32_t turn = 0; turn < RESAMPLES && count > 0; turn++) {
        double drawn_gains = 0, drawn_questions = 0;
        for (size_t i = 0; i < count; i++) {
            uint32_t group = sotto_random_below(&random, (uint32_t)count);
            drawn_gains += gains[group];
            drawn_questions += questions[group];
        }
        drawn[turn] = drawn_questions > 0 ? drawn_gains / drawn_questions : 0;
    }
    qsort(drawn, RESAMPLES, sizeof *drawn, compare_doubles);
    return (sotto_eval_mean){asked > 0 ? gained / asked : 0, drawn[LOW_RANK], drawn[HIGH_RANK]};
}

void sotto_eval_scores_free(sotto_eval_scores *scores)
{
    free(scores->groups);
    memset(scores, 0, sizeof *scores);
}

/*
 * learn_vectors.c - which way suits the shop, and then of everything
 *
 * Shops differ in whether a session says the same read backwards: where people look around it does,
 * where they narrow down it does not. Both ways are tried on the sessions before the tail, side by
 * side, and the tail decides.
 *
 * With much effort, or for a budget that leaves room for few dimensions only, the models that were
 * learned apart then teach one more (teach.c): of full size, or of half the dimensions, which
 * with teachers does what the full size does without.
 *
 *     effort     budget       teachers                 published
 *     low        any          none                     64 dimensions
 *     normal     large        none                     64 dimensions, the better way
 *     normal     small        both ways                32 dimensions
 *     high       large        three of the better way  64 dimensions
 *     high       small        three of the better way  32 dimensions
 *
 * How much is learned from is bounded, too:
 *
 *     effort     examples     what five rounds come to
 *     low        10,000,000   of a sample of the usual size
 *     normal     30,000,000   of a sample three times as large
 *     high       all
 *
 * A larger log is gone through fewer times, or not to its end, in an order that is all chance, so
 * that every session is as likely as any other to be learned from: the time does not grow with the
 * log. With the first limit a log of 1,000,000 items and 5.5 million examples a round takes little
 * more than half the time, for 3 points of HR@20.
 */
#include "train/learn_vectors.h"

#include "train/statistics.h"

#include <string.h>
#include <time.h>

#define EXAM_QUESTIONS   20000u
#define EXAM_WORK        (2ull << 30) /* questions times items */
#define LOOK_EVERY_NS    100000000
#define SMALL_BUDGET     20.0 /* bytes an item, below which half the dimensions are better */
#define SMALL_DIMENSIONS 32u
#define TEACHING         0.5f
#define SMALL_TEACHING   0.7f

static const uint32_t examples_max[] = { /* 0 = no limit */
    [SOTTO_EFFORT_LOW] = 5 * SOTTO_SAMPLE_DEFAULT,
    [SOTTO_EFFORT_NORMAL] = 15 * SOTTO_SAMPLE_DEFAULT,
    [SOTTO_EFFORT_HIGH] = 0};

static sotto_fit_job make_job(const sotto_vector_task *task, uint32_t last, bool reversed,
                              uint64_t seed)
{
    sotto_fit_job job = {
        .sessions = task->sessions,
        .last = last,
        .item_count = task->item_count,
        .min_shoppers = task->min_shoppers,
        .options = sotto_vector_defaults(),
    };
    job.options.seed = seed;
    job.options.steps_max = examples_max[task->effort] / job.options.batch;
    if (reversed) {
        job.options.augmentation.reverse = 0.3f;
        job.options.augmentation.skip = 0.25f;
    }
    return job;
}

static bool is_small(const sotto_vector_task *task)
{
    return task->bytes_per_item < SMALL_BUDGET && task->effort != SOTTO_EFFORT_LOW;
}

static void start(sotto_vector_learner *learner)
{
    for (uint32_t i = 0; i < learner->way_count; i++) {
        sotto_fit_job_start(&learner->ways[i]);
    }
    learner->running = true;
}

static void free_ways(sotto_vector_learner *learner)
{
    for (uint32_t i = 0; i < learner->way_count; i++) {
        sotto_vector_model_free(&learner->ways[i].model);
    }
    learner->way_count = 0;
}

/* Waits for a job, and says how far it is. */
static bool wait_for(const sotto_vector_task *task, sotto_fit_job *job)
{
    bool done = false;
    while (!done) {
        uint32_t permille = sotto_fit_job_progress(job, &done);
        if (task->progress_fn != NULL) {
            task->progress_fn(task->progress_context, "learning vectors", permille, 1000);
        }
        if (!done) {
            nanosleep(&(struct timespec){0, LOOK_EVERY_NS}, NULL);
        }
    }
    return sotto_fit_job_join(job);
}

/* Waits for all ways, even after a failure: no thread is left behind. */
static bool finish(sotto_vector_learner *learner)
{
    bool good = true;
    for (uint32_t i = 0; i < learner->way_count && learner->running; i++) {
        good = wait_for(learner->task, &learner->ways[i]) && good;
    }
    learner->running = false;
    return good;
}

/* Has the ways teach one more model; it takes their place in `result`. */
static bool teach(sotto_vector_learner *learner, uint32_t last, sotto_vector_model *result)
{
    const sotto_vector_task *task = learner->task;
    sotto_fit_job job = make_job(task, last, learner->reversed, task->seed + 50);
    job.options.teacher_count = learner->way_count;
    job.options.teaching = is_small(task) ? SMALL_TEACHING : TEACHING;
    job.options.dimensions = is_small(task) ? SMALL_DIMENSIONS : job.options.dimensions;
    for (uint32_t i = 0; i < learner->way_count; i++) {
        const sotto_vector_model *model = &learner->ways[i].model;
        job.options.teachers[i] = (sotto_teacher){&model->encoder, &model->vectors};
    }
    sotto_fit_job_start(&job);
    bool good = wait_for(task, &job);
    *result = job.model;
    return good;
}

/* ---- older ----------------------------------------------------------------------------------- */

void sotto_vectors_start_older(sotto_vector_learner *learner, const sotto_vector_task *task)
{
    memset(learner, 0, sizeof *learner);
    learner->task = task;
    learner->way_count = task->effort == SOTTO_EFFORT_LOW ? 1 : 2;
    for (uint32_t i = 0; i < learner->way_count; i++) {
        learner->ways[i] = make_job(task, task->tail, i == 1, task->seed);
    }
    start(learner);
}

static uint32_t ask_every(const sotto_vector_task *task)
{
    const sotto_sequences *sessions = task->sessions;
    uint64_t limit = EXAM_WORK / (task->item_count + 1) + 1, questions = 0;
    limit = limit > EXAM_QUESTIONS ? EXAM_QUESTIONS : limit;
    for (uint32_t i = task->tail; i < sessions->count; i++) {
        size_t size = sessions->starts[i + 1] - sessions->starts[i];
        questions += size > 1 ? size - 1 : 0;
    }
    return (uint32_t)((questions + limit - 1) / limit) + (questions == 0 ? 1 : 0);
}

static bool ask(sotto_vector_learner *learner, const sotto_vector_model *model, double *hr20,
                double *mrr20)
{
    const sotto_vector_task *task = learner->task;
    sotto_metrics metrics = {0};
    bool good = model->vectors.units == NULL
                || sotto_vectors_ask(model, task->sessions, task->tail, task->sessions->count,
                                     ask_every(task), &metrics);
    *hr20 = sotto_metrics_hr(&metrics);
    *mrr20 = sotto_metrics_mrr(&metrics);
    return good;
}

/* Chooses the way; the best one's place is first afterwards. */
static bool choose(sotto_vector_learner *learner)
{
    uint32_t best = 0;
    bool good = true;
    for (uint32_t i = 0; good && i < learner->way_count; i++) {
        double hr20, mrr20;
        good = ask(learner, &learner->ways[i].model, &hr20, &mrr20);
        if (i == 0 || hr20 + mrr20 > learner->hr20 + learner->mrr20) {
            best = i;
            learner->hr20 = hr20;
            learner->mrr20 = mrr20;
        }
    }
    learner->reversed = best == 1;
    sotto_fit_job first = learner->ways[0];
    learner->ways[0] = learner->ways[best];
    learner->ways[best] = first;
    return good;
}

/* More models of the chosen way, in place of the one that was not chosen. */
static bool add_teachers(sotto_vector_learner *learner)
{
    const sotto_vector_task *task = learner->task;
    sotto_fit_job chosen = learner->ways[0];
    for (uint32_t i = 1; i < learner->way_count; i++) {
        sotto_vector_model_free(&learner->ways[i].model);
    }
    for (uint32_t i = 1; i < SOTTO_WAYS_MAX; i++) {
        learner->ways[i - 1] = make_job(task, task->tail, learner->reversed, task->seed + i);
    }
    learner->way_count = SOTTO_WAYS_MAX - 1;
    start(learner);
    bool good = finish(learner);
    learner->ways[learner->way_count++] = chosen;
    return good;
}

bool sotto_vectors_finish_older(sotto_vector_learner *learner)
{
    const sotto_vector_task *task = learner->task;
    bool good = finish(learner) && choose(learner);
    bool any = good && learner->ways[0].model.vectors.units != NULL;
    if (any && task->effort == SOTTO_EFFORT_HIGH) {
        good = add_teachers(learner);
    }
    if (good && any && (task->effort == SOTTO_EFFORT_HIGH || is_small(task))) {
        learner->teacher_count = learner->way_count;
        good = teach(learner, task->tail, &learner->older)
               && ask(learner, &learner->older, &learner->hr20, &learner->mrr20);
    } else if (good) {
        learner->older = learner->ways[0].model;
        memset(&learner->ways[0].model, 0, sizeof learner->ways[0].model);
    }
    free_ways(learner);
    return good;
}

/* ---- all ------------------------------------------------------------------------------------- */

void sotto_vectors_start_all(sotto_vector_learner *learner)
{
    const sotto_vector_task *task = learner->task;
    uint32_t last = task->sessions->count;
    bool both_ways = learner->teacher_count == 2;
    learner->way_count = learner->teacher_count > 0 ? learner->teacher_count : 1;
    for (uint32_t i = 0; i < learner->way_count; i++) {
        bool reversed = both_ways ? i == 1 : learner->reversed;
        learner->ways[i] = make_job(task, last, reversed, task->seed + (both_ways ? 0 : i));
    }
    start(learner);
}

bool sotto_vectors_finish_all(sotto_vector_learner *learner)
{
    bool good = finish(learner);
    if (good && learner->teacher_count > 0) {
        good = teach(learner, learner->task->sessions->count, &learner->all);
    } else if (good) {
        learner->all = learner->ways[0].model;
        memset(&learner->ways[0].model, 0, sizeof learner->ways[0].model);
    }
    free_ways(learner);
    return good;
}

void sotto_vectors_free(sotto_vector_learner *learner)
{
    finish(learner);
    free_ways(learner);
    sotto_vector_model_free(&learner->older);
    sotto_vector_model_free(&learner->all);
}

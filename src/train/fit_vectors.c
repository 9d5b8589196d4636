/*
 * fit_vectors.c - learn item vectors and the session encoder from sessions
 *
 *     for each epoch, for each batch of shuffled prefixes:
 *         draw negatives  ->  encode  ->  loss  ->  back through the encoder  ->  Adam
 *
 * The rate rises over the first 200 steps and then falls in a straight line to a twentieth: with
 * Adam and sparse updates the end of that line is worth a whole point of HR@20.
 *
 * All chance comes from one seed and a fit is one thread, so it gives the same bits wherever BLAS
 * does. Two cores are kept busy by two fits: of the older sessions, to fit the re-ranker behind
 * them, and of all.
 */
#include "train/fit_vectors.h"

#include "train/lanes.h"
#include "train/softmax.h"
#include "train/supported.h"

#include <cblas.h>
#include <stdlib.h>
#include <string.h>

#define WARM_UP       200u
#define FINAL_RATE    0.05f
#define TELL_EVERY    32u
#define ASK_BATCH     128u
#define ASK_ITEMS     4096u /* compared at a time */

sotto_vector_options sotto_vector_defaults(void)
{
    return (sotto_vector_options){
        .dimensions = 64, .hidden = 64, .epochs = 5, .batch = 252, .negatives = 2048,
        .rate = 0.006f, .network_rate = 0.002f, .sharpness = 14,
        .augmentation = {.drop = 0.2f, .drop_latest = 0.1f, .age_decay = 1},
        .teaching = 0.5f, .seed = 1,
    };
}

void sotto_vector_model_free(sotto_vector_model *model)
{
    sotto_embedding_free(&model->vectors);
    sotto_session_encoder_free(&model->encoder);
    free(model->supported);
    memset(model, 0, sizeof *model);
}

/* Everything a fit needs besides its result. */
typedef struct vector_fit {
    const sotto_vector_options *options;
    sotto_vector_model         *model;
    sotto_random                random;
    sotto_sequences             sessions; /* without what is not supported */
    sotto_prefixes              prefixes;
    sotto_negatives             negatives;
    sotto_encoding              encoding;
    sotto_softmax               softmax;
    sotto_lesson                lesson;
    uint32_t                   *items; /* that are supported */
    sotto_prefix                batch[SOTTO_BATCH_MAX];
    uint64_t                    step, steps_total;
} vector_fit;

static bool gather(vector_fit *fit, const sotto_sequences *sessions, uint32_t first, uint32_t last,
                   uint32_t item_count, uint32_t min_shoppers)
{
    sotto_vector_model *model = fit->model;
    model->supported = calloc((size_t)item_count + 1, 1);
    fit->items = calloc((size_t)item_count + 1, sizeof *fit->items);
    if (model->supported == NULL || fit->items == NULL
        || !sotto_supported_mark(sessions, first, last, item_count, min_shoppers,
                                 model->supported, &model->supported_count)
        || !sotto_supported_copy(sessions, first, last, model->supported, &fit->sessions)) {
        return false;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < item_count; i++) {
        fit->items[count] = i;
        count += model->supported[i];
    }
    return sotto_prefixes_init(&fit->prefixes, &fit->sessions, 0, fit->sessions.count);
}

static bool prepare(vector_fit *fit, uint32_t item_count)
{
    const sotto_vector_options *options = fit->options;
    sotto_vector_model *model = fit->model;
    uint32_t touched_room = options->negatives + options->batch * (SOTTO_PREFIX_MAX + 1);
    return sotto_embedding_init(&model->vectors, item_count, options->dimensions, touched_room,
                              &fit->random)
           && sotto_session_encoder_init(&model->encoder, options->dimensions, options->hidden,
                                 &fit->random)
           && sotto_negatives_init(&fit->negatives, options->negatives, item_count, fit->items,
                                   model->supported_count, fit->sessions.items,
                                   fit->sessions.starts[fit->sessions.count])
           && sotto_encoding_init(&fit->encoding, &model->encoder, options->batch)
           && sotto_softmax_init(&fit->softmax, options->batch, options->negatives,
                                 options->dimensions)
           && (options->teacher_count == 0
               || sotto_lesson_init(&fit->lesson, options->teachers, options->teacher_count,
                                    options->batch, options->negatives));
}

/* One step on the prefixes from `first` on. Returns the loss of all its clicks. */
static double step(vector_fit *fit, size_t first, uint32_t count)
{
    const sotto_vector_options *options = fit->options;
    sotto_vector_model *model = fit->model;
    fit->step++;
    float left = 1 - (float)fit->step / (float)fit->steps_total;
    for (uint32_t i = 0; i < count; i++) {
        sotto_prefix_draw(&fit->prefixes, first + i, &options->augmentation, left, &fit->random,
                          &fit->batch[i]);
    }
    sotto_negatives_draw(&fit->negatives, &fit->random);
    sotto_encode(&model->encoder, &model->vectors, fit->batch, count, &fit->encoding);
    sotto_opinion opinion = {fit->lesson.shares, fit->lesson.targets, options->teaching};
    if (options->teacher_count > 0) {
        sotto_lesson_give(&fit->lesson, &fit->negatives, options->sharpness, fit->batch, count);
    }
    double loss = sotto_softmax_loss(&fit->softmax, &fit->negatives,
                                     options->teacher_count > 0 ? &opinion : NULL,
                                     options->sharpness, &model->vectors, fit->batch,
                                     &fit->encoding);
    sotto_encode_back(&model->encoder, &model->vectors, fit->batch, &fit->encoding);
    float scale = FINAL_RATE + (1 - FINAL_RATE) * left;
    scale *= fit->step < WARM_UP ? (float)fit->step / WARM_UP : 1;
    sotto_embedding_step(&model->vectors, options->rate * scale, (uint32_t)fit->step);
    sotto_session_encoder_step(&model->encoder, options->rate * scale,
                               options->network_rate * scale, (uint32_t)fit->step);
    return loss * count;
}

static void run(vector_fit *fit, sotto_fit_progress_fn progress_fn, void *progress_context)
{
    size_t clicks = fit->prefixes.count;
    uint32_t batch = fit->options->batch;
    uint64_t steps = (clicks + batch - 1) / batch;
    uint64_t limit = fit->options->steps_max;
    fit->steps_total = steps * fit->options->epochs;
    fit->steps_total = limit > 0 && limit < fit->steps_total ? limit : fit->steps_total;
    while (fit->step < fit->steps_total) {
        double loss = 0;
        size_t done = 0;
        sotto_prefixes_shuffle(&fit->prefixes, &fit->random);
        for (; done < clicks && fit->step < fit->steps_total; done += batch) {
            uint32_t count = clicks - done < batch ? (uint32_t)(clicks - done) : batch;
            loss += step(fit, done, count);
            if (progress_fn != NULL && fit->step % TELL_EVERY == 0) {
                progress_fn(progress_context, fit->step, fit->steps_total);
            }
        }
        fit->model->loss = loss / (double)(done < clicks ? done : clicks);
    }
}

bool sotto_fit_vectors(const sotto_sequences *sessions, uint32_t first, uint32_t last,
                       uint32_t item_count, uint32_t min_shoppers,
                       const sotto_vector_options *options, sotto_fit_progress_fn progress_fn,
                       void *progress_context, sotto_vector_model *model)
{
    openblas_set_num_threads(1); /* its threads would make sums depend on their number */
    memset(model, 0, sizeof *model);
    vector_fit *fit = calloc(1, sizeof *fit);
    if (fit == NULL) {
        return false;
    }
    fit->options = options;
    fit->model = model;
    fit->random = sotto_random_start(options->seed);
    bool good = gather(fit, sessions, first, last, item_count, min_shoppers);
    if (good && fit->prefixes.count > 0) {
        good = prepare(fit, item_count);
        if (good) {
            run(fit, progress_fn, progress_context);
            sotto_embedding_settle(&model->vectors);
        }
    }
    sotto_sequences_free(&fit->sessions);
    sotto_prefixes_free(&fit->prefixes);
    sotto_negatives_free(&fit->negatives);
    sotto_encoding_free(&fit->encoding);
    sotto_softmax_free(&fit->softmax);
    sotto_lesson_free(&fit->lesson);
    free(fit->items);
    free(fit);
    if (!good) {
        sotto_vector_model_free(model);
    }
    return good;
}

/* ---- asking ---------------------------------------------------------------------------------- */

typedef struct vector_exam {
    const sotto_vector_model *model;
    sotto_encoding            encoding;
    sotto_prefix              batch[ASK_BATCH];
    uint32_t                  count;
    uint32_t                  above[ASK_BATCH];
    float                     right[ASK_BATCH];
    float                    *products;
} vector_exam;

/* Ranks the targets of the batch among all items that have vectors. */
static void rank_batch(vector_exam *exam, sotto_metrics *metrics)
{
    const sotto_embedding *vectors = &exam->model->vectors;
    uint32_t dimensions = vectors->dimensions;
    sotto_encode(&exam->model->encoder, vectors, exam->batch, exam->count, &exam->encoding);
    for (uint32_t row = 0; row < exam->count; row++) {
        exam->above[row] = 0;
        exam->right[row] =
            sotto_lanes_dot(exam->encoding.sessions + (size_t)row * dimensions,
                            sotto_embedding_of(vectors, exam->batch[row].target), dimensions);
    }
    for (uint32_t first = 0; first < vectors->item_count; first += ASK_ITEMS) {
        uint32_t left = vectors->item_count - first;
        uint32_t count = left < ASK_ITEMS ? left : ASK_ITEMS;
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)exam->count, (int)count,
                    (int)dimensions, 1, exam->encoding.sessions, (int)dimensions,
                    sotto_embedding_of(vectors, first), (int)dimensions, 0, exam->products,
                    (int)count);
        for (uint32_t row = 0; row < exam->count; row++) {
            const float *products = exam->products + (size_t)row * count;
            for (uint32_t i = 0; i < count; i++) {
                exam->above[row] += products[i] > exam->right[row]
                                    && exam->model->supported[first + i] != 0
                                    && first + i != exam->batch[row].target;
            }
        }
    }
    for (uint32_t row = 0; row < exam->count; row++) {
        bool known = exam->model->supported[exam->batch[row].target] != 0;
        sotto_metrics_add(metrics, known ? exam->above[row] + 1 : 0);
    }
    exam->count = 0;
}

/* Takes out of a prefix what has no vector; without anything left it is a miss. */
static bool take_supported(const sotto_vector_model *model, sotto_prefix *prefix)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < prefix->count; k++) {
        prefix->items[kept] = prefix->items[k];
        kept += model->supported[prefix->items[k]];
    }
    prefix->count = kept;
    return kept > 0;
}

bool sotto_vectors_ask(const sotto_vector_model *model, const sotto_sequences *sessions,
                       uint32_t first, uint32_t last, uint32_t every, sotto_metrics *metrics)
{
    openblas_set_num_threads(1);
    memset(metrics, 0, sizeof *metrics);
    sotto_prefixes prefixes;
    vector_exam *exam = calloc(1, sizeof *exam);
    bool good = exam != NULL;
    if (good) {
        exam->model = model;
        exam->products = malloc((size_t)ASK_BATCH * ASK_ITEMS * sizeof(float));
        good = exam->products != NULL
               && sotto_encoding_init(&exam->encoding, &model->encoder, ASK_BATCH);
    }
    if (good && sotto_prefixes_init(&prefixes, sessions, first, last)) {
        for (size_t i = 0; i < prefixes.count; i += every) {
            sotto_prefix_plain(&prefixes, i, &exam->batch[exam->count]);
            if (!take_supported(model, &exam->batch[exam->count])) {
                sotto_metrics_add(metrics, 0);
            } else if (++exam->count == ASK_BATCH) {
                rank_batch(exam, metrics);
            }
        }
        if (exam->count > 0) {
            rank_batch(exam, metrics);
        }
        sotto_prefixes_free(&prefixes);
    } else {
        good = false;
    }
    if (exam != NULL) {
        sotto_encoding_free(&exam->encoding);
        free(exam->products);
    }
    free(exam);
    return good;
}

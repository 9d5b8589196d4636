/*
 * gather_lists.c - what the core would look at closely, for questions whose answer is known
 *
 * The re-ranker must learn from the very numbers it will see. So the model is packed, with vectors
 * and tables of the older sessions, its bytes are opened by the core, and the core's own functions
 * are asked for the candidates and their features: nothing is computed twice in two ways.
 *
 * Features are integers of many sizes. They are brought to mean 0 and deviation 1, found from the
 * first pass over a sample of the questions, by the same integer arithmetic that the core will use
 * (RANKING.md 8.5), and kept as such.
 */
#include "train/gather_lists.h"

#include "model/ranker.h"
#include "ranking/network.h"
#include "ranking/rerank.h"
#include "train/examples.h"
#include "train/parallel.h"
#include "train/prefixes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AT_ONCE        1024u /* questions */
#define SCALING_SAMPLE 2048u
#define SESSION_MAX    64u
#define FACTOR_MAX     67108864.0 /* 2^26 */

typedef struct asked {
    uint32_t count, right; /* candidates; which one is right */
    uint8_t  table_rank, vector_rank, final_rank;
} asked;

typedef struct list_gatherer {
    const sotto_list_source *source;
    sotto_bundle            *bundle, *tables_only;
    sotto_ranker            *ranker;
    uint32_t                *index_of;
    sotto_prefixes           prefixes;
    sotto_examples           examples;
    size_t                   first, stride; /* questions that are being asked */
    asked                   *results;
    int32_t                 *features; /* SOTTO_MAX_SHORTLIST rows for each question */
    sotto_rank_scratch      *scratches[SOTTO_WORKERS_MAX];
    void                    *table_scratches[SOTTO_WORKERS_MAX];
} list_gatherer;

/* ---- one question ---------------------------------------------------------------------------- */

static uint32_t load_session(const list_gatherer *gatherer, size_t number, uint32_t *session,
                             uint32_t *right)
{
    const sotto_sequences *sessions = gatherer->source->sessions;
    const uint32_t *items =
        sessions->items + sessions->starts[gatherer->prefixes.sequences[number]];
    uint32_t at = gatherer->prefixes.targets[number], length = 0;
    *right = gatherer->index_of[items[at]];
    while (at-- > 0 && length < SESSION_MAX) {
        session[length] = gatherer->index_of[items[at]];
        length += session[length] != SOTTO_NO_ITEM ? 1 : 0;
    }
    return length;
}

static uint8_t rank_in(const uint32_t *picks, uint32_t count, uint32_t right)
{
    for (uint32_t i = 0; i < count; i++) {
        if (picks[i] == right) {
            return (uint8_t)(i + 1);
        }
    }
    return 0;
}

static void ask_features(const list_gatherer *gatherer, sotto_rank_scratch *scratch,
                         const uint32_t *session, uint32_t length, uint32_t right, asked *result,
                         int32_t *features)
{
    const sotto_shortlist *shortlist = &scratch->shortlist;
    int32_t begun[SOTTO_FEATURES];
    result->right = SOTTO_NO_RIGHT;
    sotto_shortlist_fill(scratch, gatherer->bundle, session, length);
    result->count = shortlist->count;
    if (shortlist->count == 0) {
        return;
    }
    sotto_features_begin(begun, scratch, gatherer->ranker);
    for (uint32_t i = 0; i < shortlist->count; i++) {
        sotto_features_set(features + (size_t)i * SOTTO_FEATURES, begun, scratch,
                           gatherer->ranker, i);
        if (shortlist->list[i].item == right) {
            result->right = i;
        }
    }
    bool found = result->right < shortlist->vector_count && result->right < SOTTO_METRIC_DEPTH;
    result->vector_rank = (uint8_t)(found ? result->right + 1 : 0);
}

static void ask_some(void *context, uint32_t worker, uint32_t first, uint32_t last)
{
    list_gatherer *gatherer = context;
    for (uint32_t i = first; i < last; i++) {
        uint32_t session[SESSION_MAX], picks[SOTTO_METRIC_DEPTH], right;
        uint32_t length =
            load_session(gatherer, gatherer->first + i * gatherer->stride, session, &right);
        asked *result = &gatherer->results[i];
        memset(result, 0, sizeof *result);
        uint32_t found = sotto_rank_next(gatherer->tables_only, session, length,
                                         SOTTO_METRIC_DEPTH, gatherer->table_scratches[worker],
                                         sotto_decision_scratch_size(), picks);
        result->table_rank = rank_in(picks, found, right);
        if (gatherer->ranker->reranker.feature_count > 0) {
            found = sotto_rank_next(gatherer->bundle, session, length, SOTTO_METRIC_DEPTH,
                                    gatherer->scratches[worker], sotto_rank_scratch_size(), picks);
            result->final_rank = rank_in(picks, found, right);
        }
        ask_features(gatherer, gatherer->scratches[worker], session, length, right, result,
                     gatherer->features + (size_t)i * SOTTO_MAX_SHORTLIST * SOTTO_FEATURES);
    }
}

/* Asks `count` questions from `first` on, at most AT_ONCE of them. */
static void ask(list_gatherer *gatherer, size_t first, size_t stride, uint32_t count)
{
    gatherer->first = first;
    gatherer->stride = stride;
    sotto_parallel(count, ask_some, gatherer);
}

/* ---- scaling --------------------------------------------------------------------------------- */

static void choose_scaling(const double *sums, const double *squares, double count,
                           sotto_scaling *scaling)
{
    memset(scaling, 0, sizeof *scaling);
    for (uint32_t k = 0; k < SOTTO_FEATURES && count > 0; k++) {
        double mean = sums[k] / count;
        double variance = squares[k] / count - mean * mean;
        scaling->means[k] = (int32_t)floor(mean + 0.5);
        if (variance > 1e-6 * (1 + mean * mean)) {
            double factor = 65536.0 * 1024 / sqrt(variance);
            scaling->factors[k] = (uint32_t)(factor < FACTOR_MAX ? factor : FACTOR_MAX);
        }
    }
}

static void find_scaling(list_gatherer *gatherer, size_t questions, size_t every,
                         sotto_scaling *scaling)
{
    double sums[SOTTO_FEATURES] = {0}, squares[SOTTO_FEATURES] = {0}, count = 0;
    size_t stride = every * (questions / SCALING_SAMPLE + 1);
    size_t sampled = (gatherer->prefixes.count + stride - 1) / stride;
    for (size_t done = 0; done < sampled; done += AT_ONCE) {
        uint32_t some = sampled - done < AT_ONCE ? (uint32_t)(sampled - done) : AT_ONCE;
        ask(gatherer, done * stride, stride, some);
        for (uint32_t i = 0; i < some; i++) {
            const int32_t *features =
                gatherer->features + (size_t)i * SOTTO_MAX_SHORTLIST * SOTTO_FEATURES;
            for (uint32_t row = 0; row < gatherer->results[i].count; row++, count++) {
                for (uint32_t k = 0; k < SOTTO_FEATURES; k++) {
                    double value = features[(size_t)row * SOTTO_FEATURES + k];
                    sums[k] += value;
                    squares[k] += value * value;
                }
            }
        }
    }
    choose_scaling(sums, squares, count, scaling);
}

/* ---- all questions --------------------------------------------------------------------------- */

static bool keep(list_gatherer *gatherer, uint32_t number, sotto_gathered *gathered)
{
    const asked *result = &gatherer->results[number];
    const int32_t *from =
        gatherer->features + (size_t)number * SOTTO_MAX_SHORTLIST * SOTTO_FEATURES;
    uint32_t list = gathered->lists.count;
    int16_t *to = sotto_lists_add(&gathered->lists, result->count, result->right);
    if (to == NULL) {
        return false;
    }
    for (size_t i = 0; i < (size_t)result->count * SOTTO_FEATURES; i++) {
        size_t feature = i % SOTTO_FEATURES;
        to[i] = sotto_network_scale(from[i], gathered->scaling.means[feature],
                                   gathered->scaling.factors[feature]);
    }
    if (result->right != SOTTO_NO_RIGHT) {
        sotto_examples_add(&gatherer->examples, from, SOTTO_FEATURES, result->count,
                           result->right);
    }
    gathered->table_ranks[list] = result->table_rank;
    gathered->vector_ranks[list] = result->vector_rank;
    gathered->final_ranks[list] = result->final_rank;
    return true;
}

static bool gather(list_gatherer *gatherer, sotto_gathered *gathered)
{
    size_t every = gatherer->source->every;
    size_t questions = (gatherer->prefixes.count + every - 1) / every;
    gathered->lists.feature_count = SOTTO_FEATURES;
    gathered->table_ranks = calloc(questions + 1, 1);
    gathered->vector_ranks = calloc(questions + 1, 1);
    gathered->final_ranks = calloc(questions + 1, 1);
    bool good = gathered->table_ranks != NULL && gathered->vector_ranks != NULL
                && gathered->final_ranks != NULL;
    if (good) {
        find_scaling(gatherer, questions, every, &gathered->scaling);
    }
    for (size_t done = 0; good && done < questions; done += AT_ONCE) {
        uint32_t some = questions - done < AT_ONCE ? (uint32_t)(questions - done) : AT_ONCE;
        ask(gatherer, done * every, every, some);
        for (uint32_t i = 0; good && i < some; i++) {
            good = keep(gatherer, i, gathered);
        }
    }
    return good;
}

static bool open_model(list_gatherer *gatherer, sotto_train_fault *fault)
{
    const sotto_bytes *model = gatherer->source->model;
    sotto_fault where = {0};
    sotto_bundle_init(gatherer->bundle);
    sotto_bundle_init(gatherer->tables_only);
    sotto_status status =
        sotto_bundle_open(gatherer->bundle, SOTTO_MODEL, model->bytes, model->size, &where);
    if (status == SOTTO_OK) {
        status = sotto_bundle_open(gatherer->tables_only, SOTTO_MODEL, model->bytes, model->size,
                                   &where);
    }
    if (status == SOTTO_OK) {
        status = sotto_ranker_open(gatherer->ranker, gatherer->bundle, model->bytes, model->size,
                                   &where);
    }
    return status == SOTTO_OK
           || sotto_fault_set(fault, "the model just written does not open: %s (%s at byte %zu)",
                              sotto_status_text(status), where.what != NULL ? where.what : "",
                              where.offset);
}

static bool prepare(list_gatherer *gatherer)
{
    const sotto_list_source *source = gatherer->source;
    gatherer->bundle = malloc(sotto_bundle_size());
    gatherer->tables_only = malloc(sotto_bundle_size());
    gatherer->ranker = malloc(sotto_ranker_size());
    gatherer->index_of = malloc(((size_t)source->all_items + 1) * sizeof *gatherer->index_of);
    gatherer->results = calloc(AT_ONCE, sizeof *gatherer->results);
    gatherer->features =
        malloc((size_t)AT_ONCE * SOTTO_MAX_SHORTLIST * SOTTO_FEATURES * sizeof(int32_t));
    bool good = gatherer->bundle != NULL && gatherer->tables_only != NULL
                && gatherer->ranker != NULL && gatherer->index_of != NULL
                && gatherer->results != NULL && gatherer->features != NULL;
    for (uint32_t i = 0; i < sotto_parallel_workers(); i++) {
        gatherer->scratches[i] = malloc(sotto_rank_scratch_size());
        gatherer->table_scratches[i] = malloc(sotto_decision_scratch_size());
        good = good && gatherer->scratches[i] != NULL && gatherer->table_scratches[i] != NULL;
    }
    for (uint32_t i = 0; good && i < source->all_items; i++) {
        gatherer->index_of[i] = SOTTO_NO_ITEM;
    }
    for (uint32_t index = 0; good && index < source->item_count; index++) {
        gatherer->index_of[source->order[index]] = index;
    }
    return good
           && sotto_prefixes_init(&gatherer->prefixes, source->sessions, source->first,
                                  source->last);
}

static void close(list_gatherer *gatherer)
{
    for (uint32_t i = 0; i < SOTTO_WORKERS_MAX; i++) {
        free(gatherer->scratches[i]);
        free(gatherer->table_scratches[i]);
    }
    sotto_prefixes_free(&gatherer->prefixes);
    free(gatherer->bundle);
    free(gatherer->tables_only);
    free(gatherer->ranker);
    free(gatherer->index_of);
    free(gatherer->results);
    free(gatherer->features);
}

bool sotto_gather_lists(const sotto_list_source *source, sotto_gathered *gathered,
                        sotto_train_fault *fault)
{
    list_gatherer gatherer = {.source = source};
    memset(gathered, 0, sizeof *gathered);
    bool good =
        prepare(&gatherer) || sotto_fault_set(fault, "not enough memory to ask the model");
    good = good && open_model(&gatherer, fault)
           && sotto_examples_begin(&gatherer.examples, source->examples, fault);
    good = good
           && (gather(&gatherer, gathered)
               || sotto_fault_set(fault, "not enough memory for %zu questions",
                                  gatherer.prefixes.count / source->every));
    good = sotto_examples_finish(&gatherer.examples, good, fault) && good;
    close(&gatherer);
    if (!good) {
        sotto_gathered_free(gathered);
    }
    return good;
}

void sotto_gathered_free(sotto_gathered *gathered)
{
    sotto_lists_free(&gathered->lists);
    free(gathered->table_ranks);
    free(gathered->vector_ranks);
    free(gathered->final_ranks);
    memset(gathered, 0, sizeof *gathered);
}

sotto_metrics sotto_gathered_metrics(const uint8_t *ranks, uint32_t first, uint32_t last)
{
    sotto_metrics metrics = {0};
    for (uint32_t i = first; i < last; i++) {
        sotto_metrics_add(&metrics, ranks[i]);
    }
    return metrics;
}

/*
 * fit_reranker.c - a small network that puts candidates into order
 *
 * A list is what the core would look at closely after a session so far: some hundred candidates,
 * and one of them is what came next. The loss says how surprised the scores are by it:
 *
 *     loss = ln( sum over the list e^score ) - score of the right one
 *
 * A list without the right one says nothing and is passed over: no order of it is better than
 * another.
 *
 * Scores depend on the session only through features that say the same of all candidates (how long
 * it is, what is known of its last item); by themselves they cannot change an order, but the
 * network bends what the others mean by them. A skip connection holds the linear part, which does
 * most of the work from the first step on.
 */
#include "train/fit_reranker.h"

#include "train/lanes.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAK        0.125f
#define SCALE       (1.0f / 1024) /* features are Q10 */
#define FINAL_RATE  0.05f
#define LISTS_GROW  1024u
#define LEAST_STEPS 400u
#define EPOCHS_MAX  60u

sotto_reranker_options sotto_reranker_defaults(void)
{
    return (sotto_reranker_options){.hidden = 64, .epochs = 8, .batch = 64, .rate = 0.004f,
                                    .decay = 0.05f, .features = UINT64_MAX, .seed = 1};
}

/* ---- lists ----------------------------------------------------------------------------------- */

static bool make_room(sotto_lists *lists, uint32_t candidates)
{
    if (lists->count + 1 >= lists->list_room) {
        uint32_t room = (uint32_t)(lists->list_room * 2 + LISTS_GROW);
        size_t *starts = realloc(lists->starts, (room + 1) * sizeof *starts);
        lists->starts = starts != NULL ? starts : lists->starts;
        uint32_t *right = realloc(lists->right, room * sizeof *right);
        lists->right = right != NULL ? right : lists->right;
        if (starts == NULL || right == NULL) {
            return false;
        }
        lists->starts[0] = 0;
        lists->list_room = room;
    }
    size_t needed = lists->starts[lists->count] + candidates + 1; /* room for none is some, too */
    if (needed > lists->candidate_room) {
        size_t room = needed + needed / 2 + LISTS_GROW;
        int16_t *features = realloc(lists->features, room * lists->feature_count * 2);
        if (features == NULL) {
            return false;
        }
        lists->features = features;
        lists->candidate_room = room;
    }
    return true;
}

int16_t *sotto_lists_add(sotto_lists *lists, uint32_t candidates, uint32_t right)
{
    if (!make_room(lists, candidates)) {
        return NULL;
    }
    size_t start = lists->starts[lists->count];
    lists->right[lists->count++] = right;
    lists->starts[lists->count] = start + candidates;
    return lists->features + start * lists->feature_count;
}

void sotto_lists_free(sotto_lists *lists)
{
    free(lists->starts);
    free(lists->right);
    free(lists->features);
    free(lists->marks);
    *lists = (sotto_lists){.feature_count = lists->feature_count};
}

/* ---- the network ----------------------------------------------------------------------------- */

bool sotto_reranker_net_init(sotto_reranker_net *net, uint32_t feature_count, uint32_t hidden,
                             uint64_t features, sotto_random *random)
{
    uint32_t room = (feature_count + SOTTO_LANES - 1) / SOTTO_LANES * SOTTO_LANES;
    *net = (sotto_reranker_net){.feature_count = feature_count, .hidden = hidden,
                                .feature_room = room};
    net->weight_count = (size_t)hidden * room + 2 * hidden + room;
    net->weights = calloc(net->weight_count, sizeof(float));
    if (net->weights == NULL) {
        return false;
    }
    net->inner = net->weights;
    net->bias = net->inner + (size_t)hidden * room;
    net->outer = net->bias + hidden;
    net->skip = net->outer + hidden;
    float reach = 0.5f * sqrtf(6.0f / (float)feature_count);
    for (uint32_t row = 0; row < hidden; row++) {
        for (uint32_t i = 0; i < feature_count; i++) {
            float start = (2 * sotto_random_share(random) - 1) * reach;
            net->inner[(size_t)row * room + i] = (features >> i & 1) != 0 ? start : 0;
        }
        net->outer[row] = (sotto_random_share(random) - 0.5f) * 0.3f;
    }
    net->skip[0] = (features & 1) != 0 ? 1.0f : 0.0f;
    return true;
}

void sotto_reranker_net_free(sotto_reranker_net *net)
{
    free(net->weights);
    memset(net, 0, sizeof *net);
}

/* The candidates of some lists on their way through, one row each. */
typedef struct list_batch {
    size_t room, count;
    float *features, *hidden, *back;
    float *scores; /* and then their gradients */
} list_batch;

static void free_batch(list_batch *batch)
{
    free(batch->features);
    free(batch->hidden);
    free(batch->back);
    free(batch->scores);
}

static bool init_batch(list_batch *batch, const sotto_reranker_net *net, size_t room)
{
    *batch = (list_batch){.room = room};
    batch->features = calloc(room * net->feature_room + 1, sizeof(float));
    batch->hidden = calloc(room * net->hidden + 1, sizeof(float));
    batch->back = calloc(room * net->hidden + 1, sizeof(float));
    batch->scores = calloc(room + 1, sizeof(float));
    if (batch->features != NULL && batch->hidden != NULL && batch->back != NULL
        && batch->scores != NULL) {
        return true;
    }
    free_batch(batch);
    return false;
}

static void load_list(list_batch *batch, const sotto_lists *lists, uint32_t list, uint32_t room)
{
    for (size_t i = lists->starts[list]; i < lists->starts[list + 1]; i++, batch->count++) {
        const int16_t *from = lists->features + i * lists->feature_count;
        float *to = batch->features + batch->count * room;
        for (uint32_t k = 0; k < lists->feature_count; k++) {
            to[k] = (float)from[k] * SCALE;
        }
    }
}

static void forward(list_batch *batch, const sotto_reranker_net *net)
{
    int rows = (int)batch->count, room = (int)net->feature_room, hidden = (int)net->hidden;
    cblas_sgemv(CblasRowMajor, CblasNoTrans, rows, room, 1, batch->features, room, net->skip, 1, 0,
                batch->scores, 1);
    if (hidden == 0) {
        return;
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, hidden, room, 1, batch->features,
                room, net->inner, room, 0, batch->hidden, hidden);
    for (size_t row = 0; row < batch->count; row++) {
        float *values = batch->hidden + row * net->hidden;
        for (uint32_t i = 0; i < net->hidden; i++) {
            float value = values[i] + net->bias[i];
            values[i] = value > 0 ? value : LEAK * value;
        }
    }
    cblas_sgemv(CblasRowMajor, CblasNoTrans, rows, hidden, 1, batch->hidden, hidden, net->outer, 1,
                1, batch->scores, 1);
}

/* Adds the gradient, from that of the scores. */
static void backward(list_batch *batch, const sotto_reranker_net *net, float *gradient)
{
    int rows = (int)batch->count, room = (int)net->feature_room, hidden = (int)net->hidden;
    cblas_sgemv(CblasRowMajor, CblasTrans, rows, room, 1, batch->features, room, batch->scores, 1,
                1, gradient + (net->skip - net->weights), 1);
    if (hidden == 0) {
        return;
    }
    cblas_sgemv(CblasRowMajor, CblasTrans, rows, hidden, 1, batch->hidden, hidden, batch->scores,
                1, 1, gradient + (net->outer - net->weights), 1);
    float *bias = gradient + (net->bias - net->weights);
    for (size_t row = 0; row < batch->count; row++) {
        const float *values = batch->hidden + row * net->hidden;
        float *back = batch->back + row * net->hidden;
        for (uint32_t i = 0; i < net->hidden; i++) {
            back[i] = batch->scores[row] * net->outer[i] * (values[i] > 0 ? 1 : LEAK);
            bias[i] += back[i];
        }
    }
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, hidden, room, rows, 1, batch->back, hidden,
                batch->features, room, 1, gradient, room);
}

/* What each right one counts, if `marks` says which these are; 1 for a single one. */
static float share_of_right(const uint8_t *marks, size_t count)
{
    uint32_t marked = 0;
    for (size_t i = 0; marks != NULL && i < count; i++) {
        marked += marks[i];
    }
    return marked == 0 ? 1 : 1 / (float)marked;
}

/* Turns the scores of one list into gradients. Returns its loss. */
static double surprise(float *scores, size_t count, uint32_t right, const uint8_t *marks)
{
    float most = scores[0];
    for (size_t i = 1; i < count; i++) {
        most = scores[i] > most ? scores[i] : most;
    }
    float share = share_of_right(marks, count);
    float sum = 0, right_score = marks == NULL ? scores[right] : 0;
    for (size_t i = 0; i < count; i++) {
        right_score += marks != NULL && marks[i] != 0 ? share * scores[i] : 0;
        scores[i] = sotto_lanes_exp(scores[i] - most);
        sum += scores[i];
    }
    for (size_t i = 0; i < count; i++) {
        scores[i] /= sum;
        scores[i] -= marks != NULL && marks[i] != 0 ? share : 0;
    }
    scores[right] -= marks == NULL ? 1 : 0;
    return log((double)sum) + (double)(most - right_score);
}

static size_t longest_batch(const sotto_lists *lists, uint32_t batch)
{
    size_t longest = 1;
    for (uint32_t i = 0; i < lists->count; i++) {
        size_t size = lists->starts[i + 1] - lists->starts[i];
        longest = size > longest ? size : longest;
    }
    return longest * batch;
}

/* As sotto_reranker_loss, with lent memory; `*asked` becomes how many had a right one. */
static double batch_loss(list_batch *batch, const sotto_lists *lists, const uint32_t *order,
                         uint32_t first, uint32_t last, const sotto_reranker_net *net,
                         float *gradient, uint32_t *asked)
{
    double loss = 0;
    size_t at = 0;
    batch->count = 0;
    *asked = 0;
    for (uint32_t i = first; i < last; i++) {
        if (lists->right[order[i]] != SOTTO_NO_RIGHT) {
            load_list(batch, lists, order[i], net->feature_room);
        }
    }
    forward(batch, net);
    for (uint32_t i = first; i < last; i++) {
        uint32_t list = order[i];
        if (lists->right[list] != SOTTO_NO_RIGHT) {
            size_t size = lists->starts[list + 1] - lists->starts[list];
            const uint8_t *marks =
                lists->marks == NULL ? NULL : lists->marks + lists->starts[list];
            loss += surprise(batch->scores + at, size, lists->right[list], marks);
            at += size;
            ++*asked;
        }
    }
    if (gradient != NULL && batch->count > 0) {
        backward(batch, net, gradient);
    }
    return loss;
}

double sotto_reranker_loss(const sotto_lists *lists, const uint32_t *order, uint32_t first,
                           uint32_t last, const sotto_reranker_net *net, float *gradient)
{
    list_batch batch;
    uint32_t asked;
    if (!init_batch(&batch, net, longest_batch(lists, last - first))) {
        return -1;
    }
    double loss = batch_loss(&batch, lists, order, first, last, net, gradient, &asked);
    free_batch(&batch);
    return asked > 0 ? loss / asked : 0;
}

/* ---- learning -------------------------------------------------------------------------------- */

static void shuffle(uint32_t *order, uint32_t count, sotto_random *random)
{
    for (uint32_t i = count; i-- > 1;) {
        uint32_t other = sotto_random_below(random, i + 1);
        uint32_t number = order[i];
        order[i] = order[other];
        order[other] = number;
    }
}

/* Features that are not used keep a weight of zero. */
static void mask_gradient(const sotto_reranker_net *net, uint64_t features, float *gradient)
{
    for (uint32_t i = 0; i < net->feature_count; i++) {
        for (uint32_t row = 0; (features >> i & 1) == 0 && row < net->hidden; row++) {
            gradient[(size_t)row * net->feature_room + i] = 0;
        }
        if ((features >> i & 1) == 0) {
            gradient[(size_t)(net->skip - net->weights) + i] = 0;
        }
    }
}

/* Few lists are gone through more often: Adam needs some hundred steps to get anywhere. */
static uint32_t epochs_for(const sotto_reranker_options *options, uint32_t count)
{
    uint32_t steps = (count + options->batch - 1) / options->batch;
    uint32_t epochs = steps > 0 ? (LEAST_STEPS + steps - 1) / steps : 0;
    epochs = epochs > EPOCHS_MAX ? EPOCHS_MAX : epochs;
    return epochs > options->epochs ? epochs : options->epochs;
}

bool sotto_fit_reranker(const sotto_lists *lists, uint32_t first, uint32_t last,
                        const sotto_reranker_options *options, sotto_reranker_net *net)
{
    openblas_set_num_threads(1); /* as in fit_vectors.c */
    sotto_random random = sotto_random_start(options->seed);
    uint32_t count = last - first, step = 0, asked;
    uint32_t epochs = epochs_for(options, count);
    uint32_t steps = epochs * ((count + options->batch - 1) / options->batch);
    list_batch batch = {0};
    memset(net, 0, sizeof *net);
    if (!sotto_reranker_net_init(net, lists->feature_count, options->hidden, options->features,
                                 &random)) {
        return false;
    }
    float *gradient = calloc(net->weight_count * 3, sizeof(float));
    uint32_t *order = calloc((size_t)count + 1, sizeof *order);
    bool good = gradient != NULL && order != NULL
                && init_batch(&batch, net, longest_batch(lists, options->batch));
    for (uint32_t i = 0; good && i < count; i++) {
        order[i] = first + i;
    }
    for (uint32_t epoch = 0; good && epoch < epochs; epoch++) {
        shuffle(order, count, &random);
        for (uint32_t at = 0; at < count; at += options->batch) {
            uint32_t end = count - at < options->batch ? count : at + options->batch;
            memset(gradient, 0, net->weight_count * sizeof(float));
            batch_loss(&batch, lists, order, at, end, net, gradient, &asked);
            for (size_t i = 0; i < net->weight_count; i++) {
                gradient[i] /= (float)options->batch;
            }
            mask_gradient(net, options->features, gradient);
            step++;
            float rate = options->rate * (1 - (1 - FINAL_RATE) * (float)step / (float)steps);
            for (size_t i = 0; i < net->weight_count; i++) {
                net->weights[i] -= rate * options->decay * net->weights[i];
            }
            sotto_lanes_adam(net->weights, gradient, gradient + net->weight_count,
                             gradient + 2 * net->weight_count, (uint32_t)net->weight_count, rate,
                             step);
        }
    }
    free(gradient);
    free(order);
    free_batch(&batch);
    if (!good) {
        sotto_reranker_net_free(net);
    }
    return good;
}

bool sotto_ask_reranker(const sotto_lists *lists, uint32_t first, uint32_t last,
                        const sotto_reranker_net *net, sotto_metrics *metrics)
{
    list_batch batch;
    openblas_set_num_threads(1);
    memset(metrics, 0, sizeof *metrics);
    if (!init_batch(&batch, net, longest_batch(lists, 1))) {
        return false;
    }
    for (uint32_t list = first; list < last; list++) {
        uint32_t right = lists->right[list], rank = 0;
        if (right != SOTTO_NO_RIGHT) {
            batch.count = 0;
            load_list(&batch, lists, list, net->feature_room);
            forward(&batch, net);
            rank = 1;
            for (size_t i = 0; i < batch.count; i++) {
                rank += batch.scores[i] > batch.scores[right] ? 1 : 0;
            }
        }
        sotto_metrics_add(metrics, rank);
    }
    free_batch(&batch);
    return true;
}

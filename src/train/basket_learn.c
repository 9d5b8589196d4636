/*
 * basket_learn.c - learning what comes into the next basket
 *
 *     shoppers  --fold by fold-->  counts of the other folds  --> bytes --> core --> features  --+
 *                                                                                              v
 *     all shoppers  --------------------------------------------> counts                   network
 *
 * A network fitted to counts that its own shoppers are part of would believe them too much: that
 * somebody bought an item made it popular. So the shoppers are dealt into folds, and each is
 * described by what the others did. In the end everybody is counted.
 */
#include "train/basket_learn.h"

#include "ranking/next_basket.h"
#include "ranking/network.h"
#include "ranking/select.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FOLDS          5u
#define LISTS_LEAST    50u
#define HIDDEN         16u
#define EPOCHS         12u
#define BATCH          32u
#define RATE           0.008f
#define DECAY          0.01f

sotto_basket_options sotto_basket_defaults(void)
{
    return (sotto_basket_options){.max_links = 6, .min_shoppers = 1};
}

/* ---- the past as the core takes it ----------------------------------------------------------- */

static bool past_room(sotto_past_buffer *buffer, size_t baskets, size_t items)
{
    if (items > buffer->item_room) {
        free(buffer->items);
        buffer->item_room = items * 2;
        buffer->items = malloc(buffer->item_room * sizeof *buffer->items);
    }
    if (baskets + 1 > buffer->basket_room) {
        free(buffer->starts);
        free(buffer->times_s);
        buffer->basket_room = (baskets + 1) * 2;
        buffer->starts = malloc(buffer->basket_room * sizeof *buffer->starts);
        buffer->times_s = malloc(buffer->basket_room * sizeof *buffer->times_s);
    }
    return (items == 0 || buffer->items != NULL) && buffer->starts != NULL
           && buffer->times_s != NULL;
}

bool sotto_past_fill(sotto_past_buffer *buffer, const sotto_basket_log *log, uint32_t shopper,
                     uint32_t skip, const uint32_t *index_of)
{
    uint32_t first = log->shopper_starts[shopper], last = log->shopper_starts[shopper + 1];
    last = last - first < skip ? first : last - skip;
    uint32_t count = last - first, at = 0;
    size_t items = count == 0 ? 0 : log->basket_starts[last] - log->basket_starts[first];
    if (!past_room(buffer, count, items)) {
        return false;
    }
    bool timed = count > 0;
    buffer->starts[0] = 0;
    for (uint32_t age = 0; age < count; age++) {
        uint32_t basket = last - 1 - age;
        for (size_t i = log->basket_starts[basket]; i < log->basket_starts[basket + 1]; i++) {
            uint32_t item = log->items[i];
            uint32_t index = index_of == NULL ? item : index_of[item];
            if (index != SOTTO_NO_ITEM) {
                buffer->items[at++] = index;
            }
        }
        buffer->starts[age + 1] = at;
        buffer->times_s[age] = log->times_s[basket];
        timed = timed && log->times_s[basket] != 0;
    }
    uint32_t now_s = skip > 0 && last < log->shopper_starts[shopper + 1] ? log->times_s[last] : 0;
    buffer->past = (sotto_past_baskets){buffer->items, buffer->starts,
                                        timed ? buffer->times_s : NULL, count, now_s};
    return true;
}

void sotto_past_free(sotto_past_buffer *buffer)
{
    free(buffer->items);
    free(buffer->starts);
    free(buffer->times_s);
    memset(buffer, 0, sizeof *buffer);
}

/* ---- lists ----------------------------------------------------------------------------------- */

typedef struct basket_learner {
    const sotto_basket_log     *log;
    const uint8_t              *used;
    const sotto_basket_options *options;
    sotto_basket_learned       *learned;
    sotto_train_fault          *fault;
    uint32_t                    every;   /* of the shoppers, so many are asked only once */
    sotto_lists                 lists;
    size_t                      mark_room;
    sotto_scaling               scaling;
    sotto_basket_scratch       *scratch;
    sotto_past_buffer           past;
    uint8_t                    *in_last; /* by item */
} basket_learner;

static bool out_of_memory(const basket_learner *learner)
{
    return sotto_fault_set(learner->fault, "not enough memory for the baskets of %u shoppers",
                           learner->log->shopper_count);
}

/*
 * Which fold holds a shopper back; FOLDS for one that is counted, but not asked. By a hash: whoever
 * chose the shoppers that are used may have counted off, too.
 */
static uint32_t fold_of(const basket_learner *learner, uint32_t shopper)
{
    uint32_t mixed = (shopper + 1) * 2654435769u >> 8;
    return mixed % learner->every == 0 ? mixed / learner->every % FOLDS : FOLDS;
}

static bool learns_from(const basket_learner *learner, uint32_t shopper)
{
    return learner->used[shopper] != 0 && sotto_basket_log_count(learner->log, shopper) >= 2;
}

static int16_t narrow(int32_t value)
{
    return (int16_t)(value > INT16_MAX ? INT16_MAX : value < INT16_MIN ? INT16_MIN : value);
}

static void mark_last(basket_learner *learner, uint32_t shopper, uint8_t mark)
{
    const sotto_basket_log *log = learner->log;
    uint32_t basket = log->shopper_starts[shopper + 1] - 1;
    for (size_t at = log->basket_starts[basket]; at < log->basket_starts[basket + 1]; at++) {
        learner->in_last[log->items[at]] = mark;
    }
}

static bool mark_room(basket_learner *learner, size_t needed)
{
    if (needed > learner->mark_room) {
        learner->mark_room = needed * 2;
        uint8_t *marks = realloc(learner->lists.marks, learner->mark_room);
        if (marks == NULL) {
            return false;
        }
        learner->lists.marks = marks;
    }
    return true;
}

/* Adds the candidates of a shopper, with raw features. A list without a right one says nothing. */
static bool add_list(basket_learner *learner, const sotto_basket_model *model, uint32_t shopper)
{
    if (!sotto_past_fill(&learner->past, learner->log, shopper, 1, NULL)) {
        return false;
    }
    sotto_basket_scratch *scratch = learner->scratch;
    uint32_t count = sotto_basket_gather(scratch, model, &learner->past.past, false);
    size_t start = learner->lists.count == 0 ? 0 : learner->lists.starts[learner->lists.count];
    if (!mark_room(learner, start + count)) {
        return false;
    }
    uint32_t right = SOTTO_NO_RIGHT;
    mark_last(learner, shopper, 1);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = sotto_key_number(scratch->keys[i]);
        uint8_t mark = learner->in_last[scratch->items.list[number].item];
        learner->lists.marks[start + i] = mark;
        right = mark != 0 && right == SOTTO_NO_RIGHT ? i : right;
    }
    mark_last(learner, shopper, 0);
    if (right == SOTTO_NO_RIGHT) {
        return true;
    }
    int16_t *to = sotto_lists_add(&learner->lists, count, right);
    int32_t features[SOTTO_BASKET_FEATURES];
    for (uint32_t i = 0; to != NULL && i < count; i++, to += SOTTO_BASKET_FEATURES) {
        sotto_basket_features(scratch, model, sotto_key_number(scratch->keys[i]), features);
        for (uint32_t k = 0; k < SOTTO_BASKET_FEATURES; k++) {
            to[k] = narrow(features[k]);
        }
    }
    return to != NULL;
}

/* Describes the shoppers of a fold by what all others did. */
static bool add_fold(basket_learner *learner, uint32_t fold)
{
    const sotto_basket_log *log = learner->log;
    uint8_t *others = malloc((size_t)log->shopper_count + 1);
    sotto_basket_counts counts = {0};
    sotto_section_list list = {0};
    sotto_basket_model *model = malloc(sizeof *model);
    bool good = others != NULL && model != NULL;
    for (uint32_t shopper = 0; good && shopper < log->shopper_count; shopper++) {
        others[shopper] = learner->used[shopper] != 0 && fold_of(learner, shopper) != fold;
    }
    good = good && sotto_basket_count(log, others, learner->options, &counts);
    bool packed = good && sotto_basket_pack(&counts, NULL, NULL, &list, learner->fault)
                  && sotto_basket_unpack(&list, counts.item_count, model, learner->fault);
    bool filled = packed;
    for (uint32_t shopper = 0; filled && shopper < log->shopper_count; shopper++) {
        if (learns_from(learner, shopper) && fold_of(learner, shopper) == fold) {
            filled = add_list(learner, model, shopper);
        }
    }
    free(others);
    free(model);
    sotto_basket_counts_free(&counts);
    sotto_section_list_free(&list);
    return good && (!packed || filled) ? packed : out_of_memory(learner);
}

/* ---- scaling and fitting --------------------------------------------------------------------- */

static void scale_lists(basket_learner *learner)
{
    sotto_lists *lists = &learner->lists;
    size_t rows = lists->count == 0 ? 0 : lists->starts[lists->count];
    for (uint32_t k = 0; k < SOTTO_BASKET_FEATURES; k++) {
        int64_t sum = 0, squares = 0;
        int16_t *values = lists->features + k;
        for (size_t i = 0; i < rows; i++) {
            int64_t value = values[i * SOTTO_BASKET_FEATURES];
            sum += value;
            squares += value * value;
        }
        double mean = (double)sum / (double)(rows == 0 ? 1 : rows);
        double variance = (double)squares / (double)(rows == 0 ? 1 : rows) - mean * mean;
        bool varies = variance >= 1;
        learner->scaling.means[k] = (int32_t)floor(mean + 0.5);
        learner->scaling.factors[k] = varies ? (uint32_t)(65536 * 1024 / sqrt(variance)) : 0;
        for (size_t i = 0; i < rows; i++) {
            int16_t *value = values + i * SOTTO_BASKET_FEATURES;
            *value = sotto_network_scale(*value, learner->scaling.means[k],
                                         learner->scaling.factors[k]);
        }
    }
}

static bool fit(basket_learner *learner)
{
    sotto_reranker_options options = {.hidden = HIDDEN, .epochs = EPOCHS, .batch = BATCH,
                                      .rate = RATE, .decay = DECAY, .seed = 1};
    for (uint32_t k = 0; k < SOTTO_BASKET_FEATURES; k++) {
        options.features |= learner->scaling.factors[k] != 0 ? UINT64_C(1) << k : 0;
    }
    sotto_reranker_net net;
    if (!sotto_fit_reranker(&learner->lists, 0, learner->lists.count, &options, &net)) {
        return out_of_memory(learner);
    }
    sotto_quantise_reranker(&net, &learner->scaling, &learner->learned->network);
    sotto_reranker_net_free(&net);
    return true;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static bool check(const basket_learner *learner)
{
    uint32_t shoppers = 0;
    for (uint32_t shopper = 0; shopper < learner->log->shopper_count; shopper++) {
        shoppers += learns_from(learner, shopper) ? 1 : 0;
    }
    if (shoppers < LISTS_LEAST) {
        return sotto_fault_set(learner->fault, "shoppers with two baskets or more: %u, too few to "
                               "learn the next one from (at least %u)", shoppers, LISTS_LEAST);
    }
    return true;
}

bool sotto_basket_learn(const sotto_basket_log *log, const uint8_t *used,
                        const sotto_basket_options *options, sotto_basket_learned *learned,
                        sotto_train_fault *fault)
{
    basket_learner learner = {.log = log, .used = used, .options = options, .learned = learned,
                              .fault = fault};
    memset(learned, 0, sizeof *learned);
    learner.lists.feature_count = SOTTO_BASKET_FEATURES;
    learner.every = (log->shopper_count + SOTTO_BASKET_LEARN_MAX - 1) / SOTTO_BASKET_LEARN_MAX;
    learner.every = learner.every == 0 ? 1 : learner.every;
    if (!check(&learner)) {
        return false;
    }
    openblas_set_num_threads(1); /* its threads would make sums depend on their number */
    learner.scratch = malloc(sizeof *learner.scratch);
    learner.in_last = calloc((size_t)log->item_count + 1, 1);
    bool good = (learner.scratch != NULL && learner.in_last != NULL) || out_of_memory(&learner);
    for (uint32_t fold = 0; good && fold < FOLDS; fold++) {
        good = add_fold(&learner, fold);
    }
    if (good) {
        scale_lists(&learner);
        learned->lists = learner.lists.count;
    }
    good = good && fit(&learner);
    sotto_lists_free(&learner.lists);
    sotto_past_free(&learner.past);
    free(learner.scratch);
    free(learner.in_last);
    good = good && (sotto_basket_count(log, used, options, &learned->counts)
                    || out_of_memory(&learner));
    if (!good) {
        sotto_basket_learned_free(learned);
    }
    return good;
}

void sotto_basket_learned_free(sotto_basket_learned *learned)
{
    sotto_basket_counts_free(&learned->counts);
    memset(learned, 0, sizeof *learned);
}

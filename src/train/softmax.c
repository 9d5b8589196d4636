/*
 * softmax.c - the right item against a sample of others
 *
 * The best loss would compare the right item with all others, which costs their number for every
 * click. A sample of 2,048 does nearly as well, if each product is lowered by the logarithm of how
 * often that item is drawn (Bengio and Senecal 2008): an item that is drawn ten times as often
 * would otherwise be pushed away ten times as hard.
 *
 *     z_j  = sharpness * s.e_j - ln(expected draws of j)        negatives
 *     z_t  = sharpness * s.e_t                                  the target
 *     loss = ln( e^z_t + sum e^z_j ) - z_t
 *
 * A negative that happens to be the target is left out. One sample serves the whole batch, so that
 * all products are one large matrix product; there and back are three of them and nearly all time
 * goes there.
 */
#include "train/softmax.h"

#include "train/lanes.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEVER (-1e30f)

bool sotto_negatives_init(sotto_negatives *negatives, uint32_t count, uint32_t vector_count,
                          const uint32_t *items, uint32_t item_count, const uint32_t *events,
                          size_t event_count)
{
    *negatives = (sotto_negatives){.count = count, .item_count = item_count, .items = items,
                                   .events = events, .event_count = event_count};
    negatives->drawn = calloc((size_t)count + 1, sizeof(uint32_t));
    negatives->log_expected = calloc((size_t)vector_count + 1, sizeof(float));
    if (negatives->drawn == NULL || negatives->log_expected == NULL) {
        sotto_negatives_free(negatives);
        return false;
    }
    float *expected = negatives->log_expected;
    float half = 0.5f * (float)count;
    for (size_t i = 0; i < event_count; i++) {
        expected[events[i]] += 1;
    }
    for (uint32_t i = 0; i < item_count; i++) {
        expected[items[i]] =
            logf(half / (float)item_count + half * expected[items[i]] / (float)event_count);
    }
    return true;
}

void sotto_negatives_free(sotto_negatives *negatives)
{
    free(negatives->drawn);
    free(negatives->log_expected);
    memset(negatives, 0, sizeof *negatives);
}

void sotto_negatives_draw(sotto_negatives *negatives, sotto_random *random)
{
    for (uint32_t i = 0; i < negatives->count; i++) {
        negatives->drawn[i] =
            i % 2 == 0 ? negatives->items[sotto_random_below(random, negatives->item_count)]
                       : negatives->events[sotto_random_next(random) % negatives->event_count];
    }
}

bool sotto_softmax_init(sotto_softmax *softmax, uint32_t questions, uint32_t negatives,
                        uint32_t dimensions)
{
    size_t rows = (size_t)negatives * dimensions;
    *softmax = (sotto_softmax){malloc((rows + 1) * sizeof(float)),
                               malloc(((size_t)questions * negatives + 1) * sizeof(float)),
                               malloc((rows + 1) * sizeof(float))};
    if (softmax->rows == NULL || softmax->products == NULL || softmax->back == NULL) {
        sotto_softmax_free(softmax);
        return false;
    }
    return true;
}

void sotto_softmax_free(sotto_softmax *softmax)
{
    free(softmax->rows);
    free(softmax->products);
    free(softmax->back);
    memset(softmax, 0, sizeof *softmax);
}

/*
 * Turns one row of products into gradients, all but the factor of the batch. Returns the loss, and
 * the target's gradient.
 */
static double score(float *row, const sotto_negatives *negatives, uint32_t target,
                    float target_score, float scale, float *target_gradient)
{
    for (uint32_t j = 0; j < negatives->count; j++) {
        uint32_t item = negatives->drawn[j];
        row[j] = item == target ? NEVER : row[j] - negatives->log_expected[item];
    }
    float most = sotto_lanes_max(row, negatives->count);
    most = target_score > most ? target_score : most;
    float right = sotto_lanes_exp(target_score - most);
    float sum = right + sotto_lanes_exp_sum(row, most, negatives->count);
    float factor = scale / sum;
    for (uint32_t j = 0; j < negatives->count; j++) {
        row[j] *= factor;
    }
    *target_gradient = right * factor - scale;
    return log((double)sum) + (double)(most - target_score);
}

/* What is left to do once the products hold gradients: pass them on to both sides. */
static void pass_back(sotto_softmax *softmax, const sotto_negatives *negatives,
                      sotto_embedding *vectors, sotto_encoding *encoding)
{
    int count = (int)encoding->count, others = (int)negatives->count;
    int dimensions = (int)vectors->dimensions;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, count, dimensions, others, 1,
                softmax->products, others, softmax->rows, dimensions, 0, encoding->gradients,
                dimensions);
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, others, dimensions, count, 1,
                softmax->products, others, encoding->sessions, dimensions, 0, softmax->back,
                dimensions);
    for (uint32_t j = 0; j < negatives->count; j++) {
        sotto_lanes_add(sotto_embedding_gradient(vectors, negatives->drawn[j]), 1,
                        softmax->back + (size_t)j * vectors->dimensions, vectors->dimensions);
    }
}

/* Moves a row's gradients towards what the teachers hold likely. */
static void listen(float *row, uint32_t count, const sotto_opinion *opinion, uint32_t question,
                   float scale, float *target_gradient)
{
    float part = opinion->weight * scale;
    sotto_lanes_add(row, -part, opinion->shares + (size_t)question * count, count);
    *target_gradient += part * (1 - opinion->targets[question]);
}

double sotto_softmax_loss(sotto_softmax *softmax, const sotto_negatives *negatives,
                          const sotto_opinion *opinion, float sharpness, sotto_embedding *vectors,
                          const sotto_prefix *prefixes, sotto_encoding *encoding)
{
    uint32_t dimensions = vectors->dimensions, count = encoding->count;
    float target_gradients[1024], weight_sum = 0;
    double loss = 0;
    for (uint32_t j = 0; j < negatives->count; j++) {
        memcpy(softmax->rows + (size_t)j * dimensions,
               sotto_embedding_of(vectors, negatives->drawn[j]), dimensions * sizeof(float));
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)count, (int)negatives->count,
                (int)dimensions, sharpness, encoding->sessions, (int)dimensions, softmax->rows,
                (int)dimensions, 0, softmax->products, (int)negatives->count);
    for (uint32_t row = 0; row < count; row++) {
        weight_sum += prefixes[row].weight;
    }
    for (uint32_t row = 0; row < count; row++) {
        const float *session = encoding->sessions + (size_t)row * dimensions;
        const float *target = sotto_embedding_of(vectors, prefixes[row].target);
        float share = prefixes[row].weight / weight_sum;
        float target_score = sharpness * sotto_lanes_dot(session, target, dimensions);
        float *products = softmax->products + (size_t)row * negatives->count;
        loss += (double)share
                * score(products, negatives, prefixes[row].target, target_score,
                        share * sharpness, &target_gradients[row]);
        if (opinion != NULL) {
            listen(products, negatives->count, opinion, row, share * sharpness,
                   &target_gradients[row]);
        }
    }
    pass_back(softmax, negatives, vectors, encoding);
    for (uint32_t row = 0; row < count; row++) {
        float slope = target_gradients[row];
        uint32_t target = prefixes[row].target;
        sotto_lanes_add(encoding->gradients + (size_t)row * dimensions, slope,
                        sotto_embedding_of(vectors, target), dimensions);
        sotto_lanes_add(sotto_embedding_gradient(vectors, target), slope,
                        encoding->sessions + (size_t)row * dimensions, dimensions);
    }
    return loss;
}

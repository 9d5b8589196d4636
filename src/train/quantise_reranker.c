/*
 * quantise_reranker.c - the network's weights as the integers that are published
 *
 * Each layer has one power of two for all its weights, the largest with which every weight fits
 * into sixteen bits and no sum that the format allows leaves thirty-one. What that rounds off is
 * far below what another seed would change.
 */
#include "train/quantise_reranker.h"

#include <math.h>
#include <string.h>

#define SHIFT_MAX        15u
#define WEIGHT_MAX       32767.0
#define INNER_SUM_MAX    98303.0
#define HIDDEN_MAX       32767.0
#define SCALED_MAX       16383.0
#define SUM_MAX          2147483647.0
#define BIAS_MAX         1048576.0

static double rounded(float weight, uint32_t shift)
{
    return floor((double)weight * (double)(1u << shift) + 0.5);
}

/* The sum of what is left of weights after rounding; above any limit if one does not fit. */
static double sum_of(const float *weights, uint32_t count, uint32_t shift)
{
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        double value = fabs(rounded(weights[i], shift));
        sum += value > WEIGHT_MAX ? SUM_MAX : value;
    }
    return sum;
}

static bool inner_fits(const sotto_reranker_net *net, uint32_t shift)
{
    bool fits = true;
    for (uint32_t row = 0; row < net->hidden; row++) {
        const float *weights = net->inner + (size_t)row * net->feature_room;
        fits = fits && sum_of(weights, net->feature_count, shift) <= INNER_SUM_MAX;
    }
    return fits;
}

static bool outer_fits(const sotto_reranker_net *net, uint32_t shift)
{
    return HIDDEN_MAX * sum_of(net->outer, net->hidden, shift)
               + SCALED_MAX * sum_of(net->skip, net->feature_count, shift)
           <= SUM_MAX;
}

static int16_t weight_of(float weight, uint32_t shift)
{
    double value = rounded(weight, shift);
    return (int16_t)(value > WEIGHT_MAX ? WEIGHT_MAX : value < -WEIGHT_MAX ? -WEIGHT_MAX : value);
}

void sotto_quantise_reranker(const sotto_reranker_net *net, const sotto_scaling *scaling,
                             sotto_quantised_reranker *quantised)
{
    memset(quantised, 0, sizeof *quantised);
    quantised->hidden = net->hidden;
    quantised->shift_1 = quantised->shift_2 = SHIFT_MAX;
    while (quantised->shift_1 > 0 && !inner_fits(net, quantised->shift_1)) {
        quantised->shift_1--;
    }
    while (quantised->shift_2 > 0 && !outer_fits(net, quantised->shift_2)) {
        quantised->shift_2--;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < net->feature_count; i++) {
        quantised->features[count] = (uint8_t)i;
        quantised->means[count] = scaling->means[i];
        quantised->factors[count] = scaling->factors[i];
        bool used = scaling->factors[i] > 0 && net->skip[i] != 0;
        for (uint32_t row = 0; row < net->hidden && scaling->factors[i] > 0; row++) {
            used = used || net->inner[(size_t)row * net->feature_room + i] != 0;
        }
        count += used ? 1 : 0;
    }
    quantised->feature_count = count;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t from = quantised->features[k];
        quantised->skip[k] = weight_of(net->skip[from], quantised->shift_2);
        for (uint32_t row = 0; row < net->hidden; row++) {
            quantised->weights_1[(size_t)row * count + k] = weight_of(
                net->inner[(size_t)row * net->feature_room + from], quantised->shift_1);
        }
    }
    for (uint32_t row = 0; row < net->hidden; row++) {
        double bias = floor((double)net->bias[row] * 1024 + 0.5);
        quantised->bias[row] =
            (int32_t)(bias > BIAS_MAX ? BIAS_MAX : bias < -BIAS_MAX ? -BIAS_MAX : bias);
        quantised->weights_2[row] = weight_of(net->outer[row], quantised->shift_2);
    }
}

void sotto_quantised_reranker_describe(const sotto_quantised_reranker *quantised,
                                       sotto_ranker_content *content)
{
    content->feature_count = quantised->feature_count;
    memcpy(content->features, quantised->features, quantised->feature_count);
    memcpy(content->feature_mean, quantised->means, sizeof quantised->means);
    memcpy(content->feature_factor, quantised->factors, sizeof quantised->factors);
    content->hidden = quantised->hidden;
    content->shift_1 = quantised->shift_1;
    content->shift_2 = quantised->shift_2;
    content->bias = quantised->bias;
    content->weights_1 = quantised->weights_1;
    content->weights_2 = quantised->weights_2;
    content->skip = quantised->skip;
}

/*
 * quantise_vectors.c - item vectors and the session encoder as small integers
 *
 * A coordinate of b bits is one of 2^b points, the same distance apart, none of them zero:
 *
 *     code  0  1  2  3      b = 2
 *     x    -3 -1 +1 +3      x = 2 code + 1 - 2^b,  coordinate = x * step
 *
 * All items of a width share one step, so that a scan multiplies integers and nothing else. The
 * step is the one with the least squared error over the items themselves.
 *
 * Rounding each coordinate for itself leaves an error in all directions alike, but one direction
 * matters more: sessions that lead to an item point nearly where it points, so an error along the
 * item's own vector e makes it stand too high or too low in every list it belongs in. So the codes
 * q of a row are chosen for the least
 *
 *     |e - q|^2  +  ALONG ((e - q) . e)^2
 *
 * by going round the coordinates and moving each by one while that helps.
 */
#include "train/quantise_vectors.h"

#include "train/lanes.h"
#include "train/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALONG        4.0f
#define ROUNDS       8
#define STEP_SAMPLE  4096u /* items looked at to choose a step */
#define Q20          1048576.0f

uint32_t sotto_widths_class(const sotto_widths *widths, uint8_t popularity)
{
    uint32_t class = 0;
    while (class + 1 < widths->class_count && popularity < widths->classes[class].least) {
        class++;
    }
    return class;
}

/* ---- one row --------------------------------------------------------------------------------- */

static float point(uint32_t code, uint32_t bits, float step)
{
    return (float)(2 * (int)code + 1 - (1 << bits)) * step;
}

static uint8_t nearest(float value, uint32_t bits, float step)
{
    int half = 1 << (bits - 1);
    float cell = floorf(value / (2 * step)) + (float)half;
    float last = (float)(2 * half - 1);
    return (uint8_t)(cell < 0 ? 0 : cell > last ? last : cell);
}

void sotto_dequantise_row(const uint8_t *codes, uint32_t dimensions, sotto_vector_class class,
                          float *vector)
{
    for (uint32_t i = 0; i < dimensions; i++) {
        vector[i] = class.bits == 0 ? 0 : point(codes[i], class.bits, (float)class.step / Q20);
    }
}

/* Codes a row and returns what is minimised. */
static float code_row(const float *unit, uint32_t dimensions, uint32_t bits, float step,
                      uint8_t *codes)
{
    float error[SOTTO_VECTOR_DIMENSIONS_MAX], along = 0, square = 0;
    for (uint32_t i = 0; i < dimensions; i++) {
        codes[i] = nearest(unit[i], bits, step);
        error[i] = unit[i] - point(codes[i], bits, step);
        along += error[i] * unit[i];
    }
    bool moved = true;
    for (int round = 0; round < ROUNDS && moved; round++) {
        moved = false;
        for (uint32_t i = 0; i < dimensions; i++) {
            for (int move = -1; move <= 1; move += 2) {
                int code = codes[i] + move;
                if (code < 0 || code >= 1 << bits) {
                    continue;
                }
                float change = -2 * step * (float)move; /* of the error */
                float next = along + change * unit[i];
                float gain = change * (2 * error[i] + change)
                             + ALONG * (next * next - along * along);
                if (gain < -1e-9f) {
                    codes[i] = (uint8_t)code;
                    error[i] += change;
                    along = next;
                    moved = true;
                }
            }
        }
    }
    for (uint32_t i = 0; i < dimensions; i++) {
        square += error[i] * error[i];
    }
    return square + ALONG * along * along;
}

/* ---- all rows -------------------------------------------------------------------------------- */

static float error_of(const sotto_vector_model *model, const uint32_t *items, uint32_t count,
                      uint32_t bits, float step)
{
    uint8_t codes[SOTTO_VECTOR_DIMENSIONS_MAX];
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        const float *unit = sotto_embedding_of(&model->vectors, items[i]);
        sum += (double)code_row(unit, model->vectors.dimensions, bits, step, codes);
    }
    return (float)sum;
}

/* The step of least error: it has one minimum, so a search by thirds finds it. */
static float choose_step(const sotto_vector_model *model, const uint32_t *items, uint32_t count,
                         uint32_t bits)
{
    float spread = 1 / sqrtf((float)model->vectors.dimensions);
    float low = 0.5f * spread / (float)(1 << bits), high = 4 * spread / (float)(1 << bits);
    for (int i = 0; i < 20 && count > 0; i++) {
        float a = low + (high - low) / 3, b = high - (high - low) / 3;
        if (error_of(model, items, count, bits, a) < error_of(model, items, count, bits, b)) {
            high = b;
        } else {
            low = a;
        }
    }
    return (low + high) / 2;
}

typedef struct row_work {
    const sotto_vector_model *model;
    const uint8_t            *popularity;
    const sotto_widths       *widths;
    uint8_t                  *codes;
} row_work;

static void code_rows(void *context, uint32_t worker, uint32_t first, uint32_t last)
{
    const row_work *work = context;
    uint32_t dimensions = work->model->vectors.dimensions;
    (void)worker;
    for (uint32_t item = first; item < last; item++) {
        uint32_t number = sotto_widths_class(work->widths, work->popularity[item]);
        sotto_vector_class class = work->widths->classes[number];
        uint8_t *codes = work->codes + (size_t)item * dimensions;
        if (class.bits == 0) {
            memset(codes, 0, dimensions);
        } else if (work->model->supported[item]) {
            code_row(sotto_embedding_of(&work->model->vectors, item), dimensions, class.bits,
                     (float)class.step / Q20, codes);
        } else { /* next to nothing, and the same for all of them */
            for (uint32_t i = 0; i < dimensions; i++) {
                codes[i] = (uint8_t)((1u << (class.bits - 1)) - (i & 1));
            }
        }
    }
}

bool sotto_quantise_vectors(const sotto_vector_model *model, const uint8_t *popularity,
                            sotto_widths *widths, uint8_t *codes)
{
    uint32_t *sample = malloc(STEP_SAMPLE * sizeof *sample);
    if (sample == NULL) {
        return false;
    }
    uint32_t item_count = model->vectors.item_count;
    uint32_t stride = item_count / (STEP_SAMPLE * 4) + 1;
    for (uint32_t number = 0; number < widths->class_count; number++) {
        sotto_vector_class *class = &widths->classes[number];
        uint32_t count = 0;
        for (uint32_t item = 0; item < item_count && count < STEP_SAMPLE; item += stride) {
            bool fits = sotto_widths_class(widths, popularity[item]) == number;
            sample[count] = item;
            count += fits && model->supported[item] ? 1 : 0;
        }
        class->step = class->bits == 0
                          ? 0
                          : (uint32_t)(Q20 * choose_step(model, sample, count, class->bits));
    }
    free(sample);
    row_work work = {model, popularity, widths, codes};
    sotto_parallel(item_count, code_rows, &work);
    return true;
}

/* ---- the encoder ----------------------------------------------------------------------------- */

static int32_t fixed(float value, float one, float most)
{
    float scaled = value * one, limit = most * one;
    scaled = scaled > limit ? limit : scaled < -limit ? -limit : scaled;
    return (int32_t)floorf(scaled + 0.5f);
}

/* Rows of int8 with a scale each, in Q24. */
static void quantise_rows(const float *weights, uint32_t rows, uint32_t columns, int8_t *codes,
                          uint32_t *scales)
{
    for (uint32_t row = 0; row < rows; row++) {
        const float *from = weights + (size_t)row * columns;
        float most = 1e-6f;
        for (uint32_t i = 0; i < columns; i++) {
            most = fabsf(from[i]) > most ? fabsf(from[i]) : most;
        }
        scales[row] = (uint32_t)fixed(most / 127, 16777216.0f, 1);
        float unit = (float)(scales[row] > 0 ? scales[row] : 1) / 16777216.0f;
        for (uint32_t i = 0; i < columns; i++) {
            codes[(size_t)row * columns + i] = (int8_t)fixed(from[i] / unit, 1, 127);
        }
    }
}

bool sotto_quantise_encoder(const sotto_session_encoder *encoder,
                            sotto_quantised_encoder *quantised)
{
    size_t dimensions = encoder->dimensions, hidden = encoder->hidden;
    size_t gains = SOTTO_SESSION_GAINS * dimensions;
    size_t size = 4 * (2 * hidden + dimensions) + 2 * gains + 3 * dimensions * hidden;
    memset(quantised, 0, sizeof *quantised);
    quantised->memory = calloc(size + 1, 1);
    if (quantised->memory == NULL) {
        return false;
    }
    quantised->scale_1 = quantised->memory;
    quantised->scale_2 = quantised->scale_1 + hidden;
    quantised->bias = (int32_t *)(quantised->scale_2 + dimensions);
    quantised->depth = (int16_t *)(quantised->bias + hidden);
    quantised->weights_1 = (int8_t *)(quantised->depth + gains);
    quantised->weights_2 = quantised->weights_1 + 2 * dimensions * hidden;
    quantised->affinity = fixed(*encoder->pull, 65536, 63);
    for (uint32_t k = 0; k < SOTTO_PREFIX_MAX; k++) {
        quantised->position[k] = fixed(encoder->positions[k], 65536, 63);
    }
    for (size_t i = 0; i < gains; i++) {
        quantised->depth[i] = (int16_t)fixed(encoder->gains[i], 4096, 7.9f);
    }
    for (size_t i = 0; i < hidden; i++) {
        quantised->bias[i] = fixed(encoder->biases[i], 65536, 63);
    }
    quantise_rows(encoder->inner, encoder->hidden, 2 * encoder->dimensions, quantised->weights_1,
                  quantised->scale_1);
    quantise_rows(encoder->outer, encoder->dimensions, encoder->hidden, quantised->weights_2,
                  quantised->scale_2);
    return true;
}

void sotto_quantised_encoder_free(sotto_quantised_encoder *quantised)
{
    free(quantised->memory);
    memset(quantised, 0, sizeof *quantised);
}

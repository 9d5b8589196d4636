/*
 * Lanes - sums and exponentials over arrays of floats, sixteen at a time
 *
 * Written so that any compiler turns the inner loops into vector instructions without being allowed
 * to reorder sums by itself: the order is fixed here, and with it the result.
 *
 * All counts are multiples of SOTTO_LANES, except where it says otherwise.
 */
#ifndef SOTTO_TRAIN_LANES_H
#define SOTTO_TRAIN_LANES_H

#include <stdint.h>

#define SOTTO_LANES 16u

float sotto_lanes_dot(const float *a, const float *b, uint32_t count);

/* to[i] += scale * from[i] */
void sotto_lanes_add(float *to, float scale, const float *from, uint32_t count);

/* to[i] += scale * a[i] * b[i] */
void sotto_lanes_add_product(float *to, float scale, const float *a, const float *b,
                             uint32_t count);

/* Divides by the length, which is returned (never 0). */
float sotto_lanes_unit(float *values, uint32_t count);

/*
 * Turns the gradient of unit(x) into that of x, whose length was `length`: what points along the
 * unit goes, the rest is divided.
 */
void sotto_lanes_across(float *gradient, const float *unit, float length, uint32_t count);

/* exp to 1e-7 of its value, 0 below -87; inputs above 88 give what 88 gives. */
float sotto_lanes_exp(float value);

/* values[i] = exp(values[i] - shift); returns the sum. */
float sotto_lanes_exp_sum(float *values, float shift, uint32_t count);

float sotto_lanes_max(const float *values, uint32_t count);

/*
 * What Adam keeps for each weight, and one step of it. `rate` already holds the warm-up; `step`
 * counts from 1. Any count.
 */
void sotto_lanes_adam(float *weights, const float *gradient, float *mean, float *square,
                      uint32_t count, float rate, uint32_t step);

#endif

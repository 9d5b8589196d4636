/*
 * lanes.c - sums and exponentials over arrays of floats, sixteen at a time
 *
 * Training vectors takes half a million exponentials for each batch; the C library's, one at a
 * time, would be half of the whole run. exp(x) = 2^n * 2^f with n whole and |f| <= 1/2: n goes
 * straight into the exponent's bits, 2^f is a polynomial (Cody and Waite's split, Cephes'
 * coefficients).
 *
 * `lanes` is a vector of sixteen as GCC and Clang know it; on a processor with shorter ones they
 * make several of it. Each function is compiled for several generations of processors and the
 * loader takes the newest that fits. They add in the same order and, in standard C, never fuse a
 * product with a sum, so all of them give the same bits.
 */
#include "train/lanes.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) \
    && !defined(__SANITIZE_ADDRESS__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#define EACH_CLONE static inline __attribute__((always_inline))

typedef float   lanes __attribute__((vector_size(SOTTO_LANES * 4), aligned(4), may_alias));
typedef int32_t masks __attribute__((vector_size(SOTTO_LANES * 4), aligned(4), may_alias));

#define AT(array, i)       (*(lanes *)&(array)[i])
#define AT_CONST(array, i) (*(const lanes *)&(array)[i])

/* Sums the lanes by halves: a fixed order. */
EACH_CLONE float sum_of(const lanes *sums)
{
    float parts[SOTTO_LANES];
    memcpy(parts, sums, sizeof parts);
    for (uint32_t half = SOTTO_LANES / 2; half > 0; half /= 2) {
        for (uint32_t k = 0; k < half; k++) {
            parts[k] += parts[k + half];
        }
    }
    return parts[0];
}

CLONES float sotto_lanes_dot(const float *a, const float *b, uint32_t count)
{
    lanes sums = {0};
    for (uint32_t i = 0; i < count; i += SOTTO_LANES) {
        sums += AT_CONST(a, i) * AT_CONST(b, i);
    }
    return sum_of(&sums);
}

CLONES void sotto_lanes_add(float *to, float scale, const float *from, uint32_t count)
{
    for (uint32_t i = 0; i < count; i += SOTTO_LANES) {
        AT(to, i) += scale * AT_CONST(from, i);
    }
}

CLONES void sotto_lanes_add_product(float *to, float scale, const float *a, const float *b,
                                    uint32_t count)
{
    for (uint32_t i = 0; i < count; i += SOTTO_LANES) {
        AT(to, i) += scale * AT_CONST(a, i) * AT_CONST(b, i);
    }
}

CLONES float sotto_lanes_unit(float *values, uint32_t count)
{
    lanes sums = {0};
    for (uint32_t i = 0; i < count; i += SOTTO_LANES) {
        sums += AT(values, i) * AT(values, i);
    }
    float length = sqrtf(sum_of(&sums) + 1e-12f);
    for (uint32_t i = 0; i < count; i += SOTTO_LANES) {
        AT(values, i) *= 1 / length;
    }
    return length;
}

CLONES void sotto_lanes_across(float *gradient, const float *unit, float length, uint32_t count)
{
    lanes sums = {0};
    for (uint32_t i = 0; i < count; i += SOTTO_LANES) {
        sums += AT(gradient, i) * AT_CONST(unit, i);
    }
    float along = sum_of(&sums), inverse = 1 / length;
    for (uint32_t i = 0; i < count; i += SOTTO_LANES) {
        AT(gradient, i) = (AT(gradient, i) - along * AT_CONST(unit, i)) * inverse;
    }
}

/* All bits set where a is below b. By the sign: compilers take comparisons apart, lane by lane. */
EACH_CLONE void below(const lanes *a, const lanes *b, masks *mask)
{
    *mask = (masks)(*a - *b) >> 31;
}

/*
 * Adding and taking away 1.5 * 2^23 rounds a float to a whole number, and leaves that number in the
 * lowest bits on the way.
 */
EACH_CLONE void exponential(lanes *values)
{
    const lanes least = (lanes){0} - 87.0f, most = (lanes){0} + 88.0f;
    masks too_low, too_high;
    below(values, &least, &too_low);
    below(&most, values, &too_high);
    lanes x = (lanes)(((masks)*values & ~(too_low | too_high)) | ((masks)most & too_high));
    lanes shifted = x * 1.44269504f + 12582912.0f;
    lanes whole = shifted - 12582912.0f;
    lanes rest = x - whole * 0.693359375f + whole * 2.12194440e-4f;
    lanes power = 1.9875691500e-4f * rest + 1.3981999507e-3f;
    power = power * rest + 8.3334519073e-3f;
    power = power * rest + 4.1665795894e-2f;
    power = power * rest + 1.6666665459e-1f;
    power = power * rest + 5.0000001201e-1f;
    power = power * rest * rest + rest + 1.0f;
    lanes scale = (lanes)(((masks)shifted - 0x4B400000 + 127) << 23);
    *values = (lanes)((masks)(power * scale) & ~too_low);
}

float sotto_lanes_exp(float value)
{
    lanes values = {value};
    exponential(&values);
    return values[0];
}

CLONES float sotto_lanes_exp_sum(float *values, float shift, uint32_t count)
{
    lanes sums = {0};
    for (uint32_t i = 0; i < count; i += SOTTO_LANES) {
        lanes some = AT(values, i) - shift;
        exponential(&some);
        AT(values, i) = some;
        sums += some;
    }
    return sum_of(&sums);
}

CLONES float sotto_lanes_max(const float *values, uint32_t count)
{
    lanes most = AT_CONST(values, 0);
    for (uint32_t i = SOTTO_LANES; i < count; i += SOTTO_LANES) {
        lanes some = AT_CONST(values, i);
        masks higher;
        below(&most, &some, &higher);
        most = (lanes)(((masks)some & higher) | ((masks)most & ~higher));
    }
    float best = most[0];
    for (uint32_t k = 1; k < SOTTO_LANES; k++) {
        best = most[k] > best ? most[k] : best;
    }
    return best;
}

CLONES void sotto_lanes_adam(float *weights, const float *gradient, float *mean, float *square,
                             uint32_t count, float rate, uint32_t step)
{
    float mean_rate = rate / (1 - powf(0.9f, (float)step));
    float square_scale = 1 / (1 - powf(0.999f, (float)step));
    for (uint32_t i = 0; i < count; i++) {
        float g = gradient[i];
        mean[i] = 0.9f * mean[i] + 0.1f * g;
        square[i] = 0.999f * square[i] + 0.001f * g * g;
        weights[i] -= mean_rate * mean[i] / (sqrtf(square[i] * square_scale) + 1e-8f);
    }
}

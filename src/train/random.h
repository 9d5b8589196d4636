/*
 * Random - chance for the trainer, the same for the same seed everywhere
 *
 * memory    One number.
 */
#ifndef SOTTO_TRAIN_RANDOM_H
#define SOTTO_TRAIN_RANDOM_H

#include <stdint.h>

typedef struct sotto_random {
    uint64_t state;
} sotto_random;

sotto_random sotto_random_start(uint64_t seed);

uint64_t sotto_random_next(sotto_random *random);

/* 0 to limit - 1; limit is at least 1. */
uint32_t sotto_random_below(sotto_random *random, uint32_t limit);

/* 0 up to, but not including, 1. */
float sotto_random_share(sotto_random *random);

/* Mean 0, variance 1, nearly normal. */
float sotto_random_normal(sotto_random *random);

#endif

/*
 * random.c - chance for the trainer, the same for the same seed everywhere
 *
 * SplitMix64 (Steele, Lea, Flood 2014): a counter, and a mix of it. It has no bad seeds, so a seed
 * may be any number, such as the hash of what the chance is for. rand() would differ from one C
 * library to the next.
 */
#include "train/random.h"

sotto_random sotto_random_start(uint64_t seed)
{
    return (sotto_random){seed};
}

uint64_t sotto_random_next(sotto_random *random)
{
    uint64_t mixed = random->state += 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

uint32_t sotto_random_below(sotto_random *random, uint32_t limit)
{
    return (uint32_t)(((sotto_random_next(random) >> 32) * limit) >> 32);
}

float sotto_random_share(sotto_random *random)
{
    return (float)(sotto_random_next(random) >> 40) * (1.0f / 16777216);
}

/* Twelve shares: each has variance 1/12. */
float sotto_random_normal(sotto_random *random)
{
    float sum = -6;
    for (int i = 0; i < 12; i++) {
        sum += sotto_random_share(random);
    }
    return sum;
}

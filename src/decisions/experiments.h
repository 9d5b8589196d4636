/*
 * experiments.h - who is in an experiment, and in which arm
 */
#ifndef SOTTO_DECISIONS_EXPERIMENTS_H
#define SOTTO_DECISIONS_EXPERIMENTS_H

#include "decisions/moment.h"

/* A shopper as experiments know them: their seed in hexadecimal digits. */
enum { SOTTO_SHOPPER_SIZE = 16 };
typedef struct sotto_shopper {
    char digits[SOTTO_SHOPPER_SIZE];
} sotto_shopper;

sotto_shopper sotto_shopper_of(uint64_t seed);

/* Whether the shopper is one of those who see no campaign; nobody is without a profile. */
bool sotto_holdout_has(const sotto_moment *moment);

/* Whether the scene forces an arm of this experiment, and which; SOTTO_NO_ARM if it has no such. */
bool sotto_experiment_is_forced(const sotto_moment *moment, const sotto_experiment *experiment,
                                uint32_t *arm);

/* sotto_experiment_arm, of an experiment that was read already. */
uint32_t sotto_experiment_arm_of(const sotto_moment *moment, const sotto_experiment *experiment);

/*
 * Bandits (bandit.c): the arm for this session, of a shopper who takes part
 */
uint32_t sotto_bandit_choose(const sotto_moment *moment, const sotto_experiment *experiment);

/* The next number of a chance that goes on from its state. */
uint64_t sotto_chance_next(uint64_t *state);

/* The number-th smallest of some numbers, from 1; leaves them in another order. */
uint64_t sotto_smallest(uint64_t *numbers, uint32_t count, uint32_t number);

#endif

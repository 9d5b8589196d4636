/*
 * decay.h - interest that fades
 */
#ifndef SOTTO_PROFILE_DECAY_H
#define SOTTO_PROFILE_DECAY_H

#include "base/base.h"

/* value * 2^-(elapsed_s / half_life_s), rounded down; half_life_s is at least 1. */
uint32_t sotto_decay(uint32_t value, uint32_t elapsed_s, uint32_t half_life_s);

#endif

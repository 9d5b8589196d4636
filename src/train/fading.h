/*
 * Fading - sums over time in which what is long ago counts for less
 *
 * memory    A few numbers for each item and for each cell of the series.
 */
#ifndef SOTTO_TRAIN_FADING_H
#define SOTTO_TRAIN_FADING_H

#include "train/material.h"

/*
 * Adds up each item's counts, one that is `half_life` old at the end of the series as a half.
 * Returns the same sum of the totals.
 */
double sotto_fading_sums(const sotto_series *series, double half_life, double *sums);

/*
 * The half-life by which the fifty most met items of the past tell best what is met next, tried at
 * the end of the series; half of what it covers where that is too short to try. 0 without memory.
 */
double sotto_fading_choose(const sotto_series *series);

/*
 * Adds what was met in the same weeks a year before, one before and three after this day, as a
 * `share` of `all`. Nothing where the series is no longer than that, or has no times.
 */
void sotto_fading_add_season(const sotto_series *series, double share, double all, double *sums);

#endif

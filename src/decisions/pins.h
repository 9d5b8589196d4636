/*
 * pins.h - items the shop put at a place by hand
 */
#ifndef SOTTO_DECISIONS_PINS_H
#define SOTTO_DECISIONS_PINS_H

#include "ranking/ranking.h"

/*
 * Puts the slot's pinned items, those that are admitted, at the front of an empty answer. Until
 * they are arranged, the score of each is its final position.
 */
void sotto_pins_add(sotto_ranking *ranking);

/* Moves the first `count` picks to their positions, or as near the end as a short answer allows. */
void sotto_pins_arrange(sotto_answer *answer, uint32_t count);

#endif

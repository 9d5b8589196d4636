/*
 * Lately - how much an item is looked at these days, in four bits
 *
 * memory    A few bytes for each item.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_LATELY_H
#define SOTTO_TRAIN_LATELY_H

#include "train/sequences.h"

#define SOTTO_LATELY_CODES 16u

typedef struct sotto_lately {
    uint8_t *codes;                       /* by item */
    int16_t  offsets[SOTTO_LATELY_CODES]; /* log2 in Q8, ascending */
} sotto_lately;

/*
 * Of sequences [0, last), oldest first; `popularity` are the items' POPU codes, to which a code is
 * relative. False without memory.
 */
bool sotto_lately_make(const sotto_sequences *sessions, uint32_t last, uint32_t item_count,
                       const uint8_t *popularity, sotto_lately *lately);
void sotto_lately_free(sotto_lately *lately);

#endif

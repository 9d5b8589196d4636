/*
 * popularity.h - how often items are met, and the lists of the best
 */
#ifndef SOTTO_MODEL_POPULARITY_H
#define SOTTO_MODEL_POPULARITY_H

#include "format/reader.h"

enum { SOTTO_TOP_LISTS = SOTTO_TOP_NEW };

typedef struct sotto_popularity {
    const uint8_t *codes;                            /* one byte an item; NULL: no model */
    const uint8_t *tops[SOTTO_TOP_LISTS];            /* by kind - 1; new: of the catalogue */
    uint32_t       top_counts[SOTTO_TOP_LISTS];
} sotto_popularity;

/* Reads the section of ranked lists; the codes are taken by the model itself. */
void sotto_tops_open(sotto_popularity *popularity, sotto_reader *reader, uint32_t item_count);

#endif

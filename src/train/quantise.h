/*
 * Quantise - link weights as codes of a few bits
 *
 * memory    One byte for each link.
 */
#ifndef SOTTO_TRAIN_QUANTISE_H
#define SOTTO_TRAIN_QUANTISE_H

#include "train/linking.h"

#define SOTTO_WEIGHT_CODES_MAX 16u

typedef struct sotto_codes {
    uint32_t code_count;                      /* 1 to 16 */
    uint16_t weights[SOTTO_WEIGHT_CODES_MAX]; /* what a code stands for, descending */
    uint8_t *codes;                           /* in the places of the links */
} sotto_codes;

/*
 * Chooses codes for rows that are normalised when they are read: a link's code is how far it lies
 * below the best of its row, in steps of `step` (natural logarithm). False without memory.
 */
bool sotto_quantise_rows(const sotto_links *links, uint32_t code_count, double step,
                         sotto_codes *codes);

/* The same below the best of all rows, for weights up to 1 that keep their size. */
bool sotto_quantise_plain(const sotto_links *links, uint32_t code_count, double step,
                          sotto_codes *codes);

void sotto_codes_free(sotto_codes *codes);

/* A row's weights as a reader of the model will see them, Q16, in the order of the links. */
void sotto_row_weights(const sotto_codes *codes, const sotto_links *links, uint32_t item,
                       bool normalised, uint32_t *weights);

#endif

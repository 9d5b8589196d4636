/*
 * Thin - which links of a row are worth their bits
 *
 * memory    Its own are a few numbers for each link, on the stack.
 */
#ifndef SOTTO_TRAIN_THIN_H
#define SOTTO_TRAIN_THIN_H

#include <stdint.h>

#define SOTTO_THIN_MAX 128u /* links of a row */

typedef struct sotto_thin_link {
    uint32_t index;  /* of the target in the model */
    uint32_t place;  /* the caller's */
    float    weight; /* what it is worth, in any unit */
    float    value;  /* out: what a bit of it was worth when it was taken away */
} sotto_thin_link;

/*
 * Takes away one link after the other, each time the one that is worth the least for its bits,
 * until `keep` are left. These come first, by index; behind them what was taken away, the last one
 * first, so that values descend: a link is never worth less than one that went before it. `row` is
 * the index of the item itself.
 */
void sotto_thin_row(sotto_thin_link *links, uint32_t count, uint32_t row, uint32_t keep);

#endif

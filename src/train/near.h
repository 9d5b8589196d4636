/*
 * Near - centres of blocks of neighbours, for catalogues too large to go over
 */
#ifndef SOTTO_TRAIN_NEAR_H
#define SOTTO_TRAIN_NEAR_H

#include "format/write.h"

/* Up to so many items a scan goes over all rows: it takes some 0.25 ms a decision. */
#define SOTTO_NEAR_LEAST_ITEMS 65536u

/*
 * Sets the blocks of a content whose classes and codes are set; none if it has few items. `*kept` is
 * what they are in, the caller's to free after writing. False if there is no memory.
 */
bool sotto_near_make(sotto_ranker_content *content, int8_t **kept);

#endif

/*
 * Rehearse - the core's ranking, asked of links that are not packed yet
 *
 * Tuning asks a hundred times for what packing, writing and opening would take seconds each. This
 * answers the same questions with the same integers, straight from the trainer's arrays.
 */
#ifndef SOTTO_TRAIN_REHEARSE_H
#define SOTTO_TRAIN_REHEARSE_H

#include "train/metrics.h"
#include "train/quantise.h"

/* Sessions to be asked about: every event but the first is a question about those before it. */
typedef struct sotto_exam {
    const sotto_sequences *sessions;
    uint32_t               first, last;   /* sequences [first, last) */
    uint32_t               every;         /* ask every n-th question only */
    const uint64_t        *hashes;        /* of the items' ids: they break ties */
    const uint8_t         *popularity;    /* POPU codes */
} sotto_exam;

/* How many questions sequences [first, last) hold. */
uint64_t sotto_exam_size(const sotto_sequences *sessions, uint32_t first, uint32_t last);

/* Marks the items whose links the questions look at: one byte an item, which starts zeroed. */
void sotto_exam_mark(const sotto_exam *exam, uint8_t *asked);

/* Link weights spread out for asking: Q16, in the places of the links. False without memory. */
bool sotto_rehearse_weights(const sotto_links *links, const sotto_codes *codes, uint32_t **weights);

/* Asks all questions. False without memory. */
bool sotto_rehearse(const sotto_links *links, const uint32_t *weights,
                    const sotto_ranking_weights *ranking, const sotto_exam *exam,
                    sotto_metrics *metrics);

#endif

/*
 * encoder.h - what turns a session into a point (FORMAT.md 5a.3)
 *
 * memory    Views into the ranker's bytes.
 * trust     The section may be hostile until opened; then no sum of RANKING.md 8.2 overflows.
 */
#ifndef SOTTO_MODEL_ENCODER_H
#define SOTTO_MODEL_ENCODER_H

#include "model/vectors.h"

enum {
    SOTTO_ENCODER_MAX_HISTORY = 20,
    SOTTO_ENCODER_MAX_DEPTH = 8,
    SOTTO_ENCODER_MAX_HIDDEN = 128
};

typedef struct sotto_encoder {
    uint32_t       history_count;                    /* 0: there is no encoder */
    uint32_t       depth_count;
    uint32_t       hidden_count;
    int32_t        affinity;                         /* Q16 */
    int32_t        position[SOTTO_ENCODER_MAX_HISTORY];   /* Q16 */
    const uint8_t *depth;                            /* i16 */
    const uint8_t *scale_1, *bias, *scale_2;         /* u32, i32, u32 */
    const int8_t  *weights_1, *weights_2;
} sotto_encoder;

void sotto_encoder_open(sotto_encoder *encoder, sotto_reader *reader,
                        const sotto_vectors *vectors);

#endif

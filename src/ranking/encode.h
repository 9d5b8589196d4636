/*
 * encode.h - a session as a point among the items (RANKING.md 8.2)
 */
#ifndef SOTTO_RANKING_ENCODE_H
#define SOTTO_RANKING_ENCODE_H

#include "model/ranker.h"

/* A session with the vectors of its items: what encoding and features start from. */
typedef struct sotto_session {
    uint32_t length;                                 /* events, however many are kept */
    uint32_t count;                                  /* of those kept, the latest first */
    uint32_t items[SOTTO_ENCODER_MAX_HISTORY];
    int16_t  vectors[SOTTO_ENCODER_MAX_HISTORY][SOTTO_VECTOR_MAX_DIMENSIONS];   /* Q14 */
    int16_t  encoded[SOTTO_VECTOR_MAX_DIMENSIONS];   /* Q14, of length 1 or 0 */
} sotto_session;

/* A vector of any length as one of length 1, in Q14, or as zeros. Spoils the vector. */
void sotto_session_unit(int16_t *unit, int64_t *vector, uint32_t dimensions);

/*
 * Takes the latest events of a session, those of items the model knows, and encodes it. The ranker
 * has an encoder.
 */
void sotto_session_encode(sotto_session *session, const sotto_ranker *ranker,
                          const uint32_t *items, uint32_t count);

#endif

/*
 * Session encoder - from a session so far to one direction: what is wanted next
 *
 * memory    The weights, three times that while training, and a few hundred bytes for each
 * dimension
 *           of a batch.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_SESSION_ENCODER_H
#define SOTTO_TRAIN_SESSION_ENCODER_H

#include "train/prefixes.h"
#include "train/embedding.h"

#define SOTTO_SESSION_GAINS 6u /* the sixth is shared by all older events */

typedef struct sotto_session_encoder {
    uint32_t dimensions, hidden; /* multiples of SOTTO_LANES; hidden may be 0 */
    size_t   weight_count, attention_count; /* of all; of those before the network */
    float   *weights;                       /* one after the other what stands below */
    float   *positions;                     /* SOTTO_PREFIX_MAX */
    float   *pull;                          /* 1: how much being like the latest counts */
    float   *gains;                         /* SOTTO_SESSION_GAINS * dimensions */
    float   *biases;                        /* hidden */
    float   *inner;                         /* hidden rows of 2 * dimensions: average, latest */
    float   *outer;                         /* dimensions rows of hidden */
    float   *gradient, *means, *squares;    /* laid out as the weights */
} sotto_session_encoder;

bool sotto_session_encoder_init(sotto_session_encoder *encoder, uint32_t dimensions,
                                uint32_t hidden, sotto_random *random);
void sotto_session_encoder_free(sotto_session_encoder *encoder);

/* A batch on its way through, kept for the way back. */
typedef struct sotto_encoding {
    uint32_t room, count;
    float   *sessions;  /* room * dimensions, length 1: the result */
    float   *gradients; /* of the sessions: filled by the caller before going back */
    float   *inputs, *hidden, *input_gradients, *hidden_gradients;
    float   *shares; /* room * SOTTO_PREFIX_MAX */
    float   *lengths, *average_lengths;
} sotto_encoding;

bool sotto_encoding_init(sotto_encoding *encoding, const sotto_session_encoder *encoder,
                         uint32_t room);
void sotto_encoding_free(sotto_encoding *encoding);

/* Encodes up to `room` prefixes. */
void sotto_encode(const sotto_session_encoder *encoder, const sotto_embedding *vectors,
                  const sotto_prefix *prefixes, uint32_t count, sotto_encoding *encoding);

/* Sets the encoder's gradient and adds to the vectors'. Spoils encoding->gradients. */
void sotto_encode_back(sotto_session_encoder *encoder, sotto_embedding *vectors,
                       const sotto_prefix *prefixes, sotto_encoding *encoding);

/* One step of Adam; the network has a rate of its own. `step` counts from 1. */
void sotto_session_encoder_step(sotto_session_encoder *encoder, float rate, float network_rate,
                                uint32_t step);

#endif

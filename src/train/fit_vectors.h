/*
 * Fit vectors - learn item vectors and the session encoder from sessions
 *
 * memory    16 bytes for each item and dimension while it works, 4 afterwards.
 * lifetime  The result owns all it holds.
 * threads   Fits may run side by side; each gives the same bits as alone.
 */
#ifndef SOTTO_TRAIN_FIT_VECTORS_H
#define SOTTO_TRAIN_FIT_VECTORS_H

#include "train/session_encoder.h"
#include "train/metrics.h"
#include "train/teach.h"

typedef struct sotto_vector_options {
    uint32_t           dimensions, hidden; /* multiples of SOTTO_LANES; hidden may be 0 */
    uint32_t           epochs;
    uint32_t           batch, negatives; /* batch: at most SOTTO_BATCH_MAX */
    uint32_t           steps_max;        /* then it ends early, on an even schedule; 0 = no limit */
    float              rate, network_rate, sharpness;
    sotto_augmentation augmentation;
    uint32_t           teacher_count; /* models of the same sessions to learn from; 0 for none */
    sotto_teacher      teachers[SOTTO_TEACHERS_MAX];
    float              teaching; /* how much they count, 0 to 1 */
    uint64_t           seed;
} sotto_vector_options;

#define SOTTO_BATCH_MAX 1024u

/* What did best on four click logs. */
sotto_vector_options sotto_vector_defaults(void);

typedef struct sotto_vector_model {
    sotto_embedding vectors;
    sotto_session_encoder encoder;
    uint8_t      *supported; /* by item: has it a vector of its own? */
    uint32_t      supported_count;
    double        loss; /* of the last epoch, per click */
} sotto_vector_model;

/* Told now and then, from the thread that fits. */
typedef void (*sotto_fit_progress_fn)(void *context, uint64_t done, uint64_t total);

/*
 * Learns from sequences [first, last). An item that fewer than `min_shoppers` shoppers of them met
 * gets no vector and leaves no trace in those of others. False without memory.
 */
bool sotto_fit_vectors(const sotto_sequences *sessions, uint32_t first, uint32_t last,
                       uint32_t item_count, uint32_t min_shoppers,
                       const sotto_vector_options *options, sotto_fit_progress_fn progress_fn,
                       void *progress_context, sotto_vector_model *model);

void sotto_vector_model_free(sotto_vector_model *model);

/*
 * Asks the vectors alone, before they are packed, for every `every`-th click of sequences
 * [first, last). False without memory.
 */
bool sotto_vectors_ask(const sotto_vector_model *model, const sotto_sequences *sessions,
                       uint32_t first, uint32_t last, uint32_t every, sotto_metrics *metrics);

#endif

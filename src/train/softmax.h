/*
 * Softmax - the right item against a sample of others
 *
 * memory    A few MB for 252 questions and 2,048 others.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_SOFTMAX_H
#define SOTTO_TRAIN_SOFTMAX_H

#include "train/session_encoder.h"

/* Items to compare with, drawn anew for each batch. */
typedef struct sotto_negatives {
    uint32_t        count, item_count;
    const uint32_t *items;      /* that have vectors: half are drawn from these alike, */
    const uint32_t *events;     /* half from these, so as often as they were clicked */
    size_t          event_count;
    uint32_t       *drawn;
    float          *log_expected; /* by item: ln of how often it is drawn in a batch */
} sotto_negatives;

/* `vector_count` is the number of all items; `items` and `events` must outlive it. */
bool sotto_negatives_init(sotto_negatives *negatives, uint32_t count, uint32_t vector_count,
                          const uint32_t *items, uint32_t item_count, const uint32_t *events,
                          size_t event_count);
void sotto_negatives_free(sotto_negatives *negatives);
void sotto_negatives_draw(sotto_negatives *negatives, sotto_random *random);

typedef struct sotto_softmax {
    float *rows;     /* vectors of the negatives */
    float *products; /* question by negative */
    float *back;     /* gradients of the negatives */
} sotto_softmax;

bool sotto_softmax_init(sotto_softmax *softmax, uint32_t questions, uint32_t negatives,
                        uint32_t dimensions);
void sotto_softmax_free(sotto_softmax *softmax);

/* What a teacher holds likely (teach.h), and how much that counts. */
typedef struct sotto_opinion {
    const float *shares;  /* question by negative */
    const float *targets; /* by question */
    float        weight;  /* 0 to 1; the rest is what really came next */
} sotto_opinion;

/*
 * The loss of a batch that was encoded, averaged by the prefixes' weights. Sets the gradients of
 * the sessions and adds to those of the vectors. `opinion` may be NULL; it changes the gradients,
 * the loss is always that of what came next.
 */
double sotto_softmax_loss(sotto_softmax *softmax, const sotto_negatives *negatives,
                          const sotto_opinion *opinion, float sharpness, sotto_embedding *vectors,
                          const sotto_prefix *prefixes, sotto_encoding *encoding);

#endif

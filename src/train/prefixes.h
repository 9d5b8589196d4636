/*
 * Prefixes - a session so far, and what came next
 *
 * memory    8 bytes for each click that has one before it.
 * lifetime  Owns all it holds; the sessions must outlive it.
 */
#ifndef SOTTO_TRAIN_PREFIXES_H
#define SOTTO_TRAIN_PREFIXES_H

#include "train/random.h"
#include "train/sequences.h"

#define SOTTO_PREFIX_MAX 20u /* events of a session that count */

typedef struct sotto_prefix {
    uint32_t items[SOTTO_PREFIX_MAX];   /* the latest first */
    bool     dropped[SOTTO_PREFIX_MAX]; /* hidden from the encoder */
    uint32_t count;                     /* at least 1 */
    uint32_t target;
    float    weight;
} sotto_prefix;

/* What is done to a prefix while training, so that fewer sessions say more. */
typedef struct sotto_augmentation {
    float reverse;           /* how often a session is read backwards, at the start of training */
    float skip;              /* else, how often the click after the next is the target */
    float drop, drop_latest; /* how often an item is hidden */
    float age_decay;         /* the oldest session counts exp(-age_decay) of the latest */
} sotto_augmentation;

/* All prefixes of sequences [first, last), in an order to be shuffled. */
typedef struct sotto_prefixes {
    const sotto_sequences *sessions;
    uint32_t               first, last;
    size_t                 count;
    uint32_t              *sequences; /* which one */
    uint32_t              *targets;   /* and where in it, from 1 */
} sotto_prefixes;

bool sotto_prefixes_init(sotto_prefixes *prefixes, const sotto_sequences *sessions, uint32_t first,
                         uint32_t last);
void sotto_prefixes_free(sotto_prefixes *prefixes);

void sotto_prefixes_shuffle(sotto_prefixes *prefixes, sotto_random *random);

/* As it is: nothing hidden, weight 1. */
void sotto_prefix_plain(const sotto_prefixes *prefixes, size_t number, sotto_prefix *prefix);

/* With augmentation; `strength` falls from 1 to 0 while training goes on. */
void sotto_prefix_draw(const sotto_prefixes *prefixes, size_t number,
                       const sotto_augmentation *augmentation, float strength,
                       sotto_random *random, sotto_prefix *prefix);

#endif

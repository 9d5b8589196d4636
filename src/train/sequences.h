/*
 * Sequences - sessions, and baskets: lists of items with somebody behind them
 *
 * memory    4 bytes for each item in them, 16 for each sequence.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_SEQUENCES_H
#define SOTTO_TRAIN_SEQUENCES_H

#include "train/events.h"

typedef struct sotto_sequences {
    uint32_t  count;
    uint32_t *items;    /* all sequences end to end */
    size_t   *starts;   /* count + 1 positions in items */
    uint32_t *shoppers; /* by sequence */
    uint32_t *times_s;  /* of the first item; 0 where the logs have no time */
    size_t    item_room;
    uint32_t  room;
} sotto_sequences;

/* Adds an empty sequence behind the others, or an item to the last one. False without memory. */
bool sotto_sequences_open(sotto_sequences *sequences, uint32_t shopper, uint32_t time_s);
bool sotto_sequences_push(sotto_sequences *sequences, uint32_t item);

void sotto_sequences_free(sotto_sequences *sequences);

/*
 * Sessions, oldest first: what one shopper did without a pause over `gap_s`, in order of time. Made
 * of views; of all events where there are hardly any views. False without memory.
 */
bool sotto_sessions_make(sotto_events *events, uint32_t gap_s, sotto_sequences *sessions);

/*
 * Baskets, oldest first: what was bought together, each item once. Where nothing was bought, what
 * was put into a cart in one session.
 */
bool sotto_baskets_make(sotto_events *events, uint32_t gap_s, sotto_sequences *baskets);

#endif

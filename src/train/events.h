/*
 * Events - what the logs said, as numbers
 *
 * memory    28 bytes for each event, and the texts of ids and of what is known of items.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_EVENTS_H
#define SOTTO_TRAIN_EVENTS_H

#include "train/intern.h"
#include "train/logs.h"

#define SOTTO_NO_GROUP UINT32_MAX

typedef struct sotto_log_entry {
    uint32_t item;
    uint32_t shopper; /* whoever it was: a session or order stands in for an unknown shopper */
    uint32_t session, order; /* SOTTO_NO_GROUP where the row names none */
    uint32_t time_s;
    uint32_t arrival; /* number of the row among those kept */
    uint8_t  kind;    /* sotto_log_kind */
    bool     named;   /* the row named its shopper */
} sotto_log_entry;

/* What the rows said of an item. Texts are numbers in `facts`. */
typedef struct sotto_item_notes {
    uint32_t title, title_votes; /* the majority so far, and by how many votes it leads */
    uint32_t category, brand, url, image; /* the last ones; SOTTO_NO_GROUP: none */
    bool     has_price;
    double   price;
} sotto_item_notes;

typedef struct sotto_events {
    sotto_intern      items, shoppers, sessions, orders, facts;
    sotto_log_entry  *entries;
    size_t            count, room;
    sotto_item_notes *notes; /* by item */
    uint32_t          notes_room;
    uint64_t          kind_counts[4]; /* by sotto_log_kind */
    bool              has_time;       /* every entry has one */
} sotto_events;

void sotto_events_init(sotto_events *events);
void sotto_events_free(sotto_events *events);

/* A sotto_log_row_fn; the context is a sotto_events. */
bool sotto_events_add(void *context, const sotto_log_row *row, sotto_train_fault *fault);

#endif

/*
 * log_rows.h - events for tests, without files
 */
#ifndef SOTTO_TEST_LOG_ROWS_H
#define SOTTO_TEST_LOG_ROWS_H

#include "test.h"

#include "train/sequences.h"

static inline sotto_text text_of(const char *text)
{
    return (sotto_text){text != NULL ? text : "", text != NULL ? strlen(text) : 0};
}

/* One row; time_s < 0 is a row without a time. */
static inline void add_row(sotto_events *events, sotto_log_kind kind, const char *shopper,
                           const char *session, const char *order, const char *item, int64_t time_s)
{
    sotto_train_fault fault;
    sotto_log_row row = {.kind = kind, .item = text_of(item), .shopper = text_of(shopper),
                         .session = text_of(session), .order = text_of(order),
                         .has_time = time_s >= 0, .time_s = time_s >= 0 ? time_s : 0, .quantity = 1,
                         .file = "test", .line = 1};
    REQUIRE(sotto_events_add(events, &row, &fault));
}

/* "a b|c d" */
static inline const char *show_sequences(const sotto_sequences *sequences,
                                         const sotto_events *events)
{
    static char shown[1024];
    size_t used = 0;
    shown[0] = '\0';
    for (uint32_t i = 0; i < sequences->count; i++) {
        for (size_t at = sequences->starts[i]; at < sequences->starts[i + 1]; at++) {
            sotto_text id = sotto_intern_get(&events->items, sequences->items[at]);
            used += (size_t)snprintf(shown + used, sizeof shown - used, "%s%.*s",
                                     at > sequences->starts[i] ? " " : i > 0 ? "|" : "",
                                     (int)id.size, id.bytes);
        }
    }
    return shown;
}

/* Adds a session of item numbers, ended by -1. */
static inline void add_sequence(sotto_sequences *sequences, uint32_t shopper, const int *items)
{
    REQUIRE(sotto_sequences_open(sequences, shopper, 0));
    for (; *items >= 0; items++) {
        REQUIRE(sotto_sequences_push(sequences, (uint32_t)*items));
    }
}

#define SEQUENCE(sequences, shopper, ...) add_sequence(sequences, shopper, (int[]){__VA_ARGS__, -1})

#endif

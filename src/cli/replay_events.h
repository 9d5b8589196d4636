/*
 * Replay events - what a recorded session says, line by line
 */
#ifndef SOTTO_CLI_REPLAY_EVENTS_H
#define SOTTO_CLI_REPLAY_EVENTS_H

#include "cli/pool.h"

#include <stdbool.h>

#define CLI_REPLAY_ITEMS_MAX 64

typedef struct cli_replay_line {
    const char      *file;
    unsigned         line;
    uint32_t         time_s;
    const char      *ask;          /* a slot's name; NULL: it is an event */
    sotto_event_kind kind;
    const char      *item;         /* an id, the category's path for category_view; NULL: none */
    uint32_t         quantity;
    const char      *items[CLI_REPLAY_ITEMS_MAX];   /* of an ask: what the page is about */
    uint32_t         item_count;
    const char      *cart[CLI_REPLAY_ITEMS_MAX];    /* of an ask: the cart as the shop knows it */
    uint32_t         cart_count;
    bool             cart_given;
} cli_replay_line;

typedef struct cli_replay_reader {
    cli_pool   *pool;
    const char *file;
    const char *next;              /* the text from the next line on */
    unsigned    line;
    uint32_t    time_s;            /* of the last line that had one */
    bool        has_time;
} cli_replay_reader;

/* Reads the file; says why if it cannot. */
bool cli_replay_start(cli_pool *pool, const char *file, cli_replay_reader *reader);

typedef enum cli_replay_turn { CLI_REPLAY_LINE, CLI_REPLAY_END, CLI_REPLAY_BAD } cli_replay_turn;

/* The next line; a bad one is reported with its number. */
cli_replay_turn cli_replay_next(cli_replay_reader *reader, cli_replay_line *line);

#endif

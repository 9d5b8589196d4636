/*
 * Replay events - what a recorded session says, line by line
 *
 * A line is what the shopper did, what the page was and what happened on it, or a question. Which, its
 * first key says: `kind`, `page`, `stay`, `ask`, ... (the help of sotto replay has them all).
 */
#ifndef SOTTO_CLI_REPLAY_EVENTS_H
#define SOTTO_CLI_REPLAY_EVENTS_H

#include "cli/pool.h"

#include <stdbool.h>

#define CLI_REPLAY_ITEMS_MAX 64
#define CLI_REPLAY_ACCOUNT_MAX 16

typedef enum cli_replay_what {
    CLI_REPLAY_EVENT,              /* the shopper did something: kind, item, quantity */
    CLI_REPLAY_ASK,                /* a slot is asked: text, items, cart */
    CLI_REPLAY_PAGE,               /* a page is opened: text is its path; page */
    CLI_REPLAY_WAIT,               /* seconds pass, and the shopper is not there */
    CLI_REPLAY_STAY,               /* seconds pass, and the shopper is active */
    CLI_REPLAY_SCROLL,             /* so many percent down */
    CLI_REPLAY_SIGNAL,             /* a SOTTO_SIGNAL_ */
    CLI_REPLAY_HAPPENS,            /* an event of the shop's own: text */
    CLI_REPLAY_TOLD                /* something became of a campaign, offer, quiz, experiment */
} cli_replay_what;

/* What a line about a page says; NULL, or -1, where it says nothing. */
typedef struct cli_replay_page {
    const char *type, *category, *query, *referrer;      /* of this page alone */
    const char *device, *language, *timezone;            /* of all from here on */
    int         touch;
    bool        has_offset;
    int32_t     offset_min;
    bool        has_account;
    sotto_account_entry account[CLI_REPLAY_ACCOUNT_MAX];
    uint32_t            account_count;
} cli_replay_page;

typedef struct cli_replay_line {
    const char      *file;
    unsigned         line;
    const char      *shopper;      /* who did it; NULL: nobody is named */
    uint32_t         time_s;
    cli_replay_what  what;
    const char      *text;         /* of a question, a page, an event of the shop's own */
    sotto_event_kind kind;
    const char      *item;         /* an id, the category's path for category_view; NULL: none */
    uint32_t         quantity;
    uint32_t         amount;       /* seconds, percent, a signal */
    sotto_ledger_event told;
    const char      *about, *value;                 /* the campaign, offer, ...; an answer */
    const char      *items[CLI_REPLAY_ITEMS_MAX];   /* what the page is about */
    uint32_t         item_count;
    const char      *cart[CLI_REPLAY_ITEMS_MAX];    /* the cart as the shop knows it */
    uint32_t         cart_count;
    bool             cart_given;
    cli_replay_page  page;
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

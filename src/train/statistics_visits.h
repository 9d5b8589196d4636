/*
 * Statistics visits - what one shopper did in one go
 *
 * A visit is a shopper's rows without a pause over the visit gap (twice the session gap, so an
 * hour). Sessions, baskets and what was bought after it was viewed all lie within a visit and
 * follow from its rows alone: it is the unit of counting. Where logs have no times, a visit is what
 * one session id names, else one order, else one shopper.
 *
 * Rows of a visit at the same second have no order of their own: they are put in order of kind and
 * item, so that it does not matter how the logs were sorted, and each pair of them is counted as
 * neighbours, once in either direction.
 *
 *                group                                        cut
 *     session    session id, else the visit                   without an id: at a pause over the
 *                                                             session gap
 *     basket     order, else purchases within a minute
 *     cart       as sessions
 *
 * Bots. A visit with more than `bot_clicks` views and carts, or with more than `bot_per_minute` of
 * them within some 60 seconds, is a machine's; one of more than 65,536 rows is a crowd under one
 * name. They are left out and counted. Times that are full half hours do not count as clicks a
 * minute: such logs have no clock, only dates.
 *
 * memory    16 bytes an event, 48 a visit.
 */
#ifndef SOTTO_TRAIN_STATISTICS_VISITS_H
#define SOTTO_TRAIN_STATISTICS_VISITS_H

#include "train/logs.h"
#include "train/statistics_blocks.h"

#define SOTTO_VISIT_EVENTS 65536u

typedef struct sotto_visit_event {
    uint32_t time; /* a row's number where there are no times */
    uint32_t item; /* kind << 30 | code of pieces << 24 | item */
    uint32_t session, order; /* hashes; 0: none */
} sotto_visit_event;

static inline uint32_t sotto_item_of_event(const sotto_visit_event *event)
{
    return event->item & 0xffffff;
}

static inline sotto_log_kind sotto_kind_of_event(const sotto_visit_event *event)
{
    return (sotto_log_kind)(event->item >> 30);
}

/*
 * How many pieces were bought, as one of 64 codes: 1 to 8, and above that four steps to a doubling,
 * up to 131,072. That is near enough for sums over many purchases.
 */
static inline uint32_t sotto_pieces_of_code(uint32_t code)
{
    return code < 8 ? code + 1 : (5 + code % 4) << (code / 4 - 1);
}

static inline uint32_t sotto_code_of_event(const sotto_visit_event *event)
{
    return event->item >> 24 & 63;
}

/* The code nearest to a quantity; of a quantity of 0 that of one piece. */
uint32_t sotto_code_of_pieces(double pieces);

typedef struct sotto_visit {
    uint64_t shopper; /* a hash */
    uint32_t first, last;
    uint64_t event_count, click_count;
    size_t   start; /* of its events, in the order of time */
    bool     bare;  /* a bot's: counted, its events are not kept */
} sotto_visit;

typedef struct sotto_visits {
    sotto_visit       *visits;
    size_t             count, room;
    sotto_visit_event *events;
    size_t             event_count, event_room;
} sotto_visits;

typedef struct sotto_visit_rules {
    bool     by_time;
    uint32_t session_gap_s;
    uint32_t bot_clicks, bot_per_minute; /* 0: no such rule */
} sotto_visit_rules;

static inline uint32_t sotto_visit_gap(const sotto_visit_rules *rules)
{
    return rules->session_gap_s > UINT32_MAX / 4 ? UINT32_MAX / 2 : rules->session_gap_s * 2;
}

/* Adds a visit of these events (any order; they are put in order), or a bare one (events NULL). */
bool sotto_visits_add(sotto_visits *visits, const sotto_visit *visit,
                      const sotto_visit_event *events);
/* By shopper, then by time. */
void sotto_visits_sort(sotto_visits *visits);
/* Drops the visits behind the first `count`. */
bool sotto_visits_keep(sotto_visits *visits, size_t count);
void sotto_visits_free(sotto_visits *visits);

typedef enum sotto_bot_rule {
    SOTTO_NO_BOT,
    SOTTO_BOT_CROWD,
    SOTTO_BOT_CLICKS,
    SOTTO_BOT_FAST,
    SOTTO_BOT_RULES
} sotto_bot_rule;

/* Which rule the visit breaks. The same visit with more events breaks that one or one before it. */
sotto_bot_rule sotto_visit_judge(const sotto_visit_rules *rules, const sotto_visit *visit,
                                 const sotto_visit_event *events);

/* ---- cutting --------------------------------------------------------------------------------- */

typedef enum sotto_cut_kind {
    SOTTO_CUT_VIEWS,  /* a session of views */
    SOTTO_CUT_OTHERS, /* a session of a visit without a view: of all its events */
    SOTTO_CUT_BASKET, /* items bought together, each once, in order of their numbers */
    SOTTO_CUT_CART    /* items put into a cart in one session, likewise */
} sotto_cut_kind;

/* `times` are those of the items; of a basket or a cart only the first one tells anything. */
typedef bool (*sotto_cut_fn)(void *context, sotto_cut_kind kind, const sotto_visit *visit,
                             const uint32_t *times, const uint32_t *items, size_t count);

/* Room that cutting needs; starts zeroed, and is zeroed when memory is out. */
typedef struct sotto_cutter {
    sotto_visit_event *events;
    uint32_t          *items, *times;
    size_t             room;
} sotto_cutter;

/*
 * Hands out all sessions, baskets and carts of a visit. False without memory, or if `cut` says so.
 */
bool sotto_visit_cut(sotto_cutter *cutter, const sotto_visit_rules *rules,
                     const sotto_visit *visit, const sotto_visit_event *events, sotto_cut_fn cut,
                     void *context);
void sotto_cutter_free(sotto_cutter *cutter);

/* ---- in files -------------------------------------------------------------------------------- */

#define SOTTO_VISIT_COLUMNS 6u

/* Writes visits that are in order. */
void sotto_visits_write(const sotto_visits *visits, sotto_block_writer *writer);
/* Reads them; items are checked against their number and renumbered where `items` is not NULL. */
bool sotto_visits_read(sotto_visits *visits, sotto_block_reader *reader, uint32_t item_count,
                       const uint32_t *items, uint32_t later);

#endif

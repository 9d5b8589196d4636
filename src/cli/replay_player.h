/*
 * Player - one shopper, page after page, as a recording tells it
 *
 * It does what a page does: folds events into profile and ledger, keeps the scene, lets time pass from
 * alarm to alarm, asks for segments and campaigns after everything that happens, and remembers what is on
 * the page. What changes it tells a listener, in the order in which it changes.
 *
 * memory    All of it is the pool's.
 */
#ifndef SOTTO_CLI_REPLAY_PLAYER_H
#define SOTTO_CLI_REPLAY_PLAYER_H

#include "cli/replay_events.h"

#define CLI_PLAYER_EVENTS_MAX 16

struct cli_player;

/* Any of these may be NULL. */
typedef struct cli_player_listener {
    void *context;
    /* A campaign came onto the page, or went. */
    void (*campaign)(void *context, const struct cli_player *player, uint32_t campaign, bool shown);
    /* The shopper came into a segment, or left it. */
    void (*segment)(void *context, const struct cli_player *player, uint32_t segment, bool entered);
    /* An arm of an experiment was met for the first time. */
    void (*exposure)(void *context, const struct cli_player *player, uint32_t experiment,
                     uint32_t arm);
} cli_player_listener;

typedef struct cli_player {
    cli_pool                  *pool;
    const sotto_bundle        *bundle;
    const sotto_plan          *plan;
    const cli_player_listener *listener;
    uint64_t                   seed;
    sotto_profile             *profile;   /* NULL before anything happened */
    sotto_ledger              *ledger;    /* the same */
    sotto_scene                scene;     /* now_s is the player's clock */
    bool                       page_opened;
    sotto_verdicts            *verdicts;  /* after the last line */
    uint32_t                   segments[SOTTO_MAX_SEGMENTS / 32];
    uint32_t                   showing[SOTTO_MAX_CAMPAIGNS];
    uint32_t                   showing_count;

    void        *profile_block, *ledger_block, *moment_block, *scratch;
    struct sotto_shelf *shelf;
    uint32_t     page_items[CLI_REPLAY_ITEMS_MAX], cart[CLI_REPLAY_ITEMS_MAX];
    uint64_t     events[CLI_PLAYER_EVENTS_MAX];
    sotto_account_entry account[CLI_REPLAY_ACCOUNT_MAX];
} cli_player;

/* The plan of a bundle; NULL, with the reason told, if it does not open. */
const sotto_plan *cli_plan_open(cli_pool *pool, const sotto_bundle *bundle, const char *where);

/* A shopper of whom nothing is known. */
void cli_player_start(cli_player *player, cli_pool *pool, const sotto_bundle *bundle,
                      const sotto_plan *plan, uint64_t seed, const cli_player_listener *listener);

/* Goes on from a file: saved bytes, or what a page exported. Says why if it cannot. */
bool cli_player_load(cli_player *player, const char *file);
bool cli_player_save(const cli_player *player, const char *file);

/* Plays a line that is no question. Says why if it cannot. */
bool cli_player_play(cli_player *player, const cli_replay_line *line);

/* Answers a question: a slot, with the page and the cart as the line has them. */
sotto_status cli_player_ask(cli_player *player, const cli_replay_line *line,
                            const sotto_slot *slot, sotto_answer *answer);

/* Ids to indexes; what the bundle does not know is said and left out, as in a page. */
uint32_t cli_player_items(const cli_player *player, const cli_replay_line *line,
                          const char *const *ids, uint32_t id_count, uint32_t *items);

#endif

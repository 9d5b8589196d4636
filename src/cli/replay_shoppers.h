/*
 * Shoppers - the players of a recording, one for each shopper it names
 */
#ifndef SOTTO_CLI_REPLAY_SHOPPERS_H
#define SOTTO_CLI_REPLAY_SHOPPERS_H

#include "cli/replay_player.h"

typedef struct cli_shopper {
    const char *name;              /* "" for lines that name nobody */
    cli_player *player;
} cli_shopper;

typedef struct cli_shoppers {
    cli_pool                  *pool;
    const sotto_bundle        *bundle;
    const sotto_plan          *plan;
    const cli_player_listener *listener;
    uint64_t                   seed;     /* of the first; the others' go by their names as well */
    cli_shopper               *list;     /* to be freed */
    size_t                     count, room;
} cli_shoppers;

/* The player of a line's shopper; a new one for one who was not met yet. */
cli_player *cli_shoppers_player(cli_shoppers *shoppers, const cli_replay_line *line);

/* Finds a slot by its name; if there is none says so, with the nearest name. */
bool cli_slot_named(cli_pool *pool, const sotto_bundle *bundle, const char *name,
                    const char *where, sotto_slot *slot);

#endif

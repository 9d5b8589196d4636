/*
 * Replay campaigns - what is on a shopper's page, and who the shopper is to the plan
 *
 * The half of the player that asks and tells; the other half is what happens (replay_player.c).
 */
#ifndef SOTTO_CLI_REPLAY_CAMPAIGNS_H
#define SOTTO_CLI_REPLAY_CAMPAIGNS_H

#include "cli/replay_player.h"

/* Folds an event into profile and ledger, as a page does; both begin with the first. */
void cli_player_fold(cli_player *player, uint32_t kind, uint64_t item, uint32_t quantity);

/* Asks who this is and what is shown, now that something has happened, and tells what changed. */
void cli_player_settle(cli_player *player);

/* A dismissed campaign, by its key, is off the page. */
void cli_player_take_off(cli_player *player, uint64_t key);

/* The shopper's arm of the bandit that the line is about has won. */
void cli_player_win(cli_player *player, const cli_replay_line *line);

#endif

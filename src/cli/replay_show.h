/*
 * Replay show - what a replay prints, in words or as NDJSON
 */
#ifndef SOTTO_CLI_REPLAY_SHOW_H
#define SOTTO_CLI_REPLAY_SHOW_H

#include "cli/replay_player.h"

#include <stdio.h>

/* An event of the recording, or what happened on the page. */
void cli_replay_show_line(const cli_player *player, const cli_replay_line *line);

/* What a slot answered. */
void cli_replay_show_answer(const sotto_bundle *bundle, const cli_replay_line *line,
                            const sotto_slot *slot, const sotto_answer *answer);
void cli_replay_json_answer(const sotto_bundle *bundle, const cli_replay_line *line,
                            const sotto_slot *slot, const sotto_answer *answer);

/* A listener that prints what becomes of segments, campaigns and experiments. */
typedef struct cli_replay_printer {
    const cli_replay_line *line;   /* that is played now */
    bool                   json;
    cli_player_listener    listener;
} cli_replay_printer;

void cli_replay_printer_start(cli_replay_printer *printer, bool json);

/* Whether there is a campaign of that name, or all of them are meant; told if there is none. */
bool cli_replay_can_explain(cli_pool *pool, const sotto_plan *plan, const char *name);

/* Every campaign ("all"), or the one named, and why it is not shown. */
void cli_replay_explain(const cli_player *player, const cli_replay_line *line, const char *name,
                        bool json);

/* What a verdict says, in words. Returns `text`. */
#define CLI_VERDICT_SIZE 160
char *cli_verdict_text(char text[CLI_VERDICT_SIZE], const sotto_plan *plan, uint32_t campaign,
                       const sotto_verdict *verdict);

#endif

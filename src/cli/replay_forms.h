/*
 * Replay forms - what each kind of line says (for replay_events.c)
 */
#ifndef SOTTO_CLI_REPLAY_FORMS_H
#define SOTTO_CLI_REPLAY_FORMS_H

#include "cli/replay_events.h"

#include <cjson/cJSON.h>

/* Reads the members of one kind of line; says what is wrong with them. */
typedef bool cli_replay_read_fn(const cli_replay_reader *reader, const cJSON *json,
                                cli_replay_line *line);

/* A kind of line: the key that marks it, and those it may have beside `time` and `shopper`. */
typedef struct cli_replay_form {
    const char         *mark;
    cli_replay_what     what;
    cli_replay_read_fn *read;
    const char         *keys[13];  /* NULL ends them */
} cli_replay_form;

extern const cli_replay_form cli_replay_forms[];
extern const size_t          cli_replay_form_count;

/* "FILE:LINE: what". Returns false. */
bool cli_replay_bad(const cli_replay_reader *reader, const char *format, ...) SOTTO_PRINTF(2, 3);

#endif

/*
 * cmd_replay.c - sotto replay: a recorded session against a bundle
 *
 * The same core, the same bytes and the time of the recording: what is printed here is what a page
 * showed, or would have shown with this bundle. Of a bundle with a ranker, a page that had time to
 * rank after each event.
 */
#include "cli/bundle_files.h"
#include "cli/commands.h"
#include "cli/replay_golden.h"
#include "cli/replay_shoppers.h"
#include "cli/replay_show.h"
#include "cli/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: sotto replay [OPTIONS] DIR EVENTS\n"
    "\n"
    "Plays recorded sessions (NDJSON) against the bundle in DIR: every decision with\n"
    "its reasons, what becomes of segments and campaigns. A line is an event, asks a\n"
    "slot, or says what happens on a page (docs/CAMPAIGNS.md section 9):\n"
    "\n"
    "  {\"time\": \"2026-03-01T10:00:00Z\", \"kind\": \"view\", \"item\": \"A1\"}\n"
    "  {\"kind\": \"cart_add\", \"item\": \"A1\", \"quantity\": 2}   {\"ask\": \"product-similar\"}\n"
    "  {\"page\": \"/boots\", \"type\": \"category\", \"device\": \"phone\"}   {\"stay\": \"20s\"}\n"
    "\n"
    "  --slot NAME          ask this slot after every event and page; may be repeated\n"
    "  --explain NAME       why this campaign shows or not, after every line; or all\n"
    "  --golden FILE        compare with what was printed once; written if not there\n"
    "  --accept             write the golden file anew\n"
    "  --profile FILE       start from a profile saved here, or exported by a page\n"
    "                       (JSON of sotto.profile.export()); default an empty one\n"
    "  --save-profile FILE  save the profile at the end\n"
    "  --seed N             the seed of a new profile; default 0\n"
    "  --json               NDJSON; default in words\n"
    "\n"
    "Example: what did the home page say, and does it still?\n"
    "\n"
    "  $ sotto replay public/sotto anna.ndjson --slot home-for-you --golden anna.txt\n";

typedef struct replay_options {
    const char *profile, *save_profile, *explain, *golden;
    cli_texts   slots;
    uint64_t    seed;
    bool        json, accept;
} replay_options;

typedef struct replay_state {
    cli_pool             *pool;
    const replay_options *options;
    cli_shoppers          shoppers;
    cli_replay_printer    printer;
    const char           *speaking;    /* the shopper of the last line that was printed */
} replay_state;

static bool ask(replay_state *replay, cli_player *player, const cli_replay_line *line,
                const char *slot_name, const char *where)
{
    sotto_slot slot;
    sotto_answer answer;
    if (!cli_slot_named(replay->pool, player->bundle, slot_name, where, &slot)) {
        return false;
    }
    sotto_status status = cli_player_ask(player, line, &slot, &answer);
    if (status != SOTTO_OK) {
        return cli_error("%s: %s", where, sotto_status_text(status));
    }
    if (replay->options->json) {
        cli_replay_json_answer(player->bundle, line, &slot, &answer);
    } else {
        cli_replay_show_answer(player->bundle, line, &slot, &answer);
    }
    return true;
}

/* The page that a view or click leads to is about its item. */
static bool ask_after(replay_state *replay, cli_player *player, cli_replay_line *line)
{
    const cli_texts *slots = &replay->options->slots;
    if (line->what != CLI_REPLAY_EVENT && line->what != CLI_REPLAY_PAGE) {
        return true;
    }
    if (line->item && (line->kind == SOTTO_VIEW || line->kind == SOTTO_CLICK)
        && sotto_item_find(player->bundle, line->item, strlen(line->item)) != SOTTO_NO_ITEM) {
        line->items[0] = line->item;
        line->item_count = 1;
    }
    for (size_t i = 0; i < slots->count; i++) {
        if (!ask(replay, player, line, slots->texts[i], "--slot")) {
            return false;
        }
    }
    return true;
}

/* Whose line this is, when it is another's than the last one's. */
static void show_shopper(replay_state *replay, const cli_replay_line *line)
{
    if (line->shopper && (!replay->speaking || strcmp(replay->speaking, line->shopper) != 0)) {
        printf("shopper %s\n", line->shopper);
    }
    replay->speaking = line->shopper;
}

static bool play_line(replay_state *replay, cli_replay_line *line)
{
    const replay_options *options = replay->options;
    size_t known = replay->shoppers.count;
    cli_player *player = cli_shoppers_player(&replay->shoppers, line);
    if (replay->shoppers.count > known && options->profile
        && !cli_player_load(player, options->profile)) {
        return false;
    }
    replay->printer.line = line;
    if (!options->json) {
        show_shopper(replay, line);
    }
    if (line->what == CLI_REPLAY_ASK) {
        const char *where = cli_pool_print(replay->pool, "%s:%u", line->file, line->line);
        return ask(replay, player, line, line->text, where);
    }
    if (!options->json) {
        cli_replay_show_line(player, line);
    }
    bool good = cli_player_play(player, line) && ask_after(replay, player, line);
    if (good && options->explain) {
        cli_replay_explain(player, line, options->explain, options->json);
    }
    return good;
}

static bool play(replay_state *replay, const char *file)
{
    cli_replay_reader reader;
    cli_replay_line line;
    if (!cli_replay_start(replay->pool, file, &reader)) {
        return false;
    }
    for (;;) {
        switch (cli_replay_next(&reader, &line)) {
        case CLI_REPLAY_BAD: return false;
        case CLI_REPLAY_END: return true;
        case CLI_REPLAY_LINE: break;
        }
        if (!play_line(replay, &line)) {
            return false;
        }
    }
}

static bool save(const replay_state *replay)
{
    const cli_shoppers *shoppers = &replay->shoppers;
    if (shoppers->count > 1) {
        cli_error("--save-profile: there are %zu shoppers", shoppers->count);
        cli_hint("play the lines of one of them");
        return false;
    }
    if (shoppers->count == 0 || !shoppers->list[0].player->profile) {
        cli_note("there were no events, and so there is no profile to save");
        return true;
    }
    return cli_player_save(shoppers->list[0].player, replay->options->save_profile);
}

static int run_replay(cli_pool *pool, const replay_options *options, const cli_texts *operands)
{
    cli_bundle_files files;
    cli_golden golden;
    replay_state replay = {.pool = pool, .options = options};
    if (!cli_bundle_load(pool, operands->texts[0], &files)) {
        return CLI_REFUSED;
    }
    const sotto_plan *plan = cli_plan_open(pool, files.bundle, operands->texts[0]);
    if (!plan || (options->explain && !cli_replay_can_explain(pool, plan, options->explain))
        || (options->golden && !cli_golden_begin(&golden, options->golden))) {
        return CLI_REFUSED;
    }
    cli_replay_printer_start(&replay.printer, options->json);
    replay.shoppers = (cli_shoppers){.pool = pool, .bundle = files.bundle, .plan = plan,
                                     .listener = &replay.printer.listener,
                                     .seed = options->seed};
    bool good = play(&replay, operands->texts[1]) && (!options->save_profile || save(&replay));
    if (options->golden && good) {
        good = cli_golden_end(&golden, pool, options->accept);
    } else if (options->golden) {
        cli_golden_drop(&golden);
    }
    free(replay.shoppers.list);
    return good ? CLI_DONE : CLI_REFUSED;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    replay_options options = {0};
    const cli_option known[] = {
        {"slot", 0, CLI_TEXTS, &options.slots},
        {"explain", 0, CLI_TEXT, &options.explain},
        {"golden", 0, CLI_TEXT, &options.golden},
        {"accept", 0, CLI_SWITCH, &options.accept},
        {"profile", 0, CLI_TEXT, &options.profile},
        {"save-profile", 0, CLI_TEXT, &options.save_profile},
        {"seed", 0, CLI_NUMBER, &options.seed},
        {"json", 0, CLI_SWITCH, &options.json},
    };
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc,
                                           argv, &pool, 2, 2, &operands);
    int status = cli_args_status(result);
    if (result == CLI_ARGS_GO_ON) {
        status = options.accept && !options.golden
                     ? cli_misuse(command, "--accept goes with --golden FILE")
                     : run_replay(&pool, &options, &operands);
    }
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_replay = {"replay", "a recorded session against a bundle, with reasons",
                                "the folder or the file of events", help, run};

/*
 * cmd_replay.c - sotto replay: a recorded session against a bundle
 *
 * The same core, the same bytes and the time of the recording: what is printed here is what a page
 * showed, or would have shown with this bundle. Of a bundle with a ranker, a page that had time to
 * rank after each event.
 */
#include "cli/bundle_files.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/json.h"
#include "cli/nearest.h"
#include "cli/number.h"
#include "cli/replay_events.h"
#include "cli/report.h"
#include "cli/shown.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "Usage: sotto replay [OPTIONS] DIR EVENTS\n"
    "\n"
    "Plays events from an NDJSON file into a profile, against the bundle in DIR, and\n"
    "prints every decision with its reasons. A line is an event, or asks a slot:\n"
    "\n"
    "  {\"time\": \"2026-03-01T10:00:00Z\", \"kind\": \"view\", \"item\": \"A1\"}\n"
    "  {\"time\": 1772359260, \"kind\": \"cart_add\", \"item\": \"A1\", \"quantity\": 2}\n"
    "  {\"ask\": \"product-similar\", \"items\": [\"A1\"], \"cart\": [\"B2\"]}\n"
    "\n"
    "  --slot NAME          ask this slot after every event too; may be repeated\n"
    "  --profile FILE       start from a saved profile; default an empty one\n"
    "  --save-profile FILE  save the profile at the end\n"
    "  --seed N             the seed of a new profile; default 0\n"
    "  --json               decisions as NDJSON; default in words\n"
    "\n"
    "Kinds: view, click, search, cart_add, cart_remove, checkout, purchase, wishlist,\n"
    "dismiss, and category_view, which has a \"category\" in place of the \"item\".\n"
    "\n"
    "Example: what did the home page say during this session?\n"
    "\n"
    "  $ sotto replay public/sotto session.ndjson --slot home-for-you\n";

typedef struct replay_options {
    const char *profile, *save_profile;
    cli_texts   slots;
    uint64_t    seed;
    bool        json;
} replay_options;

typedef struct replay_state {
    cli_pool             *pool;
    const replay_options *options;
    const sotto_bundle   *bundle;
    sotto_profile        *profile;
    void                 *block, *scratch;
    sotto_shelf          *shelf;
} replay_state;

/* ---- The profile ---------------------------------------------------------------------------- */

static bool load_profile(replay_state *replay, const char *file)
{
    size_t size;
    sotto_fault fault = {0};
    const uint8_t *bytes = cli_file_read(replay->pool, file, CLI_PART_MAX_SIZE, &size);
    if (!bytes) {
        return false;
    }
    memcpy(replay->block, bytes, size < SOTTO_PROFILE_SIZE ? size : SOTTO_PROFILE_SIZE);
    sotto_status status = sotto_profile_open(replay->block, size, &fault);
    replay->profile = replay->block;
    return status == SOTTO_OK || cli_error_at(file, status, &fault);
}

static bool save_profile(replay_state *replay, const char *file)
{
    sotto_profile_seal(replay->profile);
    return cli_file_write(replay->pool, file, replay->profile, SOTTO_PROFILE_SIZE);
}

/* ---- Slots ---------------------------------------------------------------------------------- */

static bool find_slot(const replay_state *replay, const char *name, const char *where,
                      sotto_slot *slot)
{
    if (sotto_slot_find(replay->bundle, name, strlen(name), slot) == SOTTO_OK) {
        return true;
    }
    uint32_t count = sotto_slot_count(replay->bundle);
    const char **names = cli_pool_alloc(replay->pool, (size_t)count + 1, sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        sotto_text text = sotto_slot_get(replay->bundle, i).name;
        names[i] = cli_pool_copy(replay->pool, text.bytes, text.size);
    }
    const char *near = cli_nearest(name, names, count);
    char list[512];
    cli_error("%s: the bundle has no slot \"%s\"", where, name);
    if (near) {
        cli_hint("did you mean \"%s\"?", near);
    } else if (count) {
        cli_hint("it has %s", cli_nearest_list(list, sizeof list, names, count));
    }
    return false;
}

/* Ids to indexes; what the bundle does not know is said and left out, as in a page. */
static uint32_t find_items(const replay_state *replay, const cli_replay_line *line,
                           const char *const *ids, uint32_t id_count, uint32_t *items)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < id_count; i++) {
        uint32_t item = sotto_item_find(replay->bundle, ids[i], strlen(ids[i]));
        if (item == SOTTO_NO_ITEM) {
            cli_note("%s:%u: the bundle does not know \"%s\"", line->file, line->line, ids[i]);
        } else {
            items[count++] = item;
        }
    }
    return count;
}

/* ---- Printing ------------------------------------------------------------------------------- */

static void show_pick(const replay_state *replay, uint32_t number, const sotto_pick *pick)
{
    const char *strategy = sotto_strategy_name(pick->strategy);
    printf("  %2u. ", number);
    cli_show_item(replay->bundle, pick->item);
    if (pick->score) {
        printf("  %.3f", pick->score / 65536.0);
    }
    printf("  %s\n", strategy ? strategy : "");
    for (uint32_t i = 0; i < pick->reason_count; i++) {
        fputs("        ", stdout);
        cli_show_reason(replay->bundle, &pick->reasons[i]);
        putchar('\n');
    }
}

static void show_answer(const replay_state *replay, const cli_replay_line *line,
                        const sotto_slot *slot, const sotto_answer *answer)
{
    char time[CLI_NUMBER_SIZE];
    printf("%s  ", cli_number_time(time, line->time_s));
    cli_show_text(slot->name);
    if (answer->count == 0) {
        puts(": nothing better than the shop's own content");
        return;
    }
    putchar('\n');
    for (uint32_t i = 0; i < answer->count; i++) {
        show_pick(replay, i + 1, &answer->picks[i]);
    }
}

static void json_answer(const replay_state *replay, const cli_replay_line *line,
                        const sotto_slot *slot, const sotto_answer *answer)
{
    cli_json json = cli_json_to(stdout, CLI_JSON_DENSE);
    cli_json_object(&json, NULL);
    cli_json_number(&json, "line", line->line);
    cli_json_number(&json, "time_s", line->time_s);
    cli_json_bytes(&json, "slot", slot->name);
    cli_json_bytes(&json, "heading", slot->heading);
    cli_json_array(&json, "items");
    for (uint32_t i = 0; i < answer->count; i++) {
        const sotto_pick *pick = &answer->picks[i];
        const char *strategy = sotto_strategy_name(pick->strategy);
        cli_json_object(&json, NULL);
        cli_json_item(&json, replay->bundle, pick->item);
        cli_json_number(&json, "score", pick->score);
        cli_json_text(&json, "strategy", strategy ? strategy : "");
        cli_json_array(&json, "reasons");
        for (uint32_t j = 0; j < pick->reason_count; j++) {
            cli_json_reason(&json, replay->bundle, &pick->reasons[j]);
        }
        cli_json_end(&json);
        cli_json_end(&json);
    }
    cli_json_end(&json);
    cli_json_end(&json);
    cli_json_finish(&json);
}

static void show_event(const replay_state *replay, const cli_replay_line *line)
{
    char time[CLI_NUMBER_SIZE];
    printf("%s  %s", cli_number_time(time, line->time_s), sotto_event_name(line->kind));
    if (line->item) {
        uint32_t item = line->kind == SOTTO_CATEGORY_VIEW
                            ? SOTTO_NO_ITEM
                            : sotto_item_find(replay->bundle, line->item, strlen(line->item));
        putchar(' ');
        if (item == SOTTO_NO_ITEM) {
            cli_show_text((sotto_text){line->item, strlen(line->item)});
        } else {
            cli_show_item(replay->bundle, item);
        }
    }
    if (line->quantity > 1) {
        printf(" (%u)", line->quantity);
    }
    putchar('\n');
}

/* ---- Playing -------------------------------------------------------------------------------- */

/* What the ranker finds for the profile as it is now; NULL without one, or without a profile. */
static const sotto_shelf *rank(const replay_state *replay, uint32_t now_s)
{
    if (!replay->profile || !sotto_bundle_has(replay->bundle, SOTTO_RANKER)) {
        return NULL;
    }
    sotto_shelve(replay->bundle, replay->profile, now_s, 0, replay->scratch,
                 sotto_rank_scratch_size(), replay->shelf);
    return replay->shelf;
}

static bool ask(replay_state *replay, const cli_replay_line *line, const char *slot_name,
                const char *where)
{
    sotto_slot slot;
    sotto_answer answer;
    uint32_t items[CLI_REPLAY_ITEMS_MAX];
    uint32_t cart[CLI_REPLAY_ITEMS_MAX];
    if (!find_slot(replay, slot_name, where, &slot)) {
        return false;
    }
    sotto_context context = {
        .now_s = line->time_s,
        .page_items = items,
        .page_item_count = find_items(replay, line, line->items, line->item_count, items),
        .cart_items = cart,
        .cart_item_count = find_items(replay, line, line->cart, line->cart_count, cart),
        .cart_given = line->cart_given,
        .shelf = rank(replay, line->time_s),
    };
    sotto_status status = sotto_decide(replay->bundle, replay->profile, &context, &slot,
                                       replay->scratch, sotto_decision_scratch_size(), &answer);
    if (status != SOTTO_OK) {
        return cli_error("%s: %s", where, sotto_status_text(status));
    }
    if (replay->options->json) {
        json_answer(replay, line, &slot, &answer);
    } else {
        show_answer(replay, line, &slot, &answer);
    }
    return true;
}

/* The page that a view or click leads to is about its item. */
static bool ask_after_event(replay_state *replay, cli_replay_line *line)
{
    const cli_texts *slots = &replay->options->slots;
    if (line->item && (line->kind == SOTTO_VIEW || line->kind == SOTTO_CLICK)
        && sotto_item_find(replay->bundle, line->item, strlen(line->item)) != SOTTO_NO_ITEM) {
        line->items[0] = line->item;
        line->item_count = 1;
    }
    for (size_t i = 0; i < slots->count; i++) {
        if (!ask(replay, line, slots->texts[i], "--slot")) {
            return false;
        }
    }
    return true;
}

static void fold(replay_state *replay, const cli_replay_line *line)
{
    if (!replay->profile) {
        replay->profile = sotto_profile_init(replay->block, replay->options->seed, line->time_s);
    }
    sotto_event event = {
        .item = line->item ? sotto_hash(line->item, strlen(line->item)) : 0,
        .time_s = line->time_s,
        .kind = line->kind,
        .quantity = line->quantity,
    };
    sotto_profile_fold(replay->profile, replay->bundle, &event);
}

static bool play_line(replay_state *replay, cli_replay_line *line)
{
    if (line->ask) {
        const char *where = cli_pool_print(replay->pool, "%s:%u", line->file, line->line);
        return ask(replay, line, line->ask, where);
    }
    fold(replay, line);
    if (!replay->options->json) {
        show_event(replay, line);
    }
    return ask_after_event(replay, line);
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

static int run_replay(cli_pool *pool, const replay_options *options, const cli_texts *operands)
{
    cli_bundle_files files;
    if (!cli_bundle_load(pool, operands->texts[0], &files)) {
        return CLI_REFUSED;
    }
    replay_state replay = {
        .pool = pool,
        .options = options,
        .bundle = files.bundle,
        .block = cli_pool_alloc(pool, 1, SOTTO_PROFILE_SIZE),
        .scratch = cli_pool_alloc(pool, 1, sotto_rank_scratch_size()),
        .shelf = cli_pool_alloc(pool, 1, SOTTO_SHELF_SIZE),
    };
    if (options->profile && !load_profile(&replay, options->profile)) {
        return CLI_REFUSED;
    }
    if (!play(&replay, operands->texts[1])) {
        return CLI_REFUSED;
    }
    if (options->save_profile && !replay.profile) {
        cli_note("there were no events, and so there is no profile to save");
    } else if (options->save_profile && !save_profile(&replay, options->save_profile)) {
        return CLI_REFUSED;
    }
    return CLI_DONE;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    replay_options options = {0};
    const cli_option known[] = {
        {"slot", 0, CLI_TEXTS, &options.slots},
        {"profile", 0, CLI_TEXT, &options.profile},
        {"save-profile", 0, CLI_TEXT, &options.save_profile},
        {"seed", 0, CLI_NUMBER, &options.seed},
        {"json", 0, CLI_SWITCH, &options.json},
    };
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc,
                                           argv, &pool, 2, 2, &operands);
    int status = result == CLI_ARGS_GO_ON ? run_replay(&pool, &options, &operands)
                                          : cli_args_status(result);
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_replay = {"replay", "a recorded session against a bundle, with reasons",
                                "the folder or the file of events", help, run};

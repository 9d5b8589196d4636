/*
 * cmd_diff.c - sotto diff: who would see something else, and what
 *
 * Two bundles, the recordings of some shoppers: every line is played against both, and what each shopper
 * sees is compared, line by line: the items of the slots that are asked, and the campaigns that come and
 * go. What cannot be seen (scores, reasons, segments) is not compared.
 */
#include "cli/bundle_files.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/number.h"
#include "cli/replay_shoppers.h"
#include "cli/report.h"
#include "cli/shown.h"

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: sotto diff [OPTIONS] OLD NEW --events FILE\n"
    "\n"
    "Plays recorded sessions (NDJSON, as sotto replay) against two published folders\n"
    "and says which shoppers would see something else, and what: the items of slots,\n"
    "and campaigns that come and go. A line may name its \"shopper\".\n"
    "\n"
    "  --events FILE   the recordings; may be repeated\n"
    "  --slot NAME     ask this slot after every event and page; may be repeated\n"
    "  --seed N        the seed of the shoppers' profiles; default 0\n"
    "  --check         exit status 1 if anybody would see something else\n"
    "  --json          NDJSON; default in words\n"
    "\n"
    "Example: who is affected if I publish this?\n"
    "\n"
    "  $ sotto diff public/sotto next/sotto --events anna.ndjson --slot home-for-you\n";

typedef struct diff_options {
    cli_texts events, slots;
    uint64_t  seed;
    bool      check, json;
} diff_options;

enum { OLD, NEW, SIDES };

/* What one shopper saw at one line, as words that can be compared. */
typedef struct sights {
    const char *words[256];
    uint32_t    count;
} sights;

typedef struct side {
    cli_bundle_files    files;
    cli_player_listener listener;
    cli_shoppers        shoppers;
    sights              seen;      /* at this line */
    cli_pool           *pool;
} side;

/* Somebody for whom a campaign or a slot is another. */
typedef struct difference {
    const char *what;              /* "campaign boots-popup"; NULL: anything at all */
    const char *shopper;
} difference;

typedef struct diff_state {
    cli_pool           *pool;
    const diff_options *options;
    side                sides[SIDES];
    difference         *differences;   /* to be freed */
    size_t              count, room;
    uint32_t            shopper_count;
} diff_state;

/* ---- What is seen ---------------------------------------------------------------------------- */

static void see(side *one, const char *word)
{
    if (one->seen.count < SOTTO_ARRAY_COUNT(one->seen.words)) {
        one->seen.words[one->seen.count++] = word;
    }
}

static void see_campaign(void *context, const cli_player *player, uint32_t campaign, bool shown)
{
    side *one = context;
    sotto_text name = sotto_campaign_get(player->plan, campaign).name;
    see(one, cli_pool_print(one->pool, "campaign %.*s: %s", (int)name.size, name.bytes,
                            shown ? "shown" : "taken off"));
}

static bool see_slot(side *one, cli_player *player, const cli_replay_line *line, const char *name,
                     const char *where)
{
    sotto_slot slot;
    sotto_answer answer;
    if (sotto_slot_find(player->bundle, name, strlen(name), &slot) != SOTTO_OK) {
        see(one, cli_pool_print(one->pool, "slot %s: there is none", name));
        return true;
    }
    sotto_status status = cli_player_ask(player, line, &slot, &answer);
    if (status != SOTTO_OK) {
        return cli_error("%s: %s", where, sotto_status_text(status));
    }
    const char *word = cli_pool_print(one->pool, "slot %s:%s", name,
                                      answer.count == 0 ? " the shop's own content" : "");
    for (uint32_t i = 0; i < answer.count; i++) {
        sotto_text id = sotto_item_id(player->bundle, answer.picks[i].item);
        word = cli_pool_print(one->pool, "%s %.*s", word, (int)id.size, id.bytes);
    }
    see(one, word);
    return true;
}

static bool look(diff_state *diff, side *one, cli_replay_line *line)
{
    const cli_texts *slots = &diff->options->slots;
    const char *where = cli_pool_print(diff->pool, "%s:%u", line->file, line->line);
    cli_player *player = cli_shoppers_player(&one->shoppers, line);
    one->seen.count = 0;
    if (line->what == CLI_REPLAY_ASK) {
        return see_slot(one, player, line, line->text, where);
    }
    if (!cli_player_play(player, line)) {
        return false;
    }
    cli_replay_line asked = *line;
    if (line->item && (line->kind == SOTTO_VIEW || line->kind == SOTTO_CLICK)
        && sotto_item_find(player->bundle, line->item, strlen(line->item)) != SOTTO_NO_ITEM) {
        asked.items[0] = line->item;
        asked.item_count = 1;
    }
    bool asks = line->what == CLI_REPLAY_EVENT || line->what == CLI_REPLAY_PAGE;
    for (size_t i = 0; asks && i < slots->count; i++) {
        if (!see_slot(one, player, &asked, slots->texts[i], where)) {
            return false;
        }
    }
    return true;
}

/* ---- What is different ----------------------------------------------------------------------- */

static bool saw(const sights *seen, const char *word)
{
    for (uint32_t i = 0; i < seen->count; i++) {
        if (strcmp(seen->words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static void add_difference(diff_state *diff, const char *what, const char *shopper)
{
    diff->differences = cli_array_grow(diff->differences, diff->count, &diff->room,
                                       sizeof *diff->differences);
    diff->differences[diff->count++] = (difference){what, shopper};
}

/* By what, then by shopper; what is about anything at all stands first. */
static int compare_differences(const void *a, const void *b)
{
    const difference *x = a, *y = b;
    int order = x->what && y->what ? strcmp(x->what, y->what) : !!x->what - !!y->what;
    return order != 0 ? order : strcmp(x->shopper, y->shopper);
}

/* Sorts them and leaves each once. */
static void settle_differences(diff_state *diff)
{
    size_t kept = 0;
    if (diff->count > 0) {
        qsort(diff->differences, diff->count, sizeof *diff->differences, compare_differences);
    }
    for (size_t i = 0; i < diff->count; i++) {
        if (kept == 0
            || compare_differences(&diff->differences[kept - 1], &diff->differences[i]) != 0) {
            diff->differences[kept++] = diff->differences[i];
        }
    }
    diff->count = kept;
}

/* How many from `at` on are about the same. */
static size_t count_same(const diff_state *diff, size_t at)
{
    size_t end = at;
    while (end < diff->count
           && (diff->differences[at].what
                   ? diff->differences[end].what
                         && strcmp(diff->differences[end].what, diff->differences[at].what) == 0
                   : diff->differences[end].what == NULL)) {
        end++;
    }
    return end - at;
}

static void show_difference(const diff_state *diff, const cli_replay_line *line, int which,
                            const char *word)
{
    char time[CLI_NUMBER_SIZE];
    const char *shopper = line->shopper ? line->shopper : "";
    if (diff->options->json) {
        cli_json json = cli_json_to(stdout, CLI_JSON_DENSE);
        cli_json_object(&json, NULL);
        cli_json_text(&json, "file", line->file);
        cli_json_number(&json, "line", line->line);
        cli_json_text(&json, "shopper", shopper);
        cli_json_text(&json, "side", which == OLD ? "old" : "new");
        cli_json_text(&json, "sees", word);
        cli_json_end(&json);
        cli_json_finish(&json);
        return;
    }
    printf("%s:%u: %s  %s%s%c %s\n", line->file, line->line, cli_number_time(time, line->time_s),
           shopper, shopper[0] ? "  " : "", which == OLD ? '-' : '+', word);
}

static void compare(diff_state *diff, const cli_replay_line *line)
{
    const char *shopper = line->shopper ? line->shopper : line->file;
    for (int which = OLD; which < SIDES; which++) {
        const sights *seen = &diff->sides[which].seen;
        for (uint32_t i = 0; i < seen->count; i++) {
            if (!saw(&diff->sides[1 - which].seen, seen->words[i])) {
                show_difference(diff, line, which, seen->words[i]);
                const char *word = seen->words[i];
                add_difference(diff, NULL, shopper);
                add_difference(diff, cli_pool_copy(diff->pool, word, strcspn(word, ":")), shopper);
            }
        }
    }
}

/* ---- Playing --------------------------------------------------------------------------------- */

static bool open_side(diff_state *diff, int which, const char *folder)
{
    side *one = &diff->sides[which];
    if (!cli_bundle_load(diff->pool, folder, &one->files)) {
        return false;
    }
    const sotto_plan *plan = cli_plan_open(diff->pool, one->files.bundle, folder);
    one->pool = diff->pool;
    one->listener = (cli_player_listener){.context = one, .campaign = see_campaign};
    one->shoppers = (cli_shoppers){.pool = diff->pool, .bundle = one->files.bundle, .plan = plan,
                                   .listener = &one->listener, .seed = diff->options->seed};
    return plan != NULL;
}

static bool play_file(diff_state *diff, const char *file)
{
    cli_replay_reader reader;
    cli_replay_line line;
    if (!cli_replay_start(diff->pool, file, &reader)) {
        return false;
    }
    /* Who is not named is somebody else in every file. */
    for (int which = OLD; which < SIDES; which++) {
        diff->sides[which].shoppers.count = 0;
    }
    for (;;) {
        switch (cli_replay_next(&reader, &line)) {
        case CLI_REPLAY_BAD: return false;
        case CLI_REPLAY_END:
            diff->shopper_count += (uint32_t)diff->sides[NEW].shoppers.count;
            return true;
        case CLI_REPLAY_LINE: break;
        }
        if (!look(diff, &diff->sides[OLD], &line) || !look(diff, &diff->sides[NEW], &line)) {
            return false;
        }
        compare(diff, &line);
    }
}

static void json_summary(const diff_state *diff, size_t others)
{
    cli_json json = cli_json_to(stdout, CLI_JSON_DENSE);
    cli_json_object(&json, NULL);
    cli_json_number(&json, "shoppers", diff->shopper_count);
    cli_json_number(&json, "different", others);
    cli_json_array(&json, "what");
    for (size_t at = others; at < diff->count; at += count_same(diff, at)) {
        cli_json_object(&json, NULL);
        cli_json_text(&json, "what", diff->differences[at].what);
        cli_json_number(&json, "shoppers", count_same(diff, at));
        cli_json_end(&json);
    }
    cli_json_end(&json);
    cli_json_end(&json);
    cli_json_finish(&json);
}

static void show_summary(diff_state *diff)
{
    settle_differences(diff);
    size_t others = diff->count > 0 ? count_same(diff, 0) : 0;
    if (diff->options->json) {
        json_summary(diff, others);
        return;
    }
    printf("shoppers who would see something else: %zu of %u\n", others, diff->shopper_count);
    for (size_t at = others; at < diff->count; at += count_same(diff, at)) {
        printf("  %-32s %zu\n", diff->differences[at].what, count_same(diff, at));
    }
}

static int run_diff(cli_pool *pool, const diff_options *options, const cli_texts *operands)
{
    diff_state diff = {.pool = pool, .options = options};
    bool good = open_side(&diff, OLD, operands->texts[0])
             && open_side(&diff, NEW, operands->texts[1]);
    for (size_t i = 0; good && i < options->events.count; i++) {
        good = play_file(&diff, options->events.texts[i]);
    }
    if (good) {
        show_summary(&diff);
    }
    good = good && (!options->check || diff.count == 0);
    free(diff.sides[OLD].shoppers.list);
    free(diff.sides[NEW].shoppers.list);
    free(diff.differences);
    return good ? CLI_DONE : CLI_REFUSED;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_pool pool = {0};
    cli_texts operands;
    diff_options options = {0};
    const cli_option known[] = {
        {"events", 0, CLI_TEXTS, &options.events}, {"slot", 0, CLI_TEXTS, &options.slots},
        {"seed", 0, CLI_NUMBER, &options.seed},    {"check", 0, CLI_SWITCH, &options.check},
        {"json", 0, CLI_SWITCH, &options.json},
    };
    cli_args_result result = cli_args_read(command, known, SOTTO_ARRAY_COUNT(known), argc,
                                           argv, &pool, 2, 2, &operands);
    int status = cli_args_status(result);
    if (result == CLI_ARGS_GO_ON) {
        status = options.events.count == 0
                     ? cli_misuse(command, "--events FILE is missing: what to play")
                     : run_diff(&pool, &options, &operands);
    }
    cli_pool_free(&pool);
    return status;
}

const cli_command cli_diff = {"diff", "who would see something else, and what",
                              "the old folder, the new folder", help, run};

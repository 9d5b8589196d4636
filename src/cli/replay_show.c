/*
 * replay_show.c - what a replay prints, in words or as NDJSON
 */
#include "cli/replay_show.h"

#include "cli/json.h"
#include "cli/nearest.h"
#include "cli/number.h"
#include "cli/report.h"
#include "cli/shown.h"

#include <string.h>

/* ---- Answers of slots ------------------------------------------------------------------------ */

static void show_time(uint32_t time_s)
{
    char time[CLI_NUMBER_SIZE];
    printf("%s  ", cli_number_time(time, time_s));
}

static void show_pick(const sotto_bundle *bundle, uint32_t number, const sotto_pick *pick)
{
    const char *strategy = sotto_strategy_name(pick->strategy);
    printf("  %2u. ", number);
    cli_show_item(bundle, pick->item);
    if (pick->score) {
        printf("  %.3f", pick->score / 65536.0);
    }
    printf("  %s\n", strategy ? strategy : "");
    for (uint32_t i = 0; i < pick->reason_count; i++) {
        fputs("        ", stdout);
        cli_show_reason(bundle, &pick->reasons[i]);
        putchar('\n');
    }
}

void cli_replay_show_answer(const sotto_bundle *bundle, const cli_replay_line *line,
                            const sotto_slot *slot, const sotto_answer *answer)
{
    show_time(line->time_s);
    cli_show_text(slot->name);
    if (answer->count == 0) {
        puts(": nothing better than the shop's own content");
        return;
    }
    putchar('\n');
    for (uint32_t i = 0; i < answer->count; i++) {
        show_pick(bundle, i + 1, &answer->picks[i]);
    }
}

/* Every line of JSON begins alike. */
static cli_json json_line(const cli_replay_line *line, uint32_t time_s)
{
    cli_json json = cli_json_to(stdout, CLI_JSON_DENSE);
    cli_json_object(&json, NULL);
    cli_json_number(&json, "line", line->line);
    cli_json_number(&json, "time_s", time_s);
    return json;
}

static void json_end(cli_json *json)
{
    cli_json_end(json);
    cli_json_finish(json);
}

void cli_replay_json_answer(const sotto_bundle *bundle, const cli_replay_line *line,
                            const sotto_slot *slot, const sotto_answer *answer)
{
    cli_json json = json_line(line, line->time_s);
    cli_json_bytes(&json, "slot", slot->name);
    cli_json_bytes(&json, "heading", slot->heading);
    cli_json_array(&json, "items");
    for (uint32_t i = 0; i < answer->count; i++) {
        const sotto_pick *pick = &answer->picks[i];
        const char *strategy = sotto_strategy_name(pick->strategy);
        cli_json_object(&json, NULL);
        cli_json_item(&json, bundle, pick->item);
        cli_json_number(&json, "score", pick->score);
        cli_json_text(&json, "strategy", strategy ? strategy : "");
        cli_json_array(&json, "reasons");
        for (uint32_t j = 0; j < pick->reason_count; j++) {
            cli_json_reason(&json, bundle, &pick->reasons[j]);
        }
        cli_json_end(&json);
        cli_json_end(&json);
    }
    cli_json_end(&json);
    json_end(&json);
}

/* ---- Lines of the recording ------------------------------------------------------------------ */

static void show_plain(const char *text)
{
    cli_show_text((sotto_text){text, strlen(text)});
}

static void show_event(const sotto_bundle *bundle, const cli_replay_line *line)
{
    fputs(sotto_event_name(line->kind), stdout);
    if (line->item) {
        uint32_t item = line->kind == SOTTO_CATEGORY_VIEW
                            ? SOTTO_NO_ITEM
                            : sotto_item_find(bundle, line->item, strlen(line->item));
        putchar(' ');
        if (item == SOTTO_NO_ITEM) {
            show_plain(line->item);
        } else {
            cli_show_item(bundle, item);
        }
    }
    if (line->quantity > 1) {
        printf(" (%u)", line->quantity);
    }
}

static void show_told(const cli_replay_line *line)
{
    static const char *const deeds[] = {
        [SOTTO_CAMPAIGN_DISMISS - SOTTO_IMPRESSION] = "dismissed ",
        [SOTTO_CAMPAIGN_CLICK - SOTTO_IMPRESSION] = "clicked ",
        [SOTTO_REDEEMED - SOTTO_IMPRESSION] = "redeemed ",
        [SOTTO_WIN - SOTTO_IMPRESSION] = "won ",
        [SOTTO_ANSWER - SOTTO_IMPRESSION] = "answered ",
    };
    fputs(deeds[line->told - SOTTO_IMPRESSION], stdout);
    show_plain(line->about);
    if (line->value) {
        fputs(": ", stdout);
        show_plain(line->value);
    }
}

void cli_replay_show_line(const cli_player *player, const cli_replay_line *line)
{
    show_time(line->time_s);
    switch (line->what) {
    case CLI_REPLAY_EVENT: show_event(player->bundle, line); break;
    case CLI_REPLAY_WAIT: printf("%u seconds pass", line->amount); break;
    case CLI_REPLAY_STAY: printf("active for %u seconds", line->amount); break;
    case CLI_REPLAY_SCROLL: printf("scrolled to %u %%", line->amount); break;
    case CLI_REPLAY_TOLD: show_told(line); break;
    case CLI_REPLAY_PAGE:
    case CLI_REPLAY_SIGNAL:
    case CLI_REPLAY_HAPPENS:
    case CLI_REPLAY_ASK:
        fputs(line->what == CLI_REPLAY_PAGE     ? "page "
              : line->what == CLI_REPLAY_SIGNAL ? "signal "
                                                : "event ",
              stdout);
        show_plain(line->text);
        break;
    }
    putchar('\n');
}

/* ---- Segments, campaigns, experiments -------------------------------------------------------- */

static void print_campaign(void *context, const cli_player *player, uint32_t campaign, bool shown)
{
    const cli_replay_printer *printer = context;
    const sotto_verdict *verdict = &player->verdicts->list[campaign];
    sotto_campaign one = sotto_campaign_get(player->plan, campaign);
    if (printer->json) {
        cli_json json = json_line(printer->line, player->scene.now_s);
        cli_json_bytes(&json, "campaign", one.name);
        cli_json_bool(&json, "shown", shown);
        cli_json_text(&json, "block", sotto_block_name(one.block));
        cli_json_bytes(&json, "place", one.place);
        if (verdict->subject != SOTTO_NO_ITEM) {
            cli_json_bytes(&json, "subject", sotto_item_id(player->bundle, verdict->subject));
        }
        json_end(&json);
        return;
    }
    show_time(player->scene.now_s);
    fputs(shown ? "  + campaign " : "  - campaign ", stdout);
    cli_show_text(one.name);
    if (shown) {
        printf(one.block == SOTTO_INLINE ? ", an %s" : ", a %s", sotto_block_name(one.block));
        if (one.place.size > 0) {
            fputs(" at ", stdout);
            cli_show_text(one.place);
        }
        if (verdict->subject != SOTTO_NO_ITEM) {
            fputs(", about ", stdout);
            cli_show_item(player->bundle, verdict->subject);
        }
    }
    putchar('\n');
}

static void print_segment(void *context, const cli_player *player, uint32_t segment, bool entered)
{
    const cli_replay_printer *printer = context;
    sotto_text name = sotto_segment_name(player->plan, segment);
    if (printer->json) {
        cli_json json = json_line(printer->line, player->scene.now_s);
        cli_json_bytes(&json, "segment", name);
        cli_json_bool(&json, "in", entered);
        json_end(&json);
        return;
    }
    show_time(player->scene.now_s);
    fputs(entered ? "  + segment " : "  - segment ", stdout);
    cli_show_text(name);
    putchar('\n');
}

static void print_exposure(void *context, const cli_player *player, uint32_t experiment,
                           uint32_t arm)
{
    const cli_replay_printer *printer = context;
    sotto_experiment one = sotto_experiment_get(player->plan, experiment);
    if (printer->json) {
        cli_json json = json_line(printer->line, player->scene.now_s);
        cli_json_bytes(&json, "experiment", one.name);
        cli_json_bytes(&json, "arm", one.arms[arm].name);
        json_end(&json);
        return;
    }
    show_time(player->scene.now_s);
    fputs("  = experiment ", stdout);
    cli_show_text(one.name);
    fputs(": ", stdout);
    cli_show_text(one.arms[arm].name);
    putchar('\n');
}

void cli_replay_printer_start(cli_replay_printer *printer, bool json)
{
    *printer = (cli_replay_printer){
        .json = json,
        .listener = {printer, print_campaign, print_segment, print_exposure},
    };
}

/* ---- Why not --------------------------------------------------------------------------------- */

/* What the number of a verdict is about: a time, another campaign, an arm. */
static void add_detail(char text[CLI_VERDICT_SIZE], const sotto_plan *plan, uint32_t campaign,
                       const sotto_verdict *verdict)
{
    size_t size = strlen(text);
    char time[CLI_NUMBER_SIZE];
    sotto_text name = {NULL, 0};
    const char *before = " (";
    switch (verdict->rule) {
    case SOTTO_VERDICT_GROUP:
    case SOTTO_VERDICT_PLACE:
        if (verdict->detail < sotto_campaign_count(plan)) {
            name = sotto_campaign_get(plan, verdict->detail).name;
        }
        break;
    case SOTTO_VERDICT_EXPERIMENT:
        if (verdict->detail != SOTTO_NO_ARM) {
            uint32_t number = sotto_campaign_get(plan, campaign).experiment;
            before = " (is in ";
            name = sotto_experiment_get(plan, number).arms[verdict->detail].name;
        }
        break;
    case SOTTO_SHOWN:
    case SOTTO_VERDICT_ITEMS:
        break;
    default:
        if (verdict->detail > 0) {
            before = verdict->rule == SOTTO_VERDICT_TRIGGER || verdict->rule == SOTTO_VERDICT_DATES
                         ? " (at "
                         : " (until ";
            name = (sotto_text){cli_number_time(time, verdict->detail), 0};
            name.size = strlen(name.bytes);
        }
        break;
    }
    if (name.size > 0) {
        snprintf(text + size, CLI_VERDICT_SIZE - size, "%s%.*s)", before, (int)name.size,
                 name.bytes);
    }
}

char *cli_verdict_text(char text[CLI_VERDICT_SIZE], const sotto_plan *plan, uint32_t campaign,
                       const sotto_verdict *verdict)
{
    const char *name = sotto_rule_name(verdict->rule);
    snprintf(text, CLI_VERDICT_SIZE, "%s", name ? name : "unknown");
    add_detail(text, plan, campaign, verdict);
    return text;
}

static bool is_called(sotto_text text, const char *name)
{
    return text.size == strlen(name) && memcmp(text.bytes, name, text.size) == 0;
}

static void explain_one(const cli_player *player, const cli_replay_line *line, uint32_t campaign,
                        bool json_wanted)
{
    char text[CLI_VERDICT_SIZE];
    const sotto_verdict *verdict = &player->verdicts->list[campaign];
    sotto_campaign one = sotto_campaign_get(player->plan, campaign);
    if (json_wanted) {
        cli_json json = json_line(line, player->scene.now_s);
        cli_json_bytes(&json, "campaign", one.name);
        cli_json_text(&json, "rule", sotto_rule_name(verdict->rule));
        cli_json_number(&json, "detail", verdict->detail);
        cli_json_text(&json, "text", cli_verdict_text(text, player->plan, campaign, verdict));
        json_end(&json);
        return;
    }
    show_time(player->scene.now_s);
    fputs("  ? campaign ", stdout);
    cli_show_text(one.name);
    printf(": %s\n", cli_verdict_text(text, player->plan, campaign, verdict));
}

void cli_replay_explain(const cli_player *player, const cli_replay_line *line, const char *name,
                        bool json)
{
    bool all = strcmp(name, "all") == 0;
    for (uint32_t i = 0; i < sotto_campaign_count(player->plan); i++) {
        if (all || is_called(sotto_campaign_get(player->plan, i).name, name)) {
            explain_one(player, line, i, json);
        }
    }
}

bool cli_replay_can_explain(cli_pool *pool, const sotto_plan *plan, const char *name)
{
    uint32_t count = sotto_campaign_count(plan);
    const char **names = cli_pool_alloc(pool, (size_t)count + 1, sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        sotto_text one = sotto_campaign_get(plan, i).name;
        if (is_called(one, name)) {
            return true;
        }
        names[i] = cli_pool_copy(pool, one.bytes, one.size);
    }
    if (strcmp(name, "all") == 0) {
        return true;
    }
    const char *near = cli_nearest(name, names, count);
    cli_error("--explain: the bundle has no campaign \"%s\"", name);
    if (near) {
        cli_hint("did you mean \"%s\"?", near);
    }
    return false;
}

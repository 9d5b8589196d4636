/*
 * replay_player.c - one shopper, page after page, as a recording tells it
 */
#include "cli/replay_player.h"

#include "cli/files.h"
#include "cli/nearest.h"
#include "cli/profile_file.h"
#include "cli/replay_campaigns.h"
#include "cli/report.h"

#include "base/base.h"
#include "profile/ledger.h"
#include "profile/shelf.h"

#include <string.h>

#define AGAIN_S 60u

const sotto_plan *cli_plan_open(cli_pool *pool, const sotto_bundle *bundle, const char *where)
{
    sotto_fault fault = {0};
    void *plan = cli_pool_alloc(pool, 1, sotto_plan_size());
    if (!sotto_bundle_has(bundle, SOTTO_CAMPAIGNS)) {
        return plan;
    }
    sotto_status status = sotto_plan_open(plan, bundle, &fault);
    if (status != SOTTO_OK) {
        cli_error_at(where, status, &fault);
        return NULL;
    }
    return plan;
}

void cli_player_start(cli_player *player, cli_pool *pool, const sotto_bundle *bundle,
                      const sotto_plan *plan, uint64_t seed, const cli_player_listener *listener)
{
    static const sotto_text none = {"", 0};
    *player = (cli_player){
        .pool = pool,
        .bundle = bundle,
        .plan = plan,
        .listener = listener,
        .seed = seed,
        .verdicts = cli_pool_alloc(pool, 1, sizeof(sotto_verdicts)),
        .profile_block = cli_pool_alloc(pool, 1, SOTTO_PROFILE_SIZE),
        .ledger_block = cli_pool_alloc(pool, 1, SOTTO_LEDGER_SIZE),
        .moment_block = cli_pool_alloc(pool, 1, sotto_moment_size()),
        .scratch = cli_pool_alloc(pool, 1, sotto_rank_scratch_size()),
        .shelf = cli_pool_alloc(pool, 1, SOTTO_SHELF_SIZE),
        .scene = {
            .path = none, .query = none, .page_type = none, .category = none, .timezone = none,
            .device = {"desktop", 7}, .language = {"en", 2}, .referrer = {"none", 4},
            .stored = true,
        },
    };
}

/* ---- The profile ----------------------------------------------------------------------------- */

static void begin_profile(cli_player *player)
{
    if (!player->profile) {
        player->profile = sotto_profile_init(player->profile_block, player->seed,
                                             player->scene.now_s);
    }
    if (!player->ledger) {
        player->ledger = sotto_ledger_init(player->ledger_block, player->profile, player->bundle);
    }
}

bool cli_player_load(cli_player *player, const char *file)
{
    size_t size;
    sotto_fault fault = {0};
    const uint8_t *bytes = cli_profile_file_read(player->pool, file, &size);
    if (!bytes) {
        return false;
    }
    const size_t ledger_at = SOTTO_PROFILE_SIZE + SOTTO_SHELF_SIZE;
    bool whole = size == ledger_at + SOTTO_LEDGER_SIZE;
    size_t profile_size = whole || size == ledger_at ? SOTTO_PROFILE_SIZE : size;
    memcpy(player->profile_block, bytes,
           profile_size < SOTTO_PROFILE_SIZE ? profile_size : SOTTO_PROFILE_SIZE);
    sotto_status status = sotto_profile_open(player->profile_block, profile_size, &fault);
    if (status != SOTTO_OK) {
        return cli_error_at(file, status, &fault);
    }
    player->profile = player->profile_block;
    if (!whole) {
        return true;
    }
    memcpy(player->ledger_block, bytes + ledger_at, SOTTO_LEDGER_SIZE);
    status = sotto_ledger_open(player->ledger_block, SOTTO_LEDGER_SIZE, player->profile, &fault);
    player->ledger = player->ledger_block;
    return status == SOTTO_OK || cli_error_at(file, status, &fault);
}

bool cli_player_save(const cli_player *player, const char *file)
{
    bool whole = sotto_campaign_count(player->plan) > 0;
    size_t size = whole ? SOTTO_PROFILE_SIZE + SOTTO_SHELF_SIZE + SOTTO_LEDGER_SIZE
                        : SOTTO_PROFILE_SIZE;
    uint8_t *bytes = cli_pool_alloc(player->pool, 1, size);
    sotto_profile_seal(player->profile);
    memcpy(bytes, player->profile, SOTTO_PROFILE_SIZE);
    if (whole) {
        sotto_ledger_seal(player->ledger);
        memcpy(bytes + size - SOTTO_LEDGER_SIZE, player->ledger, SOTTO_LEDGER_SIZE);
    }
    return cli_file_write(player->pool, file, bytes, size);
}

void cli_player_fold(cli_player *player, uint32_t kind, uint64_t item, uint32_t quantity)
{
    sotto_event event = {item, player->scene.now_s, (sotto_event_kind)kind, quantity};
    begin_profile(player);
    if (kind <= SOTTO_DISMISS) {
        sotto_profile_fold(player->profile, player->bundle, &event);
    }
    sotto_ledger_fold(player->ledger, player->plan, player->bundle, player->profile, &event,
                      player->scene.utc_offset_min);
}

/* ---- Time ------------------------------------------------------------------------------------ */

static void step(cli_player *player, uint32_t seconds, bool active)
{
    sotto_scene *scene = &player->scene;
    scene->now_s += seconds;
    scene->idle_s = active ? 0 : scene->idle_s + seconds;
    if (!active) {
        return;
    }
    scene->page_active_s += seconds;
    for (uint32_t left = seconds; left > 0;) {
        uint32_t part = sotto_min_u32(left, UINT16_MAX);
        cli_player_fold(player, SOTTO_DWELL,
                        scene->page_item_count
                            ? sotto_item_hash(player->bundle, scene->page_items[0]) : 0, part);
        left -= part;
    }
}

/*
 * From alarm to alarm: what time alone changes, changes when it is time. What an expression says of
 * time is asked once a minute, as an open page does (web/campaigns/director.js).
 */
static void pass(cli_player *player, uint32_t seconds, bool active)
{
    while (seconds > 0) {
        const sotto_verdicts *verdicts = player->verdicts;
        uint32_t now_s = player->scene.now_s;
        uint32_t next = player->page_opened ? sotto_min_u32(seconds, AGAIN_S) : seconds;
        if (verdicts->next_s > now_s) {
            next = sotto_min_u32(next, verdicts->next_s - now_s);
        }
        if (active && verdicts->next_active_s > 0) {
            next = sotto_min_u32(next, verdicts->next_active_s);
        }
        step(player, next, active);
        seconds -= next;
        cli_player_settle(player);
    }
}

/* ---- Lines ----------------------------------------------------------------------------------- */

uint32_t cli_player_items(const cli_player *player, const cli_replay_line *line,
                          const char *const *ids, uint32_t id_count, uint32_t *items)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < id_count; i++) {
        uint32_t item = sotto_item_find(player->bundle, ids[i], strlen(ids[i]));
        if (item == SOTTO_NO_ITEM) {
            cli_note("%s:%u: the bundle does not know \"%s\"", line->file, line->line, ids[i]);
        } else {
            items[count++] = item;
        }
    }
    return count;
}

static sotto_text text_of(const char *text)
{
    return text ? (sotto_text){text, strlen(text)} : (sotto_text){"", 0};
}

/* What a page does not say of the browser is as it was. */
static void keep_or_set(sotto_text *place, const char *text)
{
    if (text) {
        *place = text_of(text);
    }
}

/* A visit begins with its first page, whatever is done there: with a view of nothing. */
static void begin_visit(cli_player *player)
{
    begin_profile(player);
    sotto_profile_summary known = sotto_profile_get(player->profile);
    uint32_t now_s = player->scene.now_s;
    uint32_t pause_s = now_s > known.updated_s ? now_s - known.updated_s
                                               : known.updated_s - now_s;
    if (known.event_total == 0 || pause_s > sotto_bundle_site(player->bundle).session_gap_s) {
        cli_player_fold(player, SOTTO_VIEW, 0, 0);
    }
}

static void open_page(cli_player *player, const cli_replay_line *line)
{
    const cli_replay_page *page = &line->page;
    sotto_scene *scene = &player->scene;
    scene->path = text_of(line->text);
    scene->query = text_of(page->query);
    scene->page_type = text_of(page->type);
    scene->category = text_of(page->category);
    scene->referrer = text_of(page->referrer ? page->referrer : "own");
    keep_or_set(&scene->device, page->device);
    keep_or_set(&scene->language, page->language);
    keep_or_set(&scene->timezone, page->timezone);
    scene->touch = page->touch < 0 ? scene->touch : page->touch;
    scene->utc_offset_min = page->has_offset ? page->offset_min : scene->utc_offset_min;
    if (page->has_account) {
        memcpy(player->account, page->account, sizeof player->account);
        scene->account = player->account;
        scene->account_count = page->account_count;
    }
    scene->page_items = player->page_items;
    scene->page_item_count = cli_player_items(player, line, line->items, line->item_count,
                                              player->page_items);
    scene->cart_items = player->cart;
    scene->cart_given = line->cart_given;
    scene->cart_item_count = cli_player_items(player, line, line->cart, line->cart_count,
                                              player->cart);
    scene->page_active_s = scene->idle_s = scene->scroll_percent = scene->signals = 0;
    scene->event_count = 0;
    player->showing_count = 0;
    player->page_opened = true;
    begin_visit(player);
}

/* The page that a view or click leads to is about its item. */
static void do_event(cli_player *player, const cli_replay_line *line)
{
    uint64_t item = line->item ? sotto_hash(line->item, strlen(line->item)) : 0;
    cli_player_fold(player, line->kind, item, line->quantity);
    player->scene.signals |= line->amount;
    if (!player->page_opened && line->item
        && (line->kind == SOTTO_VIEW || line->kind == SOTTO_CLICK)) {
        uint32_t index = sotto_item_find_hash(player->bundle, item);
        player->page_items[0] = index;
        player->scene.page_items = player->page_items;
        player->scene.page_item_count = index != SOTTO_NO_ITEM;
    }
}

static bool know_campaign(cli_player *player, const cli_replay_line *line)
{
    uint32_t count = sotto_campaign_count(player->plan);
    const char **names = cli_pool_alloc(player->pool, (size_t)count + 1, sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        sotto_text name = sotto_campaign_get(player->plan, i).name;
        names[i] = cli_pool_copy(player->pool, name.bytes, name.size);
        if (strcmp(names[i], line->about) == 0) {
            return true;
        }
    }
    const char *near = cli_nearest(line->about, names, count);
    cli_error("%s:%u: the bundle has no campaign \"%s\"", line->file, line->line, line->about);
    if (near) {
        cli_hint("did you mean \"%s\"?", near);
    }
    return false;
}

static bool do_told(cli_player *player, const cli_replay_line *line)
{
    size_t size = strlen(line->about);
    uint64_t key = sotto_hash(line->about, size);
    begin_profile(player);
    if (line->told == SOTTO_WIN) {
        cli_player_win(player, line);
        return true;
    }
    if (line->told == SOTTO_ANSWER) {
        const char *text = cli_pool_print(player->pool, "%s%c%s", line->about, 0, line->value);
        cli_player_fold(player, SOTTO_ANSWER, key, 0);
        key = sotto_hash(text, size + 1 + strlen(line->value));
    } else if (line->told != SOTTO_REDEEMED && !know_campaign(player, line)) {
        return false;
    }
    cli_player_fold(player, line->told, key, 0);
    if (line->told == SOTTO_CAMPAIGN_DISMISS) {
        cli_player_take_off(player, key);
    }
    return true;
}

static void do_happens(cli_player *player, const cli_replay_line *line)
{
    sotto_scene *scene = &player->scene;
    if (scene->event_count < CLI_PLAYER_EVENTS_MAX) {
        player->events[scene->event_count++] = sotto_hash(line->text, strlen(line->text));
    }
    scene->events = player->events;
}

bool cli_player_play(cli_player *player, const cli_replay_line *line)
{
    player->scene.now_s = line->time_s;
    switch (line->what) {
    case CLI_REPLAY_EVENT: do_event(player, line); break;
    case CLI_REPLAY_PAGE: open_page(player, line); break;
    case CLI_REPLAY_WAIT:
    case CLI_REPLAY_STAY:
        begin_profile(player);
        cli_player_settle(player);
        pass(player, line->amount, line->what == CLI_REPLAY_STAY);
        return true;
    case CLI_REPLAY_SCROLL:
        player->scene.scroll_percent = sotto_max_u32(player->scene.scroll_percent, line->amount);
        break;
    case CLI_REPLAY_SIGNAL: player->scene.signals |= line->amount; break;
    case CLI_REPLAY_HAPPENS: do_happens(player, line); break;
    case CLI_REPLAY_TOLD:
        if (!do_told(player, line)) {
            return false;
        }
        break;
    case CLI_REPLAY_ASK: break;
    }
    cli_player_settle(player);
    return true;
}

/* What the ranker finds for the profile as it is now; NULL without one, or without a profile. */
static const struct sotto_shelf *rank(const cli_player *player, uint32_t now_s)
{
    if (!player->profile || !sotto_bundle_has(player->bundle, SOTTO_RANKER)) {
        return NULL;
    }
    sotto_shelve(player->bundle, player->profile, now_s, 0, player->scratch,
                 sotto_rank_scratch_size(), player->shelf);
    return player->shelf;
}

sotto_status cli_player_ask(cli_player *player, const cli_replay_line *line,
                            const sotto_slot *slot, sotto_answer *answer)
{
    uint32_t items[CLI_REPLAY_ITEMS_MAX];
    uint32_t cart[CLI_REPLAY_ITEMS_MAX];
    sotto_context context = {
        .now_s = line->time_s,
        .page_items = items,
        .page_item_count = cli_player_items(player, line, line->items, line->item_count, items),
        .cart_items = cart,
        .cart_item_count = cli_player_items(player, line, line->cart, line->cart_count, cart),
        .cart_given = line->cart_given,
        .shelf = rank(player, line->time_s),
    };
    return sotto_decide(player->bundle, player->profile, &context, slot, player->scratch,
                        sotto_decision_scratch_size(), answer);
}

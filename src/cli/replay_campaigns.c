/*
 * replay_campaigns.c - what is on a shopper's page, asked anew whenever something has happened
 *
 * Who this is and what is shown changes with everything: an event, a page, time alone. So there is one
 * question, and what differs from its last answer is told and kept: first what goes, then what comes, an
 * arm that is met before the campaign that shows it.
 */
#include "cli/replay_campaigns.h"

#include "profile/ledger.h"

#include <string.h>

static bool shows(const cli_player *player, uint32_t campaign)
{
    for (uint32_t i = 0; i < player->showing_count; i++) {
        if (player->showing[i] == campaign) {
            return true;
        }
    }
    return false;
}

static void tell_campaign(const cli_player *player, uint32_t campaign, bool shown)
{
    const cli_player_listener *listener = player->listener;
    if (listener && listener->campaign) {
        listener->campaign(listener->context, player, campaign, shown);
    }
}

static void update_segments(cli_player *player, const uint32_t *segments)
{
    const cli_player_listener *listener = player->listener;
    for (uint32_t i = 0; i < sotto_segment_count(player->plan); i++) {
        bool in = segments[i / 32] >> i % 32 & 1;
        bool was = player->segments[i / 32] >> i % 32 & 1;
        if (in != was && listener && listener->segment) {
            listener->segment(listener->context, player, i, in);
        }
    }
    memcpy(player->segments, segments, sizeof player->segments);
}

/* The key by which the ledger knows an arm: hash(experiment, 0, arm). */
static uint64_t arm_key(const cli_player *player, const sotto_experiment *experiment, uint32_t arm)
{
    sotto_text name = experiment->arms[arm].name;
    const char *text = cli_pool_print(player->pool, "%.*s%c%.*s", (int)experiment->name.size,
                                      experiment->name.bytes, 0, (int)name.size, name.bytes);
    return sotto_hash(text, experiment->name.size + 1 + name.size);
}

/* An arm is met once: the first time the shopper sees, or would see, a difference. */
static void expose(cli_player *player, uint32_t campaign, uint32_t arm)
{
    const cli_player_listener *listener = player->listener;
    uint32_t number = sotto_campaign_get(player->plan, campaign).experiment;
    sotto_experiment experiment = sotto_experiment_get(player->plan, number);
    uint64_t key = arm_key(player, &experiment, arm);
    const sotto_ledger_arm *met = sotto_ledger_arm_find(player->ledger, key);
    if (met && met->exposed_s) {
        return;
    }
    cli_player_fold(player, SOTTO_EXPOSURE, key, 0);
    if (listener && listener->exposure) {
        listener->exposure(listener->context, player, number, arm);
    }
}

static void drop_campaigns(cli_player *player)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < player->showing_count; i++) {
        uint32_t campaign = player->showing[i];
        if (player->verdicts->list[campaign].rule == SOTTO_SHOWN) {
            player->showing[kept++] = campaign;
        } else {
            tell_campaign(player, campaign, false);
        }
    }
    player->showing_count = kept;
}

static void add_campaigns(cli_player *player)
{
    for (uint32_t i = 0; i < player->verdicts->count; i++) {
        const sotto_verdict *verdict = &player->verdicts->list[i];
        if (verdict->exposed && player->ledger) {
            expose(player, i, verdict->arm);
        }
        if (verdict->rule == SOTTO_SHOWN && !shows(player, i)) {
            player->showing[player->showing_count++] = i;
            if (player->ledger) {
                sotto_campaign campaign = sotto_campaign_get(player->plan, i);
                cli_player_fold(player, SOTTO_IMPRESSION, campaign.key, 0);
                if (campaign.offer != SOTTO_NONE) {
                    cli_player_fold(player, SOTTO_GIVEN,
                                    sotto_offer_get(player->plan, campaign.offer).key, 0);
                }
            }
            tell_campaign(player, i, true);
        }
    }
}

void cli_player_settle(cli_player *player)
{
    if (sotto_campaign_count(player->plan) + sotto_segment_count(player->plan) == 0) {
        return;
    }
    sotto_moment *moment = sotto_moment_init(player->moment_block, player->plan, player->bundle,
                                             player->profile, player->ledger, &player->scene);
    update_segments(player, sotto_segments(moment));
    sotto_arbitrate(moment, player->showing, player->showing_count, player->scratch,
                    sotto_decision_scratch_size(), player->verdicts);
    if (player->page_opened) {
        drop_campaigns(player);
        add_campaigns(player);
    }
}

void cli_player_take_off(cli_player *player, uint64_t key)
{
    for (uint32_t i = 0; i < player->showing_count; i++) {
        uint32_t campaign = player->showing[i];
        if (sotto_campaign_get(player->plan, campaign).key == key) {
            memmove(&player->showing[i], &player->showing[i + 1],
                    (player->showing_count - i - 1) * sizeof player->showing[0]);
            player->showing_count--;
            tell_campaign(player, campaign, false);
            return;
        }
    }
}

void cli_player_win(cli_player *player, const cli_replay_line *line)
{
    sotto_moment *moment = sotto_moment_init(player->moment_block, player->plan, player->bundle,
                                             player->profile, player->ledger, &player->scene);
    for (uint32_t i = 0; i < sotto_experiment_count(player->plan); i++) {
        sotto_experiment experiment = sotto_experiment_get(player->plan, i);
        uint32_t arm = sotto_experiment_arm(moment, i);
        if (arm != SOTTO_NO_ARM && experiment.name.size == strlen(line->about)
            && memcmp(experiment.name.bytes, line->about, experiment.name.size) == 0) {
            cli_player_fold(player, SOTTO_WIN, arm_key(player, &experiment, arm), 0);
        }
    }
}

/*
 * replay_shoppers.c - the players of a recording, one for each shopper it names
 */
#include "cli/replay_shoppers.h"

#include "cli/nearest.h"
#include "cli/report.h"

#include <string.h>

cli_player *cli_shoppers_player(cli_shoppers *shoppers, const cli_replay_line *line)
{
    const char *name = line->shopper ? line->shopper : "";
    for (size_t i = shoppers->count; i-- > 0;) {
        if (strcmp(shoppers->list[i].name, name) == 0) {
            return shoppers->list[i].player;
        }
    }
    shoppers->list = cli_array_grow(shoppers->list, shoppers->count, &shoppers->room,
                                    sizeof *shoppers->list);
    cli_player *player = cli_pool_alloc(shoppers->pool, 1, sizeof *player);
    uint64_t own = name[0] ? sotto_hash(name, strlen(name)) : 0;
    cli_player_start(player, shoppers->pool, shoppers->bundle, shoppers->plan,
                     shoppers->seed ^ own, shoppers->listener);
    shoppers->list[shoppers->count++] = (cli_shopper){name, player};
    return player;
}

bool cli_slot_named(cli_pool *pool, const sotto_bundle *bundle, const char *name,
                    const char *where, sotto_slot *slot)
{
    if (sotto_slot_find(bundle, name, strlen(name), slot) == SOTTO_OK) {
        return true;
    }
    uint32_t count = sotto_slot_count(bundle);
    const char **names = cli_pool_alloc(pool, (size_t)count + 1, sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        sotto_text text = sotto_slot_get(bundle, i).name;
        names[i] = cli_pool_copy(pool, text.bytes, text.size);
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

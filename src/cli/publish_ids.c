/*
 * publish_ids.c - whether model and feed speak of the same products
 *
 * The mistake that costs most and says least: the logs call a product by its number, the feed by its
 * SKU. Every file is good for itself, training finds links, publishing finds titles, and no link ever
 * leads to anything. So the ids that both have are counted. Of the smaller of the two, most belong to
 * the other as well, however long the logs reach back and however new the shop is; where it is less
 * than half, that is said, with an id of each side to look at. None at all is refused: the bundle of
 * yesterday is better.
 */
#include "cli/publish.h"

#include "cli/number.h"
#include "cli/report.h"

#include <string.h>

#define SHOWN_MAX 60 /* bytes of an id in a sentence */

/* The one that is met most often of the model's items that the feed lacks. */
static sotto_text lacking_in_feed(const sotto_bundle *model, const bool *met)
{
    uint32_t best = SOTTO_NO_ITEM;
    for (uint32_t i = 0; i < sotto_item_count(model); i++) {
        bool better = best == SOTTO_NO_ITEM
                   || sotto_item_popularity(model, i) > sotto_item_popularity(model, best);
        best = !met[i] && better ? i : best;
    }
    return best == SOTTO_NO_ITEM ? (sotto_text){"", 0} : sotto_item_id(model, best);
}

cli_ids cli_publish_ids(cli_pool *pool, const cli_feed *feed, const sotto_bundle *model)
{
    cli_ids ids = {.model = sotto_item_count(model), .feed = feed->count};
    bool *met = cli_pool_alloc(pool, (size_t)ids.model + 1, sizeof *met);
    for (uint32_t i = feed->count; i-- > 0;) {
        uint32_t item = sotto_item_find_hash(model, feed->products[i].hash);
        if (item == SOTTO_NO_ITEM) {
            ids.feed_example = feed->products[i].id;
        } else if (!met[item]) {
            met[item] = true;
            ids.both++;
        }
    }
    sotto_text example = lacking_in_feed(model, met);
    ids.model_example = (sotto_text){cli_pool_copy(pool, example.bytes, example.size), example.size};
    return ids;
}

static int shown(sotto_text id)
{
    return id.size > SHOWN_MAX ? SHOWN_MAX : (int)id.size;
}

static void say_where(const cli_ids *ids)
{
    cli_hint("the logs say \"%.*s\", the feed \"%.*s\": columns.item and columns.id must hold the same "
             "ids", shown(ids->model_example), ids->model_example.bytes, shown(ids->feed_example),
             ids->feed_example.bytes);
}

bool cli_ids_meet(const cli_ids *ids, const char *feed_file)
{
    if (ids->both || !ids->model || !ids->feed) {
        return true;
    }
    cli_error("%s: has none of the model's products, so nothing that was learned could be shown",
              feed_file);
    say_where(ids);
    return false;
}

void cli_ids_report(const cli_ids *ids, const char *feed_file)
{
    char both[CLI_NUMBER_SIZE];
    char model[CLI_NUMBER_SIZE];
    char products[CLI_NUMBER_SIZE];
    uint32_t smaller = ids->model < ids->feed ? ids->model : ids->feed;
    if (2 * (uint64_t)ids->both >= smaller) {
        return;
    }
    cli_warning("%s: only %s of the model's %s products are among the feed's %s", feed_file,
                cli_number_group(both, ids->both), cli_number_group(model, ids->model),
                cli_number_group(products, ids->feed));
    say_where(ids);
}

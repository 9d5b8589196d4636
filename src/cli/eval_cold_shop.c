/*
 * eval_cold_shop.c - a shop of which every tenth item is new
 */
#include "cli/bundle_files.h"
#include "cli/eval_cold.h"
#include "cli/report.h"
#include "train/build.h"
#include "train/eval_cost.h"

#include <stdlib.h>
#include <string.h>

#define HIDE_EVERY  10u
#define LEAST_MEETS 5u /* of an item that is hidden: it would have been known */

/* ---- the products: of the feed, or of what the logs say -------------------------------------- */

static sotto_text fact(const sotto_events *events, uint32_t number)
{
    return number == SOTTO_NO_GROUP ? (sotto_text){"", 0}
                                    : sotto_intern_get(&events->facts, number);
}

static void products_of_logs(cli_pool *pool, const sotto_events *events, cli_feed *feed)
{
    *feed = (cli_feed){.count = events->items.count};
    feed->products = cli_pool_alloc(pool, (size_t)feed->count + 1, sizeof *feed->products);
    for (uint32_t i = 0; i < feed->count; i++) {
        const sotto_item_notes *notes = &events->notes[i];
        sotto_text id = sotto_intern_get(&events->items, i);
        feed->products[i] = (cli_product){
            .id = id, .title = fact(events, notes->title), .url = {"", 0}, .image = {"", 0},
            .category = fact(events, notes->category), .brand = fact(events, notes->brand),
            .price = notes->has_price && notes->price > 0 && notes->price < 40000000
                         ? (uint32_t)(notes->price * 100 + 0.5) : SOTTO_NO_PRICE,
            .list_price = SOTTO_NO_PRICE, .in_stock = true, .hash = events->items.hashes[i],
        };
    }
}

static bool read_products(cli_cold_shop *shop, cli_feed_source *source, cli_feed *feed)
{
    if (shop->site->has_feed) {
        *source = shop->site->feed;
        return cli_feed_read(shop->pool, source, shop->site->price_decimals, feed);
    }
    *source = (cli_feed_source){.file = shop->site->file, .url_template = "", .image_template = ""};
    products_of_logs(shop->pool, &shop->logs.events, feed);
    return true;
}

/* ---- what is hidden -------------------------------------------------------------------------- */

static void count_meets(const sotto_sequences *sequences, uint32_t *meets)
{
    for (size_t at = 0; sequences->count > 0 && at < sequences->starts[sequences->count]; at++) {
        meets[sequences->items[at]]++;
    }
}

/* Every tenth item, by its hash, that has a product and was met often enough. */
static void hide(cli_cold_shop *shop, const cli_feed *feed)
{
    const sotto_intern *items = &shop->logs.events.items;
    uint32_t *meets = cli_pool_alloc(shop->pool, (size_t)items->count + 1, sizeof *meets);
    shop->hidden = cli_pool_alloc(shop->pool, (size_t)items->count + 1, 1);
    count_meets(shop->asked, meets);
    for (uint32_t i = 0; i < feed->count; i++) {
        uint32_t item = sotto_intern_find(items, feed->products[i].id);
        if (item != SOTTO_NO_ITEM && meets[item] >= LEAST_MEETS
            && (items->hashes[item] >> 20) % HIDE_EVERY == 0) {
            shop->hidden[item] = 1;
            shop->result->hidden++;
        }
    }
    shop->result->items = items->count;
}

/* The ids that are left, and by item of the logs its number among them. */
static bool keep_ids(const cli_cold_shop *shop, sotto_intern *kept, uint32_t *numbers)
{
    const sotto_intern *items = &shop->logs.events.items;
    for (uint32_t i = 0; i < items->count; i++) {
        if (!shop->hidden[i] && !sotto_intern_add(kept, sotto_intern_get(items, i), &numbers[i])) {
            return false;
        }
    }
    return true;
}

/* The first `count` sequences without what is hidden, in the new numbering. */
static bool keep_sequences(const cli_cold_shop *shop, const sotto_sequences *all, uint32_t count,
                           const uint32_t *numbers, sotto_sequences *kept)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!sotto_sequences_open(kept, all->shoppers[i], all->times_s[i])) {
            return false;
        }
        for (size_t at = all->starts[i]; at < all->starts[i + 1]; at++) {
            bool stays = !shop->hidden[all->items[at]];
            if (stays && !sotto_sequences_push(kept, numbers[all->items[at]])) {
                return false;
            }
        }
    }
    return true;
}

static bool train(cli_cold_shop *shop, const sotto_train_options *options)
{
    sotto_train_fault fault = {{0}, {0}};
    sotto_train_summary summary = {0};
    sotto_intern kept = {0};
    sotto_sequences sessions = {0}, baskets = {0};
    const sotto_eval_shop *logs = &shop->logs;
    uint32_t *numbers =
        cli_pool_alloc(shop->pool, (size_t)logs->events.items.count + 1, sizeof *numbers);
    const sotto_sequences *others = shop->baskets ? &logs->sessions : &logs->baskets;
    uint32_t others_count =
        sotto_eval_shop_before(logs, others, shop->asked, shop->cut).count;
    uint32_t session_count = shop->baskets ? others_count : shop->cut;
    uint32_t basket_count = shop->baskets ? shop->cut : others_count;
    double begun_s = sotto_eval_now_s();
    bool good = keep_ids(shop, &kept, numbers)
             && keep_sequences(shop, &logs->sessions, session_count, numbers, &sessions)
             && keep_sequences(shop, &logs->baskets, basket_count, numbers, &baskets);
    if (!good) {
        cli_error("not enough memory for %zu events", logs->events.count);
    } else {
        sotto_material material = {.items = &kept, .sessions = &sessions, .baskets = &baskets};
        good = sotto_build(&material, options, &shop->model, NULL, &summary, &fault)
            || cli_error_fault(&fault);
    }
    shop->result->train_s = logs->seconds + sotto_eval_now_s() - begun_s;
    sotto_sequences_free(&sessions);
    sotto_sequences_free(&baskets);
    sotto_intern_free(&kept);
    return good;
}

/* ---- publishing ------------------------------------------------------------------------------ */

/* Bytes of a part's sections whose tag begins with these letters. */
static uint64_t bytes_of(const sotto_bytes *part, const char *tag, size_t size)
{
    uint64_t total = 0;
    for (size_t i = 0; i < part->bytes[7]; i++) {
        const uint8_t *row = part->bytes + 32 + 16 * i;
        if (memcmp(row, tag, size) == 0) {
            total += (uint64_t)row[8] | (uint64_t)row[9] << 8 | (uint64_t)row[10] << 16
                   | (uint64_t)row[11] << 24;
        }
    }
    return total;
}

static bool publish(cli_cold_shop *shop, const cli_feed_source *source, const cli_feed *feed)
{
    sotto_fault fault = {0};
    double begun_s = sotto_eval_now_s();
    shop->bundle = cli_bundle_from_model(shop->pool, "the model", shop->model.bytes,
                                         shop->model.size);
    shop->alone = cli_bundle_from_model(shop->pool, "the model", shop->model.bytes,
                                        shop->model.size);
    if (!shop->bundle || !shop->alone
        || !cli_publish_catalogue(shop->pool, source, feed, shop->bundle, true,
                                  &shop->catalogue, &shop->result->looks)) {
        return false;
    }
    shop->result->publish_s = sotto_eval_now_s() - begun_s;
    shop->result->catalogue_bytes = shop->catalogue.size;
    shop->result->link_bytes = bytes_of(&shop->catalogue, "lnk", 3);
    if (sotto_bundle_open(shop->bundle, SOTTO_CATALOGUE, shop->catalogue.bytes,
                          shop->catalogue.size, &fault) != SOTTO_OK) {
        return cli_error("the catalogue just written does not open: %s", fault.what);
    }
    const sotto_intern *items = &shop->logs.events.items;
    shop->indexes = cli_pool_alloc(shop->pool, (size_t)items->count + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < items->count; i++) {
        shop->indexes[i] = sotto_item_find_hash(shop->bundle, items->hashes[i]);
    }
    return true;
}

/* ---- all of it ------------------------------------------------------------------------------- */

bool cli_cold_open(cli_cold_shop *shop, const sotto_train_options *options,
                   sotto_log_report *report)
{
    sotto_train_fault fault = {{0}, {0}};
    cli_feed_source source;
    cli_feed feed;
    if (!sotto_eval_shop_read(shop->site->logs, shop->site->log_count, options, &shop->logs,
                              report, &fault)) {
        return cli_error_fault(&fault);
    }
    const uint64_t *kinds = shop->logs.events.kind_counts;
    shop->baskets = shop->logs.baskets.count > 0 && kinds[SOTTO_LOG_VIEW] == 0;
    shop->asked = shop->baskets ? &shop->logs.baskets : &shop->logs.sessions;
    shop->cut = sotto_eval_shop_cut(shop->asked->count);
    if (shop->cut == shop->asked->count) {
        return cli_error("%u sessions or baskets are too few to hold some back for a test",
                         shop->asked->count);
    }
    if (!read_products(shop, &source, &feed)) {
        return false;
    }
    hide(shop, &feed);
    if (shop->result->hidden == 0) {
        return cli_error("no product was met %u times: there is nothing to hide", LEAST_MEETS);
    }
    return train(shop, options) && publish(shop, &source, &feed);
}

void cli_cold_close(cli_cold_shop *shop)
{
    sotto_eval_shop_free(&shop->logs);
    free(shop->model.bytes);
    free(shop->catalogue.bytes);
}

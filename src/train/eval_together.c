/*
 * eval_together.c - of one item in a basket, which are the others?
 *
 * What a product page asks with "often bought with it". The latest tenth of the baskets is held
 * out; sessions that began after the first of them are left out of training as well. From each item
 * of a held-out basket, as the page's item, all others are to be found; those never met in training
 * are misses. The slot falls back as a shop's would: bought together, then viewed next, then
 * popular.
 */
#include "train/eval.h"

#include "train/eval_shop.h"

#include <string.h>

#define BASKET_MAX 64u /* of larger baskets the first 64 items are asked about */

typedef struct basket_range {
    const sotto_sequences *baskets;
    uint32_t               from, to;
} basket_range;

static const uint8_t strategies[] = {SOTTO_BOUGHT_TOGETHER, SOTTO_SIMILAR, SOTTO_POPULAR};

static void ask_basket(sotto_eval_master *master, const sotto_slot *slot, const uint32_t *items,
                       uint32_t count)
{
    uint32_t others[BASKET_MAX];
    count = count > BASKET_MAX ? BASKET_MAX : count;
    sotto_eval_master_begin(master);
    for (uint32_t asked = 0; asked < count; asked++) {
        uint32_t other_count = 0;
        for (uint32_t i = 0; i < count; i++) {
            if (i != asked) {
                others[other_count++] = items[i];
            }
        }
        sotto_eval_master_ask_slot(master, slot, items[asked], others, other_count);
    }
}

static void ask_baskets(const void *context, sotto_eval_master *master)
{
    const basket_range *range = context;
    sotto_slot slot = {
        .strategies = strategies,
        .strategy_count = sizeof strategies,
        .count = SOTTO_EVAL_DEPTH,
        .min = 1,
        .filters = SOTTO_SKIP_PAGE,
        .price_high = UINT32_MAX,
    };
    for (uint32_t i = range->from; i < range->to; i++) {
        size_t start = range->baskets->starts[i], count = range->baskets->starts[i + 1] - start;
        if (count > 1) {
            ask_basket(master, &slot, range->baskets->items + start, (uint32_t)count);
        }
    }
}

static bool eval_tail(const sotto_eval_shop *shop, const sotto_eval_options *options,
                      sotto_eval_result *result, sotto_train_fault *fault)
{
    uint32_t last = shop->baskets.count, cut = sotto_eval_shop_cut(last);
    if (cut == last) {
        return sotto_fault_set(fault, "too few baskets to hold some back for a test: %u", last);
    }
    sotto_sequences baskets = shop->baskets;
    sotto_sequences sessions =
        sotto_eval_shop_before(shop, &shop->sessions, &shop->baskets, cut);
    baskets.count = cut;
    sotto_material material = {
        .items = &shop->events.items, .sessions = &sessions, .baskets = &baskets};
    basket_range tail = {&shop->baskets, cut, last};
    return sotto_eval_run(&material, options, ask_baskets, &tail, result, fault);
}

bool sotto_eval_together(const sotto_log_source *sources, size_t source_count,
                         const sotto_eval_options *options, sotto_log_report *report,
                         sotto_eval_result *result, sotto_train_fault *fault)
{
    sotto_eval_shop shop;
    memset(result, 0, sizeof *result);
    bool good = sotto_eval_shop_read(sources, source_count, &options->train, &shop, report, fault);
    result->train_s = shop.seconds;
    good = good && eval_tail(&shop, options, result, fault);
    sotto_eval_shop_free(&shop);
    return good;
}

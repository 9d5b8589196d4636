/*
 * eval_together.c - of one item in a basket, which are the others?
 *
 * What a product page asks with "often bought with it". The latest tenth of the baskets is held
 * out; sessions that began after the first of them are left out of training as well. From each item
 * of a held-out basket, as the page's item, all others are to be found; those never met in training
 * are misses. The slot is filled up with best sellers. What is viewed next would be worse: where
 * nothing is known of views it is made of purchases, and by what stands in for what.
 */
#include "train/eval_tail.h"

#define BASKET_MAX 64u /* of larger baskets the first 64 items are asked about */

static const uint8_t strategies[] = {SOTTO_BOUGHT_TOGETHER, SOTTO_POPULAR};

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
    const sotto_eval_range *range = context;
    sotto_slot slot = {
        .strategies = strategies,
        .strategy_count = sizeof strategies,
        .count = SOTTO_EVAL_DEPTH,
        .min = 1,
        .filters = SOTTO_SKIP_PAGE,
        .price_high = UINT32_MAX,
    };
    for (uint32_t i = range->from; i < range->to; i++) {
        size_t start = range->sequences->starts[i], count = range->sequences->starts[i + 1] - start;
        if (count > 1) {
            ask_basket(master, &slot, range->sequences->items + start, (uint32_t)count);
        }
    }
}

bool sotto_eval_together(const sotto_log_source *sources, size_t source_count,
                         const sotto_eval_options *options, sotto_log_report *report,
                         sotto_eval_result *result, sotto_train_fault *fault)
{
    return sotto_eval_tail(sources, source_count, SOTTO_EVAL_BASKETS, options, ask_baskets, report,
                           result, fault);
}

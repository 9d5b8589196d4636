/*
 * again.c - what a shopper will soon buy again
 *
 * Milk lasts a week, coffee four, a washing machine ten years. How long is known twice: from all
 * shoppers, as the product's rhythm, and from this one, as the time between their own purchases.
 * The more often they bought it, the more their own counts:
 *
 *     interval  =  (own purchases' mean * n  +  product's rhythm * 2) / (n + 2)      as logarithms
 *
 * with n own intervals. An item is shown from shortly before that time on, and nothing is said of
 * one without any rhythm: that it was bought once does not mean that it will be again. What is due
 * is ordered as for the next basket, by the same network.
 */
#include "ranking/again.h"

#include "base/exponent.h"
#include "ranking/select.h"

/* By how regular it is: how long before its time an item is due, log2 in Q8. */
static const int32_t earliness[4] = {64, 128, 256, 384};

/* ---- From the profile to baskets ------------------------------------------------------------- */

static void add_purchase(sotto_again_baskets *baskets, uint32_t item, uint32_t time_s)
{
    for (uint32_t i = 0; i < baskets->count; i++) {
        if (baskets->purchases[i].item == item && baskets->purchases[i].time_s == time_s) {
            return;
        }
    }
    if (item != SOTTO_NO_ITEM && baskets->count < SOTTO_AGAIN_PURCHASES) {
        baskets->purchases[baskets->count++] = (sotto_again_purchase){item, time_s};
    }
}

/* The index of an item the model knows, or SOTTO_NO_ITEM. */
static uint32_t find_item(const sotto_bundle *bundle, uint64_t hash)
{
    uint32_t item = hash == 0 ? SOTTO_NO_ITEM : sotto_item_find_hash(bundle, hash);
    return item < bundle->item_count ? item : SOTTO_NO_ITEM;
}

/* The latest first; of one time in the order of their items. Insertion: they nearly are. */
static void sort_purchases(sotto_again_purchase *purchases, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        sotto_again_purchase moved = purchases[i];
        uint32_t at = i;
        while (at > 0 && (purchases[at - 1].time_s < moved.time_s
                          || (purchases[at - 1].time_s == moved.time_s
                              && purchases[at - 1].item > moved.item))) {
            purchases[at] = purchases[at - 1];
            at--;
        }
        purchases[at] = moved;
    }
}

static bool is_in(const uint32_t *items, uint32_t from, uint32_t to, uint32_t item)
{
    while (from < to && items[from] != item) {
        from++;
    }
    return from < to;
}

void sotto_again_baskets_fill(sotto_again_baskets *baskets, const sotto_bundle *bundle,
                              const sotto_profile *profile, uint32_t now_s)
{
    baskets->count = 0;
    sotto_event event;
    for (uint32_t age = 0; sotto_profile_event(profile, age, &event); age++) {
        if (event.kind == SOTTO_PURCHASE) {
            add_purchase(baskets, find_item(bundle, event.item), event.time_s);
        }
    }
    sotto_purchase purchase;
    for (uint32_t i = 0; sotto_profile_purchase(profile, i, &purchase); i++) {
        add_purchase(baskets, find_item(bundle, purchase.item), purchase.time_s);
    }
    sort_purchases(baskets->purchases, baskets->count);

    uint32_t gap_s = bundle->campaigns.site.session_gap_s;
    uint32_t count = 0;
    uint32_t written = 0;
    uint32_t before_s = 0;
    for (uint32_t i = 0; i < baskets->count; i++) {
        const sotto_again_purchase *bought = &baskets->purchases[i];
        if (count == 0 || before_s - bought->time_s > gap_s) {
            baskets->starts[count] = written;
            baskets->times_s[count++] = bought->time_s;
        }
        before_s = bought->time_s;
        if (!is_in(baskets->items, baskets->starts[count - 1], written, bought->item)) {
            baskets->items[written++] = bought->item;
        }
    }
    baskets->starts[count] = written;
    baskets->past = (sotto_past_baskets){baskets->items, baskets->starts, baskets->times_s, count,
                                         now_s};
}

/* ---- What is due ----------------------------------------------------------------------------- */

bool sotto_again_is_due(const sotto_own_item *own, uint32_t now_s, int32_t rhythm,
                        uint32_t spread)
{
    int32_t interval = sotto_own_interval(own, rhythm);
    return interval != 0 && now_s > own->last_s
        && sotto_log2_q8(now_s - own->last_s) >= interval - earliness[spread];
}

/* Keeps the keys of items that are due; each gets the score of the network. Returns how many. */
static uint32_t score_due(sotto_basket_scratch *scratch, const sotto_basket_model *model,
                          uint32_t count)
{
    int32_t features[SOTTO_BASKET_FEATURES];
    sotto_activation at = {.score = 0};
    sotto_network_set(&scratch->network, &model->network);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = sotto_key_number(scratch->keys[i]);
        uint32_t item = scratch->items.list[number].item;
        if (sotto_again_is_due(&scratch->own[number], scratch->shopper.now_s,
                               sotto_basket_rhythm(model, item),
                               sotto_basket_spread(model, item))) {
            sotto_basket_features(scratch, model, number, features);
            sotto_network_ask(&at, &scratch->network, features);
            scratch->keys[kept++] = sotto_key(at.score, number);
        }
    }
    sotto_select_sort(scratch->keys, kept);
    return kept;
}

/* The odds of a score against the best one, Q16, at least 1. */
static uint32_t odds(int32_t score, int32_t best, uint32_t shift)
{
    int64_t below = ((int64_t)score - best) * 65536 >> shift;
    return sotto_max_u32(sotto_exp_q16(below), 1);
}

void sotto_again_shelve(sotto_shelf *shelf, sotto_again_scratch *scratch,
                        const sotto_bundle *bundle, const sotto_profile *profile,
                        uint32_t now_s)
{
    if (bundle->ranker == NULL || bundle->ranker->basket.item_count == 0) {
        return;
    }
    const sotto_basket_model *model = &bundle->ranker->basket;
    sotto_basket_scratch *basket = &scratch->basket;
    sotto_again_baskets_fill(&scratch->baskets, bundle, profile, now_s);
    uint32_t count = sotto_basket_gather(basket, model, &scratch->baskets.past, true);
    count = sotto_min_u32(score_due(basket, model, count), SOTTO_SHELF_AGAIN);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t item = basket->items.list[sotto_key_number(basket->keys[i])].item;
        uint64_t hash = sotto_item_hash(bundle, item);
        shelf->again[i] = (sotto_shelf_entry){
            .item = hash,
            .because = hash,
            .score = odds(sotto_key_score(basket->keys[i]), sotto_key_score(basket->keys[0]),
                          SOTTO_RANK_SCALED_BITS + model->network.shift_2),
            .reason = SOTTO_BECAUSE_BOUGHT_BEFORE,
        };
    }
    shelf->again_count = (uint8_t)count;
}

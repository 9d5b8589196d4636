/*
 * next_basket.c - what a shopper will buy next, from the baskets before
 *
 *     own items       what they bought, how often, how lately, in what rhythm
 *     linked items    what is bought after that, by others: links of each own item, weighed by
 *                     how lately it was bought
 *     popular items   what everybody buys at present
 *
 * Of own items there are at most a few hundred, and all of them are looked at closely; of the
 * others only the most promising, by popularity and links together. A small network then weighs all
 * that is known of each. What the shopper is like (how many baskets, how much of them repeats)
 * stands among the features of each candidate: it changes what the others mean.
 */
#include "ranking/next_basket.h"

#include "base/exponent.h"
#include "ranking/select.h"

enum {
    YES = 4096,                    /* features that are a share, or a yes, are Q12 */
    LINK_FLOOR = 16777,            /* 0.001 in Q24: what no link counts as */
    POPULAR_PART = 7,              /* of a first score, beside LINKS_PART for the links */
    LINKS_PART = 5,
    DUE_MAX = 2048,                /* 8 octaves */
    RHYTHM_WEIGHT = 2,             /* own intervals that a product's rhythm is worth */
    OWN_MOST = 64                  /* own intervals that count */
};

/* ---- What the shopper bought ----------------------------------------------------------------- */

/* The number of an item; a new one if it was not met. SOTTO_NO_CANDIDATE if there is no room. */
static uint32_t number_of(sotto_candidates *items, uint32_t item, uint32_t room)
{
    uint32_t number = sotto_candidates_find(items, item);
    if (number == SOTTO_NO_CANDIDATE && items->count < room) {
        number = items->count;
        sotto_candidates_add(items, item, 0);
    }
    return number;
}

static void note_purchase(sotto_basket_scratch *scratch, uint32_t item, uint32_t age,
                          uint32_t weight, uint32_t time_s)
{
    uint32_t before = scratch->items.count;
    uint32_t number = number_of(&scratch->items, item, SOTTO_BASKET_MAX_OWN);
    if (number == SOTTO_NO_CANDIDATE) {
        return;
    }
    sotto_own_item *own = &scratch->own[number];
    if (number == before) {
        *own = (sotto_own_item){.gap = age, .last_s = time_s};
    }
    own->times++;
    own->oldest = age;
    own->recency += weight;
    own->first_s = time_s;
}

static void note_baskets(sotto_basket_scratch *scratch, const sotto_basket_model *model,
                         const sotto_past_baskets *past)
{
    sotto_basket_shopper *shopper = &scratch->shopper;
    *shopper = (sotto_basket_shopper){.basket_count = past->count, .now_s = past->now_s,
                                      .timed = past->times_s != NULL};
    uint32_t weight = SOTTO_Q16_ONE;
    for (uint32_t age = 0; age < sotto_min_u32(past->count, SOTTO_BASKET_MAX_BASKETS); age++) {
        for (uint32_t at = past->starts[age]; at < past->starts[age + 1]; at++) {
            note_purchase(scratch, past->items[at], age, weight,
                          shopper->timed ? past->times_s[age] : 0);
        }
        shopper->item_total += past->starts[age + 1] - past->starts[age];
        shopper->decay_sum += weight;
        weight = sotto_q16_multiply(weight, model->decay);
    }
    shopper->own_count = scratch->items.count;
    shopper->last_size = past->count == 0 ? 0 : past->starts[1] - past->starts[0];
    for (uint32_t i = 0; i < shopper->own_count; i++) {
        shopper->recency_sum += scratch->own[i].recency;
    }
}

/* ---- Candidates ------------------------------------------------------------------------------ */

static void add_links(uint32_t *to, uint64_t points)
{
    *to = sotto_u32_saturate(*to + points);
}

static void follow_links(sotto_basket_scratch *scratch, const sotto_basket_model *model)
{
    const sotto_basket_shopper *shopper = &scratch->shopper;
    sotto_link links[SOTTO_BASKET_MAX_LINKS];
    uint32_t sources = sotto_min_u32(shopper->own_count, SOTTO_BASKET_MAX_SOURCES);
    for (uint32_t i = 0; model->links.row_count > 0 && i < sources; i++) {
        const sotto_own_item *own = &scratch->own[i];
        uint64_t share = ((uint64_t)own->recency << 16) / sotto_max_u32(
            sotto_u32_saturate(shopper->recency_sum), 1);
        uint32_t item = scratch->items.list[i].item;
        uint32_t count =
            sotto_links_get(&model->links, item, links, SOTTO_BASKET_MAX_LINKS);
        for (uint32_t k = 0; k < count; k++) {
            uint32_t before = scratch->items.count;
            uint32_t number = number_of(&scratch->items, links[k].item, SOTTO_MAX_CANDIDATES);
            if (number == SOTTO_NO_CANDIDATE) {
                continue;
            }
            if (number == before) {
                scratch->links[number] = scratch->links_last[number] = 0;
            }
            add_links(&scratch->links[number], (share * links[k].weight) >> 8);
            if (own->gap == 0) {
                add_links(&scratch->links_last[number],
                          ((uint64_t)links[k].weight << 8) / shopper->last_size);
            }
        }
    }
}

static void add_popular(sotto_basket_scratch *scratch, const sotto_basket_model *model)
{
    for (uint32_t i = 0; i < model->popular_count; i++) {
        uint32_t before = scratch->items.count;
        uint32_t number =
            number_of(&scratch->items, sotto_basket_popular(model, i), SOTTO_MAX_CANDIDATES);
        if (number == before && number != SOTTO_NO_CANDIDATE) {
            scratch->links[number] = scratch->links_last[number] = 0;
        }
    }
}

static int32_t links_log(uint32_t links)
{
    return sotto_log2_q8(sotto_q16_add(links, LINK_FLOOR));
}

/* What is the same for all candidates. */
static void describe_shopper(sotto_basket_scratch *scratch, const sotto_basket_model *model)
{
    sotto_basket_shopper *shopper = &scratch->shopper;
    int32_t *features = shopper->features;
    uint32_t distinct = shopper->own_count;
    if (distinct == 0) {
        return;
    }
    int64_t season = 0, lately = 0;
    for (uint32_t i = 0; i < distinct; i++) {
        uint32_t item = scratch->items.list[i].item;
        int32_t popular = sotto_basket_popularity(model, SOTTO_BASKET_POPULAR, item);
        season += popular - sotto_basket_popularity(model, SOTTO_BASKET_EVER, item);
        lately += (int64_t)scratch->own[i].recency
                * (popular - sotto_basket_popularity(model, SOTTO_BASKET_LATELY, item));
    }
    uint64_t recency_sum = shopper->recency_sum == 0 ? 1 : shopper->recency_sum;
    uint32_t total = shopper->item_total;
    features[SOTTO_BASKET_COUNT] = sotto_log2_q8(shopper->basket_count);
    features[SOTTO_BASKET_DISTINCT] = sotto_log2_q8(distinct);
    features[SOTTO_BASKET_SIZE] = sotto_log2_q8(total) - sotto_log2_q8(sotto_min_u32(
        shopper->basket_count, SOTTO_BASKET_MAX_BASKETS));
    features[SOTTO_BASKET_LAST_SIZE] = sotto_log2_q8(sotto_max_u32(shopper->last_size, 1));
    features[SOTTO_BASKET_REPEATS] = (int32_t)((uint64_t)YES * (total - distinct) / total);
    features[SOTTO_BASKET_SEASON] = (int32_t)(season / (int32_t)distinct);
    features[SOTTO_BASKET_SEASON_LATELY] = (int32_t)(lately / (int64_t)recency_sum);
}

/* The most promising items that are not the shopper's own, behind the `from` keys there are. */
static uint32_t choose_others(sotto_basket_scratch *scratch, const sotto_basket_model *model,
                              uint32_t from)
{
    uint64_t *keys = scratch->keys + from;
    uint32_t count = 0;
    for (uint32_t i = from; i < scratch->items.count; i++) {
        int32_t popular = sotto_basket_popularity(model, SOTTO_BASKET_POPULAR,
                                                  scratch->items.list[i].item);
        keys[count++] = sotto_key(POPULAR_PART * popular
                                      + LINKS_PART * links_log(scratch->links[i]), i);
    }
    return sotto_select_largest(keys, count, model->network.table_count);
}

uint32_t sotto_basket_gather(sotto_basket_scratch *scratch, const sotto_basket_model *model,
                             const sotto_past_baskets *past, bool own_only)
{
    sotto_candidates_clear(&scratch->items, SOTTO_MAX_CANDIDATES);
    note_baskets(scratch, model, past);
    uint32_t own_count = scratch->shopper.own_count;
    memset(scratch->links, 0, own_count * sizeof scratch->links[0]);
    memset(scratch->links_last, 0, own_count * sizeof scratch->links_last[0]);
    describe_shopper(scratch, model);
    follow_links(scratch, model);
    for (uint32_t i = 0; i < own_count; i++) {
        scratch->keys[i] = sotto_key(0, i);
    }
    if (own_only) {
        return own_count;
    }
    add_popular(scratch, model);
    return own_count + choose_others(scratch, model, own_count);
}

/* ---- Features -------------------------------------------------------------------------------- */

static int32_t clamp_due(int32_t value)
{
    return value > DUE_MAX ? DUE_MAX : value < -DUE_MAX ? -DUE_MAX : value;
}

int32_t sotto_own_interval(const sotto_own_item *own, int32_t rhythm)
{
    int32_t weight = rhythm == 0 ? 0 : RHYTHM_WEIGHT;
    int32_t sum = weight * rhythm;
    if (own->times > 1 && own->last_s > own->first_s) {
        uint32_t intervals = own->times - 1;
        int32_t counted = (int32_t)sotto_min_u32(intervals, OWN_MOST);
        uint32_t mean = sotto_max_u32((own->last_s - own->first_s) / intervals, 1);
        sum += counted * sotto_log2_q8(mean);
        weight += counted;
    }
    return weight == 0 ? 0 : sum / weight;
}

/* 1 (as a yes) when it is time, less the farther from it, 0 from `width` on. */
static int32_t on_time(int32_t off, int32_t width)
{
    int32_t distance = off < 0 ? -off : off;
    return distance >= width ? 0 : YES * (width - distance) / width;
}

/* How long ago it was bought, against how long it lasts: the product's rhythm and their own. */
static void set_rhythm(int32_t *features, const sotto_own_item *own,
                       const sotto_basket_shopper *shopper, int32_t rhythm, uint32_t spread)
{
    uint32_t since = shopper->now_s > own->last_s ? shopper->now_s - own->last_s : 0;
    int32_t since_log = sotto_log2_q8(since / 2 + 1) + 256;
    features[SOTTO_BASKET_OWN_TIMED] = YES;
    features[SOTTO_BASKET_OWN_SINCE] = since_log;
    if (rhythm != 0) {
        features[SOTTO_BASKET_OWN_DUE] = clamp_due(since_log - rhythm);
        features[SOTTO_BASKET_OWN_REGULAR] = YES * (int32_t)(3 - spread) / 3;
    }
    if (own->times > 1 && own->last_s > own->first_s) {
        uint32_t mean = sotto_max_u32((own->last_s - own->first_s) / (own->times - 1), 1);
        features[SOTTO_BASKET_OWN_DUE_SELF] = clamp_due(since_log - sotto_log2_q8(mean));
    }
    int32_t interval = sotto_own_interval(own, rhythm);
    if (interval != 0) {
        features[SOTTO_BASKET_OWN_ON_TIME] = on_time(since_log - interval, 64 << spread);
    }
}

static void set_own(int32_t *features, const sotto_own_item *own,
                    const sotto_basket_shopper *shopper, int32_t rhythm, uint32_t spread)
{
    features[SOTTO_BASKET_OWN] = YES;
    features[SOTTO_BASKET_OWN_TIMES] = sotto_log2_q8(1 + own->times);
    features[SOTTO_BASKET_OWN_RECENCY] =
        (int32_t)(((uint64_t)own->recency << 12) / shopper->decay_sum);
    features[SOTTO_BASKET_OWN_GAP] = (int32_t)(YES / (1 + own->gap));
    features[SOTTO_BASKET_OWN_LIFT] = features[SOTTO_BASKET_LIFT];
    features[SOTTO_BASKET_OWN_LAST] = own->gap == 0 ? YES : 0;
    features[SOTTO_BASKET_OWN_REPEATS] = features[SOTTO_BASKET_REPEATS];
    if (own->times > 1) {
        uint32_t span = sotto_max_u32(own->oldest - own->gap, 1);
        features[SOTTO_BASKET_OWN_OVERDUE] = sotto_log2_q8(own->gap + 1)
                                           - sotto_log2_q8(span)
                                           + sotto_log2_q8(own->times - 1);
    }
    if (shopper->timed && own->last_s != 0) {
        set_rhythm(features, own, shopper, rhythm, spread);
    }
}

void sotto_basket_features(const sotto_basket_scratch *scratch, const sotto_basket_model *model,
                           uint32_t number, int32_t features[SOTTO_BASKET_FEATURES])
{
    uint32_t item = scratch->items.list[number].item;
    memcpy(features, scratch->shopper.features, sizeof scratch->shopper.features);
    features[SOTTO_BASKET_POPULAR] = sotto_basket_popularity(model, SOTTO_BASKET_POPULAR, item);
    features[SOTTO_BASKET_EVER] = sotto_basket_popularity(model, SOTTO_BASKET_EVER, item);
    features[SOTTO_BASKET_LATELY] = sotto_basket_popularity(model, SOTTO_BASKET_LATELY, item);
    features[SOTTO_BASKET_LIFT] = sotto_basket_lift(model, item);
    features[SOTTO_BASKET_LINKS] = links_log(scratch->links[number]);
    features[SOTTO_BASKET_LINKS_LAST] = links_log(scratch->links_last[number]);
    if (number < scratch->shopper.own_count) {
        set_own(features, &scratch->own[number], &scratch->shopper,
                sotto_basket_rhythm(model, item), sotto_basket_spread(model, item));
    }
}

/* ---- The ranking ----------------------------------------------------------------------------- */

/* Gives the first `count` keys the scores of the network. */
static void score_all(sotto_basket_scratch *scratch, const sotto_basket_model *model,
                      uint32_t count)
{
    int32_t features[SOTTO_BASKET_FEATURES];
    sotto_activation at = {.score = 0};
    sotto_network_set(&scratch->network, &model->network);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = sotto_key_number(scratch->keys[i]);
        sotto_basket_features(scratch, model, number, features);
        sotto_network_ask(&at, &scratch->network, features);
        scratch->keys[i] = sotto_key(at.score, number);
    }
}

uint32_t sotto_basket_rank(sotto_basket_scratch *scratch, const sotto_basket_model *model,
                           const sotto_past_baskets *past, uint32_t count, uint32_t *items)
{
    uint32_t found = sotto_basket_gather(scratch, model, past, false);
    if (scratch->shopper.own_count > 0) {   /* the network never met anybody without a past */
        score_all(scratch, model, found);
    }
    found = sotto_select_largest(scratch->keys, found, count);
    sotto_select_sort(scratch->keys, found);
    for (uint32_t i = 0; i < found; i++) {
        items[i] = scratch->items.list[sotto_key_number(scratch->keys[i])].item;
    }
    return found;
}

uint32_t sotto_rank_basket(const sotto_bundle *bundle, const sotto_past_baskets *past,
                           uint32_t count, void *scratch, size_t scratch_size, uint32_t *items)
{
    if (scratch_size < sizeof(sotto_basket_scratch) || bundle->ranker == NULL
        || bundle->ranker->basket.item_count == 0) {
        return 0;
    }
    return sotto_basket_rank(scratch, &bundle->ranker->basket, past, count, items);
}

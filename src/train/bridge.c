/*
 * bridge.c - links to and from items that nobody has met yet, over those that look like them
 *
 * A new cup c looks like the cups w that shoppers know. What they do with c will be much like what
 * they do with those:
 *
 *     share(c, w) = likeness(c, w)^2 / sum over w of likeness(c, w)
 *     from c:   link(c, j) = sum over w of  share(c, w) * learned(w, j)
 *     to c:     link(i, c) = sum over w of  learned(i, w) * share(c, w)
 *
 * The square makes a whole of shares that is as large as the likeness itself: an item that looks
 * like nothing in the shop is not pushed. And w is taken to have a link to itself, as strong as its
 * strongest: who looks at w may want c for being like it.
 */
#include "train/bridge.h"

#include <stdlib.h>
#include <string.h>

/* A link to a new item that is weaker than this part of the row's strongest would never show. */
#define LEAST_SHARE 0.0625f

typedef struct bridge_builder {
    const sotto_links *looks, *learned;
    uint32_t           first_new;
    sotto_links       *bridge;
    uint32_t          *starts;  /* by met item: where its new ones are */
    sotto_weighted    *new_ones; /* items that have a share in it */
    float             *sums;    /* by item */
    uint32_t          *touched;
    uint32_t           count;
} bridge_builder;

/* An item that learned links say something of. */
static bool is_met(const bridge_builder *builder, uint32_t item)
{
    return item < builder->first_new && builder->learned->counts[item] > 0;
}

static void add(bridge_builder *builder, uint32_t item, float weight)
{
    if (weight > 0) {
        if (builder->sums[item] == 0) {
            builder->touched[builder->count++] = item;
        }
        builder->sums[item] += weight;
    }
}

/* What shares are divided by, for one new item. */
static float sum_of_likeness(const bridge_builder *builder, uint32_t item)
{
    const sotto_weighted *row = sotto_links_row(builder->looks, item);
    float sum = 0;
    for (uint32_t k = 0; k < builder->looks->counts[item]; k++) {
        sum += is_met(builder, row[k].item) ? row[k].weight : 0;
    }
    return sum;
}

static float strongest(const sotto_links *links, uint32_t item)
{
    return links->counts[item] > 0 ? sotto_links_row(links, item)[0].weight : 0;
}

/* Moves the best of the sums, from `least` on, to a row of the bridge and clears them. */
static void take_best(bridge_builder *builder, uint32_t item, uint32_t room, float least)
{
    sotto_links *bridge = builder->bridge;
    sotto_best best = {bridge->links + (size_t)item * bridge->max_links, 0, room};
    for (uint32_t k = 0; k < builder->count; k++) {
        uint32_t other = builder->touched[k];
        float weight = builder->sums[other] < 1 ? builder->sums[other] : 1;
        if (other != item && weight >= least) {
            sotto_best_offer(&best, (sotto_weighted){other, weight});
        }
        builder->sums[other] = 0;
    }
    sotto_best_sort(&best);
    bridge->counts[item] = best.count;
    builder->count = 0;
}

static void link_from_new(bridge_builder *builder, uint32_t item, uint32_t room)
{
    const sotto_links *learned = builder->learned;
    const sotto_weighted *row = sotto_links_row(builder->looks, item);
    float sum = sum_of_likeness(builder, item);
    for (uint32_t k = 0; k < builder->looks->counts[item]; k++) {
        uint32_t met = row[k].item;
        if (!is_met(builder, met)) {
            continue;
        }
        float share = row[k].weight * row[k].weight / sum;
        const sotto_weighted *links = sotto_links_row(learned, met);
        for (uint32_t m = 0; m < learned->counts[met]; m++) {
            add(builder, links[m].item, share * links[m].weight);
        }
        add(builder, met, share * strongest(learned, met));
    }
    take_best(builder, item, room, 0);
}

/* For each met item the new ones that have a share in it. */
static bool turn_round(bridge_builder *builder)
{
    const sotto_links *looks = builder->looks;
    uint32_t n = looks->item_count;
    builder->starts = calloc((size_t)n + 2, sizeof *builder->starts);
    builder->new_ones = calloc(sotto_links_total(looks) + 1, sizeof *builder->new_ones);
    if (builder->starts == NULL || builder->new_ones == NULL) {
        return false;
    }
    for (uint32_t c = builder->first_new; c < n; c++) {
        for (uint32_t k = 0; k < looks->counts[c]; k++) {
            builder->starts[sotto_links_row(looks, c)[k].item + 2]++;
        }
    }
    for (uint32_t i = 2; i <= n + 1; i++) {
        builder->starts[i] += builder->starts[i - 1];
    }
    for (uint32_t c = builder->first_new; c < n; c++) {
        const sotto_weighted *row = sotto_links_row(looks, c);
        float sum = sum_of_likeness(builder, c);
        for (uint32_t k = 0; k < looks->counts[c]; k++) {
            float share = is_met(builder, row[k].item) ? row[k].weight * row[k].weight / sum : 0;
            builder->new_ones[builder->starts[row[k].item + 1]++] = (sotto_weighted){c, share};
        }
    }
    return true;
}

static void add_new_ones(bridge_builder *builder, uint32_t met, float weight)
{
    for (uint32_t at = builder->starts[met]; at < builder->starts[met + 1]; at++) {
        add(builder, builder->new_ones[at].item, weight * builder->new_ones[at].weight);
    }
}

static void link_to_new(bridge_builder *builder, uint32_t item, uint32_t room)
{
    const sotto_links *learned = builder->learned;
    const sotto_weighted *links = sotto_links_row(learned, item);
    for (uint32_t k = 0; k < learned->counts[item]; k++) {
        add_new_ones(builder, links[k].item, links[k].weight);
    }
    add_new_ones(builder, item, strongest(learned, item));
    take_best(builder, item, room, LEAST_SHARE * strongest(learned, item));
}

bool sotto_bridge_make(const sotto_links *looks, const sotto_links *learned, uint32_t first_new,
                       bool fill_empty, uint32_t from_new, uint32_t to_new, sotto_links *bridge)
{
    bridge_builder builder = {.looks = looks, .learned = learned, .first_new = first_new,
                              .bridge = bridge};
    uint32_t n = looks->item_count;
    uint32_t max_links = from_new > to_new ? from_new : to_new;
    bool good = sotto_links_init(bridge, n, max_links > 0 ? max_links : 1);
    builder.sums = calloc((size_t)n + 1, sizeof *builder.sums);
    builder.touched = calloc((size_t)n + 1, sizeof *builder.touched);
    good = good && builder.sums != NULL && builder.touched != NULL && turn_round(&builder);
    for (uint32_t i = 0; good && i < n; i++) {
        if (is_met(&builder, i)) {
            link_to_new(&builder, i, to_new);
        } else if (i >= first_new || fill_empty) {
            link_from_new(&builder, i, from_new);
        }
    }
    free(builder.starts);
    free(builder.new_ones);
    free(builder.sums);
    free(builder.touched);
    if (!good) {
        sotto_links_free(bridge);
    }
    return good;
}

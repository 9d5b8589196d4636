/*
 * publish_shown.c - products in order of how much they are shown
 *
 * Where there is not room for everybody's picture, it belongs to what shoppers see. That is first
 * what is shown whoever looks: what a slot names itself, then the heads of the popular, the trending
 * and the new. Everything else is shown beside something: if an item is looked at `views` times, so
 * often are its eight best links shown, and the item itself is shown again among the ones looked at
 * last. So
 *
 *     shown(j) = views(j) + sum over items i whose eight best have j:  views(i)
 *
 * What is sold out is not shown, and comes last.
 */
#include "cli/publish.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_COUNT 16u /* of each list */
#define BEST_COUNT 8u  /* items a slot shows, unless told otherwise */

typedef enum rank { NAMED, HEAD, LINKED, SOLD_OUT } rank;

typedef struct shown_item {
    uint32_t item, product;
    rank     rank;
    double   shown;
} shown_item;

static int compare_shown(const void *left, const void *right)
{
    const shown_item *a = left;
    const shown_item *b = right;
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    if (a->shown < b->shown || a->shown > b->shown) {
        return a->shown > b->shown ? -1 : 1;
    }
    return a->product < b->product ? -1 : a->product > b->product;
}

/* POPU is the logarithm of a count (FORMAT.md 3.2); one more, so that nothing has none. */
static double views_of(const sotto_bundle *bundle, uint32_t item)
{
    return exp2(sotto_item_popularity(bundle, item) / 8.0);
}

/* Adds to each of the best links what is looked at where they are shown. */
static void add_links(const sotto_bundle *bundle, uint32_t item, double *shown)
{
    sotto_link links[SOTTO_MAX_LINKS];
    for (int relation = SOTTO_NEXT; relation <= SOTTO_LOOKS; relation++) {
        uint32_t count = sotto_item_links(bundle, (sotto_relation)relation, item, links);
        for (uint32_t taken = 0; taken < BEST_COUNT && taken < count; taken++) {
            uint32_t best = taken;
            for (uint32_t i = taken + 1; i < count; i++) {
                best = links[i].weight > links[best].weight ? i : best;
            }
            sotto_link link = links[best];
            links[best] = links[taken];
            links[taken] = link;
            shown[link.item] += views_of(bundle, item);
        }
    }
}

static void set_rank(rank *ranks, uint32_t item, rank wanted)
{
    if (item != SOTTO_NO_ITEM && ranks[item] > wanted) {
        ranks[item] = wanted;
    }
}

/* What is shown whoever looks. */
static void rank_items(const cli_site *site, const sotto_bundle *bundle, rank *ranks)
{
    static const sotto_top tops[] = {SOTTO_TOP_POPULAR, SOTTO_TOP_TRENDING, SOTTO_TOP_NEW};
    for (size_t list = 0; list < SOTTO_ARRAY_COUNT(tops); list++) {
        for (uint32_t i = 0; i < HEAD_COUNT; i++) {
            set_rank(ranks, sotto_top_get(bundle, tops[list], i), HEAD);
        }
    }
    for (uint32_t i = 0; i < site->slot_count; i++) {
        const sotto_slot_content *slot = &site->slots[i];
        for (uint32_t j = 0; j < slot->manual_count; j++) {
            set_rank(ranks, sotto_item_find_hash(bundle, slot->manual[j]), NAMED);
        }
        for (uint32_t j = 0; j < slot->pinned_count; j++) {
            set_rank(ranks, sotto_item_find_hash(bundle, slot->pinned[j].item), NAMED);
        }
    }
}

uint32_t *cli_publish_shown(cli_pool *pool, const cli_site *site, const cli_feed *feed,
                            const sotto_bundle *bundle)
{
    uint32_t item_count = sotto_item_count(bundle);
    double *shown = cli_pool_alloc(pool, (size_t)item_count + 1, sizeof *shown);
    rank *ranks = cli_pool_alloc(pool, (size_t)item_count + 1, sizeof *ranks);
    shown_item *items = cli_pool_alloc(pool, (size_t)feed->count + 1, sizeof *items);
    uint32_t *order = cli_pool_alloc(pool, (size_t)feed->count + 1, sizeof *order);
    for (uint32_t i = 0; i < item_count; i++) {
        shown[i] += views_of(bundle, i);
        ranks[i] = LINKED;
        add_links(bundle, i, shown);
    }
    rank_items(site, bundle, ranks);
    for (uint32_t i = 0; i < feed->count; i++) {
        uint32_t item = sotto_item_find_hash(bundle, feed->products[i].hash);
        items[i] = (shown_item){item, i, feed->products[i].in_stock ? ranks[item] : SOLD_OUT,
                                shown[item]};
    }
    if (feed->count) {
        qsort(items, feed->count, sizeof *items, compare_shown);
    }
    for (uint32_t i = 0; i < feed->count; i++) {
        order[i] = items[i].product;
    }
    return order;
}

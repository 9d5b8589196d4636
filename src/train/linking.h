/*
 * Links - from each item to the few that go with it best
 *
 * memory    8 bytes for each link there could be.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_LINKING_H
#define SOTTO_TRAIN_LINKING_H

#include "train/pairs.h"
#include "train/recipe.h"

typedef struct sotto_weighted {
    uint32_t item;
    float    weight;
} sotto_weighted;

typedef struct sotto_links {
    uint32_t        item_count;
    uint32_t        max_links;
    uint32_t       *counts; /* by item */
    sotto_weighted *links;  /* max_links places for each item, strongest first */
} sotto_links;

bool sotto_links_init(sotto_links *links, uint32_t item_count, uint32_t max_links);
void sotto_links_free(sotto_links *links);

static inline const sotto_weighted *sotto_links_row(const sotto_links *links, uint32_t item)
{
    return links->links + (size_t)item * links->max_links;
}

uint64_t sotto_links_total(const sotto_links *links);

/*
 * Viewed next: pairs weighed by the recipe, smoothed over the neighbours' neighbours, the best
 * `max_links` of each row, summing to 1. With `wanted`, one byte an item, rows of items whose byte
 * is 0 may be left empty. False without memory.
 */
bool sotto_links_next(const sotto_pairs *pairs, const sotto_recipe *recipe, uint32_t max_links,
                      const uint8_t *wanted, sotto_links *links);

/* The same links and more: rows of up to `kept` of them, made from `max_links` neighbours. */
bool sotto_links_next_wide(const sotto_pairs *pairs, const sotto_recipe *recipe,
                           uint32_t max_links, uint32_t kept, const uint8_t *wanted,
                           sotto_links *links);

/*
 * A link is worth weight * (distance + 1)^-locality, where `index_of` says where items stand. Keeps
 * the `max_links` of each row that are worth most for their bits (thin.h); what is kept has that
 * weight, brought to the sum 1. Without `index_of` the strongest are kept. False without memory.
 */
bool sotto_links_localise(const sotto_links *wide, const uint32_t *index_of, double locality,
                          uint32_t max_links, sotto_links *links);

/*
 * Bought together: pairs that are met more often than chance would have it, by the log-likelihood
 * ratio, weighed by how likely the other is in a basket with the one. The best `max_links` of each
 * row that are likelier than best sellers. False without memory.
 */
bool sotto_links_together(const sotto_pairs *pairs, uint32_t max_links, sotto_links *links);

/* Viewed, then bought: the same test, weighed by the cosine. False without memory. */
bool sotto_links_viewed_bought(const sotto_pairs *pairs, uint32_t max_links, sotto_links *links);

/* The best few of a stream of candidates, in a heap whose top is the worst of them. */
typedef struct sotto_best {
    sotto_weighted *heap;
    uint32_t        count, room;
} sotto_best;

void sotto_best_offer(sotto_best *best, sotto_weighted candidate);

/* Strongest first; among equals the lower item. */
void sotto_best_sort(sotto_best *best);

#endif

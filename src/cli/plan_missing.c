/*
 * plan_missing.c - items, categories and brands that the plan names and the catalogue lacks
 *
 * They may come, so each is a warning: with the place that names it first and, as there are few of
 * them, the nearest category or brand that there is.
 */
#include "cli/plan_missing.h"

#include "cli/nearest.h"
#include "cli/publish.h"
#include "model/plan.h"

#include <stdlib.h>
#include <string.h>

/* Looking for the nearest of very many names takes longer than it is worth. */
#define NEAREST_MOST 5000u

static int compare_hashes(const void *a, const void *b)
{
    const uint64_t *left = a;
    const uint64_t *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* The hashes of all ids, sorted. */
static uint64_t *hashes_of(cli_pool *pool, const cli_feed *feed)
{
    uint64_t *hashes = cli_pool_alloc(pool, feed->count + 1, sizeof *hashes);
    for (uint32_t i = 0; i < feed->count; i++) {
        hashes[i] = feed->products[i].hash;
    }
    qsort(hashes, feed->count, sizeof *hashes, compare_hashes);
    return hashes;
}

static const char *nearest_of(cli_pool *pool, const cli_names *names, sotto_text text)
{
    const char **words = cli_pool_alloc(pool, names->count + 1, sizeof *words);
    for (uint32_t i = 0; i < names->count; i++) {
        words[i] = cli_pool_copy(pool, names->names[i].bytes, names->names[i].size);
    }
    return names->count > NEAREST_MOST ? NULL : cli_nearest(text.bytes, words, names->count);
}

void cli_plan_missing(cli_pool *pool, const cli_site *site, const cli_feed *feed,
                      cli_mistakes *warnings)
{
    static const char *const kinds[] = {"", "product", "category", "brand"};
    if (site->key_count == 0) {
        return;
    }
    const uint64_t *items = hashes_of(pool, feed);
    cli_names categories = cli_names_of_categories(pool, feed);
    cli_names brands = cli_names_of_brands(pool, feed);
    for (uint32_t i = 0; i < site->key_count; i++) {
        const cli_named_key *key = &site->keys[i];
        const cli_names *names = key->kind == SOTTO_KEY_CATEGORY ? &categories : &brands;
        if (!key->text.bytes) {
            continue;
        }
        uint64_t hash = sotto_hash(key->text.bytes, key->text.size);
        bool known = key->kind == SOTTO_KEY_ITEM
                         ? bsearch(&hash, items, feed->count, sizeof hash, compare_hashes) != NULL
                         : cli_names_find(names, key->text) != SOTTO_NONE;
        if (known) {
            continue;
        }
        cli_mistake warning = key->where;
        warning.what = cli_pool_print(pool, "the catalogue has no %s \"%.100s\"", kinds[key->kind],
                                      key->text.bytes);
        warning.near = key->kind == SOTTO_KEY_ITEM ? NULL : nearest_of(pool, names, key->text);
        cli_mistakes_add(pool, warnings, warning);
    }
}

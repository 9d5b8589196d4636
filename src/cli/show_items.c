/*
 * show_items.c - what stands beside an item
 *
 * The links as a page reads them: weights in Q16, here as shares of one, the strongest first.
 */
#include "cli/show.h"

#include "cli/report.h"
#include "cli/shown.h"
#include "ranking/encode.h"
#include "ranking/scan.h"

#include <stdio.h>
#include <stdlib.h>

/* How many items a fragment of a title may bring. */
#define MATCH_MAX 5

/* How many items near by their vectors are shown. */
#define NEAREST_COUNT 10u

/* Strongest first; equals in the order of the model. */
static int by_weight(const void *left, const void *right)
{
    const sotto_link *a = left;
    const sotto_link *b = right;
    if (a->weight != b->weight) {
        return a->weight > b->weight ? -1 : 1;
    }
    return a->item < b->item ? -1 : a->item > b->item;
}

static uint32_t sorted_links(const sotto_bundle *bundle, sotto_relation relation, uint32_t item,
                             sotto_link links[SOTTO_MAX_LINKS])
{
    uint32_t count = sotto_item_links(bundle, relation, item, links);
    qsort(links, count, sizeof links[0], by_weight);
    return count;
}

static void show_links(const sotto_bundle *bundle, sotto_relation relation, uint32_t item,
                       const char *heading)
{
    sotto_link links[SOTTO_MAX_LINKS];
    uint32_t count = sorted_links(bundle, relation, item, links);
    if (count) {
        printf("  %s\n", heading);
    }
    for (uint32_t i = 0; i < count; i++) {
        printf("    %.4f  ", links[i].weight / 65536.0);
        cli_show_item(bundle, links[i].item);
        putchar('\n');
    }
}

static void show_facts(const sotto_bundle *bundle, uint32_t item)
{
    char price[CLI_PRICE_SIZE];
    sotto_item_facts facts = sotto_item_get(bundle, item);
    sotto_site site = sotto_bundle_site(bundle);
    printf("  popularity %u", sotto_item_popularity(bundle, item));
    if (sotto_bundle_has(bundle, SOTTO_CATALOGUE)) {
        cli_price_text(price, &site, facts.price);
        printf("%s%s", price[0] ? ", " : "", price);
        if (facts.category != SOTTO_NONE) {
            fputs(", ", stdout);
            cli_show_text(sotto_category_name(bundle, facts.category));
        }
        if (facts.brand != SOTTO_NONE) {
            fputs(", ", stdout);
            cli_show_text(sotto_brand_name(bundle, facts.brand));
        }
        fputs(!facts.listed ? ", not listed" : facts.in_stock ? ", in stock" : ", sold out",
              stdout);
    }
    putchar('\n');
}

/*
 * The items whose vectors point where this one's does, nearest first: their hits begin at `hits`.
 * Returns how many; none without vectors.
 */
static uint32_t nearest_items(const sotto_bundle *bundle, uint32_t item, sotto_scan *scan,
                              const sotto_scan_hit **hits)
{
    const sotto_ranker *ranker = bundle->ranker;
    if (!ranker || item >= ranker->vectors.item_count || ranker->vectors.dimensions == 0) {
        return 0;
    }
    int16_t vector[SOTTO_VECTOR_MAX_DIMENSIONS];
    int64_t wide[SOTTO_VECTOR_MAX_DIMENSIONS];
    uint32_t dimensions = ranker->vectors.dimensions;
    sotto_vectors_get(&ranker->vectors, item, vector);
    for (uint32_t i = 0; i < dimensions; i++) {
        wide[i] = vector[i];
    }
    sotto_session_unit(vector, wide, dimensions);
    sotto_scan_nearest(scan, &ranker->vectors, vector, NEAREST_COUNT + 1);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < scan->count; i++) {
        if (scan->hits[i].item != item && kept < NEAREST_COUNT) {
            scan->hits[kept++] = scan->hits[i];
        }
    }
    *hits = scan->hits;
    return kept;
}

static void show_nearest(const sotto_bundle *bundle, uint32_t item)
{
    static sotto_scan scan;
    const sotto_scan_hit *hits;
    uint32_t count = nearest_items(bundle, item, &scan, &hits);
    if (count) {
        puts("  near by vector");
    }
    for (uint32_t i = 0; i < count; i++) {
        printf("    %.4f  ", hits[i].cosine / 4194304.0);
        cli_show_item(bundle, hits[i].item);
        putchar('\n');
    }
}

static void show_one(const sotto_bundle *bundle, uint32_t item)
{
    cli_show_item(bundle, item);
    putchar('\n');
    show_facts(bundle, item);
    show_links(bundle, SOTTO_NEXT, item, "viewed next");
    show_links(bundle, SOTTO_TOGETHER, item, "bought together");
    show_links(bundle, SOTTO_VIEWED_BOUGHT, item, "viewed, then bought");
    show_links(bundle, SOTTO_LOOKS, item, "looks alike");
    show_nearest(bundle, item);
}

/* At most MATCH_MAX items for a word; 0, having said so, if there is none. */
static uint32_t find(const sotto_bundle *bundle, const char *word, uint32_t items[MATCH_MAX])
{
    uint32_t count = cli_find_items(bundle, word, items, MATCH_MAX);
    if (count == 0) {
        cli_error("%s: no item has this id%s", word,
                  sotto_bundle_has(bundle, SOTTO_CATALOGUE) ? ", or a title with this in it" : "");
        if (!sotto_bundle_has(bundle, SOTTO_CATALOGUE)) {
            cli_hint("titles are known in a published folder: sotto show DIR %s", word);
        }
    } else if (count > MATCH_MAX) {
        cli_note("%s: %u items have this in their title; the %d most popular follow", word, count,
                 MATCH_MAX);
    }
    return count < MATCH_MAX ? count : MATCH_MAX;
}

bool cli_show_neighbours(const sotto_bundle *bundle, const char *word)
{
    uint32_t items[MATCH_MAX];
    uint32_t count = find(bundle, word, items);
    for (uint32_t i = 0; i < count; i++) {
        show_one(bundle, items[i]);
    }
    return count > 0;
}

static void json_links(cli_json *json, const char *key, const sotto_bundle *bundle,
                       sotto_relation relation, uint32_t item)
{
    sotto_link links[SOTTO_MAX_LINKS];
    uint32_t count = sorted_links(bundle, relation, item, links);
    cli_json_array(json, key);
    for (uint32_t i = 0; i < count; i++) {
        cli_json_object(json, NULL);
        cli_json_bytes(json, "id", sotto_item_id(bundle, links[i].item));
        sotto_text title = sotto_item_text(bundle, SOTTO_TITLE, links[i].item);
        if (title.size) {
            cli_json_bytes(json, "title", title);
        }
        cli_json_number(json, "weight", links[i].weight);
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void json_nearest(cli_json *json, const sotto_bundle *bundle, uint32_t item)
{
    static sotto_scan scan;
    const sotto_scan_hit *hits;
    uint32_t count = nearest_items(bundle, item, &scan, &hits);
    if (count == 0) {
        return;
    }
    cli_json_array(json, "near");
    for (uint32_t i = 0; i < count; i++) {
        cli_json_object(json, NULL);
        cli_json_bytes(json, "id", sotto_item_id(bundle, hits[i].item));
        sotto_text title = sotto_item_text(bundle, SOTTO_TITLE, hits[i].item);
        if (title.size) {
            cli_json_bytes(json, "title", title);
        }
        cli_json_real(json, "cosine", hits[i].cosine / 4194304.0, 4);
        cli_json_end(json);
    }
    cli_json_end(json);
}

bool cli_json_neighbours(cli_json *json, const sotto_bundle *bundle, const char *word)
{
    uint32_t items[MATCH_MAX];
    uint32_t count = find(bundle, word, items);
    for (uint32_t i = 0; i < count; i++) {
        cli_json_object(json, NULL);
        cli_json_item(json, bundle, items[i]);
        cli_json_number(json, "popularity", sotto_item_popularity(bundle, items[i]));
        json_links(json, "next", bundle, SOTTO_NEXT, items[i]);
        json_links(json, "together", bundle, SOTTO_TOGETHER, items[i]);
        json_links(json, "viewed_bought", bundle, SOTTO_VIEWED_BOUGHT, items[i]);
        json_links(json, "looks", bundle, SOTTO_LOOKS, items[i]);
        json_nearest(json, bundle, items[i]);
        cli_json_end(json);
    }
    return count > 0;
}

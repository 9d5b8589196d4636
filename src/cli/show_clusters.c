/*
 * show_clusters.c - the kinds of shoppers that training found
 *
 * A cluster is a point among numbers that have no names; people know it by what its shoppers look
 * at more than others: a few items, the categories these are in, what they cost.
 */
#include "cli/show.h"
#include "cli/shown.h"
#include "model/ranker.h"

#include <stdio.h>
#include <stdlib.h>

#define SHOWN_ITEMS      4u
#define SHOWN_CATEGORIES 2u

/* What the catalogue says of a cluster's typical items. */
typedef struct cluster_facts {
    uint32_t categories[SHOWN_CATEGORIES]; /* SOTTO_NONE where there are fewer */
    uint32_t price;                        /* the median; SOTTO_NO_PRICE if unknown */
} cluster_facts;

static uint32_t count_in(const sotto_bundle *bundle, const sotto_cluster *cluster,
                         uint32_t category)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < cluster->item_count; i++) {
        count += sotto_item_get(bundle, cluster->items[i]).category == category ? 1 : 0;
    }
    return count;
}

/* The category of most typical items that is not `other`. */
static uint32_t most_frequent(const sotto_bundle *bundle, const sotto_cluster *cluster,
                              uint32_t other)
{
    uint32_t best = SOTTO_NONE, most = 0;
    for (uint32_t i = 0; i < cluster->item_count; i++) {
        uint32_t category = sotto_item_get(bundle, cluster->items[i]).category;
        uint32_t count = count_in(bundle, cluster, category);
        if (category != SOTTO_NONE && category != other && count > most) {
            best = category;
            most = count;
        }
    }
    return best;
}

static int compare_prices(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

static cluster_facts facts_of(const sotto_bundle *bundle, const sotto_cluster *cluster)
{
    uint32_t prices[SOTTO_CLUSTER_TYPICAL], price_count = 0;
    cluster_facts facts = {.price = SOTTO_NO_PRICE};
    facts.categories[0] = most_frequent(bundle, cluster, SOTTO_NONE);
    facts.categories[1] = most_frequent(bundle, cluster, facts.categories[0]);
    for (uint32_t i = 0; i < cluster->item_count; i++) {
        uint32_t price = sotto_item_get(bundle, cluster->items[i]).price;
        if (price != SOTTO_NO_PRICE) {
            prices[price_count++] = price;
        }
    }
    qsort(prices, price_count, sizeof *prices, compare_prices);
    if (price_count > 0) {
        facts.price = prices[price_count / 2];
    }
    return facts;
}

static double share(uint32_t q16)
{
    return q16 / 65536.0;
}

static const sotto_clusters *clusters_of(const sotto_bundle *bundle)
{
    bool has_any = bundle != NULL && sotto_bundle_has(bundle, SOTTO_MODEL)
                   && sotto_cluster_count(bundle) > 0;
    return has_any ? &bundle->ranker->clusters : NULL;
}

static void show_cluster(const sotto_bundle *bundle, uint32_t number)
{
    char price[CLI_PRICE_SIZE];
    sotto_cluster cluster = sotto_cluster_get(bundle, number);
    cluster_facts facts = facts_of(bundle, &cluster);
    sotto_site site = sotto_bundle_site(bundle);
    printf("  %2u  %5.1f %%  ", number + 1, 100 * share(cluster.share));
    for (uint32_t i = 0; i < SHOWN_CATEGORIES && facts.categories[i] != SOTTO_NONE; i++) {
        fputs(i > 0 ? ", " : "", stdout);
        cli_show_text(sotto_category_name(bundle, facts.categories[i]));
    }
    if (facts.price != SOTTO_NO_PRICE) {
        printf("; about %s", cli_price_text(price, &site, facts.price));
    }
    printf("%s%.0f %% bought, %.0f %% seen before\n",
           facts.categories[0] != SOTTO_NONE || facts.price != SOTTO_NO_PRICE ? "; " : "",
           100 * share(cluster.buying), 100 * share(cluster.returning));
    for (uint32_t i = 0; i < cluster.item_count && i < SHOWN_ITEMS; i++) {
        fputs("               ", stdout);
        cli_show_item(bundle, cluster.items[i]);
        puts("");
    }
}

void cli_show_clusters(const sotto_bundle *bundle)
{
    const sotto_clusters *clusters = clusters_of(bundle);
    if (clusters == NULL) {
        return;
    }
    printf("%u kinds of shoppers (silhouette %.3f, Davies-Bouldin index %.2f), and their items\n",
           clusters->count, clusters->silhouette / 16384.0, clusters->davies_bouldin / 256.0);
    for (uint32_t i = 0; i < clusters->count; i++) {
        show_cluster(bundle, i);
    }
}

static void json_cluster(cli_json *json, const sotto_bundle *bundle, uint32_t number)
{
    sotto_cluster cluster = sotto_cluster_get(bundle, number);
    cluster_facts facts = facts_of(bundle, &cluster);
    cli_json_object(json, NULL);
    cli_json_real(json, "share", share(cluster.share), 4);
    cli_json_real(json, "buying", share(cluster.buying), 4);
    cli_json_real(json, "returning", share(cluster.returning), 4);
    cli_json_array(json, "categories");
    for (uint32_t i = 0; i < SHOWN_CATEGORIES && facts.categories[i] != SOTTO_NONE; i++) {
        cli_json_bytes(json, NULL, sotto_category_name(bundle, facts.categories[i]));
    }
    cli_json_end(json);
    if (facts.price != SOTTO_NO_PRICE) {
        cli_json_number(json, "median_price", facts.price);
    }
    cli_json_array(json, "items");
    for (uint32_t i = 0; i < cluster.item_count; i++) {
        cli_json_bytes(json, NULL, sotto_item_id(bundle, cluster.items[i]));
    }
    cli_json_end(json);
    cli_json_end(json);
}

void cli_json_clusters(cli_json *json, const sotto_bundle *bundle)
{
    const sotto_clusters *clusters = clusters_of(bundle);
    if (clusters == NULL) {
        return;
    }
    cli_json_object(json, "clusters");
    cli_json_real(json, "silhouette", clusters->silhouette / 16384.0, 4);
    cli_json_real(json, "davies_bouldin", clusters->davies_bouldin / 256.0, 4);
    cli_json_array(json, "list");
    for (uint32_t i = 0; i < clusters->count; i++) {
        json_cluster(json, bundle, i);
    }
    cli_json_end(json);
    cli_json_end(json);
}

/*
 * cluster.c - which kind of shopper this is
 *
 * Items stand in an order in which neighbours are looked at by the same people; a stretch of that
 * order is something like a department, though nobody named it. So what a shopper likes is how
 * much of what they did fell into each of B equal stretches,
 *
 *     trait of a stretch = sqrt(its share of the weights) * 127
 *
 * where a purchase weighs 3, what went into a cart or on a wish list 2, a view 1. The root makes
 * every shopper a point on the same sphere, and little things count. Four habits stand beside it,
 * on a scale to 32, so that taste decides and habit separates: what share was bought, what share
 * was of items seen before, over how many stretches it went, and how much there was at all.
 *
 * The kind is that of the nearest centroid. No vectors and no names of categories are needed, and
 * nothing leaves the device.
 */
#include "ranking/cluster.h"

#include "base/base.h"
#include "model/ranker.h"
#include "profile/profile.h"

enum { HABIT_MAX = 32 };

static uint32_t weight_of(uint32_t kind)
{
    switch (kind) {
    case SOTTO_VIEW: case SOTTO_CLICK:
        return 1;
    case SOTTO_CART_ADD: case SOTTO_WISHLIST:
        return 2;
    case SOTTO_PURCHASE:
        return 3;
    default:
        return 0;
    }
}

bool sotto_shopper_counts(uint32_t kind)
{
    return weight_of(kind) > 0;
}

/* floor(sqrt(value)) for values up to 127 * 127. */
static uint8_t small_root(uint32_t value)
{
    uint32_t root = 0;
    for (uint32_t bit = 64; bit > 0; bit /= 2) {
        root += (root + bit) * (root + bit) <= value ? bit : 0;
    }
    return (uint8_t)root;
}

static bool is_repeat(const sotto_shopper_log *log, uint32_t number)
{
    for (uint32_t i = 0; i < number; i++) {
        if (log->items[i] == log->items[number]) {
            return true;
        }
    }
    return false;
}

void sotto_shopper_measure(const sotto_shopper_log *log, uint32_t item_count, uint32_t block_count,
                           uint8_t traits[SOTTO_CLUSTER_TRAITS])
{
    uint32_t weights[SOTTO_CLUSTER_BLOCKS] = {0};
    uint32_t total = 0, bought = 0, repeated = 0, reached = 0;
    for (uint32_t i = 0; i < log->count; i++) {
        uint32_t block = (uint32_t)((uint64_t)log->items[i] * block_count / item_count);
        uint32_t weight = weight_of(log->kinds[i]);
        weights[block] += weight;
        total += weight;
        bought += log->kinds[i] == SOTTO_PURCHASE ? 1 : 0;
        repeated += is_repeat(log, i) ? 1 : 0;
    }
    for (uint32_t block = 0; block < block_count; block++) {
        uint32_t square = SOTTO_CLUSTER_TRAIT_MAX * SOTTO_CLUSTER_TRAIT_MAX * weights[block];
        traits[block] = total == 0 ? 0 : small_root(square / total);
        reached += weights[block] > 0 ? 1 : 0;
    }
    uint8_t *habits = traits + block_count;
    uint32_t count = log->count > 0 ? log->count : 1;
    habits[0] = (uint8_t)(HABIT_MAX * bought / count);
    habits[1] = (uint8_t)(HABIT_MAX * repeated / count);
    habits[2] = (uint8_t)(HABIT_MAX * reached / sotto_min_u32(count, block_count));
    habits[3] = (uint8_t)(HABIT_MAX / 8 * sotto_log2_u32(count));
}

uint32_t sotto_clusters_nearest(const sotto_clusters *clusters, const uint8_t *traits)
{
    uint32_t size = clusters->block_count + SOTTO_CLUSTER_HABITS;
    uint32_t nearest = 0, least = UINT32_MAX;
    for (uint32_t number = 0; number < clusters->count; number++) {
        const uint8_t *centroid = clusters->centroids + number * size;
        uint32_t distance = 0;
        for (uint32_t i = 0; i < size; i++) {
            int32_t off = (int32_t)traits[i] - centroid[i];
            distance += (uint32_t)(off * off);
        }
        if (distance < least) {
            least = distance;
            nearest = number;
        }
    }
    return nearest;
}

uint32_t sotto_cluster_of(const sotto_bundle *bundle, const sotto_profile *profile)
{
    const sotto_profile_event_entry *event;
    sotto_shopper_log log;
    uint8_t traits[SOTTO_CLUSTER_TRAITS];
    if (bundle->ranker == NULL || bundle->ranker->clusters.count == 0) {
        return SOTTO_NONE;
    }
    const sotto_clusters *clusters = &bundle->ranker->clusters;
    log.count = 0;
    for (uint32_t age = 0; (event = sotto_history_get(profile, age)) != NULL; age++) {
        uint32_t item = sotto_shopper_counts(event->kind)
                            ? sotto_item_find_hash(bundle, event->item) : SOTTO_NO_ITEM;
        if (item < clusters->item_count) {
            log.items[log.count] = item;
            log.kinds[log.count++] = event->kind;
        }
    }
    if (log.count < SOTTO_SHOPPER_LEAST) {
        return SOTTO_NONE;
    }
    sotto_shopper_measure(&log, clusters->item_count, clusters->block_count, traits);
    return sotto_clusters_nearest(clusters, traits);
}

uint32_t sotto_cluster_count(const sotto_bundle *bundle)
{
    return bundle->ranker == NULL ? 0 : bundle->ranker->clusters.count;
}

sotto_cluster sotto_cluster_get(const sotto_bundle *bundle, uint32_t number)
{
    const sotto_clusters *clusters = &bundle->ranker->clusters;
    const uint8_t *habits = clusters->centroids + clusters->block_count
                            + number * (clusters->block_count + SOTTO_CLUSTER_HABITS);
    sotto_cluster cluster = {
        .share = sotto_load_u16(clusters->shares + 2 * number),
        .buying = habits[0] * 65536u / HABIT_MAX,
        .returning = habits[1] * 65536u / HABIT_MAX,
        .item_count = clusters->typical_counts[number],
    };
    const uint8_t *typical = clusters->typical;
    for (uint32_t i = 0; i < number; i++) {
        typical += 4 * clusters->typical_counts[i];
    }
    for (uint32_t i = 0; i < cluster.item_count; i++) {
        cluster.items[i] = sotto_load_u32(typical + 4 * i);
    }
    return cluster;
}

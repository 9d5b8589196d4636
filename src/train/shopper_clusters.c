/*
 * shopper_clusters.c - kinds of shoppers, from what they looked at and bought
 *
 *     sessions, baskets --by shopper--> the last 256 events of each --core--> traits
 *     traits --k-means, k = 2 ... 12--> silhouette, Davies-Bouldin --> k --> centroids, items
 *
 * The traits are measured by the very function a device calls (ranking/cluster.c). Of two numbers
 * of clusters the one with the better silhouette is taken; of those within a fiftieth of the best,
 * the one with the better Davies-Bouldin index.
 *
 * An item is typical of a cluster if more of its shoppers met it than chance would have it: the
 * score is c ln(c / expected), with c the shoppers of the cluster who met it.
 */
#include "train/shopper_clusters.h"

#include "ranking/cluster.h"
#include "train/clusters_kmeans.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LOOKED_AT_MAX  4000u /* shoppers */
#define LOOKED_AT_LEAST 60u
#define BLOCKS         32u
#define LEAST_SHARE    0.02 /* of the shoppers, in the smallest cluster */
#define LEAST_SILHOUETTE 0.02
#define SAME           0.02 /* of the best silhouette: the other index decides */
#define TYPICAL        8u

/* What a shopper did. Sorted by shopper, then time, then arrival. */
typedef struct deed {
    uint32_t shopper, time_s, arrival;
    uint32_t index; /* of the item in the model */
    uint8_t  kind;
} deed;

typedef struct cluster_learner {
    uint32_t item_count, min_shoppers;
    uint32_t block_count;
    deed    *deeds;
    size_t   deed_count;
    uint8_t *traits;     /* by shopper looked at */
    size_t  *ends;       /* of its deeds */
    uint32_t shoppers;   /* looked at */
    uint32_t size;       /* of traits */
} cluster_learner;

/* ---- what shoppers did ----------------------------------------------------------------------- */

static int compare_deeds(const void *a, const void *b)
{
    const deed *x = a, *y = b;
    if (x->shopper != y->shopper) {
        return x->shopper < y->shopper ? -1 : 1;
    }
    if (x->time_s != y->time_s) {
        return x->time_s < y->time_s ? -1 : 1;
    }
    return x->arrival < y->arrival ? -1 : 1;
}

static void take_deeds(cluster_learner *learner, const sotto_sequences *sequences, uint8_t kind,
                       const uint32_t *index_of)
{
    for (uint32_t i = 0; sequences != NULL && i < sequences->count; i++) {
        for (size_t at = sequences->starts[i]; at < sequences->starts[i + 1]; at++) {
            uint32_t index = index_of[sequences->items[at]];
            if (index != SOTTO_NO_ITEM) {
                learner->deeds[learner->deed_count] =
                    (deed){sequences->shoppers[i], sequences->times_s[i],
                           (uint32_t)learner->deed_count, index, kind};
                learner->deed_count++;
            }
        }
    }
}

static size_t event_count(const sotto_sequences *sequences)
{
    return sequences == NULL || sequences->count == 0 ? 0 : sequences->starts[sequences->count];
}

static bool gather(cluster_learner *learner, const sotto_sequences *sessions,
                   const sotto_sequences *baskets, const uint32_t *order, uint32_t number_count)
{
    size_t room = event_count(sessions) + event_count(baskets) + 1;
    uint32_t *index_of = malloc(((size_t)number_count + 1) * sizeof *index_of);
    learner->deeds = malloc(room * sizeof *learner->deeds);
    if (index_of == NULL || learner->deeds == NULL) {
        free(index_of);
        return false;
    }
    for (uint32_t i = 0; i < number_count; i++) {
        index_of[i] = SOTTO_NO_ITEM;
    }
    for (uint32_t index = 0; index < learner->item_count; index++) {
        index_of[order[index]] = index;
    }
    take_deeds(learner, sessions, SOTTO_VIEW, index_of);
    take_deeds(learner, baskets, SOTTO_PURCHASE, index_of);
    qsort(learner->deeds, learner->deed_count, sizeof *learner->deeds, compare_deeds);
    free(index_of);
    return true;
}

/* ---- shoppers as points ---------------------------------------------------------------------- */

static size_t end_of_shopper(const cluster_learner *learner, size_t from)
{
    size_t to = from;
    while (to < learner->deed_count && learner->deeds[to].shopper == learner->deeds[from].shopper) {
        to++;
    }
    return to;
}

static void measure(const cluster_learner *learner, size_t from, size_t to, uint8_t *traits)
{
    sotto_shopper_log log;
    from = to - from > SOTTO_SHOPPER_EVENTS ? to - SOTTO_SHOPPER_EVENTS : from;
    log.count = (uint32_t)(to - from);
    for (uint32_t i = 0; i < log.count; i++) {
        log.items[i] = learner->deeds[from + i].index;
        log.kinds[i] = learner->deeds[from + i].kind;
    }
    sotto_shopper_measure(&log, learner->item_count, learner->block_count, traits);
}

static uint32_t count_shoppers(const cluster_learner *learner)
{
    uint32_t count = 0;
    for (size_t from = 0, to; from < learner->deed_count; from = to) {
        to = end_of_shopper(learner, from);
        count += to - from >= SOTTO_SHOPPER_LEAST ? 1 : 0;
    }
    return count;
}

/* Looks at everybody, or at every n-th of very many, and forgets the deeds of all others. */
static bool look_at_shoppers(cluster_learner *learner)
{
    uint32_t all = count_shoppers(learner), number = 0;
    uint32_t step = (all + LOOKED_AT_MAX - 1) / LOOKED_AT_MAX;
    learner->block_count =
        learner->item_count < 4 * BLOCKS ? (learner->item_count + 3) / 4 : BLOCKS;
    learner->size = learner->block_count + SOTTO_CLUSTER_HABITS;
    learner->traits = malloc(((size_t)LOOKED_AT_MAX + 1) * SOTTO_CLUSTER_TRAITS);
    learner->ends = malloc(((size_t)LOOKED_AT_MAX + 1) * sizeof *learner->ends);
    if (learner->traits == NULL || learner->ends == NULL) {
        return false;
    }
    size_t kept = 0;
    for (size_t from = 0, to; from < learner->deed_count; from = to) {
        to = end_of_shopper(learner, from);
        if (to - from < SOTTO_SHOPPER_LEAST || number++ % step != 0) {
            continue;
        }
        measure(learner, from, to, learner->traits + (size_t)learner->shoppers * learner->size);
        memmove(learner->deeds + kept, learner->deeds + from, (to - from) * sizeof(deed));
        kept += to - from;
        learner->ends[learner->shoppers++] = kept;
    }
    return true;
}

/* ---- how many clusters ----------------------------------------------------------------------- */

static uint32_t smallest_of(const sotto_grouping *grouping)
{
    uint32_t smallest = UINT32_MAX;
    for (uint32_t i = 0; i < grouping->count; i++) {
        smallest = grouping->sizes[i] < smallest ? grouping->sizes[i] : smallest;
    }
    return smallest;
}

static bool is_possible(const cluster_learner *learner, const sotto_clusters_trial *trial)
{
    return trial->smallest >= learner->min_shoppers
           && trial->smallest >= LEAST_SHARE * learner->shoppers
           && trial->silhouette >= LEAST_SILHOUETTE;
}

/* Its number among the trials; trial_count if none will do. */
static uint32_t choose(const cluster_learner *learner, const sotto_clusters_summary *summary)
{
    double best = 0;
    uint32_t chosen = summary->trial_count;
    for (uint32_t i = 0; i < summary->trial_count; i++) {
        const sotto_clusters_trial *trial = &summary->trials[i];
        best = is_possible(learner, trial) && trial->silhouette > best ? trial->silhouette : best;
    }
    for (uint32_t i = 0; i < summary->trial_count; i++) {
        const sotto_clusters_trial *trial = &summary->trials[i];
        bool good = is_possible(learner, trial) && trial->silhouette >= best * (1 - SAME);
        if (good && (chosen == summary->trial_count
                     || trial->davies_bouldin < summary->trials[chosen].davies_bouldin)) {
            chosen = i;
        }
    }
    return chosen;
}

/* Tries every number of clusters and keeps the best; a count of 0 if none is any good. */
static bool group(const cluster_learner *learner, sotto_clusters_summary *summary,
                  sotto_grouping *best)
{
    sotto_points points = {learner->shoppers, learner->size, learner->traits};
    sotto_grouping tried[SOTTO_CLUSTERS_TRIALS] = {{0}};
    bool good = true;
    for (uint32_t i = 0; good && i < SOTTO_CLUSTERS_TRIALS; i++) {
        good = sotto_grouping_make(&points, i + 2, &tried[i])
               && sotto_grouping_judge(&points, &tried[i]);
        summary->trials[i] = (sotto_clusters_trial){i + 2, tried[i].silhouette,
                                                    tried[i].davies_bouldin,
                                                    smallest_of(&tried[i])};
        summary->trial_count = i + 1;
    }
    uint32_t chosen = good ? choose(learner, summary) : SOTTO_CLUSTERS_TRIALS;
    if (chosen < SOTTO_CLUSTERS_TRIALS) {
        *best = tried[chosen];
        tried[chosen] = (sotto_grouping){0};
        summary->chosen = best->count;
    }
    for (uint32_t i = 0; i < SOTTO_CLUSTERS_TRIALS; i++) {
        sotto_grouping_free(&tried[i]);
    }
    return good;
}

/* ---- what is typical ------------------------------------------------------------------------- */

/* By cluster and item, how many of its shoppers met it. */
static uint32_t *count_meetings(const cluster_learner *learner, const sotto_grouping *grouping)
{
    uint32_t *counts = calloc((size_t)grouping->count * learner->item_count + 1, sizeof *counts);
    uint32_t *met_by = calloc((size_t)learner->item_count + 1, sizeof *met_by);
    size_t at = 0;
    for (uint32_t shopper = 0; counts != NULL && met_by != NULL && shopper < learner->shoppers;
         shopper++) {
        uint32_t *row = counts + (size_t)grouping->groups[shopper] * learner->item_count;
        for (; at < learner->ends[shopper]; at++) {
            uint32_t item = learner->deeds[at].index;
            row[item] += met_by[item] != shopper + 1 ? 1 : 0;
            met_by[item] = shopper + 1;
        }
    }
    if (met_by == NULL) {
        free(counts);
        counts = NULL;
    }
    free(met_by);
    return counts;
}

static double typical_score(const cluster_learner *learner, const sotto_grouping *grouping,
                            const uint32_t *counts, uint32_t cluster, uint32_t item)
{
    double all = 0, here = counts[(size_t)cluster * learner->item_count + item];
    for (uint32_t i = 0; i < grouping->count; i++) {
        all += counts[(size_t)i * learner->item_count + item];
    }
    double expected = all * grouping->sizes[cluster] / learner->shoppers;
    bool enough = here >= learner->min_shoppers && here > expected;
    return enough ? here * log(here / expected) : 0;
}

/* The most telling first. Returns how many. */
static uint8_t list_typical(const cluster_learner *learner, const sotto_grouping *grouping,
                            const uint32_t *counts, uint32_t cluster, uint32_t *list)
{
    double scores[TYPICAL];
    uint32_t count = 0;
    for (uint32_t item = 0; item < learner->item_count; item++) {
        double score = typical_score(learner, grouping, counts, cluster, item);
        uint32_t at = count < TYPICAL ? count : TYPICAL - 1;
        if (score <= 0 || (count == TYPICAL && score <= scores[at])) {
            continue;
        }
        for (; at > 0 && scores[at - 1] < score; at--) {
            scores[at] = scores[at - 1];
            list[at] = list[at - 1];
        }
        scores[at] = score;
        list[at] = item;
        count += count < TYPICAL ? 1 : 0;
    }
    return (uint8_t)count;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static bool write(const cluster_learner *learner, const sotto_grouping *grouping,
                  sotto_section_list *list, sotto_train_fault *fault)
{
    uint16_t shares[SOTTO_GROUPS_MAX];
    uint8_t typical_counts[SOTTO_GROUPS_MAX];
    uint32_t typical[SOTTO_GROUPS_MAX * TYPICAL], typical_count = 0;
    uint32_t *counts = count_meetings(learner, grouping);
    if (counts == NULL) {
        return sotto_fault_set(fault, "not enough memory for the clusters of shoppers");
    }
    for (uint32_t i = 0; i < grouping->count; i++) {
        shares[i] = (uint16_t)((uint64_t)grouping->sizes[i] * 65536 / learner->shoppers);
        typical_counts[i] = list_typical(learner, grouping, counts, i, typical + typical_count);
        typical_count += typical_counts[i];
    }
    free(counts);
    sotto_clusters_content content = {
        .item_count = learner->item_count,
        .cluster_count = grouping->count,
        .block_count = learner->block_count,
        .silhouette = (int16_t)lround(grouping->silhouette * 16384),
        .davies_bouldin = (uint16_t)lround(fmin(grouping->davies_bouldin, 255) * 256),
        .shares = shares,
        .centroids = grouping->centroids,
        .typical_counts = typical_counts,
        .typical = typical,
    };
    const char *why = NULL;
    return sotto_clusters_section(&content, list, &why) == SOTTO_OK
           || sotto_fault_set(fault, "the clusters of shoppers cannot be written: %s", why);
}

bool sotto_clusters_learn(const sotto_sequences *sessions, const sotto_sequences *baskets,
                          const uint32_t *order, uint32_t item_count, uint32_t number_count,
                          uint32_t min_shoppers, sotto_section_list *list,
                          sotto_clusters_summary *summary, sotto_train_fault *fault)
{
    cluster_learner learner = {.item_count = item_count, .min_shoppers = min_shoppers};
    sotto_clusters_summary nobody_asked;
    sotto_grouping grouping = {0};
    summary = summary == NULL ? &nobody_asked : summary;
    memset(summary, 0, sizeof *summary);
    bool good = item_count == 0
                || (gather(&learner, sessions, baskets, order, number_count)
                    && look_at_shoppers(&learner));
    summary->shopper_count = learner.shoppers;
    if (good && learner.shoppers >= LOOKED_AT_LEAST) {
        good = group(&learner, summary, &grouping);
    }
    if (!good) {
        sotto_fault_set(fault, "not enough memory for the clusters of shoppers");
    } else if (grouping.count > 0) {
        good = write(&learner, &grouping, list, fault);
    }
    sotto_grouping_free(&grouping);
    free(learner.deeds);
    free(learner.traits);
    free(learner.ends);
    return good;
}

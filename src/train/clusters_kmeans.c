/*
 * clusters_kmeans.c - groups of points that are near to each other
 *
 * Lloyd's algorithm: every point joins its nearest centroid, every centroid moves to the mean of
 * its points, until nobody moves. Where it ends depends on where it starts, so it starts several
 * times, each time with points that are far apart (k-means++, Arthur and Vassilvitskii 2007: the
 * next start is a point, with a chance that grows with the square of its distance to the starts so
 * far).
 *
 *     silhouette of a point = (b - a) / max(a, b),   a: mean distance to the others of its group
 *                                                    b: to those of the nearest other group
 *     Davies-Bouldin = mean over groups of the worst (width_i + width_j) / distance_ij
 */
#include "train/clusters_kmeans.h"

#include "train/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STARTS     4u
#define ROUNDS     25u
#define JUDGED_MAX 1000u
#define SEED       20u

static uint32_t square_distance(const uint8_t *a, const uint8_t *b, uint32_t size)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < size; i++) {
        int32_t off = (int32_t)a[i] - b[i];
        sum += (uint32_t)(off * off);
    }
    return sum;
}

static const uint8_t *row(const sotto_points *points, uint32_t number)
{
    return points->rows + (size_t)number * points->size;
}

/* ---- one start ------------------------------------------------------------------------------- */

/* `nearest` is scratch: each point's square distance to the starts so far. */
static void choose_starts(const sotto_points *points, sotto_random *random, uint32_t *nearest,
                          sotto_grouping *grouping)
{
    uint32_t chosen = sotto_random_below(random, points->count);
    for (uint32_t i = 0; i < points->count; i++) {
        nearest[i] = UINT32_MAX;
    }
    for (uint32_t group = 0; group < grouping->count; group++) {
        memcpy(grouping->centroids + (size_t)group * points->size, row(points, chosen),
               points->size);
        double total = 0;
        for (uint32_t i = 0; i < points->count; i++) {
            uint32_t distance = square_distance(row(points, i), row(points, chosen), points->size);
            nearest[i] = distance < nearest[i] ? distance : nearest[i];
            total += nearest[i];
        }
        double target = total * sotto_random_share(random);
        chosen = points->count - 1;
        for (uint32_t i = 0; i < points->count && target >= 0; i++) {
            target -= nearest[i];
            chosen = i;
        }
    }
}

/* Everybody joins the nearest centroid. Returns whether anybody moved. */
static bool join(const sotto_points *points, sotto_grouping *grouping)
{
    bool moved = false;
    grouping->spread = 0;
    memset(grouping->sizes, 0, sizeof grouping->sizes);
    for (uint32_t i = 0; i < points->count; i++) {
        uint32_t least = UINT32_MAX, best = 0;
        for (uint32_t group = 0; group < grouping->count; group++) {
            uint32_t distance =
                square_distance(row(points, i), grouping->centroids + (size_t)group * points->size,
                                points->size);
            best = distance < least ? group : best;
            least = distance < least ? distance : least;
        }
        moved = moved || grouping->groups[i] != best;
        grouping->groups[i] = (uint8_t)best;
        grouping->sizes[best]++;
        grouping->spread += least;
    }
    return moved;
}

/* Centroids move to the means, rounded. One that nobody joined stays where it is. */
static void move(const sotto_points *points, uint64_t *sums, sotto_grouping *grouping)
{
    memset(sums, 0, (size_t)grouping->count * points->size * sizeof *sums);
    for (uint32_t i = 0; i < points->count; i++) {
        uint64_t *sum = sums + (size_t)grouping->groups[i] * points->size;
        const uint8_t *point = row(points, i);
        for (uint32_t d = 0; d < points->size; d++) {
            sum[d] += point[d];
        }
    }
    for (uint32_t group = 0; group < grouping->count; group++) {
        uint64_t size = grouping->sizes[group];
        for (uint32_t d = 0; size > 0 && d < points->size; d++) {
            size_t at = (size_t)group * points->size + d;
            grouping->centroids[at] = (uint8_t)((sums[at] + size / 2) / size);
        }
    }
}

static bool grouping_init(const sotto_points *points, uint32_t count, sotto_grouping *grouping)
{
    *grouping = (sotto_grouping){.count = count};
    grouping->centroids = malloc((size_t)count * points->size + 1);
    grouping->groups = malloc((size_t)points->count + 1);
    return grouping->centroids != NULL && grouping->groups != NULL;
}

void sotto_grouping_free(sotto_grouping *grouping)
{
    free(grouping->centroids);
    free(grouping->groups);
    *grouping = (sotto_grouping){0};
}

bool sotto_grouping_make(const sotto_points *points, uint32_t count, sotto_grouping *grouping)
{
    sotto_grouping tried;
    uint32_t *nearest = malloc(((size_t)points->count + 1) * sizeof *nearest);
    uint64_t *sums = malloc((size_t)count * points->size * sizeof *sums + 1);
    bool good = grouping_init(points, count, grouping) && nearest != NULL && sums != NULL;
    good = grouping_init(points, count, &tried) && good;
    grouping->spread = HUGE_VAL;
    for (uint32_t start = 0; good && start < STARTS; start++) {
        sotto_random random = sotto_random_start(SEED + start);
        choose_starts(points, &random, nearest, &tried);
        memset(tried.groups, UINT8_MAX, points->count);
        for (uint32_t i = 0; i < ROUNDS && join(points, &tried); i++) {
            move(points, sums, &tried);
        }
        join(points, &tried); /* the rounded centroids' own groups, if it was cut short */
        if (tried.spread < grouping->spread) {
            sotto_grouping better = tried;
            tried = *grouping;
            *grouping = better;
        }
    }
    sotto_grouping_free(&tried);
    free(nearest);
    free(sums);
    return good;
}

/* ---- how good it is -------------------------------------------------------------------------- */

/* Sums, for one point, its distances to the judged points of each group. */
static double silhouette_of(const sotto_points *points, const sotto_grouping *grouping,
                            uint32_t number, uint32_t step)
{
    double sums[SOTTO_GROUPS_MAX] = {0};
    uint32_t counts[SOTTO_GROUPS_MAX] = {0}, own = grouping->groups[number];
    for (uint32_t i = 0; i < points->count; i += step) {
        if (i != number) {
            sums[grouping->groups[i]] +=
                sqrt(square_distance(row(points, i), row(points, number), points->size));
            counts[grouping->groups[i]]++;
        }
    }
    double other = HUGE_VAL;
    for (uint32_t group = 0; group < grouping->count; group++) {
        if (group != own && counts[group] > 0) {
            double mean = sums[group] / counts[group];
            other = mean < other ? mean : other;
        }
    }
    if (counts[own] == 0 || other == HUGE_VAL) {
        return 0; /* alone in its group, or there is but one */
    }
    double mean = sums[own] / counts[own], larger = mean > other ? mean : other;
    return larger > 0 ? (other - mean) / larger : 0;
}

static double davies_bouldin(const sotto_points *points, const sotto_grouping *grouping)
{
    double widths[SOTTO_GROUPS_MAX] = {0}, sum = 0;
    uint32_t size = points->size, groups = 0;
    for (uint32_t i = 0; i < points->count; i++) {
        uint32_t group = grouping->groups[i];
        widths[group] += sqrt(square_distance(row(points, i),
                                              grouping->centroids + (size_t)group * size, size))
                         / grouping->sizes[group];
    }
    for (uint32_t a = 0; a < grouping->count; a++) {
        double worst = 0;
        for (uint32_t b = 0; b < grouping->count; b++) {
            double apart = sqrt(square_distance(grouping->centroids + (size_t)a * size,
                                                grouping->centroids + (size_t)b * size, size));
            double ratio = apart > 0 ? (widths[a] + widths[b]) / apart : 0;
            bool counts = a != b && grouping->sizes[a] > 0 && grouping->sizes[b] > 0;
            worst = counts && ratio > worst ? ratio : worst;
        }
        sum += worst;
        groups += grouping->sizes[a] > 0 ? 1 : 0;
    }
    return groups > 0 ? sum / groups : 0;
}

bool sotto_grouping_judge(const sotto_points *points, sotto_grouping *grouping)
{
    uint32_t step = (points->count + JUDGED_MAX - 1) / JUDGED_MAX, judged = 0;
    double sum = 0;
    step = step > 0 ? step : 1;
    for (uint32_t i = 0; i < points->count; i += step) {
        sum += silhouette_of(points, grouping, i, step);
        judged++;
    }
    grouping->silhouette = judged > 0 ? sum / judged : 0;
    grouping->davies_bouldin = davies_bouldin(points, grouping);
    return judged > 0;
}

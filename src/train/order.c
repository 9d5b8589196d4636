/*
 * order.c - recursive graph bisection
 *
 * After Dhulipala et al., "Compressing Graphs and Indexes with Recursive Graph Bisection" (KDD
 * 2016). Items are halved so that each item's neighbours fall, as far as can be, into one half;
 * then the halves are halved. The cost of a neighbour t with a of its d ends among the n items on
 * the left and b on the right is what its gaps would take,
 *
 *     a log2(n / (a + 1)) + b log2(n / (b + 1))
 *
 * In each turn every item asks what it would save by changing sides; the most willing of both
 * halves are swapped in pairs until a swap no longer pays. Two items are neighbours if either
 * links to the other, and each is its own neighbour. Everything is decided by numbers and, among
 * equals, by the item, so the same links give the same order.
 *
 * It brings a link on click logs from 13 to 6 bits. The cost is about 10 turns on each of log2(n)
 * levels over all links.
 */
#include "train/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TURNS      12
#define SMALLEST   8u  /* items; a smaller group stays as it is */
#define LOG_TABLE  4096u

typedef struct link_graph {
    size_t   *starts; /* of each item's neighbours */
    uint32_t *neighbours;
} link_graph;

typedef struct candidate {
    float    gain;
    uint32_t item;
} candidate;

typedef struct bisection {
    link_graph  graph;
    uint32_t   *order;
    uint32_t   *left, *right;   /* ends in each half, by neighbour */
    float      *to_right, *to_left; /* what moving an end saves, by neighbour */
    candidate  *candidates;
    float       logs[LOG_TABLE];
} bisection;

static float log_of(const bisection *work, uint32_t value)
{
    return value < LOG_TABLE ? work->logs[value] : log2f((float)value);
}

static float cost(const bisection *work, uint32_t a, uint32_t b, float log_left, float log_right)
{
    return (float)a * (log_left - log_of(work, a + 1))
           + (float)b * (log_right - log_of(work, b + 1));
}

/* ---- the graph ------------------------------------------------------------------------------- */

static void each_edge(const sotto_links *const *tables, size_t table_count, uint32_t item_count,
                      const link_graph *graph, size_t *places)
{
    for (size_t t = 0; t < table_count; t++) {
        const sotto_links *links = tables[t];
        for (uint32_t i = 0; links != NULL && i < item_count; i++) {
            const sotto_weighted *row = sotto_links_row(links, i);
            for (uint32_t k = 0; k < links->counts[i]; k++) {
                uint32_t j = row[k].item;
                if (graph->neighbours != NULL) {
                    graph->neighbours[places[i]] = j;
                    graph->neighbours[places[j]] = i;
                }
                places[i]++;
                places[j]++;
            }
        }
    }
}

static bool make_graph(const sotto_links *const *tables, size_t table_count, uint32_t item_count,
                       link_graph *graph)
{
    size_t *places = calloc((size_t)item_count + 1, sizeof *places);
    graph->starts = calloc((size_t)item_count + 2, sizeof *graph->starts);
    if (places == NULL || graph->starts == NULL) {
        free(places);
        return false;
    }
    each_edge(tables, table_count, item_count, graph, places);
    for (uint32_t i = 0; i < item_count; i++) {
        graph->starts[i + 1] = graph->starts[i] + places[i] + 1; /* and itself */
        places[i] = graph->starts[i];
    }
    graph->neighbours = malloc((graph->starts[item_count] + 1) * sizeof *graph->neighbours);
    if (graph->neighbours != NULL) {
        each_edge(tables, table_count, item_count, graph, places);
        for (uint32_t i = 0; i < item_count; i++) {
            graph->neighbours[places[i]] = i;
        }
    }
    free(places);
    return graph->neighbours != NULL;
}

/* ---- one bisection --------------------------------------------------------------------------- */

static void count_ends(bisection *work, uint32_t from, uint32_t to, uint32_t *ends)
{
    for (uint32_t at = from; at < to; at++) {
        uint32_t item = work->order[at];
        for (size_t k = work->graph.starts[item]; k < work->graph.starts[item + 1]; k++) {
            ends[work->graph.neighbours[k]]++;
        }
    }
}

/* What moving one end of each neighbour of [from, to) to the other half would save. */
static void weigh_moves(bisection *work, uint32_t from, uint32_t to, float log_left,
                        float log_right)
{
    for (uint32_t at = from; at < to; at++) {
        uint32_t item = work->order[at];
        for (size_t k = work->graph.starts[item]; k < work->graph.starts[item + 1]; k++) {
            uint32_t t = work->graph.neighbours[k];
            uint32_t a = work->left[t], b = work->right[t];
            float now = cost(work, a, b, log_left, log_right);
            work->to_right[t] = a > 0 ? now - cost(work, a - 1, b + 1, log_left, log_right) : 0;
            work->to_left[t] = b > 0 ? now - cost(work, a + 1, b - 1, log_left, log_right) : 0;
        }
    }
}

static int compare_gains(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->gain != y->gain) {
        return x->gain > y->gain ? -1 : 1;
    }
    return x->item < y->item ? -1 : x->item > y->item ? 1 : 0;
}

static void list_candidates(bisection *work, uint32_t from, uint32_t to, const float *savings)
{
    for (uint32_t at = from; at < to; at++) {
        uint32_t item = work->order[at];
        float gain = 0;
        for (size_t k = work->graph.starts[item]; k < work->graph.starts[item + 1]; k++) {
            gain += savings[work->graph.neighbours[k]];
        }
        work->candidates[at] = (candidate){gain, item};
    }
    qsort(work->candidates + from, to - from, sizeof *work->candidates, compare_gains);
}

static void clear_ends(bisection *work, uint32_t from, uint32_t to)
{
    for (uint32_t at = from; at < to; at++) {
        uint32_t item = work->order[at];
        for (size_t k = work->graph.starts[item]; k < work->graph.starts[item + 1]; k++) {
            work->left[work->graph.neighbours[k]] = 0;
            work->right[work->graph.neighbours[k]] = 0;
        }
    }
}

/* One turn over [from, to) with the border in the middle. Returns how many pairs were swapped. */
static uint32_t swap_halves(bisection *work, uint32_t from, uint32_t middle, uint32_t to)
{
    float log_left = log_of(work, middle - from), log_right = log_of(work, to - middle);
    count_ends(work, from, middle, work->left);
    count_ends(work, middle, to, work->right);
    weigh_moves(work, from, to, log_left, log_right);
    clear_ends(work, from, to);
    list_candidates(work, from, middle, work->to_right);
    list_candidates(work, middle, to, work->to_left);
    uint32_t swapped = 0;
    uint32_t pairs = middle - from < to - middle ? middle - from : to - middle;
    for (uint32_t i = 0; i < pairs; i++) {
        candidate *left = &work->candidates[from + i], *right = &work->candidates[middle + i];
        if (left->gain + right->gain <= 0) {
            break;
        }
        candidate held = *left;
        *left = *right;
        *right = held;
        swapped++;
    }
    for (uint32_t at = from; at < to; at++) {
        work->order[at] = work->candidates[at].item;
    }
    return swapped;
}

static void bisect(bisection *work, uint32_t from, uint32_t to)
{
    while (to - from > SMALLEST) {
        uint32_t middle = from + (to - from) / 2;
        for (int turn = 0; turn < TURNS; turn++) {
            if (swap_halves(work, from, middle, to) == 0) {
                break;
            }
        }
        bisect(work, from, middle); /* at most 24 deep: each level halves the items */
        from = middle;
    }
}

bool sotto_order_items(uint32_t item_count, const sotto_links *const *tables, size_t table_count,
                       uint32_t *order)
{
    size_t n = (size_t)item_count + 1;
    bisection *work = calloc(1, sizeof *work);
    if (work == NULL) {
        return false;
    }
    work->order = order;
    work->left = calloc(n, sizeof *work->left);
    work->right = calloc(n, sizeof *work->right);
    work->to_right = calloc(n, sizeof *work->to_right);
    work->to_left = calloc(n, sizeof *work->to_left);
    work->candidates = calloc(n, sizeof *work->candidates);
    bool good = work->left != NULL && work->right != NULL && work->to_right != NULL
                && work->to_left != NULL && work->candidates != NULL
                && make_graph(tables, table_count, item_count, &work->graph);
    for (uint32_t i = 0; good && i < item_count; i++) {
        order[i] = i;
    }
    for (uint32_t i = 1; i < LOG_TABLE; i++) {
        work->logs[i] = log2f((float)i);
    }
    if (good) {
        bisect(work, 0, item_count);
    }
    free(work->graph.starts);
    free(work->graph.neighbours);
    free(work->left);
    free(work->right);
    free(work->to_right);
    free(work->to_left);
    free(work->candidates);
    free(work);
    return good;
}

/*
 * content_links.c - the items most like each item, with bounded work
 *
 * Two items are alike because they share terms, and the rare ones say most. So an item's terms are
 * gone through from the rarest on, and whoever has one collects points, until so many have been
 * looked at; that makes a pool of likely ones. Only those are compared in full.
 *
 * A list too long to be looked at (all cups are in "cups") gives its most popular items, and those
 * that stand next to the item itself. A catalogue of 100,000 equal titles thus costs no more than
 * another, and each item gets the most popular of the others.
 */
#include "train/content.h"

#include "train/parallel.h"

#include <stdlib.h>
#include <string.h>

#define LOOKED_AT_MOST 8192u /* for one item */
#define OF_ONE_TERM    2048u
#define NEAR_IN_LIST   64u   /* to each side */
#define LEAST_LIKENESS 0.05f
#define POPULARITY     1e-6f /* only decides between equals */

bool sotto_content_reach_open(sotto_content_reach *reach, uint32_t item_count)
{
    reach->sums = calloc((size_t)item_count + 1, sizeof *reach->sums);
    reach->touched = calloc((size_t)item_count + 1, sizeof *reach->touched);
    reach->pool = calloc(SOTTO_CONTENT_POOL, sizeof *reach->pool);
    reach->count = 0;
    return reach->sums != NULL && reach->touched != NULL && reach->pool != NULL;
}

void sotto_content_reach_close(sotto_content_reach *reach)
{
    free(reach->sums);
    free(reach->touched);
    free(reach->pool);
}

typedef struct term_list {
    uint32_t term, count; /* items that have it */
    float    value;       /* weight of the field, and the item's own value */
} term_list;

static int compare_lists(const void *a, const void *b)
{
    const term_list *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? -1 : 1)
         : x->term < y->term ? -1 : x->term > y->term ? 1 : 0;
}

static void add_postings(const sotto_content *content, const term_list *list, uint32_t from,
                         uint32_t to, sotto_content_reach *reach)
{
    const sotto_content_posting *postings =
        content->postings + content->posting_starts[list->term];
    for (uint32_t i = from; i < to; i++) {
        uint32_t item = postings[i].item;
        if (reach->sums[item] == 0) {
            reach->touched[reach->count++] = item;
        }
        reach->sums[item] += list->value * postings[i].value;
    }
}

/* Where in a term's list the item stands. */
static uint32_t place_in_list(const sotto_content *content, const term_list *list, uint32_t item)
{
    const sotto_content_posting *postings =
        content->postings + content->posting_starts[list->term];
    uint32_t low = 0, high = list->count;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        bool after = content->ranks[postings[middle].item] > content->ranks[item];
        *(after ? &high : &low) = middle;
    }
    return low;
}

/* Goes through a term's list, or its head and what stands near the item; how many that were. */
static uint32_t go_through(const sotto_content *content, const term_list *list, uint32_t item,
                           uint32_t most, sotto_content_reach *reach)
{
    if (list->count <= most) {
        add_postings(content, list, 0, list->count, reach);
        return list->count;
    }
    uint32_t near = most / 4 < NEAR_IN_LIST ? most / 4 : NEAR_IN_LIST;
    uint32_t head = most - 2 * near;
    add_postings(content, list, 0, head, reach);
    uint32_t place = place_in_list(content, list, item);
    uint32_t from = place > near ? place - near : 0;
    uint32_t to = place + near < list->count ? place + near : list->count;
    from = from > head ? from : head;
    if (from < to) {
        add_postings(content, list, from, to, reach);
    }
    return most;
}

static uint32_t sort_lists(const sotto_content *content, const sotto_content_weights *weights,
                           uint32_t item, term_list *lists)
{
    uint32_t count = 0;
    for (uint32_t at = content->starts[item]; at < content->starts[item + 1]; at++) {
        const sotto_content_term *term = &content->terms[at];
        uint32_t field = 0;
        while (term->term >= content->term_fields[field + 1]) {
            field++;
        }
        const uint32_t *starts = content->posting_starts + term->term;
        float value = (float)weights->fields[field] * term->value;
        if (value > 0 && starts[1] - starts[0] > 1) {
            lists[count++] = (term_list){term->term, starts[1] - starts[0], value};
        }
    }
    qsort(lists, count, sizeof *lists, compare_lists);
    return count;
}

void sotto_content_gather(const sotto_content *content, const sotto_content_weights *weights,
                          uint32_t item, sotto_content_reach *reach)
{
    term_list lists[512];
    uint32_t list_count = sort_lists(content, weights, item, lists);
    uint32_t left = LOOKED_AT_MOST;
    reach->count = 0;
    for (uint32_t i = 0; i < list_count && left > 0; i++) {
        uint32_t most = left < OF_ONE_TERM ? left : OF_ONE_TERM;
        left -= go_through(content, &lists[i], item, most, reach);
    }
    sotto_best best = {reach->pool, 0, SOTTO_CONTENT_POOL};
    for (uint32_t i = 0; i < reach->count; i++) {
        uint32_t other = reach->touched[i];
        if (other != item) {
            float rank = (float)content->ranks[other] / (float)content->item_count;
            sotto_best_offer(&best, (sotto_weighted){other, reach->sums[other]
                                                                - POPULARITY * rank});
        }
        reach->sums[other] = 0;
    }
    reach->pool_count = best.count;
}

/* ---- links ----------------------------------------------------------------------------------- */

typedef struct content_work {
    const sotto_content         *content;
    const sotto_content_weights *weights;
    sotto_links                 *links;
    sotto_content_reach          reaches[SOTTO_WORKERS_MAX];
} content_work;

/* What the item would reach itself: its weights, where it has something in that field. */
static float most_alike(const content_work *work, uint32_t item)
{
    float likeness[SOTTO_CONTENT_FIELDS], sum = 0;
    sotto_content_compare(work->content, item, item, likeness);
    for (uint32_t field = 0; field < SOTTO_CONTENT_FIELDS; field++) {
        sum += (float)work->weights->fields[field] * likeness[field];
    }
    return sum;
}

static void link_item(const content_work *work, uint32_t item, sotto_content_reach *reach)
{
    const sotto_content *content = work->content;
    sotto_links *links = work->links;
    float most = most_alike(work, item);
    sotto_best best = {links->links + (size_t)item * links->max_links, 0, links->max_links};
    sotto_content_gather(content, work->weights, item, reach);
    for (uint32_t i = 0; i < reach->pool_count; i++) {
        float likeness[SOTTO_CONTENT_FIELDS], sum = 0;
        uint32_t other = reach->pool[i].item;
        sotto_content_compare(content, item, other, likeness);
        for (uint32_t field = 0; field < SOTTO_CONTENT_FIELDS; field++) {
            sum += (float)work->weights->fields[field] * likeness[field];
        }
        sum /= most;
        if (sum > LEAST_LIKENESS) {
            float rank = (float)content->ranks[other] / (float)content->item_count;
            sotto_best_offer(&best, (sotto_weighted){other, sum - POPULARITY * rank});
        }
    }
    sotto_best_sort(&best);
    links->counts[item] = best.count;
}

static void link_items(void *context, uint32_t worker, uint32_t first, uint32_t last)
{
    content_work *work = context;
    for (uint32_t i = first; i < last; i++) {
        if (work->content->starts[i] < work->content->starts[i + 1]) {
            link_item(work, i, &work->reaches[worker]);
        }
    }
}

bool sotto_content_links(const sotto_content *content, const sotto_content_weights *weights,
                         uint32_t max_links, sotto_links *links)
{
    content_work work = {.content = content, .weights = weights, .links = links};
    bool good = sotto_links_init(links, content->item_count, max_links);
    for (uint32_t i = 0; good && i < sotto_parallel_workers(); i++) {
        good = sotto_content_reach_open(&work.reaches[i], content->item_count);
    }
    if (good) {
        sotto_parallel(content->item_count, link_items, &work);
    } else {
        sotto_links_free(links);
    }
    for (uint32_t i = 0; i < SOTTO_WORKERS_MAX; i++) {
        sotto_content_reach_close(&work.reaches[i]);
    }
    return good;
}

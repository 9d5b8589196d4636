/*
 * basket_counts.c - what the last baskets of shoppers say of items
 *
 * Popularity is that of the last baskets, not of all: what everybody buys now. Beside it stand how
 * many ever bought the item and how many lately, so that a ranking can tell what comes from what
 * goes.
 *
 * Lift compares like with like. How likely an item is bought again depends on how often it was
 * bought, how many baskets ago, and how many baskets there were; a table of that, over all items,
 * says how many of an item's owners should have bought it again. Some items do it more: milk.
 *
 * Links go from what was bought to what the last basket holds. A purchase counts by its age (fading
 * slowly), less for a shopper who bought everything; a few links of a rare item are smoothed.
 *
 * Rhythm is the mean logarithm of the time between two purchases of an item by the same shopper.
 */
#include "train/basket_counts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LINK_FADE       0.9
#define LINK_SMOOTH     3.0
#define RHYTHM_LEAST    3u     /* intervals, of as many purchases */
#define INTERVAL_LEAST  21600u /* seconds; less is one shopping */
#define TIMES_CLASSES   6
#define GAP_CLASSES     12
#define BASKET_CLASSES  5

/* How often items of each kind were bought again: what is expected. */
typedef struct hazard_table {
    double bought[TIMES_CLASSES][GAP_CLASSES][BASKET_CLASSES];
    double all[TIMES_CLASSES][GAP_CLASSES][BASKET_CLASSES];
} hazard_table;

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static double *hazard_cell(double (*cells)[GAP_CLASSES][BASKET_CLASSES], const sotto_owned *own,
                           uint32_t basket_count)
{
    uint32_t times = own->times <= 4 ? own->times - 1 : own->times <= 6 ? 4 : 5;
    uint32_t baskets = 0;
    while (basket_count > 1) {
        basket_count >>= 1;
        baskets++;
    }
    return &cells[times][least(own->gap, GAP_CLASSES - 1)][least(baskets, BASKET_CLASSES - 1)];
}

typedef struct basket_counter {
    const sotto_basket_log     *log;
    const uint8_t              *used;
    const sotto_basket_options *options;
    sotto_basket_counts        *counts;
    sotto_owned_list            owned;
    uint8_t                    *in_last; /* by item: it is in the last basket */
    hazard_table                hazard;
    /* Shoppers by what they owned: for item i, [starts[i], starts[i + 1]). */
    size_t   *starts;
    uint32_t *owners;
    float    *weights;
} basket_counter;

/* Whether there is something to learn from a shopper: something bought, and something before it. */
static bool counts_in(const basket_counter *counter, uint32_t shopper)
{
    return counter->used[shopper] != 0 && sotto_basket_log_count(counter->log, shopper) >= 2;
}

static void last_basket(const sotto_basket_log *log, uint32_t shopper, size_t *from, size_t *to)
{
    uint32_t basket = log->shopper_starts[shopper + 1] - 1;
    *from = log->basket_starts[basket];
    *to = log->basket_starts[basket + 1];
}

static void mark_last(basket_counter *counter, uint32_t shopper, uint8_t mark)
{
    size_t at, to;
    for (last_basket(counter->log, shopper, &at, &to); at < to; at++) {
        counter->in_last[counter->log->items[at]] = mark;
    }
}

/* ---- popularity and lift --------------------------------------------------------------------- */

static void count_shopper(basket_counter *counter, uint32_t shopper)
{
    sotto_basket_counts *counts = counter->counts;
    const sotto_owned_list *owned = &counter->owned;
    size_t at, to;
    counts->shopper_count++;
    for (last_basket(counter->log, shopper, &at, &to); at < to; at++) {
        counts->finals[counter->log->items[at]]++;
    }
    mark_last(counter, shopper, 1);
    for (uint32_t i = 0; i < owned->count; i++) {
        const sotto_owned *own = &owned->list[i];
        counts->evers[own->item]++;
        counts->lately[own->item] += own->faded;
        counter->starts[own->item + 1]++;
        (*hazard_cell(counter->hazard.all, own, owned->basket_count))++;
        *hazard_cell(counter->hazard.bought, own, owned->basket_count) +=
            counter->in_last[own->item];
    }
    mark_last(counter, shopper, 0);
}

static void count_all(basket_counter *counter)
{
    for (uint32_t shopper = 0; shopper < counter->log->shopper_count; shopper++) {
        if (counts_in(counter, shopper)) {
            sotto_owned_fill(&counter->owned, counter->log, shopper, SOTTO_BASKET_FADE);
            count_shopper(counter, shopper);
        }
    }
}

/* Sums what was expected, and what was, in `lifts` and `expected`, and turns them into lifts. */
static bool make_lifts(basket_counter *counter)
{
    sotto_basket_counts *counts = counter->counts;
    double *expected = calloc((size_t)counts->item_count + 1, sizeof *expected);
    if (expected == NULL) {
        return false;
    }
    for (uint32_t shopper = 0; shopper < counter->log->shopper_count; shopper++) {
        if (!counts_in(counter, shopper)) {
            continue;
        }
        sotto_owned_fill(&counter->owned, counter->log, shopper, SOTTO_BASKET_FADE);
        mark_last(counter, shopper, 1);
        for (uint32_t i = 0; i < counter->owned.count; i++) {
            const sotto_owned *own = &counter->owned.list[i];
            uint32_t baskets = counter->owned.basket_count;
            expected[own->item] += (*hazard_cell(counter->hazard.bought, own, baskets) + 0.5)
                                   / (*hazard_cell(counter->hazard.all, own, baskets) + 10);
            counts->lifts[own->item] += counter->in_last[own->item];
        }
        mark_last(counter, shopper, 0);
    }
    for (uint32_t item = 0; item < counts->item_count; item++) {
        counts->lifts[item] = log2((counts->lifts[item] + 1) / (expected[item] + 1));
    }
    free(expected);
    return true;
}

/* ---- rhythm ---------------------------------------------------------------------------------- */

/* The intervals of one shopper, all baskets included. `last` starts and ends zeroed. */
static void add_intervals(const basket_counter *counter, uint32_t shopper, uint32_t *last,
                          uint32_t *sums)
{
    const sotto_basket_log *log = counter->log;
    sotto_basket_counts *counts = counter->counts;
    uint32_t first = log->shopper_starts[shopper], end = log->shopper_starts[shopper + 1];
    for (uint32_t basket = first; basket < end; basket++) {
        uint32_t time_s = log->times_s[basket];
        for (size_t at = log->basket_starts[basket]; at < log->basket_starts[basket + 1]; at++) {
            uint32_t item = log->items[at];
            if (last[item] != 0 && time_s >= last[item] + INTERVAL_LEAST) {
                double interval = log2((double)(time_s - last[item]));
                counts->rhythms[item] += interval;
                counts->spreads[item] += interval * interval;
                sums[item]++;
            }
            last[item] = time_s;
        }
    }
    for (size_t at = log->basket_starts[first]; at < log->basket_starts[end]; at++) {
        last[log->items[at]] = 0;
    }
}

static bool make_rhythms(const basket_counter *counter)
{
    sotto_basket_counts *counts = counter->counts;
    uint32_t *last = calloc((size_t)counts->item_count + 1, sizeof *last);
    uint32_t *sums = calloc((size_t)counts->item_count + 1, sizeof *sums);
    uint32_t needed = counter->options->min_shoppers > RHYTHM_LEAST
                          ? counter->options->min_shoppers : RHYTHM_LEAST;
    bool good = last != NULL && sums != NULL;
    for (uint32_t shopper = 0; good && shopper < counter->log->shopper_count; shopper++) {
        if (counts_in(counter, shopper)) {
            add_intervals(counter, shopper, last, sums);
        }
    }
    for (uint32_t item = 0; good && item < counts->item_count; item++) {
        bool known = sums[item] >= needed && counts->evers[item] >= counter->options->min_shoppers;
        double mean = known ? counts->rhythms[item] / sums[item] : 0;
        double variance = known ? counts->spreads[item] / sums[item] - mean * mean : 0;
        counts->rhythms[item] = mean;
        counts->spreads[item] = variance > 0 ? sqrt(variance) : 0;
        counts->timed = counts->timed || known;
    }
    free(last);
    free(sums);
    return good;
}

/* ---- links ----------------------------------------------------------------------------------- */

static bool list_owners(basket_counter *counter)
{
    uint32_t n = counter->counts->item_count;
    for (uint32_t item = 0; item < n; item++) {
        counter->starts[item + 1] += counter->starts[item];
    }
    counter->owners = malloc((counter->starts[n] + 1) * sizeof *counter->owners);
    counter->weights = malloc((counter->starts[n] + 1) * sizeof *counter->weights);
    size_t *next = malloc(((size_t)n + 1) * sizeof *next);
    bool good = counter->owners != NULL && counter->weights != NULL && next != NULL;
    if (good) {
        memcpy(next, counter->starts, ((size_t)n + 1) * sizeof *next);
    }
    for (uint32_t shopper = 0; good && shopper < counter->log->shopper_count; shopper++) {
        if (!counts_in(counter, shopper)) {
            continue;
        }
        sotto_owned_fill(&counter->owned, counter->log, shopper, LINK_FADE);
        double spread = sqrt((double)counter->owned.count);
        for (uint32_t i = 0; i < counter->owned.count; i++) {
            size_t place = next[counter->owned.list[i].item]++;
            counter->owners[place] = shopper;
            counter->weights[place] = (float)(counter->owned.list[i].faded / spread);
        }
    }
    free(next);
    return good;
}

/* What the owners of an item had in their last baskets. */
typedef struct link_row {
    float    *sums;     /* by item; zeros between rows */
    uint32_t *supports; /* shoppers */
    uint32_t *met;
    uint32_t  met_count;
    double    total;
} link_row;

static void sum_row(const basket_counter *counter, uint32_t item, link_row *row)
{
    const sotto_basket_log *log = counter->log;
    row->met_count = 0;
    row->total = 0;
    for (size_t i = counter->starts[item]; i < counter->starts[item + 1]; i++) {
        size_t at, to;
        for (last_basket(log, counter->owners[i], &at, &to); at < to; at++) {
            uint32_t other = log->items[at];
            if (other == item) {
                continue;
            }
            if (row->supports[other]++ == 0) {
                row->met[row->met_count++] = other;
            }
            row->sums[other] += counter->weights[i];
            row->total += (double)counter->weights[i];
        }
    }
}

static void choose_links(const basket_counter *counter, uint32_t item, link_row *row)
{
    sotto_links *links = &counter->counts->links;
    sotto_best best = {links->links + (size_t)item * links->max_links, 0, links->max_links};
    for (uint32_t i = 0; i < row->met_count; i++) {
        uint32_t other = row->met[i];
        if (row->supports[other] >= counter->options->min_shoppers) {
            float weight = (float)((double)row->sums[other] / (row->total + LINK_SMOOTH));
            sotto_best_offer(&best, (sotto_weighted){other, weight});
        }
        row->sums[other] = 0;
        row->supports[other] = 0;
    }
    sotto_best_sort(&best);
    links->counts[item] = best.count;
}

static bool make_links(basket_counter *counter)
{
    uint32_t n = counter->counts->item_count;
    link_row row = {calloc((size_t)n + 1, sizeof(float)), calloc((size_t)n + 1, sizeof(uint32_t)),
                    calloc((size_t)n + 1, sizeof(uint32_t)), 0, 0};
    bool good = row.sums != NULL && row.supports != NULL && row.met != NULL
                && list_owners(counter)
                && sotto_links_init(&counter->counts->links, n, counter->options->max_links);
    for (uint32_t item = 0; good && item < n; item++) {
        sum_row(counter, item, &row);
        choose_links(counter, item, &row);
    }
    free(row.sums);
    free(row.supports);
    free(row.met);
    return good;
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* An item that too few shoppers bought is one nobody bought. */
static void hide_unsupported(sotto_basket_counts *counts, uint32_t min_shoppers)
{
    for (uint32_t item = 0; item < counts->item_count; item++) {
        if (counts->finals[item] < min_shoppers) {
            counts->finals[item] = 0;
        }
        if (counts->evers[item] < min_shoppers) {
            counts->evers[item] = counts->lately[item] = counts->lifts[item] = 0;
        }
    }
}

static bool init(sotto_basket_counts *counts, uint32_t item_count)
{
    size_t n = (size_t)item_count + 1;
    *counts = (sotto_basket_counts){.item_count = item_count};
    counts->finals = calloc(n, sizeof(double));
    counts->evers = calloc(n, sizeof(double));
    counts->lately = calloc(n, sizeof(double));
    counts->lifts = calloc(n, sizeof(double));
    counts->rhythms = calloc(n, sizeof(double));
    counts->spreads = calloc(n, sizeof(double));
    return counts->finals != NULL && counts->evers != NULL && counts->lately != NULL
           && counts->lifts != NULL && counts->rhythms != NULL && counts->spreads != NULL;
}

bool sotto_basket_count(const sotto_basket_log *log, const uint8_t *used,
                        const sotto_basket_options *options, sotto_basket_counts *counts)
{
    basket_counter counter = {.log = log, .used = used, .options = options, .counts = counts};
    size_t n = (size_t)log->item_count + 1;
    counter.in_last = calloc(n, 1);
    counter.starts = calloc(n + 1, sizeof *counter.starts);
    bool good = init(counts, log->item_count) && counter.in_last != NULL && counter.starts != NULL
                && sotto_owned_init(&counter.owned, log->item_count);
    if (good) {
        count_all(&counter);
    }
    good = good && make_lifts(&counter) && make_rhythms(&counter) && make_links(&counter);
    if (good) {
        hide_unsupported(counts, options->min_shoppers);
    } else {
        sotto_basket_counts_free(counts);
    }
    sotto_owned_free(&counter.owned);
    free(counter.in_last);
    free(counter.starts);
    free(counter.owners);
    free(counter.weights);
    return good;
}

void sotto_basket_counts_free(sotto_basket_counts *counts)
{
    free(counts->finals);
    free(counts->evers);
    free(counts->lately);
    free(counts->lifts);
    free(counts->rhythms);
    free(counts->spreads);
    sotto_links_free(&counts->links);
    memset(counts, 0, sizeof *counts);
}

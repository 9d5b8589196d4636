/*
 * best.c - the best few of many
 *
 * Most candidates are worse than the worst of the best and go after one comparison; sorting all of
 * them would take ten times as long. A total order (weight, then the lower item) makes the result
 * independent of the order of offers.
 */
#include "train/linking.h"

#include <stdlib.h>

static bool is_worse(sotto_weighted a, sotto_weighted b)
{
    return a.weight < b.weight || (a.weight == b.weight && a.item > b.item);
}

static void swap(sotto_weighted *a, sotto_weighted *b)
{
    sotto_weighted held = *a;
    *a = *b;
    *b = held;
}

static void sink(sotto_weighted *heap, uint32_t count)
{
    uint32_t at = 0;
    for (;;) {
        uint32_t worst = at, left = 2 * at + 1, right = 2 * at + 2;
        worst = left < count && is_worse(heap[left], heap[worst]) ? left : worst;
        worst = right < count && is_worse(heap[right], heap[worst]) ? right : worst;
        if (worst == at) {
            return;
        }
        swap(&heap[at], &heap[worst]);
        at = worst;
    }
}

void sotto_best_offer(sotto_best *best, sotto_weighted candidate)
{
    if (best->count == best->room) {
        if (best->room > 0 && is_worse(best->heap[0], candidate)) {
            best->heap[0] = candidate;
            sink(best->heap, best->count);
        }
        return;
    }
    uint32_t at = best->count++;
    best->heap[at] = candidate;
    while (at > 0 && is_worse(best->heap[at], best->heap[(at - 1) / 2])) {
        swap(&best->heap[at], &best->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

static int compare(const void *a, const void *b)
{
    const sotto_weighted *x = a, *y = b;
    return is_worse(*x, *y) ? 1 : is_worse(*y, *x) ? -1 : 0;
}

void sotto_best_sort(sotto_best *best)
{
    qsort(best->heap, best->count, sizeof *best->heap, compare);
}

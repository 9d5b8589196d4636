/*
 * topk.c - the candidates from the best on, one at a time
 *
 * How many candidates must be looked at for k picks is not known in advance, since filters and the
 * limit per brand are asked only about those that come up. A heap fits: lining n candidates up
 * costs about 2n comparisons, and each one taken about 2 log2 n more; nothing else is ever sorted.
 *
 * The order is total: a higher score first, equal scores by the smaller hash of the shop's own id.
 * Ids outlive bundles and item indexes do not, so a tie falls the same way after the next publish.
 * The hash is computed only for candidates that meet their equal.
 */
#include "ranking/topk.h"

static bool is_before(sotto_candidates *candidates, const sotto_bundle *bundle, uint32_t a,
                      uint32_t b)
{
    uint32_t score_a = candidates->list[a].score;
    uint32_t score_b = candidates->list[b].score;
    if (score_a != score_b) {
        return score_a > score_b;
    }
    return sotto_candidates_hash(candidates, bundle, a)
         < sotto_candidates_hash(candidates, bundle, b);
}

/* Lets the candidate at `place` sink below all that are better. */
static void sink(sotto_candidates *candidates, const sotto_bundle *bundle, uint32_t place)
{
    uint16_t *heap = candidates->heap;
    uint32_t count = candidates->heap_count;
    uint16_t sinking = heap[place];
    uint32_t child;
    while ((child = 2 * place + 1) < count) {
        if (child + 1 < count && is_before(candidates, bundle, heap[child + 1], heap[child])) {
            child++;
        }
        if (!is_before(candidates, bundle, heap[child], sinking)) {
            break;
        }
        heap[place] = heap[child];
        place = child;
    }
    heap[place] = sinking;
}

void sotto_topk_begin(sotto_candidates *candidates, const sotto_bundle *bundle)
{
    uint32_t count = candidates->count;
    candidates->heap_count = count;
    for (uint32_t i = 0; i < count; i++) {
        candidates->heap[i] = (uint16_t)i;
    }
    for (uint32_t place = count / 2; place > 0; place--) {
        sink(candidates, bundle, place - 1);
    }
}

uint32_t sotto_topk_next(sotto_candidates *candidates, const sotto_bundle *bundle)
{
    if (candidates->heap_count == 0) {
        return SOTTO_NO_CANDIDATE;
    }
    uint32_t best = candidates->heap[0];
    candidates->heap[0] = candidates->heap[--candidates->heap_count];
    sink(candidates, bundle, 0);
    return best;
}

/*
 * candidates.c - the items a decision has met, each with its score so far
 *
 * A shop may have a million items; a session reaches a few hundred. So there is no array over all
 * items but a small hash table over those that were met: open addressing, linear probing, never
 * more than half full. The slots hold only a 16-bit number; the candidates themselves lie in a list
 * in the order they were met, so that going over them, and clearing up after them, costs what they
 * are and not what the table could hold:
 *
 *     slots  [ . 3 . . 1 . 2 . ]          list  [ item, score ] [ item, score ] [ item, score ]
 *                |     |   |                          1               2               3
 *
 * The table is made wide enough for the links at hand, two to four slots each, before the first is
 * added; it cannot run full, and a short session has few slots to clear.
 */
#include "ranking/candidates.h"

void sotto_candidates_clear(sotto_candidates *candidates, uint32_t most)
{
    SOTTO_ASSERT(most <= SOTTO_MAX_CANDIDATES);
    uint32_t bits = sotto_min_u32(sotto_log2_u32(most + 1) + 2, SOTTO_CANDIDATE_BITS);
    candidates->shift = 32 - bits;
    candidates->count = 0;
    candidates->heap_count = 0;
    memset(candidates->slots, 0, sizeof candidates->slots[0] << bits);
}

uint32_t sotto_candidates_find(const sotto_candidates *candidates, uint32_t item)
{
    uint32_t slot = sotto_candidates_slot(candidates, item);
    uint32_t number;
    while ((number = candidates->slots[slot]) != 0) {
        if (candidates->list[number - 1].item == item) {
            return number - 1;
        }
        slot = (slot + 1) & (UINT32_MAX >> candidates->shift);
    }
    return SOTTO_NO_CANDIDATE;
}

uint64_t sotto_candidates_hash(sotto_candidates *candidates, const sotto_bundle *bundle,
                               uint32_t number)
{
    uint64_t *hash = &candidates->hashes[number];
    if (*hash == 0) {
        *hash = sotto_item_hash(bundle, candidates->list[number].item);
    }
    return *hash;
}

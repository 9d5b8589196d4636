/*
 * prefixes.c - a session so far, and what came next
 *
 * A session a b c d asks three questions: a -> b, a b -> c, a b c -> d. Three ways to get more out
 * of few sessions, each measured and none of them good for every shop, so that tuning decides:
 *
 *   reverse   d c b -> a: likeness has no direction, and rare items are seen twice as often
 *   skip      a -> c: what comes after the next click is also near
 *   drop      items of the prefix are hidden, so that no single one is relied upon
 *
 * Reverse and skip fade out while training goes on: what is asked at the end is what will be asked.
 */
#include "train/prefixes.h"

#include "train/lanes.h"

#include <stdlib.h>
#include <string.h>

bool sotto_prefixes_init(sotto_prefixes *prefixes, const sotto_sequences *sessions, uint32_t first,
                         uint32_t last)
{
    *prefixes = (sotto_prefixes){.sessions = sessions, .first = first, .last = last};
    size_t room = sessions->starts != NULL ? sessions->starts[last] - sessions->starts[first] : 0;
    prefixes->sequences = malloc((room + 1) * sizeof(uint32_t));
    prefixes->targets = malloc((room + 1) * sizeof(uint32_t));
    if (prefixes->sequences == NULL || prefixes->targets == NULL) {
        sotto_prefixes_free(prefixes);
        return false;
    }
    for (uint32_t i = first; i < last; i++) {
        size_t size = sessions->starts[i + 1] - sessions->starts[i];
        for (uint32_t at = 1; at < size; at++, prefixes->count++) {
            prefixes->sequences[prefixes->count] = i;
            prefixes->targets[prefixes->count] = at;
        }
    }
    return true;
}

void sotto_prefixes_free(sotto_prefixes *prefixes)
{
    free(prefixes->sequences);
    free(prefixes->targets);
    memset(prefixes, 0, sizeof *prefixes);
}

void sotto_prefixes_shuffle(sotto_prefixes *prefixes, sotto_random *random)
{
    for (size_t i = prefixes->count; i-- > 1;) {
        size_t other = (size_t)(sotto_random_next(random) % (i + 1));
        uint32_t sequence = prefixes->sequences[i], target = prefixes->targets[i];
        prefixes->sequences[i] = prefixes->sequences[other];
        prefixes->targets[i] = prefixes->targets[other];
        prefixes->sequences[other] = sequence;
        prefixes->targets[other] = target;
    }
}

/* Takes what stands before position `at`, going backwards (step -1) or forwards (+1) from it. */
static void take(const uint32_t *items, size_t size, size_t at, int step, sotto_prefix *prefix)
{
    size_t left = step < 0 ? at : size - 1 - at;
    prefix->count = left < SOTTO_PREFIX_MAX ? (uint32_t)left : SOTTO_PREFIX_MAX;
    for (uint32_t k = 0; k < prefix->count; k++) {
        prefix->items[k] = step < 0 ? items[at - 1 - k] : items[at + 1 + k];
    }
    prefix->target = items[at];
}

static const uint32_t *session_of(const sotto_prefixes *prefixes, size_t number, size_t *size)
{
    const sotto_sequences *sessions = prefixes->sessions;
    uint32_t sequence = prefixes->sequences[number];
    *size = sessions->starts[sequence + 1] - sessions->starts[sequence];
    return sessions->items + sessions->starts[sequence];
}

void sotto_prefix_plain(const sotto_prefixes *prefixes, size_t number, sotto_prefix *prefix)
{
    size_t size;
    const uint32_t *items = session_of(prefixes, number, &size);
    take(items, size, prefixes->targets[number], -1, prefix);
    memset(prefix->dropped, 0, sizeof prefix->dropped);
    prefix->weight = 1;
}

void sotto_prefix_draw(const sotto_prefixes *prefixes, size_t number,
                       const sotto_augmentation *augmentation, float strength,
                       sotto_random *random, sotto_prefix *prefix)
{
    size_t size, at = prefixes->targets[number];
    const uint32_t *items = session_of(prefixes, number, &size);
    if (sotto_random_share(random) < augmentation->reverse * strength) {
        take(items, size, size - 1 - at, 1, prefix);
    } else {
        take(items, size, at, -1, prefix);
        bool skips = sotto_random_share(random) < augmentation->skip * strength;
        prefix->target = skips && at + 1 < size ? items[at + 1] : prefix->target;
    }
    bool any = false;
    for (uint32_t k = 0; k < prefix->count; k++) {
        float chance = k == 0 ? augmentation->drop_latest : augmentation->drop;
        prefix->dropped[k] = sotto_random_share(random) < chance;
        any = any || !prefix->dropped[k];
    }
    prefix->dropped[0] = any && prefix->dropped[0];
    float age = (float)(prefixes->last - prefixes->sequences[number])
                / (float)(prefixes->last - prefixes->first);
    prefix->weight = sotto_lanes_exp(-augmentation->age_decay * age);
}

/*
 * event_set.h - sets of the latest 256 events, a bit for each
 *
 * Bit `age` stands for the event of that age, 0 the latest. What a filter asks for is the meeting
 * of a few such sets, and how many events pass is the number of bits: most of the work of an
 * expression over the history is done four words at a time.
 */
#ifndef SOTTO_DECISIONS_EVENT_SET_H
#define SOTTO_DECISIONS_EVENT_SET_H

#include "base/base.h"

enum { SOTTO_EVENT_WORDS = 4 };

typedef struct sotto_event_set {
    uint64_t words[SOTTO_EVENT_WORDS];
} sotto_event_set;

static inline void sotto_event_set_add(sotto_event_set *set, uint32_t age)
{
    set->words[age >> 6] |= (uint64_t)1 << (age & 63);
}

static inline bool sotto_event_set_has(const sotto_event_set *set, uint32_t age)
{
    return (set->words[age >> 6] >> (age & 63) & 1) != 0;
}

static inline void sotto_event_set_join(sotto_event_set *set, const sotto_event_set *other)
{
    for (uint32_t i = 0; i < SOTTO_EVENT_WORDS; i++) {
        set->words[i] |= other->words[i];
    }
}

static inline void sotto_event_set_meet(sotto_event_set *set, const sotto_event_set *other)
{
    for (uint32_t i = 0; i < SOTTO_EVENT_WORDS; i++) {
        set->words[i] &= other->words[i];
    }
}

/* How many events are in it. */
static inline uint32_t sotto_event_set_count(const sotto_event_set *set)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < SOTTO_EVENT_WORDS; i++) {
        count += (uint32_t)__builtin_popcountll(set->words[i]);
    }
    return count;
}

/* The events of age 0 to `count` - 1; count is at most 256. */
static inline sotto_event_set sotto_event_set_latest(uint32_t count)
{
    sotto_event_set set = {{0}};
    for (uint32_t i = 0; i < SOTTO_EVENT_WORDS && count > 64 * i; i++) {
        uint32_t bits = count - 64 * i;
        set.words[i] = bits >= 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1;
    }
    return set;
}

/*
 * Goes over a set from the latest event on:
 *
 *     uint32_t age = SOTTO_EVENT_FIRST;
 *     while (sotto_event_set_next(&set, &age)) { ... age ... }
 */
#define SOTTO_EVENT_FIRST UINT32_MAX
#define SOTTO_EVENT_LAST (64u * SOTTO_EVENT_WORDS - 1)

static inline bool sotto_event_set_next(const sotto_event_set *set, uint32_t *age)
{
    uint32_t from = *age + 1;
    uint32_t word = from >> 6;
    if (word >= SOTTO_EVENT_WORDS) {
        return false;
    }
    uint64_t left = set->words[word] >> (from & 63) << (from & 63);
    while (left == 0) {
        if (++word == SOTTO_EVENT_WORDS) {
            return false;
        }
        left = set->words[word];
    }
    *age = 64 * word + (uint32_t)__builtin_ctzll(left);
    return true;
}

#endif

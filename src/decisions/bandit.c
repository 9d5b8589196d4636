/*
 * bandit.c - an experiment that leans to what works
 *
 * What is known of an arm is how often it won and how often it lost: from the shop's own figures,
 * published with the experiment, and from what this one shopper did. Two ways to choose by it:
 *
 * Epsilon-greedy takes the arm that won the largest share, but now and then any.
 *
 * Thompson sampling draws for each arm a share that it might have, from Beta(won, lost), and takes
 * the arm of the highest: what is little known is drawn widely and so still gets its chance. A draw
 * from a Beta needs no logarithm. Of won + lost - 1 numbers, evenly spread, the won-th smallest is
 * one, exactly:
 *
 *     won 2, lost 3:    0.11  0.34  0.52  0.87        a draw from Beta(2, 3) is 0.34
 *
 * Chance begins anew with each session and from the shopper's seed, so a choice can be made again
 * anywhere. Once the shopper has seen what it led to, that is known of the arm, and would sway the
 * next draw: so the arm that was seen in a session holds for the rest of it.
 */
#include "decisions/experiments.h"

#include "base/hash.h"
#include "format/layout_plan.h"

enum { KNOWN_MAX = 256 };

/* splitmix64. */
uint64_t sotto_chance_next(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* Adds to what is known of an arm what this shopper did, in all 256 at most. */
static void learn(sotto_arm *arm, const sotto_ledger_arm *own)
{
    if (own != NULL) {
        arm->won += own->wins;
        arm->lost += own->tries > own->wins ? (uint32_t)own->tries - own->wins : 0;
    }
    uint32_t known = arm->won + arm->lost;
    if (known > KNOWN_MAX) {
        arm->won = sotto_max_u32(arm->won * KNOWN_MAX / known, 1);
        arm->lost = sotto_max_u32(arm->lost * KNOWN_MAX / known, 1);
    }
}

/* Narrows down to the part that the number is in, as quicksort would, until that is one number. */
uint64_t sotto_smallest(uint64_t *numbers, uint32_t count, uint32_t number)
{
    SOTTO_ASSERT(number >= 1 && number <= count);
    uint32_t wanted = number - 1;
    uint32_t first = 0;
    uint32_t last = count - 1;
    while (first < last) {
        uint64_t middle = numbers[first + (last - first) / 2];
        uint32_t low = first;
        uint32_t high = last;
        for (;;) {
            while (numbers[low] < middle) {
                low++;
            }
            while (numbers[high] > middle) {
                high--;
            }
            if (low >= high) {
                break;
            }
            uint64_t swap = numbers[low];
            numbers[low++] = numbers[high];
            numbers[high--] = swap;
        }
        if (wanted <= high) {
            last = high;
        } else {
            first = high + 1;
        }
    }
    return numbers[wanted];
}

static uint32_t choose_thompson(const sotto_experiment *experiment, uint64_t *state)
{
    uint64_t numbers[KNOWN_MAX];
    uint64_t best = 0;
    uint32_t choice = 0;
    for (uint32_t i = 0; i < experiment->arm_count; i++) {
        uint32_t count = experiment->arms[i].won + experiment->arms[i].lost - 1;
        SOTTO_ASSERT(count <= KNOWN_MAX);
        for (uint32_t k = 0; k < count; k++) {
            numbers[k] = sotto_chance_next(state);
        }
        uint64_t draw = sotto_smallest(numbers, count, experiment->arms[i].won);
        if (i == 0 || draw > best) {
            best = draw;
            choice = i;
        }
    }
    return choice;
}

static uint32_t choose_greedy(const sotto_experiment *experiment, uint64_t *state)
{
    uint64_t share = sotto_chance_next(state) >> 32;
    if (share * SOTTO_PLAN_WHOLE < (uint64_t)experiment->epsilon << 32) {
        return (uint32_t)(sotto_chance_next(state) % experiment->arm_count);
    }
    uint32_t choice = 0;
    for (uint32_t i = 1; i < experiment->arm_count; i++) {
        const sotto_arm *best = &experiment->arms[choice];
        const sotto_arm *arm = &experiment->arms[i];
        if (arm->won * (best->won + best->lost) > best->won * (arm->won + arm->lost)) {
            choice = i;
        }
    }
    return choice;
}

uint32_t sotto_bandit_choose(const sotto_moment *moment, const sotto_experiment *experiment)
{
    SOTTO_ASSERT(moment->profile != NULL);
    sotto_experiment known = *experiment;
    uint32_t seen = SOTTO_NO_ARM;
    uint32_t seen_s = moment->profile->session_start_s;
    for (uint32_t i = 0; i < known.arm_count && moment->ledger != NULL; i++) {
        const sotto_ledger_arm *own =
            sotto_ledger_arm_find(moment->ledger, sotto_arm_key(&known, i));
        if (own != NULL && own->exposed_s != 0 &&
            (seen == SOTTO_NO_ARM ? own->exposed_s >= seen_s : own->exposed_s > seen_s)) {
            seen = i;
            seen_s = own->exposed_s;
        }
        learn(&known.arms[i], own);
    }
    if (seen != SOTTO_NO_ARM) {
        return seen;
    }
    uint64_t state = moment->profile->seed ^ sotto_hash(known.name.bytes, known.name.size) ^
                     moment->profile->session_count;
    return known.allocation == SOTTO_THOMPSON ? choose_thompson(&known, &state)
                                              : choose_greedy(&known, &state);
}

/*
 * experiments.c - dealing shoppers to arms
 *
 * Nobody is asked and nothing is stored: a hash of the shopper's seed says for ever where a shopper
 * belongs. It is the published one of GrowthBook, so that who counts elsewhere can deal the same:
 *
 *     0                                                          10,000
 *     |  arm 0: 5,000                |  arm 1: 5,000                |
 *     [covered, 8,000 of 10,000  )   [covered                )
 *           ^ bucket 1,234: arm 0                              ^ bucket 9,500: not in it
 *
 * So more coverage takes in more shoppers and moves none of those who were in it. A namespace is
 * dealt in the same way and by itself: experiments with disjoint ranges of one share no shopper.
 */
#include "decisions/experiments.h"

#include "base/hash.h"
#include "format/layout_plan.h"

enum { DIGITS_MAX = 10 };

#define FNV_START 0x811C9DC5u
#define FNV_PRIME 0x01000193u

static uint32_t fnv_more(uint32_t hash, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ (uint8_t)bytes[i]) * FNV_PRIME;
    }
    return hash;
}

/* The hash of a number as people write it. */
static uint32_t fnv_decimal(uint32_t number)
{
    char digits[DIGITS_MAX];
    uint32_t at = DIGITS_MAX;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    return fnv_more(FNV_START, digits + at, DIGITS_MAX - at);
}

uint32_t sotto_bucket(const char *seed, size_t seed_size, const char *value, size_t value_size,
                      uint32_t version)
{
    if (version == 1) {
        return 10 * (fnv_more(fnv_more(FNV_START, value, value_size), seed, seed_size) % 1000);
    }
    uint32_t hash = fnv_more(fnv_more(FNV_START, seed, seed_size), value, value_size);
    return fnv_decimal(hash) % SOTTO_PLAN_WHOLE;
}

sotto_shopper sotto_shopper_of(uint64_t seed)
{
    sotto_shopper shopper;
    for (uint32_t i = 0; i < SOTTO_SHOPPER_SIZE; i++) {
        shopper.digits[i] = "0123456789abcdef"[seed >> (60 - 4 * i) & 15];
    }
    return shopper;
}

bool sotto_holdout_has(const sotto_moment *moment)
{
    static const char seed[] = {'h', 'o', 'l', 'd', 'o', 'u', 't'};
    uint32_t holdout = moment->plan->rules.holdout;
    if (moment->profile == NULL || holdout == 0) {
        return false;
    }
    sotto_shopper shopper = sotto_shopper_of(moment->profile->seed);
    return sotto_bucket(seed, sizeof seed, shopper.digits, SOTTO_SHOPPER_SIZE, 2) < holdout;
}

bool sotto_experiment_is_forced(const sotto_moment *moment, const sotto_experiment *experiment,
                                uint32_t *arm)
{
    const sotto_scene *scene = moment->scene;
    if (scene->forced_count == 0) {
        return false;
    }
    uint64_t key = sotto_hash(experiment->name.bytes, experiment->name.size);
    for (uint32_t i = 0; i < scene->forced_count; i++) {
        if (scene->forced[i].experiment == key) {
            uint32_t forced = scene->forced[i].arm;
            *arm = forced < experiment->arm_count ? forced : SOTTO_NO_ARM;
            return true;
        }
    }
    return false;
}

static bool space_has(const sotto_experiment *experiment, const sotto_shopper *shopper)
{
    uint32_t hash = fnv_more(FNV_START, shopper->digits, SOTTO_SHOPPER_SIZE);
    hash = fnv_more(hash, "__", 2);
    hash = fnv_more(hash, experiment->space.bytes, experiment->space.size);
    uint32_t place = 10 * (hash % 1000);
    return place >= experiment->space_from && place < experiment->space_to;
}

/* The arm whose covered part of the range this bucket falls into. */
static uint32_t arm_at(const sotto_experiment *experiment, uint32_t bucket)
{
    uint32_t start = 0;
    for (uint32_t i = 0; i < experiment->arm_count; i++) {
        uint32_t weight = experiment->arms[i].weight;
        uint32_t from = start * SOTTO_PLAN_WHOLE;
        uint32_t place = bucket * SOTTO_PLAN_WHOLE;
        if (place >= from && place < from + experiment->coverage * weight) {
            return i;
        }
        start += weight;
    }
    return SOTTO_NO_ARM;
}

uint32_t sotto_experiment_arm_of(const sotto_moment *moment, const sotto_experiment *experiment)
{
    uint32_t arm;
    if (sotto_experiment_is_forced(moment, experiment, &arm)) {
        return arm;
    }
    if (moment->profile == NULL) {
        return SOTTO_NO_ARM;
    }
    sotto_shopper shopper = sotto_shopper_of(moment->profile->seed);
    if (experiment->space.size != 0 && !space_has(experiment, &shopper)) {
        return SOTTO_NO_ARM;
    }
    uint32_t bucket = sotto_bucket(experiment->seed.bytes, experiment->seed.size, shopper.digits,
                                   SOTTO_SHOPPER_SIZE, experiment->hash_version);
    if (experiment->allocation == SOTTO_FIXED) {
        return arm_at(experiment, bucket);
    }
    return bucket < experiment->coverage ? sotto_bandit_choose(moment, experiment) : SOTTO_NO_ARM;
}

uint32_t sotto_experiment_arm(const sotto_moment *moment, uint32_t experiment)
{
    if (experiment >= moment->plan->experiment_count) {
        return SOTTO_NO_ARM;
    }
    sotto_experiment read = sotto_experiment_get(moment->plan, experiment);
    return sotto_experiment_arm_of(moment, &read);
}

/*
 * plan.h - segments, campaigns, experiments and offers, where they lie
 *
 * The sections are lists of things of different sizes, so opening them notes where each begins, and
 * looks up the items, categories and brands that they name. Asking reads one thing again, which is a
 * few dozen small steps.
 *
 * memory    Views into the campaigns' bytes.
 * trust     Opened, every number names something that is there, and every program is sound
 *           (model/program.h).
 */
#ifndef SOTTO_MODEL_PLAN_H
#define SOTTO_MODEL_PLAN_H

#include "format/record.h"
#include "format/strings.h"

enum {
    SOTTO_PLAN_MAX_KEYS = 1024,
    SOTTO_PLAN_MAX_PROGRAM = 2048,
    SOTTO_PLAN_MAX_CLUSTERS = 16
};

typedef enum sotto_key_kind {
    SOTTO_KEY_ITEM = 1, SOTTO_KEY_CATEGORY = 2, SOTTO_KEY_BRAND = 3
} sotto_key_kind;

/* What holds for all campaigns: FORMAT.md 5c, deci. */
typedef struct sotto_plan_rules {
    uint32_t   holdout;                        /* of 10,000 */
    uint32_t   ceiling_session, ceiling_day;   /* 0 = any number */
    uint32_t   gap_s, after_purchase_s, idle_s;
    uint32_t   quiet_from, quiet_to;           /* minutes; equal = none */
    uint32_t   recency_s[2];                   /* at most: of cell 3, then 2 */
    uint32_t   spent[2], orders[2];            /* at least: of cell 2, then 3 */
    bool       by_spent;                       /* else frequency goes by orders */
    uint32_t   rhythm_s;                       /* between two visits, typically */
    sotto_text clusters[SOTTO_PLAN_MAX_CLUSTERS];
    uint32_t   cluster_count;
    const uint8_t *places;                     /* 6 bytes each */
    uint32_t       place_count;
    const uint8_t *account;                    /* 3 bytes each */
    uint32_t       account_count;
    const uint8_t *hand_offs;                  /* 4 bytes each */
    uint32_t       hand_off_count;
} sotto_plan_rules;

struct sotto_plan {
    sotto_strings    strings;
    uint32_t         string_count;
    uint32_t         key_count;
    const uint8_t   *key_hashes;               /* u64 each */
    const uint8_t   *key_kinds;
    sotto_plan_rules rules;
    uint32_t         segment_count;            /* with those without a name, which stand last */
    uint32_t         named_count;
    uint32_t         campaign_count, experiment_count, offer_count;
    const uint8_t   *segments[SOTTO_MAX_SEGMENTS];       /* where each begins: at its name */
    const uint8_t   *campaigns[SOTTO_MAX_CAMPAIGNS];     /* at its size */
    uint64_t         campaign_keys[SOTTO_MAX_CAMPAIGNS]; /* hashes of the names */
    const uint8_t   *experiments[SOTTO_MAX_EXPERIMENTS]; /* at its size */
    const uint8_t   *offers[SOTTO_MAX_OFFERS];           /* at its size */
    uint32_t         key_indexes[SOTTO_PLAN_MAX_KEYS];   /* of items, categories, brands; SOTTO_NONE */
};

static inline uint64_t sotto_plan_key_hash(const sotto_plan *plan, uint32_t key)
{
    return sotto_load_u64(plan->key_hashes + 8 * (size_t)key);
}

/* The varint at `*at`, which opening has checked; `*at` is then behind it. Most are one byte. */
uint32_t sotto_plan_long_varint(const uint8_t **at);

static inline uint32_t sotto_plan_varint(const uint8_t **at)
{
    return **at < 0x80 ? *(*at)++ : sotto_plan_long_varint(at);
}

/* The numbers of a campaign's texts. Two are the same text if they are the same number. */
typedef struct sotto_campaign_strings {
    uint32_t name, place, slot;    /* slot 0: none */
} sotto_campaign_strings;

/* Places by number: those with a name have that of the text; these are above all of them. */
enum {
    SOTTO_PLACE_OVER = 65536,      /* over the page */
    SOTTO_PLACE_TOP = 65537,       /* at its top */
    SOTTO_PLACE_NOWHERE = 65538
};

/* The place of a campaign. */
uint32_t sotto_campaign_place(const sotto_plan *plan, uint32_t index);

/* A campaign but for its texts, which stay empty: for going over all of them. */
void sotto_campaign_read(const sotto_plan *plan, uint32_t index, sotto_campaign *campaign,
                         sotto_campaign_strings *strings);

/* A segment's program. index < segment_count */
sotto_program sotto_segment_program(const sotto_plan *plan, uint32_t index);

/* The campaign, or offer, with this key; SOTTO_NONE if there is none. */
uint32_t sotto_campaign_find(const sotto_plan *plan, uint64_t key);
uint32_t sotto_offer_find(const sotto_plan *plan, uint64_t key);

/* hash(experiment, 0, arm): how a ledger knows an arm. */
uint64_t sotto_arm_key(const sotto_experiment *experiment, uint32_t arm);

/* The experiment that has the arm with this key, SOTTO_NONE if there is none. */
uint32_t sotto_arm_find(const sotto_plan *plan, uint64_t key, uint32_t *arm);

#endif

/*
 * plan_write.h - segments, campaigns, experiments and offers to sections of the campaigns part
 *
 * The content is FORMAT.md 5c with its numbers as numbers: strings and keys stand in two lists, and
 * everything else names them by index, since that is what compiled programs do as well.
 *
 * memory    The content and what it points to are the caller's, and only read.
 */
#ifndef SOTTO_FORMAT_PLAN_WRITE_H
#define SOTTO_FORMAT_PLAN_WRITE_H

#include "format/write.h"

typedef struct sotto_program_content {
    const uint8_t *bytes;          /* NULL: none */
    uint32_t       size;
} sotto_program_content;

typedef struct sotto_segment_content {
    uint32_t              name;    /* a string, as all names here */
    sotto_program_content program;
} sotto_segment_content;

typedef struct sotto_arm_content {
    uint32_t name, weight, won, lost;
} sotto_arm_content;

typedef struct sotto_experiment_content {
    uint32_t          name, seed;  /* seed 0: the name */
    uint32_t          allocation, hash_version, win_by, coverage, epsilon;
    uint32_t          arm_count;
    sotto_arm_content arms[SOTTO_MAX_ARMS];
    bool              has_space;
    uint32_t          space, space_from, space_to;
} sotto_experiment_content;

typedef struct sotto_offer_content {
    uint32_t        name, kind, ends_s, threshold, label;
    const uint32_t *codes;         /* strings */
    uint32_t        code_count;
    const uint32_t *items;         /* keys */
    uint32_t        item_count;
} sotto_offer_content;

typedef struct sotto_field_content {
    uint32_t key, value;           /* value: a string */
} sotto_field_content;

typedef struct sotto_campaign_content {
    uint32_t                   name, block, place, priority, flags;
    sotto_program_content      when;
    sotto_trigger              triggers[4];
    uint32_t                   trigger_count;
    uint32_t                   starts_s, ends_s;
    uint32_t                   cap_session, cap_day, cap_ever;
    uint32_t                   pause_dismissed_s, pause_purchase_s, pause_shown_s;
    uint32_t                   from_minute, to_minute;
    uint32_t                   group;
    uint32_t                   experiment, arms;   /* SOTTO_NONE: none */
    uint32_t                   offer;              /* SOTTO_NONE: none */
    uint32_t                   slot, least_items;  /* slot 0: none */
    const sotto_field_content *fields;
    uint32_t                   field_count;
} sotto_campaign_content;

typedef struct sotto_place_content {
    uint32_t name, session, day;
} sotto_place_content;

typedef struct sotto_account_content {
    uint32_t name, kind;           /* kind: a sotto_account_kind */
} sotto_account_content;

typedef struct sotto_hand_off_content {
    uint32_t name, address;
} sotto_hand_off_content;

/* What is 0 here and has another default in the format is written as 0: start from sotto_plan_defaults. */
typedef struct sotto_plan_content {
    const sotto_string *strings;   /* the first is the empty one */
    uint32_t            string_count;
    const uint64_t     *keys;
    const uint8_t      *key_kinds;
    uint32_t            key_count;

    uint32_t holdout, ceiling_session, ceiling_day, gap_s;
    uint32_t quiet_from, quiet_to, after_purchase_s, idle_s;
    uint32_t recency_s[2], spent[2], orders[2];   /* spent 0, 0: frequency goes by orders */
    uint32_t rhythm_s;
    const sotto_string           *clusters;
    uint32_t                      cluster_count;
    const sotto_place_content    *places;
    uint32_t                      place_count;
    const sotto_account_content  *account;
    uint32_t                      account_count;
    const sotto_hand_off_content *hand_offs;
    uint32_t                      hand_off_count;

    const sotto_segment_content    *segments;
    uint32_t                        segment_count;
    const sotto_experiment_content *experiments;
    uint32_t                        experiment_count;
    const sotto_offer_content      *offers;
    uint32_t                        offer_count;
    const sotto_campaign_content   *campaigns;
    uint32_t                        campaign_count;
} sotto_plan_content;

/* Empty, with the defaults of FORMAT.md 5c. */
sotto_plan_content sotto_plan_defaults(void);

/* Adds the sections to a list, only those that say something; on failure adds none. */
sotto_status sotto_plan_sections(const sotto_plan_content *content, sotto_section_list *list,
                                 const char **why);

#endif

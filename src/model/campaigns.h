/*
 * campaigns.h - what merchandisers wrote: the site, the rules for all slots, the slots
 *
 * memory    Views into the campaigns' bytes; records are read where they lie.
 * trust     The part may be hostile until opened; then every record is well-formed and every number
 *           in it within its limits.
 */
#ifndef SOTTO_MODEL_CAMPAIGNS_H
#define SOTTO_MODEL_CAMPAIGNS_H

#include "format/record.h"

typedef struct sotto_campaigns {
    sotto_site        site;
    sotto_field_bytes rules[SOTTO_RULE_KEYS];        /* lists of u64 */
    uint32_t          slot_count;
    const uint8_t    *slot_offsets;
    const uint8_t    *slots;                         /* NULL: there are no campaigns */
    const uint8_t    *file;                          /* for what is read later: model/consent.h */
} sotto_campaigns;

/* The settings and rules of a bundle without campaigns. */
void sotto_campaigns_init(sotto_campaigns *campaigns);

/* Reads whole campaigns. */
void sotto_campaigns_open(sotto_campaigns *campaigns, sotto_reader *reader);

/* True if the rules for all slots exclude any item, category or brand at all. */
bool sotto_rules_exist(const sotto_bundle *bundle);

/* True if a rule excludes the item itself, its category or one above it, or its brand. */
bool sotto_rules_exclude(const sotto_bundle *bundle, uint32_t item);

/* True if a list of u64 hashes, such as a slot's own exclusions, holds this one. */
bool sotto_hashes_hold(const uint8_t *hashes, uint32_t count, uint64_t hash);

/* A slot of the caller's own to start from: all defaults, no name, no strategies. */
void sotto_slot_init(sotto_slot *slot);

#endif

/*
 * layout_plan.h - the numbers of docs/FORMAT.md section 5c: the plan within the campaigns part
 *
 * Apart from layout.h, since nothing that a page loads before its first decision asks for them.
 */
#ifndef SOTTO_FORMAT_LAYOUT_PLAN_H
#define SOTTO_FORMAT_LAYOUT_PLAN_H

#include "format/layout.h"

/* The sections behind those of every campaigns part, in the order in which they are opened. */
#define SOTTO_TAG_STRINGS     SOTTO_TAG('c', 's', 't', 'r')
#define SOTTO_TAG_KEYS        SOTTO_TAG('c', 'k', 'e', 'y')
#define SOTTO_TAG_RULES       SOTTO_TAG('d', 'e', 'c', 'i')
#define SOTTO_TAG_SEGMENTS    SOTTO_TAG('s', 'e', 'g', 'm')
#define SOTTO_TAG_EXPERIMENTS SOTTO_TAG('e', 'x', 'p', 't')
#define SOTTO_TAG_OFFERS      SOTTO_TAG('o', 'f', 'f', 'r')
#define SOTTO_TAG_CAMPAIGNS   SOTTO_TAG('c', 'a', 'm', 'p')

/* Keys of the record `deci`. */
enum {
    SOTTO_DECI_HOLDOUT = 1,
    SOTTO_DECI_CEILING = 2,
    SOTTO_DECI_GAP = 3,
    SOTTO_DECI_QUIET = 4,
    SOTTO_DECI_AFTER_PURCHASE = 5,
    SOTTO_DECI_IDLE = 6,
    SOTTO_DECI_RECENCY = 7,
    SOTTO_DECI_CLUSTERS = 8,
    SOTTO_DECI_PLACES = 9,
    SOTTO_DECI_ACCOUNT = 10,
    SOTTO_DECI_HAND_OFFS = 11,
    SOTTO_DECI_SPENT = 12,
    SOTTO_DECI_ORDERS = 13,
    SOTTO_DECI_RHYTHM = 14,
    SOTTO_DECI_KEYS = 15,

    SOTTO_DECI_PLACE_SIZE = 2 + 2 + 2,
    SOTTO_DECI_ACCOUNT_SIZE = 2 + 1,
    SOTTO_DECI_HAND_OFF_SIZE = 2 + 2
};

/* The byte of an experiment's allocation. */
enum {
    SOTTO_EXPT_ALLOCATION = 15,
    SOTTO_EXPT_HAS_SPACE = 16,
    SOTTO_EXPT_HASH_1 = 32,
    SOTTO_EXPT_WIN_SHIFT = 6
};

/* What follows in a campaign; what most of them have stands in the first byte's seven bits. */
enum {
    SOTTO_CAMP_WHEN = 1 << 0,
    SOTTO_CAMP_TRIGGERS = 1 << 1,
    SOTTO_CAMP_CAPS = 1 << 2,
    SOTTO_CAMP_PAUSES = 1 << 3,
    SOTTO_CAMP_SLOT = 1 << 4,
    SOTTO_CAMP_GROUP = 1 << 5,
    SOTTO_CAMP_FIELDS = 1 << 6,
    SOTTO_CAMP_FLAGS = 1 << 7,
    SOTTO_CAMP_DATES = 1 << 8,
    SOTTO_CAMP_HOURS = 1 << 9,
    SOTTO_CAMP_EXPERIMENT = 1 << 10,
    SOTTO_CAMP_OFFER = 1 << 11
};

/* The first byte of a trigger. */
enum {
    SOTTO_TRIGGER_KIND = 31,
    SOTTO_TRIGGER_HAS_A = 32,
    SOTTO_TRIGGER_HAS_B = 64,
    SOTTO_TRIGGER_MORE = 128       /* another one follows */
};

/* A span of time: a number of units, above two bits that say which. */
enum { SOTTO_SPAN_BITS = 2, SOTTO_SPAN_DAYS = 3 };

/* The seconds in a second, minute, hour or day. */
static inline uint32_t sotto_span_unit_s(uint32_t unit)
{
    static const uint32_t units_s[] = {1, 60, 3600, 86400};
    return units_s[unit & SOTTO_SPAN_DAYS];
}

enum {
    SOTTO_PLAN_MAX_STRINGS = 65535,
    SOTTO_PLAN_MAX_STRING_SIZE = 4096,
    SOTTO_PLAN_MAX_NAME_SIZE = 128,
    SOTTO_PLAN_MAX_TRIGGERS = 4,
    SOTTO_PLAN_MAX_FIELD = 32,     /* the highest key of a field */
    SOTTO_PLAN_MAX_CODES = 64,
    SOTTO_PLAN_MAX_OFFER_ITEMS = 16,
    SOTTO_PLAN_MAX_KNOWN = 128,    /* won or lost already */
    SOTTO_PLAN_MAX_PRIORITY = 100,
    SOTTO_PLAN_WHOLE = 10000,      /* shares are of so many */
    SOTTO_PLAN_DAY_MINUTES = 1440
};

#endif

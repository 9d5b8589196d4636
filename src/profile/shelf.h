/*
 * shelf.h - what the ranker found for this shopper, kept for the next page (FORMAT.md section 8)
 *
 * As with the profile, the struct is the file. Items are hashes, so a shelf outlives the bundle it
 * was made from; what a bundle no longer knows is passed over by whoever reads it.
 */
#ifndef SOTTO_PROFILE_SHELF_H
#define SOTTO_PROFILE_SHELF_H

#include "profile/profile.h"

enum { SOTTO_SHELF_FOR_YOU = 64, SOTTO_SHELF_AGAIN = 32 };

#define SOTTO_SHELF_NO_CLUSTER 0xFFFFu

typedef struct sotto_shelf_entry {
    uint64_t item;
    uint64_t because;              /* the item of the reason, 0 none */
    uint32_t score;                /* Q16: 65,536 for the best, the odds of the others against it */
    uint8_t  reason;               /* sotto_reason_kind */
    uint8_t  reserved[3];
} sotto_shelf_entry;

struct sotto_shelf {
    uint8_t           magic[4];
    uint16_t          version;
    uint8_t           for_you_count, again_count;
    uint64_t          sequence;
    uint32_t          event_total, made_s;
    uint16_t          cluster;
    uint8_t           reserved[6];
    sotto_shelf_entry for_you[SOTTO_SHELF_FOR_YOU];
    sotto_shelf_entry again[SOTTO_SHELF_AGAIN];
};

_Static_assert(sizeof(sotto_shelf_entry) == 24, "FORMAT.md 8: entry");
_Static_assert(offsetof(struct sotto_shelf, event_total) == 16, "FORMAT.md 8: event_total");
_Static_assert(offsetof(struct sotto_shelf, cluster) == 24, "FORMAT.md 8: cluster");
_Static_assert(offsetof(struct sotto_shelf, for_you) == 32, "FORMAT.md 8: for_you");
_Static_assert(offsetof(struct sotto_shelf, again) == 1568, "FORMAT.md 8: again");
_Static_assert(sizeof(struct sotto_shelf) == SOTTO_SHELF_SIZE, "FORMAT.md section 8: size");

/* Whether it was made for the profile as it is now. Small enough to stand in its reader. */
static inline bool sotto_shelf_is_fresh(const sotto_shelf *shelf, const sotto_profile *profile)
{
    return memcmp(shelf->magic, "SOTL\1\0", 6) == 0 && shelf->for_you_count <= SOTTO_SHELF_FOR_YOU
        && shelf->again_count <= SOTTO_SHELF_AGAIN && shelf->event_total == profile->event_total;
}

#endif

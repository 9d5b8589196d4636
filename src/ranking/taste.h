/*
 * taste.h - what the shopper's interests add to a candidate
 */
#ifndef SOTTO_RANKING_TASTE_H
#define SOTTO_RANKING_TASTE_H

#include "profile/profile.h"
#include "ranking/request.h"

enum { SOTTO_TASTE_NOTES = 64 };

/* An answer that was given before, so that a name is hashed once per category and not per item. */
typedef struct sotto_taste_note {
    uint32_t asked;                /* category or brand index, plus 1 */
    uint32_t points;
    uint32_t because;              /* the category it was found under: itself or one above */
} sotto_taste_note;

/* The kinds of taste are the profile's tables of interests. */
enum { SOTTO_TASTE_KINDS = 2 };

typedef struct sotto_tastes {
    const sotto_request *request;
    uint32_t             sum[SOTTO_TASTE_KINDS];     /* of all interests, and of the unknown */
    sotto_taste_note     notes[SOTTO_TASTE_KINDS][SOTTO_TASTE_NOTES];
} sotto_tastes;

/* The shopper's interests now; the request has a profile. */
void sotto_tastes_read(sotto_tastes *tastes, const sotto_request *request);

/*
 * What a category or brand (SOTTO_NONE for none) gives its items, by its table; good until asked
 * again.
 */
const sotto_taste_note *sotto_tastes_ask(sotto_tastes *tastes, sotto_profile_table table,
                                         uint32_t index);

#endif

/*
 * taste.c - what the shopper's interests add to a candidate
 *
 * An interest in itself has no scale: who has looked at a hundred things is not ten times as fond
 * of shoes as who has looked at ten. What counts is its share of all interests of its kind,
 *
 *     share = value / (sum of values + 4.0)
 *
 * where the 4.0 stand for all we do not know: the first view of a new shopper makes a share of a
 * fifth, not of one. An item gets category_weight * share for its category, or for the nearest one
 * above it that the shopper has an interest in, and brand_weight * share for its brand.
 *
 * Interests are kept by the hash of a name, candidates name theirs by index. The answer for each
 * index is noted down, since a few hundred candidates share a few dozen categories.
 */
#include "ranking/taste.h"

#include "base/fixed.h"
#include "model/bundle.h"
#include "profile/decay.h"

/* How far up a category's ancestors are asked. */
enum { LEVELS_MAX = 16 };

#define UNKNOWN_Q16 (4u << 16)

static uint32_t value_now(const sotto_profile_interest_entry *entry, const sotto_request *request)
{
    return sotto_decay(entry->value, sotto_age_s(entry->time_s, request->context->now_s),
                       sotto_request_site(request)->interest_half_life_s);
}

void sotto_tastes_read(sotto_tastes *tastes, const sotto_request *request)
{
    memset(tastes, 0, sizeof *tastes);
    tastes->request = request;
    for (uint32_t kind = 0; kind < SOTTO_TASTE_KINDS; kind++) {
        const sotto_profile_interest_entry *entry;
        tastes->sum[kind] = UNKNOWN_Q16;
        for (uint32_t i = 0; (entry = sotto_profile_entry(
                 request->profile, (sotto_profile_table)(SOTTO_CATEGORY_TABLE + kind), i)); i++) {
            tastes->sum[kind] += value_now(entry, request);
        }
    }
}

/* What the interest with this key gives; SOTTO_NONE if there is none. */
static uint32_t points_for(const sotto_tastes *tastes, sotto_profile_table table, uint64_t key)
{
    const sotto_parameters *parameters = sotto_bundle_parameters(tastes->request->bundle);
    const sotto_profile_interest_entry *entry =
        sotto_profile_find(tastes->request->profile, table, key);
    if (!entry) {
        return SOTTO_NONE;
    }
    /* A value is at most 2^22 and the sum at most 2^27 + 2^18, so 32 bits hold every step. */
    uint32_t share = (value_now(entry, tastes->request) << 9)
                   / (tastes->sum[table - SOTTO_CATEGORY_TABLE] >> 7);
    return sotto_q16_multiply(table == SOTTO_BRAND_TABLE ? parameters->brand_weight
                                                         : parameters->category_weight, share);
}

const sotto_taste_note *sotto_tastes_ask(sotto_tastes *tastes, sotto_profile_table table,
                                         uint32_t index)
{
    const sotto_bundle *bundle = tastes->request->bundle;
    sotto_taste_note *notes = tastes->notes[table - SOTTO_CATEGORY_TABLE];
    sotto_taste_note *note = &notes[index % SOTTO_TASTE_NOTES];
    if (note->asked == index + 1) {
        return note;
    }
    *note = (sotto_taste_note){index + 1, 0, index};
    bool brand = table == SOTTO_BRAND_TABLE;
    for (uint32_t level = 0; level < LEVELS_MAX && index != SOTTO_NONE; level++) {
        uint32_t points = points_for(tastes, table, brand ? sotto_brand_key(bundle, index)
                                                          : sotto_category_key(bundle, index));
        if (points != SOTTO_NONE) {
            note->points = points;
            note->because = index;
            break;
        }
        index = brand ? SOTTO_NONE : sotto_category_parent(bundle, index);
    }
    return note;
}

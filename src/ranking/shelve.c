/*
 * shelve.c - ranking for later
 *
 * A page's first decision cannot wait for vectors; the time after it can be used. What the shopper
 * did is ranked with everything there is, and the result is left on the shelf, where the next
 * decision finds it without asking anything but which items the bundle still knows. Filters and
 * rules are not applied here: they are the decision's, and what is in the cart may have changed.
 */
#include "base/exponent.h"
#include "profile/shelf.h"
#include "ranking/again.h"
#include "ranking/rerank.h"
#include "ranking/select.h"

_Static_assert(sizeof(sotto_again_scratch) <= sizeof(sotto_rank_scratch), "one scratch for both");

enum { EVENTS_MAX = SOTTO_ENCODER_MAX_HISTORY };

/* The latest items of events that speak for one, or of only those that are views. */
static uint32_t latest_items(const sotto_request *request, bool views_only,
                             uint32_t items[EVENTS_MAX])
{
    uint32_t count = 0;
    const sotto_profile_event_entry *event;
    for (uint32_t age = 0; count < EVENTS_MAX
                           && (event = sotto_history_get(request->profile, age)) != NULL; age++) {
        uint32_t weight;
        uint32_t item = views_only && !sotto_event_is_view(event->kind)
                            ? SOTTO_NO_ITEM
                            : sotto_sources_event_item(request, age, &weight);
        if (item != SOTTO_NO_ITEM) {
            items[count++] = item;
        }
    }
    return count;
}

/* The odds of a score against the best one, Q16, at least 1. */
static uint32_t odds(int32_t score, int32_t best, uint32_t shift)
{
    int64_t below = ((int64_t)score - best) * 65536 >> shift;
    return sotto_max_u32(sotto_exp_q16(below), 1);
}

static void shelve_for_you(sotto_shelf *shelf, sotto_rank_scratch *scratch,
                           const sotto_bundle *bundle)
{
    const sotto_ranker *ranker = bundle->ranker;
    sotto_rerank(scratch, ranker);
    uint32_t count = sotto_min_u32(scratch->shortlist.count, SOTTO_SHELF_FOR_YOU);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = sotto_key_number(scratch->keys[i]);
        sotto_reason reason = sotto_rerank_reason(scratch, ranker, number);
        shelf->for_you[i] = (sotto_shelf_entry){
            .item = sotto_item_hash(bundle, scratch->shortlist.list[number].item),
            .because = reason.item == SOTTO_NO_ITEM ? 0 : sotto_item_hash(bundle, reason.item),
            .score = odds(sotto_key_score(scratch->keys[i]), sotto_key_score(scratch->keys[0]),
                          sotto_rerank_shift(ranker)),
            .reason = (uint8_t)reason.kind,
        };
    }
    shelf->for_you_count = (uint8_t)count;
}

sotto_status sotto_shelve(const sotto_bundle *bundle, const sotto_profile *profile,
                          uint32_t now_s, uint64_t sequence, void *scratch, size_t scratch_size,
                          sotto_shelf *shelf)
{
    if (scratch_size < sizeof(sotto_rank_scratch)) {
        return SOTTO_NO_ROOM;
    }
    memset(shelf, 0, sizeof *shelf);
    memcpy(shelf->magic, "SOTL", sizeof shelf->magic);
    shelf->version = 1;
    shelf->sequence = sequence;
    shelf->event_total = profile->event_total;
    shelf->made_s = now_s;
    shelf->cluster = (uint16_t)sotto_cluster_of(bundle, profile); /* of SOTTO_NONE, 0xFFFF */
    const sotto_context context = {.now_s = now_s};
    const sotto_request request = {bundle, profile, &context, NULL};
    uint32_t items[EVENTS_MAX];
    uint32_t count = latest_items(&request, true, items);
    if (count == 0) {
        count = latest_items(&request, false, items);
    }
    if (count > 0 && sotto_ranker_encodes(bundle->ranker)) {
        sotto_shortlist_fill(scratch, bundle, items, count);
        shelve_for_you(shelf, scratch, bundle);
    }
    sotto_again_shelve(shelf, scratch, bundle, profile, now_s);
    return SOTTO_OK;
}

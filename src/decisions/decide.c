/*
 * decide.c - what a slot shows now
 *
 * A slot is answered in three steps. What the shop pinned goes in; then the slot's strategies, one
 * after the other, until it is full: the first leads, the others top it up. Last comes the question
 * whether this is better than what the page shows already: with fewer items than the slot's minimum
 * the answer is empty, and the shop's own content stays.
 */
#include "decisions/pins.h"
#include "ranking/ranking.h"

size_t sotto_decision_scratch_size(void)
{
    return sizeof(sotto_ranking_scratch);
}

sotto_status sotto_decide(const sotto_bundle *bundle, const sotto_profile *profile,
                          const sotto_context *context, const sotto_slot *slot, void *scratch,
                          size_t scratch_size, sotto_answer *answer)
{
    if (scratch_size < sizeof(sotto_ranking_scratch)) {
        return SOTTO_NO_ROOM;
    }
    sotto_ranking ranking = {
        .request = {bundle, profile, context, slot},
        .scratch = scratch,
        .answer = answer,
        .want = sotto_min_u32(slot->count, SOTTO_MAX_PICKS),
    };
    answer->count = 0;

    sotto_pins_add(&ranking);
    uint32_t pin_count = answer->count;
    for (uint32_t i = 0; i < slot->strategy_count; i++) {
        sotto_ranking_add(&ranking, (sotto_strategy)slot->strategies[i]);
    }
    sotto_pins_arrange(answer, pin_count);

    if (answer->count < slot->min) {
        answer->count = 0;
    }
    return SOTTO_OK;
}

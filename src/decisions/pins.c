/*
 * pins.c - items the shop put at a place by hand
 *
 * Pinned items come first into the answer, so that no strategy brings them again and their brands
 * count, and move to their places at the end:
 *
 *     pins for 1 and 4:   [P Q a b c d]  ->  [a P b c Q d]
 *
 * Pins are written in ascending order of position. A pin has to pass the same rules and filters as
 * any item. Two pins for one place stand side by side; in an answer too short for its place a pin
 * stands at the end.
 */
#include "decisions/pins.h"

#include "base/bytes.h"
#include "format/layout.h"

void sotto_pins_add(sotto_ranking *ranking)
{
    const sotto_slot *slot = ranking->request.slot;
    sotto_answer *answer = ranking->answer;
    uint32_t next = 0;
    for (uint32_t i = 0; i < slot->pinned_count && answer->count < ranking->want; i++) {
        const uint8_t *pin = slot->pinned + (size_t)i * SOTTO_PIN_SIZE;
        uint32_t item = sotto_item_find_hash(ranking->request.bundle, sotto_load_u64(pin + 1));
        if (pin[0] < ranking->want
            && sotto_ranking_add_item(ranking, SOTTO_MANUAL, item, SOTTO_BECAUSE_PINNED,
                                      SOTTO_NO_ITEM)) {
            next = sotto_max_u32(pin[0], next);
            answer->picks[answer->count - 1].score = next++;
        }
    }
}

void sotto_pins_arrange(sotto_answer *answer, uint32_t count)
{
    /* The last pin first: it ends behind all others, so moving them does not touch it. */
    uint32_t end = answer->count;
    for (uint32_t from = count; from-- > 0; end--) {
        sotto_pick *pick = &answer->picks[from];
        uint32_t to = sotto_min_u32(pick->score, end - 1);
        pick->score = 0;
        sotto_pick moved = *pick;
        memmove(pick, pick + 1, (to - from) * sizeof moved);
        answer->picks[to] = moved;
    }
}

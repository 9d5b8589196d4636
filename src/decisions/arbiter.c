/*
 * arbiter.c - which campaigns are shown now, and of every other the first rule that said no
 *
 * Each campaign is asked by itself whether it may be shown (eligibility.c); those that may are put
 * in line and take what places there are (places.c). Nothing is remembered from one asking to the
 * next but by what is folded into the ledger, so tabs that ask with the same ledger get the same
 * answer.
 */
#include "decisions/round.h"

#include "decisions/experiments.h"
#include "profile/ledger_tables.h"

/* A table of campaigns' indexes by the low bits of their keys, twice as large as it needs to be. */
enum { PLACES = 2 * SOTTO_MAX_CAMPAIGNS };

static void note_campaigns(const sotto_plan *plan, uint16_t table[PLACES])
{
    for (uint32_t i = 0; i < PLACES; i++) {
        table[i] = SOTTO_LIST_NONE;
    }
    for (uint32_t i = 0; i < plan->campaign_count; i++) {
        uint32_t at = (uint32_t)plan->campaign_keys[i] % PLACES;
        while (table[at] != SOTTO_LIST_NONE) {
            at = (at + 1) % PLACES;
        }
        table[at] = (uint16_t)i;
    }
}

/* Finds the entries of all campaigns in one walk over the ledger. */
static void find_entries(sotto_round *round)
{
    const sotto_moment *moment = round->moment;
    const sotto_plan *plan = moment->plan;
    uint16_t table[PLACES];
    memset(round->entries, 0xFF, sizeof round->entries);
    if (moment->ledger == NULL) {
        return;
    }
    note_campaigns(plan, table);
    for (uint32_t i = 0; i < SOTTO_LEDGER_CAMPAIGNS; i++) {
        uint64_t key = moment->ledger->campaigns[i].key;
        if (key == 0) {
            continue;
        }
        for (uint32_t at = (uint32_t)key % PLACES; table[at] != SOTTO_LIST_NONE;
             at = (at + 1) % PLACES) {
            if (plan->campaign_keys[table[at]] == key) {
                round->entries[table[at]] = (uint16_t)i;
            }
        }
    }
}

const sotto_ledger_campaign *sotto_round_entry(const sotto_round *round, uint32_t index)
{
    uint32_t entry = round->entries[index];
    return entry == SOTTO_LIST_NONE ? NULL : &round->moment->ledger->campaigns[entry];
}

void sotto_round_wake(sotto_round *round, uint32_t time_s)
{
    sotto_verdicts *verdicts = round->verdicts;
    if (time_s > round->moment->now_s && (verdicts->next_s == 0 || time_s < verdicts->next_s)) {
        verdicts->next_s = time_s;
    }
}

sotto_status sotto_arbitrate(sotto_moment *moment, const uint32_t *showing,
                             uint32_t showing_count, void *scratch, size_t scratch_size,
                             sotto_verdicts *verdicts)
{
    uint32_t count = moment->plan->campaign_count;
    sotto_round round;
    memset(&round, 0, offsetof(sotto_round, contenders));
    round.moment = moment;
    round.verdicts = verdicts;
    round.scratch = scratch;
    round.scratch_size = scratch_size;
    round.held_out = sotto_holdout_has(moment);
    for (uint32_t i = 0; i < showing_count; i++) {
        if (showing[i] < count) {
            round.showing[showing[i] / 32] |= 1u << showing[i] % 32;
        }
    }
    find_entries(&round);
    verdicts->count = count;
    verdicts->next_s = 0;
    verdicts->next_active_s = 0;
    for (uint32_t i = 0; i < count; i++) {
        sotto_status status = sotto_eligibility_ask(&round, i);
        if (status != SOTTO_OK) {
            verdicts->count = 0;
            return status;
        }
    }
    sotto_places_take(&round);
    return SOTTO_OK;
}

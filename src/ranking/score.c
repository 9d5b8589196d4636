/*
 * score.c - from sources to candidates with a score, and from picks to reasons
 *
 * The formula of FORMAT.md section 3.5. For a source i that the session met at the ages k,
 *
 *     factor_next(i)     = sum_k position_weight[k] * event_weight * next_mix
 *     score(j)           = sum_i factor_next(i) * next(i, j) + factor_together(i) * together(i, j)
 *                        + repeat_weight[latest age of j]
 *                        + popularity_weight * popularity(j)
 *                        + the shopper's tastes (taste.c)
 *
 * all Q16. Every product is shifted right by 16 at once and every sum saturates, so the terms are
 * integers and a score is exactly the sum of its terms. A row is decoded once for each source,
 * however often the session met it.
 *
 * The reasons of a pick are its largest terms. Keeping every term of every candidate would cost
 * each decision what only the winners need. What is kept are the decoded rows; for the few picks
 * the same loop goes over them a second time, and the terms that belong to a pick are noted.
 */
#include "ranking/score.h"

/* Where the terms go: to the candidates, or to the picks as reasons. */
typedef struct score_target {
    sotto_candidates *candidates;  /* NULL: to the picks */
    sotto_pick       *picks;
    uint32_t          pick_count;
} score_target;

void sotto_score_reason(sotto_pick *pick, sotto_reason_kind kind, uint32_t because,
                        uint32_t points)
{
    uint32_t place = pick->reason_count;
    while (place > 0 && pick->reasons[place - 1].points < points) {
        place--;
    }
    if (place == SOTTO_MAX_REASONS) {
        return;
    }
    if (pick->reason_count < SOTTO_MAX_REASONS) {
        pick->reason_count++;
    }
    for (uint32_t i = pick->reason_count - 1; i > place; i--) {
        pick->reasons[i] = pick->reasons[i - 1];
    }
    pick->reasons[place] = (sotto_reason){kind, because, points};
}

static void note_term(const score_target *target, uint32_t item, sotto_reason_kind kind,
                      uint32_t because, uint32_t points)
{
    for (uint32_t i = 0; i < target->pick_count; i++) {
        if (target->picks[i].item == item) {
            sotto_score_reason(&target->picks[i], kind, because, points);
        }
    }
}

/* All terms that come from the sources and their rows. */
static void go_over_links(const score_target *target, const sotto_sources *sources)
{
    _Static_assert((int)SOTTO_BECAUSE_VIEWED == (int)SOTTO_NEXT
                   && (int)SOTTO_BECAUSE_TOGETHER == (int)SOTTO_TOGETHER
                   && SOTTO_BECAUSE_VIEWED_BOUGHT == SOTTO_VIEWED_BOUGHT + 8
                   && SOTTO_BECAUSE_LOOKS == SOTTO_LOOKS + 8, "reasons by relation");
    const sotto_link *link = sources->links;
    for (uint32_t i = 0; i < sources->count; i++) {
        const sotto_source *source = &sources->list[i];
        for (uint32_t relation = SOTTO_NEXT; relation <= SOTTO_LOOKS; relation++) {
            uint64_t factor = source->factor[relation - 1];
            for (uint32_t left = source->link_count[relation - 1]; left > 0; left--, link++) {
                uint32_t points = sotto_u32_saturate((factor * link->weight) >> 16);
                if (target->candidates) {
                    sotto_candidates_add(target->candidates, link->item, points);
                } else {
                    uint32_t kind = relation > SOTTO_TOGETHER ? relation + 8 : relation;
                    note_term(target, link->item, (sotto_reason_kind)kind, source->item, points);
                }
            }
        }
        if (source->repeat == 0) {
            continue;
        }
        if (target->candidates) {
            sotto_candidates_add(target->candidates, source->item, source->repeat);
        } else {
            note_term(target, source->item, SOTTO_BECAUSE_SEEN, source->item, source->repeat);
        }
    }
}

/* Decodes the rows that count, one after the other; returns how many links there are. */
static uint32_t read_links(sotto_sources *sources, const sotto_bundle *bundle)
{
    sotto_link *end = sources->links;
    for (uint32_t i = 0; i < sources->count; i++) {
        sotto_source *source = &sources->list[i];
        for (uint32_t relation = SOTTO_NEXT; relation <= SOTTO_LOOKS; relation++) {
            uint32_t count = 0;
            if (source->factor[relation - 1] != 0) {
                count = sotto_item_links(bundle, (sotto_relation)relation, source->item, end);
            }
            source->link_count[relation - 1] = count;
            end += count;
        }
    }
    return (uint32_t)(end - sources->links);
}

/* A term that comes from the item itself; adds it to a score or, with a pick, to its reasons. */
static uint32_t prior_term(uint32_t score, sotto_pick *pick, sotto_reason_kind kind,
                           uint32_t because, uint32_t points)
{
    if (pick && points > 0) {
        sotto_score_reason(pick, kind, because, points);
    }
    return sotto_q16_add(score, points);
}

/* All of them: the score with their points. */
static uint32_t add_prior(uint32_t score, uint32_t item, sotto_pick *pick, sotto_tastes *tastes,
                          const sotto_bundle *bundle)
{
    uint64_t weight = sotto_bundle_parameters(bundle)->popularity_weight;
    score = prior_term(score, pick, SOTTO_BECAUSE_POPULAR, SOTTO_NO_ITEM,
                       sotto_u32_saturate(weight * sotto_item_popularity(bundle, item)));
    if (tastes) {
        sotto_item_facts facts = sotto_item_get(bundle, item);
        for (uint32_t kind = 0; kind < SOTTO_TASTE_KINDS; kind++) {
            const sotto_taste_note *note =
                sotto_tastes_ask(tastes, (sotto_profile_table)(SOTTO_CATEGORY_TABLE + kind),
                                 kind == 0 ? facts.category : facts.brand);
            score = prior_term(score, pick, (sotto_reason_kind)(SOTTO_BECAUSE_CATEGORY + kind),
                               note->because, note->points);
        }
    }
    return score;
}

void sotto_score_links(sotto_candidates *candidates, sotto_sources *sources,
                       const sotto_bundle *bundle)
{
    score_target target = {.candidates = candidates};
    sotto_candidates_clear(candidates, read_links(sources, bundle) + sources->count);
    go_over_links(&target, sources);
}

void sotto_score_prior(sotto_candidates *candidates, sotto_tastes *tastes,
                       const sotto_bundle *bundle)
{
    if (!tastes && sotto_bundle_parameters(bundle)->popularity_weight == 0) {
        return;
    }
    for (uint32_t i = 0; i < candidates->count; i++) {
        sotto_candidate *candidate = &candidates->list[i];
        candidate->score = add_prior(candidate->score, candidate->item, NULL, tastes, bundle);
    }
}

void sotto_score_explain(sotto_pick *picks, uint32_t pick_count, const sotto_sources *sources,
                         sotto_tastes *tastes, const sotto_bundle *bundle)
{
    score_target target = {.picks = picks, .pick_count = pick_count};
    go_over_links(&target, sources);
    for (uint32_t i = 0; tastes && i < pick_count; i++) {
        add_prior(0, picks[i].item, &picks[i], tastes, bundle);
    }
}

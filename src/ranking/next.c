/*
 * next.c - the ranking alone: the best items for a session of views
 *
 * What for-you does for a shopper who only looked at things, by the same functions, without a
 * profile to keep and without filters, rules or reasons. Evaluation asks it tens of thousands of
 * times.
 */
#include "ranking/ranking.h"
#include "ranking/score.h"
#include "ranking/topk.h"

static void sources_from_views(sotto_sources *sources, const sotto_parameters *parameters,
                               const uint32_t *session, uint32_t session_count)
{
    uint32_t count = sotto_min_u32(session_count, parameters->history_count);
    sources->count = 0;
    for (uint32_t age = 0; age < count; age++) {
        sotto_sources_add_event(sources, parameters, session[age], age, SOTTO_Q16_ONE);
    }
}

uint32_t sotto_rank_next(const sotto_bundle *bundle, const uint32_t *session,
                         uint32_t session_count, uint32_t count, void *scratch,
                         size_t scratch_size, uint32_t *items)
{
    if (scratch_size < sizeof(sotto_ranking_scratch)) {
        return 0;
    }
    sotto_sources *sources = &((sotto_ranking_scratch *)scratch)->sources;
    sotto_candidates *candidates = &((sotto_ranking_scratch *)scratch)->candidates;
    sources_from_views(sources, sotto_bundle_parameters(bundle), session, session_count);
    sotto_score_links(candidates, sources, bundle);
    sotto_score_prior(candidates, NULL, bundle);
    sotto_topk_begin(candidates, bundle);

    uint32_t written = 0;
    uint32_t number;
    while (written < count
           && (number = sotto_topk_next(candidates, bundle)) != SOTTO_NO_CANDIDATE) {
        items[written++] = candidates->list[number].item;
    }

    /* Where the links end, all candidates are written, so what is no candidate is new. */
    uint32_t item;
    for (uint32_t i = 0; written < count
                         && (item = sotto_top_get(bundle, SOTTO_TOP_POPULAR, i))
                                != SOTTO_NO_ITEM; i++) {
        if (sotto_candidates_find(candidates, item) == SOTTO_NO_CANDIDATE) {
            items[written++] = item;
        }
    }
    return written;
}

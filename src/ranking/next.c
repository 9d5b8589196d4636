/*
 * next.c - the ranking alone: the best items for a session of views
 *
 * What for-you does for a shopper who only looked at things, by the same functions, without a
 * profile to keep and without filters, rules or reasons. Evaluation asks it tens of thousands of
 * times. With a ranker the shortlist leads; where it ends, or where the model knows nothing of the
 * session, it goes on as it does without: with what links lead to, then with what is popular.
 */
#include "ranking/rerank.h"
#include "ranking/score.h"
#include "ranking/select.h"
#include "ranking/topk.h"

/* What is written, and what may be written yet. */
typedef struct next_list {
    uint32_t *items;
    uint32_t  count, room;
} next_list;

/* Adds an item unless it is among the first `checked` already; false if there is no room. */
static bool add(next_list *list, uint32_t item, uint32_t checked)
{
    for (uint32_t i = 0; i < checked; i++) {
        if (list->items[i] == item) {
            return true;
        }
    }
    if (list->count == list->room) {
        return false;
    }
    list->items[list->count++] = item;
    return true;
}

static void add_reranked(next_list *list, sotto_rank_scratch *scratch, const sotto_bundle *bundle,
                         const uint32_t *session, uint32_t session_count)
{
    sotto_shortlist_fill(scratch, bundle, session, session_count);
    sotto_rerank(scratch, bundle->ranker);
    uint32_t count = sotto_min_u32(scratch->shortlist.count, list->room);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = sotto_key_number(scratch->keys[i]);
        list->items[list->count++] = scratch->shortlist.list[number].item;
    }
}

static void sources_from_views(sotto_sources *sources, const sotto_parameters *parameters,
                               const uint32_t *session, uint32_t session_count)
{
    uint32_t count = sotto_min_u32(session_count, parameters->history_count);
    sources->count = 0;
    for (uint32_t age = 0; age < count; age++) {
        sotto_sources_add_event(sources, parameters, session[age], age, SOTTO_Q16_ONE);
    }
}

static void add_linked(next_list *list, sotto_ranking_scratch *scratch, const sotto_bundle *bundle,
                       const uint32_t *session, uint32_t session_count)
{
    sotto_candidates *candidates = &scratch->candidates;
    uint32_t listed = list->count;
    sources_from_views(&scratch->sources, sotto_bundle_parameters(bundle), session, session_count);
    sotto_score_links(candidates, &scratch->sources, bundle);
    sotto_score_prior(candidates, NULL, bundle);
    sotto_topk_begin(candidates, bundle);
    uint32_t number;
    while ((number = sotto_topk_next(candidates, bundle)) != SOTTO_NO_CANDIDATE
           && add(list, candidates->list[number].item, listed)) {
    }

    /* Where the links end, all candidates are written, so what is no candidate is new. */
    uint32_t item;
    for (uint32_t i = 0; list->count < list->room
                         && (item = sotto_top_get(bundle, SOTTO_TOP_POPULAR, i))
                                != SOTTO_NO_ITEM; i++) {
        if (sotto_candidates_find(candidates, item) == SOTTO_NO_CANDIDATE) {
            add(list, item, listed);
        }
    }
}

size_t sotto_rank_scratch_size(void)
{
    return sizeof(sotto_rank_scratch);
}

uint32_t sotto_rank_next(const sotto_bundle *bundle, const uint32_t *session,
                         uint32_t session_count, uint32_t count, void *scratch,
                         size_t scratch_size, uint32_t *items)
{
    bool has_ranker = sotto_ranker_encodes(bundle->ranker);
    if (scratch_size < (has_ranker ? sizeof(sotto_rank_scratch) : sizeof(sotto_ranking_scratch))) {
        return 0;
    }
    next_list list = {items, 0, count};
    if (has_ranker) {
        add_reranked(&list, scratch, bundle, session, session_count);
    }
    if (list.count < count) {
        sotto_rank_scratch *whole = scratch;
        add_linked(&list, &whole->tables, bundle, session, session_count);
    }
    return list.count;
}

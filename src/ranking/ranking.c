/*
 * ranking.c - one strategy after the other fills an answer
 *
 *     sources     what the strategy starts from: the history, the page, the cart
 *     candidates  what their links lead to, and nothing else
 *     score       each candidate's terms, added up
 *     top k       the candidates from the best on, one at a time
 *     admit       rules of the shop, filters for the shopper, spread over brands
 *     explain     the terms again, for those that were picked
 *
 * A strategy is one or more steps of two sorts. A scored step goes down this list; a listed step
 * (popular, the top of a category, what was seen last) comes in an order of its own and only has to
 * be admitted. Each step adds to the answer what it can until the answer is full, so steps top one
 * another up, and strategies do the same. An item that stands in the answer is not added again.
 */
#include "ranking/ranking.h"

#include "base/bytes.h"
#include "profile/profile.h"
#include "ranking/filters.h"
#include "ranking/rules.h"
#include "ranking/score.h"
#include "ranking/spread.h"
#include "ranking/topk.h"

static bool is_full(const sotto_ranking *ranking)
{
    return ranking->answer->count >= ranking->want;
}

static bool is_picked(const sotto_answer *answer, uint32_t item)
{
    for (uint32_t i = 0; i < answer->count; i++) {
        if (answer->picks[i].item == item) {
            return true;
        }
    }
    return false;
}

/* Admits an item to the answer or says no; what is cheap to ask is asked first. */
static sotto_pick *admit(sotto_ranking *ranking, sotto_strategy strategy, uint32_t item)
{
    const sotto_request *request = &ranking->request;
    const sotto_slot *slot = request->slot;
    sotto_answer *answer = ranking->answer;
    uint32_t bits = slot->filters;
    if (strategy == SOTTO_SIMILAR || strategy == SOTTO_BOUGHT_TOGETHER
        || strategy == SOTTO_RECENTLY_VIEWED) {
        bits |= SOTTO_SKIP_PAGE;   /* what is about a page's item does not show that item */
    }
    if (item == SOTTO_NO_ITEM || is_picked(answer, item)
        || !sotto_slot_rules_admit_facts(request, item)
        || !sotto_filters_admit_item(bits, request, item)) {
        return NULL;
    }
    uint64_t hash = sotto_item_hash(request->bundle, item);
    if (!sotto_filters_admit_hash(bits, request, hash)
        || !sotto_slot_rules_admit_item(request, item, hash)
        || !sotto_spread_admits(answer, request->bundle, slot->max_per_brand, item)) {
        return NULL;
    }
    sotto_pick *pick = &answer->picks[answer->count++];
    memset(pick, 0, sizeof *pick);
    pick->item = item;
    pick->strategy = strategy;
    return pick;
}

bool sotto_ranking_add_item(sotto_ranking *ranking, sotto_strategy strategy, uint32_t item,
                            sotto_reason_kind kind, uint32_t because)
{
    sotto_pick *pick = admit(ranking, strategy, item);
    if (pick) {
        sotto_score_reason(pick, kind, because, 0);
    }
    return pick != NULL;
}

/*
 * A scored step: from the sources in scratch to picks. `tastes` NULL leaves the shopper out of it.
 */
static void add_scored(sotto_ranking *ranking, sotto_strategy strategy, sotto_tastes *tastes)
{
    const sotto_bundle *bundle = ranking->request.bundle;
    sotto_candidates *candidates = &ranking->scratch->candidates;
    sotto_sources *sources = &ranking->scratch->sources;
    sotto_answer *answer = ranking->answer;
    if (is_full(ranking)) {
        return;
    }

    sotto_score_links(candidates, sources, bundle);
    if (tastes) {
        sotto_score_prior(candidates, tastes, bundle);
    }
    sotto_topk_begin(candidates, bundle);

    uint32_t first = answer->count;
    uint32_t number;
    while (!is_full(ranking)
           && (number = sotto_topk_next(candidates, bundle)) != SOTTO_NO_CANDIDATE) {
        sotto_pick *pick = admit(ranking, strategy, candidates->list[number].item);
        if (pick) {
            pick->score = candidates->list[number].score;
        }
    }
    sotto_score_explain(&answer->picks[first], answer->count - first, sources, tastes, bundle);
}

/*
 * The number-th entry of a list: its item, SOTTO_NO_ITEM where it has none the bundle knows, or
 * END_OF_LIST. `category` is for the one list that is by category.
 */
#define END_OF_LIST (SOTTO_NO_ITEM - 1)

static uint32_t list_entry(const sotto_request *request, sotto_strategy strategy,
                           uint32_t category, uint32_t number)
{
    uint64_t hash;
    if (strategy == SOTTO_MANUAL) {
        if (number >= request->slot->manual_count) {
            return END_OF_LIST;
        }
        hash = sotto_load_u64(request->slot->manual + (size_t)number * 8);
    } else if (strategy == SOTTO_RECENTLY_VIEWED) {
        const sotto_profile_event_entry *event =
            request->profile ? sotto_history_get(request->profile, number) : NULL;
        if (!event) {
            return END_OF_LIST;
        }
        if (!sotto_event_is_view(event->kind) || sotto_request_is_old(request, event->time_s)) {
            return SOTTO_NO_ITEM;
        }
        hash = event->item;
    } else {
        uint32_t item = strategy == SOTTO_SIMILAR
                            ? sotto_category_top(request->bundle, category, number)
                            : sotto_top_get(request->bundle,
                                            strategy == SOTTO_POPULAR ? SOTTO_TOP_POPULAR
                                                                      : SOTTO_TOP_TRENDING,
                                            number);
        return item == SOTTO_NO_ITEM ? END_OF_LIST : item;
    }
    return sotto_item_find_hash(request->bundle, hash);
}

/* A listed step: whatever is admitted, in the order of the list. */
static void add_listed(sotto_ranking *ranking, sotto_strategy strategy, sotto_reason_kind kind,
                       uint32_t category)
{
    uint32_t item;
    for (uint32_t i = 0; !is_full(ranking)
                         && (item = list_entry(&ranking->request, strategy, category, i))
                                != END_OF_LIST; i++) {
        sotto_ranking_add_item(ranking, strategy, item, kind,
                               strategy == SOTTO_RECENTLY_VIEWED ? item : category);
    }
}

/* The best of the page item's category, then of the ones above it. */
static void add_category_tops(sotto_ranking *ranking)
{
    const sotto_request *request = &ranking->request;
    uint32_t category = sotto_request_page(request).category;
    for (; category != SOTTO_NONE; category = sotto_category_parent(request->bundle, category)) {
        add_listed(ranking, SOTTO_SIMILAR, SOTTO_BECAUSE_CATEGORY_TOP, category);
    }
}

void sotto_ranking_add(sotto_ranking *ranking, sotto_strategy strategy)
{
    static const uint8_t list_reasons[] = {SOTTO_BECAUSE_SEEN, SOTTO_BECAUSE_POPULAR,
                                           SOTTO_BECAUSE_TRENDING, SOTTO_BECAUSE_MANUAL};
    const sotto_request *request = &ranking->request;
    sotto_sources *sources = &ranking->scratch->sources;
    sotto_tastes *tastes = NULL;
    sources->count = 0;
    switch (strategy) {
    case SOTTO_SIMILAR:
        sotto_sources_from_page(sources, request, SOTTO_NEXT, SOTTO_Q16_ONE / 2);
        add_scored(ranking, strategy, NULL);
        sources->count = 0;
        sotto_sources_from_page(sources, request, SOTTO_TOGETHER, SOTTO_Q16_ONE / 2);
        break;
    case SOTTO_BOUGHT_TOGETHER:
        sotto_sources_from_page(sources, request, SOTTO_TOGETHER, SOTTO_Q16_ONE);
        break;
    case SOTTO_CART_CROSS_SELL:
        sotto_sources_from_cart(sources, request);
        break;
    case SOTTO_FOR_YOU:
        if (!request->profile) {
            return;
        }
        tastes = &ranking->scratch->tastes;
        sotto_tastes_read(tastes, request);
        sotto_sources_from_profile(sources, request);
        break;
    case SOTTO_RECENTLY_VIEWED:
    case SOTTO_POPULAR:
    case SOTTO_TRENDING:
    case SOTTO_MANUAL:
        add_listed(ranking, strategy,
                   (sotto_reason_kind)list_reasons[strategy - SOTTO_RECENTLY_VIEWED],
                   SOTTO_NO_ITEM);
        return;
    default:
        return;
    }
    add_scored(ranking, strategy, tastes);
    if (strategy == SOTTO_SIMILAR) {
        add_category_tops(ranking);
    }
}

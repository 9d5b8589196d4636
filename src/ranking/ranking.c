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
#include "profile/shelf.h"
#include "ranking/filters.h"
#include "ranking/rules.h"
#include "ranking/score.h"
#include "ranking/spread.h"
#include "ranking/topk.h"

/* Strategies whose answers do not show the page's own items, as bits. */
#define ABOUT_THE_PAGE                                                                             \
    (1u << SOTTO_SIMILAR | 1u << SOTTO_BOUGHT_TOGETHER | 1u << SOTTO_RECENTLY_VIEWED               \
     | 1u << SOTTO_LOOKS_LIKE | 1u << SOTTO_VIEWED_THEN_BOUGHT)

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
    if (ABOUT_THE_PAGE >> strategy & 1) {
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

/* Reasons that rest on an item or on nothing, as bits: no others can stand on a shelf. */
#define ITEM_REASONS                                                                               \
    (1u << SOTTO_BECAUSE_VIEWED | 1u << SOTTO_BECAUSE_TOGETHER | 1u << SOTTO_BECAUSE_SEEN          \
     | 1u << SOTTO_BECAUSE_POPULAR | 1u << SOTTO_BECAUSE_TRENDING | 1u << SOTTO_BECAUSE_LOOKS      \
     | 1u << SOTTO_BECAUSE_VIEWED_BOUGHT | 1u << SOTTO_BECAUSE_BOUGHT_BEFORE)

/* A shelved step: what the ranker found when there was time, if that is still the news. */
static void add_shelved(sotto_ranking *ranking, sotto_strategy strategy)
{
    const sotto_request *request = &ranking->request;
    const sotto_shelf *shelf = request->context->shelf;
    if (!shelf || !sotto_shelf_is_fresh(shelf, request->profile)) {
        return;
    }
    bool again = strategy == SOTTO_BUY_AGAIN;
    const sotto_shelf_entry *entry = again ? shelf->again : shelf->for_you;
    uint32_t left = again ? shelf->again_count : shelf->for_you_count;
    for (; left > 0 && !is_full(ranking); left--, entry++) {
        uint32_t kind = entry->reason & 31u;
        uint32_t because = sotto_item_find_hash(request->bundle, entry->because);
        if (ITEM_REASONS >> kind & 1 && (because != SOTTO_NO_ITEM || entry->because == 0)) {
            uint32_t item = sotto_item_find_hash(request->bundle, entry->item);
            if (sotto_ranking_add_item(ranking, strategy, item, (sotto_reason_kind)kind, because)) {
                ranking->answer->picks[ranking->answer->count - 1].score = entry->score;
            }
        }
    }
}

/*
 * The number-th entry of a list: its item, SOTTO_NO_ITEM where it has none the bundle knows, or
 * END_OF_LIST. `category` is for the one list that is by category.
 */
#define END_OF_LIST (SOTTO_NO_ITEM - 1)

/* Lists of the best have the number of their strategy less this. */
enum { LIST_STRATEGY = (int)SOTTO_POPULAR - (int)SOTTO_TOP_POPULAR };
_Static_assert((int)SOTTO_TRENDING - (int)SOTTO_TOP_TRENDING == (int)LIST_STRATEGY
               && (int)SOTTO_NEW - (int)SOTTO_TOP_NEW == (int)LIST_STRATEGY, "lists by strategy");

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
    } else if (strategy == SOTTO_BUY_AGAIN) {
        const sotto_profile_purchase_entry *purchase =
            request->profile
                ? sotto_profile_entry(request->profile, SOTTO_PURCHASE_TABLE, number)
                : NULL;
        if (!purchase) {
            return END_OF_LIST;
        }
        hash = purchase->item;
    } else {
        uint32_t item = strategy == SOTTO_SIMILAR
                            ? sotto_category_top(request->bundle, category, number)
                            : sotto_top_get(request->bundle, (sotto_top)(strategy - LIST_STRATEGY),
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

/*
 * What a strategy that needs no more than that starts from: the page's items by this relation, or
 * a list whose items have this reason.
 */
#define A_LIST 0x80u

static const uint8_t plans[] = {
    [SOTTO_SIMILAR] = SOTTO_NEXT,                     /* and the relations after it */
    [SOTTO_BOUGHT_TOGETHER] = SOTTO_TOGETHER,
    [SOTTO_LOOKS_LIKE] = SOTTO_LOOKS,
    [SOTTO_VIEWED_THEN_BOUGHT] = SOTTO_VIEWED_BOUGHT,
    [SOTTO_RECENTLY_VIEWED] = A_LIST | SOTTO_BECAUSE_SEEN,
    [SOTTO_POPULAR] = A_LIST | SOTTO_BECAUSE_POPULAR,
    [SOTTO_TRENDING] = A_LIST | SOTTO_BECAUSE_TRENDING,
    [SOTTO_MANUAL] = A_LIST | SOTTO_BECAUSE_MANUAL,
    [SOTTO_NEW] = A_LIST | SOTTO_BECAUSE_NEW,
    [SOTTO_BUY_AGAIN] = A_LIST | SOTTO_BECAUSE_BOUGHT_BEFORE,   /* behind what the shelf has */
};

void sotto_ranking_add(sotto_ranking *ranking, sotto_strategy strategy)
{
    const sotto_request *request = &ranking->request;
    sotto_sources *sources = &ranking->scratch->sources;
    sotto_tastes *tastes = NULL;
    uint32_t plan = (uint32_t)strategy < sizeof plans ? plans[strategy] : 0;
    if (request->profile && (strategy == SOTTO_FOR_YOU || strategy == SOTTO_BUY_AGAIN)) {
        add_shelved(ranking, strategy);
    }
    if (plan >= A_LIST) {
        add_listed(ranking, strategy, (sotto_reason_kind)(plan - A_LIST), SOTTO_NO_ITEM);
        return;
    }
    bool similar = strategy == SOTTO_SIMILAR;
    uint32_t last = similar ? SOTTO_LOOKS : plan;
    do {
        sources->count = 0;
        if (plan != 0) {
            sotto_sources_from_page(sources, request, (sotto_relation)plan,
                                    similar ? SOTTO_Q16_ONE / 2 : SOTTO_Q16_ONE);
        } else if (strategy == SOTTO_CART_CROSS_SELL) {
            sotto_sources_from_cart(sources, request);
        } else if (strategy == SOTTO_FOR_YOU && request->profile) {
            tastes = &ranking->scratch->tastes;
            sotto_tastes_read(tastes, request);
            sotto_sources_from_profile(sources, request);
        }
        add_scored(ranking, strategy, tastes);
    } while (plan++ < last);
    if (similar) {
        add_category_tops(ranking);
    }
}

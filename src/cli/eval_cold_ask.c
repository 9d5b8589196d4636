/*
 * eval_cold_ask.c - the questions, and what else could have answered them
 *
 * A held-out sequence that meets a new item asks three things:
 *
 *     from it    the shopper is on its page: what else does the sequence meet?
 *     to it      the shopper met what came before (of a basket: the others): is it found? Among all
 *                items, and, since few things are looked for as seldom as one new item among all,
 *                among the new ones alone
 *     met        one known item after the other, as without new ones: what do these cost?
 */
#include "cli/eval_cold.h"
#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

#define ITEMS_MOST     64u    /* of a sequence */
#define SEQUENCES_MOST 40000u
#define RANKED_MOST    2048u  /* to find the new ones in */
#define DEPTH          SOTTO_EVAL_DEPTH

typedef struct cold_master {
    cli_cold_shop    *shop;
    void             *scratch;
    size_t            scratch_size;
    sotto_eval_scores scores[CLI_COLD_METHODS];
    uint32_t         *new_items; /* indexes of those that were hidden */
    uint32_t          new_count;
    uint8_t          *is_new;    /* by index */
    uint32_t          met[ITEMS_MOST], hidden[ITEMS_MOST]; /* indexes, of the sequence */
    uint32_t          met_count, hidden_count;
    bool              failed;
} cold_master;

static void mark(cold_master *master, cli_cold_method method, const uint32_t *picks,
                 uint32_t found, const uint32_t *answers, uint32_t answer_count)
{
    bool right[DEPTH] = {false};
    found = found < DEPTH ? found : DEPTH;
    for (uint32_t p = 0; p < found; p++) {
        for (uint32_t i = 0; i < answer_count; i++) {
            right[p] = right[p] || picks[p] == answers[i];
        }
    }
    sotto_eval_scores_add(&master->scores[method], right, found, answer_count);
}

static uint32_t rank(cold_master *master, const sotto_bundle *bundle, const uint32_t *session,
                     uint32_t count, uint32_t most, uint32_t *picks)
{
    uint32_t latest_first[ITEMS_MOST];
    for (uint32_t i = 0; i < count; i++) {
        latest_first[i] = session[count - 1 - i];
    }
    return sotto_rank_next(bundle, latest_first, count, most, master->scratch,
                           master->scratch_size, picks);
}

/* ---- from a new item ------------------------------------------------------------------------- */

static uint32_t fill_slot(cold_master *master, uint32_t page, const uint8_t *strategies,
                          uint32_t strategy_count, uint32_t *picks)
{
    sotto_answer answer;
    sotto_slot slot = {.strategies = strategies, .strategy_count = strategy_count, .count = DEPTH,
                       .min = 1, .filters = SOTTO_SKIP_PAGE, .price_high = UINT32_MAX};
    sotto_context context = {.page_items = &page, .page_item_count = 1};
    if (sotto_decide(master->shop->bundle, NULL, &context, &slot, master->scratch,
                     master->scratch_size, &answer) != SOTTO_OK) {
        answer.count = 0;
    }
    for (uint32_t i = 0; i < answer.count; i++) {
        picks[i] = answer.picks[i].item;
    }
    return answer.count;
}

/* The best of the item's category and of those above it, then the best sellers. */
static uint32_t category_tops(const cold_master *master, uint32_t page, uint32_t *picks)
{
    const sotto_bundle *bundle = master->shop->bundle;
    uint32_t category = sotto_item_get(bundle, page).category, item, count = 0;
    for (; category != SOTTO_NONE; category = sotto_category_parent(bundle, category)) {
        for (uint32_t i = 0;
             count < DEPTH && (item = sotto_category_top(bundle, category, i)) != SOTTO_NO_ITEM;
             i++) {
            bool there = item == page;
            for (uint32_t k = 0; k < count; k++) {
                there = there || picks[k] == item;
            }
            if (!there) {
                picks[count++] = item;
            }
        }
    }
    return count;
}

static void ask_from(cold_master *master, uint32_t page)
{
    static const uint8_t similar[] = {SOTTO_SIMILAR, SOTTO_POPULAR};
    static const uint8_t popular[] = {SOTTO_POPULAR};
    uint32_t picks[SOTTO_MAX_PICKS];
    uint32_t found = fill_slot(master, page, similar, 2, picks);
    mark(master, CLI_COLD_FROM, picks, found, master->met, master->met_count);
    found = category_tops(master, page, picks);
    mark(master, CLI_COLD_FROM_TOPS, picks, found, master->met, master->met_count);
    found = fill_slot(master, page, popular, 1, picks);
    mark(master, CLI_COLD_FROM_POPULAR, picks, found, master->met, master->met_count);
}

/* ---- to new items ---------------------------------------------------------------------------- */

/* A number from an index and the first answer: chance, but the same chance every time. */
static uint32_t chance(uint32_t item, uint32_t salt)
{
    uint32_t mixed = (item ^ salt * 2654435769u) * 2246822519u;
    return (mixed ^ mixed >> 13) * 3266489917u;
}

/* New items by how many of the met ones are of their category; then by chance. */
static uint32_t rank_new(const cold_master *master, bool by_category, uint32_t *picks)
{
    sotto_weighted heap[DEPTH];
    sotto_best best = {heap, 0, DEPTH};
    const sotto_bundle *bundle = master->shop->bundle;
    for (uint32_t i = 0; i < master->new_count; i++) {
        uint32_t item = master->new_items[i];
        uint32_t category = sotto_item_get(bundle, item).category;
        float weight = (float)(chance(item, master->met[0]) >> 8) / 16777216.0f;
        for (uint32_t k = 0; by_category && k < master->met_count; k++) {
            weight += category != SOTTO_NONE
                      && category == sotto_item_get(bundle, master->met[k]).category ? 1 : 0;
        }
        sotto_best_offer(&best, (sotto_weighted){item, weight});
    }
    sotto_best_sort(&best);
    for (uint32_t i = 0; i < best.count; i++) {
        picks[i] = heap[i].item;
    }
    return best.count;
}

static void ask_to(cold_master *master, uint32_t met_count, const uint32_t *answers,
                   uint32_t answer_count)
{
    uint32_t picks[RANKED_MOST];
    uint32_t found = rank(master, master->shop->bundle, master->met, met_count, RANKED_MOST, picks);
    mark(master, CLI_COLD_TO, picks, found, answers, answer_count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < found && kept < DEPTH; i++) {
        if (master->is_new[picks[i]]) {
            picks[kept++] = picks[i];
        }
    }
    mark(master, CLI_COLD_TO_NEW, picks, kept, answers, answer_count);
    kept = rank_new(master, true, picks);
    mark(master, CLI_COLD_TO_CATEGORY, picks, kept, answers, answer_count);
    kept = rank_new(master, false, picks);
    mark(master, CLI_COLD_TO_CHANCE, picks, kept, answers, answer_count);
}

/* ---- a sequence ------------------------------------------------------------------------------ */

static void ask_met(cold_master *master)
{
    uint32_t picks[DEPTH];
    for (uint32_t i = 1; i < master->met_count; i++) {
        uint32_t found = rank(master, master->shop->bundle, master->met, i, DEPTH, picks);
        mark(master, CLI_COLD_MET, picks, found, &master->met[i], 1);
        found = rank(master, master->shop->alone, master->met, i, DEPTH, picks);
        mark(master, CLI_COLD_MET_ALONE, picks, found, &master->met[i], 1);
    }
}

/* Splits a sequence; `before[k]` is how many known items the k-th new one follows. */
static void split(cold_master *master, uint32_t sequence, uint32_t before[ITEMS_MOST])
{
    const cli_cold_shop *shop = master->shop;
    const sotto_sequences *asked = shop->asked;
    master->met_count = master->hidden_count = 0;
    for (size_t at = asked->starts[sequence];
         at < asked->starts[sequence + 1] && master->met_count < ITEMS_MOST
         && master->hidden_count < ITEMS_MOST; at++) {
        uint32_t item = asked->items[at], index = shop->indexes[item];
        if (shop->hidden[item] && index != SOTTO_NO_ITEM) {
            before[master->hidden_count] = master->met_count;
            master->hidden[master->hidden_count++] = index;
        } else if (index != SOTTO_NO_ITEM && index < sotto_item_count(shop->alone)) {
            master->met[master->met_count++] = index;
        }
    }
}

static void ask_sequence(cold_master *master, uint32_t sequence)
{
    uint32_t before[ITEMS_MOST];
    split(master, sequence, before);
    for (int method = 0; method < CLI_COLD_METHODS; method++) {
        master->failed = !sotto_eval_scores_open(&master->scores[method]) || master->failed;
    }
    if (master->failed || master->met_count == 0) {
        return;
    }
    ask_met(master);
    for (uint32_t k = 0; k < master->hidden_count; k++) {
        ask_from(master, master->hidden[k]);
    }
    if (master->shop->baskets && master->hidden_count > 0) {
        ask_to(master, master->met_count, master->hidden, master->hidden_count);
    }
    for (uint32_t k = 0; !master->shop->baskets && k < master->hidden_count; k++) {
        if (before[k] > 0) {
            ask_to(master, before[k], &master->hidden[k], 1);
        }
    }
}

static bool open_master(cold_master *master)
{
    cli_cold_shop *shop = master->shop;
    uint32_t item_count = sotto_item_count(shop->bundle);
    size_t decision = sotto_decision_scratch_size(), ranking = sotto_rank_scratch_size();
    master->scratch_size = decision > ranking ? decision : ranking;
    master->scratch = cli_pool_alloc(shop->pool, 1, master->scratch_size);
    master->is_new = cli_pool_alloc(shop->pool, (size_t)item_count + 1, 1);
    master->new_items =
        cli_pool_alloc(shop->pool, (size_t)shop->result->hidden + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < shop->logs.events.items.count; i++) {
        if (shop->hidden[i] && shop->indexes[i] != SOTTO_NO_ITEM) {
            master->new_items[master->new_count++] = shop->indexes[i];
            master->is_new[shop->indexes[i]] = 1;
        }
    }
    return master->new_count > 0;
}

bool cli_cold_ask(cli_cold_shop *shop)
{
    cold_master master = {.shop = shop};
    uint32_t last = shop->asked->count;
    uint32_t step = (last - shop->cut) / SEQUENCES_MOST + 1;
    bool good = open_master(&master);
    for (uint32_t i = shop->cut; good && i < last && !master.failed; i += step) {
        ask_sequence(&master, i);
    }
    for (int method = 0; method < CLI_COLD_METHODS; method++) {
        good = good && !master.failed
            && sotto_eval_scores_finish(&master.scores[method], &shop->result->methods[method]);
        sotto_eval_scores_free(&master.scores[method]);
    }
    return good || cli_error("not enough memory for the questions");
}

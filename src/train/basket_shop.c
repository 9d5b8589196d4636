/*
 * basket_shop.c - the next basket, learned from a shop's own logs
 *
 * Whether a shop is one where people buy again is seen from its baskets: how much of a last basket
 * was bought before. Where next to nothing was, there is nothing to say of the next basket that
 * best sellers and links do not. Where it is, every fifth shopper is held back and asked: what is
 * learned must find more of their last baskets than the best sellers of the others do.
 */
#include "train/basket_shop.h"

#include "ranking/next_basket.h"

#include <stdlib.h>
#include <string.h>

#define SHOPPERS_LEAST 100u /* fewer cannot show that it is any good */
#define REPEATS_LEAST  2.0  /* percent */
#define HELD_BACK      5u   /* every fifth shopper */
#define PLACES         10u
/* What it takes: measured on grocery logs. */
#define NETWORK_BYTES  4096.0
#define CODE_BYTES     4.5 /* an item */
#define LINK_BYTES     1.3 /* a link, its part in offsets included */

typedef struct basket_shop {
    sotto_basket_log      log; /* items by their index in the model */
    uint8_t              *used;
    sotto_basket_options  options;
    sotto_basket_summary *summary;
    sotto_train_fault    *fault;
} basket_shop;

static bool out_of_memory(const basket_shop *shop)
{
    return sotto_fault_set(shop->fault, "not enough memory for the baskets of shoppers");
}

/* ---- from baskets in order of time to baskets by shopper ------------------------------------- */

static int by_shopper(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

static bool add_baskets(basket_shop *shop, const sotto_sequences *baskets, const uint64_t *keys,
                        const uint32_t *index_of)
{
    bool good = true;
    for (uint32_t i = 0; good && i < baskets->count; i++) {
        uint32_t basket = (uint32_t)keys[i];
        if (i == 0 || keys[i] >> 32 != keys[i - 1] >> 32) {
            good = sotto_basket_log_shopper(&shop->log);
        }
        bool opened = false;
        for (size_t at = baskets->starts[basket]; good && at < baskets->starts[basket + 1]; at++) {
            uint32_t index = index_of[baskets->items[at]];
            if (index != SOTTO_NO_ITEM) {
                good = (opened || sotto_basket_log_basket(&shop->log, baskets->times_s[basket]))
                       && sotto_basket_log_item(&shop->log, index);
                opened = true;
            }
        }
    }
    return good;
}

static bool make_log(basket_shop *shop, const sotto_sequences *baskets, const uint32_t *order,
                     uint32_t item_count, uint32_t number_count)
{
    uint64_t *keys = malloc(((size_t)baskets->count + 1) * sizeof *keys);
    uint32_t *index_of = malloc(((size_t)number_count + 1) * sizeof *index_of);
    bool good = keys != NULL && index_of != NULL;
    for (uint32_t item = 0; good && item < number_count; item++) {
        index_of[item] = SOTTO_NO_ITEM;
    }
    for (uint32_t index = 0; good && index < item_count; index++) {
        index_of[order[index]] = index;
    }
    for (uint32_t i = 0; good && i < baskets->count; i++) {
        keys[i] = (uint64_t)baskets->shoppers[i] << 32 | i;
    }
    if (good) {
        qsort(keys, baskets->count, sizeof *keys, by_shopper);
        good = add_baskets(shop, baskets, keys, index_of);
    }
    shop->log.item_count = item_count;
    free(keys);
    free(index_of);
    shop->used = calloc((size_t)shop->log.shopper_count + 1, 1);
    return (good && shop->used != NULL) || out_of_memory(shop);
}

/* ---- do people buy again? -------------------------------------------------------------------- */

static bool measure_repeats(basket_shop *shop)
{
    const sotto_basket_log *log = &shop->log;
    sotto_owned_list owned;
    uint64_t bought = 0, again = 0;
    bool good = sotto_owned_init(&owned, log->item_count) || out_of_memory(shop);
    for (uint32_t shopper = 0; good && shopper < log->shopper_count; shopper++) {
        if (sotto_basket_log_count(log, shopper) < 2) {
            continue;
        }
        shop->summary->shoppers++;
        sotto_owned_fill(&owned, log, shopper, 1);
        uint32_t basket = log->shopper_starts[shopper + 1] - 1;
        for (size_t at = log->basket_starts[basket]; at < log->basket_starts[basket + 1]; at++) {
            bought++;
            again += owned.places[log->items[at]] != 0 ? 1 : 0;
        }
    }
    shop->summary->repeat_share = bought == 0 ? 0 : 100.0 * (double)again / (double)bought;
    sotto_owned_free(&owned);
    return good;
}

/* ---- is it any good? ------------------------------------------------------------------------- */

static double recall_of(const basket_shop *shop, uint32_t shopper, const uint32_t *picks,
                        uint32_t count)
{
    const sotto_basket_log *log = &shop->log;
    uint32_t basket = log->shopper_starts[shopper + 1] - 1, hits = 0;
    size_t from = log->basket_starts[basket], to = log->basket_starts[basket + 1];
    for (size_t at = from; at < to; at++) {
        for (uint32_t i = 0; i < count; i++) {
            hits += picks[i] == log->items[at] ? 1 : 0;
        }
    }
    return (double)hits / (double)(to - from);
}

/* Asks the shoppers that are not `used`. */
static bool ask_held_back(basket_shop *shop, const sotto_basket_model *model)
{
    const sotto_basket_log *log = &shop->log;
    sotto_basket_scratch *scratch = malloc(sizeof *scratch);
    sotto_past_buffer buffer = {0};
    uint32_t picks[PLACES], popular[PLACES], asked = 0;
    uint32_t popular_count = model->popular_count < PLACES ? model->popular_count : PLACES;
    double found = 0, sold = 0;
    for (uint32_t i = 0; i < popular_count; i++) {
        popular[i] = sotto_basket_popular(model, i);
    }
    bool good = scratch != NULL;
    for (uint32_t shopper = 0; good && shopper < log->shopper_count; shopper++) {
        if (shop->used[shopper] != 0 || sotto_basket_log_count(log, shopper) < 2) {
            continue;
        }
        good = sotto_past_fill(&buffer, log, shopper, 1, NULL);
        if (good) {
            uint32_t count = sotto_basket_rank(scratch, model, &buffer.past, PLACES, picks);
            found += recall_of(shop, shopper, picks, count);
            sold += recall_of(shop, shopper, popular, popular_count);
            asked++;
        }
    }
    shop->summary->recall10 = asked == 0 ? 0 : 100 * found / asked;
    shop->summary->popular_recall10 = asked == 0 ? 0 : 100 * sold / asked;
    sotto_past_free(&buffer);
    free(scratch);
    return good || out_of_memory(shop);
}

/* Learns from the `used` and adds what was learned to a list. */
static bool learn(basket_shop *shop, sotto_section_list *list)
{
    sotto_basket_learned learned;
    if (!sotto_basket_learn(&shop->log, shop->used, &shop->options, &learned, shop->fault)) {
        return false;
    }
    shop->summary->timed = learned.counts.timed;
    bool good = sotto_basket_pack(&learned.counts, NULL, &learned.network, list, shop->fault);
    sotto_basket_learned_free(&learned);
    return good;
}

static bool rehearse(basket_shop *shop)
{
    sotto_section_list list = {0};
    sotto_basket_model *model = malloc(sizeof *model);
    uint32_t number = 0;
    for (uint32_t shopper = 0; shopper < shop->log.shopper_count; shopper++) {
        bool asked = sotto_basket_log_count(&shop->log, shopper) >= 2;
        number += asked ? 1 : 0;
        shop->used[shopper] = !asked || number % HELD_BACK != 0;
    }
    bool good = (model != NULL || out_of_memory(shop)) && learn(shop, &list)
                && sotto_basket_unpack(&list, shop->log.item_count, model, shop->fault)
                && ask_held_back(shop, model);
    sotto_section_list_free(&list);
    free(model);
    return good;
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* How many links an item can have for a third of the budget; 0 if not even the rest fits. */
static uint32_t affordable_links(uint64_t budget, uint32_t item_count, uint32_t most)
{
    double bytes = (double)budget / 3 - NETWORK_BYTES;
    double links = (bytes / (item_count == 0 ? 1 : item_count) - CODE_BYTES) / LINK_BYTES;
    return budget == 0 || links >= most ? most : links < 1 ? 0 : (uint32_t)links;
}

bool sotto_basket_shop(const sotto_sequences *baskets, const uint32_t *order, uint32_t item_count,
                       uint32_t number_count, uint32_t min_shoppers, uint64_t budget,
                       sotto_section_list *list, sotto_basket_summary *summary,
                       sotto_train_fault *fault)
{
    sotto_basket_summary unwanted;
    basket_shop shop = {.options = sotto_basket_defaults(), .fault = fault};
    shop.summary = summary != NULL ? summary : &unwanted;
    shop.options.min_shoppers = min_shoppers;
    shop.options.max_links = affordable_links(budget, item_count, shop.options.max_links);
    memset(shop.summary, 0, sizeof *shop.summary);
    if (baskets == NULL || baskets->count == 0 || shop.options.max_links == 0) {
        return true;
    }
    bool good = make_log(&shop, baskets, order, item_count, number_count)
                && measure_repeats(&shop);
    if (good && shop.summary->shoppers >= SHOPPERS_LEAST
        && shop.summary->repeat_share >= REPEATS_LEAST) {
        good = rehearse(&shop);
        shop.summary->published = shop.summary->recall10 > shop.summary->popular_recall10;
        memset(shop.used, 1, shop.log.shopper_count);
        good = good && (!shop.summary->published || learn(&shop, list));
    }
    free(shop.used);
    sotto_basket_log_free(&shop.log);
    return good;
}

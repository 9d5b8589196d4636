/*
 * test_support.c - one shopper's doings in a model that everybody can download
 *
 * With min_shoppers = 3 no pair is published that fewer than three shoppers met. Links are also
 * lent from neighbours' neighbours: from a to c, because a leads to b and b to c. Then each of the
 * two steps must rest on three shoppers. And what two of them did together must leave no trace at
 * all: not a link, not a weight.
 */
#include "../unit/named_items.h"

#include "train/build.h"
#include "train/random.h"

#include <stdlib.h>
#include <string.h>

enum { ITEMS = 120, SHOPPERS = 700, LEAST = 3, SECRET = 8 };

static sotto_intern items;
static sotto_train_fault fault;
static uint32_t support[ITEMS][ITEMS]; /* shoppers that met both */

/* Walks among neighbours: many pairs are met by one or two shoppers only. */
static void add_walks(sotto_sequences *sessions, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last; i++) {
        sotto_random random = sotto_random_start(1000 + i);
        uint32_t at = sotto_random_below(&random, ITEMS - SECRET);
        REQUIRE(sotto_sequences_open(sessions, i, 0));
        for (uint32_t k = 0; k < 2 + i % 3; k++) {
            REQUIRE(sotto_sequences_push(sessions, at));
            at = (at + 1 + sotto_random_below(&random, 9)) % (ITEMS - SECRET);
        }
    }
}

/* Two sessions of the last items, which pair them one way or another: a-b and c-d, or a-d and c-b. */
static void add_secret(sotto_sequences *sessions, uint32_t shopper, bool otherwise)
{
    int a = ITEMS - 8, b = ITEMS - 7, c = ITEMS - 6, d = ITEMS - 5;
    SEQUENCE(sessions, shopper, a, otherwise ? d : b);
    SEQUENCE(sessions, shopper + 1, c, otherwise ? b : d);
}

static void count_support(const sotto_sequences *sessions)
{
    memset(support, 0, sizeof support);
    for (uint32_t i = 0; i < sessions->count; i++) { /* each session is a shopper's only one */
        bool met[ITEMS][ITEMS] = {{false}};
        const uint32_t *at = sessions->items + sessions->starts[i];
        size_t count = sessions->starts[i + 1] - sessions->starts[i];
        for (size_t a = 0; a < count; a++) {
            for (size_t b = 0; b < count; b++) {
                if (at[a] != at[b] && !met[at[a]][at[b]]) {
                    met[at[a]][at[b]] = true;
                    support[at[a]][at[b]]++;
                }
            }
        }
    }
}

static bool is_lent(uint32_t from, uint32_t to)
{
    for (uint32_t by = 0; by < ITEMS; by++) {
        if (support[from][by] >= LEAST && support[by][to] >= LEAST) {
            return true;
        }
    }
    return false;
}

static sotto_bytes build(const sotto_sequences *sessions, uint32_t **order)
{
    sotto_train_options options = sotto_train_defaults();
    sotto_train_summary summary = {0};
    sotto_bytes model = {NULL, 0};
    name_items(&items, ITEMS);
    sotto_material material = {.items = &items, .sessions = sessions};
    options.min_shoppers = LEAST;
    options.tune = false;
    REQUIRE(sotto_build(&material, &options, &model, order, &summary, &fault));
    return model;
}

TEST(every_step_of_every_link_rests_on_enough_shoppers)
{
    sotto_sequences sessions = {0};
    uint32_t *order = NULL, direct = 0, lent = 0, unsupported = 0;
    add_walks(&sessions, 0, SHOPPERS);
    add_secret(&sessions, SHOPPERS, false);
    count_support(&sessions);
    sotto_bytes model = build(&sessions, &order);
    sotto_bundle *bundle = malloc(sotto_bundle_size());
    sotto_bundle_init(bundle);
    REQUIRE(sotto_bundle_open(bundle, SOTTO_MODEL, model.bytes, model.size, NULL) == SOTTO_OK);
    for (uint32_t index = 0; index < ITEMS; index++) {
        sotto_link links[SOTTO_MAX_LINKS];
        uint32_t count = sotto_item_links(bundle, SOTTO_NEXT, index, links), from = order[index];
        for (uint32_t k = 0; k < count; k++) {
            uint32_t to = order[links[k].item];
            ROW("from %u to %u, met by %u", from, to, support[from][to]);
            CHECK(support[from][to] >= LEAST || is_lent(from, to));
            direct += support[from][to] >= LEAST ? 1 : 0;
            lent += support[from][to] < LEAST ? 1 : 0;
        }
    }
    for (uint32_t from = 0; from < ITEMS; from++) {
        for (uint32_t to = 0; to < ITEMS; to++) {
            unsupported += support[from][to] > 0 && support[from][to] < LEAST ? 1 : 0;
        }
    }
    CHECK(direct > 100 && lent > 100 && unsupported > 100); /* or nothing was tested */
    free(bundle);
    free(order);
    free(model.bytes);
    sotto_sequences_free(&sessions);
}

TEST(what_too_few_shoppers_paired_leaves_no_trace_in_the_model)
{
    sotto_bytes models[2];
    for (int otherwise = 0; otherwise < 2; otherwise++) {
        sotto_sequences sessions = {0};
        add_walks(&sessions, 0, SHOPPERS / 2);
        for (uint32_t i = 0; i < LEAST - 1; i++) {
            add_secret(&sessions, SHOPPERS + 2 * i, otherwise == 1);
        }
        add_walks(&sessions, SHOPPERS / 2, SHOPPERS);
        models[otherwise] = build(&sessions, NULL);
        sotto_sequences_free(&sessions);
    }
    CHECK_EQ(models[0].size, models[1].size);
    CHECK_MEM(models[0].bytes, models[1].bytes, models[0].size);
    free(models[0].bytes);
    free(models[1].bytes);
}

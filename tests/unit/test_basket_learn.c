#include "test.h"

#include "ranking/next_basket.h"
#include "sample_baskets.h"
#include "train/basket_learn.h"

enum { SHOPPERS = 600, ASKED = 200 };

typedef struct learned_shop {
    sotto_basket_log      log;
    uint8_t               used[SHOPPERS];
    sotto_basket_learned  learned;
    sotto_section_list    list;
    sotto_basket_model    model;
    sotto_basket_scratch *scratch;
    sotto_past_buffer     buffer;
} learned_shop;

/* The last ASKED shoppers are held back. */
static void open(learned_shop *shop, bool timed)
{
    sotto_train_fault fault = {{0}, {0}};
    sotto_basket_options options = sotto_basket_defaults();
    memset(shop, 0, sizeof *shop);
    grocer_make(&shop->log, SHOPPERS, timed);
    memset(shop->used, 1, SHOPPERS - ASKED);
    REQUIRE(sotto_basket_learn(&shop->log, shop->used, &options, &shop->learned, &fault));
    REQUIRE(sotto_basket_pack(&shop->learned.counts, NULL, &shop->learned.network, &shop->list,
                              &fault));
    REQUIRE(sotto_basket_unpack(&shop->list, GROCER_ITEMS, &shop->model, &fault));
    shop->scratch = malloc(sizeof *shop->scratch);
    REQUIRE(shop->scratch != NULL);
}

static void close(learned_shop *shop)
{
    sotto_basket_learned_free(&shop->learned);
    sotto_section_list_free(&shop->list);
    sotto_past_free(&shop->buffer);
    sotto_basket_log_free(&shop->log);
    free(shop->scratch);
}

/* The place of an item among the first ten for a shopper's last basket, from 1; 0 if it is not. */
static uint32_t place_of(learned_shop *shop, uint32_t shopper, uint32_t item)
{
    uint32_t picks[10];
    REQUIRE(sotto_past_fill(&shop->buffer, &shop->log, shopper, 1, NULL));
    uint32_t found = sotto_basket_rank(shop->scratch, &shop->model, &shop->buffer.past, 10, picks);
    for (uint32_t i = 0; i < found; i++) {
        if (picks[i] == item) {
            return i + 1;
        }
    }
    return 0;
}

TEST(coffee_is_found_when_it_is_due_and_only_then)
{
    learned_shop shop;
    open(&shop, true);
    uint32_t due = 0, due_first = 0, not_due = 0, not_due_first = 0;
    for (uint32_t shopper = SHOPPERS - ASKED; shopper < SHOPPERS; shopper++) {
        uint32_t place = place_of(&shop, shopper, GROCER_COFFEE);
        bool first = place >= 1 && place <= 3; /* behind milk and, after pasta, sauce */
        if (grocer_coffee_is_due(shopper)) {
            due++;
            due_first += first;
        } else if (grocer_drinks_coffee(shopper)) {
            not_due++;
            not_due_first += first;
        }
    }
    REQUIRE(due >= 20 && not_due >= 50);
    CHECK(due_first >= due * 9 / 10);
    CHECK(not_due_first <= not_due / 10);
    close(&shop);
}

TEST(milk_is_for_everybody)
{
    learned_shop shop;
    open(&shop, true);
    for (uint32_t shopper = SHOPPERS - ASKED; shopper < SHOPPERS; shopper++) {
        uint32_t place = place_of(&shop, shopper, GROCER_MILK);
        CHECK(place >= 1 && place <= 3);
    }
    close(&shop);
}

/* Without times baskets are counted instead; what is bought every week is found all the same. */
TEST(without_times_there_is_an_order_too)
{
    learned_shop shop;
    open(&shop, false);
    CHECK(shop.model.rhythm == NULL);
    uint32_t first = 0;
    for (uint32_t shopper = SHOPPERS - ASKED; shopper < SHOPPERS; shopper++) {
        uint32_t place = place_of(&shop, shopper, GROCER_MILK);
        first += place >= 1 && place <= 2;
    }
    CHECK(first >= ASKED * 9 / 10);
    close(&shop);
}

TEST(the_same_baskets_give_the_same_bytes)
{
    learned_shop a, b;
    open(&a, true);
    open(&b, true);
    REQUIRE(a.list.count == b.list.count);
    for (uint32_t i = 0; i < a.list.count; i++) {
        REQUIRE(a.list.sections[i].size == b.list.sections[i].size);
        CHECK(memcmp(a.list.sections[i].bytes, b.list.sections[i].bytes, a.list.sections[i].size)
              == 0);
    }
    close(&a);
    close(&b);
}

TEST(somebody_without_a_past_gets_what_is_popular)
{
    learned_shop shop;
    open(&shop, true);
    uint32_t starts[1] = {0}, picks[10];
    sotto_past_baskets past = {NULL, starts, NULL, 0, 0};
    uint32_t found = sotto_basket_rank(shop.scratch, &shop.model, &past, 10, picks);
    CHECK_EQ(found, 10);
    CHECK_EQ(picks[0], GROCER_MILK);
    close(&shop);
}

TEST(too_few_shoppers_are_refused_in_words)
{
    sotto_basket_log log;
    sotto_basket_learned learned;
    sotto_train_fault fault = {{0}, {0}};
    sotto_basket_options options = sotto_basket_defaults();
    uint8_t used[10];
    memset(used, 1, sizeof used);
    grocer_make(&log, 10, true);
    CHECK(!sotto_basket_learn(&log, used, &options, &learned, &fault));
    CHECK(strstr(fault.message, "or more: 10, too few") != NULL);
    sotto_basket_log_free(&log);
}

TEST(a_past_leaves_out_what_has_no_index)
{
    sotto_basket_log log;
    sotto_past_buffer buffer = {0};
    uint32_t index_of[GROCER_ITEMS];
    grocer_make(&log, 3, true);
    for (uint32_t item = 0; item < GROCER_ITEMS; item++) {
        index_of[item] = item == GROCER_MILK ? SOTTO_NO_ITEM : GROCER_ITEMS - item;
    }
    REQUIRE(sotto_past_fill(&buffer, &log, 2, 1, index_of));
    CHECK_EQ(buffer.past.count, GROCER_WEEKS + 2 - 1);
    CHECK(buffer.past.times_s != NULL && buffer.past.times_s[0] > buffer.past.times_s[1]);
    CHECK(buffer.past.now_s > buffer.past.times_s[0]);
    for (uint32_t i = 0; i < buffer.past.starts[buffer.past.count]; i++) {
        CHECK(buffer.past.items[i] >= 1 && buffer.past.items[i] < GROCER_ITEMS);
    }
    sotto_past_free(&buffer);
    sotto_basket_log_free(&log);
}

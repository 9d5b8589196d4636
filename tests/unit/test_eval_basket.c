#include "test.h"

#include "sample_baskets.h"
#include "train/eval_basket.h"

enum { SHOPPERS = 400 };

typedef struct exam_paper {
    sotto_basket_log  log;
    sotto_intern      items;
    uint8_t           roles[SHOPPERS];
    sotto_basket_exam exam;
} exam_paper;

static void make(exam_paper *paper)
{
    memset(paper, 0, sizeof *paper);
    grocer_make(&paper->log, SHOPPERS, true);
    for (uint32_t item = 0; item < GROCER_ITEMS; item++) {
        char id[16];
        uint32_t number;
        sotto_text text = {id, (size_t)snprintf(id, sizeof id, "sku-%u", item)};
        REQUIRE(sotto_intern_add(&paper->items, text, &number) && number == item);
    }
    for (uint32_t shopper = 0; shopper < SHOPPERS; shopper++) {
        paper->roles[shopper] = shopper % 4 == 3 ? SOTTO_BASKET_ASK : SOTTO_BASKET_TRAIN;
    }
    paper->exam = (sotto_basket_exam){&paper->log, &paper->items, paper->roles, true,
                                        NULL};
}

static void drop(exam_paper *paper)
{
    sotto_basket_log_free(&paper->log);
    sotto_intern_free(&paper->items);
}

TEST(a_grocer_is_better_than_chance)
{
    exam_paper paper;
    sotto_eval_basket_result result;
    sotto_train_fault fault = {{0}, {0}};
    sotto_basket_options options = sotto_basket_defaults();
    make(&paper);
    REQUIRE(sotto_eval_basket(&paper.exam, &options, &result, &fault));
    CHECK_EQ(result.metrics.baskets, SHOPPERS / 4);
    CHECK_EQ(result.answered, SHOPPERS / 4);
    CHECK_EQ(result.trained, SHOPPERS * 3 / 4);
    CHECK_EQ(result.items, GROCER_ITEMS);
    CHECK(result.cost.model_bytes > 1000 && result.cost.ids_bytes > 6 * GROCER_ITEMS);
    /* Ten of forty by chance find a quarter. */
    CHECK(sotto_basket_mean(&result.metrics, result.metrics.recall[0]) > 0.5);
    CHECK(sotto_basket_mean(&result.metrics, result.metrics.recall[1])
          >= sotto_basket_mean(&result.metrics, result.metrics.recall[0]));
    drop(&paper);
}

/* What those who are asked bought last changes the marks, but nothing that is published. */
TEST(who_is_asked_is_not_learned_from)
{
    exam_paper paper;
    sotto_eval_basket_result honest, leaked;
    sotto_train_fault fault = {{0}, {0}};
    sotto_basket_options options = sotto_basket_defaults();
    make(&paper);
    REQUIRE(sotto_eval_basket(&paper.exam, &options, &honest, &fault));
    for (uint32_t shopper = 3; shopper < SHOPPERS; shopper += 4) {
        uint32_t basket = paper.log.shopper_starts[shopper + 1] - 1;
        for (size_t at = paper.log.basket_starts[basket];
             at < paper.log.basket_starts[basket + 1]; at++) {
            size_t place = at - paper.log.basket_starts[basket];
            paper.log.items[at] = GROCER_ITEMS - 1 - (uint32_t)place;
        }
    }
    REQUIRE(sotto_eval_basket(&paper.exam, &options, &leaked, &fault));
    CHECK_EQ(honest.cost.model_bytes, leaked.cost.model_bytes);
    CHECK_EQ(honest.links, leaked.links);
    CHECK(leaked.metrics.recall[0] < honest.metrics.recall[0] / 2);
    drop(&paper);
}

TEST(nobody_to_ask_is_said)
{
    exam_paper paper;
    sotto_eval_basket_result result;
    sotto_train_fault fault = {{0}, {0}};
    sotto_basket_options options = sotto_basket_defaults();
    make(&paper);
    memset(paper.roles, SOTTO_BASKET_TRAIN, sizeof paper.roles);
    CHECK(!sotto_eval_basket(&paper.exam, &options, &result, &fault));
    CHECK(strstr(fault.message, "nobody to ask") != NULL);
    drop(&paper);
}

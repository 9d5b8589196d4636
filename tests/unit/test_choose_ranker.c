#include "named_items.h"

#include "train/choose_ranker.h"

enum { SHELVES = 20, PLACES = 40, ITEMS = SHELVES * PLACES };

static const sotto_packing packing = {10, 4, 1.3};

/* What is chosen for a shop of so many sessions and bytes an item. */
static sotto_ranker_choice choose(uint32_t session_count, double bytes_per_item)
{
    static sotto_intern items;
    sotto_sequences sessions = {0};
    sotto_span_model older;
    sotto_vector_model vectors;
    sotto_train_fault fault = {{0}, {0}};
    sotto_ranker_choice choice;
    sotto_recipe recipe = sotto_recipe_defaults();
    sotto_vector_options options = sotto_vector_defaults();
    options.epochs = 2;
    options.negatives = 256;
    add_browsing(&sessions, SHELVES, PLACES, session_count, 3);
    name_items(&items, ITEMS);
    sotto_material material = {.items = &items, .sessions = &sessions};
    uint32_t tail = sotto_material_tail(&material);
    REQUIRE(sotto_span_learn(&material, SOTTO_SPAN_OLDER, 1, &recipe, &packing, NULL, NULL, &older,
                             &fault));
    REQUIRE(sotto_fit_vectors(&sessions, 0, tail, ITEMS, 1, &options, NULL, NULL, &vectors));
    sotto_ranker_task task = {
        .material = &material,
        .older = &older,
        .vectors = &vectors,
        .recipe = &recipe,
        .packing = &packing,
        .effort = SOTTO_EFFORT_NORMAL,
        .seed = 1,
        .weigh_parts = true,
        .bytes_per_item = bytes_per_item,
    };
    REQUIRE(sotto_choose_ranker(&task, &choice, &fault));
    sotto_span_free(&older);
    sotto_vector_model_free(&vectors);
    sotto_sequences_free(&sessions);
    return choice;
}

TEST(what_is_chosen_is_within_the_budget_and_every_part_is_weighed)
{
    sotto_ranker_choice choice = choose(6000, 60);
    CHECK(choice.better == (choice.note == NULL));
    CHECK(choice.part_count == 9);
    CHECK_STR(choice.parts[0].name, "links alone");
    CHECK_STR(choice.parts[2].name, "both, re-ranked");
    CHECK(choice.question_count > 300);
    CHECK(choice.bytes_per_item > 30 && choice.bytes_per_item <= 60);
    CHECK(choice.vector_share >= 0.6 && choice.vector_share <= 0.9);
    CHECK(!choice.better || choice.reranker.feature_count > 10);
}

TEST(a_budget_without_room_for_vectors_gets_none_and_says_so)
{
    sotto_ranker_choice choice = choose(6000, 3);
    CHECK(!choice.better);
    CHECK_STR(choice.note, "no room for vectors in the budget");
}

TEST(too_few_sessions_decide_nothing)
{
    sotto_ranker_choice choice = choose(800, 60);
    CHECK(!choice.better);
    CHECK_STR(choice.note, "too few sessions");
}

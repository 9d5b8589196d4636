#include "named_items.h"

#include "model/ranker.h"
#include "train/build.h"

enum { SHELVES = 20, PLACES = 80, ITEMS = SHELVES * PLACES };

static sotto_intern items;
static sotto_train_fault fault;

static sotto_train_options options_for_a_test(void)
{
    sotto_train_options options = sotto_train_defaults();
    options.min_shoppers = 1;
    options.effort = SOTTO_EFFORT_LOW;
    return options;
}

static bool build(const sotto_sequences *sessions, const sotto_train_options *options,
                  sotto_bytes *model, sotto_train_summary *summary)
{
    name_items(&items, ITEMS);
    sotto_material material = {.items = &items, .sessions = sessions};
    *summary = (sotto_train_summary){0};
    return sotto_build(&material, options, model, NULL, summary, &fault);
}

TEST(a_shop_with_enough_sessions_gets_a_ranker_that_opens_and_ranks)
{
    sotto_sequences sessions = {0};
    sotto_train_options options = options_for_a_test();
    sotto_train_summary summary;
    sotto_bytes model, again;
    sotto_fault where = {0};
    add_browsing(&sessions, SHELVES, PLACES, 7500, 3);
    options.item_budget = 45; /* with every link this shop would need no ranker */
    REQUIRE(build(&sessions, &options, &model, &summary));
    CHECK(summary.has_ranker && summary.ranker_note == NULL);
    CHECK(summary.part_count >= 3);
    CHECK(summary.parts[2].hr20 + summary.parts[2].mrr20
          > summary.parts[0].hr20 + summary.parts[0].mrr20);
    CHECK_EQ(summary.link_size + summary.vector_size + summary.other_size + summary.ids_size,
             model.size);
    sotto_bundle *bundle = malloc(sotto_bundle_size());
    sotto_ranker *ranker = malloc(sotto_ranker_size());
    sotto_bundle_init(bundle);
    CHECK_EQ(sotto_bundle_open(bundle, SOTTO_MODEL, model.bytes, model.size, &where), SOTTO_OK);
    CHECK_EQ(sotto_ranker_open(ranker, bundle, model.bytes, model.size, &where), SOTTO_OK);
    CHECK(ranker->reranker.feature_count > 10);
    free(ranker);
    free(bundle);

    REQUIRE(build(&sessions, &options, &again, &summary));
    CHECK_EQ(again.size, model.size); /* the same sessions and seed, the same bytes */
    CHECK_MEM(again.bytes, model.bytes, model.size);
    free(again.bytes);
    free(model.bytes);
    sotto_sequences_free(&sessions);
}

TEST(too_few_sessions_get_links_alone_and_the_report_says_so)
{
    sotto_sequences sessions = {0};
    sotto_train_options options = options_for_a_test();
    sotto_train_summary summary;
    sotto_bytes model;
    add_browsing(&sessions, SHELVES, PLACES, 500, 3);
    REQUIRE(build(&sessions, &options, &model, &summary));
    CHECK(!summary.has_ranker);
    CHECK_STR(summary.ranker_note, "too few sessions");
    CHECK(summary.next_link_count > 0);
    free(model.bytes);
    sotto_sequences_free(&sessions);
}

TEST(one_session_or_none_still_make_a_model)
{
    sotto_train_options options = options_for_a_test();
    sotto_train_summary summary;
    sotto_bytes model;
    sotto_sequences one = {0}, none = {0};
    SEQUENCE(&one, 1, 4, 5);
    REQUIRE(build(&one, &options, &model, &summary));
    CHECK_EQ(summary.next_link_count, 2);
    free(model.bytes);
    REQUIRE(sotto_sequences_open(&none, 1, 0)); /* a session of nothing */
    REQUIRE(build(&none, &options, &model, &summary));
    CHECK_EQ(summary.next_link_count, 0);
    free(model.bytes);
    sotto_sequences_free(&one);
    sotto_sequences_free(&none);
}

TEST(a_budget_for_each_item_is_kept)
{
    sotto_sequences sessions = {0};
    sotto_train_options options = options_for_a_test();
    sotto_train_summary summary;
    sotto_bytes model;
    add_browsing(&sessions, SHELVES, PLACES, 7500, 3);
    options.item_budget = 30;
    REQUIRE(build(&sessions, &options, &model, &summary));
    CHECK(summary.model_size - summary.ids_size <= ITEMS * 30);
    CHECK(summary.model_size - summary.ids_size > ITEMS * 28);
    free(model.bytes);
    sotto_sequences_free(&sessions);
}

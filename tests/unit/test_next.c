/*
 * test_next.c - the ranking alone
 */
#include "test.h"

#include "ranking/rerank.h"
#include "ranking/select.h"
#include "sample_ranker.h"
#include "shopper.h"

static uint32_t items[64];

static uint32_t rank(const uint32_t *session, uint32_t session_count, uint32_t count)
{
    return sotto_rank_next(&shopper.shop.bundle, session, session_count, count, &shopper.scratch,
                           sizeof shopper.scratch, items);
}

/* Without a catalogue, so that tastes have no say: the same items in the same order. */
TEST(it_is_what_for_you_then_popular_do_for_views)
{
    shopper_enter();
    sotto_bundle_open(&shopper.shop.bundle, SOTTO_MODEL, shopper.shop.model.bytes,
                      shopper.shop.model.size, NULL);
    uint32_t state = 7;
    for (uint32_t turn = 0; turn < 200; turn++) {
        uint32_t length = turn % 7;
        uint32_t session[7];
        sotto_profile_init(&shopper.profile, 1, SAMPLE_NOW);
        for (uint32_t i = 0; i < length; i++) {
            state = state * 1664525u + 1013904223u;
            session[length - 1 - i] = (state >> 16) % SAMPLE_ITEMS;
            shopper_did(SOTTO_VIEW, session[length - 1 - i]);
        }
        ROW("turn %u", turn);
        uint32_t count = rank(session, length, 32);
        shopper_asks(SOTTO_FOR_YOU, SOTTO_POPULAR);
        CHECK_EQ(count, shopper.answer.count);
        for (uint32_t i = 0; i < count; i++) {
            CHECK_EQ(items[i], shopper.answer.picks[i].item);
        }
    }
    shopper_leave();
}

TEST(no_session_is_answered_with_what_is_popular)
{
    shopper_enter();
    CHECK_EQ(rank(NULL, 0, 3), 3);
    CHECK_EQ(items[0], 0);
    CHECK_EQ(items[2], 2);
    CHECK_EQ(rank(NULL, 0, 64), 20);
    CHECK_EQ(rank(NULL, 0, 0), 0);
    shopper_leave();
}

TEST(no_item_stands_twice)
{
    static const uint32_t session[] = {1, 2, 1, 5};
    shopper_enter();
    uint32_t count = rank(session, 4, 64);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            CHECK(items[i] != items[j]);
        }
    }
    CHECK(count > 20);
    shopper_leave();
}

TEST(too_little_scratch_ranks_nothing)
{
    static const uint32_t session[] = {1};
    shopper_enter();
    CHECK_EQ(sotto_rank_next(&shopper.shop.bundle, session, 1, 5, &shopper.scratch,
                             sotto_decision_scratch_size() - 1, items), 0);
    shopper_leave();
}

/* ---- With a ranker --------------------------------------------------------------------------- */

static sample_ranking ranked;
static sotto_rank_scratch scratch;

static uint32_t rank_better(const uint32_t *session, uint32_t session_count, uint32_t count,
                            uint32_t *found)
{
    return sotto_rank_next(&ranked.bundle, session, session_count, count, &scratch, sizeof scratch,
                           found);
}

TEST(the_shortlist_leads_then_links_then_what_is_popular)
{
    static const uint32_t session[] = {20, 300, 20};
    static uint32_t found[700];
    static bool seen[700];
    sample_ranking_wish wish = sample_ranking_usual;
    wish.vector_count = 12;
    wish.table_count = 1;
    wish.session_count = 0;
    sample_ranking_open(&ranked, &wish);
    uint32_t count = rank_better(session, 3, 700, found);
    uint32_t listed = scratch.shortlist.count;
    CHECK(listed == 12 || listed == 13);
    sotto_shortlist_fill(&scratch, &ranked.bundle, session, 3);
    sotto_rerank(&scratch, &ranked.ranker);
    for (uint32_t i = 0; i < count; i++) {
        ROW("place %u", i);
        CHECK(!seen[found[i]]);
        seen[found[i]] = true;
        if (i < listed) {
            CHECK_EQ(found[i],
                     scratch.shortlist.list[sotto_key_number(scratch.keys[i])].item);
        }
    }
    for (uint32_t linked = 21; linked <= 23; linked++) {
        CHECK(seen[linked]);
    }
    for (uint32_t popular = 0; popular < 64; popular++) {
        CHECK(seen[popular]);
    }
    CHECK(count < 64 + 13 + 7);
    sample_ranking_close(&ranked);
}

TEST(a_session_the_ranker_knows_nothing_of_is_ranked_by_links)
{
    static const uint32_t session[] = {SOTTO_NO_ITEM};
    uint32_t with[20], without[20];
    sample_ranking_open(&ranked, &sample_ranking_usual);
    CHECK_EQ(rank_better(session, 0, 20, with), 20);
    ranked.bundle.ranker = NULL;
    CHECK_EQ(rank_better(session, 0, 20, without), 20);
    CHECK_MEM(with, without, sizeof with);
    sample_ranking_close(&ranked);
}

TEST(a_ranker_needs_more_scratch)
{
    static const uint32_t session[] = {1};
    uint32_t found[5];
    sample_ranking_open(&ranked, &sample_ranking_usual);
    CHECK_EQ(sotto_rank_next(&ranked.bundle, session, 1, 5, &scratch,
                             sotto_rank_scratch_size() - 1, found), 0);
    CHECK_EQ(sotto_rank_next(&ranked.bundle, session, 1, 5, &scratch, sotto_rank_scratch_size(),
                             found), 5);
    ranked.bundle.ranker = NULL;
    CHECK_EQ(sotto_rank_next(&ranked.bundle, session, 1, 5, &scratch,
                             sotto_decision_scratch_size(), found), 5);
    sample_ranking_close(&ranked);
}

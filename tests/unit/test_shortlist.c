/*
 * test_shortlist.c - who gets a closer look, and in which order
 */
#include "test.h"

#include "ranking/shortlist.h"
#include "sample_ranker.h"

static sotto_rank_scratch scratch;

static void fill(sample_ranking *shop, const uint32_t *session, uint32_t count)
{
    sotto_shortlist_fill(&scratch, &shop->bundle, session, count);
}

static uint32_t place_of(uint32_t item)
{
    for (uint32_t i = 0; i < scratch.shortlist.count; i++) {
        if (scratch.shortlist.list[i].item == item) {
            return i;
        }
    }
    return UINT32_MAX;
}

TEST(the_nearest_then_the_linked_then_the_session)
{
    static const uint32_t session[] = {40, 41, 300, 40, 500};
    sample_ranking_wish wish = sample_ranking_usual;
    wish.vector_count = 10;
    wish.table_count = 5;
    wish.session_count = 3;
    sample_ranking shop;
    sample_ranking_open(&shop, &wish);
    fill(&shop, session, 5);
    const sotto_shortlist *shortlist = &scratch.shortlist;
    CHECK_EQ(shortlist->vector_count, 10);
    CHECK_EQ(shortlist->table_count, 5);
    for (uint32_t i = 0; i < shortlist->count; i++) {
        const sotto_shortlist_entry *entry = &shortlist->list[i];
        ROW("number %u", i);
        CHECK_EQ(place_of(entry->item), i);
        CHECK(i == 0 || i >= 10 || entry->cosines[0] <= shortlist->list[i - 1].cosines[0]);
        CHECK(i < 10 || entry->link_rank < 5 || entry->item == 40 || entry->item == 41
              || entry->item == 300);
    }
    /* Item 40 links to 41, 42, 43 by 600, 300, 100 of 1,000, at ages 0 (1.0) and 3 (0.125). */
    uint32_t third = place_of(43);
    CHECK(third != UINT32_MAX);
    CHECK_EQ(shortlist->list[third].link_weights[0], 6553);
    CHECK(place_of(300) != UINT32_MAX);
    CHECK_EQ(place_of(500) != UINT32_MAX && place_of(500) >= 10, false);
    sample_ranking_close(&shop);
}

/* The sums of FORMAT.md 3.5 without repeats, for the item that two of the session link to. */
TEST(links_add_up_without_repeats)
{
    static const uint32_t session[] = {40, 41};
    sample_ranking shop;
    sample_ranking_open(&shop, &sample_ranking_usual);
    fill(&shop, session, 2);
    uint32_t place = place_of(42);
    REQUIRE(place != UINT32_MAX);
    CHECK_EQ(scratch.shortlist.list[place].links, 19660 + 19660);
    CHECK_EQ(scratch.shortlist.list[place].link_weights[0], 19660);
    CHECK_EQ(scratch.shortlist.list[place].link_rank, 0 + (scratch.shortlist.best_links != 39320));
    CHECK_EQ(scratch.shortlist.list[place_of(41)].links, 39321);
    CHECK_EQ(scratch.shortlist.best_links, 39321);
    CHECK_EQ(scratch.shortlist.list[place_of(40)].links, 0);
    sample_ranking_close(&shop);
}

TEST(no_known_item_no_shortlist)
{
    static const uint32_t session[] = {SOTTO_NO_ITEM - 1, 700};
    sample_ranking shop;
    sample_ranking_open(&shop, &sample_ranking_usual);
    fill(&shop, session, 0);
    CHECK_EQ(scratch.shortlist.count, 0);
    sample_ranking_close(&shop);
    (void)session;
}

TEST(as_many_as_there_can_be)
{
    sample_ranking_wish wish = sample_ranking_usual;
    wish.items = 5000;
    wish.vector_count = wish.table_count = 256;
    wish.session_count = 20;
    sample_ranking shop;
    sample_ranking_open(&shop, &wish);
    uint32_t session[40];
    for (uint32_t turn = 0; turn < 20; turn++) {
        for (uint32_t i = 0; i < 40; i++) {
            session[i] = sample_random(&shop) % wish.items;
        }
        fill(&shop, session, 40);
        CHECK_EQ(scratch.shortlist.vector_count, 256);
        CHECK(scratch.shortlist.count <= SOTTO_MAX_SHORTLIST);
        for (uint32_t i = 0; i < scratch.shortlist.count; i++) {
            CHECK_EQ(place_of(scratch.shortlist.list[i].item), i);
        }
    }
    sample_ranking_close(&shop);
}

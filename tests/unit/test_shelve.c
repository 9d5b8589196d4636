/*
 * test_shelve.c - what is left on the shelf for a shopper
 */
#include "test.h"

#include "profile/shelf.h"
#include "ranking/rerank.h"
#include "ranking/select.h"
#include "sample_ranker.h"

enum { NOW = 1750000000 };

static sample_ranking shop;
static struct sotto_profile profile;
static struct sotto_shelf shelf;
static sotto_rank_scratch scratch;
static uint32_t now_s;

static void enter(void)
{
    sample_ranking_open(&shop, &sample_ranking_usual);
    sotto_profile_init(&profile, 1, NOW);
    now_s = NOW;
}

static void did(sotto_event_kind kind, uint32_t item)
{
    const sotto_event event = {sotto_item_hash(&shop.bundle, item), ++now_s, kind, 1};
    sotto_profile_fold(&profile, &shop.bundle, &event);
}

static void shelve(void)
{
    memset(&shelf, 0xEE, sizeof shelf);
    CHECK_EQ(sotto_shelve(&shop.bundle, &profile, now_s, 77, &scratch, sizeof scratch, &shelf),
             SOTTO_OK);
    CHECK(sotto_shelf_is_fresh(&shelf, &profile));
    CHECK_EQ(shelf.sequence, 77);
    CHECK_EQ(shelf.made_s, now_s);
    static const sotto_shelf_entry nothing;
    for (uint32_t i = shelf.for_you_count; i < SOTTO_SHELF_FOR_YOU; i++) {
        CHECK_MEM(&shelf.for_you[i], &nothing, sizeof nothing);
    }
}

/* The shelf is what the ranker says of this session. */
static void check_session(const uint32_t *session, uint32_t count)
{
    shelve();
    CHECK_EQ(shelf.for_you_count, 64);
    sotto_shortlist_fill(&scratch, &shop.bundle, session, count);
    sotto_rerank(&scratch, &shop.ranker);
    for (uint32_t i = 0; i < shelf.for_you_count; i++) {
        uint32_t number = sotto_key_number(scratch.keys[i]);
        ROW("place %u", i);
        CHECK_EQ(shelf.for_you[i].item,
                 sotto_item_hash(&shop.bundle, scratch.shortlist.list[number].item));
        CHECK(shelf.for_you[i].reason != 0);
        CHECK(i == 0 || shelf.for_you[i].score <= shelf.for_you[i - 1].score);
    }
    CHECK_EQ(shelf.for_you[0].score, 65536);
}

TEST(the_latest_views)
{
    static const uint32_t latest_first[] = {300, 8, 50, 9};
    enter();
    did(SOTTO_VIEW, 9);
    did(SOTTO_VIEW, 50);
    did(SOTTO_SEARCH, 9);
    did(SOTTO_CART_ADD, 50);
    did(SOTTO_CLICK, 8);
    did(SOTTO_VIEW, 8);            /* the click led here */
    did(SOTTO_VIEW, 77);
    did(SOTTO_DISMISS, 77);
    did(SOTTO_VIEW, 300);
    check_session(latest_first, 4);
    sample_ranking_close(&shop);
}

TEST(what_was_bought_where_nothing_was_viewed)
{
    static const uint32_t latest_first[] = {50, 9};
    enter();
    did(SOTTO_PURCHASE, 9);
    did(SOTTO_PURCHASE, 50);
    check_session(latest_first, 2);
    sample_ranking_close(&shop);
}

TEST(nothing_known_or_no_ranker_is_empty_and_fresh)
{
    enter();
    shelve();
    CHECK_EQ(shelf.for_you_count, 0);
    did(SOTTO_VIEW, 9);
    CHECK(!sotto_shelf_is_fresh(&shelf, &profile));
    shop.bundle.ranker = NULL;
    shelve();
    CHECK_EQ(shelf.for_you_count, 0);
    sample_ranking_close(&shop);
}

TEST(a_shelf_that_is_spoilt_is_not_fresh)
{
    enter();
    did(SOTTO_VIEW, 9);
    shelve();
    for (uint32_t byte = 0; byte < 8; byte++) {
        struct sotto_shelf spoilt = shelf;
        ((uint8_t *)&spoilt)[byte] ^= 0x80;
        ROW("byte %u", byte);
        CHECK(!sotto_shelf_is_fresh(&spoilt, &profile));
    }
    CHECK_EQ(sotto_shelve(&shop.bundle, &profile, now_s, 1, &scratch, sizeof scratch - 1, &shelf),
             SOTTO_NO_ROOM);
    sample_ranking_close(&shop);
}

/*
 * test_shelf.c - what decisions take from the shelf, and what they leave on it
 */
#include "test.h"

#include "profile/shelf.h"
#include "shopper.h"

static sotto_shelf shelf;

/* A shelf for the profile as it is, with these for-you and these again, then a gap. */
static void shelve(const uint32_t *for_you, uint32_t for_you_count, const uint32_t *again,
                   uint32_t again_count)
{
    memset(&shelf, 0, sizeof shelf);
    memcpy(shelf.magic, "SOTL", 4);
    shelf.version = 1;
    shelf.event_total = shopper.profile.event_total;
    shelf.for_you_count = (uint8_t)for_you_count;
    shelf.again_count = (uint8_t)again_count;
    for (uint32_t i = 0; i < for_you_count; i++) {
        shelf.for_you[i] = (sotto_shelf_entry){sample_hash(for_you[i]), sample_hash(5), 65536 >> i,
                                               SOTTO_BECAUSE_VIEWED, {0}};
    }
    for (uint32_t i = 0; i < again_count; i++) {
        shelf.again[i] = (sotto_shelf_entry){sample_hash(again[i]), 0, 65536 >> i,
                                             SOTTO_BECAUSE_BOUGHT_BEFORE, {0}};
    }
    shopper.context.shelf = &shelf;
}

#define SHELVE(...)                                                                               \
    shelve((const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / 4, NULL, 0)

TEST(a_fresh_shelf_leads_and_the_links_follow)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 5);
    char by_links[256];
    snprintf(by_links, sizeof by_links, "%s", shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE));
    SHELVE(12, 2, 17);
    shopper.slot.count = 3;
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "12 2 17");
    const sotto_pick *pick = &shopper.answer.picks[1];
    CHECK_EQ(pick->strategy, SOTTO_FOR_YOU);
    CHECK_EQ(pick->score, 32768);
    CHECK_EQ(pick->reason_count, 1);
    CHECK_EQ(pick->reasons[0].kind, SOTTO_BECAUSE_VIEWED);
    CHECK_EQ(pick->reasons[0].item, 5);
    shopper.slot.count = 32;
    shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE);
    CHECK(shopper.answer.count > 3);
    shopper.context.shelf = NULL;
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), by_links);
    shopper_leave();
}

TEST(one_event_later_it_counts_no_more)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 5);
    SHELVE(12, 2, 17);
    shopper_did(SOTTO_VIEW, 4);
    shopper.slot.count = 1;
    CHECK(strcmp(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "12") != 0);
    shelf.event_total++;
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "12");
    shopper.unknown = true;
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "");
    shopper_leave();
}

TEST(filters_and_rules_are_asked_as_ever)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 5);
    shopper_did(SOTTO_CART_ADD, 2);
    shopper_did(SOTTO_DISMISS, 17);
    SHELVE(12, 2, 17, 3);
    shopper.slot.count = 2;
    shopper.slot.filters = SOTTO_SKIP_CART;
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "12 3");
    shopper_leave();
}

TEST(what_is_spoilt_or_unknown_is_passed_over)
{
    shopper_enter();
    shopper_did(SOTTO_VIEW, 5);
    SHELVE(12, 2, 17, 3, 8);
    shelf.for_you[0].item = 12345;
    shelf.for_you[1].because = 12345;
    shelf.for_you[2].reason = SOTTO_BECAUSE_CATEGORY;    /* would rest on a category's number */
    shelf.for_you[3].reason = 0;
    shopper.slot.count = 1;
    CHECK_STR(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "8");
    for (uint32_t reason = 0; reason < 256; reason++) {
        ROW("reason %" PRIu32, reason);
        shelf.for_you[4].reason = (uint8_t)reason;
        shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE);
        uint32_t kind = shopper.answer.picks[0].reasons[0].kind;
        CHECK(kind >= 1 && kind <= SOTTO_BECAUSE_BOUGHT_BEFORE);
    }
    const uint8_t spoils[] = {0, 3, 4, 5};
    for (uint32_t i = 0; i < sizeof spoils; i++) {
        ROW("byte %u", spoils[i]);
        SHELVE(12);
        ((uint8_t *)&shelf)[spoils[i]] ^= 1;
        CHECK(strcmp(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "12") != 0);
    }
    SHELVE(12);
    shelf.for_you_count = 65;
    CHECK(strcmp(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "12") != 0);
    shelf.for_you_count = 1;
    shelf.again_count = 33;
    CHECK(strcmp(shopper_asks(SOTTO_FOR_YOU, SHOPPER_NO_MORE), "12") != 0);
    shopper_leave();
}

TEST(buy_again_is_the_shelf_then_what_was_bought_last)
{
    shopper_enter();
    shopper_did(SOTTO_PURCHASE, 4);
    shopper_did(SOTTO_PURCHASE, 9);
    shopper_did(SOTTO_PURCHASE, 6);
    CHECK_STR(shopper_asks(SOTTO_BUY_AGAIN, SHOPPER_NO_MORE), "6 9 4");
    CHECK_EQ(shopper.answer.picks[0].reasons[0].kind, SOTTO_BECAUSE_BOUGHT_BEFORE);
    shelve(NULL, 0, (const uint32_t[]){4, 12}, 2);
    CHECK_STR(shopper_asks(SOTTO_BUY_AGAIN, SHOPPER_NO_MORE), "4 12 6 9");
    CHECK_EQ(shopper.answer.picks[0].strategy, SOTTO_BUY_AGAIN);
    CHECK_EQ(shopper.answer.picks[1].reasons[0].item, SOTTO_NO_ITEM);
    shopper.unknown = true;
    CHECK_STR(shopper_asks(SOTTO_BUY_AGAIN, SHOPPER_NO_MORE), "");
    shopper_leave();
}

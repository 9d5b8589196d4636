/*
 * test_triggers.c - every kind of trigger: before, at, and after its moment
 */
#include "test.h"

#include "planned.h"

static sotto_campaign_content *it;

static void begin(uint32_t kind, uint32_t a, uint32_t b)
{
    planned_enter();
    it = planned_at("it", "top");
    planned_trigger(it, kind, a, b);
    planned_publish();
}

static void check_fires(uint32_t subject)
{
    planned_look();
    CHECK_EQ(planned_rule("it"), SOTTO_SHOWN);
    CHECK_EQ(planned_verdict("it")->subject, subject);
}

static void check_waits(uint32_t until_s, uint32_t active_s)
{
    planned_look();
    CHECK_EQ(planned_rule("it"), SOTTO_VERDICT_TRIGGER);
    CHECK_EQ(planned_verdict("it")->detail, until_s);
    CHECK_EQ(planned.verdicts.next_s, until_s);
    CHECK_EQ(planned.verdicts.next_active_s, active_s);
}

TEST(page)
{
    begin(SOTTO_ON_PAGE, 0, 0);
    check_fires(SOTTO_NO_ITEM);
    planned_leave();
}

TEST(an_unknown_kind_never_fires)
{
    begin(31, 0, 0);
    check_waits(0, 0);
    planned_leave();
}

TEST(dwell_on_a_page)
{
    begin(SOTTO_ON_DWELL, 20, 0);
    planned.scene.page_active_s = 19;
    check_waits(0, 1);
    planned.scene.page_active_s = 20;
    check_fires(SOTTO_NO_ITEM);
    planned_leave();
}

TEST(dwell_on_an_item)
{
    begin(SOTTO_ON_DWELL, 60, 1);
    planned.scene.session_active_s = 59;
    check_waits(0, 0);
    planned_page(5);
    check_waits(0, 1);
    planned_event(SOTTO_DWELL, sample_hash(5), 40);
    planned_event(SOTTO_DWELL, sample_hash(6), 999);
    planned.scene.session_active_s = 0;
    check_waits(0, 20);
    planned.scene.session_active_s = 20;
    check_fires(5);
    planned.unknown = true;
    it->flags = SOTTO_WITHOUT_CONSENT;
    check_waits(0, 40);
    planned_leave();
}

TEST(dwell_in_a_session)
{
    begin(SOTTO_ON_DWELL, 100, 2);
    planned_did(SOTTO_VIEW, 5);
    planned_event(SOTTO_DWELL, 0, 70);
    planned.scene.session_active_s = 20;
    check_waits(0, 10);
    planned.scene.session_active_s = 30;
    check_fires(SOTTO_NO_ITEM);
    planned.scene.now_s += 5000;
    planned_did(SOTTO_VIEW, 5);
    check_waits(0, 70);
    planned.scene.session_active_s = UINT32_MAX;
    planned_event(SOTTO_DWELL, 0, UINT32_MAX);
    check_fires(SOTTO_NO_ITEM);
    planned_leave();
}

TEST(viewed_not_added)
{
    begin(SOTTO_ON_VIEWED_NOT_ADDED, 600, 0);
    check_waits(0, 0);
    planned_did(SOTTO_VIEW, 5);
    uint32_t look_s = planned.scene.now_s;
    check_waits(look_s + 600, 0);
    planned.scene.now_s = look_s + 599;
    check_waits(look_s + 600, 0);
    planned.scene.now_s = look_s + 600;
    check_fires(5);
    planned_show();
    planned_go_on();
    check_waits(0, 0);
    planned_did(SOTTO_CLICK, 5);
    check_waits(planned.scene.now_s + 600, 0);
    planned_leave();
}

/* Ten minutes count from the latest look, and the item looked at last goes first. */
TEST(viewed_not_added_of_several)
{
    begin(SOTTO_ON_VIEWED_NOT_ADDED, 600, 0);
    planned_did(SOTTO_VIEW, 5);
    planned_did(SOTTO_VIEW, 6);
    planned.scene.now_s += 300;
    planned_did(SOTTO_VIEW, 5);
    uint32_t look_s = planned.scene.now_s;
    planned.scene.now_s += 299;
    check_fires(6);
    planned.scene.now_s = look_s + 600;
    check_fires(5);
    planned_leave();
}

TEST(viewed_not_added_is_over_when)
{
    for (uint32_t i = 0; i < 10; i++) {
        ROW("row %u", (unsigned)i);
        begin(SOTTO_ON_VIEWED_NOT_ADDED, 100, 0);
        uint32_t cart[] = {4, 5};
        uint32_t item = i == 5 ? 7 : i == 6 ? 13 : i == 7 ? 33 : i == 8 ? 2 : 5;
        planned_did(SOTTO_VIEW, item);
        switch (i) {
        case 1: planned_did(SOTTO_CART_ADD, 5), planned_did(SOTTO_CART_REMOVE, 5); break;
        case 2: planned_did(SOTTO_PURCHASE, 5); break;
        case 3: planned_did(SOTTO_DISMISS, 5); break;
        case 4: planned.scene.cart_given = true, planned.scene.cart_items = cart,
                planned.scene.cart_item_count = 2; break;
        case 9: planned_did(SOTTO_WISHLIST, 5); break;
        default: break;
        }
        planned.scene.now_s += 100;
        if (i == 0 || i == 9) {
            check_fires(5);
        } else {
            check_waits(0, 0);
        }
        planned_leave();
    }
}

TEST(viewed_again_after_it_was_in_the_cart)
{
    begin(SOTTO_ON_VIEWED_NOT_ADDED, 100, 0);
    planned_did(SOTTO_VIEW, 5);
    planned_did(SOTTO_CART_ADD, 5);
    planned_did(SOTTO_CART_REMOVE, 5);
    planned_did(SOTTO_VIEW, 5);
    planned.scene.now_s += 100;
    check_fires(5);
    planned_leave();
}

/* Each item by itself: what was looked at before the last showing still comes, once. */
TEST(viewed_not_added_by_subject)
{
    begin(SOTTO_ON_VIEWED_NOT_ADDED, 600, 0);
    it->flags = SOTTO_ONCE_A_SUBJECT;
    planned_publish();
    planned_did(SOTTO_VIEW, 5);
    uint32_t look_s = planned.scene.now_s;
    planned.scene.now_s += 60;
    planned_did(SOTTO_VIEW, 6);
    planned.scene.now_s = look_s + 600;
    check_fires(5);
    planned_show();
    planned_go_on();
    check_waits(look_s + 61 + 600, 0);
    planned.scene.now_s = look_s + 661;
    check_fires(6);
    planned_show();
    planned_go_on();
    check_waits(0, 0);
    planned_leave();
}

TEST(cart_idle)
{
    begin(SOTTO_ON_CART_IDLE, 900, 0);
    planned_did(SOTTO_VIEW, 5);
    check_waits(0, 0);
    planned_did(SOTTO_CART_ADD, 5);
    planned_did(SOTTO_CART_ADD, 6);
    uint32_t cart_s = planned.scene.now_s;
    check_waits(cart_s + 900, 0);
    planned.scene.now_s = cart_s + 900;
    check_fires(6);
    planned_show();
    planned_go_on();
    check_waits(0, 0);
    planned_did(SOTTO_CART_REMOVE, 6);
    check_waits(planned.scene.now_s + 900, 0);
    planned_did(SOTTO_CART_REMOVE, 5);
    check_waits(0, 0);
    const uint32_t cart[] = {8, 9};
    planned.scene.cart_given = true;
    planned.scene.cart_items = cart;
    planned.scene.cart_item_count = 2;
    planned.scene.now_s += 900;
    check_fires(9);
    planned_leave();
}

TEST(cart_value)
{
    begin(SOTTO_ON_CART_VALUE, 3100, 0);
    planned_did(SOTTO_CART_ADD, 5);
    check_waits(0, 0);
    planned_did(SOTTO_CART_ADD, 6);
    check_fires(SOTTO_NO_ITEM);
    planned_leave();
}

TEST(signals)
{
    static const uint32_t kinds[] = {SOTTO_ON_EXIT, SOTTO_ON_NO_RESULTS, SOTTO_ON_SCROLL};
    for (uint32_t i = 0; i < 3; i++) {
        begin(kinds[i], 60, 0);
        planned.scene.signals = i == 0 ? SOTTO_SIGNAL_NO_RESULTS : SOTTO_SIGNAL_EXIT;
        planned.scene.scroll_percent = 59;
        check_waits(0, 0);
        planned.scene.signals = i == 1 ? SOTTO_SIGNAL_NO_RESULTS : SOTTO_SIGNAL_EXIT;
        planned.scene.scroll_percent = 60;
        check_fires(SOTTO_NO_ITEM);
        planned_leave();
    }
}

TEST(inactive)
{
    begin(SOTTO_ON_INACTIVE, 45, 0);
    planned.scene.idle_s = 44;
    check_waits(PLANNED_NOON + 1, 0);
    planned.scene.idle_s = 45;
    check_fires(SOTTO_NO_ITEM);
    planned_leave();
}

TEST(visits)
{
    static const bool third[] = {false, false, true, false, false, false, false};
    static const bool every_third[] = {false, false, true, false, false, true, false};
    for (uint32_t b = 0; b < 2; b++) {
        begin(SOTTO_ON_VISIT, 3, b);
        for (uint32_t visit = 0; visit < 7; visit++) {
            ROW("b %u, visit %u", (unsigned)b, (unsigned)visit + 1);
            planned.scene.now_s += 86400;
            planned_did(SOTTO_VIEW, 5);
            planned_look();
            CHECK_EQ(planned_rule("it") == SOTTO_SHOWN,
                     b == 0 ? third[visit] : every_third[visit]);
        }
        planned_leave();
    }
    begin(SOTTO_ON_VISIT, 0, 1);
    planned_did(SOTTO_VIEW, 5);
    check_waits(0, 0);
    planned_leave();
}

TEST(returning)
{
    begin(SOTTO_ON_RETURN, 604800, 0);
    planned_did(SOTTO_VIEW, 5);
    check_waits(0, 0);
    planned.scene.now_s += 604799;
    planned_did(SOTTO_VIEW, 5);
    check_fires(SOTTO_NO_ITEM);
    planned_did(SOTTO_VIEW, 6);
    check_fires(SOTTO_NO_ITEM);
    planned.scene.now_s += 600000;
    planned_did(SOTTO_VIEW, 5);
    check_waits(0, 0);
    planned_leave();
}

/* Items that were out of stock, or dearer, when the shopper looked: a ledger from before. */
static void remember(uint32_t item, uint32_t price, bool in_stock, uint32_t time_s)
{
    static uint32_t place;
    planned.ledger.watched[place++ % SOTTO_LEDGER_WATCHED] = (sotto_ledger_watched){
        sample_hash(item), price, (time_s & ~1u) | in_stock};
}

TEST(back_in_stock)
{
    begin(SOTTO_ON_BACK_IN_STOCK, 0, 0);
    remember(5, 1500, true, PLANNED_NOON - 500);
    remember(7, 1700, false, PLANNED_NOON - 400);
    remember(13, 1700, false, PLANNED_NOON - 300);
    remember(33, 1700, false, PLANNED_NOON - 200);
    check_waits(0, 0);
    remember(9, 1900, false, PLANNED_NOON - 600);
    check_fires(9);
    remember(6, 1900, false, PLANNED_NOON - 550);
    check_fires(6);
    planned_did(SOTTO_VIEW, 6);
    check_fires(9);
    planned_leave();
}

TEST(price_drop)
{
    begin(SOTTO_ON_PRICE_DROP, 10, 0);
    remember(5, 1666, true, PLANNED_NOON - 10);
    remember(6, SOTTO_NO_PRICE, true, PLANNED_NOON - 20);
    remember(12, 5000, true, PLANNED_NOON - 30);
    remember(8, 1000, true, PLANNED_NOON - 30);
    check_waits(0, 0);
    remember(5, 1667, true, PLANNED_NOON - 40);
    check_fires(5);
    planned_leave();
}

TEST(watched_by_subject)
{
    begin(SOTTO_ON_PRICE_DROP, 10, 0);
    it->flags = SOTTO_ONCE_A_SUBJECT;
    planned_publish();
    remember(5, 9000, true, PLANNED_NOON - 10);
    check_fires(5);
    planned_show();
    planned_go_on();
    check_waits(0, 0);
    remember(6, 9000, true, PLANNED_NOON + 2);
    check_fires(6);
    planned_leave();
}

TEST(custom_events)
{
    const uint64_t events[] = {1, sample_key("filtered")};
    planned_enter();
    it = planned_at("it", "top");
    planned_trigger(it, SOTTO_ON_EVENT, 0, planned_text("filtered"));
    planned_publish();
    check_waits(0, 0);
    planned.scene.events = events;
    planned.scene.event_count = 1;
    check_waits(0, 0);
    planned.scene.event_count = 2;
    check_fires(SOTTO_NO_ITEM);
    planned_leave();
}

/* One of several is enough: the earliest of those that wait, the first of those that fire. */
TEST(several)
{
    planned_enter();
    it = planned_at("it", "top");
    planned_trigger(it, SOTTO_ON_INACTIVE, 100, 0);
    planned_trigger(it, SOTTO_ON_VIEWED_NOT_ADDED, 50, 0);
    planned_trigger(it, SOTTO_ON_DWELL, 30, 0);
    planned_trigger(it, SOTTO_ON_DWELL, 40, 2);
    planned_publish();
    planned_did(SOTTO_VIEW, 5);
    check_waits(planned.scene.now_s + 50, 30);
    planned.scene.idle_s = 70;
    planned.scene.session_active_s = 35;
    check_waits(planned.scene.now_s + 30, 5);
    planned.scene.now_s += 50;
    check_fires(5);
    planned_leave();
}

/* The clock was set back: nothing fires early. */
TEST(looks_from_the_future)
{
    begin(SOTTO_ON_VIEWED_NOT_ADDED, 600, 0);
    planned_did(SOTTO_VIEW, 5);
    planned.scene.now_s -= 100000;
    check_waits(planned.scene.now_s + 600, 0);
    planned_leave();
}

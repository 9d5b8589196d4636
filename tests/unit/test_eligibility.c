/*
 * test_eligibility.c - rules 1 to 14, each by itself, and which is asked first
 */
#include "test.h"

#include "planned.h"

static const uint8_t never[] = {0x04, 0x00};

/* Publishes one campaign, `it`, and looks. */
static void look_at_it(void)
{
    planned_publish();
    planned_look();
}

static void check_it(uint32_t rule, uint32_t detail)
{
    CHECK_STR(sotto_rule_name(planned_rule("it")), sotto_rule_name(rule));
    CHECK_EQ(planned_verdict("it")->detail, detail);
}

TEST(a_campaign_that_asks_for_nothing_is_shown_to_everybody)
{
    planned_enter();
    planned_at("it", "top");
    look_at_it();
    check_it(SOTTO_SHOWN, 0);
    CHECK_EQ(planned_verdict("it")->arm, SOTTO_NO_ARM);
    CHECK_EQ(planned_verdict("it")->subject, SOTTO_NO_ITEM);
    CHECK(!planned_verdict("it")->exposed);
    CHECK_EQ(planned.verdicts.next_s + planned.verdicts.next_active_s, 0);
    planned.unknown = true;
    planned_look();
    check_it(SOTTO_SHOWN, 0);
    planned_leave();
}

TEST(dates)
{
    planned_enter();
    sotto_campaign_content *it = planned_at("it", "top");
    it->starts_s = PLANNED_NOON + 100;
    it->ends_s = PLANNED_NOON + 200;
    look_at_it();
    check_it(SOTTO_VERDICT_DATES, PLANNED_NOON + 100);
    CHECK_EQ(planned.verdicts.next_s, PLANNED_NOON + 100);
    planned.scene.now_s = PLANNED_NOON + 100;
    planned_look();
    check_it(SOTTO_SHOWN, 0);
    CHECK_EQ(planned.verdicts.next_s, PLANNED_NOON + 200);
    planned.scene.now_s = PLANNED_NOON + 200;
    planned_look();
    check_it(SOTTO_VERDICT_DATES, 0);
    CHECK_EQ(planned.verdicts.next_s, 0);
    planned_leave();
}

/* What a campaign must have to need a memory. */
TEST(consent)
{
    for (uint32_t i = 0; i < 14; i++) {
        ROW("row %u", (unsigned)i);
        planned_enter();
        sotto_campaign_content *it = planned_at("it", "top");
        bool needs = i < 12;
        switch (i) {
        case 0: it->cap_session = 1; break;
        case 1: it->cap_ever = 1; break;
        case 2: it->pause_shown_s = 1; break;
        case 3: it->group = 1; break;
        case 4: planned_experiment("x", 2), it->experiment = 0, it->arms = 3; break;
        case 5: planned_trigger(it, SOTTO_ON_VIEWED_NOT_ADDED, 1, 0); break;
        case 6: planned_trigger(it, SOTTO_ON_CART_IDLE, 1, 0); break;
        case 7: planned_trigger(it, SOTTO_ON_VISIT, 1, 0); break;
        case 8: planned_trigger(it, SOTTO_ON_RETURN, 1, 0); break;
        case 9: planned_trigger(it, SOTTO_ON_BACK_IN_STOCK, 0, 0); break;
        case 10: planned_trigger(it, SOTTO_ON_PRICE_DROP, 1, 0); break;
        case 11: it->block = SOTTO_POPUP; break;
        case 12: it->starts_s = 1; break;
        default: it->block = SOTTO_POPUP, it->flags = SOTTO_FREE_OF_CEILING; break;
        }
        planned.unknown = true;
        look_at_it();
        CHECK_EQ(planned_rule("it"), needs ? SOTTO_VERDICT_CONSENT : SOTTO_SHOWN);
        it->flags |= SOTTO_WITHOUT_CONSENT;
        look_at_it();
        CHECK(planned_rule("it") != SOTTO_VERDICT_CONSENT);
        planned_leave();
    }
}

TEST(holdout)
{
    planned_enter();
    planned_at("it", "top");
    planned.content.holdout = 10000;
    look_at_it();
    check_it(SOTTO_VERDICT_HOLDOUT, 0);
    planned.unknown = true;
    planned_look();
    check_it(SOTTO_SHOWN, 0);
    planned_leave();
}

TEST(expressions)
{
    planned_enter();
    planned_at("it", "top")->when = (sotto_program_content){never, 2};
    look_at_it();
    check_it(SOTTO_VERDICT_WHEN, 0);
    planned_leave();
}

TEST(triggers)
{
    planned_enter();
    sotto_campaign_content *it = planned_at("it", "top");
    planned_trigger(it, SOTTO_ON_INACTIVE, 30, 0);
    planned_trigger(it, SOTTO_ON_DWELL, 20, 0);
    planned.scene.idle_s = 10;
    planned.scene.page_active_s = 5;
    look_at_it();
    check_it(SOTTO_VERDICT_TRIGGER, PLANNED_NOON + 20);
    CHECK_EQ(planned.verdicts.next_s, PLANNED_NOON + 20);
    CHECK_EQ(planned.verdicts.next_active_s, 15);
    planned.scene.page_active_s = 20;
    planned_look();
    check_it(SOTTO_SHOWN, 0);
    planned_leave();
}

TEST(offers)
{
    planned_enter();
    planned_offer("code", SOTTO_CODE)->ends_s = PLANNED_NOON + 50;
    planned_at("it", "top")->offer = 0;
    look_at_it();
    check_it(SOTTO_SHOWN, 0);
    CHECK_EQ(planned.verdicts.next_s, PLANNED_NOON + 50);
    planned_name_event(SOTTO_REDEEMED, "code");
    planned_look();
    check_it(SOTTO_VERDICT_OFFER, 0);
    planned_leave();
}

/* Of two arms, the shopper's and the other: seed 1 decides which is which. */
TEST(experiments)
{
    planned_enter();
    planned_experiment("x", 2);
    sotto_campaign_content *it = planned_at("it", "top");
    it->experiment = 0;
    it->arms = 3;
    look_at_it();
    check_it(SOTTO_SHOWN, 0);
    uint32_t arm = planned_verdict("it")->arm;
    REQUIRE(arm < 2);
    CHECK(planned_verdict("it")->exposed);
    it->arms = 2u >> arm;
    look_at_it();
    check_it(SOTTO_VERDICT_EXPERIMENT, arm);
    CHECK(planned_verdict("it")->exposed);
    planned.experiments[0].coverage = 0;
    look_at_it();
    check_it(SOTTO_VERDICT_EXPERIMENT, SOTTO_NO_ARM);
    CHECK(!planned_verdict("it")->exposed);
    planned_leave();
}

TEST(exposures_are_told_where_they_count)
{
    planned_enter();
    planned_experiment("x", 2);
    sotto_campaign_content *it = planned_at("it", "top");
    it->experiment = 0;
    it->arms = 3;
    planned_publish();
    planned_show();
    planned_go_on();
    planned_look();
    check_it(SOTTO_SHOWN, 0);
    CHECK(!planned_verdict("it")->exposed);
    planned.scene.now_s += 86400;
    planned_did(SOTTO_VIEW, 5);
    planned_look();
    CHECK(!planned_verdict("it")->exposed);

    planned.experiments[0].allocation = SOTTO_THOMPSON;
    planned_publish();
    planned_show();
    planned_look();
    CHECK(!planned_verdict("it")->exposed);
    planned.scene.now_s += 86400;
    planned_did(SOTTO_VIEW, 5);
    planned_look();
    CHECK(planned_verdict("it")->exposed);

    const sotto_forced forced = {sample_key("x"), 1};
    planned.scene.forced = &forced;
    planned.scene.forced_count = 1;
    planned_look();
    CHECK_EQ(planned_verdict("it")->arm, 1);
    CHECK(!planned_verdict("it")->exposed);
    planned_leave();
}

/* Who would not have seen it for any other reason was not exposed. */
TEST(control_is_asked_the_same_questions)
{
    for (uint32_t i = 0; i < 7; i++) {
        ROW("row %u", (unsigned)i);
        planned_enter();
        planned_experiment("x", 2);
        sotto_campaign_content *it = planned_at("it", "top");
        it->experiment = 0;
        it->arms = 0;
        it->group = 1;
        sotto_campaign_content *other = planned_at("other", "else");
        other->priority = 60;
        uint32_t unplaced = 1;
        switch (i) {
        case 0: break;
        case 1: it->from_minute = 0, it->to_minute = 60; break;
        case 2: other->group = 1; break;
        case 3: other->place = it->place; break;
        case 4: it->slot = planned_text("no such slot"), it->least_items = 1; break;
        case 5: planned.scene.unplaced = &unplaced; break;
        default: it->block = SOTTO_POPUP, planned.content.quiet_to = 1000; break;
        }
        look_at_it();
        CHECK_EQ(planned_rule("it"), SOTTO_VERDICT_EXPERIMENT);
        CHECK_EQ(planned_verdict("it")->exposed, i == 0);
        planned_leave();
    }
}

TEST(hours)
{
    planned_enter();
    sotto_campaign_content *it = planned_at("it", "top");
    it->from_minute = 13 * 60;
    it->to_minute = 18 * 60 + 30;
    look_at_it();
    check_it(SOTTO_VERDICT_HOURS, PLANNED_NOON + 3600);
    CHECK_EQ(planned.verdicts.next_s, PLANNED_NOON + 3600);
    planned.scene.utc_offset_min = 60;
    planned_look();
    check_it(SOTTO_SHOWN, 0);
    planned.scene.utc_offset_min = 6 * 60 + 30;
    planned_look();
    check_it(SOTTO_VERDICT_HOURS, PLANNED_NOON + 66600);
    it->from_minute = 22 * 60;
    it->to_minute = 12 * 60;
    planned.scene.utc_offset_min = 0;
    look_at_it();
    check_it(SOTTO_VERDICT_HOURS, PLANNED_NOON + 36000);
    planned.scene.now_s--;
    planned_look();
    check_it(SOTTO_SHOWN, 0);
    planned_leave();
}

TEST(pauses)
{
    planned_enter();
    sotto_campaign_content *it = planned_at("it", "top");
    it->pause_dismissed_s = 1000;
    it->pause_purchase_s = 500;
    it->pause_shown_s = 100;
    look_at_it();
    check_it(SOTTO_SHOWN, 0);
    planned_name_event(SOTTO_IMPRESSION, "it");
    planned_look();
    check_it(SOTTO_VERDICT_PAUSE, PLANNED_NOON + 100);
    planned.scene.now_s = PLANNED_NOON + 100;
    planned_look();
    check_it(SOTTO_SHOWN, 0);
    planned_event(SOTTO_PURCHASE, sample_hash(5), 1);
    planned_look();
    check_it(SOTTO_VERDICT_PAUSE, PLANNED_NOON + 600);
    planned_name_event(SOTTO_CAMPAIGN_DISMISS, "it");
    planned_look();
    check_it(SOTTO_VERDICT_PAUSE, PLANNED_NOON + 1100);
    planned.scene.now_s = PLANNED_NOON - 5000;
    planned_look();
    check_it(SOTTO_VERDICT_PAUSE, PLANNED_NOON + 1100);
    planned_leave();
}

TEST(caps)
{
    planned_enter();
    sotto_campaign_content *it = planned_at("it", "top");
    it->cap_session = 1;
    it->cap_day = 2;
    it->cap_ever = 3;
    planned_publish();
    for (uint32_t i = 0; i < 3; i++) {
        planned_did(SOTTO_VIEW, 5);
        planned_go_on();
        planned_show();
        check_it(i == 2 ? SOTTO_VERDICT_CAP_DAY : SOTTO_SHOWN,
                 i == 2 ? PLANNED_NOON + 43200 : 0);
        planned_go_on();
        planned_look();
        CHECK_EQ(planned_rule("it"), i < 2 ? SOTTO_VERDICT_CAP_SESSION : SOTTO_VERDICT_CAP_DAY);
        planned.scene.now_s += 7200;
        if (i < 2) {
            planned_did(SOTTO_VIEW, 6);
        }
    }
    planned.scene.now_s = PLANNED_NOON + 43200;
    planned_did(SOTTO_VIEW, 6);
    planned_show();
    check_it(SOTTO_SHOWN, 0);
    planned_go_on();
    planned_look();
    check_it(SOTTO_VERDICT_CAP_SESSION, 0);
    planned.scene.now_s += 86400;
    planned_did(SOTTO_VIEW, 6);
    planned_look();
    check_it(SOTTO_VERDICT_CAP_EVER, 0);
    planned_leave();
}

/* A count is at its top at 255; a cap above that must not mean "no cap". */
TEST(caps_beyond_what_is_counted)
{
    planned_enter();
    sotto_campaign_content *it = planned_at("it", "top");
    it->cap_session = 1000;
    planned_publish();
    for (uint32_t i = 0; i < 300; i++) {
        planned_name_event(SOTTO_IMPRESSION, "it");
    }
    planned_look();
    check_it(SOTTO_VERDICT_CAP_SESSION, 0);
    planned_leave();
}

TEST(places_have_caps_of_their_own)
{
    planned_enter();
    planned_at("it", "top");
    planned_at("other", "top")->priority = 10;
    planned.places[0] = (sotto_place_content){planned_text("top"), 2, 3};
    planned.content.place_count = 1;
    planned_publish();
    planned_name_event(SOTTO_IMPRESSION, "it");
    planned_name_event(SOTTO_IMPRESSION, "other");
    planned_look();
    check_it(SOTTO_VERDICT_PLACE_CAP, 0);
    planned.scene.now_s += 7200;
    planned_did(SOTTO_VIEW, 5);
    planned_look();
    check_it(SOTTO_SHOWN, 0);
    planned_name_event(SOTTO_IMPRESSION, "it");
    planned_look();
    check_it(SOTTO_VERDICT_PLACE_CAP, 0);
    planned_leave();
}

TEST(items)
{
    planned_enter();
    sotto_campaign_content *it = planned_at("it", "top");
    it->slot = planned_text("again");
    it->least_items = 2;
    planned_publish();
    planned_did(SOTTO_VIEW, 5);
    planned_look();
    check_it(SOTTO_VERDICT_ITEMS, 0);
    planned_did(SOTTO_VIEW, 6);
    planned_look();
    check_it(SOTTO_SHOWN, 0);
    it->slot = planned_text("no such slot");
    look_at_it();
    check_it(SOTTO_VERDICT_ITEMS, 0);
    it->least_items = 0;
    look_at_it();
    check_it(SOTTO_SHOWN, 0);
    it->least_items = 9;
    planned_trigger(it, SOTTO_ON_VIEWED_NOT_ADDED, 0, 0);
    planned_publish();
    planned_did(SOTTO_VIEW, 5);
    planned_look();
    check_it(SOTTO_SHOWN, 0);
    CHECK_EQ(planned_verdict("it")->subject, 5);
    planned_leave();
}

TEST(a_page_without_its_place)
{
    uint32_t unplaced[8] = {1};
    planned_enter();
    planned_at("it", "top")->group = 1;
    planned_at("other", "top")->group = 1;
    planned.scene.unplaced = unplaced;
    look_at_it();
    check_it(SOTTO_VERDICT_PLACE, SOTTO_NONE);
    CHECK_EQ(planned_rule("other"), SOTTO_SHOWN);
    planned_leave();
}

/* What is on the page stays while it applies. */
TEST(what_is_showing)
{
    planned_enter();
    planned_offer("code", SOTTO_CODE);
    sotto_campaign_content *it = planned_campaign("it", SOTTO_POPUP);
    it->cap_session = it->cap_day = it->cap_ever = 1;
    it->pause_shown_s = it->pause_dismissed_s = 1000;
    it->from_minute = 720, it->to_minute = 721;
    it->ends_s = PLANNED_NOON + 5000;
    it->offer = 0;
    it->slot = planned_text("no such slot");
    planned_trigger(it, SOTTO_ON_EXIT, 0, 0);
    planned.content.ceiling_session = 1;
    planned.content.quiet_from = 721, planned.content.quiet_to = 800;
    planned.scene.signals = SOTTO_SIGNAL_EXIT;
    planned_publish();
    planned_show();
    check_it(SOTTO_SHOWN, 0);
    planned.scene.now_s += 120;
    planned.scene.signals = 0;
    planned_show();
    check_it(SOTTO_SHOWN, 0);
    CHECK_EQ(planned.ledger.campaigns[0].ever, 1);
    planned_name_event(SOTTO_REDEEMED, "code");
    planned_show();
    check_it(SOTTO_VERDICT_OFFER, 0);
    planned_go_on();
    planned_look();
    check_it(SOTTO_VERDICT_TRIGGER, 0);
    planned_leave();
}

/* Everything is against it: each rule that is lifted lets the next speak. */
TEST(the_first_rule_that_says_no_is_the_answer)
{
    static const uint32_t order[] = {
        SOTTO_VERDICT_DATES, SOTTO_VERDICT_HOLDOUT, SOTTO_VERDICT_WHEN, SOTTO_VERDICT_TRIGGER,
        SOTTO_VERDICT_OFFER, SOTTO_VERDICT_EXPERIMENT, SOTTO_VERDICT_HOURS, SOTTO_VERDICT_PAUSE,
        SOTTO_VERDICT_CAP_SESSION, SOTTO_VERDICT_CAP_DAY, SOTTO_VERDICT_CAP_EVER,
        SOTTO_VERDICT_PLACE_CAP, SOTTO_VERDICT_ITEMS, SOTTO_VERDICT_QUIET, SOTTO_VERDICT_CEILING,
        SOTTO_VERDICT_GROUP, SOTTO_VERDICT_PLACE, SOTTO_SHOWN,
    };
    planned_enter();
    planned_experiment("x", 2);
    planned_offer("code", SOTTO_CODE)->threshold = 1000000;
    sotto_campaign_content *it = planned_campaign("it", SOTTO_QUIZ);
    sotto_campaign_content *first = planned_at("first", "top");
    it->place = first->place;
    first->priority = 51;
    first->group = it->group = 7;
    it->starts_s = PLANNED_NOON + 1;
    planned.content.holdout = 10000;
    it->when = (sotto_program_content){never, 2};
    planned_trigger(it, SOTTO_ON_EXIT, 0, 0);
    it->offer = 0;
    it->experiment = 0;
    it->from_minute = 1;
    it->to_minute = 2;
    it->pause_shown_s = 5000;
    it->cap_session = it->cap_day = it->cap_ever = 1;
    planned.places[0] = (sotto_place_content){it->place, 1, 0};
    planned.content.place_count = 1;
    it->slot = planned_text("no such slot");
    it->least_items = 1;
    planned.content.quiet_from = 0, planned.content.quiet_to = 1440;
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(order); i++) {
        planned_publish();
        planned_name_event(SOTTO_IMPRESSION, "it");
        planned_look();
        check_it(order[i], planned_verdict("it")->detail);
        switch (order[i]) {
        case SOTTO_VERDICT_DATES: it->starts_s = 0; break;
        case SOTTO_VERDICT_HOLDOUT: planned.content.holdout = 0; break;
        case SOTTO_VERDICT_WHEN: it->when.bytes = NULL; break;
        case SOTTO_VERDICT_TRIGGER: planned.scene.signals = SOTTO_SIGNAL_EXIT; break;
        case SOTTO_VERDICT_OFFER: planned.offers[0].threshold = 0; break;
        case SOTTO_VERDICT_EXPERIMENT: it->arms = 3; break;
        case SOTTO_VERDICT_HOURS: it->to_minute = 1; break;
        case SOTTO_VERDICT_PAUSE: it->pause_shown_s = 0; break;
        case SOTTO_VERDICT_CAP_SESSION: it->cap_session = 0; break;
        case SOTTO_VERDICT_CAP_DAY: it->cap_day = 0; break;
        case SOTTO_VERDICT_CAP_EVER: it->cap_ever = 0; break;
        case SOTTO_VERDICT_PLACE_CAP: planned.content.place_count = 0; break;
        case SOTTO_VERDICT_ITEMS: it->least_items = 0; break;
        case SOTTO_VERDICT_QUIET: planned.content.quiet_to = 0; break;
        case SOTTO_VERDICT_CEILING: it->flags = SOTTO_FREE_OF_CEILING; break;
        case SOTTO_VERDICT_GROUP: first->group = 0; break;
        default: first->place = planned_text("else"); break;
        }
    }
    planned_leave();
}

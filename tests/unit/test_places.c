/*
 * test_places.c - rules 15 to 18 and the order in which campaigns take their places
 */
#include "test.h"

#include "planned.h"

static void check(const char *name, uint32_t rule, uint32_t detail)
{
    ROW("%s", name);
    CHECK_STR(sotto_rule_name(planned_rule(name)), sotto_rule_name(rule));
    CHECK_EQ(planned_verdict(name)->detail, detail);
    test_row[0] = 0;
}

TEST(a_place_shows_one)
{
    planned_enter();
    planned_at("low", "top")->priority = 10;
    planned_at("high", "top")->priority = 90;
    planned_at("elsewhere", "side")->priority = 1;
    planned_campaign("popup", SOTTO_POPUP);
    planned_campaign("slide-in", SOTTO_SLIDE_IN)->flags = SOTTO_FREE_OF_CEILING;
    planned_campaign("bar", SOTTO_BAR);
    planned_campaign("shipping", SOTTO_SHIPPING_BAR)->priority = 51;
    planned_publish();
    planned_look();
    check("high", SOTTO_SHOWN, 0);
    check("low", SOTTO_VERDICT_PLACE, 1);
    check("elsewhere", SOTTO_SHOWN, 0);
    check("popup", SOTTO_SHOWN, 0);
    check("slide-in", SOTTO_VERDICT_PLACE, 3);
    check("shipping", SOTTO_SHOWN, 0);
    check("bar", SOTTO_VERDICT_PLACE, 6);
    planned_leave();
}

TEST(a_group_shows_one)
{
    planned_enter();
    planned_at("a", "one")->group = 3;
    planned_at("b", "two")->group = 3;
    planned_at("c", "three")->group = 4;
    planned_publish();
    planned_look();
    check("a", SOTTO_SHOWN, 0);
    check("b", SOTTO_VERDICT_GROUP, 0);
    check("c", SOTTO_SHOWN, 0);
    planned_leave();
}

TEST(equal_priorities_take_turns)
{
    static const char *const expected[] = {"a", "b", "c", "a", "b", "c", "a"};
    planned_enter();
    planned_at("a", "top");
    planned_at("b", "top");
    planned_at("c", "top");
    planned_publish();
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(expected); i++) {
        ROW("turn %u", (unsigned)i);
        planned.scene.now_s += 10;
        planned_go_on();
        planned_show();
        REQUIRE(planned.showing_count == 1);
        CHECK_EQ(planned.showing[0], planned_index(expected[i]));
    }
    planned_leave();
}

/* Shown as often: the one shown longer ago, whichever stands first in the site file. */
TEST(equally_often_shown)
{
    planned_enter();
    planned_at("a", "top");
    planned_at("b", "top");
    planned_publish();
    planned_name_event(SOTTO_IMPRESSION, "b");
    planned.scene.now_s += 10;
    planned_name_event(SOTTO_IMPRESSION, "a");
    planned_look();
    check("b", SOTTO_SHOWN, 0);
    check("a", SOTTO_VERDICT_PLACE, 1);
    planned_leave();
}

TEST(a_lower_priority_waits_until_those_above_are_capped)
{
    planned_enter();
    sotto_campaign_content *high = planned_at("high", "top");
    high->priority = 60;
    high->cap_ever = 2;
    planned_at("low", "top");
    planned_publish();
    for (uint32_t i = 0; i < 4; i++) {
        planned_go_on();
        planned_show();
        CHECK_EQ(planned.showing[0], planned_index(i < 2 ? "high" : "low"));
    }
    planned_leave();
}

TEST(what_is_showing_keeps_its_place)
{
    planned_enter();
    planned_at("a", "top")->priority = 10;
    sotto_campaign_content *late = planned_at("late", "top");
    late->priority = 90;
    late->starts_s = PLANNED_NOON + 60;
    planned_publish();
    planned_show();
    check("a", SOTTO_SHOWN, 0);
    planned.scene.now_s += 60;
    planned_show();
    check("a", SOTTO_SHOWN, 0);
    check("late", SOTTO_VERDICT_PLACE, 0);
    planned_go_on();
    planned_show();
    check("late", SOTTO_SHOWN, 0);
    planned_leave();
}

/* A page may say what it likes of what is showing: indexes past the end, two of one place. */
TEST(odd_showings)
{
    planned_enter();
    planned_at("a", "top");
    planned_at("b", "top")->priority = 90;
    planned_publish();
    planned.showing[0] = 0;
    planned.showing[1] = 1;
    planned.showing[2] = 77;
    planned.showing[3] = UINT32_MAX;
    planned.showing[4] = 0;
    planned.showing_count = 5;
    planned_look();
    check("b", SOTTO_SHOWN, 0);
    check("a", SOTTO_VERDICT_PLACE, 1);
    planned_leave();
}

TEST(quiet_hours)
{
    planned_enter();
    planned.content.quiet_from = 12 * 60;
    planned.content.quiet_to = 14 * 60;
    planned_campaign("popup", SOTTO_POPUP);
    planned_campaign("bar", SOTTO_BAR);
    planned_publish();
    planned_look();
    check("popup", SOTTO_VERDICT_QUIET, PLANNED_NOON + 7200);
    check("bar", SOTTO_SHOWN, 0);
    CHECK_EQ(planned.verdicts.next_s, PLANNED_NOON + 7200);
    planned.scene.now_s += 7200;
    planned_look();
    check("popup", SOTTO_SHOWN, 0);
    planned_leave();
}

TEST(the_ceiling)
{
    planned_enter();
    planned.content.ceiling_session = 2;
    planned.content.ceiling_day = 3;
    planned.content.gap_s = 60;
    planned.content.after_purchase_s = 1000;
    planned_campaign("popup", SOTTO_POPUP);
    planned_publish();
    planned_did(SOTTO_VIEW, 5);
    uint32_t t = planned.scene.now_s;
    planned_name_event(SOTTO_IMPRESSION, "popup");
    planned_look();
    check("popup", SOTTO_VERDICT_CEILING, t + 60);
    planned.scene.now_s = t + 60;
    planned_look();
    check("popup", SOTTO_SHOWN, 0);
    planned_name_event(SOTTO_IMPRESSION, "popup");
    planned.scene.now_s = t + 500;
    planned_look();
    check("popup", SOTTO_VERDICT_CEILING, 0);
    planned.scene.now_s = t + 5000;
    planned_event(SOTTO_PURCHASE, sample_hash(5), 1);
    planned_look();
    check("popup", SOTTO_VERDICT_CEILING, t + 6000);
    planned.scene.now_s = t + 6000;
    planned_look();
    check("popup", SOTTO_SHOWN, 0);
    planned_name_event(SOTTO_IMPRESSION, "popup");
    planned.scene.now_s = t + 9000;
    planned_did(SOTTO_VIEW, 5);
    planned_look();
    check("popup", SOTTO_VERDICT_CEILING, PLANNED_NOON + 43200);
    planned.scene.now_s = PLANNED_NOON + 43200;
    planned_did(SOTTO_VIEW, 5);
    planned_look();
    check("popup", SOTTO_SHOWN, 0);
    planned_leave();
}

/* Two that interrupt, in different places: the gap holds between them as well. */
TEST(two_do_not_interrupt_at_once)
{
    planned_enter();
    planned_campaign("popup", SOTTO_POPUP);
    planned_campaign("quiz", SOTTO_QUIZ)->place = planned_text("side");
    planned_campaign("free", SOTTO_QUIZ)->place = planned_text("other side");
    planned.campaigns[2].flags = SOTTO_FREE_OF_CEILING;
    planned_publish();
    planned_show();
    check("popup", SOTTO_SHOWN, 0);
    check("quiz", SOTTO_VERDICT_CEILING, PLANNED_NOON + 60);
    check("free", SOTTO_SHOWN, 0);
    planned.scene.now_s += 60;
    planned_show();
    check("popup", SOTTO_SHOWN, 0);
    check("quiz", SOTTO_SHOWN, 0);
    planned.content.gap_s = 0;
    planned_publish();
    planned_go_on();
    planned_look();
    check("popup", SOTTO_SHOWN, 0);
    check("quiz", SOTTO_SHOWN, 0);
    planned.content.ceiling_session = 1;
    planned_publish();
    planned_look();
    check("popup", SOTTO_SHOWN, 0);
    check("quiz", SOTTO_VERDICT_CEILING, 0);
    planned_leave();
}

/* All that can exclude each other in a circle: the first in order is shown, and that is that. */
TEST(circles)
{
    planned_enter();
    planned_at("a", "one")->group = 1;
    planned_at("b", "two")->group = 1;
    planned_at("c", "two")->group = 2;
    planned_at("d", "one")->group = 2;
    planned_publish();
    planned_look();
    check("a", SOTTO_SHOWN, 0);
    check("b", SOTTO_VERDICT_GROUP, 0);
    check("c", SOTTO_SHOWN, 0);
    check("d", SOTTO_VERDICT_GROUP, 2);
    planned_leave();
}

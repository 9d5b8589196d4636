/*
 * test_arbiter.c - all campaigns together: counts, room, the same answer twice
 */
#include "test.h"

#include "planned.h"

TEST(a_plan_without_campaigns)
{
    planned_enter();
    planned_publish();
    planned.verdicts.count = 9;
    planned_look();
    CHECK_EQ(planned.verdicts.count, 0);
    CHECK_EQ(planned.verdicts.next_s, 0);
    planned_leave();
}

TEST(each_campaign_finds_its_entry)
{
    char name[16];
    planned_enter();
    for (uint32_t i = 0; i < SOTTO_MAX_CAMPAIGNS; i++) {
        snprintf(name, sizeof name, "c%u", (unsigned)i);
        planned_at(name, name)->cap_ever = 1 + i % 3;
    }
    planned_publish();
    for (uint32_t i = 0; i < 2 * SOTTO_MAX_CAMPAIGNS; i++) {
        uint32_t index = i * 7 % SOTTO_MAX_CAMPAIGNS;
        planned_event(SOTTO_IMPRESSION, planned.plan.campaign_keys[index], 1);
    }
    planned_look();
    for (uint32_t i = 0; i < SOTTO_MAX_CAMPAIGNS; i++) {
        ROW("campaign %u", (unsigned)i);
        uint32_t rule = i % 3 < 2 ? SOTTO_VERDICT_CAP_EVER : SOTTO_SHOWN;
        CHECK_EQ(planned.verdicts.list[i].rule, rule);
    }
    planned_leave();
}

/* Entries of campaigns that are gone, with keys that fall on the same place as others'. */
TEST(strangers_in_the_ledger)
{
    planned_enter();
    planned_at("it", "top")->cap_ever = 1;
    planned_publish();
    uint64_t key = sample_key("it");
    for (uint64_t i = 1; i < SOTTO_LEDGER_CAMPAIGNS; i++) {
        planned_event(SOTTO_IMPRESSION, key + (i << 32), 1);
    }
    planned_look();
    CHECK_EQ(planned_rule("it"), SOTTO_SHOWN);
    planned_name_event(SOTTO_IMPRESSION, "it");
    planned_look();
    CHECK_EQ(planned_rule("it"), SOTTO_VERDICT_CAP_EVER);
    planned_leave();
}

TEST(looking_changes_nothing)
{
    static struct sotto_ledger before;
    static sotto_verdicts first;
    planned_enter();
    planned_at("a", "top")->cap_day = 1;
    planned_campaign("b", SOTTO_POPUP)->pause_shown_s = 60;
    planned_publish();
    planned_did(SOTTO_VIEW, 5);
    before = planned.ledger;
    planned_look();
    first = planned.verdicts;
    planned_look();
    CHECK_MEM(&planned.ledger, &before, sizeof before);
    CHECK_EQ(memcmp(first.list, planned.verdicts.list, 2 * sizeof *first.list), 0);
    planned_leave();
}

TEST(too_little_room_for_a_slot)
{
    planned_enter();
    sotto_campaign_content *it = planned_at("it", "top");
    it->slot = planned_text("home");
    it->least_items = 1;
    planned_publish();
    CHECK_EQ(sotto_arbitrate(planned_moment(), NULL, 0, &planned.scratch,
                             sizeof planned.scratch - 1, &planned.verdicts), SOTTO_NO_ROOM);
    CHECK_EQ(planned.verdicts.count, 0);
    planned_leave();
}

/* The end of what the clock can say. */
TEST(the_last_second)
{
    planned_enter();
    sotto_campaign_content *it = planned_campaign("it", SOTTO_POPUP);
    it->pause_shown_s = UINT32_MAX / 60 * 60;
    it->ends_s = UINT32_MAX;
    it->cap_day = 1;
    planned.scene.now_s = UINT32_MAX - 1;
    planned_publish();
    planned_show();
    CHECK_EQ(planned_rule("it"), SOTTO_SHOWN);
    planned_go_on();
    planned_look();
    CHECK_EQ(planned_rule("it"), SOTTO_VERDICT_PAUSE);
    CHECK_EQ(planned_verdict("it")->detail, UINT32_MAX);
    planned.scene.now_s = 0;
    planned.scene.utc_offset_min = -840;
    planned_look();
    CHECK_EQ(planned_rule("it"), SOTTO_VERDICT_PAUSE);
    planned_leave();
}

TEST(names_are_those_of_site_files)
{
    CHECK_STR(sotto_rule_name(0), "shown");
    CHECK_STR(sotto_rule_name(SOTTO_VERDICT_CAP_EVER), "cap-ever");
    CHECK_STR(sotto_rule_name(SOTTO_VERDICT_PLACE), "place");
    CHECK_STR(sotto_rule_name(19), NULL);
    CHECK_STR(sotto_block_name(0), NULL);
    CHECK_STR(sotto_block_name(SOTTO_SHIPPING_BAR), "shipping-bar");
    CHECK_STR(sotto_block_name(14), NULL);
    CHECK_STR(sotto_trigger_name(0), NULL);
    CHECK_STR(sotto_trigger_name(SOTTO_ON_VIEWED_NOT_ADDED), "viewed_not_added");
    CHECK_STR(sotto_trigger_name(15), NULL);
    for (uint32_t i = 1; i <= 14; i++) {
        CHECK(sotto_rule_name(i) != NULL && sotto_trigger_name(i) != NULL);
        CHECK(i == 14 || sotto_block_name(i) != NULL);
    }
}

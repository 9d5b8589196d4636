/*
 * test_ledger_fold.c - what each event leaves in a ledger
 */
#include "test.h"

#include "planned.h"
#include "profile/ledger_tables.h"

static const sotto_ledger_campaign *entry(const char *name)
{
    const sotto_ledger_campaign *found = sotto_ledger_campaign_find(&planned.ledger,
                                                                    sample_key(name));
    REQUIRE(found != NULL);
    return found;
}

static void begin(void)
{
    planned_enter();
    planned_campaign("popup", SOTTO_POPUP);
    planned_at("inline", "top");
    planned_publish();
}

TEST(looking_watches)
{
    begin();
    planned_did(SOTTO_VIEW, 7);
    const sotto_ledger_watched *watched = sotto_ledger_watched_find(&planned.ledger,
                                                                    sample_hash(7));
    REQUIRE(watched != NULL);
    CHECK_EQ(watched->price, 1700);
    CHECK_EQ(watched->time_s, (PLANNED_NOON + 1) & ~1);
    planned_did(SOTTO_CLICK, 12);
    watched = sotto_ledger_watched_find(&planned.ledger, sample_hash(12));
    REQUIRE(watched != NULL);
    CHECK_EQ(watched->price, SOTTO_NO_PRICE);
    CHECK_EQ(watched->time_s & 1, 1);
    planned_event(SOTTO_VIEW, 4711, 1);
    planned_event(SOTTO_VIEW, 0, 1);
    CHECK(sotto_ledger_watched_find(&planned.ledger, 4711) == NULL);
    planned_leave();
}

TEST(the_one_watched_longest_ago_makes_room)
{
    begin();
    for (uint32_t i = 0; i < 34; i++) {
        planned.scene.now_s++;
        planned_did(SOTTO_VIEW, i);
    }
    CHECK(sotto_ledger_watched_find(&planned.ledger, sample_hash(1)) == NULL);
    CHECK(sotto_ledger_watched_find(&planned.ledger, sample_hash(2)) != NULL);
    CHECK(sotto_ledger_watched_find(&planned.ledger, sample_hash(33)) != NULL);
    planned_leave();
}

TEST(buying)
{
    begin();
    planned_did(SOTTO_VIEW, 5);
    planned_event(SOTTO_DWELL, sample_hash(5), 30);
    planned_did(SOTTO_PURCHASE, 5);
    CHECK_EQ(planned.ledger.order_count, 1);
    CHECK_EQ(planned.ledger.spent, 1500);
    CHECK_EQ(planned.ledger.order_s, planned.scene.now_s);
    CHECK(sotto_ledger_watched_find(&planned.ledger, sample_hash(5)) == NULL);
    CHECK(sotto_ledger_dwell_find(&planned.ledger, sample_hash(5)) == NULL);
    planned.scene.now_s += 1800;
    planned_event(SOTTO_PURCHASE, sample_hash(6), 0);
    CHECK_EQ(planned.ledger.order_count, 1);
    CHECK_EQ(planned.ledger.spent, 3100);
    planned.scene.now_s += 1801;
    planned_event(SOTTO_PURCHASE, sample_hash(6), 65535);
    CHECK_EQ(planned.ledger.order_count, 2);
    uint32_t latest_s = planned.scene.now_s;
    planned.scene.now_s -= 500000;
    planned_event(SOTTO_PURCHASE, sample_hash(6), 65535);
    CHECK_EQ(planned.ledger.order_count, 3);
    CHECK_EQ(planned.ledger.order_s, latest_s);
    for (uint32_t i = 0; i < 50; i++) {
        planned_event(SOTTO_PURCHASE, sample_hash(39), 65535);
    }
    CHECK_EQ(planned.ledger.spent, UINT32_MAX);
    planned_leave();
}

TEST(impressions)
{
    begin();
    planned_did(SOTTO_VIEW, 5);
    planned_name_event(SOTTO_IMPRESSION, "inline");
    planned_name_event(SOTTO_IMPRESSION, "inline");
    CHECK_EQ(entry("inline")->session * 100 + entry("inline")->day * 10 + entry("inline")->ever,
             222);
    CHECK_EQ(entry("inline")->shown_s, planned.scene.now_s);
    CHECK_EQ(planned.ledger.interrupted_s, 0);
    planned.scene.now_s += 7200;
    planned_did(SOTTO_VIEW, 5);
    planned_name_event(SOTTO_IMPRESSION, "inline");
    CHECK_EQ(entry("inline")->session * 100 + entry("inline")->day * 10 + entry("inline")->ever,
             133);
    planned.scene.now_s = PLANNED_NOON + 43200;
    planned_name_event(SOTTO_IMPRESSION, "inline");
    CHECK_EQ(entry("inline")->session * 100 + entry("inline")->day * 10 + entry("inline")->ever,
             214);
    for (uint32_t i = 0; i < 70000; i++) {
        planned_name_event(SOTTO_IMPRESSION, "inline");
    }
    CHECK_EQ(entry("inline")->session, 255);
    CHECK_EQ(entry("inline")->day, 255);
    CHECK_EQ(entry("inline")->ever, 65535);
    planned_leave();
}

TEST(interrupting)
{
    begin();
    planned_did(SOTTO_VIEW, 5);
    planned_name_event(SOTTO_IMPRESSION, "popup");
    planned_name_event(SOTTO_IMPRESSION, "popup");
    CHECK_EQ(planned.ledger.session_count, 2);
    CHECK_EQ(planned.ledger.day_count, 2);
    CHECK_EQ(planned.ledger.interrupted_s, planned.scene.now_s);
    CHECK_EQ(planned.ledger.day, PLANNED_NOON / 86400);
    CHECK_EQ(planned.ledger.session_start_s, planned.profile.session_start_s);
    planned.scene.now_s += 7200;
    planned_did(SOTTO_VIEW, 5);
    planned_name_event(SOTTO_IMPRESSION, "popup");
    CHECK_EQ(planned.ledger.session_count, 1);
    CHECK_EQ(planned.ledger.day_count, 3);
    planned.scene.now_s += 86400;
    planned_name_event(SOTTO_IMPRESSION, "popup");
    CHECK_EQ(planned.ledger.day_count, 1);
    CHECK_EQ(planned.ledger.day, PLANNED_NOON / 86400 + 1);
    planned_leave();
}

/* Set back by a day and by a session: what was counted goes on. */
TEST(a_clock_that_goes_back)
{
    begin();
    planned_did(SOTTO_VIEW, 5);
    planned_name_event(SOTTO_IMPRESSION, "popup");
    uint32_t shown_s = planned.scene.now_s;
    planned.scene.now_s -= 100000;
    planned_did(SOTTO_VIEW, 5);
    planned_name_event(SOTTO_IMPRESSION, "popup");
    CHECK_EQ(entry("popup")->shown_s, shown_s);
    CHECK_EQ(entry("popup")->session, 2);
    CHECK_EQ(entry("popup")->day, 2);
    CHECK_EQ(planned.ledger.day_count, 2);
    CHECK_EQ(planned.ledger.interrupted_s, shown_s);
    planned_name_event(SOTTO_CAMPAIGN_DISMISS, "popup");
    CHECK_EQ(entry("popup")->dismissed_s, planned.scene.now_s);
    planned_leave();
}

/* An impression before the session began, by its clock: it is of this session all the same. */
TEST(an_impression_is_of_its_session)
{
    begin();
    planned_did(SOTTO_VIEW, 5);
    planned.scene.now_s = PLANNED_NOON - 1000;
    planned_name_event(SOTTO_IMPRESSION, "inline");
    planned_name_event(SOTTO_IMPRESSION, "inline");
    CHECK_EQ(entry("inline")->session, 2);
    CHECK_EQ(entry("inline")->shown_s, planned.profile.session_start_s);
    planned_leave();
}

TEST(a_time_of_zero_is_kept_as_one)
{
    planned_enter();
    planned_at("inline", "top");
    planned.scene.now_s = 0;
    planned_publish();
    planned_name_event(SOTTO_IMPRESSION, "inline");
    planned_name_event(SOTTO_CAMPAIGN_DISMISS, "inline");
    planned_name_event(SOTTO_REDEEMED, "offer");
    CHECK_EQ(entry("inline")->shown_s, 1);
    CHECK_EQ(entry("inline")->dismissed_s, 1);
    CHECK_EQ(planned.ledger.dismissed_s, 1);
    CHECK_EQ(sotto_ledger_offer_find(&planned.ledger, sample_key("offer"))->redeemed_s, 1);
    planned_leave();
}

TEST(clicks_offers_answers)
{
    begin();
    planned_name_event(SOTTO_CAMPAIGN_CLICK, "popup");
    CHECK_EQ(entry("popup")->clicked, 1);
    CHECK_EQ(entry("popup")->shown_s, 0);
    planned_name_event(SOTTO_GIVEN, "offer");
    planned.scene.now_s += 10;
    planned_name_event(SOTTO_GIVEN, "offer");
    const sotto_ledger_offer *offer = sotto_ledger_offer_find(&planned.ledger,
                                                              sample_key("offer"));
    REQUIRE(offer != NULL);
    CHECK_EQ(offer->given_s, PLANNED_NOON);
    CHECK_EQ(offer->redeemed_s, 0);
    planned_name_event(SOTTO_ANSWER, "which size");
    CHECK(sotto_ledger_answered(&planned.ledger, sample_key("which size")));
    planned_name_event(SOTTO_UNANSWER, "which size");
    CHECK(!sotto_ledger_answered(&planned.ledger, sample_key("which size")));
    planned_event(99, 1, 1);
    planned_event(0, 1, 1);
    planned_event(SOTTO_IMPRESSION, 0, 1);
    CHECK(sotto_ledger_campaign_find(&planned.ledger, 1) == NULL);
    planned_leave();
}

TEST(arms)
{
    planned_enter();
    planned_experiment("fixed", 2);
    planned_experiment("bandit", 2)->allocation = SOTTO_THOMPSON;
    planned_publish();
    planned_did(SOTTO_VIEW, 5);
    uint64_t keys[] = {sotto_hash("fixed\0a", 7), sotto_hash("bandit\0b", 8)};
    for (uint32_t i = 0; i < 2; i++) {
        ROW("experiment %u", (unsigned)i);
        planned_event(SOTTO_WIN, keys[i], 1);
        CHECK(sotto_ledger_arm_find(&planned.ledger, keys[i]) == NULL);
        planned_event(SOTTO_EXPOSURE, keys[i], 1);
        planned_event(SOTTO_EXPOSURE, keys[i], 1);
        const sotto_ledger_arm *arm = sotto_ledger_arm_find(&planned.ledger, keys[i]);
        REQUIRE(arm != NULL);
        CHECK_EQ(arm->tries, 1);
        CHECK_EQ(arm->exposed_s, planned.scene.now_s);
        planned_event(SOTTO_WIN, keys[i], 1);
        planned_event(SOTTO_WIN, keys[i], 1);
        CHECK_EQ(arm->wins, 1);
    }
    planned.scene.now_s += 7200;
    planned_did(SOTTO_VIEW, 5);
    planned_event(SOTTO_EXPOSURE, keys[0], 1);
    planned_event(SOTTO_EXPOSURE, keys[1], 1);
    CHECK_EQ(sotto_ledger_arm_find(&planned.ledger, keys[0])->tries, 1);
    CHECK_EQ(sotto_ledger_arm_find(&planned.ledger, keys[1])->tries, 2);
    planned_leave();
}

TEST(dwelling)
{
    begin();
    planned_did(SOTTO_VIEW, 5);
    planned_event(SOTTO_DWELL, sample_hash(5), 30);
    planned_event(SOTTO_DWELL, 0, 5);
    planned_event(SOTTO_DWELL, sample_hash(5), 10);
    CHECK_EQ(planned.ledger.session_active_s, 45);
    CHECK_EQ(sotto_ledger_dwell_find(&planned.ledger, sample_hash(5))->active_s, 40);
    planned_name_event(SOTTO_IMPRESSION, "popup");
    CHECK_EQ(planned.ledger.session_active_s, 45);
    planned.scene.now_s += 7200;
    planned_did(SOTTO_VIEW, 5);
    planned_event(SOTTO_DWELL, sample_hash(5), 3);
    CHECK_EQ(planned.ledger.session_active_s, 3);
    CHECK_EQ(planned.ledger.session_count, 0);
    CHECK_EQ(sotto_ledger_dwell_find(&planned.ledger, sample_hash(5))->active_s, 43);
    planned_event(SOTTO_DWELL, sample_hash(5), UINT32_MAX);
    CHECK_EQ(planned.ledger.session_active_s, UINT32_MAX);
    CHECK_EQ(sotto_ledger_dwell_find(&planned.ledger, sample_hash(5))->active_s, UINT32_MAX);
    planned_leave();
}

/* A full table: what the plan does not know goes first, and never drives out what it knows. */
TEST(room_for_campaigns)
{
    char name[16];
    planned_enter();
    for (uint32_t i = 0; i < 200; i++) {
        snprintf(name, sizeof name, "c%u", (unsigned)i);
        planned_at(name, name);
    }
    planned_publish();
    for (uint64_t i = 1; i <= 256; i++) {
        planned.scene.now_s++;
        planned_event(SOTTO_IMPRESSION, i, 1);
    }
    for (uint32_t i = 0; i < 200; i++) {
        planned_event(SOTTO_IMPRESSION, planned.plan.campaign_keys[i], 1);
    }
    CHECK(sotto_ledger_campaign_find(&planned.ledger, 200) == NULL);
    CHECK(sotto_ledger_campaign_find(&planned.ledger, 201) != NULL);
    for (uint64_t i = 1001; i < 2000; i++) {
        planned_event(SOTTO_IMPRESSION, i, 1);
    }
    for (uint32_t i = 0; i < 200; i++) {
        CHECK(sotto_ledger_campaign_find(&planned.ledger, planned.plan.campaign_keys[i]));
    }
    planned_leave();
}

TEST(room_for_nothing_but_what_is_planned)
{
    char name[16];
    planned_enter();
    for (uint32_t i = 0; i < SOTTO_LEDGER_OFFERS; i++) {
        snprintf(name, sizeof name, "o%u", (unsigned)i);
        planned_offer(name, SOTTO_CODE);
    }
    planned_publish();
    for (uint32_t i = 0; i < SOTTO_LEDGER_OFFERS; i++) {
        planned_event(SOTTO_GIVEN, sotto_offer_get(&planned.plan, i).key, 1);
    }
    planned_name_event(SOTTO_GIVEN, "stranger");
    CHECK(sotto_ledger_offer_find(&planned.ledger, sample_key("stranger")) == NULL);
    planned_name_event(SOTTO_ANSWER, "anything");
    CHECK(sotto_ledger_answered(&planned.ledger, sample_key("anything")));
    planned_leave();
}

/* The sample shop forgets after ten days, when a session begins. */
TEST(what_is_old_goes)
{
    begin();
    planned_did(SOTTO_VIEW, 5);
    planned_event(SOTTO_DWELL, sample_hash(5), 30);
    planned.scene.now_s += 864000;
    planned_did(SOTTO_VIEW, 6);
    CHECK(sotto_ledger_watched_find(&planned.ledger, sample_hash(5)) == NULL);
    CHECK(sotto_ledger_dwell_find(&planned.ledger, sample_hash(5)) == NULL);
    CHECK(sotto_ledger_watched_find(&planned.ledger, sample_hash(6)) != NULL);
    planned_leave();
}

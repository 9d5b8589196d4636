/*
 * test_ledger.c - the block of a ledger: made from a profile, opened, refused, asked
 */
#include "test.h"

#include "planned.h"
#include "profile/ledger_tables.h"

TEST(a_new_ledger_knows_the_orders_of_its_profile)
{
    planned_enter();
    planned_publish();
    struct sotto_ledger ledger;
    sotto_ledger_init(&ledger, &planned.profile, &planned.shop.bundle);
    CHECK_EQ(ledger.order_count, 0);
    CHECK_EQ(ledger.order_s, 0);
    CHECK(ledger.seed == planned.profile.seed);
    const sotto_event events[] = {
        {sample_hash(5), PLANNED_NOON, SOTTO_PURCHASE, 2},
        {sample_hash(12), PLANNED_NOON + 10, SOTTO_PURCHASE, 9},   /* of unknown price */
        {sample_hash(6), PLANNED_NOON + 90000, SOTTO_PURCHASE, 0},
        {4711, PLANNED_NOON + 90001, SOTTO_PURCHASE, 1},           /* of no item */
    };
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(events); i++) {
        sotto_profile_fold(&planned.profile, &planned.shop.bundle, &events[i]);
    }
    sotto_ledger_init(&ledger, &planned.profile, &planned.shop.bundle);
    CHECK_EQ(ledger.order_count, 2);
    CHECK_EQ(ledger.spent, 2 * 1500 + 1600);
    CHECK_EQ(ledger.order_s, PLANNED_NOON + 90001);
    CHECK_EQ(sotto_ledger_open(&ledger, sizeof ledger, &planned.profile, NULL), SOTTO_OK);
    planned_leave();
}

/* Folds something into every table. */
static void fill(void)
{
    planned_enter();
    planned_campaign("popup", SOTTO_POPUP);
    planned_publish();
    planned_did(SOTTO_VIEW, 5);
    planned_name_event(SOTTO_IMPRESSION, "popup");
    planned_name_event(SOTTO_GIVEN, "offer");
    planned_name_event(SOTTO_EXPOSURE, "arm");
    planned_name_event(SOTTO_ANSWER, "answer");
    planned_event(SOTTO_DWELL, sample_hash(5), 30);
    sotto_ledger_seal(&planned.ledger);
}

TEST(what_was_sealed_opens)
{
    fill();
    CHECK_EQ(sotto_ledger_open(&planned.ledger, SOTTO_LEDGER_SIZE, &planned.profile, NULL),
             SOTTO_OK);
    CHECK(sotto_ledger_campaign_find(&planned.ledger, sample_key("popup")) != NULL);
    CHECK(sotto_ledger_watched_find(&planned.ledger, sample_hash(5)) != NULL);
    CHECK(sotto_ledger_dwell_find(&planned.ledger, sample_hash(5)) != NULL);
    CHECK(sotto_ledger_arm_find(&planned.ledger, sample_key("arm")) != NULL);
    CHECK(sotto_ledger_offer_find(&planned.ledger, sample_key("offer")) != NULL);
    CHECK(sotto_ledger_answered(&planned.ledger, sample_key("answer")));
    CHECK(!sotto_ledger_answered(&planned.ledger, sample_key("else")));
    CHECK(!sotto_ledger_answered(&planned.ledger, 0));
    CHECK(sotto_ledger_campaign_find(&planned.ledger, 0) == NULL);
    planned_leave();
}

/* What is spoiled, repaired but for that, and where the fault is. */
TEST(what_is_not_a_ledger_is_refused)
{
    fill();
    const struct sotto_ledger good = planned.ledger;
    for (uint32_t i = 0; i < 12; i++) {
        static struct sotto_ledger ledger;
        sotto_fault fault = {SIZE_MAX, NULL};
        sotto_status expected = SOTTO_INVALID;
        size_t offset = 0;
        size_t size = SOTTO_LEDGER_SIZE;
        ROW("row %u", (unsigned)i);
        ledger = good;
        switch (i) {
        case 0: size--, expected = SOTTO_TRUNCATED, offset = size; break;
        case 1: size++, expected = SOTTO_OVERSIZED, offset = SOTTO_LEDGER_SIZE; break;
        case 2: ledger.magic[0] = 'X', expected = SOTTO_NOT_SOTTO; break;
        case 3: ledger.version = 2, expected = SOTTO_WRONG_VERSION, offset = 4; break;
        case 4: ledger.reserved_6 = 1, offset = 6; break;
        case 5: ledger.size--, offset = 8; break;
        case 6: ledger.check++, expected = SOTTO_DAMAGED, offset = 12; break;
        case 7: ledger.reserved_60[8] = 1, offset = 92; break;
        case 8: ledger.campaigns[255].reserved[2] = 1, offset = 96 + 255 * 24 + 23; break;
        case 9: ledger.answers[31].reserved = 1u << 24, offset = 6240 + 31 * 16 + 15; break;
        case 10: ledger.arms[9].key = ledger.arms[0].key, offset = 7776 + 9 * 16; break;
        default: ledger.seed++, expected = SOTTO_MISMATCH, offset = 16; break;
        }
        if (i != 6) {
            sotto_ledger_seal(&ledger);
        }
        CHECK_EQ(sotto_ledger_open(&ledger, size, &planned.profile, &fault), expected);
        CHECK_EQ(fault.offset, offset);
    }
    CHECK(sotto_ledger_open(&planned.ledger, 0, &planned.profile, NULL) != SOTTO_OK);
    planned_leave();
}

/* Every bit of the block: it is refused, or opens and can be asked and folded into. */
TEST(hostile_ledgers_are_refused_or_harmless)
{
    fill();
    planned.scene.page_items = NULL;
    static struct sotto_ledger good;
    good = planned.ledger;
    uint32_t opened = 0;
    for (uint32_t bit = 0; bit < 8 * SOTTO_LEDGER_SIZE; bit++) {
        planned.ledger = good;
        ((uint8_t *)&planned.ledger)[bit / 8] ^= (uint8_t)(1u << bit % 8);
        if (bit / 8 < 12 || bit / 8 > 15) {
            sotto_ledger_seal(&planned.ledger);
        }
        if (sotto_ledger_open(&planned.ledger, SOTTO_LEDGER_SIZE, &planned.profile, NULL) !=
            SOTTO_OK) {
            continue;
        }
        opened++;
        if (bit % 64 == 0) {
            planned_look();
            planned_name_event(SOTTO_IMPRESSION, "popup");
            planned_name_event(SOTTO_WIN, "arm");
            planned_look();
        }
    }
    CHECK(opened > 4 * SOTTO_LEDGER_SIZE && opened < 8 * SOTTO_LEDGER_SIZE - 36 * 8);
    planned_leave();
}

TEST(forgetting_an_item)
{
    fill();
    planned_did(SOTTO_VIEW, 6);
    sotto_ledger_forget_item(&planned.ledger, sample_hash(5));
    CHECK(sotto_ledger_watched_find(&planned.ledger, sample_hash(5)) == NULL);
    CHECK(sotto_ledger_dwell_find(&planned.ledger, sample_hash(5)) == NULL);
    CHECK(sotto_ledger_watched_find(&planned.ledger, sample_hash(6)) != NULL);
    sotto_ledger_forget_item(&planned.ledger, 0);
    planned_leave();
}

TEST(counts_are_about_a_session_and_a_day)
{
    struct sotto_profile profile = {.session_start_s = 100000};
    sotto_ledger_campaign campaign = {.shown_s = 100000, .session = 3, .day = 4};
    CHECK_EQ(sotto_ledger_session_showings(&campaign, &profile), 3);
    campaign.shown_s = 99999;
    CHECK_EQ(sotto_ledger_session_showings(&campaign, &profile), 0);
    CHECK_EQ(sotto_ledger_day_showings(&campaign, 1, 0), 4);
    CHECK_EQ(sotto_ledger_day_showings(&campaign, 2, 0), 0);
    CHECK_EQ(sotto_ledger_day_showings(&campaign, 0, 0), 4);
    CHECK_EQ(sotto_ledger_day_showings(&campaign, 1, -240), 0);
    CHECK_EQ(sotto_day_of(0, -60), 0);
    CHECK_EQ(sotto_day_of(86399, 1), 1);
}
